"""Smaller: the least texts of which something is still so, for people to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

#: Policies and statements of a system.
Texts = tuple[tuple[str, ...], tuple[str, ...]]
#: How often it is tried whether less will do, of each sort of pieces.
TRIES = 1000


def smallest(texts: Texts, still: Callable[[Texts], bool]) -> Texts:
    """The texts less all statements, lines and words without which they are still so."""
    for less in (_statements, _lines, _words):
        texts = _shrunk(texts, less, still)
    return texts


def _shrunk(
    texts: Texts, less: Callable[[Texts], Iterator[Texts]], still: Callable[[Texts], bool]
) -> Texts:
    tried = 0
    while True:
        for fewer in less(texts):
            tried += 1
            if tried > TRIES:
                return texts
            if still(fewer):
                texts = fewer
                break
        else:
            return texts


def _statements(texts: Texts) -> Iterator[Texts]:
    laws, flows = texts
    for n in reversed(range(len(flows))):
        yield laws, flows[:n] + flows[n + 1 :]
    for n in reversed(range(len(laws))):
        yield laws[:n] + laws[n + 1 :], flows


def _lines(texts: Texts) -> Iterator[Texts]:
    yield from _without(texts, r"(?m)^.*\n?", 4)


def _words(texts: Texts) -> Iterator[Texts]:
    yield from _without(texts, r"[ ]*\S+", 5)


def _without(texts: Texts, piece: str, most: int) -> Iterator[Texts]:
    """The texts without some pieces that follow one another in one of them."""
    laws, flows = texts
    for n, text in enumerate(laws):
        yield from (((*laws[:n], less, *laws[n + 1 :]), flows) for less in _less(text, piece, most))
    for n, text in enumerate(flows):
        yield from (
            (laws, (*flows[:n], less, *flows[n + 1 :])) for less in _less(text, piece, most)
        )


def _less(text: str, piece: str, most: int) -> Iterator[str]:
    ends = [(m.start(), m.end()) for m in re.finditer(piece, text) if m.group()]
    for size in range(most, 0, -1):
        for (start, _), (_, end) in zip(ends, ends[size - 1 :], strict=False):
            if start or end < len(text):
                yield text[:start] + text[end:]
