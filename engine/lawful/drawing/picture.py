"""The picture of a system, and of what a check found in it, as DOT: a pure function.

Each flow is one edge and each party one cluster. Only this file writes DOT.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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
from lawful_dsl.vocabulary import Lattice, Vocabulary

if TYPE_CHECKING:
    from graphviz import Digraph

__all__ = ["dot"]

#: From so many flows on, the layout is given less time for each.
_LARGE = 400


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
    naming = Naming(language, vocabulary)
    nodes = dict(sorted((_with_ends(system)).items()))
    flows = sorted(system.flows, key=lambda flow: flow.id)
    painted = paint(report, [flow.id for flow in flows], list(nodes), language)
    fills = _fills(nodes, naming)

    graph = Digraph(name=identifier(system.name))
    graph.attr("graph", **_layout(len(flows)))
    graph.attr("graph", label=legend.head(system, report, painted, naming), tooltip=tooltip([system.name]))
    graph.attr("node", fontname=style.FONT, penwidth="1.2", height="0.4", width="0.5")
    graph.attr("edge", fontname=style.FONT, arrowsize="0.75", fontsize="10")
    _write_legend(graph, nodes, flows, fills, painted, naming)
    for node in nodes.values():
        if not node.owner:
            _write_node(graph, node, system, fills, painted, naming)
    for owner in sorted({node.owner for node in nodes.values() if node.owner}):
        party = system.parties.get(owner) or Party(owner)
        owned = [node for node in nodes.values() if node.owner == owner]
        with graph.subgraph(name=f"cluster_{identifier(owner)}") as cluster:
            named = [node.id for node in owned] != [owner]
            cluster.attr(
                "graph",
                label=party_label(party, naming, named=named),
                tooltip=tooltip(party_lines(party, naming)),
                **style.CLUSTER,
            )
            for node in owned:
                _write_node(cluster, node, system, fills, painted, naming)
    back = leading_back(nodes, flows)
    for flow in flows:
        _write_flow(graph, flow, painted.flows.get(flow.id, ()), naming, back=flow.id in back)
    return str(graph.source)


def _with_ends(system: System) -> Mapping[str, Node]:
    """The nodes, and one for each end of a flow that has none."""
    ends = {end for flow in system.flows for end in (flow.source, flow.target)}
    missing = {end: Node(end, "recipient") for end in ends if end not in system.nodes}
    return {**system.nodes, **missing}


def _layout(flows: int) -> dict[str, str]:
    layout = {
        "rankdir": "LR",
        "newrank": "true",
        "charset": "UTF-8",
        "fontname": style.FONT,
        "bgcolor": "white",
        "pad": "0.15",
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


def _fills(nodes: Mapping[str, Node], naming: Naming) -> dict[tuple[str, ...], style.Fill]:
    """The look of each environment that occurs: production first, the others in their order."""
    found = sorted({node.environments.values for node in nodes.values()} - {()})
    production = [names for names in found if names == ("production",)]
    others = [names for names in found if names != ("production",)]
    fills = dict.fromkeys(production, style.PRODUCTION)
    for number, names in enumerate(others):
        fills[names] = style.ENVIRONMENTS[number % len(style.ENVIRONMENTS)]
    return fills


def _write_node(
    graph: Digraph,
    node: Node,
    system: System,
    fills: Mapping[tuple[str, ...], style.Fill],
    painted: Painted,
    naming: Naming,
) -> None:
    traces = painted.nodes.get(node.id, ())
    fill = fills.get(node.environments.values, style.NO_ENVIRONMENT)
    lines = node_lines(node, system.subjects.get(node.subject), naming)
    look = {"fillcolor": fill.fill, "color": fill.line, "style": _node_style(node.kind, fill.border)}
    if traces:
        broken = traces[0].broken
        look["color"] = style.BROKEN if broken else style.UNDETERMINED_LINE
        look["penwidth"] = "2.6"
        look["style"] = _node_style(node.kind, "solid" if broken else "dashed")
    graph.node(
        identifier(node.id),
        label=node_label(node, system, traces, naming),
        tooltip=tooltip([*lines, *_told(traces)]),
        **style.SHAPES.get(node.kind, style.SHAPES["service"]),
        **look,
    )


def _node_style(kind: str, border: str) -> str:
    words = ["filled", border, *(["rounded"] if kind == "service" else [])]
    return ",".join(words)


def _write_flow(
    graph: Digraph, flow: Flow, traces: tuple[Trace, ...], naming: Naming, *, back: bool
) -> None:
    """An edge; one that leads back is marked, and is laid out the other way round."""
    said = tooltip([*flow_lines(flow, naming), *_told(traces)])
    label = flow_label(flow, traces, naming)
    text = {"label": label, "labeltooltip": said} if label else {}
    if back:
        text[BACK] = "true"
    graph.edge(
        identifier(flow.source),
        identifier(flow.target),
        tooltip=said,
        **text,
        **_line(flow, traces),
    )


def _line(flow: Flow, traces: tuple[Trace, ...]) -> dict[str, str]:
    faint = flow.kind != "flow"
    if not traces:
        return dict(style.FAINT_LINE if faint else style.FLOW_LINE)
    if traces[0].broken:
        here = any(trace.broken and trace.here for trace in traces)
        look = {"color": style.BROKEN, "penwidth": "3" if here else "2.2", "weight": "6"}
    else:
        look = {"color": style.UNDETERMINED_LINE, "penwidth": "1.8", "style": "dashed"}
    return {**look, "style": "dotted"} if faint and traces[0].broken else look


def _told(traces: tuple[Trace, ...]) -> list[str]:
    """What the findings say at the carrier where they are."""
    return [f"{trace.verdict}: {line}" for trace in traces for line in trace.lines]


def _write_legend(
    graph: Digraph,
    nodes: Mapping[str, Node],
    flows: list[Flow],
    fills: Mapping[tuple[str, ...], style.Fill],
    painted: Painted,
    naming: Naming,
) -> None:
    """One node of each shape that occurs, and one that explains colours and lines. No edges."""
    kinds = [kind for kind in style.SHAPES if any(node.kind == kind for node in nodes.values())]
    traces = [t for of in (painted.flows, painted.nodes) for ts in of.values() for t in ts]
    occurs = {
        "flow": any(flow.kind == "flow" for flow in flows),
        "access": any(flow.kind != "flow" for flow in flows),
        "broken path": any(t.broken and not t.here for t in traces),
        "broken here": any(t.broken and t.here for t in traces),
        "undetermined": any(not t.broken for t in traces),
    }
    explained = legend.key(fills, [name for name, so in occurs.items() if so], naming)
    if not kinds and not explained:
        return
    title = stacked([Line(naming.word("legend"), style.QUIET, 11, bold=True)], align="left")
    with graph.subgraph(name="cluster ~legend") as cluster:
        cluster.attr("graph", label=title, **style.LEGEND)
        if explained:
            cluster.node("~legend", label=explained, shape="plain", tooltip=naming.word("legend"))
        for kind in reversed(kinds):  # the layout puts what comes last at the top
            cluster.node(
                f"~legend {kind}",
                label=stacked([Line(naming.word(kind), style.QUIET, 9)]),
                style=_node_style(kind, "solid"),
                tooltip=naming.word(kind),
                **{**style.SHAPES[kind], **style.SMALL},
            )
