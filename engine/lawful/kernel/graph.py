"""Graph: nodes, flows, and what flows do to sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lawful.kernel.components import components
from lawful.kernel.layout import Layout
from lawful.kernel.transfer import Transfer

if TYPE_CHECKING:
    from lawful.kernel.rows import Columns


@dataclass(frozen=True)
class Graph:
    """Flows between nodes, and how sets change on them.

    `source`, `target` and `shape` by flow; `shapes[shape[f]]` is what flow f makes of the set that it
    reads, so that flows that do the same share it; `close[n]`, where there is one, maps the set that
    came to node n to what it holds, and nothing to nothing; `via[f]`, where there is one, are the
    flows whose deliveries alone flow f reads. What is by flow may be arrays, where a graph is large.
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
        return self._at(self.source)

    @cached_property
    def into(self) -> list[list[int]]:
        """The flows into each node."""
        return self._at(self.target)

    def _at(self, ends: Sequence[int]) -> list[list[int]]:
        """The flows of which each node is this end."""
        found: list[list[int]] = [[] for _ in range(self.nodes)]
        for flow, end in zip(self._flows, map(int, ends), strict=True):
            found[end].append(flow)
        return found

    @cached_property
    def _flows(self) -> list[int]:
        """The numbers of the flows, which are made once: there are many."""
        return list(range(len(self.source)))

    @cached_property
    def successors(self) -> list[list[int]]:
        """The targets of the flows out of each node."""
        target = list(map(int, self.target))
        return [[target[flow] for flow in flows] for flows in self.out]

    @cached_property
    def components(self) -> list[list[int]]:
        """The strongly connected components, sources before what they reach."""
        return components(self.successors)

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
    def columns(self) -> Columns:
        """The plain flows as arrays."""
        from lawful.kernel.rows import Columns

        return Columns(self)

    @cached_property
    def layout(self) -> Layout:
        """The nodes in their order, with the plain flows into each."""
        return Layout(self)
