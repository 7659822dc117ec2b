"""The syntax of events and conditions."""

from __future__ import annotations

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span
from lawful_dsl.syntax.shared import Name, Period, StateRef, spanned


@frozen
class Part:
    """A word and the names after it: `to advertiser`, `of all_data except password`, `for marketing`.

    `word` is one of: of, anything from, to, from, in, seated in, for, for within collected for, on,
    with, with consent, under, by, using, certified, marked, guard, collected for, collected on,
    received under, residence in, to another, actual, in any form.
    """

    word: str
    names: tuple[Name, ...] = ()
    excluded: tuple[Name, ...] = ()
    giver: Name | None = None
    state: StateRef | None = None
    span: Span = spanned()


@frozen
class Or:
    """Any of the conditions."""

    items: tuple[Condition, ...]
    span: Span = spanned()


@frozen
class And:
    """All of the conditions."""

    items: tuple[Condition, ...]
    span: Span = spanned()


@frozen
class Not:
    """The condition does not hold."""

    item: Condition
    span: Span = spanned()


@frozen
class Compare:
    """`age < 18`, `risk = high`, `place in residence`; the right side is a word, number, date or period."""

    left: Name
    operator: str
    right: Name | int | str | Period
    span: Span = spanned()


Condition = Or | And | Not | Compare | StateRef | Part


@frozen
class Event:
    """The pattern of a rule: a kind of event, parts that all hold, a condition."""

    kind: Name
    parts: tuple[Part, ...] = ()
    when: Condition | None = None
    span: Span = spanned()


@frozen
class Exception_:
    """`unless` parts and a condition, itself but for the exceptions nested in it."""

    parts: tuple[Part, ...]
    when: Condition | None = None
    nested: tuple[Exception_, ...] = ()
    clauses: tuple[Name, ...] = ()
    span: Span = spanned()
