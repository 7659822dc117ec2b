"""Charts: the diagrams of a text, with the kind that each begins with and the lines at which they stand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source

FLOWCHART = "flowchart"

_FENCE = re.compile(r"^(?P<before>[>\s]*)(?P<fence>`{3,}|~{3,}|:{3,})\s*\{?\s*\.?mermaid\b[^\n`]*$")
_ELEMENT = re.compile(
    r"<(?P<tag>pre|div)\b[^<>]*\bclass\s*=\s*[\"']?mermaid\b[^<>]*>", re.IGNORECASE
)
_FRONT = re.compile(r"\s*---[ \t]*\n(?P<text>.*?)\n[ \t]*---[ \t]*(?:\n|$)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(?P<text>[^\n]*?)[ \t]*$", re.MULTILINE)
_REMARK = re.compile(r"\s*(?:%%\{.*?\}%%|%%(?!\{)[^\n]*(?:\n|$))", re.DOTALL)
_FLOWCHART = re.compile(
    r"\s*(?:flowchart(?:-elk)?|graph)(?:[ \t]+(?:TB|TD|BT|RL|LR|BR|[<>^v])(?![\w-]))?[ \t]*(?=;|\n|$|%%)"
)
_OTHER = re.compile(
    r"\s*(?P<kind>sequenceDiagram|classDiagram(?:-v2)?|stateDiagram(?:-v2)?|erDiagram|gantt|pie|journey|gitGraph"
    r"|mindmap|timeline|quadrantChart|requirementDiagram|C4(?:Context|Container|Component|Dynamic|Deployment)"
    r"|zenuml|kanban|eventmodeling|railroad(?:-\w+)?-beta"
    r"|(?:sankey|xychart|block|packet|architecture|radar|treemap|treeView|venn|wardley|swimlane|cynefin|ishikawa)(?:-beta)?)"
    r"(?=:?[ \t]*(?:;|\n|$)|[ \t]+(?:title|showData|horizontal|TB|LR)\b)"
)


@frozen
class Chart:
    """A diagram: its kind as it is written, the title of its front matter, and what comes after both.

    `line` is that at which `text` begins.
    """

    file: str
    kind: str
    title: str
    text: str
    line: int


def find_charts(source: Source) -> Iterator[Chart]:
    """The diagrams of a text: itself, or those between fences."""
    whole = _chart(source.file, source.text, 1)
    if whole is not None:
        yield whole
        return
    for text, line in (*_fenced(source.text), *_elements(source.text)):
        chart = _chart(source.file, text, line)
        yield chart or Chart(source.file, _first_word(text), "", text, line)


def _chart(file: str, text: str, line: int) -> Chart | None:
    """A text as a diagram, if it begins like one."""
    title, position = "", 0
    if front := _FRONT.match(text):
        named = _TITLE.search(front["text"])
        title = named["text"].strip("\"'") if named else ""
        position = front.end()
    while remark := _REMARK.match(text, position):
        position = remark.end()
    if found := _FLOWCHART.match(text, position):
        kind = FLOWCHART
    elif found := _OTHER.match(text, position):
        kind = found["kind"]
    else:
        return None
    end = found.end()
    return Chart(file, kind, title, text[end:], line + text.count("\n", 0, end))


def _fenced(text: str) -> Iterator[tuple[str, int]]:
    """What stands between fences, without what quotes or indents it, and its first line."""
    opened: re.Match[str] | None = None
    held: list[str] = []
    begun = 0
    for number, line in enumerate(text.split("\n"), 1):
        if opened is None:
            if opened := _FENCE.match(line):
                held, begun = [], number + 1
            continue
        inner = line
        for mark in opened["before"]:
            if inner.startswith(mark):
                inner = inner[1:]
        fence = inner.strip()
        if len(fence) >= len(opened["fence"]) and set(fence) == {opened["fence"][0]}:
            yield "\n".join(held), begun
            opened = None
        else:
            held.append(inner)
    if opened is not None:
        yield "\n".join(held), begun


def _elements(text: str) -> Iterator[tuple[str, int]]:
    """What stands in elements of HTML of that class, and its first line."""
    position = 0
    while found := _ELEMENT.search(text, position):
        position = text.lower().find(f"</{found['tag'].lower()}>", found.end())
        if position < 0:
            return
        inner = text[found.end() : position]
        yield html.unescape(inner), text.count("\n", 0, found.end()) + 1


def _first_word(text: str) -> str:
    words = text.split(None, 1)
    return words[0][:40] if words else "nothing"
