"""The picture of a system, and of what a check found in it, as DOT: a pure function.

Each flow is one edge and each party one cluster. Only this file writes DOT.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from typing import TYPE_CHECKING

from lawful.drawing import legend, style
from lawful.drawing.describe import flow_lines, node_lines, party_lines
from lawful.drawing.labels import Line, flow_label, node_label, party_label, stacked
from lawful.drawing.naming import Naming
from lawful.drawing.order import leading_back
from lawful.drawing.paths import Painted, Trace, paint
from lawful.drawing.text import identifier, tooltip
from lawful.drawing.turning import BACK
from lawful.findings import Report
from lawful.system.model import Flow, Node, Party, System
from lawful_dsl.frozen import frozen
from lawful_dsl.vocabulary import Lattice, Vocabulary

if TYPE_CHECKING:
    from graphviz import Digraph

__all__ = ["dot"]

#: From so many flows on, the layout is given less time for each.
_LARGE = 400
_Names = tuple[str, ...]


@frozen
class _Scene:
    """What is drawn: the nodes by id, the flows in order, the look of each environment, the findings."""

    system: System
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]
    fills: Mapping[_Names, style.Fill]
    painted: Painted
    naming: Naming


def dot(
    system: System,
    report: Report | None = None,
    *,
    language: str = "en",
    labels: Vocabulary | Lattice | None = None,
) -> str:
    """The system as DOT, with the findings of a report on it; `labels` has the terms' labels.

    The same input gives the same text, byte for byte.
    """
    from graphviz import Digraph

    vocabulary = labels.vocabulary if isinstance(labels, Lattice) else labels
    scene = _scene(system, report, Naming(language, vocabulary))
    graph = Digraph(name=identifier(system.name))
    graph.attr("graph", **_layout(len(scene.flows)))
    title = legend.head(system, report, scene.painted, scene.naming)
    graph.attr("graph", label=title, tooltip=tooltip([system.name]))
    graph.attr("node", fontname=style.FONT, penwidth="1.2", height="0.4", width="0.5")
    graph.attr("edge", fontname=style.FONT, arrowsize="0.75", fontsize="10")
    _write_legend(graph, scene)
    for node in scene.nodes.values():
        if not node.owner:
            _write_node(graph, node, scene)
    for owner in sorted({node.owner for node in scene.nodes.values() if node.owner}):
        _write_party(graph, system.parties.get(owner) or Party(owner), scene)
    back = leading_back(scene.nodes, scene.flows)
    for flow in scene.flows:
        _write_flow(graph, flow, scene, back=flow.id in back)
    return str(graph.source)


def _scene(system: System, report: Report | None, naming: Naming) -> _Scene:
    ends = {end for flow in system.flows for end in (flow.source, flow.target)}
    missing = {end: Node(end, "recipient") for end in ends if end not in system.nodes}
    nodes = dict(sorted({**system.nodes, **missing}.items()))
    flows = tuple(sorted(system.flows, key=lambda flow: flow.id))
    painted = paint(report, {flow.id for flow in flows}, nodes.keys(), naming.language)
    return _Scene(system, nodes, flows, _fills(nodes), painted, naming)


def _layout(flows: int) -> dict[str, str]:
    layout = {
        "rankdir": "LR",
        "newrank": "true",
        "charset": "UTF-8",
        "fontname": style.FONT,
        "bgcolor": "white",
        "pad": "0.15",  # drawn with places given, the picture has it twice
        "nodesep": "0.3",
        "ranksep": "0.7",
        "labelloc": "t",
        "labeljust": "l",
        "splines": "true",
        "outputorder": "edgesfirst",
    }
    if flows >= _LARGE:
        layout |= {"splines": "polyline", "nslimit": "2", "nslimit1": "2", "mclimit": "0.3"}
    return layout


def _fills(nodes: Mapping[str, Node]) -> dict[_Names, style.Fill]:
    """The look of each environment that occurs: production first, the others in their order."""
    found = sorted({node.environments.values for node in nodes.values()} - {()})
    production: _Names = ("production",)
    fills = {production: style.PRODUCTION} if production in found else {}
    others = (names for names in found if names != production)
    return {**fills, **dict(zip(others, cycle(style.ENVIRONMENTS), strict=False))}


def _write_party(graph: Digraph, party: Party, scene: _Scene) -> None:
    """A cluster of the nodes of a party."""
    owned = [node for node in scene.nodes.values() if node.owner == party.id]
    named = [node.id for node in owned] != [party.id]
    with graph.subgraph(name=f"cluster_{identifier(party.id)}") as cluster:
        cluster.attr(
            "graph",
            label=party_label(party, scene.naming, named=named),
            tooltip=tooltip(party_lines(party, scene.naming)),
            **style.CLUSTER,
        )
        for node in owned:
            _write_node(cluster, node, scene)


def _write_node(graph: Digraph, node: Node, scene: _Scene) -> None:
    traces = scene.painted.nodes.get(node.id, ())
    fill = scene.fills.get(node.environments.values, style.NO_ENVIRONMENT)
    lines = node_lines(node, scene.system.subjects.get(node.subject), scene.naming)
    look = {"color": fill.line, "style": _node_style(node.kind, fill.border)}
    if traces:
        broken = traces[0].broken and not traces[0].waived
        look["color"] = style.BROKEN if broken else _open(traces)
        look["penwidth"] = "2.6"
        look["style"] = _node_style(node.kind, "solid" if broken else "dashed")
    graph.node(
        identifier(node.id),
        label=node_label(node, scene.system, traces, scene.naming),
        tooltip=tooltip([*lines, *_told(traces)]),
        fillcolor=fill.fill,
        **style.SHAPES.get(node.kind, style.SHAPES["service"]),
        **look,
    )


def _node_style(kind: str, border: str) -> str:
    return ",".join(["filled", border, *(["rounded"] if kind == "service" else [])])


def _write_flow(graph: Digraph, flow: Flow, scene: _Scene, *, back: bool) -> None:
    """An edge; one that leads back is marked, and is laid out the other way round."""
    traces = scene.painted.flows.get(flow.id, ())
    said = tooltip([*flow_lines(flow, scene.naming), *_told(traces)])
    label = flow_label(flow, traces, scene.naming)
    graph.edge(
        identifier(flow.source),
        identifier(flow.target),
        tooltip=said,
        **({"label": label, "labeltooltip": said} if label else {}),
        **({BACK: "true"} if back else {}),
        **_line(flow, traces),
    )


def _line(flow: Flow, traces: tuple[Trace, ...]) -> Mapping[str, str]:
    faint = flow.kind != "flow"
    if not traces:
        return style.FAINT_LINE if faint else style.FLOW_LINE
    if traces[0].waived or not traces[0].broken:
        return {"color": _open(traces), "penwidth": "1.8", "style": "dashed"}
    wide = "3" if traces[0].here else "2.2"
    look = {"color": style.BROKEN, "penwidth": wide, "weight": "6"}
    return {**look, "style": "dotted"} if faint else look


def _open(traces: tuple[Trace, ...]) -> str:
    """The colour of what is not plainly broken; of traces the worst comes first."""
    return style.WAIVED_LINE if traces[0].waived else style.UNDETERMINED_LINE


def _told(traces: tuple[Trace, ...]) -> list[str]:
    """What the findings say at the carrier where they are."""
    return [
        f"{trace.verdict}{', waived' if trace.waived else ''}: {line}"
        for trace in traces
        for line in trace.lines
    ]


def _write_legend(graph: Digraph, scene: _Scene) -> None:
    """One node of each shape that occurs, and one that explains colours and lines. No edges."""
    naming = scene.naming
    kinds = {node.kind for node in scene.nodes.values()}
    explained = legend.key(scene.fills, _lines(scene), naming)
    if not kinds and not explained:
        return
    title = stacked([Line(naming.word("legend"), style.QUIET, 11, bold=True)], align="left")
    with graph.subgraph(name="cluster ~legend") as cluster:
        cluster.attr("graph", label=title, **style.LEGEND)
        if explained:
            cluster.node("~legend", label=explained, shape="plain", tooltip=naming.word("legend"))
        for kind in reversed(tuple(style.SHAPES)):  # the layout puts what comes last at the top
            if kind in kinds:
                cluster.node(
                    f"~legend {kind}",
                    label=stacked([Line(naming.word(kind), style.QUIET, 9)]),
                    style=_node_style(kind, "solid"),
                    tooltip=naming.word(kind),
                    **{**style.SHAPES[kind], **style.SMALL},
                )


def _lines(scene: _Scene) -> list[str]:
    """The kinds of line that occur."""
    painted = scene.painted
    every = [t for of in (painted.flows, painted.nodes) for ts in of.values() for t in ts]
    traces = [trace for trace in every if not trace.waived]
    occurs = {
        "flow": any(flow.kind == "flow" for flow in scene.flows),
        "access": any(flow.kind != "flow" for flow in scene.flows),
        "broken path": any(t.broken and not t.here for t in traces),
        "broken here": any(t.broken and t.here for t in traces),
        "undetermined": any(not t.broken for t in traces),
        "waived": len(traces) < len(every),
    }
    return [name for name, so in occurs.items() if so]
