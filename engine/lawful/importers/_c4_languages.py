"""C4 languages: in which of the languages for such models a text is, of which their own tools make JSON."""

from __future__ import annotations

import re

__all__ = ["language"]

_WORKSPACE = re.compile(
    r"^[^\S\n]*workspace(?:[ \t]+(?:\"[^\"\n]*\"|[^\s\"{}()=:;,]+))*[ \t]*\{[ \t]*(?:\}|$|//|/\*|#)",
    re.IGNORECASE | re.MULTILINE,
)
_SYSTEM = re.compile(
    r"^[^\S\n]*(?:[\w.-]+\s*=\s*)?softwareSystem\s+[\"{]", re.IGNORECASE | re.MULTILINE
)
#: What a page has that shows some of a language.
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
#: What only LikeC4 has, and what it begins with.
_OWN = re.compile(r"^[^\S\n]*specification\s*\{", re.MULTILINE)
_BLANK = r"(?>(?:\s|//[^\n]*\n|/\*.*?\*/)*)"
#: Other languages import in these words, too: what follows them tells.
_FIRST = re.compile(
    rf"{_BLANK}(?>(?:import\s*\{{[^}}\n]*\}}\s*from\s*(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)[ \t;]*(?=\n|//){_BLANK})*)"
    r"(?:specification|model|deployment|views|global|likec4lib)\b[^\n\"={;(]*\{",
    re.DOTALL,
)


def language(text: str) -> str:
    """`structurizr`, `likec4`, or neither.

    >>> language('workspace "Shop" {'), language("specification {"), language("{}")
    ('structurizr', 'likec4', '')
    """
    if text.lstrip().startswith(("{", "[")) or _FENCE.search(text):
        return ""
    if _OWN.search(text):
        return "likec4"
    if _WORKSPACE.search(text):
        return "structurizr"
    if _FIRST.match(text):
        return "likec4"
    return "structurizr" if _SYSTEM.search(text) else ""
