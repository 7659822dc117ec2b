"""Circle: what comes to nodes that data go round, fixpoint by fixpoint (decision 21)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lawful.kernel.layers import DEPTH, Layers, layer, layers_of, union
from lawful.propagation.places import Stay, Trip
from lawful.propagation.starts import Starts


class Circle:
    """What has come to each node of a ring, began and started there, and what its inner flows have sent."""

    def __init__(
        self, stays: Sequence[Stay], trips: Sequence[Trip], starts: Starts, ring: Sequence[int]
    ) -> None:
        self._stays = stays
        self._trips = trips
        self._starts = starts
        self._ring = ring
        out = {f for n in ring for f in stays[n].out}
        inner = sorted({f for n in ring for f in stays[n].into} & out)
        self.began = {n: stays[n].generated for n in ring}
        self.started = dict(self.began)
        self._given = {f: trips[f].collected | trips[f].put for f in inner}
        brought = {n: union([trips[f].sent for f in stays[n].into if f not in out]) for n in ring}
        settled = all(len(layers) == 1 for layers in brought.values())
        came: list[dict[int, int]] = []
        sent: list[dict[int, int]] = []
        more = True
        for depth in range(DEPTH):
            if more or not settled:
                there = {n: self.started[n] | layer(brought[n], depth) for n in ring}
                on_way = dict(self._given)
                self._go_round(there, on_way, depth)
            came.append(there)
            sent.append(on_way)
            before = dict(self.started), dict(self._given)
            self._start_late(there, on_way, depth)
            more = before != (self.started, self._given)
        self.came = _by_place(ring, came)
        self.sent = _by_place(inner, sent)

    def _start_late(self, came: dict[int, int], sent: dict[int, int], depth: int) -> None:
        """What starts after a fixpoint."""
        if depth == 0:
            for n in self._ring:
                self.began[n] |= self._starts.expected(self._stays[n].node, came[n])
                self.started[n] = self.began[n]
        elif depth == 1:
            for f in sent:
                trip = self._trips[f]
                read = self._read(trip, came, sent, depth)
                self._given[f] |= self._starts.unsourced(trip.flow, trip.wanted, read)
                self._given[f] |= self._starts.placed(trip.flow, read) if trip.place else 0
        elif depth == 2:
            for n in self._ring:
                self.started[n] |= self._starts.not_known(self._stays[n].node, came[n])

    def _go_round(self, came: dict[int, int], sent: dict[int, int], depth: int) -> None:
        """The inner flows bring what they can, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for f in sent:
                trip = self._trips[f]
                bits = sent[f] | trip.image(self._read(trip, came, sent, depth))
                if bits != sent[f] or bits & ~came[trip.target]:
                    sent[f] = bits
                    came[trip.target] |= bits
                    changed = True

    def _read(self, trip: Trip, came: dict[int, int], sent: dict[int, int], depth: int) -> int:
        """What an inner flow reads, of what has come so far."""
        bits = 0 if trip.via else came[trip.source]
        for v in trip.via:
            bits |= sent[v] if v in sent else layer(self._trips[v].sent, depth)
        return self._stays[trip.source].make(bits)


def _by_place(places: Iterable[int], sets: Sequence[dict[int, int]]) -> dict[int, Layers]:
    return {place: layers_of([there[place] for there in sets]) for place in places}
