"""Propagate: the whole of one system, for one *us*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lawful.kernel.graph import Graph
from lawful.kernel.origins import Origins
from lawful.kernel.solve import Solution, solve
from lawful.kernel.transfer import Transfer
from lawful.kernel.witness import Witnesses
from lawful.propagation.data import Leaves, Universe
from lawful.propagation.moves import Closing, Moves, Tracked
from lawful.propagation.standing import Standing
from lawful.propagation.starts import Needs, Starts
from lawful.propagation.ways import Way, Ways
from lawful.system.model import Flow, Node, System

#: What starts at nodes and on flows: numbers and sets.
Started = tuple[list[tuple[int, int]], list[tuple[int, int]]]


@dataclass
class _Placing:
    """A flow that places something: what starts of what it carries, and of what it places."""

    way: Way
    carried: int
    placed: int


class Propagation:
    """Which data are at which node and on which flow. Nodes and flows are numbered in the order of ids."""

    def __init__(
        self,
        standing: Standing,
        leaves: Leaves,
        universe: Universe,
        nodes: Sequence[Node],
        flows: Sequence[Flow],
        solution: Solution,
        placing: dict[int, _Placing],
        began: Sequence[int],
        started: Sequence[int],
        closings: Sequence[Closing | None],
    ) -> None:
        self.standing = standing
        self.leaves = leaves
        self.universe = universe
        self.nodes = nodes
        self.flows = flows
        self.solution = solution
        self._placing = placing
        self._began = began
        self._started = started
        self._closings = closings
        self._made: dict[tuple[int, int], int] = {}

    @cached_property
    def node_number(self) -> dict[str, int]:
        """The nodes' numbers by their ids."""
        return {node.id: n for n, node in enumerate(self.nodes)}

    @cached_property
    def flow_number(self) -> dict[str, int]:
        """The flows' numbers by their ids."""
        return {flow.id: f for f, flow in enumerate(self.flows)}

    def held(self, node: int) -> int:
        """The data that a node holds, as a set."""
        return self.solution.held(node)

    def came(self, node: int) -> int:
        """The data that came to a node or began there, before what it makes of them."""
        return self.solution.came[node]

    def arrived(self, node: int) -> int:
        """The data that have been at a node: what came, and what it made of them, with what did not stay."""
        closing = self._closings[node]
        return closing.settle(self.came(node)) if closing else self.came(node)

    def began(self, node: int) -> int:
        """The data that began at a node: generated, or expected and not arrived."""
        closing = self._closings[node]
        return closing.stamp.image(self._began[node]) if closing else self._began[node]

    def carried(self, flow: int) -> int:
        """The data that a flow delivers, without what it places."""
        found = self._placing.get(flow)
        if found is None:
            return self.solution.delivered(flow)
        return found.way.carry.image(self.solution.read(flow)) | found.carried

    def placed(self, flow: int) -> int:
        """The data that a flow places."""
        found = self._placing.get(flow)
        if found is None:
            return 0
        place = found.way.place
        return place.image(self.solution.read(flow)) | found.placed if place else 0

    def on(self, flow: int) -> tuple[int, int, int]:
        """The data that a flow delivers, those that it places, and those that start on it."""
        return self.carried(flow), self.placed(flow), self.solution.given[flow]

    @cached_property
    def witnesses(self) -> Witnesses:
        """Shortest paths of data."""
        return Witnesses(self.solution, self._started, self._spread, self.universe.rank)

    @cached_property
    def origins(self) -> Origins:
        """How many beginnings data have."""
        return Origins(self.solution, self._started, self._spread)

    def _spread(self, node: int, number: int) -> int:
        """What a node makes of one datum, given all that it holds in the end; worked out once."""
        closing = self._closings[node]
        if closing is None:
            return 1 << number
        found = self._made.get((node, number))
        if found is None:
            found = self._made[node, number] = closing.spread(number, self.held(node))
        return found

    def arrivals(self, node: int) -> int:
        """What flows bring to a node, without what begins there."""
        bits = 0
        for f in self.solution.graph.into[node]:
            bits |= self.solution.delivered(f)
        return bits


def propagate(
    system: System,
    leaves: Leaves,
    standing: Standing,
    *,
    needs: Needs | None = None,
    tracked: Tracked | None = None,
) -> Propagation:
    """The least fixpoint of semantics, section 3, component by component."""
    needs, tracked = needs or Needs(), tracked or Tracked()
    universe = Universe()
    moves = Moves(standing, leaves, universe, tracked)
    nodes = tuple(system.nodes[id] for id in sorted(system.nodes))
    flows = tuple(sorted(system.flows, key=lambda f: f.id))
    starts = Starts(moves, needs)
    number = {node.id: n for n, node in enumerate(nodes)}
    read = {id for flow in flows for id in flow.from_flows}
    flow_number = {flow.id: f for f, flow in enumerate(flows) if flow.id in read} if read else {}

    ways = Ways(moves, starts)
    way = [ways.of(flow) for flow in flows]
    placing = {
        f: _Placing(each, each.collected, each.put) for f, each in enumerate(way) if each.place
    }
    given = [each.begins for each in way]
    shapes: dict[Transfer, int] = {}
    shape = [shapes.setdefault(_transfer(each), len(shapes)) for each in way]
    closings = [moves.closing(node) for node in nodes]
    graph = Graph(
        len(nodes),
        [number[flow.source] for flow in flows],
        [number[flow.target] for flow in flows],
        shape,
        list(shapes),
        {n: closing.close for n, closing in enumerate(closings) if closing},
        {
            f: tuple(sorted(flow_number[v] for v in flow.from_flows))
            for f, flow in enumerate(flows)
            if flow.from_flows
        },
    )
    began = [starts.generated(node) if node.origins else 0 for node in nodes]
    started = list(began)

    def expected(solution: Solution, component: Sequence[int]) -> Started:
        found = []
        for n in component:
            bits = starts.expected(nodes[n], solution.came[n]) if nodes[n].origins else 0
            if bits:
                began[n] |= bits
                started[n] |= bits
                found.append((n, bits))
        return found, []

    def unsourced(solution: Solution, component: Sequence[int]) -> Started:
        found = []
        for n in component:
            for f in graph.out[n]:
                placed = placing.get(f)
                if placed is None and not way[f].wanted:
                    continue
                read = solution.read(f)
                bits = way[f].unsourced(read)
                if placed is not None:
                    late = way[f].placed(read)
                    placed.carried |= bits
                    placed.placed |= late
                    bits |= late
                if bits:
                    found.append((f, bits))
        return [], found

    def not_known(solution: Solution, component: Sequence[int]) -> Started:
        found = []
        for n in component:
            bits = starts.not_known(nodes[n], solution.came[n]) if not solution.came[n] else 0
            if bits:
                started[n] |= bits
                found.append((n, bits))
        return found, []

    solution = solve(
        graph,
        began,
        given,
        (expected, unsourced, not_known),
    )
    return Propagation(
        standing, leaves, universe, nodes, flows, solution, placing, began, started, closings
    )


def _transfer(way: Way) -> Transfer:
    return Transfer(lambda member: way.image(1 << member)) if way.place else way.carry
