"""Lines: how wide a text is on a screen, and where one that is too wide is broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

#: Columns of a line.
WIDTH = 110
#: How much deeper than its beginning the rest of a broken line stands.
HANG = 4


def measure(text: str) -> int:
    """How many cells of a terminal the text takes.

    >>> measure("naam"), measure("個人情報"), measure("الإسم")
    (4, 8, 5)
    """
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, width: int) -> str:
    """The text with blanks after it, up to a width."""
    return text + " " * (width - measure(text))


def align(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The width of each column of the rows."""
    count = max((len(row) for row in rows), default=0)
    return tuple(
        max(measure(row[column]) for row in rows if column < len(row)) for column in range(count)
    )


def split(text: str, allowed: Callable[[str, str, int], bool]) -> Iterator[str]:
    """The pieces of a text between the blanks where it may be broken: never inside quotes.

    `allowed` is asked with the characters before and after the blank, and how many parentheses are
    open there.
    """
    start = depth = 0
    quote = ""
    for index, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif (
            character == " " and index > start and allowed(text[index - 1], text[index + 1], depth)
        ):
            yield text[start:index]
            start = index + 1
    yield text[start:]


def split_law(text: str) -> Iterator[str]:
    """Where a statement of `.law` may go on in the next line: after a comma and in parentheses."""
    return split(text, lambda before, after, depth: before == "," or depth > 0)


def split_flow(text: str) -> Iterator[str]:
    """A statement of `.flow` may go on in the next line anywhere, but a date stays with its word."""
    return split(text, lambda before, after, depth: not after.isdigit())


def fits(text: str, indent: int = 0) -> bool:
    """Whether the text has room on a line."""
    return indent + measure(text) <= WIDTH


def fill(pieces: Iterable[tuple[str, str]], indent: int) -> tuple[str, ...]:
    """Pieces, each with the blanks before it, on as few lines as they fit on."""
    lines: list[str] = []
    line = ""
    for gap, piece in pieces:
        if not line:
            line = " " * indent + piece
        elif fits(line + gap + piece):
            line += gap + piece
        else:
            lines.append(line)
            line = " " * (indent + HANG) + piece
    return (*lines, line)


def wrap(text: str, indent: int = 0) -> tuple[str, ...]:
    """A statement of `.law` on one line, or broken where it may be."""
    if fits(text, indent):
        return (" " * indent + text,)
    return fill(((" ", piece) for piece in split_law(text)), indent)
