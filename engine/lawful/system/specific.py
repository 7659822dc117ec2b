"""Specific: which of several entries for some data and purposes is the most specific."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import TypeVar

from lawful.system.model import Kept, Role
from lawful_dsl.vocabulary import Lattice

Entry = TypeVar("Entry", Role, Kept)
#: The data leaves and the purpose leaves that an entry covers; the empty one is an unknown one.
Extents = tuple[frozenset[str], frozenset[str]]


def clashes(
    entries: Sequence[Entry], lattice: Lattice, value: Callable[[Entry], object]
) -> Iterator[tuple[Entry, Entry]]:
    """Each two entries that overlap with different values where no entry decides between them."""
    covered = [_extents(entry, lattice) for entry in entries] if len(entries) > 1 else []
    for i, k in combinations(range(len(covered)), 2):
        a, b = covered[i], covered[k]
        data, purposes = a[0] & b[0], a[1] & b[1]
        if value(entries[i]) == value(entries[k]) or not data or not purposes:
            continue
        if a != b and (_within(a, b) or _within(b, a)):
            continue
        settled = any(
            data <= c[0] and purposes <= c[1] and _within(c, a) and _within(c, b)
            for n, c in enumerate(covered)
            if n not in (i, k)
        )
        if not settled:
            yield entries[i], entries[k]


def deciding(
    entries: Sequence[Entry], lattice: Lattice, leaf: str, purpose: str
) -> Iterator[Entry | None]:
    """The most specific entries for a leaf and a purpose, None where there is none.

    An empty leaf or purpose may be any, so that each has its own.
    """
    covered = [(entry, _extents(entry, lattice)) for entry in entries]
    every_leaf = not leaf and any(entry.data for entry in entries)
    every_purpose = not purpose and any(entry.purposes for entry in entries)
    purposes = lattice.vocabulary.of_list("purposes") if every_purpose else ()
    for one, why in product(
        sorted(lattice.all_data) if every_leaf else [leaf],
        sorted(lattice.extent(purposes)) if every_purpose else [purpose],
    ):
        there = [(entry, a) for entry, a in covered if one in a[0] and why in a[1]]
        best = [e for e, a in there if not any(b != a and _within(b, a) for _, b in there)]
        yield from best
        if not best:
            yield None


def covering(entry: Role | Kept) -> str:
    """What an entry covers, as it is written."""
    of = f" of {', '.join(entry.data)}" if entry.data else ""
    return of + (f" for {', '.join(entry.purposes)}" if entry.purposes else "")


@lru_cache(maxsize=4096)
def _extents(entry: Role | Kept, lattice: Lattice) -> Extents:
    purposes = lattice.vocabulary.of_list("purposes")
    return (
        lattice.extent(entry.data) if entry.data else lattice.all_data | {""},
        lattice.extent(entry.purposes) if entry.purposes else lattice.extent(purposes) | {""},
    )


def _within(inner: Extents, outer: Extents) -> bool:
    return inner[0] <= outer[0] and inner[1] <= outer[1]
