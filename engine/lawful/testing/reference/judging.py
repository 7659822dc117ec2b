"""Judging: every event under every rule, for all that it may be (decisions 33, 36 and 40)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from lawful.findings import Reason, Verdict
from lawful.system.model import Subject, System
from lawful.testing.reference.data import relevant_reason
from lawful.testing.reference.events import Event, events
from lawful.testing.reference.outcomes import (
    NO_EVENT,
    Outcome,
    agreement,
    leaf_by_leaf,
    worst_of,
)
from lawful.testing.reference.precedence import Law, laws, readings
from lawful.testing.reference.propagation import propagate
from lawful.testing.reference.rules import Court, judge_view, may_be_about, may_match
from lawful.testing.reference.treatment import people_of, treats_of
from lawful.testing.reference.view import Either, View
from lawful.testing.reference.witnesses import Hop, Witness, witnesses
from lawful.testing.reference.world import World
from lawful_dsl.frozen import frozen
from lawful_dsl.program import EventKind, Policy, Program, Readings, State

UNKNOWN_CATEGORY = "unknown data"
States = Mapping[tuple[str, State], bool]


@frozen(order=True)
class Judged:
    """One event under one rule. An empty purpose, place or channel is unknown."""

    policy: str
    rule: str
    kind: str
    carrier: str
    source: str
    target: str
    category: str
    form: str
    subject: str
    origin: str
    marks: tuple[str, ...]
    unsourced: bool
    purpose: str
    place: str
    channel: str
    partner: str
    verdict: Verdict
    reason: Reason | None


@frozen
class Examined:
    """A judged event, its witness, and the data and carrier that it is of (several that look alike)."""

    judged: Judged
    witness: Witness
    hops: frozenset[Hop]


def judge(
    program: Program, policies: Sequence[Policy], system: System, date: str
) -> tuple[Judged, ...]:
    """The events that rules of the policies in force match, each with its verdict, sorted."""
    return tuple(each.judged for each in examine(program, policies, system, date))


def examine(
    program: Program, policies: Sequence[Policy], system: System, date: str
) -> tuple[Examined, ...]:
    """The same, with the witness of each.

    Events that differ only in what is not shown of them, such as the guards passed, are one where
    they have one verdict, and else one for each.
    """
    found: dict[Judged, list[Examined]] = {}
    lattice = program.vocabulary.on(date)
    for policy in policies:
        world = World(system, policy, tuple(policies), lattice, date)
        propagation = propagate(world)
        paths = witnesses(propagation, system)
        court = Court(tuple(policies), propagation)
        own = laws([policy])
        asked = [kind for kind in EventKind if any(may_match(law.rule, kind) for law in own)]
        for event in events(world, propagation, asked):
            witness = paths[event.found]
            for law in own:
                outcome = judge_event(law, world, event, court)
                if outcome.verdict is not Verdict.NOT_EXERCISED:
                    judged = _judged(law, world, event, outcome)
                    found.setdefault(replace(judged, reason=None), []).append(
                        Examined(judged, witness, frozenset(witness.hops[-1:]))
                    )
    return tuple(sorted(map(_together, found.values()), key=lambda each: each.judged))


def _together(alike: Sequence[Examined]) -> Examined:
    """Events that look alike and have one verdict, as one: with the best witness of them."""
    reason = min(alike, key=lambda each: each.judged.reason or "").judged.reason
    best = min(alike, key=lambda each: each.witness)
    hops = frozenset().union(*(each.hops for each in alike))
    return Examined(replace(best.judged, reason=reason), best.witness, hops)


def _judged(law: Law, world: World, event: Event, outcome: Outcome) -> Judged:
    datum, lattice = event.datum, world.lattice
    undetermined = outcome.verdict is Verdict.UNDETERMINED
    partner = ""
    if event.partner is not None:
        partner = lattice.name_of(event.partner.extent)
        partner = UNKNOWN_CATEGORY if event.partner.unknown else partner
    return Judged(
        law.policy.name,
        law.id,
        event.kind.value,
        event.carrier,
        event.source.id,
        event.target.id,
        UNKNOWN_CATEGORY if datum.unknown else lattice.name_of(datum.extent),
        "" if datum.unknown else datum.form.value,
        datum.subject,
        datum.began.at,
        tuple(sorted(datum.marks)),
        datum.unsourced,
        event.use.purpose,
        event.place,
        event.channel,
        partner,
        outcome.verdict,
        relevant_reason(datum, outcome.reasons) if undetermined else None,
    )


# --- one event under one rule -------------------------------------------------------------------------


def judge_event(law: Law, world: World, event: Event, court: Court) -> Outcome:
    """What is found of an event under a rule; where a policy's texts differ, whether they agree."""
    if not isinstance(law.rule, Readings):
        if not (may_match(law.rule, event.kind) and may_be_about(law.rule, world, event.datum)):
            return NO_EVENT
        return _by_states(lambda states: _by_people(law, world, event, court, states))
    texts = [judge_event(each, world, event, court) if each else NO_EVENT for each in readings(law)]
    return agreement(texts, {Reason.READINGS_DIFFER}) if texts else NO_EVENT


def _by_states(judged: Callable[[States], Outcome], decided: States | None = None) -> Outcome:
    """The worst over the values of every state that is asked for and may be either."""
    states = decided or {}
    try:
        return judged(states)
    except Either as either:
        both = [_by_states(judged, {**states, either.key: value}) for value in (True, False)]
        return worst_of(both)


def _by_people(law: Law, world: World, event: Event, court: Court, states: States) -> Outcome:
    """What is found where the datum is taken to be each person's whose it may be."""
    actual = world.system.subjects.get(event.datum.subject)
    views = _views(world, event, (actual, False), None, states)
    people = people_of(law, list(views) if treats_of(law) else [next(views)])
    return agreement(
        [
            _by_states(
                lambda more, who=who: _by_residence(law, world, event, court, who, more),  # type: ignore[misc]
                states,
            )
            for who in people.people
        ],
        people.reasons,
    )


def _by_residence(
    law: Law,
    world: World,
    event: Event,
    court: Court,
    who: tuple[Subject | None, bool],
    states: States,
) -> Outcome:
    """The worst over the declared residences of a person, each of them leaf by leaf."""
    person, _ = who
    residences = person.residences.values if person else ()
    whole = bool(person and person.residences.whole)
    each = (*residences, *(() if whole else ("",))) or ("none",)
    return worst_of(
        leaf_by_leaf(
            judge_view(law, view, court) for view in _views(world, event, who, residence, states)
        )
        for residence in each
    )


def _views(
    world: World,
    event: Event,
    who: tuple[Subject | None, bool],
    residence: str | None,
    states: States,
) -> Iterator[View]:
    """One view for each combination of leaves; of all residences together where none is given."""
    person, treated = who
    partner = event.partner.extent if event.partner else frozenset[str]()
    for leaf, purpose, place, other, home in product(
        sorted(event.datum.extent) or [""],
        _leaves(world, event.use.purpose),
        _leaves(world, event.place),
        sorted(partner) or [""],
        [None] if residence is None else _leaves(world, residence),
    ):
        yield View(world, event, leaf, purpose, place, other, person, treated, home, states)


def _leaves(world: World, value: str) -> list[str]:
    return sorted(world.leaves(value)) if value else [""]
