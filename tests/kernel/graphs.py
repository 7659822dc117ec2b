"""Small graphs for the tests of the kernel, and what is true of them, said as sets and told at length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from lawful.kernel.bits import bits_of, members
from lawful.kernel.graph import Graph
from lawful.kernel.solve import Solution, solve
from lawful.kernel.transfer import Transfer

MEMBERS = 4

#: What each member becomes, in the order of their numbers.
Table = tuple[frozenset[int], ...]


def image_under(table: Table, bits: int) -> int:
    """The union of what the members become."""
    return bits_of(b for a in members(bits) for b in table[a])


@dataclass(frozen=True)
class Node:
    """What a node makes of each member besides itself, and what it makes of two that meet there."""

    makes: Table | None = None
    joins: tuple[int, int, int] | None = None

    def held(self, came: frozenset[int]) -> frozenset[int]:
        """What it holds of what came."""
        found = set(came)
        for member in came if self.makes else ():
            found |= self.makes[member] if self.makes else frozenset()
        if self.joins and {*self.joins[:2]} <= came:
            found.add(self.joins[2])
        return frozenset(found)

    def close(self, came: int) -> int:
        """The same for the kernel."""
        return bits_of(self.held(frozenset(members(came))))


@dataclass(frozen=True)
class Flow:
    """A flow; `via` are numbers of flows into its source."""

    source: int
    target: int
    becomes: Table
    via: tuple[int, ...] = ()


@dataclass(frozen=True)
class Case:
    """A graph, what starts where, and what starts at a node where it does not come."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    at_nodes: tuple[int, ...]
    on_flows: tuple[int, ...]
    late: tuple[tuple[bool, int, int], ...] = ()

    def graph(self) -> Graph:
        """The same for the kernel."""
        return Graph(
            len(self.nodes),
            [f.source for f in self.flows],
            [f.target for f in self.flows],
            range(len(self.flows)),
            [_imaged(f.becomes) for f in self.flows],
            {n: node.close for n, node in enumerate(self.nodes) if node.makes or node.joins},
            {n: f.via for n, f in enumerate(self.flows) if f.via},
        )


def _imaged(table: Table) -> Transfer:
    return Transfer(lambda member: bits_of(table[member]))


@dataclass
class Solved:
    """What the kernel finds, and what had started at nodes when it was done."""

    case: Case
    started: list[int] = field(default_factory=list)
    solution: Solution = field(init=False)

    def __post_init__(self) -> None:
        self.started = list(self.case.at_nodes)
        case = self.case

        def starting(
            solution: Solution, component: Sequence[int]
        ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
            nodes: list[tuple[int, int]] = []
            flows: list[tuple[int, int]] = []
            for on_flow, where, member in case.late:
                at = case.flows[where].source if on_flow else where
                if at in component and not solution.held(at) >> member & 1:
                    (flows if on_flow else nodes).append((where, 1 << member))
            for where, bits in nodes:
                self.started[where] |= bits
            return nodes, flows

        self.solution = solve(case.graph(), case.at_nodes, case.on_flows, [starting])

    def spread(self, node: int, member: int) -> int:
        """What a node makes of one member, given all that it holds."""
        one = self.case.nodes[node]
        made = 1 << member
        if one.makes:
            made |= bits_of(one.makes[member])
        if one.joins and member in one.joins[:2]:
            left, right, result = one.joins
            if self.solution.came[node] >> left & self.solution.came[node] >> right & 1:
                made |= 1 << result
        return made


# --- what is drawn --------------------------------------------------------------------------------

_numbers = st.integers(0, MEMBERS - 1)
_sets = st.frozensets(_numbers, max_size=2)
_bits = st.integers(0, 2**MEMBERS - 1)
_SAME = tuple(frozenset({n}) for n in range(MEMBERS))
_mostly_same = st.integers(0, 3).flatmap(
    lambda kind: st.tuples(
        *((_sets if kind == 0 else st.just(frozenset({n}))) for n in range(MEMBERS))
    )
)


@st.composite
def cases(draw: st.DrawFn, changes: bool = True) -> Case:
    """A graph of few nodes and flows, on which members change or do not; rings are common."""
    count = draw(st.integers(1, 4))
    places = st.integers(0, count - 1)
    ends = draw(st.lists(st.tuples(places, places), max_size=7))
    flows = []
    for source, target in ends:
        into = [i for i, (_, end) in enumerate(ends) if end == source]
        upstream = draw(st.sets(st.sampled_from(into), max_size=2)) if into else set()
        becomes = draw(_mostly_same) if changes else _SAME
        flows.append(Flow(source, target, becomes, tuple(sorted(upstream))))
    nodes = []
    for _ in range(count):
        makes = draw(st.none() | st.tuples(*(_sets for _ in range(MEMBERS)))) if changes else None
        joined = draw(st.none() | st.tuples(_numbers, _numbers, _numbers)) if changes else None
        nodes.append(Node(makes, joined))
    started = [draw(_bits) if draw(st.booleans()) else 0 for _ in nodes]
    given = [draw(_bits) if draw(st.integers(0, 3)) == 0 else 0 for _ in flows]
    starts = []
    for _ in range(draw(st.integers(0, 3))):
        on_flow = bool(flows) and draw(st.booleans())
        where = draw(st.integers(0, len(flows) - 1)) if on_flow else draw(places)
        starts.append((on_flow, where, draw(_numbers)))
    return Case(tuple(nodes), tuple(flows), tuple(started), tuple(given), tuple(starts))


# --- paths, told at length ------------------------------------------------------------------------

#: A member that came to a node (no flow), or one that a flow delivered.
Place = tuple[str, int, int]


class Walks:
    """Every way by which a member comes somewhere, step by step."""

    def __init__(self, solved: Solved) -> None:
        self.solved = solved
        case, solution = solved.case, solved.solution
        self.length: dict[Place, int] = {}
        self.before: dict[Place, set[Place]] = {}
        self.begins: dict[Place, set[tuple[str, int]]] = {}
        todo: list[Place] = []
        for node, bits in enumerate(solved.started):
            for member in members(bits):
                todo.append(("node", node, member))
                self.begins[todo[-1]] = {("node", node)}
                self.length[todo[-1]] = 0
        for flow, bits in enumerate(solution.given):
            for member in members(bits):
                todo.append(("flow", flow, member))
                self.begins[todo[-1]] = {("flow", flow)}
                self.length[todo[-1]] = 1
        todo.sort(key=lambda place: self.length[place])
        # Level by level, so that the first length found is the least.
        level = 0
        while any(length >= level for length in self.length.values()):
            for place in [p for p, length in self.length.items() if length == level]:
                for after in self._steps(place, case):
                    self.before.setdefault(after, set()).add(place)
                    if after not in self.length:
                        self.length[after] = level + 1
            level += 1

    def _steps(self, place: Place, case: Case) -> Iterator[Place]:
        """What is delivered next; a member that started at a node is read by flows without `via`."""
        word, number, member = place
        node = number if word == "node" else case.flows[number].target
        for i, flow in enumerate(case.flows):
            if flow.source != node:
                continue
            if flow.via and (word == "node" or number not in flow.via):
                continue
            # What two data make of each other is made of one that meets the other on a flow named.
            delivers = self.solved.solution.delivered(i)
            made = self.solved.spread(node, member)
            for delivered in members(image_under(flow.becomes, made) & delivers):
                yield ("flow", i, delivered)

    def ends_at(self, node: int, member: int) -> list[Place]:
        """The places from which a node has a member."""
        return [
            place
            for place in self.length
            if self._node(place) == node and self.solved.spread(node, place[2]) >> member & 1
        ]

    def _node(self, place: Place) -> int:
        word, number, _ = place
        return number if word == "node" else self.solved.case.flows[number].target

    def beginnings(self, ends: Sequence[Place]) -> frozenset[tuple[str, int]]:
        """Where all the walks to some places begin."""
        todo, seen = list(ends), set(ends)
        while todo:
            for place in self.before.get(todo.pop(), ()):
                if place not in seen:
                    seen.add(place)
                    todo.append(place)
        return frozenset(b for place in seen for b in self.begins.get(place, ()))

    def shortest(self, ends: Sequence[Place]) -> set[tuple[int, ...]]:
        """The flows of each of the shortest walks to any of some places."""
        least = min(self.length[end] for end in ends)
        return {
            walk for end in ends if self.length[end] == least for walk in self._walks(end, least)
        }

    def _walks(self, end: Place, length: int) -> Iterator[tuple[int, ...]]:
        word, number, _ = end
        if word == "node":
            if length == 0:
                yield ()
            return
        if length == 1 and ("flow", number) in self.begins.get(end, ()):
            yield (number,)
        for place in self.before.get(end, ()):
            if self.length[place] == length - 1:
                for walk in self._walks(place, length - 1):
                    yield (*walk, number)
