"""Paths: witnesses as a report tells them, hop by hop, with what each hop did to the datum."""

from __future__ import annotations

from lawful.findings import Step
from lawful.kernel.witness import Path
from lawful.propagation import Propagation
from lawful.propagation.data import Datum


def stations(propagation: Propagation, path: Path) -> tuple[tuple[str, int], ...]:
    """The carriers that a path passes on its way, each with the number of the datum there, in order."""
    found: list[tuple[str, int]] = []
    for hop in path.hops:
        flow = propagation.flows[hop.flow]
        if hop.read >= 0:
            found.append((flow.source, hop.read))
        found.append((flow.id, hop.delivered))
    return tuple(found)


def origin(propagation: Propagation, path: Path, node: int = -1) -> str:
    """The id of the flow or node where a path begins."""
    if path.node >= 0:
        return propagation.nodes[path.node].id
    if path.hops:
        return propagation.flows[path.hops[0].flow].id
    return propagation.nodes[node].id


def steps(propagation: Propagation, path: Path, number: int, node: int = -1) -> tuple[Step, ...]:
    """A path to a datum (by number) as steps; `node` is where it ends for a node's event."""
    data = propagation.universe.data
    found: list[Step] = []

    def category(datum: Datum) -> str:
        return name_of(propagation, datum)

    if path.node >= 0:
        start = propagation.nodes[path.node]
        first = data[path.hops[0].came] if path.hops else data[number]
        found.append(
            Step(start.id, start.id, start.id, category(first), ("begins here",), start.span)
        )
    for hop in path.hops:
        flow = propagation.flows[hop.flow]
        delivered = data[hop.delivered]
        did: list[str] = []
        if hop.came < 0:
            did.append(
                "is declared here, though nothing like it arrives at the source"
                if delivered.beginning.unsourced
                else "is collected"
            )
        else:
            came, read = data[hop.came], data[hop.read]
            did += differences(came, read, propagation)
            did += differences(read, delivered, propagation)
        if flow.kind == "hosting":
            did.append("by hosting")
        elif flow.kind == "access":
            did.append("by access")
        found.append(
            Step(flow.id, flow.source, flow.target, category(delivered), tuple(did), flow.span)
        )
    if node >= 0:
        last = data[path.hops[-1].delivered] if path.hops else None
        if last is not None and last != data[number]:
            end = propagation.nodes[node]
            changes = differences(last, data[number], propagation)
            found.append(
                Step(end.id, end.id, end.id, category(data[number]), tuple(changes), end.span)
            )
    return tuple(found)


def name_of(propagation: Propagation, datum: Datum) -> str:
    """The category of a datum in words."""
    if datum.unknown:
        return "unknown data"
    leaves = propagation.leaves
    return leaves.called(datum.extent)


def differences(before: Datum, after: Datum, propagation: Propagation) -> list[str]:
    """What happened to a datum, in words."""
    did: list[str] = []
    if before.extent != after.extent:
        old, new = name_of(propagation, before), name_of(propagation, after)
        if after.lineage != before.lineage:
            did.append(f"{old} becomes {new}")
        else:
            did.append(f"of {old}, {new} goes on")
    elif after.lineage != before.lineage:
        did.append("is joined with other data")
    if before.form is not after.form:
        did.append(f"becomes {after.form}")
    did += [f"is marked {mark}" for mark in sorted(after.marks - before.marks)]
    did += [f"loses the mark {mark}" for mark in sorted(before.marks - after.marks)]
    for guard in sorted(after.guards - before.guards, key=lambda g: (g.state, g.only_if)):
        word = "only if" if guard.only_if else "unless"
        did.append(f"passes the guard `{word} {guard.state}`")
    return did
