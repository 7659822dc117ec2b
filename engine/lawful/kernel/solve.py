"""Solve: the least fixpoint of what nodes hold, component by component."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lawful.kernel.components import components

#: What starts late: pairs of a place and the bits that start there. Places are nodes or flows.
Starts = Iterable[tuple[int, int]]


@dataclass(frozen=True)
class Graph:
    """Flows between nodes, and how sets change on them.

    `source` and `target` by flow; `image[f]` maps the set read by flow f to what it delivers;
    `close[n]`, where there is one, maps the set that came to node n to what it holds;
    `via[f]`, where not empty, are the flows whose deliveries alone flow f reads.
    """

    nodes: int
    source: Sequence[int]
    target: Sequence[int]
    image: Sequence[Callable[[int], int]]
    close: Sequence[Callable[[int], int] | None]
    via: Sequence[tuple[int, ...]]


class Solution:
    """What has come to each node, what starts on each flow; the rest follows."""

    def __init__(self, graph: Graph, nodes: Sequence[int], flows: Sequence[int]) -> None:
        self.graph = graph
        self.came = list(nodes)
        self.given = list(flows)
        self._held: dict[int, tuple[int, int]] = {}
        # Flows may read through each other in a ring: what each has sent grows from what it was given.
        self._sent = list(flows)

    def held(self, node: int) -> int:
        """The set that a node holds."""
        close = self.graph.close[node]
        if close is None:
            return self.came[node]
        known = self._held.get(node)
        if known is not None and known[0] == self.came[node]:
            return known[1]
        held = close(self.came[node])
        self._held[node] = (self.came[node], held)
        return held

    def read(self, flow: int) -> int:
        """The set that a flow reads at its source."""
        graph = self.graph
        via = graph.via[flow]
        if not via:
            return self.held(graph.source[flow])
        came = 0
        for upstream in via:
            came |= self.delivered(upstream)
        close = graph.close[graph.source[flow]]
        return came if close is None else close(came)

    def delivered(self, flow: int) -> int:
        """The set that a flow brings to its target."""
        if self.graph.via[flow]:
            return self._sent[flow]
        return self._now(flow)

    def send(self, flow: int) -> int:
        """The set that a flow brings to its target, after what it reads may have grown."""
        bits = self._now(flow)
        self._sent[flow] = bits
        return bits

    def _now(self, flow: int) -> int:
        return self.graph.image[flow](self.read(flow)) | self.given[flow]


def solve(
    graph: Graph,
    nodes: Sequence[int],
    flows: Sequence[int],
    late: Sequence[Callable[[Solution, Sequence[int]], tuple[Starts, Starts]]],
) -> Solution:
    """The least fixpoint from what starts at nodes and on flows.

    After the fixpoint of each component, in topological order, each function of `late` in turn
    looks at the whole component at once and says what else starts, at nodes and on flows.
    """
    out: list[list[int]] = [[] for _ in range(graph.nodes)]
    for flow, source in enumerate(graph.source):
        out[source].append(flow)
    reread: list[list[int]] = [[] for _ in range(graph.nodes)]
    for flow, via in enumerate(graph.via):
        if via:
            reread[graph.source[flow]].append(flow)
    successors = [[graph.target[flow] for flow in flows_out] for flows_out in out]
    solution = Solution(graph, nodes, flows)
    came = solution.came
    for component in components(successors):
        inside = set(component)
        _settle(solution, component, inside, out, reread)
        for starting in late:
            at_nodes, on_flows = starting(solution, component)
            touched = set()
            for node, bits in at_nodes:
                came[node] |= bits
                touched.add(node)
            for flow, bits in on_flows:
                solution.given[flow] |= bits
                touched.add(graph.source[flow])
            if touched:
                _settle(solution, sorted(touched), inside, out, reread)
        for node in component:
            for flow in out[node]:
                if graph.target[flow] not in inside:
                    came[graph.target[flow]] |= solution.send(flow)
    return solution


def _settle(
    solution: Solution,
    start: Sequence[int],
    inside: set[int],
    out: Sequence[Sequence[int]],
    reread: Sequence[Sequence[int]],
) -> None:
    """Iterate the flows within a component until nothing changes."""
    graph, came = solution.graph, solution.came
    waiting = deque(start)
    queued = set(start)
    through: dict[int, int] = {}
    while waiting:
        node = waiting.popleft()
        queued.discard(node)
        for flow in out[node]:
            target = graph.target[flow]
            if target not in inside:
                continue
            bits = solution.send(flow)
            grown = came[target] | bits
            changed = grown != came[target]
            if changed:
                came[target] = grown
            if reread[target] and through.get(flow) != bits:
                through[flow] = bits
                changed = True
            if changed and target not in queued:
                waiting.append(target)
                queued.add(target)
