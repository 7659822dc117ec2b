"""Witness: a shortest path by which a member came to a node or along a flow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lawful.kernel.bits import members
from lawful.kernel.solve import Solution


@dataclass(frozen=True, slots=True)
class Hop:
    """One flow of a path: what was read at its source and what it delivered (numbers of members).

    `came` is what had come to the source before the node made `read` of it; -1 where the path
    begins on the flow itself.
    """

    flow: int
    came: int
    read: int
    delivered: int


@dataclass(frozen=True, slots=True)
class Path:
    """The hops from the beginning to the end; `node` is where it begins, -1 where on its first flow."""

    node: int
    hops: tuple[Hop, ...]


class Witnesses:
    """Shortest paths, found by one pass in levels over the whole solution.

    Lengths count flows; what a node makes of data costs nothing. Among equal lengths the lowest
    flows win, compared from the end of the path backwards, and then the members of the lowest `rank`.
    `spread(node, member)` is what a node makes of one member, given all that it holds.
    """

    def __init__(
        self,
        solution: Solution,
        started: Sequence[int],
        spread: Callable[[int, int], int],
        rank: Callable[[int], Any] = int,
    ) -> None:
        self._solution = solution
        self._started = started
        self._spread = spread
        self._rank = rank
        graph = solution.graph
        self._into, self._out = graph.into, graph.out
        self._named = {v for via in graph.via.values() for v in via}
        self._levels: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._by_flow: dict[int, list[tuple[int, int]]] = {f: [] for f in self._named}
        self._to_node: dict[tuple[int, int], Path] = {}
        self._along: dict[tuple[int, int], Path] = {}
        self._measure()

    def _image(self, flow: int, node: int, bits: int) -> int:
        """What a flow brings of what a node makes of some members.

        Of two that a node makes something of together, one may not have come by the flows that this one reads.
        """
        graph = self._solution.graph
        image = graph.image(flow, self._all(node, bits))
        return image & self._solution.delivered(flow) if flow in graph.via else image

    def _all(self, node: int, bits: int) -> int:
        """What a node makes of some members."""
        if node not in self._solution.graph.close:
            return bits
        made = 0
        for member in members(bits):
            made |= self._spread(node, member)
        return made

    def _measure(self) -> None:
        solution = self._solution
        graph = solution.graph
        seen = [0] * graph.nodes
        seen_on = dict.fromkeys(self._named, 0)
        at_nodes = {node: bits for node, bits in enumerate(self._started) if bits}
        on_flows: dict[int, int] = {}
        readers: dict[int, list[int]] = {f: [] for f in self._named}
        for flow, via in graph.via.items():
            for upstream in via:
                readers[upstream].append(flow)
        for node, bits in at_nodes.items():
            seen[node] |= bits
            self._levels[node].append((0, bits))
        level = 0
        while at_nodes or on_flows or not level:
            level += 1
            given = enumerate(solution.given) if level == 1 else ()
            sent = {flow: bits for flow, bits in given if bits}
            for node, bits in at_nodes.items():
                made = self._all(node, bits)
                for flow in self._out[node]:
                    if flow not in graph.via:
                        image = graph.image(flow, made)
                        if image:
                            sent[flow] = sent.get(flow, 0) | image
            for upstream, bits in on_flows.items():
                for flow in readers[upstream]:
                    image = self._image(flow, graph.target[upstream], bits)
                    if image:
                        sent[flow] = sent.get(flow, 0) | image
            at_nodes, on_flows = {}, {}
            for flow in sorted(sent):
                bits = sent[flow]
                target = graph.target[flow]
                new = bits & ~seen[target]
                if new:
                    seen[target] |= new
                    at_nodes[target] = at_nodes.get(target, 0) | new
                fresh = bits & ~seen_on.get(flow, bits)
                if fresh:
                    seen_on[flow] |= fresh
                    on_flows[flow] = fresh
                    self._by_flow[flow].append((level, fresh))
            for node, bits in at_nodes.items():
                self._levels[node].append((level, bits))

    # --- paths ------------------------------------------------------------------------------------

    def to_node(self, node: int, member: int) -> Path:
        """How a member came to be held at a node."""
        found = self._to_node.get((node, member))
        if found is None:
            found = self._to_node[node, member] = self._come(node, member)
        return found

    def _come(self, node: int, member: int) -> Path:
        wanted = 1 << member
        for level, bits in self._levels[node]:
            came = {a for a in members(bits) if self._all(node, 1 << a) & wanted}
            if came:
                if level == 0:
                    return Path(node, ())
                flow, brought = self._lowest(self._into[node], came, level)
                return self._back(flow, brought, level)
        raise AssertionError("a member that never came has no witness")

    def along(self, flow: int, member: int) -> Path:
        """How a member came to be delivered by a flow."""
        found = self._along.get((flow, member))
        if found is None:
            found = self._back(flow, {member}, self._first(flow, member))
            self._along[flow, member] = found
        return found

    def _first(self, flow: int, member: int) -> int:
        """The length of the shortest path whose last flow is this one."""
        if self._solution.given[flow] >> member & 1:
            return 1
        source = self._solution.graph.source[flow]
        return min(
            level + 1
            for level, bits in self._steps(flow)
            if self._image(flow, source, bits) >> member & 1
        )

    def _steps(self, flow: int) -> list[tuple[int, int]]:
        """What a flow reads, by the length at which it came."""
        graph = self._solution.graph
        via = graph.via.get(flow)
        if via is None:
            return self._levels[graph.source[flow]]
        return [step for upstream in via for step in self._by_flow[upstream]]

    def _back(self, flow: int, delivered: set[int], level: int) -> Path:
        """The path that ends with a flow delivering one of some members at a length.

        Backwards, by the lowest flow that could bring any of the members that could lead here; then
        forwards, by the lowest member that does.
        """
        graph = self._solution.graph
        trail = [(flow, delivered)]
        while True:
            given = {d for d in delivered if self._solution.given[flow] >> d & 1}
            if given:
                return self._forth(-1, given, trail)
            source = graph.source[flow]
            came = {
                a
                for reached, bits in self._steps(flow)
                if reached == level - 1
                for a in members(bits)
                if any(self._image(flow, source, 1 << a) >> d & 1 for d in delivered)
            }
            if level == 1:
                return self._forth(source, came, trail)
            level -= 1
            before = sorted(graph.via.get(flow, ())) or self._into[source]
            flow, delivered = self._lowest(before, came, level)
            trail.append((flow, delivered))

    def _lowest(self, flows: Sequence[int], came: set[int], level: int) -> tuple[int, set[int]]:
        """The lowest of some flows that brought any of some members at a length, and those it brought."""
        for flow in flows:
            brought = {a for a in came if self._came_by(flow, a, level)}
            if brought:
                return flow, brought
        raise AssertionError("a member that came at a length came by a flow")

    def _came_by(self, flow: int, member: int, level: int) -> bool:
        if self._solution.given[flow] >> member & 1:
            return True
        source = self._solution.graph.source[flow]
        return any(
            reached == level - 1 and self._image(flow, source, bits) >> member & 1
            for reached, bits in self._steps(flow)
        )

    def _forth(self, node: int, start: set[int], trail: list[tuple[int, set[int]]]) -> Path:
        """The hops of a trail, which was gathered from its end, beginning with the lowest of some members."""
        graph = self._solution.graph
        now = self._least([(each,) for each in start])[0]
        hops: list[Hop] = []
        for flow, delivered in reversed(trail):
            if node < 0 and not hops:
                hops.append(Hop(flow, -1, -1, now))
                continue
            read, brought = self._least(
                [
                    (r, d)
                    for r in members(self._all(graph.source[flow], 1 << now))
                    for d in delivered
                    if graph.image(flow, 1 << r) >> d & 1
                ]
            )
            hops.append(Hop(flow, now, read, brought))
            now = brought
        return Path(node, tuple(hops))

    def _least(self, choices: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
        """The choice of the members of the lowest rank."""
        if len(choices) == 1:
            return choices[0]
        return min(choices, key=lambda choice: tuple(map(self._rank, choice)))
