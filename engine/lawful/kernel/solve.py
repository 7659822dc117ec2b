"""Solve: the least fixpoint of what nodes hold, component by component."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heapify, heappop, heappush

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
    work = _Work(solution)
    for flow, bits in enumerate(flows):
        if bits:
            work.begin(flow, bits)
    for component in components(work.successors):
        work.settle(component)
        for starting in late:
            at_nodes, on_flows = starting(solution, component)
            for node, bits in at_nodes:
                work.bring(node, bits)
            for flow, bits in on_flows:
                solution.give(flow, bits)
                work.begin(flow, bits)
            if at_nodes or on_flows:
                work.settle(component)
    return solution


class _Work:
    """What has come to nodes and is still to be sent on; to which flows, laid out by node.

    Of plain flows only what is new is sent. Whole sets are sent anew by flows out of nodes that make
    something of what came, by those that read only what some flows delivered, and by those flows.
    """

    def __init__(self, solution: Solution) -> None:
        graph = solution.graph
        self._solution = solution
        self._came = solution.came
        self._fresh = list(solution.came)
        #: Nodes to be looked at again though nothing new came to them.
        self._due: set[int] = set()
        self._named = {upstream for via in graph.via.values() for upstream in via}
        self._through: dict[int, int] = {}
        self.successors: list[list[int]] = []
        self._plain: list[list[tuple[int, Transfer]]] = []
        self._whole: dict[int, list[int]] = {}
        special = self._named.union(graph.via)
        target, shape, shapes = graph.target, graph.shape, graph.shapes
        for node, out in enumerate(graph.out):
            self.successors.append([target[flow] for flow in out])
            whole = out if node in graph.close else [f for f in out if f in special]
            if whole:
                self._whole[node] = whole
                out = [] if whole is out else [f for f in out if f not in special]
            self._plain.append([(target[flow], shapes[shape[flow]]) for flow in out])

    def bring(self, node: int, bits: int) -> bool:
        """Lets something come to a node; whether it is new there."""
        new = bits & ~self._came[node]
        if new:
            self._came[node] |= new
            self._fresh[node] |= new
        return bool(new)

    def begin(self, flow: int, bits: int) -> None:
        """Lets something begin on a flow."""
        target = self._solution.graph.target[flow]
        self.bring(target, bits)
        if flow in self._named:
            self._due.add(target)

    def settle(self, component: Sequence[int]) -> None:
        """Sends on what came to the nodes of a component until nothing changes, sweep by sweep in its order."""
        fresh, due = self._fresh, self._due
        if len(component) == 1:
            node = component[0]
            while fresh[node] or node in due:
                self._send(node)
            return
        now = [i for i, node in enumerate(component) if fresh[node] or node in due]
        if not now:
            return
        place = {node: i for i, node in enumerate(component)}
        waiting = bytearray(len(component))
        for i in now:
            waiting[i] = 1
        while now:
            later: list[int] = []
            while now:
                i = heappop(now)
                waiting[i] = 0
                for target in self._send(component[i]):
                    at = place.get(target, -1)
                    if at >= 0 and not waiting[at]:
                        waiting[at] = 1
                        if at > i:
                            heappush(now, at)
                        else:
                            later.append(at)
            heapify(later)
            now = later

    def _send(self, node: int) -> list[int]:
        """Sends on what came to a node, and says which nodes are to be looked at for that."""
        came, fresh = self._came, self._fresh
        bits = fresh[node]
        fresh[node] = 0
        self._due.discard(node)
        touched = []
        if bits:
            for target, transfer in self._plain[node]:
                image = bits & transfer.same
                changing = bits & transfer.open
                if changing:
                    image |= transfer.changed(changing)
                new = image & ~came[target]
                if new:
                    came[target] |= new
                    fresh[target] |= new
                    touched.append(target)
        for flow in self._whole.get(node, ()):
            target = self._solution.graph.target[flow]
            sent = self._solution.send(flow)
            if self.bring(target, sent):
                touched.append(target)
            if flow in self._named and self._through.get(flow) != sent:
                self._through[flow] = sent
                self._due.add(target)
                touched.append(target)
        return touched
