"""Solve: the least fixpoint of what nodes hold, component by component."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import compress, count
from operator import or_

from lawful.kernel.bits import words
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
    for flow in compress(count(), flows) if any(flows) else ():
        solution.came[graph.target[flow]] |= flows[flow]
    due = _flood(solution) if large(graph, solution.came) else range(graph.nodes)
    if not due and not late:
        return solution
    sweep = _Sweep(solution, due)
    if not late:
        sweep.settle(graph.layout.spans)
        return solution
    for span in graph.layout.spans:
        sweep.settle([span])
        component = graph.layout.order[slice(*span)]
        for starting in late:
            at_nodes, on_flows = starting(solution, component)
            for node, bits in at_nodes:
                sweep.bring(node, bits)
            for flow, bits in on_flows:
                solution.give(flow, bits)
                sweep.begin(flow, bits)
            if at_nodes or on_flows:
                sweep.settle([span])
    return solution


def large(graph: Graph, began: Sequence[int]) -> bool:
    """Whether a graph is so large, for what begins at its nodes, that sets had better flow as rows.

    Rows have room for every member; integers end with the last that they have.
    """
    flows = len(graph.source)
    return flows >= LARGE and flows >= LARGE * words(reduce(or_, began, 0))


def _flood(solution: Solution) -> Sequence[int]:
    """Lets everything flow at once as far as that can be; the nodes to which flows may bring more."""
    from lawful.kernel.rows import flood

    graph = solution.graph
    solution.came[:], left = flood(graph, solution.came, len(graph.source) // max(1, LARGE))
    return left


class _Sweep:
    """Lets nodes take what flows bring them, in an order in which most sources come first."""

    def __init__(self, solution: Solution, due: Sequence[int]) -> None:
        self._solution = solution
        graph = solution.graph
        self._layout = layout = graph.layout
        #: By place, the nodes to which flows may bring more than they have.
        self._due = bytearray(graph.nodes)
        if len(due) == graph.nodes:  # then all behind a component are due until their turn comes
            self._due[:] = b"\1" * graph.nodes
            self._after = layout.within
        else:
            for node in due:
                self._due[layout.place[node]] = 1
            self._after = layout.after
        #: What the flows brought when last looked at of which alone some flow reads.
        self._brought = {f: -1 for via in graph.via.values() for f in via}

    def bring(self, node: int, bits: int) -> None:
        """Lets something begin at a node."""
        self._solution.came[node] |= bits
        for at in self._after[self._layout.place[node]]:
            self._due[at] = 1

    def begin(self, flow: int, bits: int) -> None:
        """Lets something begin on a flow."""
        target = self._solution.graph.target[flow]
        self.bring(target, bits)
        self._due[self._layout.place[target]] = 1

    def settle(self, spans: Iterable[tuple[int, int]]) -> None:
        """Lets the nodes of components take until nothing changes, sweep by sweep in its order."""
        came, special = self._solution.came, self._solution.graph.special
        order, passing, changing = self._layout.order, self._layout.passing, self._layout.changing
        due, after = self._due, self._after
        for start, end in spans:
            at = start if due[start] else due.find(1, start, end)
            while at >= 0:
                due[at] = 0
                node = order[at]
                before = bits = came[node]
                for source, passes in passing[at]:
                    bits |= came[source] & passes
                for source, transfer in changing[at]:
                    read = came[source]
                    bits |= read & transfer.same
                    read &= transfer.open
                    if read:
                        bits |= transfer.changed(read)
                more = bits != before
                if more:
                    came[node] = bits
                if node in special:
                    more |= self._look(node)
                if more:
                    for target in after[at]:
                        due[target] = 1
                if end == start + 1 and not due[at]:
                    break
                at = due.find(1, at + 1, end)
                if at < 0:
                    at = due.find(1, start, end)

    def _look(self, node: int) -> bool:
        """Lets a node take what special flows bring; whether flows out of it then have more to read."""
        came = self._solution.came
        more = False
        for flow in self._solution.graph.special[node]:
            brought = self._solution.send(flow)
            more |= brought | came[node] != came[node]
            came[node] |= brought
            if self._brought.get(flow, brought) != brought:
                self._brought[flow] = brought
                more = True
        return more
