"""Words: texts of a file as names, labels and properties of a syntax tree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lawful_dsl import syntax as s
from lawful_dsl.source import Span

_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def plain(text: str) -> str:
    """A text as a name can hold it: on one line, without single quotes and what is not seen.

    >>> plain(" it's   so ")
    'it’s so'
    """
    return _UNSEEN.sub(" ", text).strip().replace("'", "’")


def name(text: str, at: Span) -> s.Name:
    """A text as a name."""
    return s.Name(plain(text), at)


def names(texts: Iterable[str], at: Span) -> tuple[s.Name, ...]:
    """Texts as names."""
    return tuple(name(text, at) for text in texts)


def label(text: str, at: Span) -> s.Text | None:
    """A text as a label; none where nothing is left of it."""
    seen = plain(text).replace('"', "”")
    return s.Text(seen, "", at) if seen else None


def nowhere(at: Span) -> s.Property:
    """`in unknown`: the place of a node is not told, and is not that of its owner either."""
    return s.Property("in", s.Names((), True, at), at)


def bare(word: str, at: Span) -> s.Property:
    """A property that is a word alone, such as an environment, a measure or a kind of party."""
    return s.Property("", s.Names((name(word, at),), span=at), at)
