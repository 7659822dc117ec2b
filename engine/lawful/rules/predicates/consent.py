"""The predicate on consent: whether one was given that covers the event (decision 31)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from lawful.propagation.data import Given, given_on
from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment
from lawful.rules.kleene import both, either
from lawful.rules.predicates.ends import third_party_is
from lawful.system.model import Consent, Fact, Node
from lawful_dsl.program import ConsentIs, EventKind, ThirdPartyIs


def consent_is(condition: ConsentIs, environment: Environment) -> Kleene:
    """Whether a consent of the kinds covers the event: the carrier's, or one that came with the datum."""
    given = consents_of(environment)
    answer: Kleene = False if given.whole else None
    for one in given.values:
        answer = either(answer, both(_fits(condition, one, environment), covers(one, environment)))
    value = ", ".join(one.consent.kind for one in given.values)
    if value and answer is None:
        value += ", not said to cover this event"
    frame = environment.happening.frame
    return environment.note(answer, frame.carrier, "consent", value or "none said", frame.span)


def consents_of(environment: Environment) -> Fact[Given]:
    """The consents on the carrier itself (a flow, or a join), and those that came with the datum."""
    happening = environment.happening
    flow = happening.frame.flow
    there = given_on(flow) if flow is not None else _given_on_join(environment)
    brought = happening.datum.beginning.consents
    return Fact((*there.values, *brought.values), there.whole and brought.whole)


def _given_on_join(environment: Environment) -> Fact[Given]:
    happening = environment.happening
    node = happening.frame.target
    if happening.kind is not EventKind.JOIN or happening.join < 0:
        return Fact((), True)
    consents = node.joins[happening.join].consents
    # Whatever they leave out they take of this very event.
    given = tuple(Given(each, node.id, False, node.id, (), ()) for each in consents.values)
    return Fact(given, consents.whole)


def counted(given: Given, environment: Environment) -> Kleene:
    """Whether a consent is of the person as whom the datum's is judged, and covers the event."""
    return both(_theirs(given.consent, environment), covers(given, environment))


def _fits(condition: ConsentIs, given: Given, environment: Environment) -> Kleene:
    answer = both(
        any_of(environment.law.lattice, Fact((given.consent.kind,), True), condition.kinds),
        _theirs(given.consent, environment),
    )
    if condition.giver:
        answer = both(answer, _given_by(condition.giver, given.consent, environment))
    return answer


def _theirs(consent: Consent, environment: Environment) -> Kleene:
    """Judged as another's, only what that other gave counts; who is not said gave it is the subject."""
    if not environment.treated:
        return True
    if not consent.giver or environment.subject is None:
        return False
    return environment.law.lattice.is_a(environment.subject.kind, consent.giver)


def _given_by(giver: str, consent: Consent, environment: Environment) -> Kleene:
    return environment.law.lattice.is_a(consent.giver, giver) if consent.giver else False


# --- whether it covers ----------------------------------------------------------------------------


def covers(given: Given, environment: Environment) -> Kleene:
    """Whether a consent covers the event, dimension by dimension.

    Where the event is the very one on which it was given, it covers what it leaves out.
    """
    happening = environment.happening
    on_flow = happening.frame.flow is not None
    there = given.on_flow == on_flow and (
        given.carrier == happening.frame.carrier if given.carrier else happening.begins
    )
    if given.bare and not _scoped(given.consent):
        return there
    own = there and (on_flow or happening.begins or happening.kind is EventKind.JOIN)
    answer = _operations(given, there, environment)
    for named, said, dimension in (
        (given.consent.purposes, given.purposes, _purposes),
        (given.consent.recipients, given.target or given.owner, _recipients),
        (given.consent.categories, given.carried, _categories),
        (given.consent.channels, given.channels, _channels),
    ):
        if named or (said and not own):
            answer = both(answer, dimension(given, environment))
    return answer


def _scoped(consent: Consent) -> bool:
    return bool(
        consent.operations
        or consent.purposes
        or consent.recipients
        or consent.categories
        or consent.channels
    )


def _operations(given: Given, there: bool, environment: Environment) -> Kleene:
    kind = environment.happening.kind
    if not given.consent.operations:
        return there or kind not in (EventKind.JOIN, EventKind.PLACEMENT)
    answer: Kleene = False
    for operation in given.consent.operations:
        if operation in EventKind.__members__.values():
            answer = either(answer, operation == kind)
        else:
            answer = either(answer, _is_defined(operation, environment))
    return answer


def _is_defined(operation: str, environment: Environment) -> Kleene:
    """Whether the event is a defined one; a definition that itself asks for a consent so given cannot be told."""
    from lawful.rules.predicates import holds

    condition = environment.law.events.get(operation)
    if condition is None or environment.in_consent:
        return None
    return holds(condition, replace(environment, in_consent=True))


def _purposes(given: Given, environment: Environment) -> Kleene:
    named = given.consent.purposes or given.purposes
    if not environment.purpose:
        return None
    if environment.purpose in environment.law.extent(tuple(filter(None, named))):
        return True
    return None if "" in named else False


def _recipients(given: Given, environment: Environment) -> Kleene:
    target = environment.happening.frame.target
    if not given.consent.recipients:
        nodes = environment.law.system.nodes
        to = (
            _one_party(target, nodes[given.target]) if given.target else _owned(target, given.owner)
        )
        return either(environment.law.standing.is_us(target), to)
    answer: Kleene = False
    for name in given.consent.recipients:
        answer = either(answer, _is_recipient(name, environment))
    return answer


def _one_party(one: Node, other: Node) -> Kleene:
    """Whether two nodes are one, or one party's."""
    if one.id == other.id:
        return True
    if other.owner:
        return _owned(one, other.owner)
    return False if one.alone or other.alone else None


def _owned(node: Node, owner: str) -> Kleene:
    """Whether a node is of a party."""
    if node.owner:
        return node.owner == owner
    return False if node.alone else None


def _is_recipient(name: str, environment: Environment) -> Kleene:
    law = environment.law
    target = environment.happening.frame.target
    if name == "us":
        return law.standing.is_us(target)
    if name == "third_party":
        return third_party_is(ThirdPartyIs("target"), environment)
    if name in (target.id, target.owner):
        return True
    if name in law.system.parties:
        return None if not target.owner and not target.alone else False
    party = law.party(target)
    if party is None:
        return False if target.kind == "subject" else None
    return any_of(law.lattice, party.kinds, (name,))


def _categories(given: Given, environment: Environment) -> Kleene:
    law = environment.law
    if environment.leaf is None:
        return None
    if given.consent.categories:
        return environment.leaf in law.extent(given.consent.categories)
    return any(
        environment.leaf not in law.extent(excluded)
        if not term
        else environment.leaf in law.extent((term,), excluded)
        for term, excluded in given.carried
    )


def _channels(given: Given, environment: Environment) -> Kleene:
    named = given.consent.channels
    channels = Fact(named, True) if named else given.channels
    channel = environment.happening.channel
    if not named and channels.unknown:
        return True
    if not channel:
        return None
    answer: Kleene = False if channels.whole else None
    for wanted in channels.values:
        answer = either(answer, environment.law.lattice.is_a(channel, wanted))
    return answer


PREDICATES: Mapping[type, Callable[[Any, Environment], Kleene]] = {ConsentIs: consent_is}
