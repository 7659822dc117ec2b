"""Strongly connected components in topological order (Pearce 2016, without recursion)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """The components of a graph on 0..n-1, sources before what they reach; each in reverse post-order.

    Within a component, too, most nodes so come before what they reach.

    >>> components([[1], [2], [1], []])
    [[3], [0], [1, 2]]
    """
    n = len(successors)
    found: list[list[int]] = []
    done = n + 1  # after all that are still open
    # The place of each node in the search, 0 where not yet seen. Of the one that is looked at, `lowest` is
    # the first that it reaches.
    low = [0] * n
    seen = 0
    finished: list[int] = []
    path: list[tuple[int, Iterator[int], int, int]] = []
    for root in range(n):
        if low[root]:
            continue
        node = root
        seen += 1
        low[node] = place = lowest = seen
        below = iter(successors[node])
        while True:
            for target in below:
                reached = low[target]
                if not reached:
                    path.append((node, below, place, lowest))
                    node = target
                    seen += 1
                    low[node] = place = lowest = seen
                    below = iter(successors[node])
                    break
                if reached < lowest:
                    lowest = reached
            else:
                if lowest != place:
                    finished.append(node)
                else:
                    component = [node]
                    while finished and low[finished[-1]] >= place:
                        component.append(finished.pop())
                    for member in component:
                        low[member] = done
                    found.append(component)
                if not path:
                    break
                reached = lowest
                node, below, place, lowest = path.pop()
                if reached < lowest:
                    lowest = reached
    found.reverse()
    return found
