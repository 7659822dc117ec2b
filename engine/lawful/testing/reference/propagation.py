"""Propagation: all data that come to be anywhere, component by component (decisions 12 to 25)."""

from __future__ import annotations

from collections.abc import Mapping

from lawful.system.model import System
from lawful.testing.reference.data import Datum, pass_through
from lawful.testing.reference.spreading import Data, Ground, Started, Step, spread
from lawful.testing.reference.starting import (
    begin,
    origins,
    placements,
    start_held,
    start_unknown,
    start_unsourced,
)
from lawful.testing.reference.world import World, outside_leaves, relays
from lawful_dsl.frozen import frozen


@frozen(eq=False)
class Propagation:
    """The data at every place, those that began at nodes, and from what each came."""

    data: Data
    begun: Mapping[str, frozenset[Datum]]
    steps: frozenset[Step]

    def at(self, kind: str, id: str) -> frozenset[Datum]:
        """The data at a place."""
        return self.data.get((kind, id), frozenset())


def propagate(world: World) -> Propagation:
    """All data that come to be anywhere in the system."""
    nodes = world.system.nodes
    ground = Ground(
        world,
        {id: outside_leaves(world, node) for id, node in nodes.items()},
        frozenset(id for id, node in nodes.items() if relays(world, node)),
    )
    started: Started = {
        ("arrived", id): frozenset(begin(world, node, "generates", frozenset()))
        for id, node in nodes.items()
    }
    for flow in world.system.flows:
        started["delivered", flow.id] = frozenset(origins(ground, flow))
        started["placed", flow.id] = frozenset(placements(ground, flow))
    data, steps = spread(ground, started, {})
    for component in components(world.system):
        for start in (start_held, start_unsourced, start_unknown):
            # Each looks at one state for the whole component.
            found = [(place, more) for place, more in start(ground, component, data) if more]
            for place, more in found:
                started[place] = started.get(place, frozenset()) | more
            if found:
                data, steps = spread(ground, started, data)
    begun = {
        id: frozenset(pass_through(node, datum) for datum in started["arrived", id])
        for id, node in nodes.items()
    }
    return Propagation(data, begun, frozenset(steps))


def components(system: System) -> list[frozenset[str]]:
    """The strongly connected components of the nodes, those that come first first."""
    after: dict[str, set[str]] = {id: {id} for id in system.nodes}
    changed = True
    while changed:
        changed = False
        for flow in system.flows:
            for reached in after.values():
                if flow.source in reached and flow.target not in reached:
                    reached.add(flow.target)
                    changed = True
    found = {frozenset(n for n in after[id] if id in after[n]) for id in after}
    before = {c: sum(1 for id in after if c <= after[id]) for c in found}
    return sorted(found, key=lambda c: (before[c], sorted(c)))
