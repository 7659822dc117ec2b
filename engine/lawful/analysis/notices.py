"""Notices: what must be said beside findings and was not said before; what only counts more is one notice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

#: `17 resources are of types that are not known: aws_thing (16), aws_other`
_COUNTED = re.compile(r"(\d+) (.+?)(?:: (.+))?", re.DOTALL)
_ITEM = re.compile(r"(.*?)(?: \((\d+)\))?", re.DOTALL)
_MORE = "as before, and more of it: {}"


def new_notices(before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    """The notices that are new: of those that count things of a kind, what they list and did not list before."""
    was, now = tuple(before), tuple(dict.fromkeys(after))
    counts, items = _by_kind(was)
    totals, _ = _by_kind(now)
    found: list[str] = []
    for notice in now:
        counted = _COUNTED.fullmatch(notice)
        if not counted or counted[2] not in counts:
            found += [] if notice in was else [notice]
        elif new := [each for each in _items(counted[3]) if each[0] not in items[counted[2]]]:
            listed = ", ".join(
                name if number == 1 else f"{name} ({number})" for name, number in new
            )
            found.append(f"{sum(number for _, number in new)} {counted[2]}: {listed}")
    more = [
        f"{number} {kind} ({counts[kind]} before)"
        for kind, number in totals.items()
        if 0 < counts[kind] < number
    ]
    return (*found, *([_MORE.format("; ".join(more))] if more else []))


def _by_kind(notices: Iterable[str]) -> tuple[Counter[str], dict[str, set[str]]]:
    """How many things of each kind are counted, and which are listed."""
    counts: Counter[str] = Counter()
    items: dict[str, set[str]] = defaultdict(set)
    for notice in notices:
        if counted := _COUNTED.fullmatch(notice):
            counts[counted[2]] += int(counted[1])
            items[counted[2]].update(name for name, _ in _items(counted[3]))
    return counts, items


def _items(listed: str | None) -> list[tuple[str, int]]:
    """What a notice lists, and how many there are of each."""
    found = (_ITEM.fullmatch(each) for each in (listed or "").split(", ") if each)
    return [(one[1], int(one[2] or 1)) for one in found if one]
