"""Strongly connected components in topological order (Pearce 2016, without recursion)."""

from __future__ import annotations

from collections.abc import Sequence


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """The components of a graph on 0..n-1, sources before what they reach; each in reverse post-order.

    Within a component, too, most nodes so come before what they reach.

    >>> components([[1], [2], [1], []])
    [[3], [0], [1, 2]]
    """
    n = len(successors)
    found: list[list[int]] = []
    done = n + 1  # after all that are still open
    # The place of each node in the search, or of the first that it reaches; 0 where not yet seen.
    low = [0] * n
    seen = 0
    finished: list[int] = []
    for root in range(n):
        if low[root]:
            continue
        seen += 1
        low[root] = seen
        path, place, below = [root], [seen], [iter(successors[root])]
        while path:
            node = path[-1]
            lowest = low[node]
            for target in below[-1]:
                reached = low[target]
                if not reached:
                    low[node] = lowest
                    seen += 1
                    low[target] = seen
                    path.append(target)
                    place.append(seen)
                    below.append(iter(successors[target]))
                    break
                if reached < lowest:
                    lowest = reached
            else:
                path.pop()
                below.pop()
                if lowest != place.pop():
                    finished.append(node)
                else:
                    component = [node]
                    while finished and low[finished[-1]] >= lowest:
                        component.append(finished.pop())
                    for member in component:
                        low[member] = done
                    found.append(component)
                if path and lowest < low[path[-1]]:
                    low[path[-1]] = lowest
    found.reverse()
    return found
