"""Callbridge: the service keeps its policy, and each variant breaks or keeps what its first line says."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from lawful.findings import Verdict
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows, System
from tests.flows.callbridge import FOLDER, checked, files

BROKEN, KEPT, UNDETERMINED = files("broken"), files("kept"), files("undetermined")


def stem(path: Path) -> str:
    return path.stem


def first(path: Path) -> str:
    return path.read_text("utf-8").partition("\n")[0]


def test_the_service_keeps_its_policy_and_exercises_every_rule() -> None:
    _, system, report = checked(FOLDER / "callbridge.flow")
    assert len(system.nodes) >= 40
    assert [f for f in report.findings if f.verdict is Verdict.BROKEN] == []
    kept = sum(r.kept for r in report.rules)
    undetermined = sum(r.undetermined for r in report.rules)
    assert undetermined < 0.05 * (kept + undetermined)
    assert [r.rule for r in report.rules if r.verdict is Verdict.NOT_EXERCISED] == []


@pytest.mark.parametrize("path", BROKEN, ids=stem)
def test_a_broken_variant_breaks_what_it_says_and_nothing_else(path: Path) -> None:
    _, _, report = checked(path)
    told = [
        f"# breaks {f.rule} at {f.event.carrier} of {f.datum.category}"
        for f in report.findings
        if f.verdict is Verdict.BROKEN
    ]
    assert told == [first(path)]


@pytest.mark.parametrize("path", BROKEN, ids=stem)
def test_a_broken_variant_has_a_witness_that_leads_to_the_event(path: Path) -> None:
    _, system, report = checked(path)
    [finding] = [f for f in report.findings if f.verdict is Verdict.BROKEN]
    carriers = {*system.nodes, *(flow.id for flow in system.flows)}
    steps = finding.witness
    assert steps
    assert {s.carrier for s in steps} <= carriers
    assert finding.event.carrier in (steps[-1].carrier, steps[-1].target)
    assert all(one.target == after.source for one, after in pairwise(steps))
    assert finding.clauses


@pytest.mark.parametrize("path", KEPT, ids=stem)
def test_a_kept_variant_is_kept_and_names_the_rule_of_its_twin(path: Path) -> None:
    _, _, report = checked(path)
    assert report.verdict is Verdict.KEPT
    assert report.undeclared == ()
    rule = first(path).removeprefix("# keeps ").partition(":")[0]
    assert first(FOLDER / "broken" / path.name).startswith(f"# breaks {rule} at ")
    [result] = [r for r in report.rules if r.rule == rule]
    assert result.undetermined == result.broken == 0


def test_each_broken_variant_has_a_twin() -> None:
    assert [p.name for p in KEPT] == [p.name for p in BROKEN]


def statements(path: Path) -> list[object]:
    tree = parse_flow(Source(path.name, path.read_text("utf-8"))).tree
    assert isinstance(tree, Flows)
    # A block of a party is taken apart, so that a node in it is a declaration by itself.
    found: list[object] = []
    for statement in tree.statements:
        inner = getattr(statement, "nodes", None) or getattr(statement, "statements", None)
        found += list(inner) if inner else [statement]
    return [s for s in found if not isinstance(s, System)]


@pytest.mark.parametrize("path", BROKEN, ids=stem)
def test_a_twin_differs_in_one_declaration(path: Path) -> None:
    one, other = statements(path), statements(FOLDER / "kept" / path.name)
    assert len(one) == len(other)
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


@pytest.mark.parametrize("path", UNDETERMINED, ids=stem)
def test_an_undetermined_variant_is_so_for_the_reason_that_it_names(path: Path) -> None:
    _, _, report = checked(path)
    said = re.fullmatch(r"# undetermined (\S+) at (.+): ([^:,]+), (.+)", first(path))
    assert said
    rule, carrier, reason, what = said.groups()
    assert report.verdict is Verdict.UNDETERMINED
    [finding] = [f for f in report.findings if f.rule == rule]
    assert finding.event.carrier == carrier
    assert str(finding.reason) == reason
    assert all(re.search(rf"\b{word}\b", finding.detail) for word in what.split(" and "))
    assert {f.rule for f in report.findings} == {rule}
