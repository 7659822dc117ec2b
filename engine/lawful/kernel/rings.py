"""Rings: the strongly connected components of a graph, kept while its edges come and go."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from lawful.kernel.components import components

#: The neighbours of each node, with the number of edges to each.
Beside = list[dict[int, int]]


class Rings:
    """Which nodes are in one strongly connected component: those of which `of` says the same.

    An edge that comes or goes is looked at from both of its ends in turn, so that it costs as much as the
    smaller of what lies before it and what lies behind it. Several edges may have the same ends.
    """

    def __init__(self, nodes: int, edges: Iterable[tuple[int, int]]) -> None:
        self._out: Beside = [{} for _ in range(nodes)]
        self._into: Beside = [{} for _ in range(nodes)]
        for source, target in edges:
            out, into = self._out[source], self._into[target]
            out[target] = into[source] = out.get(target, 0) + 1
        self.of = [0] * nodes
        self._members: dict[int, set[int]] = {}
        self._new = count()
        for component in components([list(beside) for beside in self._out]):
            self._name(component)

    def _name(self, component: Iterable[int]) -> None:
        name = next(self._new)
        self._members[name] = set(component)
        for node in self._members[name]:
            self.of[node] = name

    def members(self, node: int) -> set[int]:
        """The component of a node."""
        return self._members[self.of[node]]

    def in_order(self) -> Iterable[set[int]]:
        """All components; as long as no edge has come or gone, each before those that it leads to."""
        return self._members.values()

    def add(self, node: int) -> None:
        """A node comes, by a number that is new, or whose node had lost all its edges."""
        if node == len(self.of):
            self.of.append(0)
            self._out.append({})
            self._into.append({})
            self._name([node])

    # --- an edge comes ----------------------------------------------------------------------------

    def join(self, source: int, target: int) -> set[int]:
        """An edge comes; gives the nodes that are in another component now."""
        _more(self._out[source], target)
        _more(self._into[target], source)
        first, last = self.of[target], self.of[source]
        if first == last or self._out[source][target] > 1:
            return set()
        ahead = _Walk(first, self._beside(self._out), last)
        back = _Walk(last, self._beside(self._into), first)
        found, end, beside = (
            (ahead.seen, last, self._into)
            if _first_done(ahead, back) is ahead
            else (back.seen, first, self._out)
        )
        if end not in found:
            return set()
        # Of all that was found, that which also lies on a way back from the far end.
        ways: dict[int, list[int]] = defaultdict(list)
        other = self._out if beside is self._into else self._into
        for ring in found - {end}:
            for neighbour in self._beside(other)(ring):
                ways[neighbour].append(ring)
        merged = reached([end], ways.__getitem__)
        kept = max(merged, key=lambda ring: (len(self._members[ring]), ring))
        moved: set[int] = set()
        for ring in merged - {kept}:
            moved |= self._members.pop(ring)
        for node in moved:
            self.of[node] = kept
        self._members[kept] |= moved
        return moved

    def _beside(self, beside: Beside) -> Callable[[int], Iterator[int]]:
        """The components next to one, some of them several times."""
        return lambda ring: (
            self.of[node] for member in self._members[ring] for node in beside[member]
        )

    # --- an edge goes -----------------------------------------------------------------------------

    def leave(self, source: int, target: int) -> set[int]:
        """An edge goes; gives the nodes that are in another component now."""
        _fewer(self._out[source], target)
        _fewer(self._into[target], source)
        ring = self.of[source]
        if ring != self.of[target] or source == target or target in self._out[source]:
            return set()
        done = self._apart(source, target, ring)
        if done is None:
            return set()
        # One end has no way to the other any more: with it fall those that had a way by it alone.
        fallen = set(done.seen)
        forward = done.start == source
        before = self._into if forward else self._out
        waiting = [n for member in fallen for n in before[member] if self.of[n] == ring]
        while waiting:
            node = waiting.pop()
            if node in fallen:
                continue
            ends = (node, target) if forward else (source, node)
            apart = self._apart(*ends, ring)
            if apart is None:
                continue
            if apart.start != node:  # all that still has a way is known
                fallen = self._members[ring] - apart.seen
                break
            fallen |= apart.seen
            waiting += [n for member in apart.seen for n in before[member] if self.of[n] == ring]
        self._members[ring] -= fallen
        numbered = sorted(fallen)
        place = {node: i for i, node in enumerate(numbered)}
        inner = [[place[n] for n in self._out[node] if n in place] for node in numbered]
        for component in components(inner):
            self._name(numbered[i] for i in component)
        return fallen

    def _apart(self, source: int, target: int, ring: int) -> _Walk | None:
        """None where a way leads from one node to another in a component; else the walk that shows there is none."""

        def within(beside: Beside) -> Callable[[int], Iterator[int]]:
            return lambda node: (n for n in beside[node] if self.of[n] == ring)

        if source == target:
            return None
        ahead, back = _Walk(source, within(self._out)), _Walk(target, within(self._into))
        return _first_done(ahead, back, meeting=True)


class _Walk:
    """All that can be reached from a start, one edge at a time; not beyond the `end`."""

    def __init__(
        self, start: int, beside: Callable[[int], Iterable[int]], end: int | None = None
    ) -> None:
        self.start = start
        self.seen = {start}
        self._beside = beside
        self._end = end
        self._steps = self._walk()

    def _walk(self) -> Iterator[int]:
        waiting = deque([self.start])
        while waiting:
            for node in self._beside(waiting.popleft()):
                if node not in self.seen:
                    self.seen.add(node)
                    if node != self._end:
                        waiting.append(node)
                yield node

    def step(self) -> int | None:
        """What the next edge leads to; None where there is none left."""
        return next(self._steps, None)


def _first_done(one: _Walk, other: _Walk, *, meeting: bool = False) -> _Walk | None:
    """Which of two walks, step by step in turn, comes to its end first; None where `meeting` they meet before."""
    while True:
        for walk, against in ((one, other), (other, one)):
            node = walk.step()
            if node is None:
                return walk
            if meeting and node in against.seen:
                return None


def reached(starts: Iterable[int], beside: Callable[[int], Iterable[int]]) -> set[int]:
    """All that can be reached from some starts, and these."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        new = [n for n in beside(waiting.pop()) if n not in found]
        found.update(new)
        waiting += new
    return found


def _more(beside: dict[int, int], node: int) -> None:
    beside[node] = beside.get(node, 0) + 1


def _fewer(beside: dict[int, int], node: int) -> None:
    beside[node] -= 1
    if not beside[node]:
        del beside[node]
