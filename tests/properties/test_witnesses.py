"""Property 4 of semantics, section 7: a witness replays, and a repair is whole and no larger than need be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from hypothesis import given

from lawful.analysis.changes import Candidate, candidates
from lawful.analysis.drafts import Base, Draft
from lawful.analysis.repairs import mend
from lawful.findings import WORST, Finding, Report, Verdict
from lawful.propagation.standing import Standing
from lawful.system.model import System
from lawful_dsl.program import Program, Reach
from tests.properties import flows, laws
from tests.properties.agreement import DATE, engine_verdicts, policies_of, report_of, understood
from tests.properties.drawn import ORDER, drawing


@drawing(20)
@given(laws.policies(), flows.systems(10))
def test_4_a_witness_replays(texts: tuple[str, ...], flow: str) -> None:
    """With the flows of its witness alone, a system has the very event, judged as it was.

    But for joins, which need what they are joined with, and requests, which come by another way.
    """
    lines = [line for line in flow.split("\n") if not line.strip().startswith("joins ")]
    both = understood(texts, "\n".join(lines))
    if both is None:
        return
    program, system = both
    requests = {r.about.id for p in program.policies for r in p.rules if isinstance(r, Reach)}
    for finding in report_of(program, system).findings:
        if finding.witness and finding.rule != "unknown-data" and finding.event.kind != "join":
            alone = engine_verdicts(program, _of_witness(system, finding))
            event = _key(finding)
            assert event in alone, (event, [step.carrier for step in finding.witness])
            if finding.rule not in requests:
                assert ORDER.index(alone[event]) >= ORDER.index(finding.verdict)


def _key(finding: Finding) -> tuple[object, ...]:
    datum, event = finding.datum, finding.event
    return (
        finding.policy,
        finding.rule,
        event.kind,
        event.carrier,
        datum.category,
        str(datum.form),
        datum.subject,
        datum.marks,
        datum.unsourced,
        event.purpose,
        event.place,
        event.channel,
        "",
    )


def _of_witness(system: System, finding: Finding) -> System:
    on_way = {step.carrier for step in finding.witness}
    return replace(
        system,
        flows=tuple(
            replace(f, from_flows=tuple(name for name in f.from_flows if name in on_way))
            for f in system.flows
            if f.id in on_way
        ),
    )


# --- repairs --------------------------------------------------------------------------------------

#: The worst verdict on each thing found: by policy and fingerprint.
Worst = dict[tuple[str, str], Verdict]


@drawing(12)
@given(laws.policies(), flows.systems(5))
def test_4_a_repair_is_whole_and_no_part_of_it_is(texts: tuple[str, ...], flow: str) -> None:
    """A repair removes its finding and makes none; fewer of its changes do not."""
    both = understood(texts, flow)
    if both is None:
        return
    program, system = both
    report = mend(report_of(program, system), program, system)
    before = _worst(report)
    for finding in report.findings:
        if finding.repair is None:
            continue
        changes = _changes(program, system, finding)
        for size in range(len(changes) + 1):
            for some in combinations(changes, size):
                now = _worst(report_of(program, _changed(system, some)))
                mended = (finding.policy, finding.fingerprint) not in now and not _worse(
                    before, now
                )
                assert mended == (size == len(changes)), (finding.repair, some)


def _changes(program: Program, system: System, finding: Finding) -> list[Candidate]:
    assert finding.repair
    [policy] = [p for p in policies_of(program) if p.name == finding.policy]
    [rule] = [r for r in policy.rules if r.about.id == finding.rule]
    lattice = program.vocabulary.on(DATE)
    ours = Standing(system, lattice, policy.by).ours
    found = candidates(finding, rule, policy, Base(system), lattice, ours)
    return [next(c for c in found if c.change == change) for change in finding.repair.changes]


def _changed(system: System, changes: Sequence[Candidate]) -> System:
    draft = Draft(Base(system))
    for change in changes:
        draft = change.apply(draft)
    return draft.system


def _worst(report: Report) -> Worst:
    found: Worst = {}
    for finding in report.findings:
        key = (finding.policy, finding.fingerprint)
        found[key] = min(found.get(key, Verdict.KEPT), finding.verdict, key=WORST.index)
    return found


def _worse(before: Mapping[tuple[str, str], Verdict], now: Worst) -> bool:
    return any(
        WORST.index(verdict) < WORST.index(before.get(key, Verdict.KEPT))
        for key, verdict in now.items()
    )
