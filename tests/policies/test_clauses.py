"""Every promise of a shipped document, shown: by cases that hold, and that fail without its rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.analysis.encoding import encodings
from lawful.cli import main
from lawful.findings import Verdict
from lawful_dsl.program import Assert, Clause, Policy
from tests.policies.shipped import REGISTERS, asked_of, bites, registered, versions

#: Of each sort of clause, the verdicts that its cases must expect.
_BOTH = (Verdict.BROKEN, Verdict.KEPT)
SHOWN = dict.fromkeys(("obligation", "prohibition", "right", "permission"), _BOTH)


def test_all_cases_hold(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["test", str(cases)])
    said = capsys.readouterr()
    assert status == 0, said.out + said.err


def test_nothing_is_missing(whole: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["coverage", whole])
    said = capsys.readouterr()
    assert status == 0, said.out + said.err


def test_a_clause_is_shown_to_be_kept_and_to_be_broken(version: Policy, clause: Clause) -> None:
    found = {each.case.verdict for each in asked_of(version, clause.id)}
    if Verdict.NOT_EXERCISED in found:
        found.add(Verdict.KEPT)
    wanted = set(SHOWN.get(clause.modality, ()))
    if any(clause.id in rule.about.clauses for rule in version.rules if isinstance(rule, Assert)):
        wanted |= {Verdict.BROKEN, Verdict.KEPT, Verdict.UNDETERMINED}
    assert wanted <= found, f"no case expects {', '.join(sorted(wanted - found))}"


def test_without_its_rules_a_case_of_a_clause_fails(version: Policy, clause: Clause) -> None:
    standing = encodings(version).get(clause.id, ())
    assert standing, f"nothing stands for {clause.id}"
    assert bites(version, clause.id), f"no case of {clause.id} needs {', '.join(standing)}"


def test_the_register_is_that_of_the_document(whole: str) -> None:
    if not (REGISTERS / f"{whole}.yaml").exists():
        pytest.skip("there is no other register beside the checkout")
    expected = registered(whole)
    for policy in versions(whole):
        found = {each.id: each for each in policy.clauses}
        assert found.keys() == expected.keys()
        differing = {
            id: (each.modality, each.checkable)
            for id, each in found.items()
            if (each.modality, each.checkable) != expected[id] and not each.because
        }
        assert differing == {}
