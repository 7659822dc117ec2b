"""Stated: the terms by which what a system states tells data, purposes and places apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lawful.rules.questions import named_in, parts
from lawful.system.likeness import unlike
from lawful.system.model import Flow, Node, System
from lawful_dsl.program import AttributeIs, Policy
from lawful_dsl.vocabulary import Lattice

#: Terms of data, purposes and places, by the list that they are of.
Terms = Mapping[str, set[str]]


def stated_by(system: System, lattice: Lattice) -> Terms:
    """The data categories, purposes and places by which what a system states tells leaves apart."""
    nodes = unlike(system.nodes.values())
    return _named(
        [
            *(each for p in system.parties.values() for each in (p.roles, p.places)),
            *(s.residences for s in system.subjects.values()),
            *(each for flow in unlike(system.flows) for each in _on(flow)),
            *(flow.places for flow in system.flows),
            *(node.places for node in system.nodes.values()),
            *(each for node in nodes for each in _at(node)),
            *(way for t in lattice.vocabulary.terms.values() for way in t.valid),
        ],
        nodes,
        lattice,
    )


def stated_on(flow: Flow, lattice: Lattice) -> Terms:
    """The same of one flow."""
    return _named(_on(flow), (), lattice)


def stated_at(node: Node, lattice: Lattice) -> Terms:
    """The same of one node."""
    return _named(_at(node), (node,), lattice)


def _on(flow: Flow) -> Iterator[Any]:
    yield from (flow.uses, flow.places)
    if flow.consents.values:
        yield from (flow.consents, flow.carries)


def _at(node: Node) -> Iterator[Any]:
    yield from (node.kept, node.places, node.joins)
    for origin in node.origins:
        yield origin.uses
        if origin.consents.values:
            yield origin


def _named(stated: Iterable[Any], nodes: Iterable[Node], lattice: Lattice) -> Terms:
    # Flows and nodes that are alike share what they state: it is looked at once.
    once = {id(each): each for each in stated}
    found = named_in(tuple(parts(list(once.values()))), lattice)
    found["data"].update(
        term for node in nodes for pair in node.apart for side in pair for term in side
    )
    return found


def widened(stated: Terms, more: Terms) -> bool:
    """Adds what is not yet there; whether there was any."""
    new = {name: terms - stated[name] for name, terms in more.items()}
    for name, terms in new.items():
        stated[name].update(terms)
    return any(new.values())


def tells_leaves(policies: Iterable[Policy]) -> bool:
    """Whether a finding may name a data leaf for itself: where an attribute is asked of data."""
    return any(
        isinstance(part, AttributeIs) and part.where == "data"
        for policy in policies
        for part in parts((policy.rules, policy.treats, policy.prevails, policy.events))
    )
