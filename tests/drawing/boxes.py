"""Where things are in an SVG: the boxes of its nodes, of the labels of its edges, and of other text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import combinations

Box = tuple[float, float, float, float]

_GROUP = re.compile(r'<g id="([^"]*)" class="(node|edge|cluster|graph)[^"]*"[^>]*>\n')
_SHAPE = re.compile(r'<(?:polygon|path|ellipse|polyline) fill="([^"]*)"[^>]*?/>')
_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
#: How wide a letter is, of its size: less than in truth, never more than a wide one.
_LETTER = 0.5


def named_boxes(svg: str) -> dict[str, Box]:
    """The box of each node, of each label of an edge, and of the label of each cluster and the whole."""
    found = {}
    starts = list(_GROUP.finditer(svg))
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        body = svg[start.end() : after.start() if after else len(svg)]
        name, kind = f"{start[2]} {start[1]}", start[2]
        boxes = list(_texts(body))
        if kind == "node":
            boxes += [box for _, box in _shapes(body)]
        elif kind == "edge":
            boxes += [box for fill, box in _shapes(body) if fill in ("white", "#ffffff")]
        if boxes:
            found[name] = _around(boxes)
    return found


def overlaps(boxes: dict[str, Box], *, within: float = 1.0) -> list[tuple[str, str]]:
    """The pairs whose boxes share more than a sliver."""
    return [
        (a, b)
        for (a, one), (b, two) in combinations(sorted(boxes.items()), 2)
        if min(one[2], two[2]) - max(one[0], two[0]) > within
        and min(one[3], two[3]) - max(one[1], two[1]) > within
    ]


def _shapes(body: str) -> Iterator[tuple[str, Box]]:
    for shape in _SHAPE.finditer(body):
        ellipse = dict(re.findall(r'\b(cx|cy|rx|ry)="([^"]*)"', shape[0]))
        if ellipse:
            x, y, wide, high = (float(ellipse[name]) for name in ("cx", "cy", "rx", "ry"))
            yield shape[1], (x - wide, y - high, x + wide, y + high)
            continue
        points = re.search(r'\b(?:points|d)="([^"]*)"', shape[0])
        if points:
            numbers = [float(number) for number in _NUMBER.findall(points[1])]
            across, down = numbers[0::2], numbers[1::2]
            yield shape[1], (min(across), min(down), max(across), max(down))


def _texts(body: str) -> Iterator[Box]:
    for attributes, content in _TEXT.findall(body):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        x, y, size = (float(said[name]) for name in ("x", "y", "font-size"))
        wide = len(html.unescape(content)) * size * _LETTER
        left = x - wide / 2 if said["text-anchor"] == "middle" else x
        yield left, y - size * 0.75, left + wide, y + size * 0.2


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
