"""Translation: flowcharts as a system, with their subgraphs as boundaries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lawful.importers import Imported
from lawful.importers._drawn import Line, draw
from lawful.importers._sketch import Sketch, refuse
from lawful.importers._words import plain
from lawful.importers.mermaid.charts import FLOWCHART, Chart
from lawful.importers.mermaid.flowchart import Flowchart, Link, Node, parse
from lawful_dsl.source import Source, Span

_STORES = frozenset(
    re.findall(
        r"\S+",
        "cyl db database cylinder h-cyl das horizontal-cylinder lin-cyl disk lined-cylinder datastore data-store "
        "bow-rect stored-data bow-tie-rectangle win-pane internal-storage window-pane bucket",
    )
)
#: Shapes of remarks, which are nodes only where lines end at them.
_REMARKS = frozenset(("brace", "comment", "brace-l", "brace-r", "braces", "text", "note"))


def translate(charts: list[Chart], name: str, source: Source) -> Imported:
    """The system that all flowcharts show."""
    others = Counter(chart.kind for chart in charts if chart.kind != FLOWCHART)
    listed = ", ".join(f"{kind} ({n})" if n > 1 else kind for kind, n in sorted(others.items()))
    at = Span(source.file, 1)
    sketch = Sketch(name, at)
    shown = [parse(chart) for chart in charts if chart.kind == FLOWCHART]
    if not any(each.nodes for each in shown):
        message = f"there is no flowchart, only: {listed}" if others else "there is no flowchart"
        refuse(message, at, "nodes and arrows are read from `flowchart` or `graph`")
    sketch.count(f"diagrams of other kinds, not read: {listed}", others.total())
    ids = _ids(shown, sketch)
    for each in shown:
        for text, number in each.counts.items():
            sketch.count(text, number)
    _nodes(shown, ids, sketch)
    draw((line for each in shown for line in _lines(each, ids, sketch)), sketch)
    titles = [each.chart.title for each in shown]
    return sketch.imported(titles[0] if len(titles) == 1 else "")


#: What the system calls a node of a chart: by its id and its text, empty for none.
_Ids = dict[tuple[str, str], str]


def _ids(charts: list[Flowchart], sketch: Sketch) -> _Ids:
    """Nodes of one id and one text are one node; one of no text is that of its id, where there is one."""
    texts: dict[str, set[str]] = {}
    held: Counter[tuple[str, str]] = Counter()
    for chart in charts:
        for id in _drawn(chart):
            text = _text(chart, id)
            texts.setdefault(id, set()).add(text)
            held[id, text] += 1
    found: _Ids = {}
    taken: set[str] = set()
    for id, said in sorted(texts.items()):
        for text in sorted(said):
            called = plain(id if len(said) == 1 else f"{id} ({text or 'without text'})")
            while called in taken:
                called += " again"
            taken.add(called)
            found[id, text] = called
        sketch.count(
            "nodes of charts that have the id of another, and another text: told apart",
            len(said) if len(said) > 1 else 0,
        )
    sketch.count(
        "nodes that several charts have by one id and text: one node",
        sum(number > 1 for number in held.values()),
    )
    return found


def _drawn(chart: Flowchart) -> list[str]:
    """The nodes that are drawn, and the subgraphs at which lines end."""
    ends = {end for link in chart.links for end in (link.source, link.target)}
    return [
        id
        for id, node in chart.nodes.items()
        if id in ends or (id not in chart.groups and node.shape not in _REMARKS)
    ]


def _text(chart: Flowchart, id: str) -> str:
    """What is written on a node or a subgraph; nothing where that is its id."""
    text = chart.groups[id].text if id in chart.groups else chart.nodes[id].text
    return "" if text == id else text


def _nodes(charts: list[Flowchart], ids: _Ids, sketch: Sketch) -> None:
    """The nodes of all charts; of one that several have, each tells what it knows."""
    shown: dict[str, tuple[str, str, Node, str]] = {}
    for chart in charts:
        drawn = _drawn(chart)
        left = chart.nodes.keys() - chart.groups.keys() - set(drawn)
        sketch.count("remarks: left out", len(left))
        for id in drawn:
            node, text = chart.nodes[id], _text(chart, id)
            group = chart.groups[id].parent if id in chart.groups else node.group
            sketch.count(
                "subgraphs at which lines end: to or from which of their nodes is not said",
                int(id in chart.groups),
            )
            kind = "store" if node.shape in _STORES else "service"
            kind = "client" if node.shape == "person" else kind
            boundary = chart.groups[group].text if group in chart.groups else ""
            known = shown.get(ids[id, text])
            if known is not None:
                kind = kind if known[0] == "service" else known[0]
                boundary, node = known[3] or boundary, known[2]
            shown[ids[id, text]] = kind, text, node, boundary
    for id, (kind, text, node, boundary) in shown.items():
        sketch.node(kind, id, text, node.span, boundary=boundary)


def _lines(chart: Flowchart, ids: _Ids, sketch: Sketch) -> Iterator[Line]:
    for link in chart.links:
        yield from _directed(chart, link, ids, sketch)


def _directed(chart: Flowchart, link: Link, ids: _Ids, sketch: Sketch) -> Iterator[Line]:
    """The flows of one line, by its heads."""
    if link.heads == ("~", "~"):
        sketch.count("links that are not shown: no flow")
        return
    source, target = (ids[end, _text(chart, end)] for end in (link.source, link.target))
    at = link.span
    first, last = link.heads
    if not first and not last:
        sketch.count("lines without a head: flows both ways")
    if "x" in link.heads:
        sketch.count("lines that end in a cross: taken for flows")
    if last or not first:
        yield Line(source, target, link.text, at)
    if first or not last:
        text = f"{link.text} (back)" if link.text and (last or not first) else link.text
        yield Line(target, source, text, at)
