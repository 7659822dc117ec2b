"""Events: the tuples of single values that rules judge (decisions 26 to 28)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product

from lawful.system.model import Consent, Fact, Flow, Join, Node, Use
from lawful.testing.reference.data import NOBODY, Began, Datum, met, origin_facts
from lawful.testing.reference.nodes import may_be_same_person
from lawful.testing.reference.propagation import Propagation
from lawful.testing.reference.spreading import Place
from lawful.testing.reference.truth import (
    UNDECLARED,
    Doubt,
    Truth,
    every,
    negated,
    some,
)
from lawful.testing.reference.world import World, acts_for_us, is_outside, is_us
from lawful_dsl.frozen import frozen
from lawful_dsl.program import EventKind

#: What stands for a place or channel that is known to be none.
NO_VALUE = "none"

#: The events that a flow makes of what it delivers.
CARRYING = (EventKind.TRANSFER, EventKind.USE, EventKind.DISCLOSURE, EventKind.COLLECTION)


@frozen(eq=False)
class Event:
    """One event. An empty place, channel or purpose is unknown; `flow` is None at a node.

    `starts` says that the carrier starts the datum. `consents` are those given on the carrier.
    `partner` is the other operand of a join, `join` the declaration, or None where the two are
    only together. `found` is where the propagation has the datum.
    """

    kind: EventKind
    carrier: str
    source: Node
    target: Node
    datum: Datum
    found: tuple[Place, Datum]
    use: Use
    place: str
    channel: str = ""
    flow: Flow | None = None
    starts: bool = False
    consents: Fact[Consent] = NOBODY
    partner: Datum | None = None
    join: Join | None = None


def events(world: World, propagation: Propagation, asked: Collection[EventKind]) -> Iterator[Event]:
    """Every event of a system, whether or not it is surely one, of the kinds that some rule asks about."""
    for flow in world.system.flows:
        for datum in propagation.at("delivered", flow.id):
            yield from _of_flow(
                world, flow, "delivered", datum, [k for k in CARRYING if k in asked]
            )
        for datum in propagation.at("placed", flow.id):
            yield from _of_flow(world, flow, "placed", datum, [EventKind.PLACEMENT])
    for node in world.system.nodes.values():
        held = propagation.at("held", node.id)
        for datum in held:
            if node.kind == "store" or node.kept:
                yield from _of_node(EventKind.STORAGE, node, datum, _uses(node.purposes))
            if node.purposes.values:
                yield from _of_node(EventKind.USE, node, datum, _uses(node.purposes))
        for datum in propagation.begun[node.id]:
            if not datum.unknown:
                yield from _collections(node, datum)
        for one, other in product(held, held) if EventKind.JOIN in asked else ():
            yield from _joins(world, node, one, other)


def _of_flow(
    world: World, flow: Flow, how: str, datum: Datum, kinds: list[EventKind]
) -> Iterator[Event]:
    nodes = world.system.nodes
    target = nodes[flow.target]
    places = target.places if flow.places.silent else flow.places
    uses = flow.uses
    if flow.same:
        inherited = origin_facts(world.system, datum).uses
        uses = (*uses, *(Use(use.purpose, flow.bases) for use in inherited))
    for kind, use, place, channel in product(
        kinds, uses or (Use(),), _values(places), _values(flow.channels)
    ):
        yield Event(
            kind,
            flow.id,
            nodes[flow.source],
            target,
            datum,
            ((how, flow.id), datum),
            use,
            place,
            channel,
            flow,
            starts=datum.began == Began("flow", flow.id),
            consents=flow.consents,
        )


def _of_node(kind: EventKind, node: Node, datum: Datum, uses: tuple[Use, ...]) -> Iterator[Event]:
    found = (("held", node.id), datum)
    for use, place in product(uses, _values(node.places)):
        yield Event(kind, node.id, node, node, datum, found, use, place)


def _collections(node: Node, datum: Datum) -> Iterator[Event]:
    """The collection of what a node generates or was declared to hold."""
    origin = node.origins[datum.began.number]
    for event in _of_node(EventKind.COLLECTION, node, datum, origin.uses or (Use(),)):
        found = (("arrived", node.id), datum)
        yield replace(event, found=found, starts=True, consents=origin.consents)


def _joins(world: World, node: Node, one: Datum, other: Datum) -> Iterator[Event]:
    """The joins that an ordered pair of data is part of, and the one that it may be."""
    if not may_be_same_person(one, other):
        return
    for join in node.joins:
        left, right = world.extent(join.left), world.extent(join.right)
        for mine, theirs in {(left, right), (right, left)}:
            a, b = met(one, mine), met(other, theirs)
            if a and b:
                uses = _uses(node.purposes if join.purposes.silent else join.purposes)
                for event in _of_node(EventKind.JOIN, node, a, uses):
                    yield replace(
                        event,
                        found=(("held", node.id), one),
                        consents=join.consents,
                        partner=b,
                        join=join,
                    )
    if one.extent != other.extent:
        for event in _of_node(EventKind.JOIN, node, one, _uses(node.purposes)):
            yield replace(event, partner=other)


def _values(fact: Fact[str]) -> tuple[str, ...]:
    """The values of a fact, one by one, and the empty one for one that is unknown."""
    return (*fact.values, *(() if fact.whole else ("",))) or (NO_VALUE,)


def _uses(purposes: Fact[str]) -> tuple[Use, ...]:
    """One use for each purpose; who names none has an unknown one."""
    return tuple(Use(p) for p in purposes.values) + (
        () if purposes.whole and purposes.values else (Use(),)
    )


# --- whether it is one ------------------------------------------------------------------------------


def happens(world: World, event: Event, leaf: str, purpose: str, partner: str, own: Truth) -> Truth:
    """Whether there is such an event, for one leaf of the datum (and of its partner) and a purpose.

    `own` says whether the target is the datum's own subject.
    """
    match event.kind:
        case EventKind.COLLECTION if event.flow is not None:
            return is_outside(world, event.source, leaf, purpose)
        case EventKind.DISCLOSURE:
            ours = is_us(world, event.source)
            acting = acts_for_us(world, event.source, leaf, purpose)
            return every(
                [
                    some([ours, acting]),
                    negated(is_us(world, event.target)),
                    negated(own),
                    negated(_one_owner(event.source, event.target)),
                ]
            )
        case EventKind.JOIN if event.join is None:
            return _may_be_joined(world, event, leaf, partner)
        case _:
            return True


def _one_owner(source: Node, target: Node) -> Truth:
    """Whether two nodes have the same owner."""
    if source.owner and target.owner:
        return source.owner == target.owner
    lonely = ("subject", "source", "recipient")
    if any(not node.owner and node.kind in lonely for node in (source, target)):
        return False
    return UNDECLARED


def _may_be_joined(world: World, event: Event, leaf: str, partner: str) -> Truth:
    """Whether leaves that are together may be joined: what is declared, either way, is known."""
    assert event.partner is not None
    doubt: Doubt = event.datum.doubt if event.datum.unknown else event.partner.doubt
    if event.datum.unknown or event.partner.unknown:
        return doubt
    node = event.target
    for left, right in [*((j.left, j.right) for j in node.joins), *node.apart]:
        one, other = world.extent(left), world.extent(right)
        if (leaf in one and partner in other) or (leaf in other and partner in one):
            return False
    return UNDECLARED
