"""Layouts: what Graphviz has placed where, read from the DOT with positions that it writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawful.drawing.tokens import Statement, Token, statements
from lawful_dsl.frozen import frozen

__all__ = ["Box", "Label", "Layout", "Line", "read_layout"]

Point = tuple[float, float]

_INCH = 72.0
#: The first shape drawn of a label is the plate that it stands on.
_PLATE = re.compile(r"(?:^| )[PpBb] \d+ ((?:-?[\d.e+]+ )+)")
_STEPS = 4


@frozen
class Box:
    """A rectangle, in points, from its lower left corner to its upper right one."""

    left: float
    low: float
    right: float
    high: float

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> Box:
        """The box of a size around a point."""
        x, y = centre
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def grown(self, by: float) -> Box:
        """The box with a border all around."""
        return Box(self.left - by, self.low - by, self.right + by, self.high + by)

    def meets(self, other: Box) -> bool:
        """Whether the two have a point in common that is inside both."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.high
            and other.low < self.high
        )

    def within(self, other: Box) -> bool:
        """Whether it is inside the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.low <= self.low
            and self.high <= other.high
        )


@frozen
class Label:
    """The label of an edge: its size, its centre, and the token that says where the centre is."""

    width: float
    height: float
    centre: Point
    token: Token


@frozen
class Line:
    """An edge: points along it, close together, and its label if it has one."""

    points: tuple[Point, ...]
    label: Label | None = None


@frozen
class Layout:
    """Where things are: the frame of the picture, what does not move, and the edges."""

    frame: Box
    fixed: tuple[Box, ...]
    lines: tuple[Line, ...]


def read_layout(text: str) -> Layout:
    """The layout in a DOT text that has positions; `ValueError` if it is not one."""
    frame: Box | None = None
    fixed: list[Box] = []
    lines: list[Line] = []
    defaults = {"width": "0.75", "height": "0.5"}
    for statement in statements(text):
        if statement.is_edge:
            lines.append(_line(statement))
        elif statement.keyword == "node":
            defaults |= {name: token.text for name, token in statement.attributes.items()}
        elif statement.keyword == "graph":
            if frame is None:
                frame = Box(*_numbers(statement.value("bb"), 4))
            fixed += _graph_label(statement)
        elif len(statement.ends) == 1 and statement.value("pos"):
            width, height = (
                float(statement.value(name) or defaults[name]) * _INCH
                for name in ("width", "height")
            )
            x, y = _numbers(statement.value("pos"), 2)
            fixed.append(Box.around((x, y), width, height))
    if frame is None:
        raise ValueError("no bounding box")
    return Layout(frame, tuple(fixed), tuple(lines))


def _graph_label(statement: Statement) -> Iterator[Box]:
    if statement.value("lp"):
        x, y = _numbers(statement.value("lp"), 2)
        width, height = (float(statement.value(name)) * _INCH for name in ("lwidth", "lheight"))
        yield Box.around((x, y), width, height)


def _numbers(text: str, many: int) -> list[float]:
    found = [float(piece) for piece in text.split(",")]
    if len(found) != many:
        raise ValueError(text)
    return found


def _line(statement: Statement) -> Line:
    points = tuple(_curve(statement.value("pos")))
    token, plate = statement.attributes.get("lp"), _PLATE.search(statement.value("_ldraw_"))
    if token is None or plate is None:
        return Line(points)
    numbers = [float(piece) for piece in plate[1].split()]
    across, up = numbers[0::2], numbers[1::2]
    x, y = _numbers(token.text, 2)
    return Line(points, Label(max(across) - min(across), max(up) - min(up), (x, y), token))


def _curve(text: str) -> Iterator[Point]:
    """Points along the pieces of a spline: `e,x,y x,y x,y x,y ...`, several with `;` between."""
    for spline in text.split(";"):
        ends: dict[str, Point] = {}
        control: list[Point] = []
        for piece in spline.split():
            *mark, x, y = piece.split(",")
            if mark:
                ends[mark[0]] = (float(x), float(y))
            else:
                control.append((float(x), float(y)))
        if "s" in ends:
            yield ends["s"]
        for start in range(0, len(control) - 3, 3):
            yield from _bezier(*control[start : start + 4])
        if "e" in ends:
            yield ends["e"]


def _bezier(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    """Points along one cubic curve, about six to each inch of it."""
    length = sum(abs(p[0] - q[0]) + abs(p[1] - q[1]) for p, q in ((a, b), (b, c), (c, d)))
    steps = max(_STEPS, min(200, int(length / 12)))
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        yield (
            sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
            sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
        )
