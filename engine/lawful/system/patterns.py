"""Patterns: ids written with `*` where anything may stand, so that what is said of them outlives a change."""

from __future__ import annotations

from collections.abc import Iterable

from lawful.system.names import Scope

#: What stands for any characters, and for none.
ANYTHING = "*"


def matches(pattern: str, id: str) -> bool:
    """Whether a pattern stands for an id; all but `*` stands for itself.

    >>> matches("* -> aws_s3.*", "web -> aws_s3.logs"), matches("web", "web2")
    (True, False)
    """
    first, *rest = pattern.split(ANYTHING)
    if not rest:
        return id == pattern
    *middle, last = rest
    if not id.startswith(first) or len(id) < len(first) + len(last) or not id.endswith(last):
        return False
    at, end = len(first), len(id) - len(last)
    for piece in middle:
        found = id.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def chosen(scope: Scope, patterns: Iterable[str], ids: Iterable[str]) -> frozenset[str]:
    """The ids for which some pattern stands, with or without the name of the system before them."""
    wanted = tuple(patterns)
    return frozenset(
        id
        for id in ids
        if any(matches(each, id) or matches(each, scope.short(id)) for each in wanted)
    )
