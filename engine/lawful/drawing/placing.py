"""Placing: labels of flows moved onto their own lines, clear of nodes and of one another.

Graphviz keeps room for a label beside its line, but not for all: lines between the same two
clusters share the room of one. So its layout is taken as it is, and the labels alone are placed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, hypot, pi, sin

from lawful.drawing.layout import Box, Label, Layout, Line, Point, read_layout
from lawful.drawing.tokens import Edit, edited

__all__ = ["place_labels", "placed"]

_CELL = 48.0
#: Room for the head of an arrow, and between two labels.
_CLEAR = 9.0
_GAP = 2.0
#: A line that strikes a label out is as bad as so many points of distance.
_STRUCK = 90.0
_FARTHEST = 900.0
#: So many points of a line are tried, those nearest to where Graphviz put the label.
_NEAREST = 60


class _Grid:
    """Things by the cells of a grid that their boxes touch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Box, int]]] = {}

    def add(self, box: Box, number: int = -1) -> None:
        """Remember a box, with a number."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append((box, number))

    def met(self, box: Box) -> set[int]:
        """The numbers of the boxes that this one meets."""
        near = (entry for cell in _cells(box) for entry in self._cells.get(cell, ()))
        return {number for other, number in near if box.meets(other)}

    def free(self, box: Box) -> bool:
        """Whether the box meets none."""
        return not any(
            box.meets(other) for cell in _cells(box) for other, _ in self._cells.get(cell, ())
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
        for y in range(int(box.low // _CELL), int(box.high // _CELL) + 1):
            yield x, y


def place_labels(text: str) -> str:
    """A laid out DOT text with its labels where they can be read; `ValueError` if it is not one."""
    return edited(
        text,
        (
            Edit(label.token.start, label.token.end, f'"{x:.2f},{y:.2f}"')
            for label, (x, y) in placed(read_layout(text))
        ),
    )


def placed(layout: Layout) -> list[tuple[Label, Point]]:
    """Each label with its new centre; the largest first, which are the hardest to place."""
    struck, taken = _Grid(), _Grid()
    for box in layout.fixed:
        taken.add(box)
    for number, line in enumerate(layout.lines):
        for start, end in zip(line.points, line.points[1:], strict=False):
            xs, ys = (start[0], end[0]), (start[1], end[1])
            struck.add(Box(min(xs), min(ys), max(xs), max(ys)).grown(0.1), number)
    labelled = [
        (line.label, number, line)
        for number, line in enumerate(layout.lines)
        if line.label is not None
    ]
    labelled.sort(key=lambda entry: (-entry[0].width * entry[0].height, entry[1]))
    found = []
    for label, number, line in labelled:
        centre = _best(label, number, line, layout.frame, struck, taken)
        taken.add(Box.around(centre, label.width, label.height).grown(_GAP))
        found.append((label, centre))
    return found


def _best(label: Label, number: int, line: Line, frame: Box, struck: _Grid, taken: _Grid) -> Point:
    """Where the label is free and struck out by the fewest lines, on its own line or else near it."""
    best, least = label.centre, float("inf")
    for clear, candidates in ((_CLEAR, _along(label, line)), (0.0, _around(label))):
        for centre, away in candidates:
            if away >= least:
                break
            box = Box.around(centre, label.width, label.height)
            if not box.within(frame) or not taken.free(box.grown(clear)):
                continue
            cost = away + _STRUCK * len(struck.met(box) - {number})
            if cost < least:
                best, least = centre, cost
        if least < float("inf"):
            break
    return best


def _along(label: Label, line: Line) -> Iterator[tuple[Point, float]]:
    """Points of the label's own line, and how far each is from where Graphviz put the label."""
    x, y = label.centre
    found = [(hypot(point[0] - x, point[1] - y), point) for point in line.points]
    for away, point in sorted(found)[:_NEAREST]:
        yield point, away


def _around(label: Label) -> Iterator[tuple[Point, float]]:
    """Points ever farther away from where Graphviz put the label."""
    yield label.centre, 0.0
    away = 6.0
    while away < _FARTHEST:
        for turn in range(16):
            angle = turn * pi / 8
            yield (
                (label.centre[0] + away * cos(angle), label.centre[1] + away * sin(angle)),
                away,
            )
        away *= 1.15
