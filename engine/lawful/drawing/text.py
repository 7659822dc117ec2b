"""Text as Graphviz takes it: made visible, cut, wrapped and escaped, so that no name is markup."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["ELLIPSIS", "cut", "identifier", "markup", "packed", "tooltip", "visible", "wrapped"]

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
#: Marks that change the order of the text around them, by which a name could pose as another.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: What a quoted id could not hold: the colon is a port in an edge, the rest is markup or an escape.
_RESERVED = frozenset('~:\\"<>%&')


def visible(text: str) -> str:
    r"""The text on one line, with what cannot be drawn replaced.

    >>> visible("a\x00b\n c")
    'a�b c'
    """
    spaced = " ".join(text.split())
    return "".join(_REPLACEMENT if _hidden(c) else c for c in spaced)


def _hidden(character: str) -> bool:
    if character in _REORDERING or unicodedata.category(character) in ("Cc", "Cs"):
        return True
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF


def markup(text: str) -> str:
    """The text for an HTML-like label."""
    # Graphviz reads escapes in an HTML-like label too, once its entities are read.
    return html.escape(visible(text).replace("\\", "\\\\"))


def tooltip(lines: Iterable[str]) -> str:
    r"""Lines for an attribute in which Graphviz reads entities, and escapes twice over.

    >>> tooltip(["a \\N", "<b>"])
    'a \\\\\\\\N\\n&lt;b&gt;'
    """
    return "\\n".join(html.escape(visible(line)).replace("\\", "\\" * 4) for line in lines)


def identifier(name: str) -> str:
    """A name that Graphviz takes as it is, another for every other name.

    >>> identifier("web_app"), identifier("a:b")
    ('web_app', 'a~3Ab')
    """
    escaped = "".join(
        f"~{ord(c):02X}" if c in _RESERVED or not c.isprintable() else c for c in name
    )
    return escaped or "~"


def width(text: str) -> int:
    """How wide the text is, in letters."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def cut(text: str, most: int) -> str:
    """The text, or as much of its beginning as `most` letters hold, and an ellipsis.

    >>> cut("sound and picture of a session", 20)
    'sound and picture…'
    """
    if width(text) <= most:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > most - 1:
            break
        kept += character
    words, space, _ = kept.rpartition(" ")
    if space and not text[len(kept)].isspace() and 2 * len(words) > len(kept):
        kept = words  # rather a word less than half a word
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, most: int) -> tuple[str, ...]:
    """The text in lines of at most `most` letters, broken at spaces; a longer word is cut.

    >>> wrapped("email address of the customer", 16)
    ('email address of', 'the customer')
    """
    lines: list[str] = []
    for piece in visible(text).split(" "):
        taken = cut(piece, most)
        if lines and width(lines[-1]) + 1 + width(taken) <= most:
            lines[-1] += f" {taken}"
        elif taken:
            lines.append(taken)
    return tuple(lines)


def packed(items: Sequence[str], joint: str, most: int) -> tuple[str, ...]:
    """The items in lines of at most `most` letters, broken between items where that can be.

    At the end of a line a joint keeps its comma, not its dot.

    >>> packed(["email address", "password", "name"], ", ", 16)
    ('email address,', 'password, name')
    """
    at_end = "" if joint.startswith(" ") else joint.rstrip()
    lines: list[str] = []
    for number, item in enumerate(items):
        last = number + 1 == len(items)
        pieces = wrapped(visible(item) + ("" if last else at_end), most)
        between = joint.removeprefix(at_end)
        if lines and len(pieces) == 1 and width(lines[-1] + between + pieces[0]) <= most:
            lines[-1] += between + pieces[0]
        else:
            lines += pieces
    return tuple(lines)
