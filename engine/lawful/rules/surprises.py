"""Surprises: data that arrive where a node's own declaration does not expect them."""

from __future__ import annotations

from lawful.kernel.bits import members
from lawful.propagation import Propagation


def surprises(propagation: Propagation) -> tuple[str, ...]:
    """One sentence for each node that says what it holds and gets something else."""
    leaves = propagation.leaves
    found = []
    for n, node in enumerate(propagation.nodes):
        if node.silent:
            continue
        expected = leaves.masks(o.term for o in node.origins)
        arrived = 0
        for number in members(propagation.arrivals(n)):
            arrived |= propagation.universe.data[number].extent
        beyond = arrived & ~expected
        if beyond:
            name = leaves.called(beyond)
            found.append(f"{node.id}: {name} arrives but is not declared")
    return tuple(found)
