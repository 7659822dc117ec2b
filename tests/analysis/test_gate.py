"""The gate: what is found is known again, and what is new fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lawful.analysis.gate import gate
from lawful.analysis.passing import Terms, failures
from lawful.analysis.record import Record, digest, record
from lawful.check import check
from lawful.findings import Report, Verdict
from lawful.given import read_file

ROOT = Path(__file__).parents[2]
SYSTEMS = sorted((ROOT / "flows").glob("*/broken/*.flow"))
SOME = [SYSTEMS[number] for number in range(0, len(SYSTEMS), max(len(SYSTEMS) // 4, 1))]


def judged(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Record, Report]:
    """A system of the checkout, with its record."""
    monkeypatch.chdir(ROOT)
    given = read_file(path.relative_to(ROOT), (), "")
    report = check(given.program, given.system, policies=given.policies, on=given.date)
    return record(given.program, given.system, report), report


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_a_system_and_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, report = judged(path, monkeypatch)
    found = gate(kept, kept, report, {}, {})
    assert failures(found, Terms(strict=True)) == ()
    assert (found.new, found.mended, found.claims, found.turned) == ((), (), (), ())
    assert found.known == report.findings
    assert len(found.known) == len(kept.findings) > 0


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_each_finding_that_was_not_there_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, report = judged(path, monkeypatch)
    for known in kept.findings:
        before = replace(kept, findings=tuple(one for one in kept.findings if one is not known))
        found = gate(before, kept, report, {}, {})
        assert len(found.new) == 1
        assert failures(found, Terms())
        assert found.new[0].finding.verdict is known.verdict


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_a_rule_that_was_decided_and_is_not_fails(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, report = judged(path, monkeypatch)
    for number, stood in enumerate(kept.rules):
        if stood.verdict in (Verdict.KEPT, Verdict.BROKEN):
            after = replace(kept, rules=(replace(stood, verdict=Verdict.UNDETERMINED),))
            [turned] = gate(kept, after, report, {}, {}).turned
            assert (turned.rule, turned.before) == (kept.rules[number].rule, stood.verdict)
            assert failures(gate(kept, after, report, {}, {}), Terms())


def test_a_digest_is_of_what_is_meant() -> None:
    assert digest(frozenset({"a", "b", "c"})) == digest(frozenset({"c", "b", "a"}))
    assert digest(("a", "b")) != digest(("b", "a"))
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
    assert digest(1) != digest("1")
