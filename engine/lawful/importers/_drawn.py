"""Drawn: the lines of a drawing as flows, with what is written on them as their ids.

What is written on one line only is its id. Where several say the same, their ends tell them apart. Lines
that say the same between the same ends are one flow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lawful.importers._sketch import Arrow, Sketch
from lawful.importers._words import plain
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

__all__ = ["Line", "draw"]


@frozen
class Line:
    """A line from one node to another, what is written on it, and a measure that it says."""

    source: str
    target: str
    text: str
    span: Span
    measure: str = ""


def draw(lines: Iterable[Line], sketch: Sketch, titles: Mapping[str, str] | None = None) -> None:
    """The lines as flows of a sketch; `titles` are what to call ends whose ids are long."""
    titles = titles or {}
    merged: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        text = plain(line.text)
        key = (plain(line.source), plain(line.target), text)
        known = merged.get(key)
        if known is None:
            merged[key] = line
            continue
        sketch.count("flows that are drawn more than once: one flow")
        if known.measure != line.measure:
            merged[key] = replace(known, measure="")
    written = Counter(text for _, _, text in merged)
    for (source, target, text), line in merged.items():
        ends = f"{titles.get(source, source)} to {titles.get(target, target)}"
        id = f"{text} ({ends})" if text and written[text] > 1 else text
        measures = (line.measure,) if line.measure else ()
        sketch.arrow(Arrow(id, source, target, line.span, (), measures))
