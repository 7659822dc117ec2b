"""Kept: a propagation as it is known node by node and flow by flow, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Iterable

from lawful.kernel.bits import bits_of, members
from lawful.propagation.data import Leaves, Universe
from lawful.propagation.places import Stay, Trip
from lawful.propagation.propagate import Propagation
from lawful.propagation.standing import Standing
from lawful.system.model import Flow, Node


class Kept(Propagation):
    """Nodes as `stays` and flows as `trips`, by their numbers; numbers may be of what is gone."""

    def __init__(
        self, standing: Standing, leaves: Leaves, nodes: list[Node], flows: list[Flow]
    ) -> None:
        self.standing = standing
        self.leaves = leaves
        self.universe = Universe()
        self.stays: list[Stay] = []
        self.trips: list[Trip] = []
        self.nodes, self.flows = nodes, flows
        self.node_number = {node.id: n for n, node in enumerate(nodes)}
        self.flow_number = {flow.id: f for f, flow in enumerate(flows)}

    def held(self, node: int) -> int:
        """The data that a node holds, as a set."""
        return self.stays[node].held()

    def came(self, node: int) -> int:
        """The data that came to a node or began there, before what it makes of them."""
        return self.stays[node].came[-1]

    def arrived(self, node: int) -> int:
        """The data that have been at a node: what came, and what it made of them, with what did not stay."""
        closing = self.stays[node].closing
        return closing.settle(self.came(node)) if closing else self.came(node)

    def began(self, node: int) -> int:
        """The data that began at a node: generated, or expected and not arrived."""
        stay = self.stays[node]
        return stay.closing.stamp.image(stay.began) if stay.closing else stay.began

    def carried(self, flow: int) -> int:
        """The data that a flow delivers, without what it places."""
        return self.on(flow)[0]

    def placed(self, flow: int) -> int:
        """The data that a flow places."""
        return self.on(flow)[1]

    def on(self, flow: int) -> tuple[int, int, int]:
        """The data that a flow delivers, those that it places, and those that start on it."""
        return self.trips[flow].brought.there

    def arrivals(self, node: int) -> int:
        """What flows bring to a node, without what begins there."""
        stay = self.stays[node]
        if stay.confluence:
            return stay.confluence.union[-1]
        bits = 0
        for f in stay.into:
            bits |= self.trips[f].sent[-1]
        return bits

    def all_on(self, flow: int) -> int:
        """Whatever a flow brings."""
        return self.trips[flow].brought.all

    def all_at(self, node: int) -> int:
        """Whatever has come to a node, and whatever it made of that."""
        return self.came(node) | self.held(node) | self.began(node)

    def made(self, node: int, came: int) -> int:
        """What a node makes of some data that came to it, given all that it holds."""
        if self.stays[node].closing is None:
            return came
        made = 0
        for number in members(came):
            made |= self.stays[node].spread(number)
        return made

    def before(self, node: int, held: int) -> int:
        """What came to a node of which it makes some data."""
        came = self.came(node)
        if self.stays[node].closing is None:
            return came & held
        return bits_of(a for a in members(came) if self.stays[node].spread(a) & held)

    def image(self, trip: Trip, came: int) -> int:
        """What a flow brings of some data that came to its source."""
        return trip.way.image(self.made(trip.source, came))

    def sending(self, trip: Trip, brought: int, among: int) -> int:
        """Those of some data that came to the source of a flow of which it brings others."""
        if self.stays[trip.source].closing is None:
            return trip.way.meeting(brought, among)
        return bits_of(a for a in members(among) if self.image(trip, 1 << a) & brought)

    def has_flow(self, flow: int) -> bool:
        """Whether a number is that of a flow that there is."""
        return self.flow_number.get(self.flows[flow].id) == flow

    def has_node(self, node: int) -> bool:
        """Whether a number is that of a node that there is."""
        return self.node_number.get(self.nodes[node].id) == node

    def onward(self, n: int) -> Iterable[int]:
        """The flows on which what a node holds goes on."""
        return self.stays[n].out if self.stays[n].passes else ()
