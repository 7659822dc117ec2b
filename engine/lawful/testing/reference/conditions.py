"""Conditions: what Kleene's logic says of each of them, for one event as it is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lawful.system.model import Subject
from lawful.testing.reference import claims
from lawful.testing.reference.attributes import compare, of_attribute
from lawful.testing.reference.consents import Given, consents, is_given_by
from lawful.testing.reference.ends import of_end
from lawful.testing.reference.truth import (
    COARSE,
    UNDECLARED,
    Doubt,
    Truth,
    every,
    negated,
    some,
)
from lawful.testing.reference.view import Either, View
from lawful.testing.reference.world import World, any_of, is_a, within
from lawful_dsl.program import (
    AgeIs,
    All,
    AnyOf,
    AttributeIs,
    BasisIn,
    ChannelIn,
    CollectedFor,
    CollectedOn,
    Condition,
    ConsentIs,
    ConsiderationIs,
    DataIn,
    EventIs,
    EventKind,
    Form,
    GuardedBy,
    JoinedWith,
    KnownIs,
    LineageIn,
    MarkedAs,
    MeasureIn,
    MechanismIn,
    Negation,
    PlaceInResidence,
    PurposeIn,
    PurposeWithinCollected,
    ReceivedUnder,
    ResidenceIn,
    State,
    StateIs,
    SubjectIs,
    Who,
)


def holds(condition: Condition, view: View) -> Truth:
    """Whether a condition holds."""
    match condition:
        case All(items):
            return every(holds(item, view) for item in items)
        case AnyOf(items):
            return some(holds(item, view) for item in items)
        case Negation(item):
            return negated(holds(item, view))
        case EventIs(kind):
            return view.event.kind is kind
        case AttributeIs():
            return of_attribute(condition, view)
        case SubjectIs() | AgeIs() | KnownIs() | ResidenceIn() | StateIs() | PlaceInResidence():
            return _of_person(condition, view)
        case DataIn() | LineageIn() | JoinedWith() | MarkedAs() | GuardedBy():
            return _of_datum(condition, view)
        case CollectedFor() | CollectedOn() | ReceivedUnder() | PurposeWithinCollected():
            return _of_origin(condition, view)
        case (
            PurposeIn()
            | BasisIn()
            | ConsentIs()
            | MechanismIn()
            | ChannelIn()
            | MeasureIn()
            | ConsiderationIs()
        ):
            return _of_carrier(condition, view)
        case _:
            return of_end(condition, view)


# --- the person ---------------------------------------------------------------------------------------


def _of_person(
    condition: SubjectIs | AgeIs | KnownIs | ResidenceIn | StateIs | PlaceInResidence, view: View
) -> Truth:
    if isinstance(condition, PlaceInResidence):
        if not view.place:
            return UNDECLARED
        return _residence(view, "subject", (view.place,))
    person = view.who(condition.who)
    if person is None:
        return False
    match condition:
        case StateIs(who, state):
            return _state(view, who, person, state)
        case ResidenceIn(who, terms):
            return _residence(view, who, terms)
        case _ if isinstance(person, Doubt):
            return person
        case SubjectIs(_, terms):
            return is_a(view.world, person.kind, terms) if person.kind else UNDECLARED
        case AgeIs(_, sign, years):
            return UNDECLARED if person.age is None else compare(person.age, sign, years)
        case KnownIs():
            return UNDECLARED if person.known is None else person.known


def _residence(view: View, who: Who, terms: tuple[str, ...]) -> Truth:
    person = view.who(who)
    if view.residence is not None and view.is_datum_subject(who):
        doubt = view.doubt if view.person is None else UNDECLARED
        return within(view.world, view.residence, terms, doubt)
    if not isinstance(person, Subject):
        return False if person is None else person
    return any_of(person.residences, lambda place: within(view.world, place, terms))


def _state(view: View, who: Who, person: Subject | Doubt, state: State) -> Truth:
    """A state: what is declared, else what guards have settled, else either of both."""
    declared = person.states.get(state) if isinstance(person, Subject) else None
    if declared is not None:
        return declared
    if view.is_datum_subject(who):
        for guard in view.event.datum.guards:
            if guard.state == state:
                return guard.only_if
    key = (person.id if isinstance(person, Subject) else "", state)
    if key not in view.states:
        raise Either(key)
    return view.states[key]


# --- the datum ------------------------------------------------------------------------------------------


def wanted_data(world: World, condition: DataIn) -> frozenset[str]:
    """The leaves of which a condition speaks."""
    wanted = world.extent(condition.terms) if condition.terms else world.lattice.all_data
    return wanted - world.extent(condition.excluded)


def _of_datum(
    condition: DataIn | LineageIn | JoinedWith | MarkedAs | GuardedBy, view: View
) -> Truth:
    datum = view.event.datum
    match condition:
        case DataIn(terms, excluded, forms):
            wanted = wanted_data(view.world, condition)
            all_data = not terms and not excluded
            leaf: Truth = view.leaf in wanted if view.leaf else all_data or view.doubt
            return every([leaf, _form(view, forms)])
        case LineageIn(terms, forms):
            return every([_comes_from(view, view.world.extent(terms)), _form(view, forms)])
        case JoinedWith(terms):
            partner = view.event.partner
            if partner is None:
                return False
            if partner.unknown:
                return partner.doubt
            return view.partner in view.world.extent(terms)
        case MarkedAs(terms):
            return some(claims.mark(view, term) for term in terms)
        case GuardedBy(state):
            passed = any(guard.state == state for guard in datum.guards)
            return passed or (view.doubt if datum.adrift else False)


def _form(view: View, forms: frozenset[Form]) -> Truth:
    if view.event.datum.unknown:
        return forms == frozenset(Form) or view.doubt
    return view.event.datum.form in forms


def _comes_from(view: View, wanted: frozenset[str]) -> Truth:
    datum = view.event.datum
    found: list[Truth] = [view.leaf in wanted] if view.leaf else []
    found += [True if e <= wanted else COARSE for e in datum.lineage if e & wanted]
    found += [view.doubt] if datum.adrift else []
    return some(found)


def _of_origin(
    condition: CollectedFor | CollectedOn | ReceivedUnder | PurposeWithinCollected, view: View
) -> Truth:
    world = view.world
    match condition:
        case CollectedFor(terms):
            return claims.collected_for(view, lambda purpose: within(world, purpose, terms))
        case CollectedOn(terms):
            return claims.one_of(claims.collected_on(view), terms, matching(view))
        case ReceivedUnder(terms):
            said = claims.claimed(view.origin.mechanisms, view.doubt)
            return claims.one_of(said, terms, matching(view))
        case PurposeWithinCollected():
            if not view.purpose:
                return view.doubt if view.event.datum.unknown else UNDECLARED
            return claims.collected_for(view, lambda p: view.purpose in world.leaves(p))


# --- the carrier ----------------------------------------------------------------------------------------


def matching(view: View) -> claims.Matches:
    """Whether a value is one of some terms, by ancestry."""
    return lambda value, terms: is_a(view.world, value, terms)


def _of_carrier(
    condition: PurposeIn
    | BasisIn
    | ConsentIs
    | MechanismIn
    | ChannelIn
    | MeasureIn
    | ConsiderationIs,
    view: View,
) -> Truth:
    match condition:
        case PurposeIn(terms):
            return within(view.world, view.purpose, terms)
        case BasisIn(terms):
            return claims.one_of(claims.bases(view), terms, matching(view))
        case ConsentIs(kinds, giver):
            return _consent(view, kinds, giver)
        case MechanismIn(terms):
            return claims.one_of(claims.mechanisms(view), terms, matching(view))
        case ChannelIn(terms):
            return claims.one_of(claims.single(view.event.channel), terms, matching(view))
        case MeasureIn(terms):
            return claims.one_of(claims.measures(view), terms, matching(view))
        case ConsiderationIs(terms):
            if view.event.flow is None:
                return False
            said = view.event.flow.consideration
            return any_of(said, lambda value: not terms or value in terms)


def consents_of(view: View) -> Given:
    """The consents that may cover the event, and whether each does."""
    return consents(view, _is_operation)


def _consent(view: View, kinds: Iterable[str], giver: str) -> Truth:
    given = consents_of(view)
    wanted = tuple(kinds)
    found = [
        every([covers, is_a(view.world, c.kind, wanted), is_given_by(view, c, giver)])
        for c, covers in given.values
    ]
    return some([*found, given.more])


def _is_operation(view: View, name: str) -> Truth:
    """Whether the event is of a kind, or of a defined kind, for which a consent was given.

    A definition that itself asks for a consent so given cannot be told.
    """
    if name in list(EventKind):
        return view.event.kind == name
    condition = dict(view.world.policy.events).get(name)
    if condition is None or view.in_consent:
        return UNDECLARED
    return holds(condition, replace(view, in_consent=True))
