"""Graph: a system as a networkx MultiDiGraph, for people who build systems in Python, and for analysis.

The only module that knows the attribute keys. They are the fields of the JSON document:

- A graph node is a party (`kind="party"` and the fields of a party) or a node (`kind="store"`, ...,
  and the fields of a node). Its id is the node of the graph.
- An edge is a flow, with the fields of a flow but `source` and `target`. Its key says nothing; its
  id, where it has one of its own, is the attribute `id`.
- The graph's own attributes are `system` (or `name`, for its name alone), `use`, `each`, `facts`,
  `corrections`, `ignored` and `waivers`.

>>> graph = nx.MultiDiGraph(name="shop")
>>> graph.add_node("us", kind="party", places=["CA"])
>>> graph.add_node("customer", kind="subject")
>>> graph.add_node("web", kind="client", owner="us")
>>> _ = graph.add_edge("customer", "web", data=["email_address"], purposes=["sign_up"])
>>> [type(statement).__name__ for statement in from_graph(graph).statements]
['System', 'PartyDecl', 'NodeDecl', 'Owned', 'FlowDecl']
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import networkx as nx

from lawful.system.document import document, tree, validate
from lawful.system.model import System
from lawful.system.restate import restate
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import NOWHERE
from lawful_dsl.syntax import Flows

#: A system as a graph.
Graph: TypeAlias = "nx.MultiDiGraph[str]"
#: Attributes of the graph itself.
WHOLE = ("use", "system", "each", "facts", "corrections", "ignored", "waivers", "expected", "tests")
#: On an edge that hosting or access makes (`hosting`, `access`): the node says it, not the edge.
MADE = "made"


def to_graph(system: Flows | System) -> nx.MultiDiGraph[str]:
    """The graph of a system: of its declarations, or checked, with a flow's id as the key of its edge.

    A checked system has the flows that hosting and access make too, marked `made`.
    """
    flows = restate(system) if isinstance(system, System) else system
    said = document(flows).model_dump(mode="json", exclude_defaults=True)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update({key: said[key] for key in WHOLE if key in said})
    for party in said.get("parties", ()):
        _add_node(graph, party, "party")
    for node in said.get("nodes", ()):
        _add_node(graph, node, node["kind"])
    for flow in said.get("flows", ()):
        ends = (flow["source"], flow["target"])
        about = {key: value for key, value in flow.items() if key not in ("source", "target")}
        graph.add_edge(*ends, key=flow.get("id"), **about)
    if isinstance(system, System):
        for made in system.flows:
            if made.kind != "flow":
                graph.add_edge(
                    made.source, made.target, key=made.id, id=made.id, **{MADE: made.kind}
                )
    return graph


def _add_node(graph: nx.MultiDiGraph[str], said: Mapping[str, Any], kind: str) -> None:
    id = said["id"]
    if id in graph:
        message = f"`{id}` is declared twice; a graph has one node of each id"
        raise Rejected([Diagnostic(message, NOWHERE, "link the files first")])
    graph.add_node(id, **{**{k: v for k, v in said.items() if k != "id"}, "kind": kind})


def from_graph(graph: nx.MultiDiGraph[str], file: str = NOWHERE.file) -> Flows:
    """The declarations that a graph makes; raises `Rejected` with all that is wrong with its attributes.

    A node without attributes is one that is declared elsewhere, or a mistake that `link` reports.
    """
    said: dict[str, Any] = {"lawful": 1, "parties": [], "nodes": [], "flows": []}
    said |= {key: graph.graph[key] for key in WHOLE if key in graph.graph}
    if "system" not in said and "name" in graph.graph:
        said["system"] = {"name": graph.graph["name"]}
    for id, about in graph.nodes(data=True):
        if about.get("kind") == "party":
            said["parties"].append({"id": id, **{k: v for k, v in about.items() if k != "kind"}})
        elif about:
            said["nodes"].append({"id": id, **about})
    for source, target, about in graph.edges(data=True):
        if MADE not in about:
            said["flows"].append({"source": source, "target": target, **about})
    unknown = sorted(set(graph.graph) - {*WHOLE, "name"})
    if unknown:
        message = f"`{unknown[0]}` is no attribute of the graph of a system"
        raise Rejected([Diagnostic(message, NOWHERE, f"it has {', '.join(WHOLE)} and name")])
    found, diagnostics = validate(said, file)
    if found is None:
        raise Rejected(diagnostics)
    return tree(found, file)
