"""Components: two nodes are in one if each reaches the other, and what reaches comes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lawful.kernel.components import components


@st.composite
def successors(draw: st.DrawFn) -> list[list[int]]:
    count = draw(st.integers(0, 9))
    targets = st.lists(st.integers(0, max(0, count - 1)), max_size=3)
    return [draw(targets) for _ in range(count)]


def reached(graph: list[list[int]], start: int) -> set[int]:
    seen, todo = {start}, [start]
    while todo:
        new = set(graph[todo.pop()]) - seen
        seen |= new
        todo += new
    return seen


@given(successors())
def test_each_node_is_in_one_component(graph: list[list[int]]) -> None:
    found = components(graph)
    assert sorted(node for component in found for node in component) == list(range(len(graph)))


@given(successors())
def test_each_node_of_a_component_but_the_first_comes_after_one_that_leads_to_it(
    graph: list[list[int]],
) -> None:
    for component in components(graph):
        for i, node in enumerate(component[1:], 1):
            assert any(node in graph[before] for before in component[:i])


def test_in_a_component_what_leads_to_others_comes_first_where_it_can() -> None:
    """Node 3 is found first from 1, and comes after 2 nevertheless, which leads to it."""
    assert components([[1], [3, 2], [3], [0]]) == [[0, 1, 2, 3]]


@given(successors())
def test_those_together_reach_each_other_and_no_others_do(graph: list[list[int]]) -> None:
    reach = [reached(graph, node) for node in range(len(graph))]
    where = {node: i for i, component in enumerate(components(graph)) for node in component}
    for one in where:
        for other in where:
            mutual = other in reach[one] and one in reach[other]
            assert (where[one] == where[other]) == mutual


@given(successors())
def test_nothing_reaches_a_component_that_comes_before(graph: list[list[int]]) -> None:
    where = {node: i for i, component in enumerate(components(graph)) for node in component}
    assert all(where[node] <= where[target] for node in where for target in graph[node])


def test_a_long_chain_needs_no_stack() -> None:
    length = 20_000
    chain = [[n + 1] for n in range(length - 1)] + [[]]
    assert components(chain) == [[n] for n in range(length)]
    assert components([*chain[:-1], [0]]) == [list(range(length))]
