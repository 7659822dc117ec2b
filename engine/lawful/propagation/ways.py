"""Ways: what a flow does with the data that its source holds, found out once for flows that do the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import NamedTuple

from lawful.kernel.layers import DEPTH, EMPTY, Layers, layer, layers_of
from lawful.propagation.alike import Alike, numbered
from lawful.propagation.moves import Moves
from lawful.propagation.starts import Starts
from lawful.system.model import Carried, Flow, Node


class Brought(NamedTuple):
    """What a flow brings: `sent` after each fixpoint; `there`, what it delivers, what it places, what starts on it."""

    sent: Layers = EMPTY
    there: tuple[int, int, int] = (0, 0, 0)

    @property
    def all(self) -> int:
        """What it brings in the end."""
        carried, placed, _ = self.there
        return carried | placed


NOTHING = Brought()


class Way:
    """What a flow does: what it carries and places of what it reads, what it has to find, what begins on it."""

    __slots__ = ("_flow", "_known", "_starts", "carry", "collected", "place", "put", "wanted")

    def __init__(self, flow: Flow, moves: Moves, starts: Starts) -> None:
        self._flow = flow
        self._starts = starts
        self.carry = moves.transfer(flow)
        self.place = moves.transfer(_as_placing(flow)) if flow.placing else None
        self.wanted = starts.wanted(flow)
        self.collected = starts.collected(flow)
        self.put = starts.put(flow) if flow.placing else 0
        self._known: dict[Layers | None, Brought] = {}

    @property
    def begins(self) -> int:
        """What begins on it, whatever it reads."""
        return self.collected | self.put

    def image(self, read: int) -> int:
        """What it brings of what it reads."""
        bits = self.carry.image(read)
        return bits | self.place.image(read) if self.place else bits

    def meeting(self, bits: int, among: int) -> int:
        """Those of some data that it reads of which it brings others."""
        found = self.carry.meeting(bits, among)
        return found | self.place.meeting(bits, among) if self.place else found

    def unsourced(self, read: int) -> int:
        """What it declares and does not find in what it reads."""
        return self._starts.unsourced(self._flow, self.wanted, read) if self.wanted else 0

    def placed(self, read: int) -> int:
        """What it places of which it reads nothing."""
        return self._starts.placed(self._flow, read) if self.place else 0

    def brought(self, reads: Layers | None) -> Brought:
        """What it brings where it reads this, after each of the fixpoints, or nothing ever."""
        found = self._known.get(reads)
        if found is None:
            found = self._known[reads] = self._brings(reads)
        return found

    def _brings(self, reads: Layers | None) -> Brought:
        first, late, late_placed = self.begins, 0, 0
        carried, placed = self.collected, self.put
        if reads is not None:
            read = layer(reads, 1)
            late, late_placed = self.unsourced(read), self.placed(read)
            carried |= self.carry.image(reads[-1]) | late
            if self.place:
                placed |= self.place.image(reads[-1]) | late_placed
        late |= late_placed
        there = (carried, placed, first | late)
        if reads is None or (len(reads) == 1 and not late):
            return Brought((carried | placed,), there)
        sent = [self.image(layer(reads, depth)) | first for depth in range(DEPTH)]
        return Brought(layers_of([*sent[:2], sent[2] | late, sent[3] | late]), there)


class Ways:
    """The ways of the flows of one system. Where nothing tells two flows apart, theirs is one and the same."""

    def __init__(self, moves: Moves, starts: Starts) -> None:
        self._moves = moves
        self._starts = starts
        self._nodes = moves.system.nodes
        self._said: Alike[Flow, int] = numbered(*_SAID)
        self._sources: dict[str, tuple[Node, int]] = {}
        self._begins: dict[Hashable, int] = {}
        self._known: dict[Hashable, Way] = {}

    def of(self, flow: Flow) -> Way:
        """The way of a flow."""
        nodes = self._nodes
        source = self._sources.get(flow.source)
        if source is None or source[0] is not nodes[flow.source]:
            source = self._source(nodes[flow.source])
        key = (self._said.of(flow), source[1], nodes[flow.target].owner)
        way = self._known.get(key)
        if way is None:
            way = Way(flow, self._moves, self._starts)
            if not self._starts.is_told_apart(flow):
                self._known[key] = way
        return way

    def _source(self, node: Node) -> tuple[Node, int]:
        """A node, with the number of what of it the ways from it turn on."""
        subject = node.id if node.kind == "subject" else ""
        begins = (self._moves.starting(node), subject, node.products)
        number = self._begins.setdefault(begins, len(self._begins))
        found = self._sources[node.id] = (node, number)
        return found


#: What of a flow a way turns on.
_SAID = (
    "carries",
    "whose",
    "uses",
    "same",
    "bases",
    "consents",
    "mechanisms",
    "channels",
    "guards",
    "changes",
    "marks",
    "unmarks",
    "placing",
)


def _as_placing(flow: Flow) -> Flow:
    """The flow as it places: it carries that category alone."""
    return replace(flow, carries=(Carried(flow.placing),), whose=())
