"""The formatter: what it prints is read as the same tree, with every comment, and is final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.format import format_flow, format_law, lines, print_flow, print_law, words
from lawful_dsl.parser import Parsed, parse_flow, parse_law
from lawful_dsl.source import Source
from tests.dsl import flow_strategies, strategies

relaxed = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
widths = st.sampled_from([lines.WIDTH, 60, 20])


def _law(text: str) -> Parsed[Any]:
    return parse_law(Source("a.law", text))


def _flow(text: str) -> Parsed[Any]:
    return parse_flow(Source("a.flow", text))


# --- properties -----------------------------------------------------------------------------------


@relaxed
@given(strategies.laws())
def test_a_printed_policy_is_read_as_the_same_tree(tree: Any) -> None:
    parsed = _law(print_law(tree))
    assert parsed.diagnostics == ()
    assert parsed.tree == tree
    assert parsed.comments == ()


@relaxed
@given(flow_strategies.systems())
def test_a_printed_system_is_read_as_the_same_tree(tree: Any) -> None:
    parsed = _flow(print_flow(tree))
    assert parsed.diagnostics == ()
    assert parsed.tree == tree
    assert parsed.comments == ()


@relaxed
@given(strategies.laws(), widths, st.data())
def test_formatting_a_policy_keeps_tree_and_comments(tree: Any, width: int, data: Any) -> None:
    _check_formatting(_law, format_law, _printed(print_law, tree, width), tree, data)


@relaxed
@given(flow_strategies.systems(), widths, st.data())
def test_formatting_a_system_keeps_tree_and_comments(tree: Any, width: int, data: Any) -> None:
    _check_formatting(_flow, format_flow, _printed(print_flow, tree, width), tree, data)


def _printed(write: Callable[[Any], str], tree: Any, width: int) -> str:
    """The text as someone with a narrow screen would have broken it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "WIDTH", width)
        return write(tree)


def _check_formatting(
    parse: Callable[[str], Parsed[Any]],
    format: Callable[[Parsed[Any]], str],
    text: str,
    tree: Any,
    data: Any,
) -> None:
    parsed = parse(data.draw(strategies.commented(text)))
    assert parsed.diagnostics == ()
    assert parsed.tree == tree
    formatted = format(parsed)
    again = parse(formatted)
    assert again.diagnostics == ()
    assert again.tree == tree
    assert _comments(again) == _comments(parsed)
    assert format(again) == formatted


def _comments(parsed: Parsed[Any]) -> Counter[str]:
    return Counter(text.rstrip() for _, text in parsed.comments)


# --- examples -------------------------------------------------------------------------------------


def _formatted(text: str) -> str:
    parsed = _law(text)
    assert parsed.diagnostics == ()
    return format_law(parsed)


def _formatted_flow(text: str) -> str:
    parsed = _flow(text)
    assert parsed.diagnostics == ()
    return format_flow(parsed)


@pytest.mark.parametrize("name", ["law", "flow"])
def test_one_style(name: str, root: Path, snapshot: Callable[[str, str], None]) -> None:
    text = (root / f"tests/snapshots/format/untidy.{name}").read_text("utf-8")
    snapshot(f"format/tidy.{name}", (_formatted if name == "law" else _formatted_flow)(text))


def test_shipped_texts_stay_the_same_trees(root: Path) -> None:
    for path in sorted((root / "policies").rglob("*.law")):
        parsed = _law(path.read_text("utf-8"))
        again = _law(format_law(parsed))
        assert again.tree == parsed.tree
        assert _comments(again) == _comments(parsed)


def test_a_text_with_errors_is_not_formatted() -> None:
    with pytest.raises(Rejected, match="does not belong here"):
        format_law(_law("forbid sale sale sale\n"))


def test_plain_names_are_those_of_the_grammar() -> None:
    grammar = (files("lawful_dsl") / "grammar" / "shared.lark").read_text("utf-8")
    assert f"NAME: /{words.PLAIN.pattern}/" in grammar


@pytest.mark.parametrize(
    ("name", "written"),
    [("card_number", "card_number"), ("card number", "'card number'"), ("", "''"), ("7a", "'7a'")],
)
def test_a_name_has_quotes_where_it_needs_them(name: str, written: str) -> None:
    tree = s.Law((s.Use((s.Name(name),)),))
    assert print_law(tree) == f"use {written}\n"


def test_a_keyword_has_quotes_only_where_it_would_be_read_as_one() -> None:
    text = "require basis in consent, contract for use of data with consent consent\n"
    assert _formatted(text) == text
    text = "require 'reach' in passage for use of data in 'any'\n"
    assert _formatted(text) == text


@pytest.mark.parametrize("text", ["it's", "a\nb"])
def test_what_no_text_can_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no text can hold"):
        print_law(s.Law((s.Use((s.Name(text),)),)))


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("forbid use\n  unless in US\n", "forbid use unless in US\n"),
        ("forbid use unless in US\n  unless in CA\n", "forbid use unless in US\n  unless in CA\n"),
        ("forbid use\n  unless in US clause A\n", "forbid use\n  unless in US  clause A\n"),
        ("forbid use unless in US clause A\n", "forbid use unless in US  clause A\n"),
        ("forbid use\n  clause A\n", "forbid use  clause A\n"),
        ("forbid use\n  clause A # why\n", "# why\nforbid use  clause A\n"),
        ("forbid use # why\n  unless in US\n", "forbid use  # why\n  unless in US\n"),
        ("forbid use unless in US # why\n", "forbid use unless in US  # why\n"),
        ("forbid use when (a and b) or c\n", "forbid use when (a and b) or c\n"),
        ("forbid use when not (a)\n", "forbid use when not a\n"),
        ("forbid use when not (a or b)\n", "forbid use when not (a or b)\n"),
        ("assert a at most (b else (c else 1 day))\n", "assert a at most b else (c else 1 day)\n"),
    ],
)
def test_a_rule_is_written_in_one_way(written: str, tidy: str) -> None:
    assert _formatted(written) == tidy


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("", ""),
        ("\n\n", ""),
        ("# alone", "# alone\n"),
        ("\n\n# a\n\n\n# b\n", "# a\n\n# b\n"),
        ("use a\n\n\n\nuse b\n", "use a\n\nuse b\n"),
        ("data\n\n  a\n    # deep\n  # shallow\n# out\nuse b\n",) * 2,
        ("data\n  a\n   # between\nuse b\n", "data\n  a\n  # between\nuse b\n"),
        ("data\n  a\n# out\n\n# of the block\nuse b\n",) * 2,
        ("policy a\n  governs site effective  # s\n  effective 2000-01-01  # d\n",) * 2,
    ],
)
def test_comments_and_blank_lines_stay_where_they_were(written: str, tidy: str) -> None:
    tidy = tidy.replace("data\n\n", "data\n").replace("    # deep", "  # deep")
    assert _formatted(written) == tidy


def test_flows_are_aligned_where_they_fit() -> None:
    long = ", ".join(f"category_{n}" for n in range(12))
    text = f"""\
a -> bbb : x tls
aaaa -> b : yy for p
c -> d : {long} for marketing
# between
e -> f tls

g -> h : z tls
"""
    assert (
        _formatted_flow(text)
        == f"""\
a    -> bbb : x   tls
aaaa -> b   : yy  for p
c    -> d   : {", ".join(f"category_{n}" for n in range(8))},
    category_8, category_9, category_10, category_11  for marketing
# between
e    -> f         tls

g -> h : z  tls
"""
    )


def test_a_tree_without_text_gets_blank_lines_between_unlike_statements() -> None:
    tree = _law("policy p\nuse a\nforbid use\nforbid sale\n  severity low\nassert b\n").tree
    assert print_law(tree) == (
        "policy p\n\nuse a\n\nforbid use\n\nforbid sale\n  severity low\n\nassert b\n"
    )
    system = _flow("system x\nparty a\nsubject b\na {\n}\na -> b\nb -> a\n").tree
    assert print_flow(system) == ("system x\n\nparty a\nsubject b\n\na {\n}\n\na -> b\nb -> a\n")


def test_a_name_that_reads_like_a_line_of_the_header_keeps_its_comment() -> None:
    text = "policy ours\n  governs site effective  # of ours\n  effective 2024-01-01\n"
    assert format_law(parse_law(Source("ours.law", text))) == text
