"""Happenings: the events that carriers make of the data on them (decisions 26 to 28)."""

from __future__ import annotations

from collections.abc import Iterator

from lawful.propagation.data import Datum, same_subject
from lawful.rules.environment import Frame, Happening, Law
from lawful.system.model import NONE, UNKNOWN, Fact, Use
from lawful_dsl.program import EventKind

#: The kinds of event that a flow makes of what it carries.
FLOW_KINDS = frozenset(
    {EventKind.COLLECTION, EventKind.TRANSFER, EventKind.DISCLOSURE, EventKind.USE}
)
#: The kinds of event of a node.
NODE_KINDS = frozenset({EventKind.STORAGE, EventKind.USE, EventKind.COLLECTION, EventKind.JOIN})


def each(fact: Fact[str]) -> tuple[str, ...]:
    """The values of a fact one by one, and one unknown where there may be more."""
    return fact.values if fact.whole and fact.values else (*fact.values, "")


def on_flow(
    law: Law, frame: Frame, kind: EventKind, datum: Datum, begins: bool
) -> Iterator[Happening]:
    """The events of one kind that a flow makes of one datum."""
    flow = frame.flow
    assert flow is not None
    places = each(flow.places if not flow.places.unknown else frame.target.places)
    channels = ("",) if flow.channels == NONE else each(flow.channels)
    for use in uses_of(flow.uses, flow.same, datum):
        for place in places:
            for channel in channels:
                yield Happening(kind, frame, datum, use, place, channel, begins=begins)


def uses_of(uses: tuple[Use, ...], same: bool, datum: Datum) -> tuple[Use, ...]:
    """The purposes of a carrier; `for same` takes those for which the datum was collected."""
    if not same:
        return uses
    collected = datum.beginning.uses
    bases = uses[0].bases if uses else UNKNOWN
    if not collected:
        return (Use("", bases),)
    return tuple(dict.fromkeys(Use(u.purpose, bases) for u in collected))


def at_node(law: Law, frame: Frame, kind: EventKind, datum: Datum) -> Iterator[Happening]:
    """The events of one kind, storage or use, that a node makes of one datum."""
    node = frame.target
    if kind is EventKind.STORAGE and node.kind != "store":
        return
    if kind is EventKind.USE and not node.purposes.values:
        return
    for purpose in each(node.purposes):
        for place in each(node.places):
            yield Happening(kind, frame, datum, Use(purpose), place)


def begun(law: Law, frame: Frame, datum: Datum) -> Iterator[Happening]:
    """The collections of a datum that began at a node."""
    node = frame.target
    uses = _declared_uses(law, frame, datum)
    for use in uses:
        for place in each(node.places):
            yield Happening(EventKind.COLLECTION, frame, datum, use, place, begins=True)


def _declared_uses(law: Law, frame: Frame, datum: Datum) -> tuple[Use, ...]:
    found: dict[Use, None] = {}
    for origin in frame.target.origins:
        if (
            law.leaves.mask(origin.term) == datum.extent
            and origin.subject == datum.beginning.subject
        ):
            found.update(dict.fromkeys(origin.uses or (Use(),)))
    return tuple(found) or (Use(),)


def joins(law: Law, frame: Frame, data: list[Datum]) -> Iterator[Happening]:
    """The joins of a node, per ordered pair: declared ones, and those that may be (decision 28)."""
    node = frame.target
    leaves = law.leaves
    declared = [(j, leaves.masks(j.left), leaves.masks(j.right)) for j in node.joins]
    apart = [(leaves.masks(left), leaves.masks(right)) for left, right in node.apart]
    for one in data:
        for other in data:
            if one is other or one.unknown or other.unknown:
                continue
            same = same_subject(one, other)
            if same is False:
                continue
            purposes: dict[str, None] = {}
            named = False
            for join, left, right in declared:
                if _meets(one, other, left, right) or _meets(one, other, right, left):
                    named = True
                    fact = node.purposes if join.purposes.unknown else join.purposes
                    purposes.update(dict.fromkeys(each(fact)))
            if not named:
                if one.extent == other.extent or any(
                    _meets(one, other, a, b) or _meets(one, other, b, a) for a, b in apart
                ):
                    continue
                purposes.update(dict.fromkeys(each(node.purposes)))
            for purpose in purposes:
                for place in each(node.places):
                    yield Happening(
                        EventKind.JOIN,
                        frame,
                        one,
                        Use(purpose),
                        place,
                        partner=other.extent,
                        sure=named and same is True,
                    )


def _meets(one: Datum, other: Datum, left: int, right: int) -> bool:
    return bool(one.extent & left and other.extent & right)
