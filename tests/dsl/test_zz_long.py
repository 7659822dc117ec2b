"""The formatter: what it prints is read as the same tree, with every comment, and is final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawful_dsl.format import format_flow, format_law, lines, print_flow, print_law
from lawful_dsl.parser import Parsed, parse_flow, parse_law
from lawful_dsl.source import Source
from tests.dsl import strategies

relaxed = settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
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
@given(strategies.systems())
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
@given(strategies.systems(), widths, st.data())
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
