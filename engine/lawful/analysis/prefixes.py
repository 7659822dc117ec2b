"""Prefixes: nodes that stand under another name of their file, `b/aws_x.y` for `c/aws_x.y`, and are the same else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache

#: What is said of things, by their kinds and ids.
Says = Mapping[str, Mapping[str, str]]
_NODE = "node "
_ENDS = ("source", "target")
#: The ends of a flow, and what is said of it.
_Flow = tuple[str, str, tuple[tuple[str, str], ...]]


def called_otherwise(before: Says, after: Says) -> dict[str, str]:
    """The ids that nodes had, by those that they have, where a prefix is another and all that is said the same.

    All that had a prefix has one and the same other one, or has none, or ids that had none got one. What may be
    either of two is the one that has the same flows, or neither.
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
    flows = cache(lambda: (_flows(before), _flows(after)))
    for was, now in pairs:
        rivals = [
            pair for pair in pairs if pair != (was, now) and (pair[0] == was or pair[1] == now)
        ]
        for rest in gone[was].keys() & come[now].keys():
            those = [(w, n) for w, n in rivals if rest in gone[w] and rest in come[n]]
            if not those or _flows_tell(rest, (was, now), those, *flows()):
                found[_id(now, rest)] = _id(was, rest)
    return found


def _flows_tell(
    rest: str,
    pair: tuple[str, str],
    rivals: Iterable[tuple[str, str]],
    before: Mapping[str, Set[_Flow]],
    after: Mapping[str, Set[_Flow]],
) -> bool:
    """Whether a node has the flows that it had under a prefix, and none that may be taken for it has."""

    def is_same(was: str, now: str) -> bool:
        return _under(was, before.get(_id(was, rest), ())) == _under(
            now, after.get(_id(now, rest), ())
        )

    return is_same(*pair) and not any(is_same(*rival) for rival in rivals)


def _under(prefix: str, flows: Iterable[_Flow]) -> frozenset[_Flow]:
    """Flows with ends that are called as if nothing stood before them."""
    return frozenset(
        (source.removeprefix(f"{prefix}/"), target.removeprefix(f"{prefix}/"), said)
        for source, target, said in flows
    )


def _flows(says: Says) -> dict[str, set[_Flow]]:
    """The flows at each node."""
    found: dict[str, set[_Flow]] = defaultdict(set)
    for thing, said in says.items():
        if thing.startswith("flow "):
            ends = said["source"], said["target"]
            facts = tuple(each for each in sorted(said.items()) if each[0] not in _ENDS)
            for end in ends:
                found[end].add((*ends, facts))
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
