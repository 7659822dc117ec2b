"""Predicates on the kind of event and on what its carrier says: purpose, basis, mechanism, channel, measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment, bases_of
from lawful.rules.predicates.ends import certified, lies_within, outside, own_subject
from lawful.system.model import NONE, UNKNOWN, Fact
from lawful_dsl.program import (
    BasisIn,
    ChannelIn,
    ConsiderationIs,
    EventIs,
    EventKind,
    MeasureIn,
    MechanismIn,
    PurposeIn,
    PurposeWithinCollected,
)
from lawful_dsl.vocabulary import Validity


def event_is(condition: EventIs, environment: Environment) -> Kleene:
    """Whether the event is of the kind: surely, or as far as the standing of its ends is known."""
    happening = environment.happening
    if happening.kind is not condition.kind:
        return False
    if happening.kind is EventKind.DISCLOSURE:
        return disclosed(environment)
    if happening.kind is EventKind.COLLECTION and happening.frame.flow is not None:
        return outside(environment, happening.frame.source)
    if happening.kind is EventKind.JOIN and happening.join < 0:
        return _may_join(environment)
    return True


def _may_join(environment: Environment) -> Kleene:
    """Whether data that lie together are joined: unknown, but for what a join or `keeps apart` speaks of."""
    node = environment.happening.frame.target
    extent = environment.law.extent
    if environment.leaf is not None and environment.partner:
        for left, right in [*((j.left, j.right) for j in node.joins), *node.apart]:
            for mine, theirs in ((left, right), (right, left)):
                if environment.leaf in extent(mine) and environment.partner in extent(theirs):
                    return False
    return environment.note(None, node.id, "joins or keeps apart", "unknown", node.span)


def disclosed(environment: Environment) -> Kleene:
    """Whether a transfer is from us, or one who acts for us, to neither us nor the datum's own subject."""
    frame = environment.happening.frame
    if frame.source.owner and frame.source.owner == frame.target.owner:
        return False
    leaf, purpose = environment.leaf or "", environment.purpose
    standing = environment.law.standing
    to_us = standing.is_us(frame.target)
    own = own_subject(environment, frame.target)
    if to_us or own:
        return False
    from_outside = standing.is_outside(frame.source, leaf, purpose)
    if from_outside:
        return False
    if from_outside is None or to_us is None:
        node = frame.source if from_outside is None else frame.target
        return environment.note(None, node.owner or node.id, "role or owner", "unknown", node.span)
    return None if own is None else True


def purpose_in(condition: PurposeIn, environment: Environment) -> Kleene:
    """Whether the event's purpose is one of the terms."""
    frame = environment.happening.frame
    answer = (
        environment.purpose in environment.law.extent(condition.terms)
        if environment.purpose
        else None
    )
    return environment.note(
        answer, frame.carrier, "purpose", environment.happening.use.purpose or "unknown", frame.span
    )


def purpose_within_collected(condition: PurposeWithinCollected, environment: Environment) -> Kleene:
    """Whether the event's purpose is within those for which the datum was collected."""
    happening = environment.happening
    uses = happening.datum.beginning.uses
    if not environment.purpose:
        return environment.note(
            None, happening.frame.carrier, "purpose", "unknown", happening.frame.span
        )
    if uses is None:
        return environment.note(None, "the datum's origin", "collected for", "unknown")
    named = tuple(u.purpose for u in uses if u.purpose)
    answer: Kleene = environment.purpose in environment.law.extent(named)
    if not answer and not all(u.purpose for u in uses):
        answer = None
    return environment.note(
        answer, "the datum's origin", "collected for", ", ".join(named) or "unknown"
    )


def basis_in(condition: BasisIn, environment: Environment) -> Kleene:
    """Whether a basis claimed for the event is one of the terms."""
    bases = bases_of(environment)
    frame = environment.happening.frame
    answer = any_of(environment.law.lattice, bases, condition.terms)
    return environment.note(answer, frame.carrier, "basis", bases, frame.span)


def mechanisms_of(environment: Environment) -> Fact[str]:
    """The mechanisms of an event: the flow's own, and the contracts of the target's party (decision 30)."""
    frame = environment.happening.frame
    party = environment.law.party(frame.target)
    contracts: Fact[str] = NONE if frame.target.kind == "subject" else UNKNOWN
    if party is not None:
        contracts = party.contracts
    if frame.flow is None or frame.flow.mechanisms.silent:
        return contracts
    own = frame.flow.mechanisms
    if not own.values:
        return own
    values = tuple(dict.fromkeys((*own.values, *contracts.values)))
    return Fact(values, own.whole and contracts.whole)


def mechanism_in(condition: MechanismIn, environment: Environment) -> Kleene:
    """Whether a mechanism of the event is one of the terms, and valid for it."""
    fact = mechanisms_of(environment)
    frame = environment.happening.frame
    lattice = environment.law.lattice
    answer: Kleene = False if fact.whole else None
    for value in fact.values:
        for term in condition.terms:
            match = lattice.is_a(value, term)
            valid = match if match is False else _valid(value, environment)
            if match and valid:
                answer = True
            elif match is not False and valid is not False and answer is False:
                answer = None
    return environment.note(answer, frame.carrier, "mechanism", fact, frame.span)


def validity_of(environment: Environment) -> tuple[dict[str, Kleene], bool]:
    """The mechanisms of an event, whether each is valid for it, and whether there are no others."""
    fact = mechanisms_of(environment)
    terms = environment.law.lattice.vocabulary.terms
    listed = [value for value in fact.values if terms[value].list == "mechanisms"]
    return {value: _valid(value, environment) for value in listed}, fact.whole


def _valid(mechanism: str, environment: Environment) -> Kleene:
    ways = environment.law.lattice.vocabulary.terms[mechanism].valid
    if not ways:
        return True
    answer: Kleene = False
    for way in ways:
        valid = _way_holds(way, environment)
        if valid:
            return True
        if valid is None:
            answer = None
    return answer


def _way_holds(way: Validity, environment: Environment) -> Kleene:
    law = environment.law
    if not way.holds_on(law.lattice.date):
        return False
    source = environment.happening.frame.source
    answers = [
        lies_within(environment, source, law.extent(way.origins)),
        environment.place in law.extent(way.targets) if environment.place else None,
        certified(environment, (way.needs,)) if way.needs else True,
    ]
    if False in answers:
        return False
    return None if None in answers else True


def channel_in(condition: ChannelIn, environment: Environment) -> Kleene:
    """Whether the event's channel is one of the terms."""
    happening = environment.happening
    fact: Fact[str] = Fact((happening.channel,), True) if happening.channel else Fact()
    answer = any_of(environment.law.lattice, fact, condition.terms)
    return environment.note(answer, happening.frame.carrier, "channel", fact)


def measures_of(environment: Environment) -> Fact[str]:
    """The measures of a flow for its events, of a node for its own."""
    frame = environment.happening.frame
    return frame.flow.measures if frame.flow else frame.target.measures


def measure_in(condition: MeasureIn, environment: Environment) -> Kleene:
    """Whether one of the measures is taken."""
    fact = measures_of(environment)
    frame = environment.happening.frame
    answer = any_of(environment.law.lattice, fact, condition.terms)
    return environment.note(answer, frame.carrier, "measures", fact, frame.span)


def consideration_is(condition: ConsiderationIs, environment: Environment) -> Kleene:
    """Whether the flow is made in exchange for one of these; of no terms, for anything."""
    frame = environment.happening.frame
    if frame.flow is None:
        return False
    fact = frame.flow.consideration
    if condition.terms:
        answer = any(v in condition.terms for v in fact.values) or (False if fact.whole else None)
    else:
        answer = bool(fact.values) or (False if fact.whole else None)
    return environment.note(answer, frame.carrier, "consideration", fact, frame.span)


PREDICATES: Mapping[type, Callable[[Any, Environment], Kleene]] = {
    EventIs: event_is,
    PurposeIn: purpose_in,
    PurposeWithinCollected: purpose_within_collected,
    BasisIn: basis_in,
    MechanismIn: mechanism_in,
    ChannelIn: channel_in,
    MeasureIn: measure_in,
    ConsiderationIs: consideration_is,
}
