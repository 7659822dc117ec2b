"""Bad input: for each kind one clear message, exit status 2, no traceback and nothing written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def refused(lawful: Run, *arguments: str | Path) -> str:
    """What the command says of input that it refuses, having written no report and no file."""
    before = sorted(Path().iterdir())
    outcome = lawful("check", *arguments, "-o", "report.json", "--format", "json")
    assert (outcome.status, outcome.out) == (2, "")
    assert "Traceback" not in outcome.err
    assert "internal error" not in outcome.err
    assert sorted(Path().iterdir()) == before
    return outcome.err


def change(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


def heads(said: str) -> list[str]:
    """The first lines of the diagnostics."""
    return [line for line in said.split("\n") if line.startswith("error: ")]


# --- one message for each fault -------------------------------------------------------------------


def test_an_unknown_term(lawful: Run, shop: Path) -> None:
    change("our_system.flow", "card_number  ", "card_numbr  ")
    said = refused(lawful, ".")
    assert heads(said) == ["error: `card_numbr` is not known; a data category is expected here"] * 2
    assert "--> our_system.flow:22:27\n" in said
    assert "= help: did you mean `card_number`?" in said


def test_an_unknown_term_of_a_policy(lawful: Run, shop: Path) -> None:
    change("our_policy.law", "for marketing", "for marketting")
    said = refused(lawful, ".")
    assert heads(said) == ["error: `marketting` is not known"]
    assert "= help: did you mean `marketing`?" in said


def test_a_misspelt_key_never_means_anything(lawful: Run, shop: Path) -> None:
    change("our_system.flow", "retention 30", "retension 30")
    assert heads(refused(lawful, "."))[0].startswith("error: `30` does not belong here")


def test_a_misspelt_word_never_means_anything(lawful: Run, shop: Path) -> None:
    change("our_system.flow", "pseudonymised", "pseudonimised")
    assert heads(refused(lawful, "."))[0].startswith("error: `pseudonimised` is not known")


def test_a_misspelt_key_of_a_rule(lawful: Run, shop: Path) -> None:
    change("our_policy.law", "unless with express", "unles with express")
    assert heads(refused(lawful, "."))[0].startswith("error: `unles` does not belong here")


def test_a_misspelt_key_of_json(lawful: Run, here: Path) -> None:
    system = '{"lawful": 1, "system": {"name": "a", "policies": ["callbridge"]}, "flow": []}'
    Path("a.json").write_text(system)
    said = refused(lawful, "a.json")
    assert heads(said) == ["error: `flow` is no key of this"]
    assert "= help: did you mean `flows`?" in said


def test_a_wrong_type(lawful: Run, shop: Path) -> None:
    change("our_system.flow", "retention 30 days", "retention production")
    assert heads(refused(lawful, ".")) == [
        "error: `production` is an environment, but a period is expected here"
    ]


def test_two_errors_in_one_file(lawful: Run, shop: Path) -> None:
    change("our_system.flow", "in FR", "in FRANCE")
    change("our_system.flow", "postal_address", "postal_adress")
    assert heads(refused(lawful, ".")) == [
        "error: `FRANCE` is not known; a place is expected here",
        "error: `postal_adress` is not known; a data category is expected here",
    ]


def test_an_error_of_the_form_hides_none_of_the_words(lawful: Run, shop: Path) -> None:
    change("our_system.flow", "test_copy   development", "test_copy   development = =")
    change("our_system.flow", "postal_address", "postal_adress")
    first, second = heads(refused(lawful, "."))
    assert first.startswith("error: `=` does not belong here; expected ")
    assert second == "error: `postal_adress` is not known; a data category is expected here"


def test_errors_in_two_files(lawful: Run, shop: Path) -> None:
    Path("a.flow").write_text("system a for policy our_policy\nparty us in NOWHERE\n")
    Path("b.flow").write_text("system b for policy our_policy\nparty us in SOMEWHERE\n")
    assert heads(refused(lawful, "a.flow", "b.flow")) == [
        "error: `NOWHERE` is not known; a place is expected here",
        "error: `SOMEWHERE` is not known; a place is expected here",
    ]


def test_duplicate_ids(lawful: Run, shop: Path) -> None:
    with Path("our_system.flow").open("a") as system:
        system.write("store customers\n")
    said = refused(lawful, ".")
    assert heads(said) == ["error: `customers` is declared twice"]
    assert "first declared here: our_system.flow:15:11" in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "vocabulary v\n\ndata\n  a is b\n  b is a\n",
            "error: these terms are each other: `a` is `b` is `a`",
        ),
        (
            "policy p\nuse common\ndefine a as b\ndefine b as a\nforbid transfer of name to a\n",
            "error: these definitions use each other: `a` uses `b` uses `a`",
        ),
        (
            "policy p\nuse common\nforbid a: use of name\nforbid b: use of name\n"
            "a prevails over b\nb prevails over a\n",
            "error: these prevail over each other: `a` prevails over `b` prevails over `a`",
        ),
    ],
    ids=["is", "define", "prevails"],
)
def test_a_cycle_of_words(lawful: Run, shop: Path, text: str, message: str) -> None:
    Path("cyclic.law").write_text(text)
    assert heads(refused(lawful, ".", "--policy", "cyclic.law")) == [message]


def test_a_missing_file(lawful: Run, shop: Path) -> None:
    said = refused(lawful, "our_sistem.flow")
    assert said == (
        "error: there is no file `our_sistem.flow`\n"
        "  --> our_sistem.flow\n"
        "   = help: did you mean `our_system.flow`?\n"
    )


def test_a_missing_policy_file(lawful: Run, shop: Path) -> None:
    assert heads(refused(lawful, ".", "--policy", "our_polcy.law")) == [
        "error: there is no file `our_polcy.law`"
    ]


def test_a_folder_without_systems(lawful: Run, here: Path) -> None:
    Path("empty").mkdir()
    said = refused(lawful, "empty")
    assert heads(said) == ["error: there are no `.flow` files in the folder `empty`"]
    assert "or files that `lawful import` can read" in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "error: `a.flow` is empty"),
        (b"\n\n", "error: `a.flow` is empty"),
        (b"# a comment\n", "error: `a.flow` says nothing"),
        (b"\x7fELF\x00\x01", "error: `a.flow` is binary, not text"),
        (b'system a "\xff\xfe"\n', "error: this is not valid UTF-8"),
        (b"\xef\xbb\xbf", "error: `a.flow` is empty"),
    ],
    ids=["empty", "blank", "comment", "binary", "not UTF-8", "a mark alone"],
)
def test_what_is_no_text_of_ours(lawful: Run, here: Path, content: bytes, message: str) -> None:
    Path("a.flow").write_bytes(content)
    assert heads(refused(lawful, "a.flow")) == [message]


def test_an_empty_policy(lawful: Run, shop: Path) -> None:
    Path("none.law").touch()
    assert heads(refused(lawful, ".", "--policy", "none.law")) == [
        "error: this text does not say what it is"
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(lawful: Run, here: Path) -> None:
    Path("a.flow").touch(mode=0o000)
    assert heads(refused(lawful, "a.flow")) == ["error: `a.flow` cannot be read: Permission denied"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without end")
def test_a_file_without_end(lawful: Run, here: Path) -> None:
    assert heads(refused(lawful, "/dev/zero")) == [
        "error: `/dev/zero` is too large to be a text of ours"
    ]


def test_symbolic_links_in_a_circle(lawful: Run, here: Path) -> None:
    Path("loop").symlink_to("loop")
    assert heads(refused(lawful, "loop")) == [
        "error: `loop` cannot be read: Too many levels of symbolic links"
    ]


def test_a_text_in_utf_16(lawful: Run, here: Path) -> None:
    Path("a.flow").write_bytes("system a\n".encode("utf-16"))
    assert heads(refused(lawful, "a.flow")) == ["error: `a.flow` is binary, not text"]


def test_line_ends_and_marks_of_other_systems_change_nothing(lawful: Run, shop: Path) -> None:
    text = Path("our_system.flow").read_text()
    before = lawful("check", "our_system.flow").out
    Path("our_system.flow").write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
    assert lawful("check", "our_system.flow").out == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"lawful": NaN}', "error: this is not JSON: `NaN` is no number of JSON"),
        ('{"lawful": 1, "lawful": 1}', "error: the key `lawful` is said twice"),
        ("null", "error: `null` is not what is expected here"),
        ("[" + "9" * 6000 + "]", "error: this is not JSON: it has a number that is too large"),
        (
            '{"lawful": 1, "system": {"name": "\\ud800"}}',
            "error: this text has half of a character in it",
        ),
    ],
    ids=["NaN", "twice", "null", "huge", "surrogate"],
)
def test_json_that_is_odd(lawful: Run, here: Path, text: str, message: str) -> None:
    Path("a.json").write_text(text)
    assert heads(refused(lawful, "a.json")) == [message]


def test_a_megabyte_of_brackets(lawful: Run, shop: Path) -> None:
    head = "system a for policy our_policy\nparty us in FR\n"
    Path("a.flow").write_text(head + "[" * 1_000_000)
    said = refused(lawful, "a.flow")
    assert len(heads(said)) == 1
    assert heads(said)[0].startswith("error: `[` does not belong here")
    assert len(said) < 2000


def test_ten_thousand_nested_parentheses(lawful: Run, shop: Path) -> None:
    nested = "(" * 10_000 + "of name" + ")" * 10_000
    Path("deep.law").write_text(f"policy deep\nuse common\nforbid transfer of name when {nested}\n")
    said = refused(lawful, ".", "--policy", "deep.law")
    assert heads(said) == ["error: the parentheses are nested too deeply"]
    assert len(said) < 2000


def test_deep_json(lawful: Run, here: Path) -> None:
    Path("a.json").write_text("[" * 1_000_000)
    assert heads(refused(lawful, "a.json")) == ["error: this JSON is nested too deeply"]


# --- names that mean something elsewhere ----------------------------------------------------------

HOSTILE = (
    "'- {a: [b]} # c'",
    "'<script>alert(1)</script>'",
    "'<b>&amp;</b>'",
    "'${HOME} $(id) `id`'",
    "'../../etc/passwd'",
    "'[red]markup[/red]'",
    "'node'",
    "'digraph'",
    "'subgraph'",
    "'strict'",
    "'a:b:n'",
    "'back\\slash\\N\\G'",
    "'\\n'",
    "'مخزن'",
)


def test_names_are_names(lawful: Run, shop: Path) -> None:
    stores = "".join(f"store {name}  production\n" for name in HOSTILE)
    flows = "".join(f"orders -> {name} : all  for account_management\n" for name in HOSTILE)
    with Path("our_system.flow").open("a", encoding="utf-8") as system:
        system.write(f"us {{\n{stores}}}\n{flows}")
    assert lawful("check", ".").status in (0, 1)
    assert json.loads(lawful("check", ".", "--format", "json").out)["format"] == "lawful.report"
    drawn = lawful("draw", ".", "-o", "picture.svg")
    assert (drawn.status, drawn.out) == (0, "drew picture.svg\n")
    assert "<script" not in Path("picture.svg").read_text("utf-8")
    for name in HOSTILE:
        told = lawful("trace", "--", name[1:-1], ".")
        assert told.status == 0
        assert told.out.startswith(f"{name[1:-1]}: a node\n")


def test_what_a_terminal_obeys_is_not_printed(lawful: Run, shop: Path) -> None:
    change("our_system.flow", '"Our web shop"', '"Our \x1b[31mweb\x07 shop"')
    change("our_system.flow", "customers", "'cust\x1b[2Jomers'")
    for outcome in (
        lawful("check", "."),
        lawful("trace", "orders", "."),
        lawful("check", "b.flow"),
    ):
        assert "\x1b" not in outcome.out + outcome.err
        assert "\x07" not in outcome.out + outcome.err
