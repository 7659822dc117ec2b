"""Origins: where the walks begin that bring a member to a node or along a flow, all of them and no others."""

from __future__ import annotations

from hypothesis import given, settings

from lawful.kernel.bits import members
from lawful.kernel.origins import Origins
from tests.kernel.graphs import Case, Solved, Walks, cases


@settings(max_examples=100)
@given(cases())
def test_where_what_a_node_holds_begins(case: Case) -> None:
    solved = Solved(case)
    origins = Origins(solved.solution, solved.started, solved.spread)
    walks = Walks(solved)
    for node in range(len(case.nodes)):
        for member in members(solved.solution.held(node)):
            expected = walks.beginnings(walks.ends_at(node, member))
            assert origins.at(node, member) == expected != frozenset()


@settings(max_examples=100)
@given(cases())
def test_where_what_a_flow_delivers_begins(case: Case) -> None:
    solved = Solved(case)
    origins = Origins(solved.solution, solved.started, solved.spread)
    walks = Walks(solved)
    for flow in range(len(case.flows)):
        for member in members(solved.solution.delivered(flow)):
            expected = walks.beginnings([("flow", flow, member)])
            assert origins.along(flow, member) == expected != frozenset()
