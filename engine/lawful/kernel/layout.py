"""Layout: the nodes of a graph in the order in which they take what flows bring them, and what each takes.

What is read one after the other is made one after the other, so that it is near in memory.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lawful.kernel.transfer import Transfer

if TYPE_CHECKING:
    from lawful.kernel.graph import Graph

#: A source, and those of its members that pass.
Passing = tuple[int, int]
#: A source, and what becomes of its members.
Changing = tuple[int, Transfer]


class Layout:
    """The nodes, component after component, sources before what they reach; the place of each.

    `spans` tells where each component begins and ends. By place: plain flows on which members pass or do
    not (`passing`), and all others (`changing`).
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.order: list[int] = []
        self.spans: list[tuple[int, int]] = []
        for component in graph.components:
            start = len(self.order)
            self.order += component
            self.spans.append((start, len(self.order)))
        self.place = [0] * graph.nodes
        for place, node in enumerate(self.order):
            self.place[node] = place
        special = {flow for flows in graph.special.values() for flow in flows}
        source = list(map(int, graph.source))
        transfer = [graph.shapes[shape] for shape in map(int, graph.shape)]
        nothing: list[Changing] = []
        self.passing: list[list[Passing]] = []
        self.changing: list[list[Changing]] = []
        for node in self.order:
            flows = graph.into[node]
            if special:
                flows = [flow for flow in flows if flow not in special]
            self.passing.append(
                [(source[f], transfer[f].same) for f in flows if not transfer[f].open]
            )
            changing = [(source[f], transfer[f]) for f in flows if transfer[f].open]
            self.changing.append(changing or nothing)

    @cached_property
    def after(self) -> list[list[int]]:
        """By place: the places of the targets of the flows out of a node."""
        place, successors = self.place, self._graph.successors
        return [[place[target] for target in successors[node]] for node in self.order]

    @cached_property
    def within(self) -> list[list[int]]:
        """The same, without those outside of its component."""
        place, successors = self.place, self._graph.successors
        return [
            [at for target in successors[node] if start <= (at := place[target]) < end]
            for start, end in self.spans
            for node in self.order[start:end]
        ]
