"""Outline: where the statements of a `.flow` text begin and end, as its layout has it, without reading them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: What may hold a bracket or a comma that is none: texts, quoted names and comments.
_CLOSED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|#.*")
#: Characters by which a line may change how those after it are read.
_TELLING = re.compile(r"[\"'#(){},]")


@dataclass(slots=True)
class Stretch:
    """The lines of one statement, counted from 1: the last of them, and where the next one begins.

    `block` is what opens the braces around it, empty at the top; `depth` is how many there are.
    """

    first: int
    indent: int
    last: int
    depth: int
    block: str
    next: int = 0
    next_column: int = 0


def outline(lines: Sequence[str]) -> Iterator[Stretch]:
    """The statements of a text one after another, blocks taken apart: their first lines and their ends too.

    It follows the layout (`FlowLayout`): a line that is indented deeper than its statement goes on with
    it, as does one after a comma or between parentheses.
    """
    current: Stretch | None = None
    margin = parentheses = 0
    after_comma, after_brace = False, True
    blocks: list[str] = []
    for number, line in enumerate(lines, 1):
        bare = line.strip(" \t")
        if not bare or bare[0] == "#":
            continue
        indent = len(line) - len(line.lstrip(" \t"))
        if _TELLING.search(bare):
            bare = _CLOSED.sub(_emptied, bare).rstrip(" \t")
        if not (parentheses or after_comma):
            width = len(line[:indent].expandtabs(4))
            if after_brace or width <= margin:
                margin = width if number > 1 else 0
                if current is not None:
                    current.next, current.next_column = number, indent + 1
                    yield current
                depth = len(blocks)
                current = Stretch(number, indent, number, depth, blocks[-1] if blocks else "")
        assert current is not None
        current.last = number
        parentheses = max(0, parentheses + bare.count("(") - bare.count(")"))
        after_comma, after_brace = bare[-1] == ",", bare[-1] in "{}"
        for brace in re.findall(r"[{}]", bare) if "{" in bare or "}" in bare else ():
            if brace == "{":
                blocks.append(line[indent:].strip(" \t"))
            elif blocks:
                blocks.pop()
    if current is not None:
        yield current


def _emptied(match: re.Match[str]) -> str:
    return "" if match[0][0] == "#" else "_"
