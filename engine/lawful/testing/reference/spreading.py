"""Spreading: the least fixpoint of what nodes hold and flows bring, given what has started (15 to 20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from lawful.system.model import Carried, Flow, Node
from lawful.testing.reference.data import Datum, met, pass_through, process
from lawful.testing.reference.nodes import kept_of, settle
from lawful.testing.reference.world import World
from lawful_dsl.frozen import frozen

#: What `arrived` at a node and what is `held` there after removal, what was `brought` for a flow
#: that says `from` and what it `read` of that, what is `delivered` or `placed` by a flow; and the id.
Place = tuple[str, str]
#: A datum at a place from which there comes one at a place; None for what starts there.
Step = tuple[tuple[Place, Datum] | None, tuple[Place, Datum]]
Data = Mapping[Place, frozenset[Datum]]
Started = dict[Place, frozenset[Datum]]


@frozen(eq=False)
class Ground:
    """What does not change while data spread: for which leaves each node is outside, who relays.

    `settled` is what a node has been found to make of some data, and `sent` a flow of a datum, so
    that it is worked out once.
    """

    world: World
    outside: Mapping[str, frozenset[str]]
    relaying: frozenset[str]
    settled: dict[tuple[str, frozenset[Datum]], set[tuple[Datum, Datum]]] = field(
        default_factory=dict
    )
    sent: dict[tuple[str, tuple[Place, Datum]], tuple[tuple[Place, Datum], ...]] = field(
        default_factory=dict
    )


def spread(
    ground: Ground, started: Started, data: Data
) -> tuple[dict[Place, frozenset[Datum]], set[Step]]:
    """The least fixpoint of all nodes and flows, given what has started, from what is there already.

    That is no more than there will be: what starts later takes nothing away.
    """
    while True:
        steps: set[Step] = set()
        for node in ground.world.system.nodes.values():
            steps.update(_arrivals(ground, node, started, data))
            steps.update(_holdings(ground, node, data))
        for flow in ground.world.system.flows:
            steps.update(_readings(ground, flow, data))
            steps.update(_deliveries(ground, flow, started, data))
        reached: dict[Place, set[Datum]] = {}
        for _, (place, datum) in steps:
            reached.setdefault(place, set()).add(datum)
        now = {place: frozenset(found) for place, found in reached.items()}
        if now == data:
            return now, steps
        data = now


def _arrivals(ground: Ground, node: Node, started: Started, data: Data) -> Iterator[Step]:
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
    key = (node.id, frozenset(sources))
    if key not in ground.settled:
        ground.settled[key] = settle(ground.world, node, sources)
    for before, after in ground.settled[key]:
        yield (place, before), (place, after)


def _holdings(ground: Ground, node: Node, data: Data) -> Iterator[Step]:
    arrived: Place = ("arrived", node.id)
    for datum in data.get(arrived, frozenset()):
        kept = kept_of(ground.world, node, datum)
        if kept:
            yield (arrived, datum), (("held", node.id), kept)


def _readings(ground: Ground, flow: Flow, data: Data) -> Iterator[Step]:
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


def _deliveries(ground: Ground, flow: Flow, started: Started, data: Data) -> Iterator[Step]:
    """What a flow brings to its target, and what it places there."""
    for kind in ("delivered", "placed"):
        for datum in started.get((kind, flow.id), frozenset()):
            for result in process(ground.world, flow, datum):
                yield None, ((kind, flow.id), result)
    for source, datum in relayed(ground, flow, data):
        key = (flow.id, source)
        if key not in ground.sent:
            ground.sent[key] = tuple(_sent(ground.world, flow, datum))
        for place, result in ground.sent[key]:
            yield source, (place, result)


def _sent(world: World, flow: Flow, datum: Datum) -> Iterator[tuple[Place, Datum]]:
    """What a flow makes of one datum that it reads."""
    if datum.unknown:
        if _carries_unknown(flow):
            yield ("delivered", flow.id), datum
        return
    for extent, named in declared(world, flow):
        part = met(datum, extent)
        if part and _of_whose(world, flow, part):
            part = replace(part, named=False) if part.named and not named else part
            for result in process(world, flow, part):
                yield ("delivered", flow.id), result
    if flow.placing:
        part = met(datum, world.leaves(flow.placing))
        if part:
            for result in process(world, flow, part):
                yield ("placed", flow.id), result


def relayed(ground: Ground, flow: Flow, data: Data) -> Iterator[tuple[tuple[Place, Datum], Datum]]:
    """What a flow reads at its source, less what does not pass through that."""
    if flow.source not in ground.relaying:
        return
    place: Place = ("read", flow.id) if flow.from_flows else ("held", flow.source)
    for datum in data.get(place, frozenset()):
        part = datum if datum.unknown else met(datum, datum.extent - ground.outside[flow.source])
        if part:
            yield (place, datum), part


def declared(world: World, flow: Flow) -> list[tuple[frozenset[str], bool]]:
    """The extents that a flow declares to carry, and whether by name; a silent one carries all."""
    if flow.carries is None:
        return [(world.lattice.all_data, False)]
    return [
        (world.leaves(c.term), True)
        if c.term
        else (world.lattice.all_data - world.extent(c.excluded), False)
        for c in flow.carries
    ]


def _carries_unknown(flow: Flow) -> bool:
    """Whether unknown data crosses a flow: it is silent, or says `all`."""
    return flow.carries is None or Carried() in flow.carries


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
