"""Layers: a set as it stands after each of the four fixpoints of a component; one where it is the same after all."""

from __future__ import annotations

from collections.abc import Sequence

from lawful.kernel.bits import members

#: The sets after each fixpoint: four, or one where they are equal.
Layers = tuple[int, ...]

#: How many fixpoints a component has.
DEPTH = 4
EMPTY: Layers = (0,)


def layer(layers: Layers, depth: int) -> int:
    """The set after one of the fixpoints."""
    return layers[depth] if len(layers) > 1 else layers[0]


def layers_of(sets: Sequence[int]) -> Layers:
    """The sets after each fixpoint as layers.

    >>> layers_of([3, 3, 3, 3]), layers_of([1, 1, 3, 3])
    ((3,), (1, 1, 3, 3))
    """
    return (sets[-1],) if all(bits == sets[-1] for bits in sets) else tuple(sets)


def union(all_of_it: Sequence[Layers]) -> Layers:
    """The union of many, fixpoint by fixpoint.

    >>> union([(1,), (2,)]), union([(1,), (0, 0, 2, 2)])
    ((3,), (1, 1, 3, 3))
    """
    if all(len(layers) == 1 for layers in all_of_it):
        bits = 0
        for layers in all_of_it:
            bits |= layers[0]
        return (bits,)
    found = [0] * DEPTH
    for layers in all_of_it:
        for depth in range(DEPTH):
            found[depth] |= layer(layers, depth)
    return layers_of(found)


class Confluence:
    """The union of very many, of which a few change at a time: each member is counted."""

    def __init__(self, all_of_it: Sequence[Layers]) -> None:
        self._counts: list[dict[int, int]] = [{}]
        self._sets = [0]
        for layers in all_of_it:
            self.shift(EMPTY, layers)

    @property
    def union(self) -> Layers:
        """The union as it is now."""
        return layers_of(self._sets)

    def shift(self, before: Layers, after: Layers) -> None:
        """One of the many changes."""
        if len(self._sets) == 1 and max(len(before), len(after)) > 1:
            self._counts = [dict(self._counts[0]) for _ in range(DEPTH)]
            self._sets *= DEPTH
        for depth, counts in enumerate(self._counts):
            old, new = layer(before, depth), layer(after, depth)
            if old == new:
                continue
            for member in members(new & ~old):
                counts[member] = counts.get(member, 0) + 1
            self._sets[depth] |= new
            gone = 0
            for member in members(old & ~new):
                counts[member] -= 1
                if not counts[member]:
                    del counts[member]
                    gone |= 1 << member
            self._sets[depth] &= ~gone
