"""`lawful test`: expectations that hold, fail and cannot be run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

CASES = """system cases  for policy our_policy

party us  controller  in FR
subject buyer  is customer  in FR
us {
  service orders     production
  store   test_copy  development
}

test "Card numbers stay out of development"  clause P-4 {
  buyer -> orders : card_number, email_address  for card_processing on contract
  expect broken cards_in_development {
    orders -> test_copy : card_number
  }
  expect kept cards_in_development {
    orders -> test_copy : email_address
  }
}
"""


@pytest.fixture
def cases(shop: Path) -> Path:
    (shop / "cases").mkdir()
    path = shop / "cases" / "cards.flow"
    path.write_text(CASES, "utf-8")
    return path


def test_all_hold(lawful: Run, cases: Path) -> None:
    outcome = lawful("test", ".")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == "2 cases of 1 test in 1 file: all hold\n"


def test_one_fails_and_is_told_with_its_findings(lawful: Run, cases: Path) -> None:
    cases.write_text(
        CASES.replace("kept cards", "undetermined cards").replace("expect broken", "expect kept")
    )
    outcome = lawful("test", "cases/cards.flow")
    assert outcome.status == 1
    assert outcome.out.startswith(
        'cases/cards.flow:12  "Card numbers stay out of development"\n'
        "  cards_in_development is expected to be kept, and is broken\n"
        "\n"
        "broken  critical  our_policy  cards_in_development\n"
    )
    assert "cases/cards.flow:15" in outcome.out
    assert "  cards_in_development is expected to be undetermined, and is kept\n" in outcome.out
    assert outcome.out.endswith("2 of 2 cases of 1 test in 1 file fail\n")


def test_a_misspelt_rule(lawful: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("expect kept cards_in", "expect kept card_in"))
    outcome = lawful("test", "cases")
    assert (outcome.status, outcome.out) == (2, "")
    assert "there is no rule `card_in_development` in `our_policy` on 2025-01-01" in outcome.err
    assert "did you mean `cards_in_development`?" in outcome.err


@pytest.mark.parametrize("text", ["expct kept a\n", "test {\n}\n", "system a\nexpect kept b {\n"])
def test_a_text_with_errors(lawful: Run, cases: Path, text: str) -> None:
    cases.write_text(CASES + text)
    outcome = lawful("test", "cases")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: ")


def test_what_has_no_tests(lawful: Run, shop: Path) -> None:
    outcome = lawful("test", "our_system.flow")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: `our_system.flow` has no tests\n")


def test_what_names_no_policy(lawful: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("  for policy our_policy", ""))
    outcome = lawful("test", "cases")
    assert (outcome.status, outcome.out) == (2, "")
    assert "names no policy, so there is nothing to test" in outcome.err
    assert lawful("test", "cases", "--policy", "our_policy").status == 0


def test_a_file_that_is_not_there(lawful: Run, cases: Path) -> None:
    outcome = lawful("test", "cases/crads.flow")
    assert (outcome.status, outcome.out) == (2, "")
    assert "did you mean `cards.flow`?" in outcome.err
