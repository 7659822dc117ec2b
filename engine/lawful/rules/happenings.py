"""Happenings: the events that carriers make of the data on them (decisions 26 to 28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lawful.propagation.data import Datum, same_subject
from lawful.rules.environment import NO_VALUE, Frame, Happening, Law
from lawful.system.model import NONE, Fact, Flow, Use
from lawful_dsl.program import EventKind

#: The kinds of event that a flow makes of what it carries.
FLOW_KINDS = frozenset(
    {EventKind.COLLECTION, EventKind.TRANSFER, EventKind.DISCLOSURE, EventKind.USE}
)


def each(fact: Fact[str]) -> tuple[str, ...]:
    """The values of a fact one by one, and one unknown where there may be more."""
    return fact.values if fact.whole and fact.values else (*fact.values, "")


def each_or_none(fact: Fact[str]) -> tuple[str, ...]:
    """The same of places and channels, of which it may be known that there are none."""
    return (NO_VALUE,) if fact == NONE else each(fact)


def on_flow(
    law: Law, frame: Frame, kind: EventKind, datum: Datum, begins: bool
) -> Iterator[Happening]:
    """The events of one kind that a flow makes of one datum."""
    flow = frame.flow
    assert flow is not None
    places = each_or_none(frame.target.places if flow.places.silent else flow.places)
    channels = each_or_none(flow.channels)
    for use in uses_of(flow, datum):
        for place in places:
            for channel in channels:
                yield Happening(kind, frame, datum, use, place, channel, begins=begins)


def uses_of(flow: Flow, datum: Datum) -> tuple[Use, ...]:
    """The purposes of a flow; `for same` adds those for which the datum was collected."""
    if not flow.same:
        return flow.uses
    collected = datum.beginning.uses or (Use(),)
    return tuple(dict.fromkeys([*flow.uses, *(Use(u.purpose, flow.bases) for u in collected)]))


def at_node(law: Law, frame: Frame, kind: EventKind, datum: Datum) -> Iterator[Happening]:
    """The events of one kind, storage or use, that a node makes of one datum."""
    node = frame.target
    if kind is EventKind.STORAGE and not node.keeps:
        return
    if kind is EventKind.USE and not node.purposes.values:
        return
    for purpose in each(node.purposes):
        for place in each_or_none(node.places):
            yield Happening(kind, frame, datum, Use(purpose), place)


def begun(frame: Frame, datum: Datum) -> Iterator[Happening]:
    """The collections of a datum that began at a node, for what its origin there says."""
    for use in datum.beginning.uses or (Use(),):
        for place in each_or_none(frame.target.places):
            yield Happening(EventKind.COLLECTION, frame, datum, use, place, begins=True)


def joins(law: Law, frame: Frame, one: Datum, other: Datum) -> Iterator[Happening]:
    """The joins of a node that an ordered pair of data is part of: declared ones, and one that may be (decision 28)."""
    if same_subject(one, other) is False:
        return
    node, leaves = frame.target, law.leaves
    for i, join in enumerate(node.joins):
        left, right = leaves.masks(join.left), leaves.masks(join.right)
        purposes = node.purposes if join.purposes.silent else join.purposes
        for mine, theirs in {(left, right), (right, left)}:
            if one.extent & mine and other.extent & theirs:
                met = replace(one, extent=one.extent & mine)
                yield from _joined(frame, met, other.extent & theirs, purposes, i)
    if one.extent != other.extent:
        yield from _joined(frame, one, other.extent, node.purposes, -1)


def _joined(
    frame: Frame, datum: Datum, partner: int, purposes: Fact[str], join: int
) -> Iterator[Happening]:
    for purpose in each(purposes):
        for place in each_or_none(frame.target.places):
            yield Happening(
                EventKind.JOIN, frame, datum, Use(purpose), place, partner=partner, join=join
            )
