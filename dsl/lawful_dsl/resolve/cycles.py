"""Cycles of a graph: one for each knot, so that each is reported once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping


def cycles(graph: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """A shortest cycle through the first node of every strongly connected component that has one.

    >>> cycles({"a": ["b"], "b": ["c", "a"], "c": []})
    (('a', 'b'),)
    """
    edges = {node: sorted(set(graph[node])) for node in sorted(graph)}
    found = []
    for component in components(edges):
        first = min(component)
        if len(component) > 1 or first in edges[first]:
            found.append(_around(edges, first))
    return tuple(sorted(found))


def components(edges: Mapping[str, list[str]]) -> list[frozenset[str]]:
    """The strongly connected components, each after those that it points to (Tarjan, iterative)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    on_stack: set[str] = set()
    found: list[frozenset[str]] = []
    for root in edges:
        if root in index:
            continue
        work = [(root, 0)]
        while work:
            node, position = work.pop()
            if node not in index:
                index[node] = low[node] = len(index)
                waiting.append(node)
                on_stack.add(node)
            for i in range(position, len(edges[node])):
                other = edges[node][i]
                if other not in index:
                    work += [(node, i), (other, 0)]
                    break
                if other in on_stack:
                    low[node] = min(low[node], low[other])
            else:
                if low[node] == index[node]:
                    component = set()
                    while node not in component:
                        component.add(waiting.pop())
                    on_stack -= component
                    found.append(frozenset(component))
    return found


def _around(edges: Mapping[str, list[str]], first: str) -> tuple[str, ...]:
    came: dict[str, str] = {}
    queue = deque([first])
    while queue:
        node = queue.popleft()
        for other in edges[node]:
            if other == first:
                path = [node]
                while path[-1] != first:
                    path.append(came[path[-1]])
                return tuple(reversed(path))
            if other not in came:
                came[other] = node
                queue.append(other)
    raise AssertionError("a component of several nodes has a cycle through each of them")
