"""Tally: of how many systems, of what sizes, and with which verdicts, the two checkers were compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lawful.system.model import System
from tests.properties.agreement import Comparison

#: Sizes that are told together, each by the largest.
_NODES, _FLOWS = (4, 6, 8, 99), (3, 6, 9, 14, 99)


@dataclass
class Tally:
    """Counts of what was compared. What was refused is no system; a disagreement is told whole."""

    systems: int = 0
    refused: int = 0
    events: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    nodes: Counter[int] = field(default_factory=Counter)
    flows: Counter[int] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)

    def count(self, system: System, found: Comparison) -> None:
        """One more system, and what was found of it."""
        self.systems += 1
        self.events.update(str(verdict) for verdict in found.events)
        self.rules.update(str(verdict) for verdict in found.rules)
        self.nodes[len(system.nodes)] += 1
        self.flows[len(system.flows)] += 1

    def add(self, other: Tally) -> None:
        """What was counted elsewhere, too."""
        self.systems += other.systems
        self.refused += other.refused
        for mine, theirs in (
            (self.events, other.events),
            (self.rules, other.rules),
        ):
            mine.update(theirs)
        self.nodes.update(other.nodes)
        self.flows.update(other.flows)
        self.disagreements += other.disagreements

    def __str__(self) -> str:
        return "\n".join(
            (
                f"systems        {self.systems:,} ({self.refused:,} texts more were refused)",
                f"nodes          {_sizes(self.nodes, _NODES)}",
                f"flows          {_sizes(self.flows, _FLOWS)}",
                f"rules          {_shares(self.rules)}",
                f"events         {_shares(self.events)}",
                f"disagreements  {len(self.disagreements)}",
            )
        )


def _shares(counts: Counter[str]) -> str:
    whole = max(1, counts.total())
    return ", ".join(
        f"{count:,} {verdict} ({count / whole:.0%})" for verdict, count in sorted(counts.items())
    )


def _sizes(counts: Counter[int], bounds: Iterable[int]) -> str:
    whole, least, told = max(1, counts.total()), min(counts, default=0), []
    for bound in bounds:
        share = sum(count for size, count in counts.items() if least <= size <= bound)
        most = min(bound, max(counts, default=0))
        told.append(f"{least} to {most}: {share / whole:.0%}" if share else "")
        least = bound + 1
    return ", ".join(each for each in told if each)
