"""What the properties of section 7 have in common: how many examples, and systems changed as values."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, settings

from lawful.findings import Verdict
from lawful.system.model import Flow, Node, System

#: The worst last.
ORDER = (Verdict.NOT_EXERCISED, Verdict.KEPT, Verdict.UNDETERMINED, Verdict.BROKEN)


def drawing(few: int) -> Callable[[Any], Any]:
    """The settings of a property: so many examples in the run of the tests, as many as are asked for in others.

    What fails is not shrunk: that takes longer than to read it.
    """
    return settings(
        max_examples=int(os.environ.get("LAWFUL_EXAMPLES", few)),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="LAWFUL_EXAMPLES" not in os.environ,
        phases=(Phase.generate,),
    )


def with_flow(system: System, old: Flow, new: Flow) -> System:
    """The system with another flow in the place of one."""
    return replace(system, flows=tuple(new if f is old else f for f in system.flows))


def with_node(system: System, node: Node) -> System:
    """The system with another node in the place of the one of its id."""
    return replace(system, nodes={**system.nodes, node.id: node})
