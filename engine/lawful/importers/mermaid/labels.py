"""Labels: what is written on a node or a line, as it is shown."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"#(\w{1,32});")
_BREAK = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ICON = re.compile(r"\bfa[bklrs]?:fa-[\w-]+")
_MARKED = re.compile(r"(\*\*|__|\*)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)


def shown(text: str) -> str:
    """The text without its quotes and marks, on one line.

    >>> shown('"`The **cat**`"'), shown('"A #quot;till#quot;<br/>#35;1"'), shown("fa:fa-user Buyer")
    ('The cat', 'A "till" #1', 'Buyer')
    """
    found = text.strip()
    if len(found) > 1 and found[0] == found[-1] == '"':
        found = found[1:-1].strip()
        if len(found) > 1 and found[0] == found[-1] == "`":
            found = _MARKED.sub(r"\2", found[1:-1])
    found = _TAG.sub("", _BREAK.sub(" ", found))
    found = _ICON.sub("", _ENTITY.sub(_entity, html.unescape(found)))
    return " ".join(found.split())


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    coded = f"&#{name};" if name.isdigit() else f"&{name};"
    text = html.unescape(coded)
    return found[0] if text == coded else text
