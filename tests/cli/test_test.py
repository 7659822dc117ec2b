"""`lawful test`: expectations that hold, fail and cannot be run."""

from __future__ import annotations

import json
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


# --- what the cases show --------------------------------------------------------------------------

NOT_COVERED = """
Policy text      Rules  Exceptions  Permits  Covered
our_policy.law  1 of 5      1 of 2   0 of 2   22.2 %
All             1 of 5      1 of 2   0 of 2   22.2 %

Not covered
  our_policy.law:11  recipients: no case meets it
  our_policy.law:16  recipients (row 1): it permits nothing in any case
  our_policy.law:17  recipients (row 2): it permits nothing in any case
  our_policy.law:26  lawful_basis: no case meets it
  our_policy.law:29  marketing: no case meets it
  our_policy.law:29  marketing (exception): it takes effect in no case
  our_policy.law:32  how_long: no case meets it
"""
ROWS = """
test "The table"  {
  party host  hosting_provider  in FR
  party psp   card_processor    in FR
  buyer -> orders : card_number, email_address  for card_processing on contract
  expect kept recipients {
    orders -> host : email_address  for hosting
    orders -> psp  : card_number    for card_processing
  }
  expect broken recipients {
    orders -> host : card_number  for hosting
  }
}
"""


def test_what_the_cases_do_not_show_is_told_with_its_place(lawful: Run, cases: Path) -> None:
    outcome = lawful("test", "cases", "--coverage")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == "2 cases of 1 test in 1 file: all hold\n" + NOT_COVERED
    cases.write_text(CASES + ROWS, "utf-8")
    more = lawful("test", "cases", "--coverage").out
    assert "\nAll             2 of 5      1 of 2   2 of 2   55.6 %\n" in more
    assert "recipients" not in more


def test_cases_that_fail_show_nothing_and_the_status_says_so(lawful: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("expect broken", "expect undetermined"), "utf-8")
    outcome = lawful("test", "cases", "--coverage")
    assert outcome.status == 1
    assert "  our_policy.law:20  cards_in_development: no case has it broken\n" in outcome.out


def test_what_came_of_tests_as_json_is_valid(lawful: Run, cases: Path) -> None:
    import jsonschema

    schema = json.loads(lawful("schema", "tests").out)
    plain = json.loads(lawful("test", "cases", "--format", "json").out)
    jsonschema.validate(plain, schema)
    assert (plain["files"], plain["tests"], plain["cases"]) == (1, 1, 2)
    assert (plain["failing"], plain["coverage"]) == ([], None)
    cases.write_text(CASES.replace("expect broken", "expect undetermined"), "utf-8")
    outcome = lawful("test", "cases", "--coverage", "--format", "json", "-o", "tests.json")
    assert (outcome.status, outcome.out, outcome.err) == (1, "", "")
    found = json.loads(Path("tests.json").read_text("utf-8"))
    jsonschema.validate(found, schema)
    assert found["failing"] == [
        {
            "test": "Card numbers stay out of development",
            "clauses": ["P-4"],
            "file": "cases/cards.flow",
            "line": 12,
            "expected": "undetermined",
            "found": [{"rule": "cards_in_development", "verdict": "broken"}],
        }
    ]
    covered = found["coverage"]
    lines = covered["lines"]
    assert (covered["covered"], covered["total"]) == (1, len(lines))
    assert [line["name"] for line in lines if line["covered"]] == [
        "cards_in_development (exception)"
    ]
    assert lines[0] == {
        "kind": "rule",
        "name": "recipients",
        "file": "our_policy.law",
        "line": 11,
        "covered": False,
        "lacks": "no case meets it",
    }


def test_a_policy_given_as_a_file(lawful: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("  for policy our_policy", ""))
    assert lawful("test", "cases", "--policy", "our_policy.law").status == 0
