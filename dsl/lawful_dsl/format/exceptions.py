"""Exceptions: on the line of their rule or on lines of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lawful_dsl.format.comments import INDENT, Item
from lawful_dsl.format.conditions import write_exception
from lawful_dsl.format.lines import CLAUSES, fits, wrap_condition
from lawful_dsl.format.page import NO_PLACE, Page, Place
from lawful_dsl.format.words import write_names
from lawful_dsl.syntax import And, Compare, Condition, Exception_, Name, Not, Or, Part, StateRef


def write_clauses(clauses: Sequence[Name]) -> str:
    """The clauses, at the end of a line."""
    return CLAUSES + write_names(clauses) if clauses else ""


def write_inline(
    head: str,
    exceptions: Sequence[Exception_],
    clauses: str,
    indent: int,
    line: int,
    page: Page,
    others: Iterable[Place] = (),
) -> str:
    """The line of a rule with its first exception in it, or nothing where that has its own line.

    It has where it is too long, has exceptions or clauses, or comments stand with it. The rule
    begins on `line`; `others` are the places of what else is indented beneath it.
    """
    if not exceptions:
        return ""
    first = exceptions[0]
    text = f"{head} {write_exception(first)}{clauses}"
    if first.nested or first.clauses or not fits(text, indent):
        return ""
    return "" if _has_comments(first, line, page, others) else text


def print_exception(exception: Exception_, indent: int, line: int, page: Page) -> Iterator[Item]:
    """An exception on its own line, of a rule that begins on `line`, and what is nested in it."""
    clauses = write_clauses(exception.clauses)
    lines = wrap_condition(lambda broken: write_exception(exception, broken) + clauses, indent)
    yield Item(indent, lines, find_exception(exception, line, page))
    for nested in exception.nested:
        yield from print_exception(nested, indent + INDENT, line, page)


def find_exception(exception: Exception_, line: int, page: Page) -> Place:
    """Where the exception stood, if not on the line of its rule."""
    first = exception.parts[0] if exception.parts else exception.when
    lines = range(first.span.line if first else 0, line, -1)
    return next((page.at(own) for own in lines if page.opens_with(own, "unless")), NO_PLACE)


def _has_comments(exception: Exception_, line: int, page: Page, others: Iterable[Place]) -> bool:
    """Whether comments stand with an exception that has a line of its own."""
    start, _ = find_exception(exception, line, page)
    if not start:
        return False
    spans = [part.span.end_line for part in exception.parts]
    last = max([*spans, _end(exception.when)] if exception.when else spans)
    beneath = min([start, *(other for other, _ in others if other > line)])
    head = page.last_code(line, beneath)
    before = page.last_code(line, start)
    margin = page.margin(line)
    return any(
        (comment.line == head and not page.starts(comment.line, comment.column))
        or before < comment.line <= last
        or (comment.line > last and page.margin(comment.line, comment.column) > margin)
        for comment in page.comments_in(line, page.next_code(last))
    )


def _end(condition: Condition) -> int:
    match condition:
        case Or() | And():
            return max(map(_end, condition.items))
        case Not():
            return _end(condition.item)
        case Compare() | StateRef() | Part():
            return condition.span.end_line
