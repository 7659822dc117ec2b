"""Ends: conditions on the source and the target of an event, and on their parties."""

from __future__ import annotations

from collections.abc import Iterable

from lawful.testing.reference import claims
from lawful.testing.reference.truth import UNDECLARED, Doubt, Truth, every, negated, some
from lawful.testing.reference.view import View
from lawful.testing.reference.world import (
    acts_for_us,
    any_of,
    everywhere,
    is_a,
    is_outside,
    is_third_party,
    is_us,
    is_within,
    role_of,
    within,
)
from lawful_dsl.program import (
    AnotherPersonIs,
    CertifiedAs,
    Condition,
    ContractIs,
    End,
    EnvironmentIs,
    NodeIs,
    OutsideIs,
    OwnSubjectIs,
    PartyIs,
    PlaceIn,
    ProductIs,
    RoleIs,
    SeatedIn,
    SiteIs,
    ThirdPartyIs,
    UsIs,
)


def of_end(condition: Condition, view: View) -> Truth:
    """Whether a condition on an end, or on the party at the target, holds."""
    match condition:
        case UsIs() | OutsideIs() | ThirdPartyIs() | OwnSubjectIs() | AnotherPersonIs():
            return _who(condition, view)
        case PartyIs() | RoleIs() | SeatedIn() | CertifiedAs() | ContractIs():
            return _party(condition, view)
        case EnvironmentIs() | NodeIs() | ProductIs() | SiteIs() | PlaceIn():
            return _node(condition, view)
    raise AssertionError(f"no condition: {condition!r}")


def in_scope(view: View) -> Truth:
    """Whether the policy judges the event (decision 11)."""
    return every([_governs_person(view), _governs_end(view)])


def _governs_person(view: View) -> Truth:
    kinds = [name for what, name in view.world.policy.governs if what == "subject"]
    return _is_of_kind(view, kinds) if kinds else True


def _is_of_kind(view: View, kinds: Iterable[str]) -> Truth:
    """Whether the datum's subject is of one of the kinds."""
    person = view.person
    if person is None:
        return view.doubt
    return is_a(view.world, person.kind, kinds) if person.kind else UNDECLARED


def _governs_end(view: View) -> Truth:
    """Whether an end is ours or acts for us, and is within the policy."""
    ends = (view.event.source.id, view.event.target.id)
    return view.world.once(("governs", ends, view.leaf, view.purpose), lambda: _is_governed(view))


def _is_governed(view: View) -> Truth:
    world = view.world
    if not world.policy.by:
        return True
    found = []
    for node in (view.event.source, view.event.target):
        acting = acts_for_us(world, node, view.leaf, view.purpose)
        found.append(every([some([is_us(world, node), acting]), is_within(world, node)]))
    return some(found)


def _who(
    condition: UsIs | OutsideIs | ThirdPartyIs | OwnSubjectIs | AnotherPersonIs, view: View
) -> Truth:
    world, leaf, purpose = view.world, view.leaf, view.purpose
    match condition:
        case UsIs(end):
            return is_us(world, view.node(end))
        case OutsideIs(end):
            return is_outside(world, view.node(end), leaf, purpose)
        case ThirdPartyIs(end):
            own = view.is_own_subject(end)
            return is_third_party(world, view.node(end), leaf, purpose, own)
        case OwnSubjectIs(end):
            return view.is_own_subject(end)
        case AnotherPersonIs():
            a_person = view.event.target.kind == "subject"
            return every([a_person, negated(view.is_own_subject("target"))])


def _party(condition: PartyIs | RoleIs | SeatedIn | CertifiedAs | ContractIs, view: View) -> Truth:
    world = view.world
    end: End = condition.end if isinstance(condition, PartyIs | RoleIs) else "target"
    party = view.party(end)
    if party is None or isinstance(party, Doubt):
        return False if party is None else party
    match condition:
        case PartyIs(_, terms):
            return any_of(party.kinds, lambda kind: is_a(world, kind, terms))
        case RoleIs(_, roles):
            role = role_of(world, party.id, view.leaf, view.purpose, lambda role: role.role)
            return UNDECLARED if role is None else role in roles
        case SeatedIn(terms):
            return everywhere(world, party.places, terms)
        case CertifiedAs(terms):
            held = claims.certificates(view)
            return claims.one_of(held, terms, lambda value, wanted: is_a(world, value, wanted))
        case ContractIs(terms):
            return any_of(party.contracts, lambda contract: is_a(world, contract, terms))


def _node(condition: EnvironmentIs | NodeIs | ProductIs | SiteIs | PlaceIn, view: View) -> Truth:
    world, node = view.world, view.node(condition.end)
    match condition:
        case NodeIs(_, kinds):
            return node.kind in kinds
        case EnvironmentIs(_, terms):
            fact = node.environments
        case ProductIs(_, terms):
            fact = node.products
        case SiteIs(_, terms):
            fact = node.sites
        case PlaceIn(end, terms):
            if end == "target":
                return within(world, view.place, terms)
            return view.lies_within(node, terms)
    if node.kind == "subject":
        return False
    return any_of(fact, lambda value: is_a(world, value, terms))
