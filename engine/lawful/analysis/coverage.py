"""Coverage: clause by clause, what in a policy stands for it, and which cases show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lawful.analysis.encoding import encodings
from lawful.findings import Verdict
from lawful_dsl.program import Clause, Policy

#: What can check a clause of which a rule and a case are expected.
CHECKABLE = ("graph", "metadata", "process")


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause, what stands for it, and how many cases of it expect which verdict.

    A case that expects that no event meets the rule is one of those kept.
    """

    clause: Clause
    rules: tuple[str, ...]
    broken: int
    kept: int
    undetermined: int

    @property
    def expected(self) -> bool:
        """Whether the clause is one that a rule and a case should have."""
        return self.clause.checkable in CHECKABLE

    @property
    def cases(self) -> int:
        """How many cases show it."""
        return self.broken + self.kept + self.undetermined

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.expected or (bool(self.rules) and bool(self.cases))


@dataclass(frozen=True, slots=True)
class Coverage:
    """A version of a policy, and all clauses of its register in their order."""

    policy: str
    label: str
    effective: str
    clauses: tuple[Covered, ...]

    @property
    def whole(self) -> bool:
        """Whether every clause that can be checked has a rule and a case."""
        return all(each.whole for each in self.clauses)


def cover(policy: Policy, cases: Iterable[tuple[Iterable[str], Verdict]]) -> Coverage:
    """What covers the clauses of a policy; a case is the clauses that it shows and its verdict."""
    standing = encodings(policy)
    shown: dict[tuple[str, Verdict], int] = {}
    for clauses, verdict in cases:
        for clause in clauses:
            shown[clause, verdict] = shown.get((clause, verdict), 0) + 1
    return Coverage(
        policy.name,
        policy.label,
        policy.effective,
        tuple(
            Covered(
                clause,
                standing.get(clause.id, ()),
                shown.get((clause.id, Verdict.BROKEN), 0),
                shown.get((clause.id, Verdict.KEPT), 0)
                + shown.get((clause.id, Verdict.NOT_EXERCISED), 0),
                shown.get((clause.id, Verdict.UNDETERMINED), 0),
            )
            for clause in policy.clauses
        ),
    )
