"""Order: how far each node is from those with whom data begins, by which the picture is laid out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from lawful.system.model import Flow, Node

__all__ = ["distances"]


def distances(nodes: Mapping[str, Node], flows: Iterable[Flow]) -> Mapping[str, int]:
    """The fewest flows by which data come to each node from a subject, else from an outside source.

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
    found: dict[str, int] = {}
    for group in beginnings:
        waiting = deque(id for id in group if id not in found)
        found |= dict.fromkeys(waiting, 0)
        while waiting:
            near = waiting.popleft()
            for far in leaving.get(near, ()):
                if far not in found:
                    found[far] = found[near] + 1
                    waiting.append(far)
    return found
