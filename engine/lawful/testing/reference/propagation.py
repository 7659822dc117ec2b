"""Propagation: the least fixpoint, component by component (decisions 12 to 25)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lawful.system.model import Carried, Flow, Node, System
from lawful.testing.reference.data import (
    Began,
    Datum,
    met,
    pass_through,
    process,
    unknown_data,
)
from lawful.testing.reference.nodes import kept_of, settle
from lawful.testing.reference.world import World, outside_leaves, relays

#: `arrived` at a node, `held` there after removal, `read` by a flow, `delivered` or `placed` by one.
Place = tuple[str, str]
Step = tuple[tuple[Place, Datum] | None, tuple[Place, Datum]]


@dataclass(frozen=True, eq=False, slots=True)
class Propagation:
    """The data at every place, those that began at nodes, and from what each came."""

    data: Mapping[Place, frozenset[Datum]]
    begun: Mapping[str, frozenset[Datum]]
    steps: frozenset[Step]

    def at(self, kind: str, id: str) -> frozenset[Datum]:
        """The data at a place."""
        return self.data.get((kind, id), frozenset())


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """What does not change while data spread: for which leaves each node is outside, who relays."""

    world: World
    outside: Mapping[str, frozenset[str]]
    relaying: frozenset[str]


Started = dict[Place, frozenset[Datum]]


def propagate(world: World) -> Propagation:
    """All data that come to be anywhere in the system."""
    nodes = world.system.nodes
    ground = Ground(
        world,
        {id: outside_leaves(world, node) for id, node in nodes.items()},
        frozenset(id for id, node in nodes.items() if relays(world, node)),
    )
    started: Started = {
        ("arrived", id): frozenset(_begin(world, node, "generates", frozenset()))
        for id, node in nodes.items()
    }
    for flow in world.system.flows:
        started["delivered", flow.id] = frozenset(_origins(ground, flow))
        started["placed", flow.id] = frozenset(_placements(ground, flow))
    for component in components(world.system):
        for start in (_start_held, _start_unsourced, _start_unknown):
            data, _ = _spread(ground, started)
            # Each looks at one state for the whole component.
            for place, more in list(start(ground, component, data)):
                started[place] = started.get(place, frozenset()) | more
    data, steps = _spread(ground, started)
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


# --- the fixpoint -----------------------------------------------------------------------------------


def _spread(ground: Ground, started: Started) -> tuple[dict[Place, frozenset[Datum]], set[Step]]:
    """The least fixpoint of all nodes and flows, given what has started."""
    data: dict[Place, frozenset[Datum]] = {}
    while True:
        steps: set[Step] = set()
        for id, node in ground.world.system.nodes.items():
            steps |= _arrivals(ground, node, started, data)
            steps |= _holdings(ground, node, data)
        for flow in ground.world.system.flows:
            steps |= _readings(ground, flow, data)
            steps |= _deliveries(ground, flow, started, data)
        reached: dict[Place, set[Datum]] = {}
        for _, (place, datum) in steps:
            reached.setdefault(place, set()).add(datum)
        now = {place: frozenset(found) for place, found in reached.items()}
        if now == data:
            return data, steps
        data = now


def _arrivals(
    ground: Ground, node: Node, started: Started, data: Mapping[Place, frozenset[Datum]]
) -> Iterator[Step]:
    """What begins at a node, what its flows bring, and what the node makes of it."""
    sources: dict[Datum, set[tuple[Place, Datum] | None]] = {}
    for datum in started.get(("arrived", node.id), frozenset()):
        sources.setdefault(datum, set()).add(None)
    for flow in ground.world.system.flows:
        for kind in ("delivered", "placed"):
            if flow.target == node.id:
                for datum in data.get((kind, flow.id), frozenset()):
                    sources.setdefault(datum, set()).add(((kind, flow.id), datum))
    yield from _settled(ground, node, ("arrived", node.id), sources)


def _settled(
    ground: Ground,
    node: Node,
    place: Place,
    sources: Mapping[Datum, set[tuple[Place, Datum] | None]],
) -> Iterator[Step]:
    for datum, froms in sources.items():
        for source in froms:
            yield source, (place, pass_through(node, datum))
    for before, after in settle(ground.world, node, sources):
        yield (place, before), (place, after)


def _holdings(
    ground: Ground, node: Node, data: Mapping[Place, frozenset[Datum]]
) -> Iterator[Step]:
    arrived: Place = ("arrived", node.id)
    for datum in data.get(arrived, frozenset()):
        kept = kept_of(ground.world, node, datum)
        if kept:
            yield (arrived, datum), (("held", node.id), kept)


def _readings(
    ground: Ground, flow: Flow, data: Mapping[Place, frozenset[Datum]]
) -> Iterator[Step]:
    """What a flow reads that says `from` which others it reads (decision 20)."""
    if not flow.from_flows:
        return
    node = ground.world.system.nodes[flow.source]
    sources: dict[Datum, set[tuple[Place, Datum] | None]] = {}
    for id in flow.from_flows:
        for kind in ("delivered", "placed"):
            for datum in data.get((kind, id), frozenset()):
                sources.setdefault(datum, set()).add(((kind, id), datum))
    inner: Place = ("brought", flow.id)
    for before, after in _settled(ground, node, inner, sources):
        yield before, after
        kept = kept_of(ground.world, node, after[1])
        if kept:
            yield after, (("read", flow.id), kept)


def _deliveries(
    ground: Ground, flow: Flow, started: Started, data: Mapping[Place, frozenset[Datum]]
) -> Iterator[Step]:
    """What a flow brings to its target, and what it places there."""
    for kind in ("delivered", "placed"):
        for datum in started.get((kind, flow.id), frozenset()):
            for result in process(ground.world, flow, datum):
                yield None, ((kind, flow.id), result)
    for source, datum in _relayed(ground, flow, data):
        if datum.unknown:
            if Carried() in flow.carries if flow.carries is not None else not flow.placing:
                yield source, (("delivered", flow.id), datum)
            continue
        for extent, named in declared(ground.world, flow):
            part = met(datum, extent)
            if part and _of_whose(ground.world, flow, part):
                part = replace(part, named=part.named and named)
                for result in process(ground.world, flow, part):
                    yield source, (("delivered", flow.id), result)
        if flow.placing:
            part = met(datum, ground.world.leaves(flow.placing))
            if part and _of_whose(ground.world, flow, part):
                for result in process(ground.world, flow, part):
                    yield source, (("placed", flow.id), result)


def _relayed(
    ground: Ground, flow: Flow, data: Mapping[Place, frozenset[Datum]]
) -> Iterator[tuple[tuple[Place, Datum], Datum]]:
    """What a flow reads at its source, less what does not pass through that."""
    if flow.source not in ground.relaying:
        return
    place: Place = ("read", flow.id) if flow.from_flows else ("held", flow.source)
    for datum in data.get(place, frozenset()):
        part = (
            datum
            if datum.unknown
            else met(datum, datum.extent - ground.outside[flow.source])
        )
        if part:
            yield (place, datum), part


def declared(world: World, flow: Flow) -> list[tuple[frozenset[str], bool]]:
    """The extents that a flow declares, and whether by name; one that only places declares no more."""
    if flow.carries is None:
        return [] if flow.placing else [(world.lattice.all_data, False)]
    return [
        (world.leaves(c.term), True)
        if c.term
        else (world.lattice.all_data - world.extent(c.excluded), False)
        for c in flow.carries
    ]


def _of_whose(world: World, flow: Flow, datum: Datum) -> bool:
    """Whether a datum is, or may be, of those whose data the flow carries."""
    subject = world.system.subjects.get(datum.subject)
    if not flow.whose or subject is None:
        return True
    return any(
        who == subject.id
        or not subject.kind
        or (who not in world.system.subjects and world.lattice.is_a(subject.kind, who) is not False)
        for who in flow.whose
    )


# --- what starts ------------------------------------------------------------------------------------


def _begin(world: World, node: Node, word: str, there: Iterable[Datum]) -> Iterator[Datum]:
    """What a node generates, or is declared to hold of which no leaf is there."""
    present = frozenset[str]().union(*(datum.extent for datum in there))
    for number, origin in enumerate(node.origins):
        extent = world.leaves(origin.term)
        if origin.word == word and not extent & present:
            yield Datum(extent, Began("node", node.id, number), origin.subject)


def _origins(ground: Ground, flow: Flow) -> Iterator[Datum]:
    """What starts on a flow out of a subject, or out of a node that is outside (decisions 12, 13)."""
    node = ground.world.system.nodes[flow.source]
    for extent, named in declared(ground.world, flow):
        part = extent & ground.outside[node.id]
        for subject in _whose(ground.world, flow, node) if part else ():
            yield pass_through(node, Datum(part, Began("flow", flow.id), subject, named=named))


def _placements(ground: Ground, flow: Flow) -> Iterator[Datum]:
    node = ground.world.system.nodes[flow.source]
    part = ground.world.leaves(flow.placing) & ground.outside[node.id] if flow.placing else None
    if part:
        yield pass_through(node, _placed(ground.world, flow, part))


def _placed(world: World, flow: Flow, extent: frozenset[str]) -> Datum:
    return Datum(extent, Began("flow", flow.id), world.system.nodes[flow.target].subject)


def _whose(world: World, flow: Flow, node: Node) -> list[str]:
    """Whose data start on a flow: those it names, else the subject at its source, else unknown."""
    if not flow.whose:
        return [(node.subject or node.id) if node.kind == "subject" else ""]
    subjects = world.system.subjects
    named: set[str] = set()
    for who in flow.whose:
        of_kind = {s.id for s in subjects.values() if world.lattice.is_a(s.kind, who) is True}
        named |= {who} if who in subjects else of_kind or {""}
    return sorted(named)


Starts = Iterator[tuple[Place, frozenset[Datum]]]


def _start_held(
    ground: Ground, component: frozenset[str], data: Mapping[Place, frozenset[Datum]]
) -> Starts:
    for id in sorted(component):
        there = data.get(("arrived", id), frozenset())
        node = ground.world.system.nodes[id]
        yield ("arrived", id), frozenset(_begin(ground.world, node, "holds", there))


def _start_unsourced(
    ground: Ground, component: frozenset[str], data: Mapping[Place, frozenset[Datum]]
) -> Starts:
    """What flows declare of which no leaf is at their source; `all` names nothing that could lack."""
    world = ground.world
    for flow in world.system.flows:
        if flow.source not in component or flow.source not in ground.relaying:
            continue
        outside = ground.outside[flow.source]
        there = frozenset[str]().union(*(d.extent for _, d in _relayed(ground, flow, data)))
        subject = flow.whose[0] if len(flow.whose) == 1 else ""
        subject = subject if subject in world.system.subjects else ""
        named = [
            extent
            for (extent, _), carried in zip(declared(world, flow), flow.carries or (), strict=False)
            if carried.term or carried.excluded
        ]
        lacking = [extent for extent in named if extent and not extent & (there | outside)]
        yield (
            ("delivered", flow.id),
            frozenset(Datum(e, Began("unsourced", flow.id), subject) for e in lacking),
        )
        extent = world.leaves(flow.placing) if flow.placing else frozenset()
        if extent and not extent & (there | outside):
            yield ("placed", flow.id), frozenset({_placed(world, flow, extent)})


def _start_unknown(
    ground: Ground, component: frozenset[str], data: Mapping[Place, frozenset[Datum]]
) -> Starts:
    for id in sorted(component & ground.relaying):
        if ground.world.system.nodes[id].silent and not data.get(("arrived", id)):
            yield ("arrived", id), frozenset({unknown_data(id)})
