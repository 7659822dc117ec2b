"""Style: shapes, colours and measures of the picture."""

from __future__ import annotations

from collections.abc import Mapping

from lawful_dsl.frozen import frozen

__all__ = ["ENVIRONMENTS", "FONT", "NO_ENVIRONMENT", "SHAPES", "Fill"]

#: The first of these that the reader's machine has; measured with the drawing machine's.
FONT = "Helvetica,Arial,sans-serif"

INK = "#1f2933"
QUIET = "#616e7c"
LINE = "#52606d"
FAINT = "#7b8794"
BROKEN = "#c81e1e"
UNDETERMINED = "#b45309"
UNDETERMINED_LINE = "#e08a00"
#: What is waived, broken or undetermined, and its lines.
WAIVED = "#85545a"
WAIVED_LINE = "#c9999f"
#: Behind a label, so that a line that passes beneath it does not strike it out.
PLATE = "#ffffff"
CLUSTER_FILL = "#f5f7fa"
CLUSTER_LINE = "#cbd2d9"

#: Letters in a line of a label of a flow and of a node; terms before `+3`.
FLOW_LETTERS = 26
NODE_LETTERS = 24
TERMS = 3
PURPOSES = 2
FINDINGS = 2

#: The shape of each kind of node; each leaves room for text and differs without colour.
SHAPES: Mapping[str, Mapping[str, str]] = {
    "subject": {"shape": "ellipse", "margin": "0.06,0.04"},
    "client": {"shape": "tab", "margin": "0.16,0.09"},
    "device": {"shape": "box3d", "margin": "0.16,0.09"},
    "service": {"shape": "box", "margin": "0.16,0.09"},
    "store": {"shape": "cylinder", "margin": "0.16,0.06"},
    "source": {"shape": "cds", "margin": "0.22,0.09"},
    "recipient": {"shape": "octagon", "margin": "0.06,0.04"},
}


@frozen
class Fill:
    """How a node of an environment looks."""

    fill: str
    line: str
    border: str = "solid"


NO_ENVIRONMENT = Fill("#ffffff", "#7b8794")
PRODUCTION = Fill("#dcebfb", "#2f6eb5")
#: For environments other than production, in order; red and amber are kept for findings.
ENVIRONMENTS = (
    Fill("#ece4fa", "#7b4fc0", "dashed"),
    Fill("#d8f3ea", "#1f8a6c", "dashed"),
    Fill("#e4e7eb", "#4b5763", "dashed"),
    Fill("#dff3f8", "#1b7f9e", "dashed"),
    Fill("#f9e1f0", "#b03a86", "dashed"),
)

FLOW_LINE: Mapping[str, str] = {"color": LINE, "penwidth": "1.1", "weight": "2"}
#: Hosting and access.
FAINT_LINE: Mapping[str, str] = {
    "color": FAINT,
    "penwidth": "0.9",
    "style": "dotted",
    "arrowhead": "vee",
    "weight": "1",
}
CLUSTER: Mapping[str, str] = {
    "style": "rounded,filled",
    "fillcolor": CLUSTER_FILL,
    "color": CLUSTER_LINE,
    "labeljust": "l",
    "labelloc": "t",
    "margin": "14",
}
LEGEND: Mapping[str, str] = {**CLUSTER, "fillcolor": "#ffffff", "style": "rounded,filled,dashed"}

#: A shape in the legend.
SMALL: Mapping[str, str] = {
    "fillcolor": NO_ENVIRONMENT.fill,
    "color": NO_ENVIRONMENT.line,
    "penwidth": "0.9",
    "height": "0.26",
    "width": "0.3",
    "margin": "0.1,0.02",
}
