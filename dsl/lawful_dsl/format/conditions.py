"""Conditions: events, their parts, what stands after `when`."""

from __future__ import annotations

from collections.abc import Iterable

from lawful_dsl.format.lines import BREAK
from lawful_dsl.format.words import (
    NONE_RESERVED,
    reserve,
    write_length,
    write_name,
    write_names,
    write_state,
)
from lawful_dsl.syntax import (
    And,
    Compare,
    Condition,
    Event,
    Exception_,
    Length,
    Name,
    Not,
    Or,
    Part,
    StateRef,
)

#: Words that would make another part of it, after the word of a part.
_AFTER = {"in": reserve("any"), "to": reserve("another"), "for": reserve("within")}
#: Words with which a part of a condition begins.
_STARTS = reserve(
    "not of anything to from in seated for on with under by using certified marked guard collected "
    "received residence actual"
)


def write_part(part: Part) -> str:
    """`to advertiser`, `of all_data except password`, `with express consent given by parent`."""
    names = write_names(part.names, _AFTER.get(part.word, NONE_RESERVED))
    if part.state is not None:
        return f"guard {write_state(part.state)}"
    if part.word == "with consent":
        giver = f" given by {write_name(part.giver)}" if part.giver else ""
        return f"with {names} consent{giver}"
    written = f"{part.word} {names}" if names else part.word
    return f"{written} except {write_names(part.excluded)}" if part.excluded else written


def write_parts(parts: Iterable[Part], when: Condition | None, breakable: bool = False) -> str:
    """Parts and a condition, each after a blank."""
    written = "".join(f" {write_part(part)}" for part in parts)
    if when is None:
        return written
    if breakable and isinstance(when, Or | And):
        # lines of a policy may be broken only in parentheses and after commas
        word = "or" if isinstance(when, Or) else "and"
        items = f"{BREAK}{word} ".join(map(_enclose, when.items))
        return f"{written} when ({BREAK}{items})"
    return f"{written} when {write_condition(when)}"


def write_event(event: Event, breakable: bool = False) -> str:
    """The kind of event, its parts and its condition."""
    return write_name(event.kind) + write_parts(event.parts, event.when, breakable)


def write_exception(exception: Exception_, breakable: bool = False) -> str:
    """`unless` and what follows it, but for what is nested."""
    return "unless" + write_parts(exception.parts, exception.when, breakable)


def write_condition(condition: Condition) -> str:
    """A condition; what is joined by `and` or `or` within another is in parentheses."""
    match condition:
        case Or():
            return " or ".join(_enclose(item) for item in condition.items)
        case And():
            return " and ".join(_enclose(item) for item in condition.items)
        case Not():
            return f"not {_enclose(condition.item)}"
        case StateRef():
            return write_state(condition, _STARTS)
        case Part():
            return write_part(condition)
        case Compare():
            return f"{write_name(condition.left, _STARTS)} {_write_comparison(condition)}"


def _enclose(condition: Condition) -> str:
    written = write_condition(condition)
    return f"({written})" if isinstance(condition, Or | And) else written


def _write_comparison(compare: Compare) -> str:
    match compare.right:
        case Name():
            return f"{compare.operator} {write_name(compare.right)}"
        case Length():
            return f"{compare.operator} {write_length(compare.right)}"
        case int() | str():
            return f"{compare.operator} {compare.right}"
        case other:
            raise ValueError(f"no text can hold a comparison with {other!r}")
