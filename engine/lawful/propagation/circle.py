"""Circle: what comes to nodes that data go round, fixpoint by fixpoint (decision 21)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from lawful.kernel.layers import DEPTH, Layers, layer, layers_of, union
from lawful.propagation.places import Stay, Trip
from lawful.propagation.starts import Starts


@dataclass(frozen=True, slots=True)
class Round:
    """What has come to the nodes of a ring, began and started there, and what its inner flows have sent, in order."""

    came: Sequence[Layers]
    began: Sequence[int]
    started: Sequence[int]
    sent: Sequence[Layers]


class Circle:
    """A ring of nodes, in their order, the `inner` flows between them, and what others have brought."""

    def __init__(
        self, stays: Sequence[Stay], trips: Sequence[Trip], starts: Starts, nodes: Sequence[int]
    ) -> None:
        self._stays = stays
        self._trips = trips
        self._starts = starts
        self.nodes = nodes
        out = {f for n in nodes for f in stays[n].out}
        self.inner = sorted({f for n in nodes for f in stays[n].into} & out)
        self._brought = {
            n: union([trips[f].sent for f in stays[n].into if f not in out]) for n in nodes
        }
        self._began = {n: stays[n].generated for n in nodes}
        self._started = dict(self._began)
        self._given = {f: trips[f].way.begins for f in self.inner}

    def key(self) -> Hashable:
        """What tells it from other rings: whose is the same, those have the same round."""
        place = {n: i for i, n in enumerate(self.nodes)}
        order = {f: i for i, f in enumerate(self.inner)}
        stays = [self._stays[n] for n in self.nodes]
        nodes = [(stay.generated, self._starts.sort_of(stay.node), stay.closing) for stay in stays]
        flows = [
            (
                place[trip.source],
                place[trip.target],
                trip.way,
                tuple(order.get(v, self._trips[v].sent) for v in trip.via),
            )
            for trip in (self._trips[f] for f in self.inner)
        ]
        return tuple(nodes), tuple(flows), tuple(self._brought.values())

    def round(self) -> Round:
        """Go round after each of the fixpoints, until nothing changes."""
        nodes = self.nodes
        settled = all(len(layers) == 1 for layers in self._brought.values())
        came: list[dict[int, int]] = []
        sent: list[dict[int, int]] = []
        more = True
        for depth in range(DEPTH):
            if more or not settled:
                there = {n: self._started[n] | layer(self._brought[n], depth) for n in nodes}
                on_way = dict(self._given)
                self._go_round(there, on_way, depth)
            came.append(there)
            sent.append(on_way)
            before = dict(self._started), dict(self._given)
            self._start_late(there, on_way, depth)
            more = before != (self._started, self._given)
        return Round(
            _in_order(nodes, came),
            list(self._began.values()),
            list(self._started.values()),
            _in_order(self.inner, sent),
        )

    def _start_late(self, came: dict[int, int], sent: dict[int, int], depth: int) -> None:
        """What starts after a fixpoint."""
        if depth == 0:
            for n in self.nodes:
                self._began[n] |= self._starts.expected(self._stays[n].node, came[n])
                self._started[n] = self._began[n]
        elif depth == 1:
            for f in sent:
                trip = self._trips[f]
                read = self._read(trip, came, sent, depth)
                self._given[f] |= trip.way.unsourced(read) | trip.way.placed(read)
        elif depth == 2:
            for n in self.nodes:
                self._started[n] |= self._starts.not_known(self._stays[n].node, came[n])

    def _go_round(self, came: dict[int, int], sent: dict[int, int], depth: int) -> None:
        """The inner flows bring what they can, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for f in sent:
                trip = self._trips[f]
                bits = sent[f] | trip.way.image(self._read(trip, came, sent, depth))
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


def _in_order(places: Iterable[int], sets: Sequence[dict[int, int]]) -> list[Layers]:
    return [layers_of([there[place] for there in sets]) for place in places]
