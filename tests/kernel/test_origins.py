"""Origins: where the walks begin that bring a member to a node or along a flow, all of them and no others."""

from __future__ import annotations

from hypothesis import given, settings

from lawful.kernel.bits import members
from lawful.kernel.origins import Origins
from tests.kernel.graphs import Case, Flow, Node, Solved, Walks, cases

SAME = tuple(frozenset({n}) for n in range(4))


@settings(max_examples=100)
@given(cases())
def test_where_what_a_node_holds_begins(case: Case) -> None:
    solved = Solved(case)
    origins = Origins(solved.solution, solved.started, solved.spread)
    walks = Walks(solved)
    for node in range(len(case.nodes)):
        for member in members(solved.solution.held(node)):
            expected = walks.beginnings(walks.ends_at(node, member))
            assert origins.named(origins.at(node, member)) == expected != frozenset()


@settings(max_examples=100)
@given(cases())
def test_where_what_a_flow_delivers_begins(case: Case) -> None:
    solved = Solved(case)
    origins = Origins(solved.solution, solved.started, solved.spread)
    walks = Walks(solved)
    for flow in range(len(case.flows)):
        for member in members(solved.solution.delivered(flow)):
            expected = walks.beginnings([("flow", flow, member)])
            assert origins.named(origins.along(flow, member)) == expected != frozenset()


def test_what_a_flow_does_not_deliver_begins_nowhere() -> None:
    """Node 2 makes 2 of 0 and 1, but the flow out of it reads only what the first brought: 0."""
    flows = (Flow(0, 2, SAME), Flow(1, 2, SAME), Flow(2, 3, SAME, (0,)))
    nodes = (Node(), Node(), Node(joins=(0, 1, 2)), Node())
    solved = Solved(Case(nodes, flows, (0b001, 0b010, 0, 0), (0, 0, 0)))
    origins = Origins(solved.solution, solved.started, solved.spread)
    assert (solved.solution.held(2), solved.solution.held(3)) == (0b111, 0b001)
    assert origins.named(origins.at(2, 2)) == {("node", 0), ("node", 1)}
    assert origins.named(origins.at(3, 0)) == {("node", 0)}


def test_in_a_ring_everything_begins_where_anything_does() -> None:
    ring = (Flow(0, 1, SAME), Flow(1, 2, SAME), Flow(2, 0, SAME))
    solved = Solved(Case((Node(),) * 3, ring, (1, 0, 1), (0, 1, 0)))
    origins = Origins(solved.solution, solved.started, solved.spread)
    everywhere = {("node", 0), ("node", 2), ("flow", 1)}
    assert [origins.named(origins.at(node, 0)) for node in range(3)] == [everywhere] * 3
    assert [origins.named(origins.along(flow, 0)) for flow in range(3)] == [everywhere] * 3
