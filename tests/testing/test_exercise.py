"""Exercise: a rule, an exception, a permit is covered where a verdict of a case turns on it, and else not."""

from __future__ import annotations

import pytest

from lawful.testing.cases import cases
from lawful.testing.exercise import Exercise, exercise
from lawful.testing.suites import Suite
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source

POLICY = """policy ours
  by us
  effective 2024-01-01
  text en, fr

data
  personal
  card is personal
  name is personal

subjects
  person

purposes
  sale
  hosting

parties
  host
  bank

environments
  development
  production

consents
  express

marks
  raw

forbid cards: transfer of card to development
  unless for sale
    unless marked raw
  unless with express consent

closed given: disclosure of personal to host, bank
  | to   | of        | for     |
  | bank | name      | sale    |
  | bank | card      | all     |
  | host | card      | hosting |
  permit to host of name
  permit to host of personal for sale
    unless marked raw
  admits more

closed more: disclosure of personal to bank
  permit for hosting

forbid drift: disclosure of card for hosting

more prevails over drift

readings telling
  en: forbid disclosure of name to host unless for sale
  fr: nothing

attribute notice of system: period
assert told: notice at most 3 days
"""

SHARED = """system trials  for policy ours

party us controller
party bank_co bank controller
party host_co host controller
subject buyer is person
us {
  service desk production
  service lab  development
}
buyer -> desk : card, name  for sale with none
"""

NEVER = "it takes effect in no case"
NOTHING = "it permits nothing in any case"


def measured(text: str, policy: str = POLICY, otherwise: int = 0) -> Exercise:
    law = parse_law(Source("ours.law", policy))
    program, wrong = resolve([law])
    assert (*law.diagnostics, *wrong) == ()
    flow = parse_flow(Source("trials.flow", SHARED + text))
    assert flow.diagnostics == ()
    suite = Suite(cases(flow.tree), program, ("ours",), {}, ())
    outcomes = []
    for case in suite.cases:
        outcome, _ = suite.run(case)
        assert outcome is not None
        outcomes.append(outcome)
    assert len([outcome for outcome in outcomes if outcome.otherwise]) == otherwise
    return exercise([(suite, outcomes)])


def lacks(text: str, policy: str = POLICY, otherwise: int = 0) -> dict[str, str]:
    """What is lacking of each line; of exceptions of one rule, by their number."""
    found: dict[str, str] = {}
    for line in measured(text, policy, otherwise).lines:
        name = line.name
        number = 2
        while name in found:
            name = f"{line.name} {number}"
            number += 1
        found[name] = line.lacks
    return found


CARDS = "cards (exception)"


def case(verdict: str, rules: str, flow: str) -> str:
    return f"expect {verdict} {rules} {{\n  {flow}\n}}\n"


def test_without_a_case_nothing_is_covered() -> None:
    found = lacks(case("not exercised", "cards", "desk -> lab : name  for sale with none"))
    assert set(found.values()) == {"no case meets it", NEVER, NOTHING}
    assert {name for name, lack in found.items() if lack == NOTHING} == {
        "given (row 1)",
        "given (row 2)",
        "given (row 3)",
        "given (permit 1)",
        "given (permit 2)",
        "more (permit 1)",
    }


def test_a_rule_is_covered_where_a_case_has_it_broken_and_one_has_it_kept() -> None:
    broken = case("broken", "cards", "desk -> lab : card  for hosting with none")
    kept = case("kept", "cards", "desk -> lab : card  for sale with none")
    assert lacks(broken)["cards"] == "no case has it kept"
    assert lacks(kept)["cards"] == "no case has it broken"
    assert lacks(broken + kept)["cards"] == ""
    undetermined = case("undetermined", "cards", "desk -> lab : card  with none")
    assert lacks(undetermined)["cards"] == "no case has it broken or kept"


def test_a_case_that_fails_covers_nothing() -> None:
    found = lacks(case("kept", "cards", "desk -> lab : card  for hosting with none"), otherwise=1)
    assert found["cards"] == "no case meets it"


def test_an_exception_takes_effect_where_a_verdict_turns_on_it_alone() -> None:
    for_sale = lacks(case("kept", "cards", "desk -> lab : card  for sale with none"))
    assert (for_sale[CARDS], for_sale[f"{CARDS} 2"], for_sale[f"{CARDS} 3"]) == ("", NEVER, NEVER)
    with_consent = lacks(
        case("kept", "cards", "desk -> lab : card  for hosting with express consent")
    )
    assert (with_consent[CARDS], with_consent[f"{CARDS} 3"]) == (NEVER, "")
    both = lacks(case("kept", "cards", "desk -> lab : card  for sale with express consent"))
    assert (both[CARDS], both[f"{CARDS} 3"]) == (NEVER, NEVER)


def test_an_exception_from_an_exception_takes_effect_where_it_forbids() -> None:
    flow = "desk -> lab : card  for sale with none  mark raw"
    assert lacks(case("broken", "cards", flow))[f"{CARDS} 2"] == ""


def test_an_exception_that_may_hold_has_not_taken_effect() -> None:
    found = lacks(case("undetermined", "cards", "desk -> lab : card  for hosting"))
    assert found[f"{CARDS} 3"] == NEVER


@pytest.mark.parametrize(
    ("flow", "permits"),
    [
        ("desk -> bank_co : name  for sale", {"given (row 1)"}),
        ("desk -> bank_co : name, card  for sale", {"given (row 1)", "given (row 2)"}),
        ("desk -> bank_co : card  for sale", {"given (row 2)"}),
        ("desk -> bank_co : card  for hosting", {"given (row 2)"}),
        ("desk -> bank_co : name  for hosting", {"more (permit 1)"}),
        ("desk -> host_co : card  for hosting", {"given (row 3)"}),
        ("desk -> host_co : name  for hosting", {"given (permit 1)"}),
        ("desk -> host_co : name  for sale", {"given (permit 1)", "given (permit 2)"}),
        ("desk -> host_co : name  for sale  mark raw", {"given (permit 1)"}),
    ],
)
def test_a_permit_is_covered_where_it_keeps_an_event_alone_or_among_others(
    flow: str, permits: set[str]
) -> None:
    found = lacks(case("kept", "given", flow))
    assert {name for name in found if name.startswith(("given (", "more ("))} - {
        name for name, lack in found.items() if lack
    } == permits


def test_what_a_permit_leaves_out_is_an_exception_of_it() -> None:
    found = lacks(case("broken", "given", "desk -> host_co : card  for sale  mark raw"))
    assert (found["given (permit 2)"], found["given (exception)"]) == (NOTHING, "")


def test_a_permit_that_prevails_is_covered_by_the_rule_over_which_it_prevails() -> None:
    found = lacks(case("kept", "drift", "desk -> bank_co : card  for hosting"))
    assert (found["more (permit 1)"], found["more"]) == ("", "no case meets it")


def test_a_text_of_several_is_measured_by_itself() -> None:
    kept = case("kept", "telling", "desk -> host_co : name  for sale")
    differ = case("undetermined", "telling", "desk -> host_co : name  for hosting")
    assert lacks(kept)["telling (exception)"] == ""
    assert lacks(differ)["telling (exception)"] == NEVER
    assert lacks(differ)["telling"] == "no case has it kept"
    assert lacks(kept + differ)["telling"] == ""


def test_a_fact_that_is_asserted_is_a_rule_like_others() -> None:
    kept = case("kept", "told", "fact notice 2 days")
    broken = case("broken", "told", "fact notice 5 days")
    assert lacks(kept + broken)["told"] == ""


def test_the_score_is_the_share_of_lines() -> None:
    found = measured(case("kept", "cards", "desk -> lab : card  for sale with none"))
    assert [line.name for line in found.lines if line.covered] == [CARDS]
    assert found.score == pytest.approx(1 / len(found.lines))
    assert Exercise(()).score == 1.0
