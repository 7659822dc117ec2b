"""mermaid: flowcharts of Mermaid, by themselves or in Markdown, several together.

What becomes of flowcharts:

- A node is a service; one that is drawn as a cylinder, or as another of the shapes for what is stored, is a
  store, one of the shape `person` a client. Its id is that of the chart, its label the text. Charts that have
  a node of one id and one text have the same one; of one id and two texts, two: `db (Orders)`.
- An arrow is a flow, one with two heads is two, and so is a line without a head, which is counted. What is
  written on it is its id; a text never becomes a category, a measure or a place. Invisible links are none.
- A subgraph is a boundary, an attribute that the vocabulary beside the system declares: the innermost one
  holds. Where an arrow ends at a subgraph itself, that is a node, too: into which of its nodes is not said.

What flowcharts do not tell: data, places, purposes, bases, owners, measures. Classes, styles and clicks are
left out, and diagrams of other kinds are counted; where there is no flowchart, the files are refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers.mermaid.charts import FLOWCHART, find_charts
from lawful.importers.mermaid.translation import translate
from lawful_dsl.source import Source

__all__ = ["read", "reads", "recognises"]


def recognises(source: Source) -> bool:
    """A text is a diagram, or has one between fences."""
    return any(True for _ in find_charts(source))


def reads(source: Source) -> bool:
    """Whether any of its diagrams is a flowchart."""
    return any(each.kind == FLOWCHART for each in find_charts(source))


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of all flowcharts."""
    ordered = sorted(sources, key=lambda source: source.file)
    charts = [chart for source in ordered for chart in find_charts(source)]
    return translate(charts, name, ordered[0])
