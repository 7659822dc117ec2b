"""Drafts: a system of which a little is changed; the rest is not gone through again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from lawful.session import DropFlow, Edit, PutFlow, PutNode
from lawful.system.model import Flow, Node, Party, System
from lawful_dsl.frozen import frozen


def _grouped(flows: Iterable[tuple[str, Flow]]) -> Mapping[str, Sequence[Flow]]:
    """Flows by the ids that they are given with."""
    found: dict[str, list[Flow]] = {}
    for id, flow in flows:
        found.setdefault(id, []).append(flow)
    return found


@dataclass(frozen=True, eq=False)
class Base:
    """A system that is to be changed, and what is asked of all of it when that is thought of."""

    system: System

    @cached_property
    def flows(self) -> Mapping[str, Flow]:
        """Its flows by their ids."""
        return {flow.id: flow for flow in self.system.flows}

    @cached_property
    def into(self) -> Mapping[str, Sequence[Flow]]:
        """The flows into a node, by its id."""
        return _grouped((flow.target, flow) for flow in self.system.flows)

    @cached_property
    def hosted(self) -> Mapping[str, Sequence[Flow]]:
        """The flows from a node to its host, by its id."""
        return _grouped((flow.source, flow) for flow in self.system.flows if flow.kind == "hosting")

    @cached_property
    def readers(self) -> Mapping[str, Sequence[Flow]]:
        """The flows that are `from` a flow, by its id."""
        return _grouped((id, flow) for flow in self.system.flows for id in flow.from_flows)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The places where nodes are, each with its number in the order in which they are first met."""
        met = (place for node in self.system.nodes.values() for place in node.places.values)
        return {place: number for number, place in enumerate(dict.fromkeys(met))}

    @cached_property
    def guards(self) -> Mapping[str, bool]:
        """The terms of states that some flow has a guard on, and whether that is `only if`."""
        return {g.state.term: g.only_if for flow in self.system.flows for g in flow.like.guards}


@frozen
class Draft:
    """A base with other flows, nodes and parties in the place of some of its own; of a flow that goes, nothing."""

    base: Base
    flows: Mapping[str, Flow | None] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)

    def flow(self, id: str) -> Flow | None:
        """The flow of an id as it is now."""
        return self.flows[id] if id in self.flows else self.base.flows.get(id)

    def node(self, id: str) -> Node:
        """The node of an id as it is now."""
        return self.nodes.get(id) or self.base.system.nodes[id]

    def party(self, id: str) -> Party:
        """The party of an id as it is now."""
        return self.parties.get(id) or self.base.system.parties[id]

    def with_flows(self, flows: Iterable[Flow], without: Iterable[str] = ()) -> Draft:
        """Other flows in the place of those of their ids, and without some."""
        other = {flow.id: flow for flow in flows}
        return replace(self, flows={**self.flows, **other, **dict.fromkeys(without)})

    def with_node(self, node: Node) -> Draft:
        """Another node in the place of the one of its id."""
        return replace(self, nodes={**self.nodes, node.id: node})

    def with_party(self, party: Party) -> Draft:
        """Another party in the place of the one of its id."""
        return replace(self, parties={**self.parties, party.id: party})

    @property
    def system(self) -> System:
        """The whole system, as it is now."""
        system = self.base.system
        now = (self.flow(flow.id) for flow in system.flows)
        return replace(
            system,
            flows=tuple(flow for flow in now if flow is not None),
            nodes={**system.nodes, **self.nodes},
            parties={**system.parties, **self.parties},
        )

    @property
    def edits(self) -> list[tuple[Edit, Edit]] | None:
        """What makes the draft of its base, each with what undoes it; None where more than flows and nodes differ."""
        if self.parties:
            return None
        flows, nodes = self.base.flows, self.base.system.nodes
        done: list[tuple[Edit, Edit]] = [
            (PutNode(node), PutNode(nodes[id])) for id, node in self.nodes.items()
        ]
        done += [(PutFlow(f), PutFlow(flows[id])) for id, f in self.flows.items() if f is not None]
        done += [(DropFlow(id), PutFlow(flows[id])) for id, f in self.flows.items() if f is None]
        return done
