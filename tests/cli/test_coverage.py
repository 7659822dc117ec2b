"""`lawful coverage`: which clauses have rules and cases, as a text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_test import CASES

REGISTER = """
clauses "1 Who receives your data"
  P-1 prohibition graph    "Nobody gets data but as the table says."
  P-2 permission  graph    "Hosts get all but card numbers."
  P-3 permission  graph    "Card processors get card data."

clauses "2 What we promise"
  P-4 prohibition graph    "Cards stay out of development."
  P-5 obligation  metadata "Collection rests on consent or contract."
  P-6 obligation  graph    "Marketing needs express consent."
  P-7 obligation  metadata "Data goes six months after the contract."
  P-8 notice      no       "This page may change." because "It binds no flow."
"""
#: A kept and a broken case of one clause, and cases of others.
ALL_CASES = (
    CASES.rstrip().removesuffix("}")
    + """  expect not exercised marketing
}

test "The table and its rows"  clause P-1, P-2 {
  party elsewhere  hosting_provider  in US
  buyer -> orders : email_address  for card_processing
  expect broken recipients {
    orders -> elsewhere : email_address  for hosting
  }
  expect undetermined how_long
}
"""
)


@pytest.fixture
def covered(shop: Path) -> Path:
    """The folder of a policy with a register, and cases of some of its clauses."""
    policy = shop / "our_policy.law"
    policy.write_text(policy.read_text("utf-8") + REGISTER, "utf-8")
    (shop / "cases" / "deeper").mkdir(parents=True)
    (shop / "cases" / "deeper" / "a.flow").write_text(ALL_CASES, "utf-8")
    return shop


def clauses(lawful: Run, *arguments: str) -> dict[str, dict[str, object]]:
    outcome = lawful("coverage", "our_policy", "--format", "json", *arguments)
    assert outcome.err == ""
    document = json.loads(outcome.out)
    assert document["whole"] == (outcome.status == 0)
    return {clause["id"]: clause for clause in document["clauses"]}


def test_clause_by_clause(lawful: Run, covered: Path) -> None:
    found = clauses(lawful)
    assert list(found) == [f"P-{number}" for number in range(1, 9)]
    assert found["P-2"] == {
        "id": "P-2",
        "section": "1 Who receives your data",
        "checkable": "graph",
        "modality": "permission",
        "says": "Hosts get all but card numbers.",
        "because": "",
        "rules": ["recipients (row 1)"],
        "broken_cases": 1,
        "kept_cases": 0,
        "undetermined_cases": 0,
        "unmet_cases": 0,
    }
    counted = ("broken_cases", "kept_cases", "undetermined_cases", "unmet_cases")
    assert [found["P-4"][word] for word in counted] == [1, 1, 0, 0]
    assert [found["P-7"][word] for word in counted] == [0, 0, 0, 0]
    assert (found["P-8"]["because"], found["P-8"]["rules"]) == ("It binds no flow.", [])


def test_the_text_ends_with_what_is_missing(lawful: Run, covered: Path) -> None:
    outcome = lawful("coverage", "our_policy.law")
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.out.startswith(
        "our_policy: 1 of 7 clauses that can be checked has rules, and cases that show it\n"
        "Our privacy policy, effective 2025-01-01, 1 more cannot be checked\n"
        "\n"
        "1 Who receives your data\n"
        "Clause  By        Rules                        Broken  Kept  Undetermined  Unmet\n"
        "P-1     graph     recipients                        1     0             0      0\n"
        "P-2     graph     recipients (row 1)                1     0             0      0\n"
        "P-3     graph     recipients (row 2)                0     0             0      0\n"
        "\n"
        "2 What we promise\n"
        "P-4     graph     cards_in_development              1     1             0      0\n"
    )
    assert outcome.out.endswith(
        "\n"
        "Not shown by cases: 6 clauses\n"
        "  P-1, P-2, P-3, P-5, P-6, P-7\n"
        "\n"
        "Not to be checked, and why\n"
        "  P-8  It binds no flow.\n"
    )


def test_a_clause_without_a_rule(lawful: Run, covered: Path) -> None:
    policy = covered / "our_policy.law"
    policy.write_text(policy.read_text("utf-8").replace("  clause P-6", ""), "utf-8")
    outcome = lawful("coverage", "our_policy")
    assert outcome.status == 1
    assert "\nNo rule: 1 clause\n  P-6\n" in outcome.out


MORE_CASES = """
test "The table and its rows, again"  clause P-1, P-2, P-3 {
  party nearby  hosting_provider  in FR
  party far     hosting_provider  in US
  buyer -> orders : email_address  for card_processing
  expect broken recipients {
    orders -> far : email_address  for hosting
  }
  expect kept recipients {
    orders -> nearby : email_address  for hosting
  }
}

test "A basis, and consent to marketing"  clause P-5, P-6 {
  expect broken lawful_basis, marketing {
    buyer -> orders : email_address  for marketing on legitimate_interest  with none
  }
  expect kept lawful_basis, marketing {
    buyer -> orders : email_address  for marketing on consent  with express consent
  }
}
"""
HOW_LONG = """system how_long  for policy our_policy

party us  controller  in FR
subject buyer  is customer  in FR

test "How long"  clause P-7 {
  buyer -> files : email_address  for account_management on contract
  expect broken how_long {
    us {
      store files  production  retention unlimited
    }
  }
  expect kept how_long {
    us {
      store files  production  retention contract_term
    }
  }
}
"""


def test_all_that_can_be_checked_has_both(lawful: Run, covered: Path) -> None:
    cases = covered / "cases" / "deeper" / "a.flow"
    cases.write_text(ALL_CASES + MORE_CASES)
    cases.with_name("b.flow").write_text(HOW_LONG)
    assert lawful("test", "cases").status == 0
    outcome = lawful("coverage", "our_policy")
    assert outcome.status == 0
    assert outcome.out.startswith("our_policy: 7 of 7 clauses that can be checked have")
    assert "No rule" not in outcome.out
    assert "Not shown" not in outcome.out


def test_a_case_that_asks_another_rule_shows_nothing_of_the_clause(
    lawful: Run, covered: Path
) -> None:
    cases = covered / "cases" / "deeper" / "a.flow"
    cases.write_text(ALL_CASES.replace("clause P-4", "clause P-4, P-6"), "utf-8")
    found = clauses(lawful)["P-6"]
    assert (found["broken_cases"], found["kept_cases"], found["unmet_cases"]) == (0, 0, 1)


def test_a_case_belongs_to_the_version_in_effect_on_its_date(lawful: Run, covered: Path) -> None:
    policy = (covered / "our_policy.law").read_text("utf-8")
    (covered / "later.law").write_text(policy.replace("2025-01-01", "2026-01-01"), "utf-8")
    cases = covered / "cases" / "deeper" / "a.flow"
    rule = "broken cards_in_development"
    cases.write_text(ALL_CASES.replace(rule, f"{rule} on 2025-05-01"), "utf-8")
    latest = clauses(lawful)["P-4"]
    assert (latest["broken_cases"], latest["kept_cases"]) == (0, 1)
    before = clauses(lawful, "--on", "2025-12-31")["P-4"]
    assert (before["broken_cases"], before["kept_cases"]) == (1, 0)


def test_cases_of_other_policies_are_not_counted(lawful: Run, covered: Path) -> None:
    other = ALL_CASES.replace("our_policy", "their_policy")
    (covered / "cases" / "b.flow").write_text(other, "utf-8")
    assert clauses(lawful)["P-4"]["broken_cases"] == 1


def test_a_clause_of_a_test_that_no_register_knows(lawful: Run, covered: Path) -> None:
    cases = covered / "cases" / "deeper" / "a.flow"
    cases.write_text(ALL_CASES.replace("clause P-4", "clause P-44"), "utf-8")
    for arguments in (["coverage", "our_policy"], ["test", "cases"]):
        outcome = lawful(*arguments)
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err.startswith("error: no register in use knows the clause `P-44`\n")
        assert "= help: did you mean `P-4`?" in outcome.err


def test_what_has_no_register(lawful: Run, shop: Path) -> None:
    outcome = lawful("coverage", "our_policy")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: `our_policy` has no register of clauses")


def test_a_date_on_which_no_version_is_in_effect(lawful: Run, covered: Path) -> None:
    outcome = lawful("coverage", "our_policy", "--on", "2020-01-01")
    assert (outcome.status, outcome.out) == (2, "")
    assert "no version of `our_policy` is in effect on 2020-01-01" in outcome.err


def test_into_a_file_and_valid(lawful: Run, covered: Path) -> None:
    import jsonschema

    outcome = lawful("coverage", "our_policy", "--format", "json", "-o", "coverage.json")
    assert (outcome.status, outcome.out, outcome.err) == (1, "", "")
    schema = json.loads(lawful("schema", "coverage").out)
    jsonschema.validate(json.loads((covered / "coverage.json").read_text("utf-8")), schema)
