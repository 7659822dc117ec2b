"""Edits: what a pull request may do to a system: flows, nodes, data and purposes added, changed, removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from lawful.system.model import Carried, Fact, Flow, Node, System, Use
from lawful.testing.strategies.choices import Value
from lawful.testing.strategies.space import Space

Draw = st.DrawFn
Edit = Callable[[Draw, System, Space], System]


def word(draw: Draw, values: Sequence[Value]) -> str:
    """One of the terms of a dimension."""
    return str(draw(st.sampled_from(values)))


def drawn_flow(draw: Draw, system: System, space: Space, id: str = "") -> Flow:
    """A flow between two nodes that there are, with all that rules commonly ask of it.

    It is of what comes to its source, where anything does: else the datum would be from nowhere.
    """
    ends = sorted(system.nodes)
    sends = [end for end in ends if system.nodes[end].kind == "subject" or coming(system, end)]
    source = draw(st.sampled_from(sends or ends))
    target = draw(st.sampled_from([end for end in ends if end != source]))
    data = coming(system, source) or space["data"]
    return Flow(
        id or f"{source} -> {target}",
        "flow",
        source,
        target,
        carries=(Carried(word(draw, data)),),
        uses=(_use(draw, space),),
        consents=Fact((), True),
        mechanisms=Fact((), True),
        channels=Fact((), True),
        measures=Fact((), True),
    )


def coming(system: System, node: str) -> list[str]:
    """The data that flows on the way to a node name."""
    seen = {node}
    found: set[str] = set()
    waiting = [node]
    while waiting:
        end = waiting.pop()
        for flow in system.flows:
            if flow.target == end:
                found |= {each.term for each in flow.carries or () if each.term}
                if flow.source not in seen:
                    seen.add(flow.source)
                    waiting.append(flow.source)
    return sorted(found)


def _use(draw: Draw, space: Space) -> Use:
    bases = [d.partition(":")[2] for d in space if d.startswith("basis:")]
    chosen = draw(st.lists(st.sampled_from(bases), max_size=1)) if bases else []
    return Use(word(draw, space["purpose"]), Fact(tuple(chosen), True))


def edited(draw: Draw, system: System, space: Space, number: int) -> System:
    """The system with one edit, of those that can be made to it; it has two nodes, before and after."""
    edits: dict[str, Edit] = {
        "flow": lambda draw, system, space: _with_flow(draw, system, space, number)
    }
    if plain(system):
        edits |= {"datum": _with_datum, "purpose": _with_purpose, "less": _without_flow}
    if owners(system):
        edits["node"] = lambda draw, system, space: _with_node(draw, system, space, number)
    if removable(system) and len(system.nodes) > 2:
        edits["fewer"] = _without_node
    return edits[draw(st.sampled_from(sorted(edits)))](draw, system, space)


def plain(system: System) -> list[Flow]:
    """The flows that are declared as such, and place nothing."""
    return [flow for flow in system.flows if flow.kind == "flow" and not flow.placing]


def owners(system: System) -> list[str]:
    """The parties that have nodes."""
    return sorted(
        {n.owner for n in system.nodes.values() if n.owner and n.id not in system.parties}
    )


def removable(system: System) -> list[str]:
    """The nodes that are neither persons nor parties."""
    return [
        n.id for n in system.nodes.values() if n.kind != "subject" and n.id not in system.parties
    ]


def _changed(system: System, flow: Flow, to: Flow) -> System:
    return replace(system, flows=tuple(to if each is flow else each for each in system.flows))


def _with_flow(draw: Draw, system: System, space: Space, number: int) -> System:
    flow = drawn_flow(draw, system, space, f"added {number}")
    return replace(system, flows=(*system.flows, flow))


def _with_datum(draw: Draw, system: System, space: Space) -> System:
    """A flow that carries another datum, one more or one in the place of another."""
    flow = draw(st.sampled_from(plain(system)))
    datum = Carried(word(draw, space["data"]))
    before = flow.carries or ()
    if draw(st.booleans()):
        before = before[:-1]
    carries = tuple(dict.fromkeys((*(each for each in before if each.term), datum)))
    return _changed(system, flow, replace(flow, carries=carries))


def _with_purpose(draw: Draw, system: System, space: Space) -> System:
    flow = draw(st.sampled_from(plain(system)))
    use = _use(draw, space)
    more = [each for each in flow.uses if each.purpose and each.purpose != use.purpose]
    uses = (*more, use) if draw(st.booleans()) else (use,)
    return _changed(system, flow, replace(flow, uses=uses, same=False))


def _without_flow(draw: Draw, system: System, space: Space) -> System:
    del space
    return _without(system, {draw(st.sampled_from(plain(system))).id})


def _with_node(draw: Draw, system: System, space: Space, number: int) -> System:
    """A node of someone who has some, and a flow from it or to it."""
    owner = draw(st.sampled_from(owners(system)))
    kind = draw(st.sampled_from(("service", "store", "client")))
    node = Node(
        f"added_{number}",
        kind,
        owner=owner,
        places=Fact((word(draw, space["target.place"]),), True),
        environments=Fact((word(draw, space["target.environment"]),), True),
        measures=Fact((), True),
        holds_nothing=True,
    )
    near = draw(st.sampled_from(sorted(system.nodes)))
    nodes: Mapping[str, Node] = {**system.nodes, node.id: node}
    flow = drawn_flow(draw, replace(system, nodes={near: node, node.id: node}), space)
    ends = (near, node.id) if draw(st.booleans()) else (node.id, near)
    flow = replace(flow, id=f"added {number}", source=ends[0], target=ends[1])
    return replace(system, nodes=nodes, flows=(*system.flows, flow))


def _without_node(draw: Draw, system: System, space: Space) -> System:
    del space
    gone = draw(st.sampled_from(removable(system)))
    nodes = {id: node for id, node in system.nodes.items() if id != gone}
    touching = {flow.id for flow in system.flows if gone in (flow.source, flow.target)}
    return _without(replace(system, nodes=nodes), touching)


def _without(system: System, gone: set[str]) -> System:
    """The system without some flows; what others read from them alone they do not carry any more."""
    kept = [flow for flow in system.flows if flow.id not in gone]
    orphans = {f.id for f in kept if f.from_flows and gone.issuperset(f.from_flows)}
    if orphans:
        return _without(system, gone | orphans)
    flows = (
        replace(flow, from_flows=tuple(id for id in flow.from_flows if id not in gone))
        for flow in kept
    )
    return replace(system, flows=tuple(flows))
