"""Obtaining: facts that would satisfy a rule, other places for nodes of ours, other lengths of storage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lawful.analysis.drafts import Base, Draft
from lawful.analysis.steps import (
    ASK,
    MOVE,
    OBTAIN,
    SHORTEN,
    Apply,
    Candidate,
    candidate,
    on_flow,
    on_node,
)
from lawful.findings import Finding
from lawful.propagation.standing import any_of
from lawful.rules.questions import parts
from lawful.system.model import Certificate, Consent, Fact, Flow, Kept, Node, System
from lawful_dsl.format.words import write_period
from lawful_dsl.program import (
    BasisIn,
    CertifiedAs,
    Closed,
    ConsentIs,
    ContractIs,
    MechanismIn,
    PlaceIn,
    Require,
    Retain,
    Rule,
)
from lawful_dsl.syntax import Name, Period, Symbol
from lawful_dsl.vocabulary import Lattice


def obtained(
    flow: Flow, asked: Sequence[object], rule: Rule, system: System, lattice: Lattice
) -> Iterator[Candidate]:
    """Facts about the flow of an event and its recipient, of those that the rule asks for."""
    wanted = _wanted(asked)
    asking = ASK if isinstance(rule, Closed) else OBTAIN
    for mechanism in wanted["mechanism"]:
        yield candidate(
            OBTAIN,
            "obtain",
            flow.id,
            f"obtain {mechanism} for `{flow.id}`",
            on_flow(flow.id, mechanisms=Fact((*flow.mechanisms.values, mechanism), True)),
        )
    said = Fact(tuple(v for use in flow.uses for v in use.bases.values), True)
    for basis in () if any_of(lattice, said, tuple(wanted["basis"])) else wanted["basis"]:
        bases = Fact((basis,), True)
        uses = tuple(replace(use, bases=bases) for use in flow.uses)
        yield candidate(
            OBTAIN,
            "obtain",
            flow.id,
            f"rest `{flow.id}` on {basis}",
            on_flow(flow.id, bases=bases, uses=uses),
        )
    for kind in wanted["consent"]:
        yield candidate(
            asking,
            "obtain",
            flow.id,
            f"obtain {kind} consent for `{flow.id}`",
            on_flow(flow.id, consents=Fact((*flow.consents.values, Consent(kind)), True)),
        )
    party = system.nodes[flow.target].owner
    if party in system.parties:
        for contract in wanted["contract"]:
            yield candidate(
                OBTAIN,
                "obtain",
                party,
                f"put {party} under {contract}",
                _with_party(party, contract=contract),
            )
        for certificate in wanted["certificate"]:
            yield candidate(
                OBTAIN,
                "obtain",
                party,
                f"obtain the certificate {certificate} of {party}",
                _with_party(party, certificate=certificate),
            )


def joining(node: Node, asked: Sequence[object]) -> Iterator[Candidate]:
    """Consents to what a node joins."""
    for kind in _wanted(asked)["consent"] if node.joins else ():
        joins = tuple(
            replace(join, consents=Fact((*join.consents.values, Consent(kind)), True))
            for join in node.joins
        )
        yield candidate(
            OBTAIN,
            "obtain",
            node.id,
            f"obtain {kind} consent for what `{node.id}` joins",
            on_node(node.id, joins=joins),
        )


def _wanted(asked: Sequence[object]) -> dict[str, list[str]]:
    """The facts that would satisfy some part of a rule, by what they are."""
    found: dict[str, set[str]] = {
        "mechanism": set(),
        "consent": set(),
        "contract": set(),
        "certificate": set(),
        "basis": set(),
    }
    for part in asked:
        if isinstance(part, MechanismIn):
            found["mechanism"].update(part.terms)
        elif isinstance(part, ConsentIs):
            found["consent"].update(part.kinds)
        elif isinstance(part, ContractIs):
            found["contract"].update(part.terms)
        elif isinstance(part, CertifiedAs):
            found["certificate"].update(part.terms)
        elif isinstance(part, BasisIn):
            found["basis"].update(part.terms)
        elif isinstance(part, Require) and part.attribute in found:
            found[part.attribute].update(part.terms)
    return {what: sorted(terms) for what, terms in found.items()}


def _with_party(id: str, contract: str = "", certificate: str = "") -> Apply:
    def apply(draft: Draft) -> Draft:
        party = draft.party(id)
        if contract:
            party = replace(party, contracts=Fact((*party.contracts.values, contract), True))
        if certificate:
            held = Fact((*party.certificates.values, Certificate(certificate)), True)
            party = replace(party, certificates=held)
        return draft.with_party(party)

    return apply


# --- how long -------------------------------------------------------------------------------------


def kept_as_long(
    finding: Finding, terms: Sequence[str], rule: Rule, system: System, lattice: Lattice
) -> Iterator[Candidate]:
    """The length that a rule on storage asks for, or a term of it."""
    node = system.nodes.get(finding.event.carrier)
    retains = [p for p in parts(rule) if isinstance(p, Retain)]
    if node is None or not terms or any(kept.purposes for kept in node.kept):
        return
    data = tuple(sorted(terms))
    others = tuple(kept for kept in node.kept if kept.data != data)
    for period in dict.fromkeys(p for each in retains for p in _lengths(each.period, lattice)):
        yield candidate(
            SHORTEN,
            "retention",
            node.id,
            f"keep {', '.join(data)} at `{node.id}` for {write_period(period)}",
            on_node(node.id, kept=(*others, Kept(period, data))),
        )


def _lengths(period: Period, lattice: Lattice) -> Iterator[Period]:
    """A period, and the terms in it and below them: they are no longer than it, if it is the longer one."""
    yield period
    named = sorted({p.name.text for p in parts(period) if isinstance(p, Symbol)})
    for name in named:
        yield Symbol(Name(name))
    for term in sorted(lattice.vocabulary.of_list("periods")):
        if term not in named and lattice.ancestors(term).intersection(named):
            yield Symbol(Name(term))


# --- elsewhere ------------------------------------------------------------------------------------


def moves(
    finding: Finding, asked: Sequence[object], base: Base, ours: frozenset[str]
) -> Iterator[Candidate]:
    """Another place for a node of ours at an end, where the rule speaks of places."""
    places = {t for p in asked if isinstance(p, PlaceIn) for t in p.terms}
    for id in dict.fromkeys((finding.event.target, finding.event.source)):
        node = base.system.nodes.get(id)
        if node is None or node.owner not in ours:
            continue
        for place in _nearest(node, places, base):
            if node.places.values != (place,):
                move = _moved(id, place, base)
                yield candidate(MOVE, "move", id, f"move {id} to {place}", move)


def _nearest(node: Node, places: Iterable[str], base: Base) -> list[str]:
    """The places, first where the host or the owner is at home, then where others of the system are."""
    known = base.system.parties
    parties = [known[id] for id in (node.host, node.owner) if id in known]
    homes = [place for party in parties for place in party.places.values]
    others, last = base.places, len(base.places)

    def rank(place: str) -> tuple[bool, int, str]:
        abroad = place not in homes
        return abroad, others.get(place, last) if abroad else homes.index(place), place

    return sorted(places, key=rank)


def _moved(id: str, place: str, base: Base) -> Apply:
    def apply(draft: Draft) -> Draft:
        fact = Fact((place,), True)
        there = (*base.into.get(id, ()), *base.hosted.get(id, ()))
        now = (flow for each in there if (flow := draft.flow(each.id)))
        moved = draft.with_node(replace(draft.node(id), places=fact))
        return moved.with_flows(replace(flow, places=fact) for flow in now)

    return apply
