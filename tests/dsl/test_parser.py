"""The parser: layout, spans, and what is said of text that is none of the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import render
from lawful_dsl.parser import Parsed, parse_flow, parse_law, read
from lawful_dsl.parser.parse import MOST_ERRORS, decode
from lawful_dsl.source import Source


def law(text: str) -> Parsed[s.Law]:
    return parse_law(Source("a.law", text))


def flow(text: str) -> Parsed[s.Flows]:
    return parse_flow(Source("a.flow", text))


def said(parsed: Parsed[s.Law] | Parsed[s.Flows]) -> list[tuple[str, str]]:
    return [(str(d.span).split(":", 1)[1], d.message) for d in parsed.diagnostics]


# --- layout ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n", "\n\n   \n", "# only this", "  # indented\n\n"])
def test_a_text_of_nothing(text: str) -> None:
    assert law(text).diagnostics == ()
    assert law(text).tree.statements == ()
    assert flow(text).diagnostics == ()


def test_comments_change_nothing_and_are_kept() -> None:
    text = "# a\npolicy x # b\n  # c\n  by y\n# d\nforbid use # e\n    # f\n  severity high\n# g"
    parsed = law(text)
    assert parsed.diagnostics == ()
    assert parsed.tree == law("policy x\n  by y\nforbid use\n  severity high\n").tree
    assert [(span.line, comment) for span, comment in parsed.comments] == [
        (1, "# a"),
        (2, "# b"),
        (3, "# c"),
        (5, "# d"),
        (6, "# e"),
        (7, "# f"),
        (9, "# g"),
    ]


def test_a_hash_in_a_text_is_no_comment() -> None:
    (header,) = law('policy x "a # b"\n').tree.statements
    assert isinstance(header, s.Header)
    assert header.label == s.Text("a # b")


def test_lines_end_in_any_way() -> None:
    text = "policy x\r\n  by y\r\nforbid use of a,\r\n  b\r\n"
    source, found = decode(b"\xef\xbb\xbf" + text.encode(), "a.law")
    assert source is not None
    assert found == ()
    assert parse_law(source).tree == law(text.replace("\r\n", "\n")).tree
    assert law(text).diagnostics == ()
    assert law("policy x").tree == law("policy x\n").tree


def test_a_comma_and_parentheses_join_lines() -> None:
    text = "forbid use of a,\n\n# between\nb when (known\nor\n  c)\n"
    assert law(text).diagnostics == ()
    assert law(text).tree == law("forbid use of a, b when (known or c)\n").tree


def test_names_of_every_script() -> None:
    text = "forbid use of të_dhëna, البيانات_الشخصية, 数据, naïve, 'two words'\n"
    (rule,) = law(text).tree.statements
    assert isinstance(rule, s.Forbid)
    names = [name.text for name in rule.event.parts[0].names]
    assert names == ["të_dhëna", "البيانات_الشخصية", "数据", "naïve", "two words"]


def test_spans_count_from_one() -> None:
    parsed = law("\npolicy x\n  by iotum\n")
    (header,) = parsed.tree.statements
    assert isinstance(header, s.Header)
    assert header.by is not None
    assert str(header.by.span) == "a.law:3:6"
    assert header.by.span.end_column == 11


def test_a_keyword_is_a_name_where_a_name_stands() -> None:
    text = "forbid use of use, data, policy, severity\n"
    (rule,) = law(text).tree.statements
    assert isinstance(rule, s.Forbid)
    assert [str(name) for name in rule.event.parts[0].names] == [
        "use",
        "data",
        "policy",
        "severity",
    ]


@pytest.mark.parametrize("rule", ["forbid x: reach", "assert x: passage", "forbid reach of a"])
def test_a_keyword_of_other_rules_is_a_name(rule: str) -> None:
    assert law(f"{rule}\n").diagnostics == ()


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "message", "help"),
    [
        ("forbid use of\n", "1:14", "the line ends too early; expected a name", ""),
        (
            "forbd use of a\n",
            "1:1",
            "`forbd` begins no statement; expected a statement such as `use` or `forbid`",
            "did you mean `forbid`?",
        ),
        (
            "retain x at mots 3 days\n",
            "1:13",
            "`mots` does not belong here; expected `least` or `most`",
            "did you mean `most`?",
        ),
        (
            "retain x at most 3 dys\n",
            "1:20",
            "`dys` does not belong here; expected a unit such as `days` or `months`",
            "",
        ),
        (
            "closed a: use\n  permt of b\n",
            "2:3",
            (
                "`permt` does not belong here; expected `|`, `admits`, `because`, `cite`, `clause`, "
                "`formerly`, `in`, `permit` or …"
            ),
            "did you mean `permit`?",
        ),
        (
            "policy x\n  by y\n forbid use\n",
            "3:2",
            "the indentation of this line fits no block above it",
            "align it with the line that it belongs beside",
        ),
        (
            "policy x\n  by y\n      by z\n",
            "3:7",
            "this line is indented, but the line above it opens no block",
            "align it with the line above it",
        ),
        (
            "\n  policy x\n",
            "2:3",
            "the first line is indented, but nothing above it opens a block",
            "begin it at the margin",
        ),
        ('policy x "y\n', "1:10", "this text is not closed on its line", 'end it with "'),
        ("forbid use of 'a\n", "1:15", "this text is not closed on its line", "end it with '"),
        (
            "policy x\n  effective 2024-02-30\n",
            "2:13",
            "`2024-02-30` is no date of the calendar",
            "write year, month and day: 2024-04-08",
        ),
        (
            "policy x\n  effective ٢٠٢٤-٠٤-٠٨\n",
            "2:13",
            "`٢` does not belong here; expected a date such as 2024-04-08",
            "",
        ),
        (
            "forbid use of a, ''\n",
            "1:18",
            "a name has at least one character",
            "write it between the quotes",
        ),
        (
            "retain a at most 12345678901 days\n",
            "1:18",
            "this number is too large",
            "write at most nine digits",
        ),
        (
            "forbid use of a\u202eb\n",
            "1:16",
            "a hidden character (right-to-left override) makes this line look other than it reads",
            "take it out; right-to-left text needs no such character here",
        ),
        (
            'policy x "\u2066y\u2069"\n',
            "1:11",
            "a hidden character (left-to-right isolate) makes this line look other than it reads",
            "take it out; right-to-left text needs no such character here",
        ),
        (
            "forbid use of a when (b\n",
            "1:22",
            "this parenthesis is not closed",
            "end it with `)`",
        ),
    ],
)
def test_what_is_wrong(text: str, place: str, message: str, help: str) -> None:
    first = law(text).diagnostics[0]
    assert (str(first.span), first.message) == (f"a.law:{place}", message)
    assert first.help == help


@pytest.mark.parametrize(
    ("text", "place", "message", "help"),
    [
        (
            "prty acme\n",
            "1:1",
            "`prty` begins no statement; expected a statement such as `party` or `a -> b`",
            "did you mean `party`?",
        ),
        (
            "a => b\n",
            "1:3",
            "`=` does not belong here; expected `->`, `:` or `{`",
            "write a flow as `sender -> receiver`",
        ),
        (
            "acme {\n  sevice a\n}\n",
            "2:3",
            "`sevice` does not belong here; expected `}` or a kind of node such as `service` or `store`",
            "did you mean `service`?",
        ),
    ],
)
def test_what_is_wrong_in_a_system(text: str, place: str, message: str, help: str) -> None:
    (only,) = flow(text).diagnostics
    assert (str(only.span), only.message, only.help) == (f"a.flow:{place}", message, help)


def test_all_errors_in_one_run_and_no_consequences() -> None:
    parsed = law(
        "policy x\n"
        "forbid use of\n"
        "  severity high\n"  # goes with the rule that it belongs to
        "vocabulary\n"
        "data\n"
        "  a iss b\n"  # the list is empty without it, and that is not said
        "closed c: use\n"
        "  | of | too |\n"  # the rows go with their header
        "  | a  | b   |\n"
        "forbid use of a,\n"
        "  b,\n"
        "  c d\n"  # the lines that a comma joins go together
        "forbid use\n"
    )
    assert [place for place, _ in said(parsed)] == ["2:14", "4:11", "6:5", "8:10", "12:5"]
    assert [type(item).__name__ for item in parsed.tree.statements] == [
        "Header",
        "Closed",
        "Forbid",
    ]
    assert {"b", "c", "iss", "too"} <= parsed.lost
    assert "x" not in parsed.lost


def test_errors_in_a_block_of_a_system_leave_the_rest() -> None:
    parsed = flow("acme {\n  service a\n  sevice b\n  store c\n}\na -> c : x y\nc -> a\n")
    assert [place for place, _ in said(parsed)] == ["3:3"]
    assert len(parsed.tree.statements) == 3


def test_after_many_errors_the_rest_is_left_unsaid_and_that_is_said() -> None:
    parsed = law("x\n" * 5000)
    assert len(parsed.diagnostics) == MOST_ERRORS + 1
    assert (
        parsed.diagnostics[-1].message == "there are more than 25 errors; the others are not shown"
    )
    assert parsed.tree.statements == ()


@pytest.mark.parametrize(
    "text",
    [
        "forbid use when " + "not " * 5000 + "known\n",
        "forbid use when " + "(" * 5000 + "known" + ")" * 5000 + "\n",
        "retain a at most " + "longer of " * 5000 + "b\n",
        "retain a at most " + "(" * 5000 + "b\n",
        "forbid use\n" + "".join(" " * i + "unless in a\n" for i in range(1, 500)),
        "forbid use when " + "(known or not (known and " * 200 + "\n",
    ],
)
def test_nesting_deeper_than_anyone_writes(text: str) -> None:
    (only, *_) = law(text).diagnostics
    assert "too deeply" in only.message


def test_nesting_as_deep_as_allowed() -> None:
    deep = "forbid use when " + "(a or (b and " * 30 + "c" + "))" * 30 + "\n"
    assert law(deep).diagnostics == ()
    nested = "forbid use\n" + "".join(" " * i + "unless in a\n" for i in range(1, 50))
    assert law(nested).diagnostics == ()


def test_long_texts() -> None:
    assert law("forbid use when " + " or ".join(["known"] * 5000) + "\n").diagnostics == ()
    assert len(law("forbid use of a\n" * 2000).tree.statements) == 2000
    assert said(law("\u202e" * 100_000))[0][0] == "1:1"


@pytest.mark.parametrize(
    "text", ["\x00", "\x1b[31m", "policy \u200b", "|", "}", "(", ")", "\\", "\t"]
)
def test_junk_is_reported_and_shown_harmlessly(text: str) -> None:
    for parsed in (law(text), flow(text)):
        for found in parsed.diagnostics:
            shown = render(found, {parsed.source.file: parsed.source})
            assert "\x1b" not in shown
            assert "\x00" not in shown


# --- files ----------------------------------------------------------------------------------------


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "binary.law").write_bytes(b"policy\0")
    (tmp_path / "latin.law").write_bytes(b"policy x\n  by \xe9\n")
    cases = {
        "binary.law": ("a.law", "`a.law` is binary, not text"),
        "latin.law": ("a.law:2:6", "this is not valid UTF-8"),
        "none.law": ("a.law", "there is no file `a.law`"),
        "": ("a.law", "`a.law` is a folder, not a file"),
    }
    for name, expected in cases.items():
        source, (found,) = read(tmp_path / name, "a.law")
        assert source is None
        assert (str(found.span), found.message) == expected


def test_a_line_that_nobody_wrote() -> None:
    text = "forbid use of " + "a, " * 400_000 + "a\nforbid use off b\n"
    assert [message.split(";")[0] for _, message, *_ in said(law(text))] == [
        "this line is too long to be read",
        "`off` does not belong here",
    ]
    (only,) = law("forbid use when " + "known or " * 20_000 + "known\n").diagnostics
    assert only.message == "this condition is too long"
