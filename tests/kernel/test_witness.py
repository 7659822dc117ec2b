"""Witness: a path that, followed flow by flow, brings the member there, and none is shorter."""

from __future__ import annotations

from hypothesis import given, settings

from lawful.kernel.bits import members
from lawful.kernel.witness import Path, Witnesses
from tests.kernel.graphs import Case, Solved, Walks, cases, image_under


def replay(solved: Solved, path: Path) -> int | None:
    """The member that a path brings to its end; None for one that does not leave its beginning."""
    case, last = solved.case, None
    for hop in path.hops:
        flow = case.flows[hop.flow]
        if hop.came == -1:
            assert path.node == -1
            assert last is None
            assert solved.solution.given[hop.flow] >> hop.delivered & 1
        else:
            if last is None:
                assert path.node == flow.source
                assert solved.started[flow.source] >> hop.came & 1
                assert not flow.via
            else:
                assert case.flows[last.flow].target == flow.source
                assert last.delivered == hop.came
                assert not flow.via or last.flow in flow.via
            assert solved.spread(flow.source, hop.came) >> hop.read & 1
            assert image_under(flow.becomes, 1 << hop.read) >> hop.delivered & 1
        last = hop
    return last.delivered if last else None


def least(walks: set[tuple[int, ...]]) -> tuple[int, ...]:
    """The one with the lowest flows, compared from the end."""
    return min(walks, key=lambda walk: walk[::-1])


@settings(max_examples=100)
@given(cases())
def test_a_witness_of_what_a_node_holds(case: Case) -> None:
    solved = Solved(case)
    witnesses = Witnesses(solved.solution, solved.started, solved.spread)
    walks = Walks(solved)
    for node in range(len(case.nodes)):
        for member in members(solved.solution.held(node)):
            path = witnesses.to_node(node, member)
            came = replay(solved, path)
            if came is None:
                assert path.node == node
                assert solved.started[node]
            else:
                assert case.flows[path.hops[-1].flow].target == node
                assert solved.spread(node, came) >> member & 1
            assert len(path.hops) == min(walks.length[end] for end in walks.ends_at(node, member))


@settings(max_examples=100)
@given(cases())
def test_a_witness_of_what_a_flow_delivers(case: Case) -> None:
    solved = Solved(case)
    witnesses = Witnesses(solved.solution, solved.started, solved.spread)
    walks = Walks(solved)
    for flow in range(len(case.flows)):
        for member in members(solved.solution.delivered(flow)):
            path = witnesses.along(flow, member)
            assert replay(solved, path) == member
            assert path.hops[-1].flow == flow
            assert len(path.hops) == walks.length["flow", flow, member]


@settings(max_examples=100)
@given(cases(changes=False))
def test_the_lowest_flows_win_among_paths_of_one_length(case: Case) -> None:
    solved = Solved(case)
    witnesses = Witnesses(solved.solution, solved.started, solved.spread)
    walks = Walks(solved)
    for flow in range(len(case.flows)):
        for member in members(solved.solution.delivered(flow)):
            path = tuple(hop.flow for hop in witnesses.along(flow, member).hops)
            assert path == least(walks.shortest([("flow", flow, member)]))
