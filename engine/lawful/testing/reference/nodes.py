"""Nodes: what becomes of the data that come to be held at one (decisions 18, 19 and 24)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lawful.system.model import Join, Node
from lawful.testing.reference.data import Datum, met, more_telling, opposite, pass_through
from lawful.testing.reference.world import World

#: A datum at a node, and one that the node makes of it.
Step = tuple[Datum, Datum]


def settle(world: World, node: Node, arriving: Iterable[Datum]) -> set[Step]:
    """What a node makes of the data that arrive, and of what it makes of those, and so on."""
    found = {pass_through(node, datum) for datum in arriving}
    steps: set[Step] = set()
    while True:
        steps |= {*_derived(world, node, found), *_joined(world, node, found)}
        more = {datum for _, datum in steps} - found
        if not more:
            return steps
        found |= more


def kept_of(world: World, node: Node, datum: Datum) -> Datum | None:
    """What remains of a datum at a node where some are removed."""
    removed = world.extent(d.source for d in node.derivations if d.removing)
    return datum if datum.unknown else met(datum, datum.extent - removed)


def may_be_same_person(left: Datum, right: Datum) -> bool:
    """Whether two data may be of one person: of one subject, and let through no opposite guards."""
    if left.subject and right.subject and left.subject != right.subject:
        return False
    return not any(opposite(guard) in right.guards for guard in left.guards)


def _derived(world: World, node: Node, found: set[Datum]) -> Iterator[Step]:
    for derivation in node.derivations:
        for datum in found:
            part = datum.extent & world.leaves(derivation.source)
            if part:
                result = world.leaves(derivation.result)
                yield datum, replace(datum, extent=result, lineage=datum.lineage | {part})


def _joined(world: World, node: Node, found: set[Datum]) -> Iterator[Step]:
    kept = [(datum, part) for datum in found if (part := kept_of(world, node, datum))]
    for i, join in enumerate(node.joins):
        left, right = world.extent(join.left), world.extent(join.right)
        made = (node.id, i)
        free = [(whole, part) for whole, part in kept if made not in part.joined]
        lefts = [(whole, one, a) for whole, one in free if (a := met(one, left))]
        rights = [(whole, one, b) for whole, one in free if (b := met(one, right))]
        for whole, one, a in lefts:
            for other_whole, other, b in rights:
                if may_be_same_person(a, b):
                    for owner, own, met_own, met_other in (
                        (whole, one, a, b),
                        (other_whole, other, b, a),
                    ):
                        result = _combined(world, join, own, met_own, met_other)
                        yield owner, replace(result, joined=own.joined | {made})


def _combined(world: World, join: Join, one: Datum, part: Datum, other: Datum) -> Datum:
    """What a join makes under the origin of one of its operands, of a part of it and a part of another."""
    form = more_telling(one.form, other.form)
    lineage = one.lineage | {other.extent}
    if not join.result:
        return replace(one, form=form, lineage=lineage)
    return replace(
        one,
        extent=world.leaves(join.result),
        form=form,
        lineage=lineage | {part.extent},
        guards=one.guards | other.guards,
        named=one.named and other.named,
    )
