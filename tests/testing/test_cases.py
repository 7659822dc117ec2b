"""Cases: each expectation of a text is a system of its own, and holds where its rules have its verdict."""

from __future__ import annotations

from lawful.findings import Verdict
from lawful.testing.cases import Case, Outcome, cases, has_cases, run
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.program import Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source

POLICY = """policy ours
  by us
  effective 2024-01-01

data
  card
  name

environments
  development

forbid no_cards: transfer of card to development
  clause P-1
"""

TESTS = """system trials  for policy ours

party us  controller
us {
  service till
}

expect not exercised no_cards

test "Cards"  clause P-1, P-2 {
  us {
    store lake  development
  }
  expect broken no_cards {
    till -> lake : card
  }
  expect kept no_cards on 2024-05-01 {
    till -> lake : card
  }
  expect undetermined no_cards, no_card {
    till -> lake
  }
}
"""


def program(text: str = POLICY) -> Program:
    parsed = parse_law(Source("ours.law", text))
    found, wrong = resolve([parsed])
    assert (*parsed.diagnostics, *wrong) == ()
    return found


def read(text: str = TESTS) -> tuple[Case, ...]:
    parsed = parse_flow(Source("trials.flow", text))
    assert parsed.diagnostics == ()
    return cases(parsed.tree)


def outcome(case: Case) -> tuple[Outcome | None, tuple[Diagnostic, ...]]:
    return run(case, program(), ["ours"])


def test_each_expectation_is_a_case_with_what_its_test_shows() -> None:
    found = [(case.test, case.clauses, case.verdict, case.on, case.span.line) for case in read()]
    assert found == [
        ("", (), Verdict.NOT_EXERCISED, "", 8),
        ("Cards", ("P-1", "P-2"), Verdict.BROKEN, "", 14),
        ("Cards", ("P-1", "P-2"), Verdict.KEPT, "2024-05-01", 17),
        ("Cards", ("P-1", "P-2"), Verdict.UNDETERMINED, "", 20),
    ]


def test_a_case_has_its_own_statements_and_those_around_it() -> None:
    alone, broken, *_ = read()
    assert len(alone.system.statements) == 3
    assert len(broken.system.statements) == 5


def test_a_case_that_holds() -> None:
    first, _ = outcome(read()[0])
    second, _ = outcome(read()[1])
    assert first is not None
    assert second is not None
    assert first.otherwise == second.otherwise == ()
    assert [finding.rule for finding in second.report.findings] == ["no_cards"]


def test_a_case_that_fails_says_which_rule_and_how() -> None:
    found, _ = outcome(read()[2])
    assert found is not None
    assert found.otherwise == (("no_cards", Verdict.BROKEN),)
    assert found.report.date == "2024-05-01"


def test_a_rule_that_is_not_there_is_no_outcome() -> None:
    found, [fault] = outcome(read()[3])
    assert found is None
    assert fault.message == "there is no rule `no_card` in `ours` on 2024-01-01"
    assert fault.help == "did you mean `no_cards`?"
    assert fault.span.line == 20


def test_a_date_before_every_policy_is_no_outcome() -> None:
    [case] = read(
        "system a  for policy ours\nparty us\nexpect not exercised no_cards on 2020-01-01\n"
    )
    found, [fault] = outcome(case)
    assert found is None
    assert fault.message == "there is no rule `no_cards` in any policy in effect on 2020-01-01"


def test_what_cannot_be_linked_is_no_outcome() -> None:
    [case] = read(
        "system a  for policy ours\nparty us\nexpect kept no_cards {\n  us -> us : crad\n}\n"
    )
    found, faults = outcome(case)
    assert found is None
    assert "did you mean `card`?" in [fault.help for fault in faults]


def test_a_text_without_expectations_has_no_cases() -> None:
    assert not has_cases(parse_flow(Source("a.flow", "system a\nservice b\n")).tree)
    assert read("system a\nservice b\n") == ()
