"""Origins: the places where a member begins that is held at a node or delivered by a flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lawful.kernel.bits import members
from lawful.kernel.components import components
from lawful.kernel.solve import Solution

#: Where something begins: `node` or `flow`, and its number.
Beginning = tuple[str, int]
#: A member as it came to a node, or as a flow delivered it: the node, or `_flow` of the flow, and the member.
State = tuple[int, int]


class Origins:
    """The beginnings of members anywhere: those of what leads there, sought when somebody asks.

    What leads to what is a graph of states; the beginnings of a state are those of its component and of
    all before it. `spread(node, member)` is what a node makes of one member, given all that it holds.
    """

    def __init__(
        self, solution: Solution, started: Sequence[int], spread: Callable[[int, int], int]
    ) -> None:
        self._solution = solution
        self._started = started
        self._spread = spread
        self._found: dict[State, int] = {}
        self._fed: dict[int, dict[int, list[State]]] = {}
        self._brought: dict[int, int] = {}
        self._beginnings: dict[Beginning, int] = {}

    @staticmethod
    def _flow(flow: int) -> int:
        """The key of a flow beside those of nodes."""
        return -1 - flow

    def _begin(self, kind: str, number: int) -> int:
        return 1 << self._beginnings.setdefault((kind, number), len(self._beginnings))

    def _own(self, state: State) -> int:
        """The beginning that a state is by itself."""
        key, member = state
        if key >= 0:
            return self._begin("node", key) if self._started[key] >> member & 1 else 0
        flow = self._flow(key)
        return self._begin("flow", flow) if self._solution.given[flow] >> member & 1 else 0

    def _before(self, state: State) -> Sequence[State]:
        """The states that lead to one."""
        key, member = state
        if key < 0:
            return self._feeding(self._flow(key)).get(member, ())
        into = self._solution.graph.into[key]
        return [(self._flow(f), member) for f in into if self._delivered(f) >> member & 1]

    def _delivered(self, flow: int) -> int:
        found = self._brought.get(flow)
        if found is None:
            found = self._brought[flow] = self._solution.delivered(flow)
        return found

    def _feeding(self, flow: int) -> dict[int, list[State]]:
        """The states of which a flow makes what it delivers, by that."""
        found = self._fed.get(flow)
        if found is None:
            found = self._fed[flow] = {}
            graph, brought = self._solution.graph, self._delivered(flow)
            source, via = graph.source[flow], graph.via.get(flow)
            read = (
                [(self._flow(v), self._delivered(v)) for v in via]
                if via
                else [(source, self._solution.came[source])]
            )
            for key, bits in read:
                for a in members(bits):
                    # With what else is held, a node can make more of it than of what `via` lets through.
                    for b in members(graph.image(flow, self._spread(source, a)) & brought):
                        found.setdefault(b, []).append((key, a))
        return found

    def _of(self, state: State) -> int:
        """The beginnings of a state; those of each that leads to it are known from then on."""
        if state in self._found:
            return self._found[state]
        before: dict[State, Sequence[State]] = {}
        waiting = [state]
        while waiting:
            each = waiting.pop()
            if each not in before and each not in self._found:
                before[each] = self._before(each)
                waiting += before[each]
        number = {each: n for n, each in enumerate(before)}
        own = [self._own(each) for each in before]
        successors: list[list[int]] = [[] for _ in before]
        for n, those in enumerate(before.values()):
            for each in those:
                if each in number:
                    successors[number[each]].append(n)
                else:
                    own[n] |= self._found[each]
        self._found.update(zip(before, _gathered(own, successors), strict=True))
        return self._found[state]

    def at(self, node: int, member: int) -> int:
        """Where a member that a node holds begins: a set of beginnings, which `named` tells."""
        bits = 0
        for a in members(self._solution.came[node]):
            if self._spread(node, a) >> member & 1:
                bits |= self._of((node, a))
        return bits

    def along(self, flow: int, member: int) -> int:
        """Where a member that a flow delivers begins: a set of beginnings."""
        return self._of((self._flow(flow), member))

    def starting(self, node: int) -> int:
        """The beginning that a node is, as a set of one."""
        return self._begin("node", node)

    def named(self, bits: int) -> frozenset[Beginning]:
        """A set of beginnings as what they are."""
        return frozenset(each for each, n in self._beginnings.items() if bits >> n & 1)


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
