"""Rings kept while edges come and go are the components of the graph as it is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lawful.kernel.components import components
from lawful.kernel.rings import Rings

NODES = 9
EDGES = st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1))


def partition(of: list[int]) -> set[frozenset[int]]:
    return {frozenset(n for n, ring in enumerate(of) if ring == name) for name in of}


def truth(edges: list[tuple[int, int]]) -> set[frozenset[int]]:
    successors = [[t for s, t in edges if s == n] for n in range(NODES)]
    return {frozenset(component) for component in components(successors)}


@settings(max_examples=400, deadline=None)
@given(
    st.lists(EDGES, max_size=24),
    st.lists(st.tuples(st.booleans(), EDGES, st.integers(0, 99)), max_size=24),
)
def test_rings_are_the_components_after_every_edge(
    edges: list[tuple[int, int]], edits: list[tuple[bool, tuple[int, int], int]]
) -> None:
    rings = Rings(NODES, edges)
    for coming, edge, which in edits:
        before = list(rings.of)
        if coming or not edges:
            edges.append(edge)
            moved = rings.join(*edge)
        else:
            moved = rings.leave(*edges.pop(which % len(edges)))
        assert partition(rings.of) == truth(edges)
        # Two that were told apart or were one, and no longer are: one of them is said to have moved.
        for one in range(NODES):
            for other in range(one):
                were, are = before[one] == before[other], rings.of[one] == rings.of[other]
                assert were == are or moved & {one, other}
