"""Predicates on an end of an event: the node there, its owner, their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment
from lawful.system.model import Fact, Node
from lawful_dsl.program import (
    AnotherPersonIs,
    CertifiedAs,
    ContractIs,
    EnvironmentIs,
    NodeIs,
    OutsideIs,
    OwnSubjectIs,
    PartyIs,
    PlaceIn,
    PlaceInResidence,
    ProductIs,
    RoleIs,
    SeatedIn,
    SiteIs,
    ThirdPartyIs,
    UsIs,
)


def us_is(condition: UsIs, environment: Environment) -> Kleene:
    """Whether the end is ours."""
    node = environment.node(condition.end)
    answer = environment.law.standing.is_us(node)
    return environment.note(answer, node.id, "owner", node.owner or "unknown", node.span)


def outside_is(condition: OutsideIs, environment: Environment) -> Kleene:
    """Whether the end is neither ours nor acting for us."""
    return outside(environment, environment.node(condition.end))


def outside(environment: Environment, node: Node) -> Kleene:
    """Whether a node is outside for the event's datum and purpose."""
    answer = environment.law.standing.is_outside(node, environment.leaf or "", environment.purpose)
    return environment.note(answer, node.owner or node.id, "role", "unknown", node.span)


def third_party_is(condition: ThirdPartyIs, environment: Environment) -> Kleene:
    """Whether the end is not us, not the datum's subject, not the controller for whom we process (decision 9)."""
    node = environment.node(condition.end)
    us = environment.law.standing.is_us(node)
    if us:
        return False
    own = own_subject(environment, node)
    if own:
        return False
    ours = _for_whom_we_process(environment, node)
    if ours:
        return False
    answer = None if us is None or ours is None else True
    if answer and own is None:  # which is noted already
        return None
    return environment.note(answer, node.owner or node.id, "role", "unknown", node.span)


def _for_whom_we_process(environment: Environment, node: Node) -> Kleene:
    standing = environment.law.standing
    leaf = environment.leaf or ""
    if node.alone or not standing.by:
        return False
    acts, whom = standing.serves(standing.by, leaf, environment.purpose) or (True, "")
    if not acts:
        return False
    if whom:
        return node.owner == whom if node.owner else None
    theirs = standing.role(node.owner, leaf, environment.purpose) if node.owner else None
    return None if theirs in ("controller", "joint_controller", None) else False


def own_subject_is(condition: OwnSubjectIs, environment: Environment) -> Kleene:
    """Whether the end is the datum's own subject."""
    return own_subject(environment, environment.node(condition.end))


def own_subject(environment: Environment, node: Node) -> Kleene:
    """Whether a node is the very person whose datum it is (decision 10)."""
    if node.kind != "subject":
        return False
    flow = environment.happening.frame.flow
    if flow is not None and flow.another and node is environment.happening.frame.target:
        return False
    if environment.subject is None or not environment.subject.id:
        return environment.note(None, environment.happening.frame.carrier, "subject", "unknown")
    return environment.subject.id == node.id


def another_person_is(condition: AnotherPersonIs, environment: Environment) -> Kleene:
    """Whether the target is a person who is not the datum's subject."""
    node = environment.node("target")
    if node.kind != "subject":
        return False
    own = own_subject(environment, node)
    return None if own is None else not own


def party_is(condition: PartyIs, environment: Environment) -> Kleene:
    """Whether the party at the end is of one of the kinds."""
    node = environment.node(condition.end)
    if node.kind == "subject":
        return False
    party = environment.law.party(node)
    if party is None:
        return environment.note(None, node.id, "owner", "unknown", node.span)
    answer = any_of(environment.law.lattice, party.kinds, condition.terms)
    return environment.note(answer, party.id, "kind of party", party.kinds, party.span)


def role_is(condition: RoleIs, environment: Environment) -> Kleene:
    """Whether the party at the end holds one of the roles for this datum and purpose."""
    node = environment.node(condition.end)
    if node.kind == "subject":
        return False
    if not node.owner:
        return environment.note(None, node.id, "role", "unknown", node.span)
    role = environment.law.standing.role(node.owner, environment.leaf or "", environment.purpose)
    answer = None if role is None else role in condition.roles
    return environment.note(answer, node.owner, "role", role or "unknown", node.span)


def _of_node(end: str, name: str, terms: tuple[str, ...], environment: Environment) -> Kleene:
    node = environment.node(end)
    if node.kind == "subject":
        return False
    fact: Fact[str] = getattr(node, name)
    answer = any_of(environment.law.lattice, fact, terms)
    return environment.note(answer, node.id, name, fact, node.span)


def environment_is(condition: EnvironmentIs, environment: Environment) -> Kleene:
    """Whether the node at the end is of one of the environments."""
    return _of_node(condition.end, "environments", condition.terms, environment)


def product_is(condition: ProductIs, environment: Environment) -> Kleene:
    """Whether the node at the end is of one of the kinds of product."""
    return _of_node(condition.end, "products", condition.terms, environment)


def site_is(condition: SiteIs, environment: Environment) -> Kleene:
    """Whether the node at the end belongs to one of the sites."""
    return _of_node(condition.end, "sites", condition.terms, environment)


def node_is(condition: NodeIs, environment: Environment) -> Kleene:
    """Whether the node at the end is one of the kinds of node."""
    return environment.node(condition.end).kind in condition.kinds


def place_in(condition: PlaceIn, environment: Environment) -> Kleene:
    """Whether the end is in one of the places; for the target, the event's place."""
    wanted = environment.law.extent(condition.terms)
    node = environment.node(condition.end)
    if condition.end == "target":
        answer = environment.place in wanted if environment.place else None
        place = environment.happening.place or "unknown"
        return environment.note(answer, node.id, "place", place, node.span)
    answer = lies_within(environment, node, wanted)
    return environment.note(answer, node.id, "place", places_of(node, environment), node.span)


def places_of(node: Node, environment: Environment) -> Fact[str]:
    """The places where a node may be; of a subject, its residences."""
    if node.kind == "subject":
        return environment.law.system.subjects[node.id].residences
    return node.places


def lies_within(environment: Environment, node: Node, wanted: frozenset[str]) -> Kleene:
    """Whether a node is within some places; the datum's own subject is where it is judged to live.

    So is the declared one, which is treated as that.
    """
    subject = environment.subject
    own = (subject.id if subject else "", environment.happening.datum.beginning.subject)
    if node.kind == "subject" and node.id in own and environment.residence:
        return environment.residence in wanted
    return within(environment, places_of(node, environment), wanted)


def within(environment: Environment, places: Fact[str], wanted: frozenset[str]) -> Kleene:
    """Whether all the places are within those wanted: false only when none can be."""
    leaves = environment.law.extent(places.values)
    if places.whole and places.values and leaves <= wanted:
        return True
    return False if places.whole and not leaves & wanted else None


def seated_in(condition: SeatedIn, environment: Environment) -> Kleene:
    """Whether the party at the target is seated in one of the places."""
    node = environment.node("target")
    party = environment.law.party(node)
    if party is None:
        return False if node.kind == "subject" else None
    answer = within(environment, party.places, environment.law.extent(condition.terms))
    return environment.note(answer, party.id, "seat", party.places, party.span)


def certified_as(condition: CertifiedAs, environment: Environment) -> Kleene:
    """Whether the party at the target holds one of the certificates on the date."""
    return certified(environment, condition.terms)


def certified(environment: Environment, terms: tuple[str, ...]) -> Kleene:
    """Whether the party at the target holds a certificate of the terms on the date."""
    node = environment.node("target")
    party = environment.law.party(node)
    if party is None:
        return False if node.kind == "subject" else None
    date = environment.law.lattice.date
    held = Fact(
        tuple(c.term for c in party.certificates.values if c.holds_on(date)),
        party.certificates.whole,
    )
    answer = any_of(environment.law.lattice, held, terms)
    return environment.note(answer, party.id, "certificates", held, party.span)


def contract_is(condition: ContractIs, environment: Environment) -> Kleene:
    """Whether the party at the target is under one of the contracts."""
    node = environment.node("target")
    party = environment.law.party(node)
    if party is None:
        return False if node.kind == "subject" else None
    answer = any_of(environment.law.lattice, party.contracts, condition.terms)
    return environment.note(answer, party.id, "contracts", party.contracts, party.span)


def place_in_residence(condition: PlaceInResidence, environment: Environment) -> Kleene:
    """Whether the event's place is within the residence of the datum's subject."""
    if not environment.place or not environment.residence:
        return environment.note(
            None, environment.happening.frame.carrier, "place or residence", "unknown"
        )
    return environment.place == environment.residence


PREDICATES: Mapping[type, Callable[[Any, Environment], Kleene]] = {
    UsIs: us_is,
    OutsideIs: outside_is,
    ThirdPartyIs: third_party_is,
    OwnSubjectIs: own_subject_is,
    AnotherPersonIs: another_person_is,
    PartyIs: party_is,
    RoleIs: role_is,
    EnvironmentIs: environment_is,
    ProductIs: product_is,
    SiteIs: site_is,
    NodeIs: node_is,
    PlaceIn: place_in,
    SeatedIn: seated_in,
    CertifiedAs: certified_as,
    ContractIs: contract_is,
    PlaceInResidence: place_in_residence,
}
