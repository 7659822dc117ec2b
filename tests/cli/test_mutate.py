"""`lawful mutate`: what no case notices, and how many do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_test import CASES


@pytest.fixture
def cased(shop: Path) -> Path:
    (shop / "cases").mkdir()
    (shop / "cases" / "cards.flow").write_text(CASES, "utf-8")
    return shop


def test_survivors_are_listed_with_their_places(lawful: Run, cased: Path) -> None:
    outcome = lawful("mutate", "our_policy", "--rule", "cards_in_development")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.endswith(" changes noticed: 100.0 %\n")
    outcome = lawful("mutate", "our_policy", "--rule", "marketing")
    assert outcome.status == 1
    assert outcome.out.startswith("our_policy.law:29  marketing: the rule is dropped\n")
    assert outcome.out.endswith("\n0 of 2 changes noticed: 0.0 %\n")


def test_a_share_may_be_enough(lawful: Run, cased: Path) -> None:
    assert lawful("mutate", "our_policy").status == 1
    assert lawful("mutate", "our_policy", "--at-least", "1").status == 0


def test_a_policy_without_cases(lawful: Run, shop: Path) -> None:
    outcome = lawful("mutate", "our_policy")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: `our_policy` has no cases")


def test_a_rule_that_is_none(lawful: Run, cased: Path) -> None:
    outcome = lawful("mutate", "our_policy", "--rule", "marketin")
    assert (outcome.status, outcome.out) == (2, "")
    assert "did you mean `marketing`?" in outcome.err


def test_a_case_that_fails_before_any_change(lawful: Run, cased: Path) -> None:
    cases = cased / "cases" / "cards.flow"
    cases.write_text(CASES.replace("expect kept", "expect undetermined"), "utf-8")
    outcome = lawful("mutate", "our_policy")
    assert (outcome.status, outcome.out) == (2, "")
    assert "1 case of `our_policy` does not hold before any change" in outcome.err
    assert "cases/cards.flow:15" in outcome.err
