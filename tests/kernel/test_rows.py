"""Rows: sets that flow as rows of words, in rounds or compiled, come to what they come to one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec

import pytest
from hypothesis import example, given, settings

from lawful.kernel import rounds, rows, solve
from lawful.kernel.bits import bits_of, members
from lawful.kernel.graph import Graph
from lawful.kernel.transfer import Transfer
from tests.kernel.graphs import Case, Flow, Node, cases
from tests.kernel.test_solve import SAME, agrees

NEVER = 1 << 60
WAYS = {
    "one by one": (NEVER, NEVER),
    "rounds": (0, NEVER),
    "compiled": (0, 0),
}


@contextmanager
def by(way: str, learning: int = rows.LEARNING) -> Iterator[None]:
    """Whatever the size of graphs, they are solved in this way."""
    if way == "compiled" and find_spec("numba") is None:
        pytest.skip("numba is not installed")
    with pytest.MonkeyPatch.context() as patch:
        large, compiling = WAYS[way]
        patch.setattr(solve, "LARGE", large)
        patch.setattr(rows, "COMPILING", compiling)
        patch.setattr(rows, "LEARNING", learning)
        patch.setattr(rounds, "FEWEST", rounds.FEWEST >> 12)
        patch.setattr(rounds, "STRETCHES", 9)  # as many as large graphs have
        yield


@pytest.mark.parametrize("way", ["rounds", "compiled"])
@pytest.mark.parametrize("learning", [0, 1, rows.LEARNING])
def test_small_graphs_with_all_that_there_is(way: str, learning: int) -> None:
    @settings(max_examples=100)
    @given(cases())
    @example(Case((Node(),), (), (0,), ()))
    def holds(case: Case) -> None:
        agrees(case)

    with by(way, learning):
        holds()


# --- more members than a word has, known beforehand or learned on the way ---------------------------


def iterated(graph: Graph, nodes: Sequence[int]) -> list[set[int]]:
    """The fixpoint, by sets, member by member."""
    came = [set(members(bits)) for bits in nodes]
    while True:
        before = sum(map(len, came))
        for flow, (source, target) in enumerate(zip(graph.source, graph.target, strict=True)):
            for member in list(came[source]):
                came[target] |= set(members(graph.image(flow, 1 << member)))
        if sum(map(len, came)) == before:
            return came


def known(draw: random.Random, size: int) -> Transfer:
    some = draw.sample(range(size), draw.choice((0, 3)))
    moved = {m: bits_of(draw.sample(range(size), 2)) for m in some}
    same = bits_of(m for m in range(size) if m not in moved and draw.random() < 0.7)
    return Transfer.known(same, moved)


def learning(draw: random.Random, size: int) -> Transfer:
    """One of members that are met only by what others become."""
    step, dropped, limit = draw.randint(0, 9), draw.randint(2, 9), size - 1
    return Transfer(lambda m: 0 if m % dropped == 0 and m else 1 << min(m + step, limit))


def drawn(seed: int, count: int, size: int, learns: bool) -> tuple[Graph, list[int]]:
    draw = random.Random(seed)
    make = learning if learns else known
    shapes = [make(draw, size) for _ in range(7)]
    ends = [(draw.randrange(count), draw.randrange(count)) for _ in range(3 * count)]
    graph = Graph(
        count,
        [source for source, _ in ends],
        [target for _, target in ends],
        [draw.randrange(7) for _ in ends],
        shapes,
    )
    nodes = [1 << draw.randrange(9 if learns else size) for _ in range(count)]
    return graph, [bits if draw.random() < 0.3 else 0 for bits in nodes]


def solved(graph: Graph, nodes: list[int]) -> list[set[int]]:
    came = solve.solve(graph, nodes, [0] * len(graph.source), []).came
    return [set(members(bits)) for bits in came]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("learns", [False, True])
@pytest.mark.parametrize("size", [3, 64, 65, 200])
def test_many_members(way: str, learns: bool, size: int) -> None:
    with by(way):
        for seed in range(12):
            graph, nodes = drawn(seed, 25, max(size, 9) if learns else size, learns)
            assert solved(graph, nodes) == iterated(graph, nodes)


@pytest.mark.parametrize("way", ["rounds", "compiled"])
def test_what_is_learned_flows_as_rows(way: str) -> None:
    graph, nodes = drawn(5, 25, 200, learns=True)
    with by(way):
        came, left = rows.flood(graph, nodes, most=4)
    assert [set(members(bits)) for bits in came] == iterated(graph, nodes)
    assert not left
    graph, nodes = drawn(5, 25, 200, learns=True)
    with by(way, learning=1):
        assert rows.flood(graph, nodes, most=4)[1]


@pytest.mark.parametrize(
    ("most", "numba", "does"), [(75, True, True), (76, True, False), (75, None, False)]
)
def test_loops_are_compiled_for_many_flows_where_numba_is(
    most: int, numba: bool | None, does: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, _ = drawn(1, 25, 9, learns=False)
    monkeypatch.setattr(rows, "COMPILING", most)
    monkeypatch.setattr(rows, "find_spec", lambda name: numba if name == "numba" else None)
    assert rows.compiles(graph) is does


@pytest.mark.parametrize("way", ["rounds", "compiled"])
def test_rows_that_become_too_wide_are_left_to_who_asked(way: str) -> None:
    with by(way), pytest.MonkeyPatch.context() as patch:
        patch.setattr(solve, "LARGE", 37)  # of 75 flows: two words are worth while
        for seed in range(6):
            graph, nodes = drawn(seed, 25, 200, learns=True)
            assert solve.large(graph, nodes)
            came, left = rows.flood(graph, nodes, most=2)
            ends = enumerate(zip(graph.source, graph.target, strict=True))
            more = {to for flow, (at, to) in ends if graph.image(flow, came[at]) & ~came[to]}
            assert more <= set(left)
            assert more
            graph, nodes = drawn(seed, 25, 200, learns=True)
            assert solved(graph, nodes) == iterated(graph, nodes)


@pytest.mark.parametrize("way", WAYS)
def test_flows_that_are_known_beside_flows_that_are_learned(way: str) -> None:
    for seed in range(6):
        known_, _ = drawn(seed, 25, 70, learns=False)
        learned, nodes = drawn(seed, 25, 70, learns=True)
        shapes = [*known_.shapes[:3], *learned.shapes[3:]]
        graph = Graph(25, learned.source, learned.target, learned.shape, shapes)
        with by(way):
            assert solved(graph, nodes) == iterated(graph, nodes)


def test_nodes_take_their_turn_before_those_they_flow_to() -> None:
    compiled = pytest.importorskip("lawful.kernel.compiled")
    draw = random.Random(3)
    order = draw.sample(range(40), 40)
    ends = [sorted(draw.sample(range(40), 2)) for _ in range(120)]
    source, target = ([order[end[i]] for end in ends] for i in (0, 1))
    graph = Graph(40, source, target, [0] * 120, [Transfer.known(0, {})])
    out, after, _ = graph.columns.by_source
    turns, place = compiled.ordered(out, after)
    assert sorted(turns) == list(range(40))
    assert all(place[one] < place[other] for one, other in zip(source, target, strict=True))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("far", [64, 127, 128])
def test_members_that_only_what_begins_has_or_one_flow_makes(way: str, far: int) -> None:
    passes, makes = Transfer.known(0b1, {}), Transfer.known(0, {0: 1 << far})
    for shape, begun, brought in ((passes, 1 | 1 << far, 0b1), (makes, 0b1, 1 << far)):
        graph = Graph(2, [0], [1], [0], [shape])
        with by(way):
            assert solve.solve(graph, [begun, 0], [0], []).came == [begun, brought]


@pytest.mark.parametrize("way", WAYS)
def test_a_large_ring_with_ways_across(way: str) -> None:
    draw = random.Random(7)
    count, size = 400, 100
    shapes = [known(draw, size) for _ in range(5)]
    ends = [(n, (n + 1) % count) for n in range(count)]
    ends += [(draw.randrange(count), draw.randrange(count)) for _ in range(count)]
    source, target = zip(*ends, strict=True)
    graph = Graph(count, source, target, [draw.randrange(5) for _ in ends], shapes)
    nodes = [bits_of(draw.sample(range(size), 20)) if n % 40 == 0 else 0 for n in range(count)]
    with by(way):
        came = solve.solve(graph, nodes, [0] * len(ends), []).came
    assert [set(members(bits)) for bits in came] == iterated(graph, nodes)


@pytest.mark.parametrize("way", WAYS)
def test_more_flows_to_one_node_than_there_are_nodes_to_share_them_out_by(way: str) -> None:
    count = 20
    graph = Graph(count, range(1, count), [0] * 19, [0] * 19, [Transfer.known(0b11, {})])
    nodes = [0, *(1 << n for n in range(1, count))]
    with by(way):
        assert solved(graph, nodes) == iterated(graph, nodes)


@pytest.mark.parametrize("way", WAYS)
def test_what_starts_on_flows_and_late_flows_on(way: str) -> None:
    flows = (Flow(0, 1, SAME), Flow(1, 0, SAME), Flow(1, 2, SAME), Flow(2, 3, SAME))
    late = ((False, 1, 0), (True, 3, 2))
    with by(way):
        agrees(Case((Node(),) * 4, flows, (0, 0, 0, 0), (0, 0b10, 0, 0), late))


def test_each_member_is_asked_once_however_sets_flow() -> None:
    for way in WAYS:
        asked: list[int] = []

        def step(member: int, asked: list[int] = asked) -> int:
            asked.append(member)
            return 1 << min(member + 1, 90)

        graph = Graph(3, [0, 1, 2], [1, 2, 0], [0, 0, 0], [Transfer(step)])
        with by(way):
            came = solve.solve(graph, [1, 0, 0], [0, 0, 0], []).came
        assert sorted(asked) == list(range(91))
        assert [set(members(bits)) for bits in came] == iterated(graph, [1, 0, 0])
