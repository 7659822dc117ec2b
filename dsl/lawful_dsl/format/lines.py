"""Lines: how wide a text is on a screen, and where one that is too wide is broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

#: Columns of a line.
WIDTH = 110
#: How much deeper than its beginning the rest of a broken line stands.
HANG = 4
#: Where a statement that is too wide is broken in any case.
BREAK = "\n"
#: What stands between a line and its clauses.
CLAUSES = "  clause "


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


def split(text: str, allowed: Callable[[str, str], bool]) -> Iterator[str]:
    """The pieces of a text between the blanks where it may be broken: never inside quotes.

    `allowed` is asked with the characters before and after the blank.
    """
    start = 0
    quote = ""
    for index, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == " " and index > start and allowed(text[index - 1], text[index + 1]):
            yield text[start:index]
            start = index + 1
    yield text[start:]


def split_law(text: str) -> Iterator[str]:
    """Where a statement of `.law` may go on in the next line: after a comma."""
    return split(text, lambda before, after: before == ",")


def split_flow(text: str) -> Iterator[str]:
    """A statement of `.flow` may go on in the next line anywhere, but a date stays with its word."""
    return split(text, lambda before, after: not after.isdigit())


def fits(text: str, indent: int = 0) -> bool:
    """Whether the text has room on a line."""
    return indent + measure(text) <= WIDTH


def fill(pieces: Iterable[tuple[str, str]], indent: int, hang: int) -> tuple[str, ...]:
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
            line = " " * hang + piece
    return (*lines, line)


def wrap(text: str, indent: int = 0) -> tuple[str, ...]:
    """A statement of `.law` on one line, or broken where it may be."""
    return _wrap(text, indent, indent + HANG)


def wrap_condition(write: Callable[[bool], str], indent: int = 0) -> tuple[str, ...]:
    """A statement with a condition, which is broken too where all else does not help.

    `write` is asked for the text, and for one in which the condition may be broken.
    """
    lines = wrap(write(False), indent)
    if all(map(fits, lines)):
        return lines
    hang = indent + HANG
    first, *others = write(True).split(BREAK)
    lines = _wrap(first, indent, hang)
    inner = hang if len(lines) == 1 else hang + HANG
    for other in others:
        lines += _wrap(other, inner, inner + HANG)
    return lines


def _wrap(text: str, indent: int, hang: int) -> tuple[str, ...]:
    if fits(text, indent):
        return (" " * indent + text,)
    body, mark, clauses = text.rpartition(CLAUSES)
    pieces = list(split_law(body or clauses))
    if body:  # a list of clauses is broken only if it has no room on a line
        last = pieces.pop() + mark + clauses
        pieces += [last] if fits(last, hang if pieces else indent) else split_law(last)
    return fill(((" ", piece) for piece in pieces), indent, hang)
