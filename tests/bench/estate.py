"""An estate: one system many times over, its copies side by side; who is who stays the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lawful.system.link import link
from lawful.system.model import Flow, Node, System
from lawful_dsl import library
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import Program
from lawful_dsl.source import Source

ROOT = Path(__file__).parents[2]


def callbridge() -> tuple[Program, System]:
    """The policy of Callbridge and its system."""
    program = library.load(["callbridge"], ())[0]
    text = (ROOT / "flows/callbridge/callbridge.flow").read_text("utf-8")
    tree = parse_flow(Source("callbridge.flow", text)).tree
    return program, link([tree], program.vocabulary, policies=program.policies)[0]


def estate(system: System, flows: int) -> System:
    """The system as often as makes so many flows. Subjects and parties are shared, and all else is there once each."""
    copies = range(-(-flows // len(system.flows)))
    own = {
        id
        for id, node in system.nodes.items()
        if node.kind != "subject" and id not in system.parties
    }
    shared = {id: node for id, node in system.nodes.items() if id not in own}
    nodes = dict(sorted({**shared, **{n.id: n for n in _nodes(system, own, copies)}}.items()))
    made = sorted(_flows(system, own, copies), key=lambda flow: flow.id)
    return replace(system, nodes=nodes, flows=tuple(made[:]))


def _nodes(system: System, own: set[str], copies: range) -> Iterator[Node]:
    for id in own:
        for copy in copies:
            yield replace(system.nodes[id], id=f"{id}_{copy}")


def _flows(system: System, own: set[str], copies: range) -> Iterator[Flow]:
    for flow in system.flows:
        for copy in copies:
            source, target = (
                f"{end}_{copy}" if end in own else end for end in (flow.source, flow.target)
            )
            names = tuple(f"{id} ({copy})" for id in flow.from_flows)
            id = f"{flow.id} ({copy})"
            yield replace(flow, id=id, source=source, target=target, from_flows=names)
