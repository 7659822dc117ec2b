"""Solve: the least fixpoint, against one found by iterating over plain sets until nothing changes."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings

from lawful.kernel.bits import members
from lawful.kernel.graph import Graph
from lawful.kernel.solve import large, solve
from lawful.kernel.transfer import Transfer
from tests.kernel.graphs import Case, Flow, Node, Solved, cases

SAME = tuple(frozenset({n}) for n in range(4))


class Naive:
    """What came to nodes and was delivered on flows, iterated all at once; late starts in order."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.started = [set(members(bits)) for bits in case.at_nodes]
        self.given = [set(members(bits)) for bits in case.on_flows]
        self.came: list[set[int]] = []
        self.delivered: list[set[int]] = []
        self.iterate()
        for together in self._groups():
            missing = []
            for on_flow, where, member in case.late:
                at = case.flows[where].source if on_flow else where
                if at in together and member not in self.held(at):
                    missing.append((self.given if on_flow else self.started, where, member))
            for starts, where, member in missing:
                starts[where].add(member)
            self.iterate()

    def held(self, node: int) -> frozenset[int]:
        return self.case.nodes[node].held(frozenset(self.came[node]))

    def read(self, flow: Flow) -> frozenset[int]:
        if not flow.via:
            return self.held(flow.source)
        came = frozenset(m for upstream in flow.via for m in self.delivered[upstream])
        return self.case.nodes[flow.source].held(came)

    def iterate(self) -> None:
        self.came = [set(members) for members in self.started]
        self.delivered = [set(members) for members in self.given]
        before = None
        while before != (now := ([*map(len, self.came)], [*map(len, self.delivered)])):
            before = now
            for i, flow in enumerate(self.case.flows):
                for member in self.read(flow):
                    self.delivered[i] |= flow.becomes[member]
                self.came[flow.target] |= self.delivered[i]

    def _groups(self) -> list[set[int]]:
        """Nodes that reach each other, those that reach more first."""
        count = len(self.case.nodes)
        reach = [{node} for node in range(count)]
        for _ in range(count):
            for flow in self.case.flows:
                for seen in reach:
                    if flow.source in seen:
                        seen.add(flow.target)
        groups = [{other for other in reach[node] if node in reach[other]} for node in range(count)]
        order = sorted(range(count), key=lambda node: -len(reach[node]))
        return [groups[node] for node in order if node == min(groups[node])]


@settings(max_examples=200)
@given(cases())
def test_the_solution_is_the_least(case: Case) -> None:
    agrees(case)


def agrees(case: Case) -> None:
    """The kernel finds the naive answer."""
    solution, naive = Solved(case).solution, Naive(case)
    for node in range(len(case.nodes)):
        assert set(members(solution.came[node])) == naive.came[node]
        assert set(members(solution.held(node))) == naive.held(node)
    for flow in range(len(case.flows)):
        assert set(members(solution.given[flow])) == naive.given[flow]
        assert set(members(solution.delivered(flow))) == naive.delivered[flow]
        assert set(members(solution.read(flow))) == naive.read(case.flows[flow])


def test_a_flow_reads_only_what_came_by_the_flows_it_names() -> None:
    into, other = Flow(0, 2, SAME), Flow(1, 2, SAME)
    case = Case((Node(),) * 4, (into, other, Flow(2, 3, SAME, (0,))), (1, 2, 4, 0), (0, 0, 0))
    solution = Solved(case).solution
    assert (solution.held(2), solution.held(3)) == (0b111, 0b001)


def test_flows_that_read_each_other_in_a_ring_begin_with_nothing() -> None:
    ring = (Flow(0, 1, SAME, (1,)), Flow(1, 0, SAME, (0,)))
    solution = Solved(Case((Node(), Node()), ring, (1, 2), (0, 0))).solution
    assert [solution.delivered(0), solution.delivered(1)] == [0, 0]
    begun = Solved(Case((Node(), Node()), ring, (1, 2), (4, 0))).solution
    assert [begun.delivered(0), begun.delivered(1)] == [4, 4]


def test_a_flow_is_read_again_when_one_that_it_names_brings_what_was_there() -> None:
    """Node 0 has 0 already when flow 0 brings it at last; only then flow 1 has something to read."""
    becomes_1 = (frozenset({1}), *SAME[1:])
    ring = (Flow(2, 0, SAME), Flow(0, 1, becomes_1, (0,)), Flow(1, 2, SAME))
    solution = Solved(Case((Node(),) * 3, ring, (0b1, 0b1, 0), (0, 0, 0))).solution
    assert [solution.held(node) for node in range(3)] == [0b11, 0b11, 0b11]


def test_what_is_held_starts_late_only_where_it_does_not_come() -> None:
    flows = (Flow(0, 1, SAME), Flow(1, 0, SAME), Flow(1, 2, SAME))
    late = ((False, 1, 0), (False, 2, 1), (False, 1, 3))
    solved = Solved(Case((Node(),) * 3, flows, (1, 0, 0), (0,) * 3, late))
    assert solved.started == [0b0001, 0b1000, 0b0010]
    assert [solved.solution.held(n) for n in range(3)] == [0b1001, 0b1001, 0b1011]


def test_what_begins_by_a_flow_that_reads_another_is_read_where_it_began_already() -> None:
    """Node 1 had 0 when flow 1 brought it; flow 2, which reads flow 1 alone, had been looked at before."""
    becomes_1 = (frozenset({1}), *SAME[1:])
    flows = (Flow(2, 0, SAME), Flow(0, 1, SAME, (0,)), Flow(1, 0, becomes_1, (1,)))
    solution = Solved(Case((Node(),) * 3, flows, (0b1, 0b1, 0b1), (0, 0, 0))).solution
    assert [solution.held(node) for node in range(3)] == [0b11, 0b1, 0b1]


def test_many_flows_for_each_word_of_what_begins_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three flows are large where three are, if what begins takes one word; if two, six are."""
    monkeypatch.setattr(sys.modules["lawful.kernel.solve"], "LARGE", 3)

    def of(flows: int, *began: int) -> bool:
        return large(
            Graph(2, [0] * flows, [1] * flows, [0] * flows, [Transfer.known(1, {})]), began
        )

    assert [of(flows, 0, 1 << 63) for flows in (2, 3, 4)] == [False, True, True]
    assert [of(flows, 1 << 64, 0) for flows in (2, 3, 5, 6, 7)] == [False] * 3 + [True] * 2


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_what_rows_do_not_bring_goes_round_from_any_place_of_a_ring(
    order: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a ring one node makes 1 of 0, which only integers know how to do."""
    monkeypatch.setattr(sys.modules["lawful.kernel.solve"], "LARGE", 0)
    a, b, c = order
    makes = Node((frozenset({1}), *SAME[1:]))
    nodes = tuple(makes if n == a else Node() for n in range(3))
    ring = (Flow(a, b, SAME), Flow(b, c, SAME), Flow(c, a, SAME))
    began = tuple(int(n == c) for n in range(3))
    agrees(Case(nodes, ring, began, (0,) * 3))
    graph = Case(nodes, ring, began, (0,) * 3).graph()
    assert solve(graph, began, (0,) * 3, []).came == [0b11] * 3
