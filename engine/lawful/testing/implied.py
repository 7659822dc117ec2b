"""Implication: whether whatever meets one condition meets another, as far as can be read off the two."""

from __future__ import annotations

from lawful_dsl.frozen import frozen
from lawful_dsl.program import (
    All,
    AnyOf,
    BasisIn,
    Condition,
    DataIn,
    PartyIs,
    PlaceIn,
    PurposeIn,
    SubjectIs,
)
from lawful_dsl.vocabulary import Lattice


@frozen
class Implication:
    """Implication on the date of a lattice. A false one may yet hold for a reason that is not looked at."""

    lattice: Lattice

    def holds(self, one: Condition, other: Condition) -> bool:
        """Whether the first implies the second."""
        if one == other:
            return True
        if isinstance(other, All):
            return all(self.holds(one, item) for item in other.items)
        if isinstance(one, AnyOf):
            return all(self.holds(item, other) for item in one.items)
        if isinstance(one, All):
            return any(self.holds(item, other) for item in one.items)
        if isinstance(other, AnyOf):
            return any(self.holds(one, item) for item in other.items)
        return self._within(one, other)

    def extent(self, condition: DataIn) -> frozenset[str]:
        """The leaves of which a condition speaks."""
        if condition.terms:
            return self.lattice.extent(condition.terms, condition.excluded)
        return self.lattice.all_data - self.lattice.extent(condition.excluded)

    def _within(self, one: Condition, other: Condition) -> bool:
        if isinstance(one, DataIn) and isinstance(other, DataIn):
            return one.forms <= other.forms and self.extent(one) <= self.extent(other)
        if isinstance(one, PurposeIn) and isinstance(other, PurposeIn):
            return self._below(one.terms, other.terms)
        if isinstance(one, BasisIn) and isinstance(other, BasisIn):
            return self._below(one.terms, other.terms)
        if isinstance(one, PlaceIn | PartyIs) and isinstance(other, type(one)):
            return one.end == other.end and self._below(one.terms, other.terms)
        if isinstance(one, SubjectIs) and isinstance(other, SubjectIs):
            return one.who == other.who and self._below(one.terms, other.terms)
        return False

    def _below(self, terms: tuple[str, ...], above: tuple[str, ...]) -> bool:
        return all(any(self.lattice.is_a(term, each) for each in above) for term in terms)
