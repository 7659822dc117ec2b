"""Rows: the sets of a large graph as rows of machine words, which flow all at once.

Everything but what only Python can do: flows out of nodes that make something of what came, flows that
read what some flows delivered, and what no one has yet been asked to learn. It is imported for large graphs only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lawful.kernel.bits import words
from lawful.kernel.graph import Graph
from lawful.kernel.transfer import Transfer

Words = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Ends = NDArray[np.int32]
Flags = NDArray[np.bool_]

#: So often what flows do to members is learned; what is not known then is left to who asked.
LEARNING = 200
#: So many rows are made sets together.
TOGETHER = 1 << 14
#: From so many flows on, compiling pays.
COMPILING = 200_000


def to_rows(sets: Sequence[int], width: int) -> Words:
    """Sets as rows; what goes beyond the words is left out."""
    rows = np.zeros((len(sets), width), np.dtype("<u8"))
    size, whole = width * 8, (1 << width * 64) - 1
    for i, bits in enumerate(sets):
        if bits:
            rows[i] = np.frombuffer((bits & whole).to_bytes(size, "little"), "<u8")
    return rows


def to_sets(rows: Words) -> list[int]:
    """Rows as sets."""
    if rows.shape[1] == 1:
        found: list[int] = rows[:, 0].tolist()
        return found
    size, sets = rows.shape[1] * 8, []
    for start in range(0, len(rows), TOGETHER):
        each = rows[start : start + TOGETHER].tobytes()
        sets += [int.from_bytes(each[i : i + size], "little") for i in range(0, len(each), size)]
    return sets


class Columns:
    """The plain flows of a graph as arrays, and what their shapes do; made once for a graph."""

    def __init__(self, graph: Graph) -> None:
        self.nodes = graph.nodes
        self.source = np.asarray(graph.source, np.int32)
        self.target = np.asarray(graph.target, np.int32)
        self.shape = np.asarray(graph.shape, np.int32)
        special = [flow for flows in graph.special.values() for flow in flows]
        if special:
            plain = np.ones(len(self.source), bool)
            plain[special] = False
            self.source, self.target, self.shape = (
                self.source[plain],
                self.target[plain],
                self.shape[plain],
            )
        self.tables = Tables(graph.shapes)

    @cached_property
    def by_source(self) -> tuple[Numbers, Ends, Ends]:
        """Where the flows out of each node begin, the target and the shape of each."""
        order = np.argsort(self.source, kind="stable")
        out = np.zeros(self.nodes + 1, np.int64)
        np.cumsum(np.bincount(self.source, minlength=self.nodes), out=out[1:])
        return out, self.target[order], self.shape[order]

    @cached_property
    def by_target(self) -> tuple[Numbers, Numbers, Numbers]:
        """Source, target and shape of the flows, in the order of their targets."""
        order = np.argsort(self.target, kind="stable")
        ordered = (each[order].astype(np.int64) for each in (self.source, self.target, self.shape))
        source, target, shape = ordered
        return source, target, shape


class Tables:
    """What the shapes of flows do to members, as far as it is known.

    Of a row of members, those of `same` pass. Of those of `open` the moves tell what they become: `keys` are
    a shape and a member, ascending, and `results` rows. A member of `open` without a move is not known.
    """

    def __init__(self, shapes: Sequence[Transfer]) -> None:
        self._shapes = shapes
        #: Whether everything is known.
        self.complete = all(shape.open == sum(1 << m for m in shape.moved) for shape in shapes)
        made = (image for shape in shapes for image in shape.moved.values())
        # What begins has room made for it by whoever knows it; nothing else comes.
        self.words = max(map(words, made), default=1)
        self._write()

    def _write(self) -> None:
        shapes = self._shapes
        self.same = to_rows([shape.same for shape in shapes], self.words)
        self.open = to_rows([shape.open for shape in shapes], self.words)
        moves = [
            (s << 32 | member, image)
            for s, shape in enumerate(shapes)
            for member, image in shape.moved.items()
        ]
        moves.sort()
        self.keys = np.array([key for key, _ in moves], np.int64)
        rows: dict[int, int] = {}
        self.result = np.array([rows.setdefault(image, len(rows)) for _, image in moves], np.int64)
        self.results = to_rows(list(rows), self.words)
        self.moves: Flags = np.asarray(self.open.any(axis=1))

    def widen(self, width: int) -> None:
        """Makes room for more members."""
        if width > self.words:
            self.words = width
            self._write()

    def learn(self, keys: Numbers) -> None:
        """Asks what members become that are not known."""
        reach = 0
        for key in keys.tolist():
            reach |= self._shapes[key >> 32].image(1 << (key & 0xFFFFFFFF))
        self.words = max(self.words, words(reach))
        self._write()


class Rows:
    """What has come to the nodes, as rows."""

    def __init__(self, columns: Columns, came: Sequence[int]) -> None:
        self.columns = columns
        self.tables = columns.tables
        reach = 0
        for bits in came:
            reach |= bits
        self.tables.widen(words(reach))
        self.came = to_rows(came, self.tables.words)

    def learn(self, keys: Numbers) -> None:
        """Asks what members become, and makes room where they become what was not there yet."""
        self.tables.learn(keys)
        more = self.tables.words - self.came.shape[1]
        if more:
            self.came = np.hstack([self.came, np.zeros((len(self.came), more), np.uint64)])


class Flood(Protocol):
    """A way to let rows flow."""

    def run(self) -> Numbers:
        """Lets everything flow that is known to; the shapes and members of which it is not known."""

    def learned(self, keys: Numbers) -> None:
        """What was not known is."""

    def stuck(self, keys: Numbers) -> Numbers:
        """The nodes that what is not known may flow to."""


def flood(graph: Graph, came: Sequence[int], most: int) -> tuple[list[int], list[int]]:
    """What comes to the nodes by plain flows; the nodes to which more may come, by them or by others.

    It stops where what is learned makes rows of more than the `most` words that are worth while.
    """
    rows = Rows(graph.columns, came)
    way = _way(graph, rows)
    keys = way.run()
    rounds = 0
    while len(keys) and rounds < LEARNING and rows.tables.words <= most:
        rows.learn(keys)
        way.learned(keys)
        keys = way.run()
        rounds += 1
    left = set(graph.special)
    if len(keys):
        left.update(way.stuck(keys).tolist())
    del way  # nor is what it keeps kept while sets are made
    return to_sets(rows.came), sorted(left)


def compiles(graph: Graph) -> bool:
    """Whether a graph is so large that compiled loops pay, and numba is installed."""
    return len(graph.source) >= COMPILING and find_spec("numba") is not None


def _way(graph: Graph, rows: Rows) -> Flood:
    if compiles(graph):
        from lawful.kernel.compiled import Compiled

        return Compiled(rows)
    from lawful.kernel.rounds import Rounds

    return Rounds(rows)


def keys_of(shapes: Numbers, bits: Words) -> Numbers:
    """The shape and member of each bit of rows."""
    row, member = np.nonzero(unpacked(bits))
    return np.unique(shapes[row].astype(np.int64) << 32 | member)


def unpacked(rows: Words) -> NDArray[np.uint8]:
    """The bits of rows, one by one."""
    each = (
        np.ascontiguousarray(rows)
        .view(np.uint8)
        .reshape(len(rows), 8 * rows.shape[-1] if rows.ndim > 1 else 8)
    )
    return np.unpackbits(each, axis=1, bitorder="little")
