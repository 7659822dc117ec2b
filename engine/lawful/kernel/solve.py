"""Solve: the least fixpoint of what nodes hold, component by component."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lawful.kernel.components import components
from lawful.kernel.transfer import Transfer

#: What starts late: pairs of a place and the bits that start there. Places are nodes or flows.
Starts = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Graph:
    """Flows between nodes, and how sets change on them.

    `source`, `target` and `shape` by flow; `shapes[shape[f]]` is what flow f makes of the set that it
    reads, so that flows that do the same share it; `close[n]`, where there is one, maps the set that
    came to node n to what it holds, and nothing to nothing; `via[f]`, where there is one, are the
    flows whose deliveries alone flow f reads.
    """

    nodes: int
    source: Sequence[int]
    target: Sequence[int]
    shape: Sequence[int]
    shapes: Sequence[Transfer]
    close: Mapping[int, Callable[[int], int]] = field(default_factory=dict)
    via: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def image(self, flow: int, bits: int) -> int:
        """What a flow delivers of a set that it reads."""
        return self.transfer(flow).image(bits)

    def transfer(self, flow: int) -> Transfer:
        """What a flow makes of what it reads."""
        return self.shapes[self.shape[flow]]

    @cached_property
    def out(self) -> list[list[int]]:
        """The flows out of each node."""
        out: list[list[int]] = [[] for _ in range(self.nodes)]
        for flow, source in enumerate(self.source):
            out[source].append(flow)
        return out

    @cached_property
    def into(self) -> list[list[int]]:
        """The flows into each node."""
        into: list[list[int]] = [[] for _ in range(self.nodes)]
        for flow, target in enumerate(self.target):
            into[target].append(flow)
        return into

    @cached_property
    def successors(self) -> list[list[int]]:
        """The targets of the flows out of each node."""
        target = self.target
        return [[target[flow] for flow in flows] for flows in self.out]

    @cached_property
    def special(self) -> dict[int, list[int]]:
        """The flows into each node of which the whole is looked at, and not what each member becomes.

        They read what a node makes of what came, or what some flows delivered; or are such flows.
        """
        found: dict[int, list[int]] = {}
        named = {upstream for via in self.via.values() for upstream in via}
        out = (flow for node in self.close for flow in self.out[node])
        for flow in sorted(named.union(self.via, out)):
            found.setdefault(self.target[flow], []).append(flow)
        return found

    @cached_property
    def plain(self) -> list[tuple[tuple[int, ...], tuple[Transfer, ...]]]:
        """The sources and the transfers of the other flows into each node."""
        special = {flow for flows in self.special.values() for flow in flows}
        source, shape, shapes = self.source, self.shape, self.shapes
        found = []
        for flows in self.into:
            if special:
                flows = [flow for flow in flows if flow not in special]
            transfers = tuple(shapes[shape[flow]] for flow in flows)
            found.append((tuple(source[flow] for flow in flows), transfers))
        return found


class Solution:
    """What has come to each node, what starts on each flow; the rest follows."""

    def __init__(self, graph: Graph, nodes: Sequence[int], flows: Sequence[int]) -> None:
        self.graph = graph
        self.came = list(nodes)
        self.given = list(flows)
        self._held: dict[int, tuple[int, int]] = {}
        # Flows may read through each other in a ring: what each has sent grows from what it was given.
        self._sent = {flow: flows[flow] for flow in graph.via}

    def held(self, node: int) -> int:
        """The set that a node holds."""
        close = self.graph.close.get(node)
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
        via = self.graph.via.get(flow)
        if via is None:
            return self.held(self.graph.source[flow])
        came = 0
        for upstream in via:
            came |= self.delivered(upstream)
        close = self.graph.close.get(self.graph.source[flow])
        return came if close is None else close(came)

    def delivered(self, flow: int) -> int:
        """The set that a flow brings to its target."""
        sent = self._sent.get(flow)
        return self._now(flow) if sent is None else sent

    def send(self, flow: int) -> int:
        """The set that a flow brings to its target, after what it reads may have grown."""
        bits = self._now(flow)
        if flow in self._sent:
            self._sent[flow] = bits
        return bits

    def give(self, flow: int, bits: int) -> None:
        """Lets something start on a flow."""
        self.given[flow] |= bits
        if flow in self._sent:
            self._sent[flow] |= bits

    def _now(self, flow: int) -> int:
        return self.graph.image(flow, self.read(flow)) | self.given[flow]


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
    solution = Solution(graph, nodes, flows)
    sweep = _Sweep(solution)
    for flow, bits in enumerate(flows):
        if bits:
            sweep.begin(flow, bits)
    for component in components(graph.successors):
        sweep.settle(component)
        for starting in late:
            at_nodes, on_flows = starting(solution, component)
            for node, bits in at_nodes:
                solution.came[node] |= bits
            for flow, bits in on_flows:
                solution.give(flow, bits)
                sweep.begin(flow, bits)
            if at_nodes or on_flows:
                sweep.settle(component)
    return solution


class _Sweep:
    """Lets nodes take what flows bring them, in an order in which most sources come first."""

    def __init__(self, solution: Solution) -> None:
        self._solution = solution
        self._came = solution.came
        #: What the flows brought when last looked at of which alone some flow reads.
        self._brought = {f: -1 for via in solution.graph.via.values() for f in via}

    def begin(self, flow: int, bits: int) -> None:
        """Lets something begin on a flow."""
        self._came[self._solution.graph.target[flow]] |= bits

    def settle(self, component: Sequence[int]) -> None:
        """Lets the nodes of a component take until nothing changes, sweep by sweep in its order."""
        successors = self._solution.graph.successors
        if len(component) == 1 and component[0] not in successors[component[0]]:
            self._take(component[0])
            return
        place = {node: i for i, node in enumerate(component)}
        inside = [
            [place[target] for target in successors[node] if target in place] for node in component
        ]
        waiting = bytearray(b"\1" * len(component))
        i = 0
        while i >= 0:
            waiting[i] = 0
            if self._take(component[i]):
                for after in inside[i]:
                    waiting[after] = 1
            i = waiting.find(1, i + 1)
            if i < 0:
                i = waiting.find(1)

    def _take(self, node: int) -> bool:
        """Lets a node take what flows bring now; whether flows out of it then have more to read."""
        came = self._came
        before = bits = came[node]
        for source, transfer in zip(*self._solution.graph.plain[node], strict=False):
            read = came[source]
            bits |= read & transfer.same
            changing = transfer.open
            if changing:
                changing &= read
                if changing:
                    bits |= transfer.changed(changing)
        more = False
        for flow in self._solution.graph.special.get(node, ()):
            brought = self._solution.send(flow)
            bits |= brought
            if self._brought.get(flow, brought) != brought:
                self._brought[flow] = brought
                more = True
        came[node] = bits
        return more or bits != before
