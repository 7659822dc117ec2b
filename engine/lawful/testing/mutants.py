"""Mutants: a policy with one small change that weakens it, as a slip of the pen would. Good cases notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lawful.testing.implied import Implication
from lawful_dsl.program import (
    All,
    Assert,
    Closed,
    Condition,
    DataIn,
    Negation,
    Permit,
    PlaceIn,
    Policy,
    PurposeIn,
    Readings,
    Require,
    Retain,
    Rule,
    Simple,
    Unless,
)
from lawful_dsl.source import Span
from lawful_dsl.syntax import Choice, Length, Period, Symbol, Unlimited
from lawful_dsl.vocabulary import Lattice

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A policy with one change: what was done, to which rule (empty: to no single one), and where that stands."""

    what: str
    rule: str
    policy: Policy
    span: Span


def mutants(policy: Policy, lattice: Lattice) -> Iterator[Mutant]:
    """Every mutant of a policy, in the order of its text; the lattice is that of the date of the check."""
    weaken = _Weaken(lattice)
    for number, rule in enumerate(policy.rules):
        rules = policy.rules
        without = replace(policy, rules=(*rules[:number], *rules[number + 1 :]))
        yield Mutant("the rule is dropped", rule.about.id, without, rule.about.span)
        for what, changed, span in weaken.rule(rule):
            weaker = replace(policy, rules=(*rules[:number], changed, *rules[number + 1 :]))
            yield Mutant(what, rule.about.id, weaker, span)
    for left, treat in _without_each(policy.treats):
        what = f"`treat {treat.name} as {treat.as_}` is dropped"
        yield Mutant(what, "", replace(policy, treats=left), treat.span)
    for left_over, item in _without_each(policy.prevails):
        what = f"`{item.over} prevails over {item.under}` is dropped"
        yield Mutant(what, "", replace(policy, prevails=left_over), item.span)


def _without_each(items: Sequence[Item]) -> Iterator[tuple[tuple[Item, ...], Item]]:
    for number, item in enumerate(items):
        yield (*items[:number], *items[number + 1 :]), item


def _changed_each(
    items: Sequence[Item], changes: Callable[[Item], Iterator[tuple[str, Item]]]
) -> Iterator[tuple[str, tuple[Item, ...]]]:
    for number, item in enumerate(items):
        for what, changed in changes(item):
            yield what, (*items[:number], changed, *items[number + 1 :])


@dataclass(frozen=True, slots=True)
class _Weaken:
    """The ways in which rules, permits and conditions are made to say less, or to let more through."""

    lattice: Lattice

    def rule(self, rule: Rule) -> Iterator[tuple[str, Rule, Span]]:
        """The changed rules, what was done, and where that stands."""
        span = rule.about.span
        if isinstance(rule, Closed):
            for left, permit in _without_each(rule.permits):
                yield f"{_which(permit)} is dropped", replace(rule, permits=left), permit.span
            for number, permit in enumerate(rule.permits):
                for what, changed in self.permit(permit, rule):
                    permits = (*rule.permits[:number], changed, *rule.permits[number + 1 :])
                    said = f"in {_which(permit)}, {what}"
                    yield said, replace(rule, permits=permits), permit.span
            if rule.admits:
                yield "`admits` is dropped", replace(rule, admits=()), span
        elif isinstance(rule, Readings):
            for number, (texts, reading) in enumerate(rule.readings):
                if reading is None:
                    continue
                for what, weaker in self.simple(reading):
                    turned = (texts, weaker)
                    read = (*rule.readings[:number], turned, *rule.readings[number + 1 :])
                    yield (
                        f"as {', '.join(texts)} reads it, {what}",
                        replace(rule, readings=read),
                        span,
                    )
        else:
            for what, weaker in self.simple(rule):
                yield what, weaker, span

    def simple(self, rule: Simple) -> Iterator[tuple[str, Simple]]:
        """A rule without an exception, about fewer data, or with a longer period."""
        if isinstance(rule, Assert):
            for what, period in self.longer(rule.period, rule.bound):
                yield what, replace(rule, period=period)
            for left, term in _without_each(rule.terms):
                if left:
                    yield f"`{term}` is left out", replace(rule, terms=left)
            return
        for what, exceptions in self.exceptions(rule.exceptions):
            yield what, replace(rule, exceptions=exceptions)
        for what, event in self.narrowed(rule.event):
            yield what, replace(rule, event=event)
        if isinstance(rule, Retain):
            for what, period in self.longer(rule.period, rule.bound):
                yield what, replace(rule, period=period)
        if isinstance(rule, Require) and rule.quantity != "in":
            yield f"`{rule.quantity}` becomes `in`", replace(rule, quantity="in")

    def exceptions(
        self, items: tuple[Unless, ...], what: str = "an exception"
    ) -> Iterator[tuple[str, tuple[Unless, ...]]]:
        """The exceptions without one of them, or with one that lets more through."""
        for left, item in _without_each(items):
            yield f"{what} is dropped (line {item.span.line})", left
        yield from _changed_each(items, self.exception)

    def exception(self, item: Unless) -> Iterator[tuple[str, Unless]]:
        """An exception without one nested in it, or without a part of it."""
        for what, nested in self.exceptions(item.nested, "an exception from an exception"):
            yield what, replace(item, nested=nested)
        for left in self.fewer(item.condition):
            yield (
                f"an exception loses a part (line {item.span.line})",
                replace(item, condition=left),
            )

    def permit(self, permit: Permit, rule: Closed) -> Iterator[tuple[str, Permit]]:
        """A permit without one of its columns, without an exception, or for more than the rule settles elsewhere."""
        for what, exceptions in self.exceptions(permit.exceptions):
            yield what, replace(permit, exceptions=exceptions)
        items = permit.condition.items if isinstance(permit.condition, All) else ()
        for left, item in _without_each(items):
            kept_out = self.kept_out(item, rule)
            if not kept_out or not all(
                self.settled(All((data, *left)), permit, rule) for data in kept_out
            ):
                yield f"`{_word_of(permit, item)}` is dropped", replace(permit, condition=All(left))
        for left, item in _without_each(items or (permit.condition,)):
            for what, wider, more in self.wider(item):
                if not self.settled(All((more, *left)), permit, rule):
                    yield what, replace(permit, condition=All((wider, *left)))

    def settled(self, condition: Condition, permit: Permit, rule: Closed) -> bool:
        """Whether another permit admits all that meets a condition, or the rule leaves it out (`when not`).

        No flow shows then that one more permit admits it.
        """
        holds = Implication(self.lattice).holds
        others = (each.condition for each in rule.permits if each != permit and not each.exceptions)
        left_out = (item.item for item in _items(rule.event) if isinstance(item, Negation))
        return any(holds(condition, each) for each in (*others, *left_out))

    def kept_out(self, item: Condition, rule: Closed) -> tuple[DataIn, ...]:
        """What `except` keeps out, one by one, where the rule is about no other data than those and the item's."""
        if not isinstance(item, DataIn):
            return ()
        if not Implication(self.lattice).holds(rule.event, replace(item, excluded=())):
            return ()
        return tuple(replace(item, terms=(each,), excluded=()) for each in item.excluded)

    def fewer(self, condition: Condition) -> Iterator[Condition]:
        """A condition without one of the parts that must hold together."""
        if isinstance(condition, All):
            for left, _ in _without_each(condition.items):
                if left:
                    yield All(left)

    def wider(self, condition: Condition) -> Iterator[tuple[str, Condition, Condition]]:
        """A category that becomes the one above it, an `except` dropped, a purpose or place added.

        The third is what that adds.
        """
        if isinstance(condition, DataIn):
            for left, excluded in _without_each(condition.excluded):
                more = replace(condition, terms=(excluded,), excluded=left)
                yield f"`except {excluded}` is dropped", replace(condition, excluded=left), more
            for number, term in enumerate(condition.terms):
                for above in self._above(term):
                    terms = (*condition.terms[:number], above, *condition.terms[number + 1 :])
                    said = (*condition.excluded, *condition.terms)
                    more = replace(condition, terms=(above,), excluded=said)
                    # Beside a term that takes in the one above, nothing is let through that was not.
                    if self.lattice.extent(more.terms, more.excluded):
                        wider = replace(condition, terms=terms)
                        yield f"`{term}` becomes `{above}`", wider, more
        elif isinstance(condition, PurposeIn | PlaceIn):
            added = self._beside(condition.terms)
            if added:
                terms = (*condition.terms, added)
                more_of_it = replace(condition, terms=(added,))
                yield f"`{added}` is added", replace(condition, terms=terms), more_of_it

    def narrowed(self, condition: Condition) -> Iterator[tuple[str, Condition]]:
        """An event about fewer data: without one of several categories."""
        items = _items(condition)
        implies = Implication(self.lattice).holds
        for number, item in enumerate(items):
            if isinstance(item, DataIn) and len(item.terms) > 1:
                for left, term in _without_each(item.terms):
                    less = replace(item, terms=left)
                    whole = (*items[:number], less, *items[number + 1 :])
                    if not implies(item, less):
                        yield f"`{term}` is left out", All(whole)

    def longer(self, period: Period | None, bound: str) -> Iterator[tuple[str, Period]]:
        """A period that `at most` holds against no more."""
        if bound != "at most" or period is None or isinstance(period, Unlimited):
            return
        yield "the period is lengthened", _lengthened(period)

    def _above(self, term: str) -> list[str]:
        parents = self.lattice.vocabulary.terms[term].parents
        return sorted(p.name for p in parents if p.holds_on(self.lattice.date))

    def _beside(self, terms: Sequence[str]) -> str:
        """The first term beside those named, below the same one above, that they do not take in."""
        covered = self.lattice.extent(terms)
        vocabulary = self.lattice.vocabulary
        for term in terms:
            for above in self._above(term):
                for name in vocabulary.of_list(vocabulary.terms[term].list):
                    if above in self._above(name) and not self.lattice.leaves(name) & covered:
                        return name
        return ""


def _items(condition: Condition) -> tuple[Condition, ...]:
    return condition.items if isinstance(condition, All) else (condition,)


def _which(permit: Permit) -> str:
    return f"row {permit.row}" if permit.row else f"the permit on line {permit.span.line}"


def _word_of(permit: Permit, item: Condition) -> str:
    """The word of the column, or part, that says a condition."""
    for word, condition in permit.columns:
        if item == condition or (isinstance(condition, All) and item in condition.items):
            return word
    return "when"


def _lengthened(period: Period) -> Period:
    """Twice as long; of a symbol, a year longer."""
    match period:
        case Length():
            return replace(period, number=2 * period.number)
        case Symbol():
            plus = period.plus
            return replace(period, plus=_twice(plus) if plus else Length(1, "years"))
        case Choice():
            return replace(period, items=tuple(_lengthened(item) for item in period.items))
        case _:
            return period


def _twice(length: Length) -> Length:
    return replace(length, number=2 * length.number)
