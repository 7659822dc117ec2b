"""Region: the part of a course that leads to some data at some places, as a propagation of its own.

It has the ways by which these data came, whole, and nothing else: witnesses and origins are the same in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from heapq import heapify, heappop, heappush

from lawful.kernel.graph import Graph
from lawful.kernel.solve import Solution
from lawful.kernel.transfer import Transfer
from lawful.propagation.course import Course
from lawful.propagation.places import Trip
from lawful.propagation.propagate import Propagation

#: Data by the numbers of the nodes where they came, or of the flows that brought them.
At = dict[int, int]


def region(course: Course, at_nodes: Mapping[int, int], on_flows: Mapping[int, int]) -> Propagation:
    """All that leads to some data held at nodes and brought by flows."""
    came, brought = _leading(course, at_nodes, on_flows)
    stays, trips = course.stays, course.trips
    ends = came.keys() | {end for f in brought for end in (trips[f].source, trips[f].target)}
    nodes = sorted(ends, key=lambda n: stays[n].node.id)
    flows = sorted(brought, key=lambda f: trips[f].flow.id)
    number = {n: i for i, n in enumerate(nodes)}
    flow_number = {f: i for i, f in enumerate(flows)}
    via = {
        i: tuple(sorted(flow_number[v] for v in trips[f].via if v in brought))
        for i, f in enumerate(flows)
        if trips[f].via
    }
    for f in flows:  # where the ways that are asked for end
        came[trips[f].target] |= brought[f]
    graph = Graph(
        len(nodes),
        [number[trips[f].source] for f in flows],
        [number[trips[f].target] for f in flows],
        list(range(len(flows))),
        [
            _within(trips[f], brought[f]) if via.get(i, True) else Transfer.known(0, {})
            for i, f in enumerate(flows)
        ],
        {i: closing.close for i, n in enumerate(nodes) if (closing := stays[n].closing)},
        {i: read for i, read in via.items() if read},
    )
    solution = _Part(
        graph,
        [came[n] for n in nodes],
        [trips[f].brought.there[2] & brought[f] for f in flows],
        [course.held(n) for n in nodes],
        [brought[f] for f in flows],
    )
    return Propagation(
        course.standing,
        course.leaves,
        course.universe,
        [stays[n].node for n in nodes],
        [trips[f].flow for f in flows],
        solution,
        {},
        [stays[n].began for n in nodes],
        [stays[n].started & came[n] for n in nodes],
        [stays[n].closing for n in nodes],
    )


class _Part(Solution):
    """What of a solution is in a region; what is held besides is known, since joins take partners from it."""

    def __init__(
        self, graph: Graph, nodes: list[int], flows: list[int], held: list[int], brought: list[int]
    ) -> None:
        super().__init__(graph, nodes, flows)
        self._there = held
        self._brought = brought

    def held(self, node: int) -> int:
        """The set that a node holds, in the whole."""
        return self._there[node]

    def delivered(self, flow: int) -> int:
        """The set that a flow brings to its target."""
        return self._brought[flow]


def _within(trip: Trip, brought: int) -> Transfer:
    return Transfer(lambda member: trip.way.image(1 << member) & brought)


def _leading(
    course: Course, at_nodes: Mapping[int, int], on_flows: Mapping[int, int]
) -> tuple[At, At]:
    """What came to nodes and was brought by flows, of all that leads to some data."""
    came: At = defaultdict(int)
    brought: At = defaultdict(int)
    nodes: At = defaultdict(int)
    flows: At = defaultdict(int, on_flows)
    for n, bits in at_nodes.items():
        stay = course.stays[n]
        nodes[n] = course.before(n, bits) | (stay.started & stay.came[-1])
    while nodes or flows:
        while flows:
            f, bits = flows.popitem()
            trip = course.trips[f]
            new = bits & trip.brought.all & ~brought[f]
            if not new:
                continue
            brought[f] |= new
            if not course.stays[trip.source].passes:
                continue
            for v in trip.via:
                flows[v] |= course.sending(trip, new, course.trips[v].brought.all)
            if not trip.via:
                nodes[trip.source] |= course.sending(trip, new, course.came(trip.source))
        if nodes:
            n, bits = nodes.popitem()
            new = bits & ~came[n]
            came[n] |= new
            for f in course.stays[n].into if new else ():
                met = new & course.trips[f].brought.all
                if met:
                    flows[f] |= met
    return came, brought


def onward(
    course: Course, at_nodes: Mapping[int, int], on_flows: Mapping[int, int]
) -> tuple[At, At]:
    """What is held at nodes and brought by flows of all to which some data lead: those that changed there.

    What is gone led on, too: to what may still come, by other ways.
    """
    came: At = defaultdict(int)
    brought: At = defaultdict(int)
    nodes: At = defaultdict(int)
    flows: At = defaultdict(int, on_flows)
    for n, bits in at_nodes.items():
        nodes[n] |= bits if course.stays[n].closing is None else bits | course.came(n)
    for f, bits in on_flows.items():
        nodes[course.trips[f].target] |= bits
    queue = [(course.rank[n], n) for n in nodes]
    heapify(
        queue
    )  # what comes first goes on first, so that all that comes to a node goes on together
    while queue or flows:
        while flows:
            f, bits = flows.popitem()
            trip = course.trips[f]
            new = bits & trip.brought.all & ~brought[f]
            if new and course.has_flow(f):
                brought[f] |= new
                if trip.target not in nodes:
                    heappush(queue, (course.rank[trip.target], trip.target))
                nodes[trip.target] |= new
                for reader in trip.readers:
                    flows[reader] |= course.image(course.trips[reader], new)
        n = heappop(queue)[1] if queue else -1
        bits = nodes.pop(n, 0)
        new = bits & ~came[n] if bits else 0
        if new:
            came[n] |= new
            made = course.made(n, new)
            for f in course.onward(n):
                trip = course.trips[f]
                if not trip.via and (met := trip.way.image(made) & ~brought[f]):
                    flows[f] |= met
    return {n: course.made(n, bits) | course.began(n) for n, bits in came.items()}, brought
