"""Weaker: conditions that less, or more, meets than before, as a slip of the pen would make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from lawful.testing.implied import Implication
from lawful_dsl.lint.contradiction import Contradictions
from lawful_dsl.program import All, AnyOf, Condition, DataIn, PlaceIn, PurposeIn
from lawful_dsl.syntax import Choice, Length, Period, Symbol, Unlimited
from lawful_dsl.vocabulary import Lattice

Item = TypeVar("Item")
#: What conditions call the alternatives that they name.
_ALTERNATIVES = ("terms", "roles", "kinds")


def without_each(items: Sequence[Item]) -> Iterator[tuple[tuple[Item, ...], Item]]:
    """Some things without each of them, and which that is."""
    for number, item in enumerate(items):
        yield (*items[:number], *items[number + 1 :]), item


@dataclass(frozen=True)
class Weaker:
    """Conditions that say less, in the words of a vocabulary on the date of its lattice."""

    lattice: Lattice

    @cached_property
    def implication(self) -> Implication:
        """What implies what."""
        return Implication(self.lattice)

    @cached_property
    def contradictions(self) -> Contradictions:
        """What cannot be."""
        return Contradictions(self.lattice.vocabulary)

    def fewer(self, condition: Condition) -> Iterator[Condition]:
        """A condition without one of the parts that must hold together."""
        if isinstance(condition, All):
            for left, _ in without_each(condition.items):
                if left:
                    yield All(left)

    def wider(self, condition: Condition) -> Iterator[tuple[str, Condition, Condition]]:
        """A category that becomes the one above it, an `except` dropped, a purpose or place added.

        The third is what that adds.
        """
        if isinstance(condition, DataIn):
            for left, excluded in without_each(condition.excluded):
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
            added = self.beside(condition.terms)
            if added:
                terms = (*condition.terms, added)
                more_of_it = replace(condition, terms=(added,))
                yield f"`{added}` is added", replace(condition, terms=terms), more_of_it

    def narrowed(self, condition: Condition) -> Iterator[tuple[str, Condition]]:
        """An event of fewer sorts: without one of several alternatives."""
        items = items_of(condition)
        for number, item in enumerate(items):
            for what, less in self._less(item):
                if not self.implication.holds(item, less):
                    yield what, All((*items[:number], less, *items[number + 1 :]))

    def _less(self, item: Condition) -> Iterator[tuple[str, Condition]]:
        """A part of an event without one of its alternatives."""
        if isinstance(item, AnyOf) and len(item.items) > 1:
            for place, (left, _) in enumerate(without_each(item.items), 1):
                yield f"alternative {place} is left out", AnyOf(left)
        for name in _ALTERNATIVES:
            terms = getattr(item, name, ())
            if isinstance(terms, tuple) and len(terms) > 1:
                for fewer, term in without_each(terms):
                    yield f"`{term}` is left out", replace(item, **{name: fewer})  # type: ignore[arg-type]

    def longer(self, period: Period | None, bound: str) -> Iterator[tuple[str, Period]]:
        """A longer period, of a bound that is not to be exceeded."""
        if bound not in ("at most", "exactly") or period is None or isinstance(period, Unlimited):
            return
        yield "the period is lengthened", _lengthened(period)

    def _above(self, term: str) -> list[str]:
        parents = self.lattice.vocabulary.terms[term].parents
        return sorted(p.name for p in parents if p.holds_on(self.lattice.date))

    def beside(self, terms: Sequence[str]) -> str:
        """The first term of any list beside those named, below the same one above, that they do not take in."""
        covered = self.lattice.extent(terms)
        vocabulary = self.lattice.vocabulary
        for term in terms:
            above = set(self._above(term))
            for name in vocabulary.of_list(vocabulary.terms[term].list):
                near = above & set(self._above(name)) or not above | set(self._above(name))
                if near and not self.lattice.leaves(name) & covered:
                    return name
        return ""


def items_of(condition: Condition) -> tuple[Condition, ...]:
    """The parts of a condition that must hold together."""
    return condition.items if isinstance(condition, All) else (condition,)


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
