"""Witness: a shortest path by which a member came to a node or along a flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    flows win, compared from the end of the path backwards. `spread(node, member)` is what a node
    makes of one member, given all that it holds.
    """

    def __init__(
        self,
        solution: Solution,
        started: Sequence[int],
        spread: Callable[[int, int], int],
    ) -> None:
        self._solution = solution
        self._started = started
        self._spread = spread
        graph = solution.graph
        self._into: list[list[int]] = [[] for _ in range(graph.nodes)]
        self._out: list[list[int]] = [[] for _ in range(graph.nodes)]
        for flow, source in enumerate(graph.source):
            self._out[source].append(flow)
            self._into[graph.target[flow]].append(flow)
        self._named = {v for via in graph.via for v in via}
        self._levels: list[list[tuple[int, int]]] = [[] for _ in range(graph.nodes)]
        self._by_flow: dict[int, list[tuple[int, int]]] = {f: [] for f in self._named}
        self._measure()

    def _image(self, flow: int, node: int, bits: int) -> int:
        return self._solution.graph.image[flow](self._all(node, bits))

    def _all(self, node: int, bits: int) -> int:
        """What a node makes of some members."""
        if self._solution.graph.close[node] is None:
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
        at_nodes = {n: bits for n, bits in enumerate(self._started) if bits}
        on_flows: dict[int, int] = {}
        readers: dict[int, list[int]] = {f: [] for f in self._named}
        for flow, via in enumerate(graph.via):
            for upstream in via:
                readers[upstream].append(flow)
        for node, bits in at_nodes.items():
            seen[node] |= bits
            self._levels[node].append((0, bits))
        level = 0
        while at_nodes or on_flows or level == 0:
            level += 1
            sent: dict[int, int] = {}
            if level == 1:
                sent.update({f: bits for f, bits in enumerate(solution.given) if bits})
            for node, bits in at_nodes.items():
                made = self._all(node, bits)
                for flow in self._out[node]:
                    if not graph.via[flow]:
                        image = graph.image[flow](made)
                        if image:
                            sent[flow] = sent.get(flow, 0) | image
            for upstream, bits in on_flows.items():
                made = self._all(graph.target[upstream], bits)
                for flow in readers[upstream]:
                    image = graph.image[flow](made)
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
                if flow in seen_on and bits & ~seen_on[flow]:
                    new = bits & ~seen_on[flow]
                    seen_on[flow] |= new
                    on_flows[flow] = new
                    self._by_flow[flow].append((level, new))
            for node, bits in at_nodes.items():
                self._levels[node].append((level, bits))

    # --- paths ------------------------------------------------------------------------------------

    def to_node(self, node: int, member: int) -> Path:
        """How a member came to be held at a node."""
        wanted = 1 << member
        for level, bits in self._levels[node]:
            if self._all(node, bits) & wanted:
                candidates = [a for a in members(bits) if self._all(node, 1 << a) & wanted]
                return self._back(node, candidates, level, ())
        raise AssertionError("a member that never came has no witness")

    def along(self, flow: int, member: int) -> Path:
        """How a member came to be delivered by a flow."""
        graph = self._solution.graph
        level = self._first(flow, member)
        hops: tuple[Hop, ...] = ()
        return self._before(flow, member, level, hops, graph.source[flow])

    def _first(self, flow: int, member: int) -> int:
        """The length of the shortest path whose last flow is this one."""
        wanted = 1 << member
        if self._solution.given[flow] & wanted:
            return 1
        graph = self._solution.graph
        via = graph.via[flow]
        source = graph.source[flow]
        found = [
            level + 1
            for steps in ([self._by_flow[v] for v in via] if via else [self._levels[source]])
            for level, bits in steps
            if self._image(flow, source, bits) & wanted
        ]
        return min(found, default=-1)

    def _before(
        self, flow: int, member: int, level: int, hops: tuple[Hop, ...], source: int
    ) -> Path:
        """The path that ends with this flow delivering the member at this length, before some hops."""
        wanted = 1 << member
        solution = self._solution
        graph = solution.graph
        if level == 1 and solution.given[flow] & wanted:
            return Path(-1, (Hop(flow, -1, -1, member), *hops))
        via = graph.via[flow]
        steps = (
            [(v, s) for v in via for s in self._by_flow[v]]
            if via
            else [(-1, s) for s in self._levels[source]]
        )
        upstream: set[int] = set()
        candidates: list[int] = []
        for by, (reached, bits) in steps:
            if reached != level - 1:
                continue
            fitting = [a for a in members(bits) if self._image(flow, source, 1 << a) & wanted]
            if fitting:
                candidates.extend(a for a in fitting if a not in candidates)
                upstream.add(by)
        only = upstream if via else None
        came, rest = self._choose(source, candidates, level - 1, only)
        read = next(
            r for r in members(self._all(source, 1 << came)) if graph.image[flow](1 << r) & wanted
        )
        hop = Hop(flow, came, read, member)
        if rest < 0:
            return Path(source, (hop, *hops))
        return self._before(rest, came, level - 1, (hop, *hops), graph.source[rest])

    def _choose(
        self, node: int, candidates: list[int], level: int, only: set[int] | None
    ) -> tuple[int, int]:
        """Of members that came to a node at this length, one that came by the lowest flow (-1: began there)."""
        if level == 0:
            return min(candidates), -1
        for flow in self._into[node] if only is None else sorted(only):
            for member in candidates:
                if self._came_by(flow, member, level):
                    return member, flow
        raise AssertionError("a member that came at a length came by a flow")

    def _came_by(self, flow: int, member: int, level: int) -> bool:
        wanted = 1 << member
        solution = self._solution
        if level == 1 and solution.given[flow] & wanted:
            return True
        graph = solution.graph
        source = graph.source[flow]
        via = graph.via[flow]
        for steps in [self._by_flow[v] for v in via] if via else [self._levels[source]]:
            for reached, bits in steps:
                if reached == level - 1 and self._image(flow, source, bits) & wanted:
                    return True
        return False

    def _back(self, node: int, candidates: list[int], level: int, hops: tuple[Hop, ...]) -> Path:
        came, flow = self._choose(node, candidates, level, None)
        if flow < 0:
            return Path(node, hops)
        return self._before(flow, came, level, hops, self._solution.graph.source[flow])
