"""Wording: texts of the user's as a terminal may have them, in the language that is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from unicodedata import bidirectional

from lawful_dsl.frozen import frozen

_NAME = re.compile(r"[^\W\d][\w.-]*")
#: Right-to-left isolate, pop directional isolate: what is between is laid out by itself (UAX 9).
_OPEN, _CLOSE = "\u2067", "\u2069"
#: The margin of a line, with the colours that it has.
_MARGIN = re.compile(r"(?: |\x1b\[[\d;]*m)*")


def isolated(text: str) -> str:
    """A text that is written from right to left, so that it leaves the line around it as it is.

    Any other text needs nothing, and has nothing done to it.

    >>> isolated("Kaartnummer"), isolated("رقم البطاقة")
    ('Kaartnummer', '\u2067رقم البطاقة\u2069')
    """
    strong = (kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL"))
    return text if next(strong, "L") == "L" else f"{_OPEN}{text}{_CLOSE}"


def line_by_line(text: str) -> str:
    r"""A text that was broken into lines, in which each line closes what it isolates.

    An end of a line ends all isolates, so what goes on below is isolated anew.

    >>> line_by_line("(\u2067رقم\n  البطاقة\u2069), all")
    '(\u2067رقم\u2069\n  \u2067البطاقة\u2069), all'
    """
    lines = []
    goes_on = False
    for line in text.split("\n"):
        if goes_on and (margin := _MARGIN.match(line)):
            line = margin[0] + _OPEN + line[margin.end() :]
        goes_on = line.rfind(_OPEN) > line.rfind(_CLOSE)
        lines.append(line + _CLOSE if goes_on else line)
    return "\n".join(lines)


@frozen
class Wording:
    """The language of the messages, and the labels in it, by the names of terms."""

    language: str = "en"
    labels: Mapping[str, str] = field(default_factory=dict)

    def terms(self, text: str) -> str:
        """A text with its label beside each term that it names.

        >>> Wording("nl", {"card_number": "Kaartnummer"}).terms("other card_number")
        'other card_number (Kaartnummer)'
        """
        return _NAME.sub(lambda match: self._named(match[0]), text)

    def _named(self, name: str) -> str:
        label = self.labels.get(name)
        return f"{name} ({isolated(label)})" if label else name


#: Messages in English, terms by their names alone.
ENGLISH = Wording()
