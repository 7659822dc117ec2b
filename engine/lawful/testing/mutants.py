"""Mutants: a policy with one small change that weakens it, as a slip of the pen would. Good cases notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from lawful.testing.weaker import Weaker, items_of, without_each
from lawful_dsl.frozen import frozen
from lawful_dsl.program import (
    TRUE,
    All,
    Assert,
    Closed,
    Condition,
    DataIn,
    Forbid,
    Negation,
    Passage,
    Permit,
    Policy,
    Reach,
    Readings,
    Require,
    Retain,
    Rule,
    Simple,
    Unless,
)
from lawful_dsl.source import Span
from lawful_dsl.vocabulary import Lattice

Item = TypeVar("Item")
#: A rule that has exceptions of its own.
_Excepting = Forbid | Require | Passage | Reach | Retain


@frozen
class Mutant:
    """A policy with one change: what was done, to which rule (empty: to no single one), and where that stands."""

    what: str
    rule: str
    policy: Policy
    span: Span


def mutants(policy: Policy, lattice: Lattice) -> Iterator[Mutant]:
    """Every mutant of a policy, in the order of its text; the lattice is that of the date of the check."""
    weaken = _Weaken(Weaker(lattice))
    for number, rule in enumerate(policy.rules):
        rules = policy.rules
        without = replace(policy, rules=(*rules[:number], *rules[number + 1 :]))
        yield Mutant("the rule is dropped", rule.about.id, without, rule.about.span)
        for what, changed, span in weaken.rule(rule):
            weaker = replace(policy, rules=(*rules[:number], changed, *rules[number + 1 :]))
            yield Mutant(what, rule.about.id, weaker, span)
    for left, treat in without_each(policy.treats):
        what = f"`treat {treat.name} as {treat.as_}` is dropped"
        yield Mutant(what, "", replace(policy, treats=left), treat.span)
    for left_over, item in without_each(policy.prevails):
        said = f"`{item.over} prevails over {item.under}`"
        yield Mutant(f"{said} is dropped", "", replace(policy, prevails=left_over), item.span)
        if item.event != TRUE:
            everywhere = (*left_over, replace(item, event=TRUE))
            yield Mutant(f"{said} for all", "", replace(policy, prevails=everywhere), item.span)


def _changed_each(
    items: Sequence[Item], changes: Callable[[Item], Iterator[tuple[str, Item]]]
) -> Iterator[tuple[str, tuple[Item, ...]]]:
    for number, item in enumerate(items):
        for what, changed in changes(item):
            yield what, (*items[:number], changed, *items[number + 1 :])


@frozen
class _Weaken:
    """The ways in which rules, permits and conditions are made to say less, or to let more through."""

    weaker: Weaker

    def rule(self, rule: Rule) -> Iterator[tuple[str, Rule, Span]]:
        """The changed rules, what was done, and where that stands."""
        span = rule.about.span
        if isinstance(rule, Closed):
            for left, permit in without_each(rule.permits):
                yield f"{_which(permit)} is dropped", replace(rule, permits=left), permit.span
            for number, permit in enumerate(rule.permits):
                for what, changed in self.permit(permit, rule):
                    permits = (*rule.permits[:number], changed, *rule.permits[number + 1 :])
                    said = f"in {_which(permit)}, {what}"
                    yield said, replace(rule, permits=permits), permit.span
            for what, event in self.weaker.narrowed(rule.event):
                yield what, replace(rule, event=event), span
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
            for what, period in self.weaker.longer(rule.period, rule.bound):
                yield what, replace(rule, period=period)
            for left, term in without_each(rule.terms):
                if left:
                    yield f"`{term}` is left out", replace(rule, terms=left)
            return
        for what, exceptions in self.exceptions(rule.exceptions):
            yield what, replace(rule, exceptions=exceptions)
        for what, wider in self.wider_exceptions(rule):
            yield what, replace(rule, exceptions=wider)
        for what, event in self.weaker.narrowed(rule.event):
            yield what, replace(rule, event=event)
        if isinstance(rule, Retain):
            for what, period in self.weaker.longer(rule.period, rule.bound):
                yield what, replace(rule, period=period)
        if isinstance(rule, Require):
            yield from self.required(rule)

    def required(self, rule: Require) -> Iterator[tuple[str, Require]]:
        """A requirement that more meets: any of its terms, not all of them, or another one beside them."""
        if rule.quantity != "in":
            yield f"`{rule.quantity}` becomes `in`", replace(rule, quantity="in")
        if rule.quantity == "all of":
            for left, term in without_each(rule.terms):
                if left:
                    yield f"`{term}` is not required", replace(rule, terms=left)
        elif added := self.weaker.beside(rule.terms):
            yield f"`{added}` will do, too", replace(rule, terms=(*rule.terms, added))

    def wider_exceptions(self, rule: _Excepting) -> Iterator[tuple[str, tuple[Unless, ...]]]:
        """The exceptions, one of which is for more of what the rule is about and no other one lets through."""
        holds, contradict = self.weaker.implication.holds, self.weaker.contradictions.contradict
        for others, item in without_each(rule.exceptions):
            settled = [each.condition for each in others if not each.nested]
            parts = items_of(item.condition)
            for left, part in without_each(parts):
                for what, wider, more in self.weaker.wider(part):
                    added = All((more, *left))
                    if not contradict(rule.event, added) and not any(
                        holds(All((rule.event, added)), each) for each in settled
                    ):
                        changed = replace(item, condition=All((wider, *left)))
                        place = rule.exceptions.index(item)
                        yield (
                            f"in an exception, {what} (line {item.span.line})",
                            (*rule.exceptions[:place], changed, *rule.exceptions[place + 1 :]),
                        )

    def exceptions(
        self, items: tuple[Unless, ...], what: str = "an exception"
    ) -> Iterator[tuple[str, tuple[Unless, ...]]]:
        """The exceptions without one of them, or with one that lets more through."""
        for left, item in without_each(items):
            yield f"{what} is dropped (line {item.span.line})", left
        yield from _changed_each(items, self.exception)

    def exception(self, item: Unless) -> Iterator[tuple[str, Unless]]:
        """An exception without one nested in it, or without a part of it."""
        for what, nested in self.exceptions(item.nested, "an exception from an exception"):
            yield what, replace(item, nested=nested)
        for left in self.weaker.fewer(item.condition):
            yield (
                f"an exception loses a part (line {item.span.line})",
                replace(item, condition=left),
            )

    def permit(self, permit: Permit, rule: Closed) -> Iterator[tuple[str, Permit]]:
        """A permit without one of its columns, without an exception, or for more than the rule settles elsewhere."""
        for what, exceptions in self.exceptions(permit.exceptions):
            yield what, replace(permit, exceptions=exceptions)
        items = permit.condition.items if isinstance(permit.condition, All) else ()
        for left, item in without_each(items):
            kept_out = self.kept_out(item, rule)
            if not kept_out or not all(
                self.settled(All((data, *left)), permit, rule) for data in kept_out
            ):
                yield f"`{_word_of(permit, item)}` is dropped", replace(permit, condition=All(left))
        for left, item in without_each(items or (permit.condition,)):
            for what, wider, more in self.weaker.wider(item):
                if not self.settled(All((more, *left)), permit, rule):
                    yield what, replace(permit, condition=All((wider, *left)))

    def settled(self, condition: Condition, permit: Permit, rule: Closed) -> bool:
        """Whether another permit admits all that meets a condition, or the rule leaves it out (`when not`).

        No flow shows then that one more permit admits it.
        """
        holds = self.weaker.implication.holds
        others = (each.condition for each in rule.permits if each != permit and not each.exceptions)
        left_out = (item.item for item in items_of(rule.event) if isinstance(item, Negation))
        return any(holds(condition, each) for each in (*others, *left_out))

    def kept_out(self, item: Condition, rule: Closed) -> tuple[DataIn, ...]:
        """What `except` keeps out, one by one, where the rule is about no other data than those and the item's."""
        if not isinstance(item, DataIn):
            return ()
        if not self.weaker.implication.holds(rule.event, replace(item, excluded=())):
            return ()
        return tuple(replace(item, terms=(each,), excluded=()) for each in item.excluded)


def _which(permit: Permit) -> str:
    return f"row {permit.row}" if permit.row else f"the permit on line {permit.span.line}"


def _word_of(permit: Permit, item: Condition) -> str:
    """The word of the column, or part, that says a condition."""
    for word, condition in permit.columns:
        if item == condition or (isinstance(condition, All) and item in condition.items):
            return word
    return "when"
