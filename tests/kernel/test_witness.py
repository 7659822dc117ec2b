"""Witness: a path that, followed flow by flow, brings the member there, and none is shorter."""

from __future__ import annotations

from hypothesis import example, given, settings

from lawful.kernel.bits import members
from lawful.kernel.witness import Hop, Path, Witnesses
from tests.kernel.graphs import Case, Flow, Node, Solved, Walks, cases, image_under

SAME = tuple(frozenset({n}) for n in range(4))


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
            assert solved.solution.delivered(hop.flow) >> hop.delivered & 1
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


#: A node makes something of two members together, and a flow reads of it only what brought one of them.
APART = Case(
    (
        Node((frozenset({1}), frozenset(), frozenset(), frozenset()), (0, 2, 0)),
        *(Node(None, None),) * 2,
    ),
    (
        Flow(0, 1, SAME, ()),
        Flow(0, 2, (frozenset(), frozenset(), frozenset({0}), frozenset()), ()),
        Flow(0, 0, SAME, (2,)),
        Flow(2, 0, SAME, ()),
    ),
    (0, 0, 0),
    (0, 0, 0, 0),
    ((True, 2, 2),),
)


@settings(max_examples=100)
@given(cases())
@example(APART)
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


def witnesses(case: Case) -> Witnesses:
    solved = Solved(case)
    return Witnesses(solved.solution, solved.started, solved.spread)


def flows_of(path: Path) -> list[int]:
    return [hop.flow for hop in path.hops]


def test_what_comes_with_others_does_not_come_before_it_does() -> None:
    """1 begins a flow nearer to the end than 0 does."""
    chain = (Flow(0, 1, SAME), Flow(1, 2, SAME), Flow(2, 3, SAME))
    found = witnesses(Case((Node(),) * 4, chain, (0b01, 0b10, 0, 0), (0, 0, 0)))
    assert flows_of(found.to_node(3, 1)) == [1, 2]
    assert flows_of(found.to_node(3, 0)) == [0, 1, 2]
    assert found.to_node(0, 0) == Path(0, ())


def test_what_begins_on_a_flow_was_read_nowhere() -> None:
    chain = (Flow(0, 1, SAME), Flow(1, 2, SAME))
    found = witnesses(Case((Node(),) * 3, chain, (0, 0, 0), (0b100, 0)))
    begun = Hop(0, -1, -1, 2)
    assert found.along(0, 2) == found.to_node(1, 2) == Path(-1, (begun,))
    assert found.along(1, 2) == Path(-1, (begun, Hop(1, 2, 2, 2)))


def test_nor_by_flows_that_name_what_they_read() -> None:
    chain = (Flow(0, 1, SAME), Flow(1, 2, SAME), Flow(2, 3, SAME, (1,)))
    found = witnesses(Case((Node(),) * 4, chain, (0b01, 0b10, 0, 0), (0, 0, 0)))
    assert flows_of(found.to_node(3, 1)) == [1, 2]
    assert flows_of(found.to_node(3, 0)) == [0, 1, 2]


def test_of_several_that_lead_there_the_lowest_is_followed() -> None:
    begun = Flow(0, 1, (frozenset({2}), frozenset({2}), *SAME[2:]))
    found = witnesses(Case((Node(), Node()), (begun,), (0b11, 0), (0,)))
    assert found.to_node(1, 2) == Path(0, (Hop(0, 0, 0, 2),))

    read = Flow(0, 1, (frozenset(), frozenset({2}), SAME[2], frozenset({2})))
    makes = Node(makes=(frozenset({1, 3}), *SAME[1:]))
    found = witnesses(Case((makes, Node()), (read,), (0b1, 0), (0,)))
    assert found.to_node(1, 2) == Path(0, (Hop(0, 0, 1, 2),))

    delivered = Flow(0, 1, (frozenset({1, 2}), *SAME[1:]))
    makes = Node(makes=(SAME[0], frozenset({3}), frozenset({3}), SAME[3]))
    found = witnesses(Case((Node(), makes), (delivered,), (0b1, 0), (0,)))
    assert found.to_node(1, 3) == Path(0, (Hop(0, 0, 0, 1),))


def test_what_is_sent_together_comes_together() -> None:
    found = witnesses(Case((Node(), Node()), (Flow(0, 1, SAME),), (0b001, 0), (0b100,)))
    assert found.to_node(1, 2) == Path(-1, (Hop(0, -1, -1, 2),))
    assert found.to_node(1, 0) == Path(0, (Hop(0, 0, 0, 0),))

    both = (Flow(0, 2, SAME), Flow(1, 2, SAME), Flow(2, 3, SAME, (0, 1)))
    found = witnesses(Case((Node(),) * 4, both, (0b01, 0b10, 0, 0), (0, 0, 0)))
    assert flows_of(found.to_node(3, 0)) == [0, 2]
    assert flows_of(found.to_node(3, 1)) == [1, 2]
