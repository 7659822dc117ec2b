"""Strongly connected components in topological order (Tarjan 1972, without recursion)."""

from __future__ import annotations

from collections.abc import Sequence


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """The components of a graph on 0..n-1, sources before what they reach; each sorted.

    >>> components([[1], [2], [1], []])
    [[3], [0], [1, 2]]
    """
    n = len(successors)
    index = [-1] * n
    low = [0] * n
    on_stack = [False] * n
    stack: list[int] = []
    found: list[list[int]] = []
    counter = 0
    for root in range(n):
        if index[root] != -1:
            continue
        index[root] = low[root] = counter
        counter += 1
        stack.append(root)
        on_stack[root] = True
        path = [root]
        position = [0]
        while path:
            node = path[-1]
            below = successors[node]
            if position[-1] < len(below):
                target = below[position[-1]]
                position[-1] += 1
                if index[target] == -1:
                    index[target] = low[target] = counter
                    counter += 1
                    stack.append(target)
                    on_stack[target] = True
                    path.append(target)
                    position.append(0)
                elif on_stack[target] and index[target] < low[node]:
                    low[node] = index[target]
                continue
            path.pop()
            position.pop()
            if path and low[node] < low[path[-1]]:
                low[path[-1]] = low[node]
            if low[node] == index[node]:
                component = []
                while True:
                    member = stack.pop()
                    on_stack[member] = False
                    component.append(member)
                    if member == node:
                        break
                found.append(sorted(component))
    found.reverse()
    return found
