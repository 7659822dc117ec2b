"""The search: what it finds is broken together and harmless one by one, and what it cannot find it does not claim."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lawful.check import check
from lawful.findings import Report, Verdict
from lawful.given import Given
from lawful.system.model import Carried, Flow, System
from lawful.testing.checking import read
from lawful.testing.fuzz.runs import Run, run
from lawful.testing.fuzz.search import Limits
from lawful.testing.fuzz.starts import Start, breakable, made
from lawful.testing.fuzz.trial import Trial
from lawful_dsl.format import format_flow
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source

STARTER = Path("engine/lawful/cli/starter")
SEEDS = (1, 2, 3)


@pytest.fixture(autouse=True)
def desk(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(root / STARTER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)


def checked(given: Given, system: System) -> Report:
    """What a check says: nothing of the search has a part in it."""
    return check(given.program, system, policies=given.policies, on=given.date)


def broken(report: Report) -> set[str]:
    return {f.fingerprint for f in report.findings if f.verdict is Verdict.BROKEN}


def searched(given: Given, seed: int, rule: str = "", tries: int = 60) -> Run:
    trial = Trial(given.program, given.system, given.policies, given.date)
    aims = breakable(trial.policies, rule)
    return run(
        [(aims[0], Start(trial, aims))],
        Limits(seed, tries),
        name="found.flow",
        strict=bool(rule),
        several=False,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_flows_that_are_harmless_alone_break_a_rule_together(seed: int) -> None:
    given = read("our_system.flow")
    found = searched(given, seed).found
    assert found is not None
    flows = found.hit.flows
    assert len(flows) >= 2
    before = broken(checked(given, given.system))
    for flow in flows:
        alone = checked(given, replace(given.system, flows=(*given.system.flows, flow)))
        assert broken(alone) <= before, flow.id
        assert alone.verdict is Verdict.KEPT
    together = checked(given, replace(given.system, flows=(*given.system.flows, *flows)))
    assert found.finding.rule in {f.rule for f in together.findings if f.verdict is Verdict.BROKEN}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_is_small_and_shows_the_same(seed: int) -> None:
    found = searched(read("our_system.flow"), seed).found
    assert found is not None
    assert format_flow(parse_flow(Source("found.flow", found.text))) == found.text
    given = read(found.text)
    report = checked(given, given.system)
    same = [f for f in report.findings if f.fingerprint == found.finding.fingerprint]
    assert [f.verdict for f in same] == [Verdict.BROKEN]
    added = {flow.id for flow in found.hit.flows}
    assert added <= {step.carrier for step in same[0].witness}
    assert found.finding.repair is not None
    before = [flow for flow in given.system.flows if flow.id not in added]
    assert len(before) < len(read("our_system.flow").system.flows)
    at_first = broken(checked(given, replace(given.system, flows=tuple(before))))
    assert at_first == set()
    for flow in given.system.flows:
        if flow.id in added:
            alone = checked(given, replace(given.system, flows=(*before, flow)))
            assert broken(alone) == set(), flow.id


def test_a_rule_can_be_aimed_at() -> None:
    for rule in ("cards_in_development", "recipients"):
        found = searched(read("our_system.flow"), 1, rule).found
        assert found is not None
        assert found.finding.rule == rule


def test_the_tries_are_counted_and_bounded() -> None:
    outcome = searched(read("our_system.flow"), 1, "lawful_basis", tries=7)
    assert outcome.found is None
    assert outcome.made <= 7
    assert not outcome.late


def test_time_may_end_it() -> None:
    given = read("our_system.flow")
    trial = Trial(given.program, given.system, given.policies, given.date)
    aims = breakable(trial.policies)
    limits = Limits(1, 60, late=lambda: True)
    outcome = run([(aims[0], Start(trial, aims))], limits, name="x", strict=False, several=False)
    assert (outcome.found, outcome.made, outcome.late) == (None, 0, True)


def test_small_systems_are_made_that_do_not_break_the_rule() -> None:
    given = read("our_system.flow")
    policy = next(p for p in given.program.policies if p.name == "our_policy")
    rules = breakable([policy])
    starts = dict(made(given.program, policy, rules, given.date))
    assert set(starts) == set(rules)
    there = [start for start in starts.values() if start is not None]
    assert len(there) >= 2
    for start in there:
        report = checked(given, start.trial.system)
        wrong = {f.rule for f in report.findings if f.verdict is Verdict.BROKEN}
        assert start.rules[0][1] not in wrong


# --- a trial says what a check says ---------------------------------------------------------------


def added(source: str, target: str, term: str) -> Flow:
    carried = (Carried(term),)
    return Flow(
        f"{source} -> {target}", "flow", source, target, carries=carried, uses=(), same=True
    )


@pytest.mark.parametrize("term", ["card_number", "email_address", ""])
def test_a_trial_agrees_with_a_check_on_every_flow(term: str) -> None:
    given = read("our_system.flow")
    trial = Trial(given.program, given.system, given.policies, given.date)
    base = checked(given, given.system)
    rules = {r.rule: r.verdict for r in base.rules}
    nodes = sorted(given.system.nodes)
    worse = 0
    for source in nodes:
        for target in nodes:
            if source == target or (source, target) in {
                (f.source, f.target) for f in given.system.flows
            }:
                continue
            flow = added(source, target, term)
            report = checked(given, replace(given.system, flows=(*given.system.flows, flow)))
            outcome = trial.after(flow)
            new = broken(report) - broken(base)
            assert bool(outcome.broken) == bool(new), flow.id
            assert {f.fingerprint for f in outcome.broken} == new, flow.id
            undecided = {
                r.rule
                for r in report.rules
                if r.verdict in (Verdict.BROKEN, Verdict.UNDETERMINED)
                and rules[r.rule] not in (Verdict.BROKEN, Verdict.UNDETERMINED)
            }
            assert {rule for _, rule in outcome.doubted} == undecided, flow.id
            worse += not outcome.harmless
    assert worse
