"""Origins: the places where a member begins that is held at a node or delivered by a flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lawful.kernel.bits import members
from lawful.kernel.components import components
from lawful.kernel.solve import Solution

#: Where something begins: `node` or `flow`, and its number.
Beginning = tuple[str, int]


class Origins:
    """The beginnings of every member everywhere, by one pass over the states of the solution.

    A state is a member as it came to a node, or as a flow delivered it. What leads to what is a
    graph; the beginnings of a state are those of its component and of all before it.
    `spread(node, member)` is what a node makes of one member, given all that it holds.
    """

    def __init__(
        self, solution: Solution, started: Sequence[int], spread: Callable[[int, int], int]
    ) -> None:
        self._solution = solution
        self._spread = spread
        graph = solution.graph
        self._brought = [solution.delivered(f) for f in range(len(graph.source))]
        self._number: dict[tuple[int, int], int] = {}
        self._beginnings: list[Beginning] = []
        own: list[int] = []
        for n in range(graph.nodes):
            for a in members(solution.came[n]):
                self._number[n, a] = len(own)
                own.append(self._begin("node", n) if started[n] >> a & 1 else 0)
        for f, bits in enumerate(self._brought):
            for b in members(bits):
                self._number[self._flow(f), b] = len(own)
                own.append(self._begin("flow", f) if solution.given[f] >> b & 1 else 0)
        self._position = {beginning: i for i, beginning in enumerate(self._beginnings)}
        self._found = _gathered(own, self._successors(len(own)))

    @staticmethod
    def _flow(flow: int) -> int:
        """The key of a flow beside those of nodes."""
        return -1 - flow

    def _begin(self, kind: str, number: int) -> int:
        beginning = (kind, number)
        if not self._beginnings or self._beginnings[-1] != beginning:
            self._beginnings.append(beginning)
        return 1 << len(self._beginnings) - 1

    def _successors(self, states: int) -> list[list[int]]:
        graph = self._solution.graph
        found: list[list[int]] = [[] for _ in range(states)]
        for f, source in enumerate(graph.source):
            via = graph.via.get(f)
            for key, bits in (
                [(self._flow(v), self._brought[v]) for v in via]
                if via
                else [(source, self._solution.came[source])]
            ):
                for a in members(bits):
                    # With what else is held, a node can make more of it than of what `via` lets through.
                    for b in members(graph.image(f, self._spread(source, a)) & self._brought[f]):
                        found[self._number[key, a]].append(self._number[self._flow(f), b])
            for b in members(self._brought[f]):
                found[self._number[self._flow(f), b]].append(self._number[graph.target[f], b])
        return found

    def at(self, node: int, member: int) -> int:
        """Where a member that a node holds begins: a set of beginnings, which `named` tells."""
        bits = 0
        for a in members(self._solution.came[node]):
            if self._spread(node, a) >> member & 1:
                bits |= self._found[self._number[node, a]]
        return bits

    def along(self, flow: int, member: int) -> int:
        """Where a member that a flow delivers begins: a set of beginnings."""
        return self._found[self._number[self._flow(flow), member]]

    def starting(self, node: int) -> int:
        """The beginning that a node is, as a set of one."""
        return 1 << self._position["node", node]

    def named(self, bits: int) -> frozenset[Beginning]:
        """A set of beginnings as what they are."""
        return frozenset(self._beginnings[i] for i in members(bits))


def _gathered(own: Sequence[int], successors: Sequence[Sequence[int]]) -> list[int]:
    """For each state its own beginnings and those of all states that lead to it."""
    gathered = list(own)
    for component in components(successors):
        bits = 0
        for state in component:
            bits |= gathered[state]
        for state in component:  # those of a ring come after each other, too
            for after in successors[state]:
                gathered[after] |= bits
    return gathered
