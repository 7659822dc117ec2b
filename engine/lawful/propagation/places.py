"""Places: what is known of each node and flow of a system that is edited, and what an edit touches of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lawful.kernel.layers import EMPTY, Confluence, Layers
from lawful.propagation.moves import Closing
from lawful.propagation.ways import NOTHING, Brought, Way
from lawful.system.model import Flow, Node


@dataclass(slots=True)
class Stay:
    """A node: what it makes of data, and what is there. `passes` says whether anything goes on from it."""

    node: Node
    closing: Closing | None = None
    passes: bool = True
    generated: int = 0
    began: int = 0
    started: int = 0
    came: Layers = EMPTY
    out: set[int] = field(default_factory=set)
    into: set[int] = field(default_factory=set)
    confluence: Confluence | None = None
    _held: tuple[int, int] = (0, 0)
    _made: dict[int, int] = field(default_factory=dict)

    def held(self) -> int:
        """What it holds in the end."""
        if self.closing is None:
            return self.came[-1]
        if self._held[0] != self.came[-1]:
            self._held = (self.came[-1], self.closing.close(self.came[-1]))
            self._made.clear()
        return self._held[1]

    def spread(self, number: int) -> int:
        """What it makes of one datum that came, given all that it holds."""
        if self.closing is None:
            return 1 << number
        held = self.held()
        found = self._made.get(number)
        if found is None:
            found = self._made[number] = self.closing.spread(number, held)
        return found

    def make(self, came: int) -> int:
        """What it holds of what has come."""
        return self.closing.close(came) if self.closing else came


@dataclass(slots=True)
class Trip:
    """A flow: its way, the flows that it is `from`, and what it brings; `sent` as its target has found it."""

    flow: Flow
    source: int
    target: int
    way: Way
    via: tuple[int, ...]
    sent: Layers = EMPTY
    brought: Brought = NOTHING
    readers: frozenset[int] = frozenset()


@dataclass(slots=True)
class Touched:
    """What an edit has touched: nodes and flows, each with the data that came, went or began otherwise there.

    `seen` are the nodes that were looked at anew, whatever was found.
    """

    nodes: dict[int, int] = field(default_factory=dict)
    flows: dict[int, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def with_(self, later: Touched) -> Touched:
        """What two edits have touched."""
        return Touched(
            _either(self.nodes, later.nodes),
            _either(self.flows, later.flows),
            self.seen | later.seen,
        )


def _either(before: dict[int, int], later: dict[int, int]) -> dict[int, int]:
    return {n: before.get(n, 0) | later.get(n, 0) for n in before.keys() | later.keys()}
