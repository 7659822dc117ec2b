"""The formatter: both languages in one style, with their comments.

Who only wants to write a word or a period imports neither language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawful_dsl.diagnostics import Rejected
from lawful_dsl.format.page import Page

if TYPE_CHECKING:
    from lawful_dsl.parser import Parsed
    from lawful_dsl.syntax import Flows, Law

__all__ = ["format_flow", "format_law", "print_flow", "print_law"]


def format_law(parsed: Parsed[Law]) -> str:
    """The text again, in the one style. A text that has errors is not formatted."""
    from lawful_dsl.format import law

    return law.lay_out(parsed.tree, _page(parsed))


def format_flow(parsed: Parsed[Flows]) -> str:
    """The text again, in the one style. A text that has errors is not formatted."""
    from lawful_dsl.format import flow

    return flow.lay_out(parsed.tree, _page(parsed))


def print_law(tree: Law) -> str:
    """The text of a tree that was built otherwise than from a text."""
    from lawful_dsl.format import law

    return law.lay_out(tree, Page())


def print_flow(tree: Flows) -> str:
    """The text of a tree that was built otherwise than from a text."""
    from lawful_dsl.format import flow

    return flow.lay_out(tree, Page())


def _page(parsed: Parsed[Law] | Parsed[Flows]) -> Page:
    errors = [d for d in parsed.diagnostics if d.is_error]
    if errors:
        raise Rejected(errors)
    return Page(parsed.source, parsed.comments)
