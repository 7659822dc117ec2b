"""Starting: what begins at nodes and on flows, and what was declared and did not arrive (12, 13, 21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawful.system.model import Flow, Node
from lawful.testing.reference.data import Began, Datum, pass_through, unknown_data
from lawful.testing.reference.spreading import Data, Ground, Place, declared, relayed
from lawful.testing.reference.world import World

#: The data that start at a place.
Starts = Iterator[tuple[Place, frozenset[Datum]]]


def begin(world: World, node: Node, word: str, there: Iterable[Datum]) -> Iterator[Datum]:
    """What a node generates, or is declared to hold of which no leaf is there."""
    present = frozenset[str]().union(*(datum.extent for datum in there))
    for number, origin in enumerate(node.origins):
        extent = world.leaves(origin.term)
        if origin.word == word and not extent & present:
            yield Datum(extent, Began("node", node.id, number), origin.subject)


def origins(ground: Ground, flow: Flow) -> Iterator[Datum]:
    """What starts on a flow out of a subject, or out of a node that is outside (decisions 12, 13)."""
    node = ground.world.system.nodes[flow.source]
    for extent, named in declared(ground.world, flow):
        part = extent & ground.outside[node.id]
        for subject in _whose(ground.world, flow, node) if part else ():
            yield pass_through(node, Datum(part, Began("flow", flow.id), subject, named=named))


def placements(ground: Ground, flow: Flow) -> Iterator[Datum]:
    """What a flow out of a subject, or out of a node that is outside, starts by placing it (25)."""
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


def start_held(ground: Ground, component: frozenset[str], data: Data) -> Starts:
    """What nodes are declared to hold of which no leaf is there."""
    for id in sorted(component):
        node = ground.world.system.nodes[id]
        into = [flow.id for flow in ground.world.system.flows if flow.target == id]
        brought = [data.get((how, f), frozenset()) for f in into for how in ("delivered", "placed")]
        # What the node itself makes of it does not arrive.
        there = frozenset(begin(ground.world, node, "generates", frozenset())).union(*brought)
        yield ("arrived", id), frozenset(begin(ground.world, node, "holds", there))


def start_unsourced(ground: Ground, component: frozenset[str], data: Data) -> Starts:
    """What flows declare of which no leaf is at their source; `all` names nothing that could lack."""
    world = ground.world
    for flow in world.system.flows:
        if flow.source not in component or flow.source not in ground.relaying:
            continue
        outside = ground.outside[flow.source]
        there = frozenset[str]().union(*(d.extent for _, d in relayed(ground, flow, data)))
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


def start_unknown(ground: Ground, component: frozenset[str], data: Data) -> Starts:
    """The unknown data of nodes that declare nothing and that nothing reaches."""
    for id in sorted(component & ground.relaying):
        if ground.world.system.nodes[id].silent and not data.get(("arrived", id)):
            yield ("arrived", id), frozenset({unknown_data(id)})
