"""Overlays: what a change makes texts say otherwise of a system that is imported, beside what it imports.

Whatever the imported files bring with the change needs its lines, and what they take away loses them. All else
that overlays say otherwise nothing checks, and somebody is to accept it; but a party or a node that comes does
nothing by itself, and of a party that goes others tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from lawful.analysis.difference import Change, Difference
from lawful.analysis.record import Record
from lawful.findings import WAYS
from lawful.system.attested import ALONE, Attested

#: What a flow is called by, here as where it is said.
_ARROW = f" {WAYS[0]} "


def overlaid(
    before: Record, after: Record, now_called: Mapping[str, str]
) -> tuple[Difference, ...]:
    """What overlays say otherwise of what did not come or go with the imported files; none where one is not known.

    What the record says has the ids that nodes have now, by `now_called`, but for the ends of flows.
    """
    if before.overlay is None or after.overlay is None:
        return ()
    was, now = before.overlay, after.overlay
    there, here = _things(before, now_called), _things(after, {})
    comes, goes = here - there, there - here
    turned = _by_files(comes, now) | _by_files(goes, was)
    return tuple(
        _difference(thing, _facts(was, thing), _facts(now, thing))
        for thing in sorted({*was, *now})
        if (thing in comes | goes or _facts(was, thing) != _facts(now, thing))
        and not turned & _within(thing)
        and not (thing.startswith("party ") and (thing not in was or thing not in now))
        and not (thing.startswith("node ") and thing in comes)
        and not (thing in goes and _alone_with(thing, was, turned))
    )


def _things(record: Record, called: Mapping[str, str]) -> frozenset[str]:
    """The nodes of a record, and its flows by their ends."""
    nodes = {thing for thing in record.says if thing.startswith("node ")}
    flows = {
        f"flow {called.get(said['source'], said['source'])}{_ARROW}{called.get(said['target'], said['target'])}"
        for thing, said in record.says.items()
        if thing.startswith("flow ")
    }
    return frozenset(nodes | flows)


def _by_files(those: Set[str], overlay: Attested) -> frozenset[str]:
    """Of some things those that imported files make."""
    return frozenset(thing for thing in those if ALONE not in overlay.get(thing, ()))


def _within(thing: str) -> frozenset[str]:
    """A thing and, of a flow, its ends."""
    kind, _, id = thing.partition(" ")
    ends = id.split(_ARROW, 1) if kind == "flow" else []
    return frozenset({thing, *(f"node {end}" for end in ends)})


def _alone_with(thing: str, was: Attested, turned: Set[str]) -> bool:
    """Whether a node got from or sent to one that the imported files take away."""
    flows = (_within(each) for each in was if each.startswith("flow "))
    return any(thing in ends and turned & ends for ends in flows)


def _facts(overlay: Attested, thing: str) -> tuple[str, ...]:
    return tuple(fact for fact in overlay.get(thing, ()) if fact != ALONE)


def _difference(thing: str, old: tuple[str, ...], new: tuple[str, ...]) -> Difference:
    change = Change.CHANGED if old and new else Change.ADDED if new else Change.REMOVED
    return Difference(change, "overlay", thing, (), "; ".join(old), "; ".join(new))
