"""Repairs: the smallest change that mends a finding and breaks nothing else, checked by applying it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from lawful.analysis.changes import candidates
from lawful.analysis.steps import Candidate
from lawful.analysis.workshop import Workshop, bare, is_kept
from lawful.check import check, date_of, heeding, in_force
from lawful.collecting import collect
from lawful.findings import Finding, Repair, Report, Verdict
from lawful.propagation.standing import Standing
from lawful.session import Session
from lawful.system.model import System
from lawful_dsl.program import Policy, Program

#: Candidates beyond these are not combined; a repair that may so have been missed says `pruned`.
MOST_COMBINED = 8


def checked(
    program: Program, system: System, *, policies: Sequence[str] = (), on: str = ""
) -> Report:
    """The report of a check with repairs; a system that is not too large for that is kept from the check on."""
    if not is_kept(system):
        report = check(program, system, policies=policies, on=on)
        collect()
        return mend(report, program, system)
    session = Session(program, bare(system), policies=policies, on=on)
    date = date_of(program, system, policies, on)
    chosen = in_force(program, policies or system.policies, date)
    report = heeding(session.report, system.waivers, chosen, program.vocabulary.on(date))
    return _mended(Workshop(program, system, report, session))


def mend(report: Report, program: Program, system: System) -> Report:
    """A report with a repair for each broken finding that one to three changes mend."""
    return _mended(Workshop(program, system, report))


def _mended(workshop: Workshop) -> Report:
    report, program = workshop.report, workshop.program
    policies = {p.name: p for p in in_force(program, report.policies, report.date)}
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


def _repair(workshop: Workshop, finding: Finding, policy: Policy) -> Repair | None:
    rule = next(r for r in policy.rules if r.about.id == finding.rule)
    lattice = workshop.program.vocabulary.on(workshop.report.date)
    ours = Standing(workshop.base.system, lattice, policy.by).ours
    found = candidates(finding, rule, policy, workshop.base, lattice, ours)
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
