"""Surprises: where what comes to a node is otherwise than its own declaration expects."""

from __future__ import annotations

from lawful.kernel.bits import members
from lawful.propagation import Propagation


def surprises(propagation: Propagation) -> tuple[str, ...]:
    """One sentence for each node that says what it holds and gets something else, or only some of that."""
    return tuple(told for n in range(len(propagation.nodes)) if (told := surprise(propagation, n)))


def surprise(propagation: Propagation, n: int) -> str:
    """The sentence for one node; empty where it is as it says.

    What it says that it holds starts there if nothing of that arrives (decision 21 b). Where some does, the rest
    is nowhere, and no rule is asked about it: that is told, as whoever wrote it may have meant all of it.
    """
    node = propagation.nodes[n]
    if node.silent:
        return ""
    leaves = propagation.leaves
    expected = leaves.masks(o.term for o in node.origins)
    beyond = _extent(propagation, propagation.arrivals(n)) & ~expected
    there = _extent(propagation, propagation.arrived(n))
    said = [f"{leaves.called(beyond)} arrives but is not declared"] if beyond else []
    for mask in dict.fromkeys(leaves.mask(o.term) for o in node.origins if o.word == "holds"):
        if mask & there and mask & ~there:
            some = leaves.called(mask & there)
            said.append(f"of {leaves.called(mask)} only {some} arrives: the rest is not judged")
    return f"{node.id}: {'; '.join(said)}" if said else ""


def _extent(propagation: Propagation, bits: int) -> int:
    extent = 0
    for number in members(bits):
        extent |= propagation.universe.data[number].extent
    return extent
