"""Predicates on the datum and on its origin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment
from lawful.system.model import Fact, Guard
from lawful_dsl.program import (
    CollectedFor,
    CollectedOn,
    DataIn,
    EventKind,
    GuardedBy,
    JoinedWith,
    LineageIn,
    MarkedAs,
    ReceivedUnder,
)


def data_in(condition: DataIn, environment: Environment) -> Kleene:
    """Whether the leaf is one of those named, in one of the forms."""
    if environment.leaf is None:
        return _unknown_data(environment)
    if environment.happening.datum.form not in condition.forms:
        return False
    if not condition.terms:
        return environment.leaf not in environment.law.extent(condition.excluded)
    return environment.leaf in environment.law.extent(condition.terms, condition.excluded)


def lineage_in(condition: LineageIn, environment: Environment) -> Kleene:
    """Whether the datum is of the terms or comes from them; a coarse ancestor may."""
    if environment.leaf is None:
        return _unknown_data(environment)
    datum = environment.happening.datum
    if datum.form not in condition.forms:
        return False
    if environment.leaf in environment.law.extent(condition.terms):
        return True
    wanted = environment.law.leaves.masks(condition.terms)
    answer: Kleene = None if datum.beginning.unsourced else False
    for ancestor in datum.lineage:
        if not ancestor & ~wanted:
            return True
        if ancestor & wanted:
            answer = None
    return answer


def _unknown_data(environment: Environment) -> Kleene:
    frame = environment.happening.frame
    return environment.note(None, frame.source.id, "holds", "unknown", frame.source.span)


def joined_with(condition: JoinedWith, environment: Environment) -> Kleene:
    """Whether the other operand of a join is of the terms."""
    if environment.happening.kind is not EventKind.JOIN:
        return False
    if not environment.partner:
        return _unknown_data(environment)
    return environment.partner in environment.law.extent(condition.terms)


def marked_as(condition: MarkedAs, environment: Environment) -> Kleene:
    """Whether the datum carries one of the marks; an absent mark is absent, unless the datum is unsourced."""
    datum = environment.happening.datum
    lattice = environment.law.lattice
    answer: Kleene = False
    for term in condition.terms:
        if any(lattice.is_a(mark, term) for mark in datum.marks):
            return True
        if datum.beginning.unsourced and term not in datum.cleared:
            answer = None
    return environment.note(answer, environment.happening.frame.carrier, "marks", "unknown")


def guarded_by(condition: GuardedBy, environment: Environment) -> Kleene:
    """Whether a guard on the state was passed."""
    datum = environment.happening.datum
    if Guard(condition.state) in datum.guards or Guard(condition.state, True) in datum.guards:
        return True
    if not datum.beginning.unsourced:
        return False
    return environment.note(None, "the datum's origin", "guards passed", "unknown")


def collected_for(condition: CollectedFor, environment: Environment) -> Kleene:
    """Whether the datum was collected for one of the purposes."""
    uses = environment.happening.datum.beginning.uses
    if uses is None:
        return _origin(None, environment, "collected for", "unknown")
    fact = Fact(tuple(u.purpose for u in uses if u.purpose), all(u.purpose for u in uses))
    answer = any_of(environment.law.lattice, fact, condition.terms)
    return _origin(answer, environment, "collected for", fact)


def collected_on(condition: CollectedOn, environment: Environment) -> Kleene:
    """Whether the datum was collected on one of the bases."""
    uses = environment.happening.datum.beginning.uses
    if uses is None:
        return _origin(None, environment, "collected on", "unknown")
    fact = Fact(
        tuple(dict.fromkeys(b for u in uses for b in u.bases.values)),
        all(u.bases.whole for u in uses),
    )
    answer = any_of(environment.law.lattice, fact, condition.terms)
    return _origin(answer, environment, "collected on", fact)


def received_under(condition: ReceivedUnder, environment: Environment) -> Kleene:
    """Whether the datum was received under one of the mechanisms."""
    fact = environment.happening.datum.beginning.mechanisms
    answer = any_of(environment.law.lattice, fact, condition.terms)
    return _origin(answer, environment, "received under", fact)


def _origin(answer: Kleene, environment: Environment, name: str, value: str | Fact[str]) -> Kleene:
    return environment.note(answer, "the datum's origin", name, value)


PREDICATES: Mapping[type, Callable[[Any, Environment], Kleene]] = {
    DataIn: data_in,
    LineageIn: lineage_in,
    JoinedWith: joined_with,
    MarkedAs: marked_as,
    GuardedBy: guarded_by,
    CollectedFor: collected_for,
    CollectedOn: collected_on,
    ReceivedUnder: received_under,
}
