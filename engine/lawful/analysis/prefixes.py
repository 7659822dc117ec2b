"""Prefixes: nodes that stand under another name of their file, `b/aws_x.y` for `c/aws_x.y`, and are the same else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

#: What is said of things, by their kinds and ids.
Says = Mapping[str, Mapping[str, str]]
_NODE = "node "


def called_otherwise(before: Says, after: Says) -> dict[str, str]:
    """The ids that nodes had, by those that they have, where a prefix is another and all that is said the same.

    All that had a prefix has one and the same other one, or has none, or ids that had none got one. What may be
    either of two is neither.
    """
    gone, come = _apart(before, after), _apart(after, before)
    pairs = [
        (was, now)
        for was in gone
        for now in come
        if was != now
        and (shared := gone[was].keys() & come[now].keys())
        and (not was or gone[was].keys() == shared)
        and (not now or come[now].keys() == shared)
        and all(gone[was][rest] == come[now][rest] for rest in shared)
    ]
    found: dict[str, str] = {}
    for was, now in pairs:
        rivals = [
            pair for pair in pairs if pair != (was, now) and (pair[0] == was or pair[1] == now)
        ]
        for rest in gone[was].keys() & come[now].keys():
            if not any(rest in gone[w] and rest in come[n] for w, n in rivals):
                found[_id(now, rest)] = _id(was, rest)
    return found


def _id(prefix: str, rest: str) -> str:
    return f"{prefix}/{rest}" if prefix else rest


def _apart(there: Says, elsewhere: Says) -> dict[str, dict[str, Mapping[str, str]]]:
    """What is said of nodes that are not elsewhere, by their prefixes and the rests of their ids."""
    found: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for thing, said in there.items():
        if thing.startswith(_NODE) and thing not in elsewhere:
            prefix, slash, rest = thing.removeprefix(_NODE).partition("/")
            found[prefix if slash else ""][rest if slash else prefix] = said
    return found
