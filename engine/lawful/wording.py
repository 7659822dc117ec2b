"""Wording: texts of the user's as a terminal may have them, in the language that is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_NAME = re.compile(r"[^\W\d][\w.-]*")
#: First strong isolate, pop directional isolate: what is between is laid out by itself (UAX 9), so
#: that a label written from right to left leaves the line around it as it is.
_ISOLATED = "\u2068{}\u2069"


def shown(text: str) -> str:
    """Text of the user's with nothing in it that a terminal obeys.

    >>> shown("left" + chr(27) + "[31m")
    'left�[31m'
    """
    return "".join(
        c if c.isprintable() or c in "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}" else "\ufffd"
        for c in text
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """The language of the messages, and the labels in it, by the names of terms."""

    language: str = "en"
    labels: Mapping[str, str] = field(default_factory=dict)

    def terms(self, text: str) -> str:
        """A text with its label beside each term that it names.

        >>> Wording("nl", {"card_number": "Kaartnummer"}).terms("other card_number")
        'other card_number (\u2068Kaartnummer\u2069)'
        """
        return _NAME.sub(lambda match: self._named(match[0]), text)

    def _named(self, name: str) -> str:
        label = self.labels.get(name)
        return f"{name} ({_ISOLATED.format(label)})" if label else name


#: Messages in English, terms by their names alone.
ENGLISH = Wording()
