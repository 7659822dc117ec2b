"""What `lawful check` says of an imported model, as another analyser would list it: by vertices."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lawful.check import benches, check, date_of, in_force
from lawful.findings import Report, Verdict
from lawful.system.link import link
from lawful.system.load import load
from lawful_dsl import library


@dataclass(frozen=True)
class Checked:
    """A report, and the targets of all events that are broken: of findings and what is beneath them."""

    report: Report
    violating: frozenset[str]


def checked(path: Path) -> Checked:
    """The check of a system under the policy beside it."""
    trees, _, wrong = load([path])
    assert not wrong
    program, faults, _ = library.load([str(path.with_suffix(".law"))], [path.parent])
    assert [fault.message for fault in faults] == []
    system, faults = link(trees, program.vocabulary, policies=program.policies)
    assert [fault.message for fault in faults] == []
    names = tuple(policy.name for policy in program.policies)
    report = check(program, system, policies=names)
    date = date_of(program, system, names)
    violating = {
        judged.happening.frame.target.id
        for bench in benches(program, system, in_force(program, names, date), date)
        for judged in bench.all()
        if judged.judgement.verdict is Verdict.BROKEN
    }
    return Checked(report, frozenset(violating))
