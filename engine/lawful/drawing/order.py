"""Order: which flows lead back towards those with whom data begin; the others rank the nodes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from lawful.system.model import Flow, Node

__all__ = ["leading_back"]


def leading_back(nodes: Mapping[str, Node], flows: Iterable[Flow]) -> frozenset[str]:
    """The ids of the flows that lead back towards where data begins; without them nothing is a cycle."""
    flows = list(flows)
    order = _order(nodes, flows)
    return frozenset(
        flow.id
        for flow in flows
        if order[flow.target] <= order[flow.source] or nodes[flow.target].kind == "subject"
    )


def _order(nodes: Mapping[str, Node], flows: Iterable[Flow]) -> Mapping[str, tuple[int, int]]:
    """How many flows each node is from a subject, else from an outside source; then, when it was met.

    A node that nothing of these reaches is a beginning itself, in the order of ids.
    """
    leaving: dict[str, list[str]] = {}
    entered = set()
    for flow in flows:
        leaving.setdefault(flow.source, []).append(flow.target)
        entered.add(flow.target)
    beginnings = (
        [id for id, node in nodes.items() if node.kind == "subject"],
        [id for id, node in nodes.items() if node.kind == "source"],
        [id for id in nodes if id not in entered],
        *([id] for id in nodes),
    )
    found: dict[str, tuple[int, int]] = {}
    for group in beginnings:
        waiting = deque(id for id in group if id not in found)
        found |= {id: (0, len(found) + number) for number, id in enumerate(waiting)}
        while waiting:
            near = waiting.popleft()
            for far in leaving.get(near, ()):
                if far not in found:
                    found[far] = (found[near][0] + 1, len(found))
                    waiting.append(far)
    return found
