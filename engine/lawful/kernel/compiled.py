"""Compiled: rows flow node by node, in reverse post-order, only what is new, by compiled loops (numba)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from lawful.kernel.rows import Ends, Flags, Numbers, Rows, Words, keys_of


def _compiled(function: Callable[..., Any]) -> Any:
    """A function, compiled; kept for the next time where there is a place to keep it."""
    try:
        return njit(cache=True)(function)
    except RuntimeError:
        return njit(function)


class Compiled:
    """Flows by source; what is new at a node is sent on when its turn comes."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        nodes = rows.columns.nodes
        self._out, self._target, self._shape = rows.columns.by_source
        self._order, self._place = ordered(self._out, self._target)
        self._fresh = rows.came.copy()
        self._waiting = np.zeros(nodes, np.bool_)
        self._waiting[self._place[rows.came.any(axis=1)]] = True

    def run(self) -> Numbers:
        """Lets everything flow that is known to; the shapes and members of which it is not known."""
        tables = self._rows.tables
        shapes = np.arange(len(tables.same))
        first = np.searchsorted(tables.keys, np.arange(len(shapes) + 1) << 32).astype(np.int64)
        members = (tables.keys & 0xFFFFFFFF).astype(np.int64)
        self._met = np.zeros(len(self._rows.came), np.bool_)
        unknown = np.zeros_like(tables.open[:0] if tables.complete else tables.open)
        sweep(
            self._rows.came,
            self._fresh,
            self._waiting,
            self._order,
            self._place,
            self._out,
            self._target,
            self._shape,
            tables.same,
            tables.open,
            tables.moves,
            first,
            members,
            tables.result,
            tables.results,
            unknown,
            self._met,
        )
        return keys_of(shapes, unknown)

    def learned(self, keys: Numbers) -> None:
        """Looks at the nodes again that hold what was not known."""
        came = self._rows.came
        if self._fresh.shape != came.shape:
            self._fresh = np.zeros_like(came)
        self._fresh[self._met] = came[self._met]
        self._waiting[self._place[self._met]] = True

    def stuck(self, keys: Numbers) -> Numbers:
        """The nodes that flows of such shapes lead to."""
        these = np.isin(self._shape, keys >> 32)
        return np.unique(self._target[these]).astype(np.int64)


@_compiled
def ordered(out: Numbers, target: Ends) -> tuple[Ends, Ends]:
    """The nodes in reverse post-order, and the place of each."""
    nodes = len(out) - 1
    order = np.empty(nodes, np.int32)
    place = np.full(nodes, -1, np.int32)
    path = np.empty(nodes, np.int32)
    at = out[:-1].copy()
    left = nodes
    for root in range(nodes):
        if place[root] != -1:
            continue
        place[root] = 0
        path[0] = root
        depth = 1
        while depth:
            node = path[depth - 1]
            if at[node] < out[node + 1]:
                after = target[at[node]]
                at[node] += 1
                if place[after] == -1:
                    place[after] = 0
                    path[depth] = after
                    depth += 1
            else:
                depth -= 1
                left -= 1
                order[left] = node
    for i in range(nodes):
        place[order[i]] = i
    return order, place


@_compiled
def position(bit: np.uint64) -> int:
    """The position of the one bit that is set."""
    found = 0
    for step in (32, 16, 8, 4, 2, 1):
        if bit >> np.uint64(step):
            bit >>= np.uint64(step)
            found += step
    return found


@_compiled
def sweep(
    came: Words,
    fresh: Words,
    waiting: Flags,
    order: Ends,
    place: Ends,
    out: Numbers,
    target: Ends,
    shape: Ends,
    same: Words,
    open_: Words,
    moves: Flags,
    first: Numbers,
    member: Numbers,
    result: Numbers,
    results: Words,
    unknown: Words,
    met: Flags,
) -> None:
    """Sends on what is new, sweep by sweep, until nothing is; marks what it does not know the image of."""
    nodes, words = came.shape
    news = np.empty(words, np.uint64)
    image = np.empty(words, np.uint64)
    zero, one = np.uint64(0), np.uint64(1)
    again = True
    while again:
        again = False
        for i in range(nodes):
            if not waiting[i]:
                continue
            waiting[i] = False
            node = order[i]
            for w in range(words):
                news[w] = fresh[node, w]
                fresh[node, w] = zero
            for flow in range(out[node], out[node + 1]):
                does = shape[flow]
                for w in range(words):
                    image[w] = news[w] & same[does, w]
                if moves[does]:
                    at, end = first[does], first[does + 1]
                    for w in range(words):
                        rest = news[w] & open_[does, w]
                        while rest:
                            low = rest & (~rest + one)
                            rest ^= low
                            now = w * 64 + position(low)
                            while at < end and member[at] < now:
                                at += 1
                            if at < end and member[at] == now:
                                for v in range(words):
                                    image[v] |= results[result[at], v]
                            else:
                                unknown[does, w] |= low
                                met[node] = True
                to = target[flow]
                more = zero
                for w in range(words):
                    new = image[w] & ~came[to, w]
                    if new:
                        came[to, w] |= new
                        fresh[to, w] |= new
                        more |= new
                if more:
                    turn = place[to]
                    waiting[turn] = True
                    if turn <= i:
                        again = True
