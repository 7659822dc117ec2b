"""Witnesses: how a datum came to be where it is, by the fewest flows (decision 42)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from lawful.system.model import System
from lawful.testing.reference.data import Datum
from lawful.testing.reference.propagation import Propagation
from lawful.testing.reference.spreading import Place
from lawful_dsl.frozen import frozen

#: A carrier: whether it is a flow or a node, and its id.
Carrier = tuple[str, str]
#: A datum as it was on a carrier.
Hop = tuple[Carrier, Datum]


@frozen(order=True)
class Witness:
    """How many flows a datum came by, which, the last one first, and what it was, from its origin on."""

    length: int = 0
    backwards: tuple[str, ...] = ()
    hops: tuple[Hop, ...] = field(default=(), compare=False)

    def along(self, place: Place, hop: Hop) -> Witness:
        """The witness of what comes from here to a place."""
        if place[0] not in ("delivered", "placed"):
            return replace(self, hops=(*self.hops, hop))
        return Witness(self.length + 1, (place[1], *self.backwards), (*self.hops, hop))


def witnesses(propagation: Propagation, system: System) -> Mapping[tuple[Place, Datum], Witness]:
    """The witness of every datum at every place."""
    sources = {flow.id: flow.source for flow in system.flows}
    # In one order always, for the sake of data that come in two ways by the same flows.
    order = {end: _order(end) for step in propagation.steps for end in step}
    steps = sorted(propagation.steps, key=lambda step: [order[end] for end in step])
    found: dict[tuple[Place, Datum], Witness] = {}
    changed = True
    while changed:
        changed = False
        for before, (place, datum) in steps:
            if before is not None and before not in found:
                continue
            start = found[before] if before is not None else Witness()
            witness = start.along(place, (_carrier(place, sources), datum))
            known = found.get((place, datum))
            if known is None or witness < known:
                found[place, datum] = witness
                changed = True
    return found


def _carrier(place: Place, sources: Mapping[str, str]) -> Carrier:
    kind, id = place
    if kind in ("delivered", "placed"):
        return "flow", id
    return "node", sources[id] if kind in ("brought", "read") else id


def _order(end: tuple[Place, Datum] | None) -> list[object]:
    if end is None:
        return []
    place, datum = end
    return [
        place,
        sorted(datum.extent),
        (datum.began.how, datum.began.at, datum.began.number, datum.subject, datum.form),
        sorted(sorted(part) for part in datum.lineage),
        *(sorted(each) for each in (datum.marks, datum.unmarked, datum.passed)),
        sorted((str(guard.state), guard.only_if) for guard in datum.guards),
        datum.named,
    ]
