"""Flowchart: the statements of a chart, as nodes, lines and the subgraphs around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import NoReturn

from lawful.importers._sketch import refuse
from lawful.importers.mermaid.charts import Chart
from lawful.importers.mermaid.labels import shown
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

#: How each shape begins, the longer first, with how it may end and what it is called.
_SHAPES = (
    ("(((", (")))",), "dbl-circ"),
    ("((", ("))",), "circle"),
    ("([", ("])",), "stadium"),
    ("(-", ("-)",), "ellipse"),
    ("(", (")",), "rounded"),
    ("[[", ("]]",), "fr-rect"),
    ("[(", (")]",), "cyl"),
    ("[/", ("/]", "\\]"), "lean-r"),
    ("[\\", ("\\]", "/]"), "lean-l"),
    ("[", ("]",), "rect"),
    ("{{", ("}}",), "hex"),
    ("{", ("}",), "diam"),
    (">", ("]",), "odd"),
)
#: So many lines a chart may have.
_MOST_LINKS = 50_000
_BLANK = re.compile(r"[\s;]*")
_REMARK = re.compile(r"%%\{.*?\}%%|%%[^\n]*", re.DOTALL)
_WORD = re.compile(
    r"(subgraph|end|direction|classDef|class|style|linkStyle|click|accTitle|accDescr)(?![\w-])"
)
_REST = re.compile(r"[^\n;]*")
_LINE = re.compile(r"[^\n]*")
_CLICK = re.compile(r"(?:\"[^\"]*\"|[^\n;])*")
_HEADER = re.compile(r"(?:\"[^\"\n]*\"|\[\s*\"[^\"]*\"\s*\]|\[[^\]\n]*\]|[^\n;\"\[])*")
_ID = re.compile(
    r"(?:[^\s\[\](){}<>|\"&;:@~=\-]|-(?![->.\s])|=(?!=)|:(?!::)|~(?!~~))"
    r"(?:[^\s\[\](){}<>|\";:@~=\-]|-(?![->.])|=(?!=)|:(?!::)|~(?!~~)|@(?![{\-=.<xo]))*"
)
_LINK = re.compile(
    r"\s*(?:(?P<id>[^\s\"@]+)@)?(?P<link>[xo<]?--+[-xo>]|[xo<]?==+[=xo>]|[xo<]?-?\.+-[xo>]?|~~~+)\s*"
)
#: A line back, `A <-- B`, which Mermaid does not draw with its head.
_BACK = re.compile(r"\s*(?P<id>(?!))?(?P<link><(?:--+|==+|-\.+-))(?=\s)\s*")
#: A line with a text on it ends as it began: `-- text -->`, `== text ==>`, `-. text .->`.
_TEXTED = tuple(
    re.compile(
        rf"\s*(?:(?P<id>[^\s\"@]+)@)?(?P<start>[xo<]?{start})\s*"
        rf"(?P<text>\"[^\"]*\"|(?:(?!{never})[^\n])+?)\s*(?P<end>{end})\s*"
    )
    for start, never, end in (
        ("--", "--", "<?--+[-xo>]"),
        ("==", "==", "<?==+[=xo>]"),
        (r"-\.", r"\.+-", r"<?-?\.+-[xo>]?"),
    )
)
_ON_LINE = re.compile(r"\|(?P<text>\s*\"[^\"]*\"\s*|[^|]*)\|\s*")
_AND = re.compile(r"\s+&\s+")
_CLASS = re.compile(r":::(?P<name>(?:\w|-(?![->.]))+)")
_DATA = re.compile(r"@\{(?P<text>(?:\"[^\"]*\"|'[^'\n]*'|[^}\"'])*)\}")
_PAIR = re.compile(r"(?P<key>[\w-]+)\s*:\s*(?P<text>\"[^\"]*\"|'[^'\n]*'|[^,\n]*)")


@dataclass
class Node:
    """A node of a chart; `group` is the subgraph that it is in."""

    id: str
    span: Span
    text: str = ""
    shape: str = ""
    group: str = ""


@frozen
class Link:
    """A line between two nodes, with the heads that it has at its beginning and at its end."""

    source: str
    target: str
    text: str
    heads: tuple[str, str]
    span: Span


@dataclass
class Group:
    """A subgraph; `members` are the nodes and subgraphs that are named in it."""

    id: str
    text: str
    span: Span
    parent: str = ""
    members: list[str] = field(default_factory=list)


@dataclass
class Flowchart:
    """What a chart shows; `counts` is of what has no meaning here."""

    chart: Chart
    nodes: dict[str, Node] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def parse(chart: Chart) -> Flowchart:
    """What a chart shows. Raises `Rejected` where it cannot be read."""
    parser = _Parser(chart)
    parser.run()
    return parser.found


class _Parser:
    def __init__(self, chart: Chart) -> None:
        self.text = chart.text
        self.lines = [0, *(each.end() for each in re.finditer(r"\n", chart.text))]
        self.first = chart.line
        self.found = Flowchart(chart)
        self.position = 0
        self.open: list[Group] = []
        self.named: set[str] = set()

    def run(self) -> None:
        """All statements."""
        while True:
            self.skip(_BLANK)
            if self.position >= len(self.text):
                break
            if self.skip(_REMARK):
                continue
            if word := _WORD.match(self.text, self.position):
                self.statement(word)
            else:
                self.path()
        if self.open:
            self.fail("this subgraph has no end", "write `end` after its nodes", self.open[-1].span)
        for id in self.named - {
            end for link in self.found.links for end in (link.source, link.target)
        }:
            self.found.nodes.pop(id, None)  # `e1@{ animate: true }` is of a line, not of a node

    # --- statements -------------------------------------------------------------------------------

    def statement(self, word: re.Match[str]) -> None:
        """What begins with a word of the language."""
        span = self.span()
        self.position = word.end()
        match word[1]:
            case "subgraph":
                self.begin(self.take(_HEADER).strip(), span)
            case "end":
                if not self.open:
                    self.fail("this `end` ends no subgraph", "take it out", span)
                self.close()
            case "accDescr" if self.text[self.position :].lstrip().startswith("{"):
                end = self.text.find("}", self.position)
                self.position = end + 1 if end >= 0 else len(self.text)
            case "accTitle" | "accDescr":
                self.take(_LINE)
            case "direction":
                self.take(_REST)
            case other:
                self.take(_CLICK if other == "click" else _REST)
                self.found.counts[f"`{other}` of charts: left out"] += 1

    def begin(self, header: str, span: Span) -> None:
        """A subgraph opens: `subgraph id [text]`, `subgraph "text"`, `subgraph some words`."""
        header = _CLASS.sub("", header).strip()
        if (start := header.find("[")) > 0 and header.endswith("]"):
            id, text = header[:start].strip(), shown(header[start + 1 : -1])
        else:
            id = text = shown(header)
        id = shown(id) or f"subgraph {len(self.found.groups) + len(self.open) + 1}"
        self.open.append(Group(id, text or id, span, self.open[-1].id if self.open else ""))

    def close(self) -> None:
        """A subgraph ends: its nodes are those that none before it has."""
        group = self.open.pop()
        self.found.groups.setdefault(group.id, group)
        for id in group.members:
            node = self.found.nodes.get(id)
            if node is not None and not node.group:
                node.group = group.id
        if self.open:
            self.open[-1].members += group.members

    # --- nodes and lines --------------------------------------------------------------------------

    def path(self) -> None:
        """Nodes, and lines from each of them to each of the next: `a & b --> c -- text --> d`."""
        sources = self.ends()
        while link := self.link():
            text, heads, at = link
            targets = self.ends()
            if len(self.found.links) + len(sources) * len(targets) > _MOST_LINKS:
                self.fail("these are too many lines", f"a chart has at most {_MOST_LINKS}", at)
            for source in sources:
                for target in targets:
                    self.found.links.append(Link(source, target, text, heads, at))
            sources = targets
        rest = re.compile(r"[ \t]*(?:%%[^\n]*)?(?=[\n;]|$)").match(self.text, self.position)
        if rest is None:
            self.fail("this is not understood", "write one statement to a line", self.span())
        self.position = rest.end()

    def ends(self) -> list[str]:
        """Nodes with `&` between them."""
        found = [self.node()]
        while self.skip(_AND):
            found.append(self.node())
        return found

    def node(self) -> str:
        """A node as it is named, with its shape, data and class where they are said."""
        span = self.span()
        id = self.take(_ID)
        if not id:
            self.fail("here should be a node", "name one", span)
        node = self.found.nodes.setdefault(id, Node(id, span))
        if self.open:
            self.open[-1].members.append(id)
        for begin, ends, shape in _SHAPES:
            if self.text.startswith(begin, self.position):
                node.text, node.shape = self.inside(begin, ends, span), shape
                break
        while True:
            if data := _DATA.match(self.text, self.position):
                self.position = data.end()
                for pair in _PAIR.finditer(data["text"]):
                    value = shown(pair["text"].strip().strip("'"))
                    if pair["key"] == "shape":
                        node.shape = value
                    elif pair["key"] == "label":
                        node.text = value
            elif self.text.startswith("@{", self.position):
                self.fail("this `@{` is not closed", "write `}` after it", span)
            elif self.skip(_CLASS):
                self.found.counts["classes of nodes: left out"] += 1
            else:
                return id

    def inside(self, begin: str, ends: tuple[str, ...], span: Span) -> str:
        """The text of a shape, up to its end."""
        start = self.position + len(begin)
        quoted = re.compile(r"\s*(\"[^\"]*\")\s*").match(self.text, start)
        if quoted and (end := self._ends_at(ends, quoted.end())):
            self.position = quoted.end() + len(end)
            return shown(quoted[1])
        places = [(place, end) for end in ends if (place := self.text.find(end, start)) >= 0]
        if not places or (quoted and not quoted[0].strip('" ')):
            self.fail(f"this `{begin}` is not closed", f"write `{ends[0]}` after the text", span)
        place, end = min(places)
        text = self.text[start:place]
        if begin == "[" and text.startswith("|") and text.count("|") > 1:
            text = text.split("|", 2)[2]
        self.position = place + len(end)
        return shown(text)

    def _ends_at(self, ends: tuple[str, ...], position: int) -> str:
        return next((end for end in ends if self.text.startswith(end, position)), "")

    def link(self) -> tuple[str, tuple[str, str], Span] | None:
        """A line with its text and heads; none where there is none."""
        if found := _LINK.match(self.text, self.position):
            start = end = found["link"]
        elif found := next(
            filter(None, (p.match(self.text, self.position) for p in _TEXTED)), None
        ):
            start, end = found["start"], found["end"]
        elif found := _BACK.match(self.text, self.position):
            start = end = found["link"]
        else:
            return None
        span = self.span(found.end() - len(found[0].lstrip()))
        if found["id"]:
            self.named.add(found["id"])
        self.position = found.end()
        text = shown(found.groupdict().get("text") or "")
        if written := _ON_LINE.match(self.text, self.position):
            self.position = written.end()
            text = shown(written["text"])
        first = start[0] if start[0] in "xo<" else "<" if end[0] == "<" else ""
        heads = first, end[-1] if end[-1] in "xo>" else ""
        if heads[1] and "".join(heads) not in ("xx", "oo", "<>"):
            heads = (
                "",
                heads[1],
            )  # Mermaid draws the head at the end alone, where the two are not alike
        return text, ("~", "~") if start[0] == "~" else heads, span

    # --- reading ----------------------------------------------------------------------------------

    def span(self, position: int | None = None) -> Span:
        """Where something stands; without more, what is read next."""
        position = self.position if position is None else position
        number = bisect_right(self.lines, position)
        line, column = self.first + number - 1, position - self.lines[number - 1] + 1
        return Span(self.found.chart.file, line, column, line, column + 1)

    def take(self, pattern: re.Pattern[str]) -> str:
        """What matches here."""
        found = pattern.match(self.text, self.position)
        if found is None:
            return ""
        self.position = found.end()
        return found[0]

    def skip(self, pattern: re.Pattern[str]) -> bool:
        """Whether something matched, which is passed over."""
        return bool(self.take(pattern))

    def fail(self, message: str, help: str, span: Span) -> NoReturn:
        """Say what is wrong at a place."""
        refuse(message, span, help)
