"""The predicate on consent: whether one was given that covers the event (decision 31)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lawful.propagation.data import Given
from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment
from lawful.rules.kleene import both
from lawful.rules.predicates.ends import third_party_is
from lawful.system.model import Consent, Fact
from lawful_dsl.program import ConsentIs, EventKind, ThirdPartyIs


def consent_is(condition: ConsentIs, environment: Environment) -> Kleene:
    """Whether a consent of the kinds covers the event: the carrier's, or one that came with the datum."""
    carried = carrier_consents(environment)
    brought = brought_consents(environment)
    answer: Kleene = False if carried.whole and brought.whole else None
    for given in (*carried.values, *brought.values):
        fits = both(_fits(condition, given.consent, environment), covers(given, environment))
        if fits:
            answer = True
            break
        if fits is None:
            answer = None
    value = ", ".join(g.consent.kind for g in (*carried.values, *brought.values))
    frame = environment.happening.frame
    return environment.note(answer, frame.carrier, "consent", value or "none said", frame.span)


def carrier_consents(environment: Environment) -> Fact[Given]:
    """The consents said on the carrier itself. A node's own events claim none, but for its joins."""
    happening = environment.happening
    flow = happening.frame.flow
    if flow is None:
        return _join_consents(environment)
    return Fact(
        tuple(
            Given(
                consent,
                flow.id,
                tuple(u.purpose for u in flow.uses if u.purpose),
                happening.frame.target.owner,
                tuple((c.term, c.excluded) for c in flow.carries or ()),
                flow.channels.values,
            )
            for consent in flow.consents.values
        ),
        flow.consents.whole,
    )


def brought_consents(environment: Environment) -> Fact[Given]:
    """The consents that came with the datum; judged as another's, only those that the other gave."""
    beginning = environment.happening.datum.beginning
    subject = environment.subject
    if subject is None or subject.id == beginning.subject:
        return beginning.consents
    given = tuple(
        g
        for g in beginning.consents.values
        if g.consent.giver
        and (
            g.consent.giver == subject.id
            or (
                g.consent.giver in environment.law.lattice.vocabulary.terms
                and environment.law.lattice.is_a(subject.kind, g.consent.giver)
            )
        )
    )
    return Fact(given, beginning.consents.whole)


def _join_consents(environment: Environment) -> Fact[Given]:
    happening = environment.happening
    node = happening.frame.target
    if happening.kind is not EventKind.JOIN or happening.join < 0:
        return Fact((), True)
    join = node.joins[happening.join]
    return Fact(
        tuple(
            Given(consent, node.id, join.purposes.values, node.owner, (), ())
            for consent in join.consents.values
        ),
        join.consents.whole,
    )


def _fits(condition: ConsentIs, consent: Consent, environment: Environment) -> Kleene:
    lattice = environment.law.lattice
    answer: Kleene = False
    for kind in condition.kinds:
        match = lattice.is_a(consent.kind, kind)
        if match:
            answer = True
            break
        if match is None:
            answer = None
    if condition.giver:
        answer = both(answer, _given_by(condition.giver, consent, environment))
    return answer


def _given_by(giver: str, consent: Consent, environment: Environment) -> Kleene:
    if not consent.giver:
        return False
    if consent.giver == giver:
        return True
    subjects = environment.law.system.subjects
    kind = subjects[consent.giver].kind if consent.giver in subjects else consent.giver
    return environment.law.lattice.is_a(kind, giver)


def covers(given: Given, environment: Environment) -> Kleene:
    """Whether a consent covers the event, dimension by dimension."""
    happening = environment.happening
    same = given.carrier == happening.frame.carrier
    consent = given.consent
    if (
        not same
        and not (given.purposes or given.carried or given.channels)
        and not _scoped(consent)
    ):
        return False
    answer: Kleene = True
    for dimension in (_operations, _purposes, _recipients, _categories, _channels):
        answer = both(answer, dimension(given, same, environment))
    return answer


def _scoped(consent: Consent) -> bool:
    return bool(
        consent.operations
        or consent.purposes
        or consent.recipients
        or consent.categories
        or consent.channels
    )


def _operations(given: Given, same: bool, environment: Environment) -> Kleene:
    kind = environment.happening.kind
    if not given.consent.operations:
        return same or kind not in (EventKind.JOIN, EventKind.PLACEMENT)
    answer: Kleene = False
    for operation in given.consent.operations:
        if operation in EventKind.__members__.values():
            fits: Kleene = operation == kind
        else:
            fits = _is_defined(operation, environment)
        if fits:
            return True
        if fits is None:
            answer = None
    return answer


def _is_defined(operation: str, environment: Environment) -> Kleene:
    from lawful.rules.predicates import holds

    condition = environment.law.events.get(operation)
    return None if condition is None else holds(condition, environment)


def _purposes(given: Given, same: bool, environment: Environment) -> Kleene:
    named = given.consent.purposes or given.purposes
    if not named or (same and not given.consent.purposes):
        return True
    if not environment.purpose:
        return None
    return environment.purpose in environment.law.extent(named)


def _recipients(given: Given, same: bool, environment: Environment) -> Kleene:
    law = environment.law
    target = environment.happening.frame.target
    if not given.consent.recipients:
        if same or (given.recipient and given.recipient == target.owner):
            return True
        if not target.owner and target.kind != "subject":
            return None
        ours = law.standing.ours
        if not given.recipient:
            return None
        return given.recipient in ours and target.owner in ours
    answer: Kleene = False
    for name in given.consent.recipients:
        fits = _is_recipient(name, environment)
        if fits:
            return True
        if fits is None:
            answer = None
    return answer


def _is_recipient(name: str, environment: Environment) -> Kleene:
    law = environment.law
    target = environment.happening.frame.target
    if name == "us":
        return law.standing.is_us(target)
    if name == "third_party":
        return third_party_is(ThirdPartyIs("target"), environment)
    if name in law.system.parties or name in law.system.nodes:
        if name == target.id or name == target.owner:
            return True
        return None if not target.owner and target.kind != "subject" else False
    party = law.party(target)
    if party is None:
        return False if target.kind == "subject" else None
    answer: Kleene = False if party.kinds.whole else None
    for kind in party.kinds.values:
        match = law.lattice.is_a(kind, name)
        if match:
            return True
        if match is None:
            answer = None
    return answer


def _categories(given: Given, same: bool, environment: Environment) -> Kleene:
    law = environment.law
    if given.consent.categories:
        if environment.leaf is None:
            return None
        return environment.leaf in law.extent(given.consent.categories)
    if same or not given.carried:
        return True
    if environment.leaf is None:
        return None
    return any(
        environment.leaf not in law.extent(excluded)
        if not term
        else environment.leaf in law.extent((term,), excluded)
        for term, excluded in given.carried
    )


def _channels(given: Given, same: bool, environment: Environment) -> Kleene:
    named = given.consent.channels or given.channels
    if not named or (same and not given.consent.channels):
        return True
    channel = environment.happening.channel
    if not channel:
        return None
    answer: Kleene = False
    for wanted in named:
        match = environment.law.lattice.is_a(channel, wanted)
        if match:
            return True
        if match is None:
            answer = None
    return answer


PREDICATES: Mapping[type, Callable[[Any, Environment], Kleene]] = {ConsentIs: consent_is}
