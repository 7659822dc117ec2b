"""Coverage: clause by clause, what in a policy stands for it, and which cases show it."""

from __future__ import annotations

from collections.abc import Iterable

from lawful.analysis.encoding import encodings
from lawful.findings import Verdict
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Clause, Policy

#: What can check a clause of which a rule and a case are expected.
CHECKABLE = ("graph", "metadata", "process")
#: The lines of a header that may stand for a clause.
HEADER = ("by", "governs", "effective", "text")
#: The sorts of clause that one can keep and break.
BINDING = ("obligation", "prohibition", "right", "permission")


@frozen
class Shown:
    """A case: the clauses that its test names, the rules whose verdict it expects, and that verdict."""

    clauses: tuple[str, ...]
    rules: tuple[str, ...]
    verdict: Verdict


@frozen
class Covered:
    """A clause, what stands for it, and how many cases expect which verdict of that.

    `unmet` are the cases that expect that no event meets it.
    """

    clause: Clause
    rules: tuple[str, ...]
    broken: int
    kept: int
    undetermined: int
    unmet: int

    @property
    def expected(self) -> bool:
        """Whether the clause is one that a rule and cases should have."""
        return self.clause.checkable in CHECKABLE

    @property
    def shown(self) -> bool:
        """Whether its cases show it: what binds or permits, both kept and broken; the rest, at all."""
        if self.clause.modality in BINDING:
            return bool(self.broken and self.kept)
        return bool(self.broken + self.kept + self.undetermined + self.unmet)

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.expected or (bool(self.rules) and self.shown)


@frozen
class Coverage:
    """A version of a policy, and all clauses of its register in their order."""

    policy: str
    label: str
    effective: str
    clauses: tuple[Covered, ...]

    @property
    def whole(self) -> bool:
        """Whether every clause that can be checked has a rule, and cases that show it."""
        return all(each.whole for each in self.clauses)


def cover(policy: Policy, cases: Iterable[Shown]) -> Coverage:
    """What covers the clauses of a policy. A case counts for a clause if it asks what stands for that."""
    standing = encodings(policy)
    shown: dict[tuple[str, Verdict], int] = {}
    for case in cases:
        for clause in case.clauses:
            if _asks(case, standing.get(clause, ())):
                shown[clause, case.verdict] = shown.get((clause, case.verdict), 0) + 1
    return Coverage(
        policy.name,
        policy.label,
        policy.effective,
        tuple(
            Covered(
                clause,
                standing.get(clause.id, ()),
                shown.get((clause.id, Verdict.BROKEN), 0),
                shown.get((clause.id, Verdict.KEPT), 0),
                shown.get((clause.id, Verdict.UNDETERMINED), 0),
                shown.get((clause.id, Verdict.NOT_EXERCISED), 0),
            )
            for clause in policy.clauses
        ),
    )


def _asks(case: Shown, standing: Iterable[str]) -> bool:
    """Whether a case asks a rule that stands for a clause; definitions, treatments and the like decide any."""
    rules = {_rule_of(words) for words in standing}
    return None in rules or bool(rules & {name.split(".row")[0] for name in case.rules})


def _rule_of(words: str) -> str | None:
    """The rule that words name, or part of which they name; None where they name something else."""
    first = words.split(" (")[0]
    return None if " " in first or first in HEADER else first
