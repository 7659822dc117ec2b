"""Cases under a program from which something was taken, and the version of a policy that judges one."""

from __future__ import annotations

import pytest

from lawful.analysis.encoding import without_clause
from lawful.testing.cases import Case, cases, fails, run, unknown_clauses, version_of
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.program import Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source

WORDS = """vocabulary words
data
  personal_data
  card is personal_data
  email is personal_data
subjects
  person
parties
  vendor
purposes
  support
  selling
"""
POLICY = """policy mine
  by us
  effective {effective}
use words
clauses "All"
  C-1 prohibition graph "Vendors get nothing."
  C-2 permission graph "But what they need for support."
  C-3 prohibition graph "And no cards."
  C-4 definition graph "A minor is under 16."
  C-5 notice no "Nothing else."
define minor as person when age < 16  clause C-4
closed sharing: disclosure of personal_data to vendor  clause C-1
  permit for support  clause C-2
forbid cards: disclosure of card  clause C-3
forbid minors: collection of minor
"""
FLOW = """system cases  for policy mine
party us  controller
party shop  vendor  controller
subject buyer  is person  age 12  known
us {
  service app
}
buyer -> app : card, email  for support

test "All"  clause C-1, C-2 {
  expect broken sharing {
    app -> shop : email  for selling
  }
  expect kept sharing {
    app -> shop : email  for support
  }
  expect broken sharing, cards on 2024-06-01 {
    app -> shop : card  for selling
  }
  expect not exercised cards
  expect broken minors
}
"""


def program(*, emptied: tuple[str, ...] = ()) -> Program:
    texts = [WORDS, *(POLICY.format(effective=f"{year}-01-01") for year in (2024, 2025))]
    laws = [parse_law(Source(f"{i}.law", text)) for i, text in enumerate(texts)]
    found, wrong = resolve(laws, emptied=emptied)
    assert wrong == ()
    return found


def asked() -> tuple[Case, ...]:
    return cases(parse_flow(Source("a.flow", FLOW)).tree)


def test_the_cases_hold_under_the_program_itself() -> None:
    for case in asked():
        outcome, wrong = run(case, program())
        assert wrong == ()
        assert outcome is not None
        assert outcome.otherwise == ()
        assert not fails(case, program())


@pytest.mark.parametrize(
    ("clause", "failing"),
    [
        ("C-1", [True, False, True, False, False]),  # the rule is gone: of it only `broken` fails
        ("C-2", [False, True, False, False, False]),  # the block stays, and admits nothing
        ("C-3", [False, False, True, False, False]),
        ("C-5", [False] * 5),
    ],
)
def test_a_case_fails_without_what_it_shows(clause: str, failing: list[bool]) -> None:
    without = without_clause(program(), clause)
    assert [fails(case, without) for case in asked()] == failing


def test_a_case_fails_without_the_definition_that_it_turns_on() -> None:
    without = program(emptied=("minor",))
    assert [fails(case, without) for case in asked()] == [False, False, False, False, True]


def test_the_version_that_judges_a_case() -> None:
    found = [version_of(case, program(), "mine") for case in asked()]
    effective = [version.effective for version in found if version is not None]
    assert effective == ["2025-01-01", "2025-01-01", "2024-01-01", "2025-01-01", "2025-01-01"]
    assert {version_of(case, program(), "other") for case in asked()} == {None}


def test_clauses_that_no_register_knows() -> None:
    tree = parse_flow(Source("a.flow", FLOW.replace("C-1, C-2", "C-1, C-22"))).tree
    (wrong,) = unknown_clauses(tree, program().policies)
    assert (wrong.message, wrong.help) == (
        "no register in use knows the clause `C-22`",
        "did you mean `C-2`?",
    )
    assert (wrong.span.line, wrong.span.column) == (10, 25)
    assert unknown_clauses(tree, ()) == ()
