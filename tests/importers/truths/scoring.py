"""Scoring: what an importer finds of the flows and regions that people read in the same plans by hand.

A truth has the flows of a plan, each with why it is one, and the countries of the nodes; an empty
list of countries says that the plan does not tell them. It was read off the plan, not off the
importer. The plans lie beside the repository, and are not part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lawful.importers import terraform_plan
from lawful_dsl import syntax as s
from lawful_dsl.source import Source

HERE = Path(__file__).parent
BESIDE = (HERE.parents[3] / "shared", HERE.parents[4] / "shared")
CORPUS = next(
    (folder for each in BESIDE if (folder := each / "corpus" / "terraform-plan").is_dir()), None
)


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind of fact in one plan: what was rightly found, found besides, and missed."""

    right: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()

    def __add__(self, other: Score) -> Score:
        """Both together, of different plans."""
        return Score(
            self.right | other.right, self.besides | other.besides, self.missed | other.missed
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return _share(len(self.right), len(self.besides))

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return _share(len(self.right), len(self.missed))

    def __str__(self) -> str:
        """Both shares, with the counts."""
        found, there = len(self.right | self.besides), len(self.right | self.missed)
        return (
            f"precision {self.precision:.3f} ({len(self.right)}/{found})"
            f"  recall {self.recall:.3f} ({len(self.right)}/{there})"
        )


def score(truth: Path) -> tuple[Score, Score]:
    """How the flows and the regions of a plan are found."""
    assert CORPUS is not None
    told = json.loads(truth.read_text("utf-8"))
    path = CORPUS / told["plan"]
    source = Source(str(path), path.read_text("utf-8-sig"))
    statements = terraform_plan.read([source], name="plan").flows.statements
    flows = {f"{flow['source']} -> {flow['target']}" for flow in told["flows"]}
    found = {f"{x.source} -> {x.target}" for x in statements if isinstance(x, s.FlowDecl)}
    regions = dict(_regions(statements))
    there = {f"{node} in {place}" for node, places in told["regions"].items() for place in places}
    placed = {f"{node} in {place}" for node, places in regions.items() for place in places}
    return _compared(found, flows, truth), _compared(placed, there, truth)


def truths() -> list[Path]:
    """The truths, by name."""
    return sorted(HERE.glob("*.json"))


def _regions(statements: tuple[s.FlowStatement, ...]) -> Iterator[tuple[str, list[str]]]:
    for node in statements:
        if isinstance(node, s.NodeDecl):
            for prop in node.props:
                if isinstance(prop, s.Property) and prop.word == "in":
                    yield str(node.id), [str(place) for place in prop.names.items]


def _compared(found: set[str], there: set[str], truth: Path) -> Score:
    def within(facts: set[str]) -> frozenset[str]:
        return frozenset(f"{truth.stem}: {fact}" for fact in facts)

    return Score(within(found & there), within(found - there), within(there - found))


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 1.0
