"""Solve: the least fixpoint of what nodes hold, component by component."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import compress, count
from operator import or_

from lawful.kernel.bits import words
from lawful.kernel.components import components
from lawful.kernel.graph import Graph

#: What starts late: pairs of a place and the bits that start there. Places are nodes or flows.
Starts = Sequence[tuple[int, int]]
#: A graph is large that has at least so many flows for each word that a set takes.
LARGE = 30_000


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
    for flow in compress(count(), flows):
        sweep.begin(flow, flows[flow])
    if large(graph, solution.came):
        sweep.flood()
    if not late and not any(sweep.due):
        return solution
    for component in components(graph.successors):
        sweep.settle(component)
        for starting in late:
            at_nodes, on_flows = starting(solution, component)
            for node, bits in at_nodes:
                sweep.bring(node, bits)
            for flow, bits in on_flows:
                solution.give(flow, bits)
                sweep.begin(flow, bits)
            if at_nodes or on_flows:
                sweep.settle(component)
    return solution


def large(graph: Graph, began: Sequence[int]) -> bool:
    """Whether a graph is so large, for what begins at its nodes, that sets had better flow as rows.

    Rows have room for every member; integers end with the last that they have.
    """
    flows = len(graph.source)
    return flows >= LARGE and flows >= LARGE * words(reduce(or_, began, 0))


class _Sweep:
    """Lets nodes take what flows bring them, in an order in which most sources come first."""

    def __init__(self, solution: Solution) -> None:
        self._solution = solution
        self._came = solution.came
        #: The nodes to which flows may bring more than they have; at first all, until their turn comes.
        self.due = bytearray(b"\1" * solution.graph.nodes)
        self._flooded = False
        #: What the flows brought when last looked at of which alone some flow reads.
        self._brought = {f: -1 for via in solution.graph.via.values() for f in via}

    def flood(self) -> None:
        """Lets everything flow at once as far as that can be."""
        from lawful.kernel.rows import flood

        graph = self._solution.graph
        self._came[:], left = flood(graph, self._came, len(graph.source) // max(1, LARGE))
        self._flooded = True
        self.due = bytearray(len(self.due))
        for node in left:
            self.due[node] = 1

    def bring(self, node: int, bits: int) -> None:
        """Lets something begin at a node."""
        if bits & ~self._came[node]:
            self._came[node] |= bits
            for target in self._solution.graph.successors[node]:
                self.due[target] = 1

    def begin(self, flow: int, bits: int) -> None:
        """Lets something begin on a flow."""
        target = self._solution.graph.target[flow]
        self.bring(target, bits)
        self.due[target] = 1

    def settle(self, component: Sequence[int]) -> None:
        """Lets the nodes of a component take until nothing changes, sweep by sweep in its order."""
        successors, due = self._solution.graph.successors, self.due
        if len(component) == 1:
            node = component[0]
            while due[node]:
                due[node] = 0
                if self._take(node) and (self._flooded or node in successors[node]):
                    for target in successors[node]:
                        due[target] = 1
            return
        place = {node: i for i, node in enumerate(component)}
        waiting = bytearray(due[node] for node in component)
        i = waiting.find(1)
        while i >= 0:
            waiting[i] = 0
            node = component[i]
            due[node] = 0
            if self._take(node):
                for target in successors[node]:
                    at = place.get(target, -1)
                    if at >= 0:
                        waiting[at] = 1
                    else:
                        due[target] = 1
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
