"""The packs that no shipped policy uses: their rules are tried on a policy that is made for that."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.cli import main
from lawful.findings import Verdict
from lawful.system.load import load
from lawful.testing.cases import cases
from lawful_dsl import library

FOLDER = Path(__file__).parent / "packs"
CASES = FOLDER / "cases"
TRADER = FOLDER / "trader.law"


def test_the_cases_of_the_packs_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["test", str(CASES)])
    said = capsys.readouterr()
    assert status == 0, said.out + said.err


def test_each_rule_of_the_packs_is_broken_by_a_case_and_kept_by_another() -> None:
    program, wrong, _ = library.load((str(TRADER),))
    assert wrong == ()
    trees, _, faults = load(sorted(CASES.glob("*.flow")))
    assert faults == ()
    tried: dict[str, set[Verdict]] = {}
    for tree in trees:
        for case in cases(tree):
            for rule in case.rules:
                tried.setdefault(rule.text, set()).add(case.verdict)
    [trader] = program.policies
    for rule in trader.rules:
        found = tried.get(rule.about.id, set())
        assert Verdict.BROKEN in found, rule.about.id
        assert found & {Verdict.KEPT, Verdict.NOT_EXERCISED}, rule.about.id
