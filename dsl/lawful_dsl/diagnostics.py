"""Diagnostics: what is wrong with a text, where, why and what to do about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum

from lawful_dsl.frozen import frozen
from lawful_dsl.masking import is_ours, masked
from lawful_dsl.source import Source, Span

#: A word of the user, from which its first characters are shown.
_ENDLESS = re.compile(r"`([^`]{120})[^`]{80,}`")
#: Of what cannot be seen, what words of some scripts are spelt with.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
#: One that joins nothing, for no word of ASCII is spelt with it.
_STRAY = re.compile(rf"(?<![^\x00-\x7f])[{_JOINERS}]")


class Severity(StrEnum):
    """How much a diagnostic matters: an error stops the check, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class Diagnostic:
    """One thing that is wrong. The message says what, the help says what to do."""

    message: str
    span: Span
    help: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[tuple[str, Span], ...] = ()
    code: str = ""

    @property
    def is_error(self) -> bool:
        """Whether this stops a check."""
        return self.severity is Severity.ERROR


class Rejected(Exception):
    """Raised at the edges, where a caller asked for a value and the input has none to give."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(f"{d.span}: {d.message}" for d in self.diagnostics))


def near(name: str, known: Iterable[str]) -> str:
    """A `did you mean` sentence for a name that is not known, or nothing.

    >>> near("card_numbr", ["card_number", "name"])
    'did you mean `card_number`?'
    """
    found = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f"did you mean `{found[0]}`?" if found else ""


def order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file and place, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.span, d.message)))


def shown(text: str) -> str:
    """Text of the user's with nothing in it that a terminal obeys.

    >>> shown("left" + chr(27) + "[31m")
    'left�[31m'
    """
    joined = _STRAY.sub("\ufffd", text)
    return "".join(c if c.isprintable() or c in _JOINERS else "\ufffd" for c in joined)


def render(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> str:
    """The diagnostic as a person reads it: place, message, the line with a caret, help.

    >>> source = Source("a.law", "forbid sael")
    >>> print(render(Diagnostic("`sael` is not known", Span("a.law", 1, 8, 1, 12), "say `sale`"), {"a.law": source}))
    error: `sael` is not known
      --> a.law:1:8
       |
     1 | forbid sael
       |        ^^^^
       = help: say `sale`
    """
    message = shown(_clipped(diagnostic.message))
    lines = [f"{diagnostic.severity}: {message}", f"  --> {shown(_placed(diagnostic.span))}"]
    lines += _excerpt(diagnostic.span, sources)
    for text, span in diagnostic.related:
        lines += [f"  ::: {shown(f'{_clipped(text)}: {_placed(span)}')}", *_excerpt(span, sources)]
    if diagnostic.help:
        first, *rest = map(shown, _clipped(diagnostic.help).split("\n"))
        lines += [f"   = help: {first}", *(f"           {line}" for line in rest)]
    return "\n".join(lines)


def render_all(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """All the diagnostics, a blank line between them."""
    return "\n\n".join(render(diagnostic, sources) for diagnostic in order(diagnostics))


def _placed(span: Span) -> str:
    """The place; the middle of a pointer that is longer than anyone reads is left out."""
    said = str(span)
    return said if len(said) <= 400 else f"{said[:200]}…{said[-199:]}"


def _clipped(text: str) -> str:
    """A message in which no word of the user is longer than anyone reads."""
    return _ENDLESS.sub(lambda match: f"`{match[1]}…`", text)


def _excerpt(span: Span, sources: Mapping[str, Source]) -> list[str]:
    source = sources.get(span.file)
    if source is None or not span.line:
        return []
    text = source.line(span.line).expandtabs(1)
    text = text if is_ours(span.file) else masked(text)
    start = min(span.column, len(text) + 1)
    end = span.end_column if span.end_line == span.line else len(text) + 1
    offset = 0
    if len(text) > 160:  # a window of a very long line, around the caret
        offset = max(0, start - 60)
        text = text[offset : offset + 140]
    before = _width(text[: start - 1 - offset])
    marked = max(1, _width(text[start - 1 - offset : max(start, end) - 1 - offset]))
    gutter = " " * len(str(span.line))
    return [
        f" {gutter} |",
        f" {span.line} | {shown(text)}".rstrip(),
        f" {gutter} | {' ' * before}{'^' * min(marked, 120)}",
    ]


def _width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return sum(
        0
        if unicodedata.combining(c) or c in _JOINERS
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )
