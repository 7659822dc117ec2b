"""Hosting: the flows that `on PARTY` and `access GROUP` make (decision 4), and the nodes of parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lawful.system.gather import Layer, alike, place_of
from lawful.system.identity import purposes_suffix
from lawful.system.model import UNKNOWN, Change, Flow, Node, Party, Use
from lawful.system.properties import every, uses
from lawful_dsl import syntax as s
from lawful_dsl.source import NOWHERE
from lawful_dsl.vocabulary import Vocabulary

#: The purpose of a hosting flow, where the vocabulary has it.
HOSTING = "hosting"


def node_of(party: Party) -> Node:
    """The node that a party has where it is an end of a flow (decision 3)."""
    return Node(
        party.id,
        "recipient",
        label=party.label,
        owner=party.id,
        places=party.places,
        span=party.span,
    )


def hosting(node: Node, layers: Sequence[Layer[s.NodeDecl]], vocabulary: Vocabulary) -> Flow | None:
    """The flow of all that a node holds to the party on which it is."""
    if not node.host:
        return None
    said = [(layer, host) for layer in layers for host in every(alike(layer.said).props, s.Host)]
    keys = [(layer, host) for layer, host in said if host.keys]
    for layer, host in keys[1:]:
        if host.keys != keys[0][1].keys:
            layer.scope.error(
                f"two files differ on whose keys `{node.id}` is encrypted with",
                place_of(layer.said, host.span),
                "say it in one of the two only",
                ("the other says it here", place_of(keys[0][0].said, keys[0][1].span)),
            )
    term = vocabulary.terms.get(HOSTING)
    known = term is not None and term.list == "purposes"
    return Flow(
        id=f"{node.id} on {node.host}",
        kind="hosting",
        source=node.id,
        target=node.host,
        uses=(Use(HOSTING if known else ""),),
        changes=(Change("encrypted"),) if keys and keys[0][1].keys == "ours" else (),
        places=node.places,
        span=place_of(said[0][0].said, said[0][1].span) if said else NOWHERE,
    )


def accesses(
    node: Node, layers: Sequence[Layer[s.NodeDecl]], ends: Mapping[str, Node]
) -> list[Flow]:
    """The flows of all that a node holds to those who have access to it."""
    found: dict[str, dict[str, Flow]] = {}
    for layer in layers:
        if not every(alike(layer.said).props, s.Access):
            continue
        for access in every(layer.said.props, s.Access):
            group = layer.scope.end(access.group, "who has access")
            if not group:
                continue
            purposes = layer.scope.fact(access.purposes, "purposes")
            flow = Flow(
                id=f"{node.id} access {group}",
                kind="access",
                source=node.id,
                target=group,
                uses=uses(purposes, {}, UNKNOWN),
                places=ends[group].places,
                span=access.span,
            )
            found.setdefault(group, {}).setdefault(_suffix(access.purposes), flow)
    return [flow for flows in found.values() for flow in _told_apart(flows)]


def _suffix(purposes: s.Names | None) -> str:
    open = purposes is not None and purposes.open and bool(purposes.items)
    return purposes_suffix([s.Pairing(purposes)]) + (" ..." if open else "")


def _told_apart(flows: Mapping[str, Flow]) -> list[Flow]:
    """The accesses of one group: where there are several, by what they are for."""
    if len(flows) == 1:
        return list(flows.values())
    return [replace(flow, id=flow.id + suffix) for suffix, flow in flows.items()]
