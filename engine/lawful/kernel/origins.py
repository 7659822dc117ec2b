"""Origins: the places where a member begins that is held at a node or delivered by a flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lawful.kernel.bits import members
from lawful.kernel.solve import Solution

#: A member as it came to a node, or (with the flow) as it came by one flow.
_State = tuple[int, int, int]


class Origins:
    """Finds beginnings by walking back over the solution; what a flow turns into what is worked out once.

    A beginning is `node` or `flow` and its number.
    """

    def __init__(
        self, solution: Solution, started: Sequence[int], spread: Callable[[int, int], int]
    ) -> None:
        self._solution = solution
        self._started = started
        self._spread = spread
        graph = solution.graph
        self._into: list[list[int]] = [[] for _ in range(graph.nodes)]
        for flow, target in enumerate(graph.target):
            self._into[target].append(flow)
        self._inverse: dict[int, dict[int, list[int]]] = {}

    def at(self, node: int, member: int) -> frozenset[tuple[str, int]]:
        """Where a member that a node holds begins."""
        came = [a for a in members(self._solution.came[node]) if self._made(node, a) >> member & 1]
        found: set[tuple[str, int]] = set()
        seen: set[_State] = set()
        for a in came:
            self._arrived(node, a, found, seen)
        return frozenset(found)

    def along(self, flow: int, member: int) -> frozenset[tuple[str, int]]:
        """Where a member that a flow delivers begins."""
        found: set[tuple[str, int]] = set()
        self._delivered(flow, member, found, set())
        return frozenset(found)

    def _made(self, node: int, member: int) -> int:
        if self._solution.graph.close[node] is None:
            return 1 << member
        return self._spread(node, member)

    def _read_by(self, flow: int) -> dict[int, list[int]]:
        """For each member that a flow delivers from its source, those that came there and became it."""
        found = self._inverse.get(flow)
        if found is None:
            found = {}
            graph = self._solution.graph
            source = graph.source[flow]
            for a in members(self._solution.came[source]):
                for b in members(graph.image[flow](self._made(source, a))):
                    found.setdefault(b, []).append(a)
            self._inverse[flow] = found
        return found

    def _delivered(
        self, flow: int, member: int, found: set[tuple[str, int]], seen: set[_State]
    ) -> None:
        todo = [(flow, member)]
        while todo:
            flow, member = todo.pop()
            if self._solution.given[flow] >> member & 1:
                found.add(("flow", flow))
            graph = self._solution.graph
            source = graph.source[flow]
            via = graph.via[flow]
            for a in self._read_by(flow).get(member, ()):
                if not via and self._started[source] >> a & 1:
                    found.add(("node", source))
                for upstream in via or self._into[source]:
                    state = (upstream, source, a)
                    if state not in seen and self._solution.delivered(upstream) >> a & 1:
                        seen.add(state)
                        todo.append((upstream, a))

    def _arrived(
        self,
        node: int,
        member: int,
        found: set[tuple[str, int]],
        seen: set[_State],
    ) -> None:
        if self._started[node] >> member & 1:
            found.add(("node", node))
        for flow in self._into[node]:
            state = (flow, node, member)
            if state not in seen and self._solution.delivered(flow) >> member & 1:
                seen.add(state)
                self._delivered(flow, member, found, seen)
