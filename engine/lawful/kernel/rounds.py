"""Rounds: rows flow along all flows at once, round after round, where their source has more than before (numpy)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from lawful.kernel.rows import Flags, Numbers, Rows, Words, unpacked

#: About so many bytes of sets are looked at together, so that they fit into caches.
TOGETHER = 1 << 19
#: At least so many flows, so that they are worth the while.
FEWEST = 1 << 13
#: In at least so many stretches, if there are flows enough, so that one finds what another brought.
STRETCHES = 2


class Rounds:
    """Flows by target, in stretches: what a stretch brings, the next ones find."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._source, self._target, self._shape = rows.columns.by_target
        #: Later than any stretch was looked at.
        self._now = 1
        #: When each node had last more than before.
        self._when: Numbers = np.asarray(rows.came.any(axis=1)).astype(np.int64)
        self._first = np.flatnonzero(_beginning(self._target))
        self._cut = self._stretches(rows.tables.words)
        self._looked = [0] * len(self._cut)

    def _stretches(self, words: int) -> list[tuple[int, int]]:
        """The stretches of `first`."""
        flows = len(self._source)
        most = max(STRETCHES, flows * 8 * words // TOGETHER)
        count = max(1, min(most, flows // FEWEST))
        ends = np.linspace(0, len(self._first), count + 1).astype(np.int64).tolist()
        return list(pairwise(ends))

    def run(self) -> Numbers:
        """Lets everything flow that is known to; the shapes and members of which it is not known."""
        unknown: list[Numbers] = [np.empty(0, np.int64)]
        came = _flat(self._rows.came)
        moved = True
        while moved:
            moved = False
            for i in range(len(self._cut)):
                moved |= self._stretch(i, came, unknown)
        return np.unique(np.concatenate(unknown))

    def _stretch(self, number: int, came: Words, unknown: list[Numbers]) -> bool:
        """Whether some node has more than before by the flows of one stretch."""
        start, end = self._cut[number]
        first = self._first[start:end]
        if not len(first):
            return False
        low = int(first[0])
        high = int(self._first[end]) if end < len(self._first) else len(self._source)
        source, shape = self._source[low:high], self._shape[low:high]
        live = self._when.take(source, mode="clip") > self._looked[number]
        count = np.count_nonzero(live)
        if not count:
            return False
        self._looked[number] = self._now
        self._now += 1
        if 2 * count > len(live):
            target = self._target[first]
            first = first - low
        else:
            these = np.flatnonzero(live)
            source, shape = source.take(these), shape.take(these)
            to = self._target[low:high].take(these)
            first = np.flatnonzero(_beginning(to))
            target = to.take(first)
        brought = self._images(came, source, shape, unknown)
        after = np.bitwise_or.reduceat(brought, first, axis=0)
        before = came.take(target, axis=0, mode="clip")
        after |= before
        grown = np.flatnonzero(_any(after != before))
        if not len(grown):
            return False
        nodes = target[grown]
        came[nodes] = after.take(grown, axis=0, mode="clip")
        self._when[nodes] = self._now
        return True

    def _images(
        self,
        came: Words,
        source: Numbers,
        shape: Numbers,
        unknown: list[Numbers],
    ) -> Words:
        """What flows deliver of what came to their sources."""
        tables = self._rows.tables
        read = came.take(source, axis=0, mode="clip")
        moving = np.flatnonzero(tables.moves.take(shape, mode="clip"))
        image = read & _flat(tables.same).take(shape, axis=0, mode="clip")
        if len(moving):
            parts = read.take(moving, axis=0, mode="clip")
            parts &= _flat(tables.open).take(shape.take(moving), axis=0)
            some = np.flatnonzero(_any(parts != 0))
            if len(some):
                self._move(
                    image, moving.take(some), parts.take(some, axis=0, mode="clip"), shape, unknown
                )
        return image

    def _move(
        self,
        image: Words,
        flows: Numbers,
        parts: Words,
        shape: Numbers,
        unknown: list[Numbers],
    ) -> None:
        """Adds what members become that do not stay the same."""
        tables = self._rows.tables
        row, member = np.nonzero(unpacked(parts))
        keys = shape.take(flows.take(row)).astype(np.int64) << 32 | member
        at = np.searchsorted(tables.keys, keys)
        known = np.zeros(len(keys), bool)
        if len(tables.keys):
            np.equal(tables.keys.take(at, mode="clip"), keys, out=known)
        if not known.all():
            unknown.append(np.unique(keys[~known]))
            row, at = row[known], at[known]
        if len(row):
            begin = np.flatnonzero(_beginning(row))
            moved = _flat(tables.results).take(tables.result.take(at), axis=0)
            these = flows[row[begin]]
            image[these] |= np.bitwise_or.reduceat(moved, begin, axis=0)

    def learned(self, keys: Numbers) -> None:
        """Looks at the flows again that were met by what was not known."""
        again = self._flows_of(keys)
        self._when[self._source[again]] = self._now

    def stuck(self, keys: Numbers) -> Numbers:
        """The nodes that flows of such shapes lead to."""
        return np.unique(self._target[self._flows_of(keys)]).astype(np.int64)

    def _flows_of(self, keys: Numbers) -> Numbers:
        return np.flatnonzero(np.isin(self._shape, keys >> 32)).astype(np.int64)


def _beginning(sorted_: Numbers) -> Flags:
    """Where in a sorted array another number begins."""
    begins = np.ones(len(sorted_), bool)
    np.not_equal(sorted_[1:], sorted_[:-1], out=begins[1:])
    return begins


def _flat(rows: Words) -> Words:
    """Rows of one word as words."""
    return rows[:, 0] if rows.shape[1] == 1 else rows


def _any(differ: Flags) -> Flags:
    return differ if differ.ndim == 1 else np.asarray(differ.any(axis=1))
