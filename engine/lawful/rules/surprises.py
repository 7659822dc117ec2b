"""Surprises: data that arrive where a node's own declaration does not expect them."""

from __future__ import annotations

from lawful.kernel.bits import members
from lawful.propagation import Propagation


def surprises(propagation: Propagation) -> tuple[str, ...]:
    """One sentence for each node that says what it holds and gets something else."""
    return tuple(told for n in range(len(propagation.nodes)) if (told := surprise(propagation, n)))


def surprise(propagation: Propagation, n: int) -> str:
    """The sentence for one node; empty where nothing arrives that it does not expect."""
    node = propagation.nodes[n]
    if node.silent:
        return ""
    leaves = propagation.leaves
    expected = leaves.masks(o.term for o in node.origins)
    arrived = 0
    for number in members(propagation.arrivals(n)):
        arrived |= propagation.universe.data[number].extent
    beyond = arrived & ~expected
    return f"{node.id}: {leaves.called(beyond)} arrives but is not declared" if beyond else ""
