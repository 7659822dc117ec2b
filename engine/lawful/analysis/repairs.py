"""Repairs: the smallest change that mends a finding and breaks nothing else, checked by applying it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from lawful.analysis.changes import candidates
from lawful.analysis.steps import Candidate
from lawful.check import check, in_force
from lawful.findings import WORST, Finding, Repair, Report, Verdict, worst
from lawful.propagation.standing import Standing
from lawful.system.model import System
from lawful_dsl.program import Policy, Program

#: Candidates beyond these are not combined; a repair that may so have been missed says `pruned`.
MOST_COMBINED = 8
#: So much is tried for one report, in systems times their flows and nodes; findings left over get no
#: repair, and the report says so.
MOST_TRIED = 12_000


def mend(report: Report, program: Program, system: System) -> Report:
    """The report with a repair for each broken finding that one to three changes mend."""
    policies = {p.name: p for p in in_force(program, report.policies, report.date)}
    workshop = _Workshop(program, system, report)
    findings = []
    left = 0
    for finding in report.findings:
        if finding.verdict is Verdict.BROKEN and finding.witness:
            if workshop.tired:
                left += 1
            else:
                repair = _repair(workshop, finding, policies[finding.policy])
                finding = replace(finding, repair=repair)
        findings.append(finding)
    notices = report.notices
    if left:
        notices += (f"no repair was sought for {left} of the findings: there are too many",)
    return replace(report, findings=tuple(findings), notices=notices)


class _Workshop:
    """Tries changes on a system and remembers what it was like before."""

    def __init__(self, program: Program, system: System, report: Report) -> None:
        self.program = program
        self.system = replace(system, waivers=())  # one of what is mended is no harm
        self.report = report
        self.before = _worst(report)
        self.tried = 0

    @property
    def tired(self) -> bool:
        """Whether enough has been tried."""
        return self.tried * (len(self.system.flows) + len(self.system.nodes)) >= MOST_TRIED

    def mends(self, finding: Finding, changes: Sequence[Candidate]) -> bool:
        """Whether the finding goes, and none comes or gets worse."""
        self.tried += 1
        system = self.system
        for change in changes:
            system = change.apply(system)
        report = self.report
        after = check(self.program, system, policies=report.policies, on=report.date)
        now = _worst(after)
        return _key(finding) not in now and all(
            key in self.before and WORST.index(verdict) >= WORST.index(self.before[key])
            for key, verdict in now.items()
        )


def _key(finding: Finding) -> tuple[str, str]:
    return finding.policy, finding.fingerprint


def _worst(report: Report) -> dict[tuple[str, str], Verdict]:
    """The worst verdict on each thing found."""
    found: dict[tuple[str, str], Verdict] = {}
    for finding in report.findings:
        key = _key(finding)
        found[key] = worst([finding.verdict, found.get(key, Verdict.KEPT)])
    return found


def _repair(workshop: _Workshop, finding: Finding, policy: Policy) -> Repair | None:
    rule = next(r for r in policy.rules if r.about.id == finding.rule)
    lattice = workshop.program.vocabulary.on(workshop.report.date)
    ours = Standing(workshop.system, lattice, policy.by).ours
    found = candidates(finding, rule, policy, workshop.system, lattice, ours)
    for one in found:
        if workshop.mends(finding, (one,)):
            return Repair((one.change,))
    few = found[:MOST_COMBINED]
    pruned = len(found) > len(few)
    for several in _several(few):
        if workshop.tired:
            return None
        if workshop.mends(finding, several):
            return Repair(tuple(c.change for c in several), pruned)
    return None


def _several(few: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    for size in (2, 3):
        yield from combinations(few, size)
