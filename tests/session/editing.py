"""Edits of small systems, drawn: what one system of a family has is put into another, changed, and taken away again."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lawful.session import DropFact, DropFlow, DropNode, Edit, PutFact, PutFlow, PutNode, Session
from lawful.system.model import Flow, Node, System
from lawful_dsl.program import Program
from tests.properties.agreement import understood
from tests.properties.numbered import FAMILY, numbered

#: How many systems of a family what is put is taken from.
DONORS = 4


def family(number: int) -> tuple[Program, list[System]]:
    """The systems of a family from a number on, and the rules that they are under."""
    first = number - number % FAMILY
    chosen = [number, *(first + (number + step) % FAMILY for step in range(1, DONORS))]
    found = [understood(laws, *flows) for laws, flows in map(numbered, chosen)]
    systems = [each[1] for each in found if each is not None]
    program = next((each[0] for each in found if each is not None), None)
    return (program, systems) if program and found[0] is not None else (Program(()), [])


def edit(draw: Random, session: Session, donors: list[System]) -> Edit | None:
    """An edit that can be made; None where there is none of the kind that was drawn."""
    system = session.system
    kinds = [_drop_flow, _drop_flow, _change_flow, _put_flow, _put_node, _drop_node, _fact, _move]
    return draw.choice(kinds)(draw, system, draw.choice(donors))


def _drop_flow(draw: Random, system: System, _: System) -> Edit | None:
    read = {id for flow in system.flows for id in flow.from_flows}
    free = [flow.id for flow in system.flows if flow.id not in read]
    return DropFlow(draw.choice(free)) if free else None


def _put_flow(draw: Random, system: System, donor: System) -> Edit | None:
    """A flow of another system, as it is there or between other nodes."""
    if not donor.flows:
        return None
    flow = draw.choice(donor.flows)
    if draw.random() < 0.4:
        flow = replace(flow, **_ends(draw, system), from_flows=())
    if draw.random() < 0.3:
        flow = replace(flow, id=f"{flow.id} more")
    return _put(system, flow)


def _put(system: System, flow: Flow) -> Edit | None:
    into = {each.id for each in system.flows if each.target == flow.source}
    flow = replace(flow, from_flows=tuple(id for id in flow.from_flows if id in into - {flow.id}))
    there = {each.id: each for each in system.flows}
    read = any(flow.id in each.from_flows for each in system.flows)
    if read and there[flow.id].target != flow.target:
        return None
    fits = flow.source in system.nodes and flow.target in system.nodes
    device = not flow.placing or system.nodes[flow.target].kind == "device" if fits else False
    return PutFlow(flow) if fits and device else None


def _change_flow(draw: Random, system: System, donor: System) -> Edit | None:
    """A flow that carries, or is for, what another is."""
    if not system.flows or not donor.flows:
        return None
    flow, other = draw.choice(system.flows), draw.choice(donor.flows)
    names = ("carries", "uses", "guards", "changes", "places", "mechanisms", "marks", "same")
    names = (*names, "consents", "whose", "channels", "measures", "bases")
    chosen = draw.sample(names, draw.choice((1, 1, 2)))
    return PutFlow(replace(flow, **{name: getattr(other, name) for name in chosen}))


def _move(draw: Random, system: System, _: System) -> Edit | None:
    if not system.flows:
        return None
    return _put(system, replace(draw.choice(system.flows), **_ends(draw, system)))


def _ends(draw: Random, system: System) -> dict[str, str]:
    ends = sorted(system.nodes)
    return {"source": draw.choice(ends), "target": draw.choice(ends)}


def _put_node(draw: Random, system: System, donor: System) -> Edit | None:
    node = draw.choice(list(donor.nodes.values()))
    if draw.random() < 0.2 and node.kind not in ("subject", "device"):
        node = replace(node, id=f"{node.id}_more")
    return PutNode(_of_this(node, system)) if _known(node, system) else None


def _known(node: Node, system: System) -> bool:
    subjects = {node.subject, node.id if node.kind == "subject" else "", ""}
    owners = {node.owner, ""}
    there = {*system.subjects, ""}
    return subjects <= there and owners <= {*system.parties, ""}


def _of_this(node: Node, system: System) -> Node:
    """A node whose origins are of subjects that there are."""
    origins = tuple(
        origin if origin.subject in system.subjects else replace(origin, subject="")
        for origin in node.origins
    )
    return replace(node, origins=origins)


def _drop_node(draw: Random, system: System, _: System) -> Edit | None:
    busy = {end for flow in system.flows for end in (flow.source, flow.target)}
    free = [id for id, node in system.nodes.items() if id not in busy and node.kind != "subject"]
    return DropNode(draw.choice(free)) if free else None


def _fact(draw: Random, system: System, donor: System) -> Edit | None:
    if donor.facts and draw.random() < 0.6:
        name = draw.choice(sorted(donor.facts))
        return PutFact(name, donor.facts[name])
    return DropFact(draw.choice(sorted(system.facts))) if system.facts else None
