"""Keys: what the objects of a format may say. Of a key that none of them has it is told that it is not read.

Such a key is a slip, or newer than what is known here: it may hide a flow or a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from lawful.importers._written import Yaml
from lawful_dsl.frozen import frozen

__all__ = ["Keys", "keys"]

#: What may be shown of a key: what is longer, or looks like anything else, may be a text of somebody.
_SHOWN = re.compile(r"[\w.:@$ -]{1,60}")
#: How near a key is to one that is known so as to be a slip where any may stand.
_NEAR = 0.8


@frozen
class Keys:
    """The objects of a format, each with its keys, and for each key the objects that stand under it, if any.

    The key `*` stands for any, one that ends so for all that begin so, `~` for any but those that look like a slip of
    another one.
    """

    format: str
    objects: Mapping[str, Mapping[str, str]]

    def strange(self, what: str, said: object) -> Iterator[str]:
        """For each key that an object cannot have, or one below it, or each of a list of them: what to tell of it."""
        waiting = [(what, said)]
        while waiting:
            what, said = waiting.pop()
            said = said.value if isinstance(said, Yaml) else said
            if isinstance(said, list | tuple):
                waiting += ((what, each) for each in said)
            for key, inner in said.items() if isinstance(said, Mapping) else ():
                known = self.objects[what]
                if under := known.get(key, known.get("*")):
                    waiting.append((under, inner))
                elif key not in known and _is_strange(str(key), known):
                    shown = key if _SHOWN.fullmatch(str(key)) else "?"
                    yield f"key `{shown}` of {what}, which {self.format} does not have: not read"


def keys(format: str, **objects: str) -> Keys:
    """The keys of a format; a word `key>objects` tells what stands under a key.

    >>> rooms = keys("Houses", a_room="name doors>a_door", a_door="colour x-*", a_garden="owner ~")
    >>> list(rooms.strange("a room", {"doors": [{"x-by": 1, "color": 2}], "nam": 3}))
    ['key `nam` of a room, which Houses does not have: not read', \
'key `color` of a door, which Houses does not have: not read']
    >>> [len(list(rooms.strange("a garden", {key: 1}))) for key in ("ownr", "trees")]
    [1, 0]
    """
    told = {
        _said(name): {
            key: _said(under) for key, _, under in (w.partition(">") for w in text.split())
        }
        for name, text in objects.items()
    }
    return Keys(format, told)


def _said(name: str) -> str:
    return name.replace("_", " ")


def _is_strange(key: str, known: Mapping[str, str]) -> bool:
    if "~" in known:
        return bool(get_close_matches(key.lower(), map(str.lower, known), 1, _NEAR))
    return not any(word.endswith("*") and key.startswith(word[:-1]) for word in known)
