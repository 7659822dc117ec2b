"""Marking: words of the user's in Markdown, where nothing in them is markup, a mention or a link."""

from __future__ import annotations

import re

from lawful_dsl.diagnostics import shown

#: What means something in a line of Markdown, or in a table of it.
_ACTIVE = re.compile(r"[\\`*_\[\]<>&!~|$]|:(?=//)|(?<=www)\.|[@#]")
#: What a span between backticks does not keep from meaning something, above all in a table.
_UNSPANNED = re.compile(r"[`|\\]")
_FENCES = re.compile(r"`{3,}")


def words(text: str) -> str:
    """A text as words of a line.

    >>> words("*all* | <b>")
    '&#42;all&#42; &#124; &#60;b&#62;'
    """
    return _ACTIVE.sub(_entity, shown(text))


def code(text: str) -> str:
    """A text as a name or a piece of a file, within a line or a cell of a table.

    >>> code("billing -> tickets"), code("a|b")
    ('`billing -> tickets`', '<code>a&#124;b</code>')
    """
    said = shown(text)
    return tagged(text) if not said.strip() or _UNSPANNED.search(said) else f"`{said}`"


def tagged(text: str) -> str:
    """The same within what is HTML already."""
    return f"<code>{words(text)}</code>"


def block(text: str) -> str:
    """Lines that are shown as they are; the fence around them is longer than any in them."""
    fence = "`" * max(3, *(len(found) + 1 for found in _FENCES.findall(text)), 3)
    return f"{fence}text\n{text}\n{fence}\n"


def clipped(text: str, most: int) -> str:
    """A text, or what is left of it where it is longer than anyone reads.

    >>> clipped("a long name", 7)
    'a long…'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _entity(match: re.Match[str]) -> str:
    made = f"&#{ord(match[0])};"
    return f"{made}<!-- -->" if match[0] in "@#" else made  # a comment parts it from what it calls
