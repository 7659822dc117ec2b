"""Mutation: every small change to a policy is tried, and those that no case notices are told."""

from __future__ import annotations

import pytest

from lawful.check import check
from lawful.system.link import link
from lawful.testing.cases import cases
from lawful.testing.mutants import mutants
from lawful.testing.mutation import Survey, survey
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.program import Policy, Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source

VOCABULARY = """policy ours
  by us
  effective 2024-01-01

data
  personal
  card is personal
  name is personal
  order is personal

subjects
  person
  child is person

purposes
  work
  sale is work
  hosting is work

parties
  host
  bank

places
  EEA
  FR is EEA
  DE is EEA

environments
  development

bases
  consent
  contract

periods
  contract_term

attribute notice of system: period

"""

RULES = """forbid cards: transfer of card, name to development
  unless for sale
    unless when age < 18
closed given: disclosure of personal to host, bank
  | to   | of              | for  | in | retention             |
  | bank | all except card | sale | FR | at most contract_term |
  permit to host of name
require basis_rule: place only FR for storage of card
retain short: order at most 6 months
assert told: notice at most 3 days
treat child as person when not known
given prevails over cards
"""

POLICY = VOCABULARY + RULES

CASES = """system trials  for policy ours

party us controller in FR
party bank_co bank controller in FR
subject buyer is person in FR age 30 known
us {
  service desk holds card, name, order of buyer
  service lab  development
}

test "Cards and names" {
  expect broken cards {
    desk -> lab : card  for hosting
  }
  expect kept cards {
    desk -> lab : card  for sale
  }
}

test "The bank" {
  expect kept given {
    desk -> bank_co : name  for sale
  }
  expect broken given {
    desk -> bank_co : name  for hosting
  }
}
"""


def program(text: str = POLICY) -> Program:
    law = parse_law(Source("ours.law", text))
    found, wrong = resolve([law])
    assert (*law.diagnostics, *wrong) == ()
    return found


def all_mutants() -> list[tuple[str, str, Policy]]:
    known = program()
    [policy] = known.policies
    found = mutants(policy, known.vocabulary.on("2024-06-01"))
    return [(mutant.rule, mutant.what, mutant.policy) for mutant in found]


def surveyed(only: frozenset[str] = frozenset(), jobs: int = 1) -> Survey:
    known = program()
    [policy] = known.policies
    flow = parse_flow(Source("trials.flow", CASES))
    assert flow.diagnostics == ()
    return survey(known, policy, cases(flow.tree), date="2024-06-01", only=only, jobs=jobs)


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ("cards", "the rule is dropped"),
        ("cards", "an exception is dropped (line 42)"),
        ("cards", "an exception from an exception is dropped (line 42)"),
        ("cards", "`name` is left out"),
        ("given", "row 1 is dropped"),
        ("given", "the permit on line 47 is dropped"),
        ("given", "in row 1, `to` is dropped"),
        ("given", "in row 1, `except card` is dropped"),
        ("given", "in row 1, `hosting` is added"),
        ("given", "in row 1, `DE` is added"),
        ("given", "in the permit on line 47, `name` becomes `personal`"),
        ("given.row1", "the period is lengthened"),
        ("basis_rule", "`only` becomes `in`"),
        ("short", "the period is lengthened"),
        ("told", "the period is lengthened"),
        ("", "`treat child as person` is dropped"),
        ("", "`given prevails over cards` is dropped"),
    ],
)
def test_a_mutant_of_each_kind_is_made(rule: str, what: str) -> None:
    assert (rule, what) in [(rule, what) for rule, what, _ in all_mutants()]


def test_every_mutant_is_another_policy() -> None:
    [policy] = program().policies
    changed = [each for _, _, each in all_mutants()]
    assert all(each != policy for each in changed)
    assert len({str(each) for each in changed}) == len(changed)


def test_what_a_case_notices_is_no_survivor_and_the_rest_is() -> None:
    found = surveyed()
    survivors = {(mutant.rule, mutant.what) for mutant in found.survivors}
    noticed = {
        ("cards", "the rule is dropped"),
        ("cards", "an exception is dropped (line 42)"),
        ("given", "row 1 is dropped"),
        ("given", "in row 1, `for` is dropped"),
        ("given", "in row 1, `hosting` is added"),
    }
    assert not noticed & survivors
    assert {
        ("cards", "`name` is left out"),
        ("cards", "an exception from an exception is dropped (line 42)"),
        ("given", "in row 1, `DE` is added"),
        ("short", "the rule is dropped"),
    } <= survivors
    assert found.tried == len(all_mutants())
    assert found.score == pytest.approx(1 - len(survivors) / found.tried)


def test_one_rule_can_be_changed_alone() -> None:
    found = surveyed(frozenset(["cards"]))
    assert {mutant.rule for mutant in found.survivors} == {"cards"}
    assert found.tried == len([rule for rule, _, _ in all_mutants() if rule == "cards"])


def test_what_is_shared_among_mutants_changes_nothing() -> None:
    known = program()
    [policy] = known.policies
    tree = parse_flow(Source("trials.flow", CASES)).tree
    survivors = []
    for mutant in mutants(policy, known.vocabulary.on("2024-06-01")):
        changed = Program(known.vocabulary, (mutant.policy,))
        for case in cases(tree):
            system, _ = link([case.system], known.vocabulary, policies=(policy,))
            found = {r.rule: r.verdict for r in check(changed, system).rules}
            if any(found.get(rule.text) != case.verdict for rule in case.rules):
                break
        else:
            survivors.append((mutant.rule, mutant.what))
    assert [(mutant.rule, mutant.what) for mutant in surveyed().survivors] == survivors


def test_processes_that_share_the_mutants_find_the_same() -> None:
    assert surveyed(jobs=2) == surveyed()


@pytest.mark.parametrize(
    ("rules", "rule", "what", "made"),
    [
        ("forbid a: use of card to host, bank", "a", "`bank` is left out", True),
        ("forbid a: use of card for sale, work", "a", "`sale` is left out", False),
        ("forbid a: use of card for sale, work", "a", "`work` is left out", True),
        (
            "forbid a: use of card when (to host or on consent)",
            "a",
            "alternative 2 is left out",
            True,
        ),
        ("closed a: use of card to host, bank", "a", "`bank` is left out", True),
        ("require a: basis in consent for use of card", "a", "`contract` will do, too", True),
        ("require a: basis only consent for use of card", "a", "`contract` will do, too", True),
        (
            "require a: basis all of consent, contract for use of card",
            "a",
            "`contract` is not required",
            True,
        ),
        ("retain a: card exactly 6 months", "a", "the period is lengthened", True),
        ("retain a: card at least 6 months", "a", "the period is lengthened", False),
        (
            "forbid a: use of personal\nforbid b: use of card\n  unless for sale\n"
            "b prevails over a for use of card",
            "",
            "`b prevails over a` for all",
            True,
        ),
        (
            "forbid a: use of card\n  unless for sale",
            "a",
            "in an exception, `hosting` is added (line 42)",
            True,
        ),
        (
            "forbid a: use of card\n  unless for sale\n  unless for hosting",
            "a",
            "in an exception, `hosting` is added (line 42)",
            False,
        ),
        (
            "forbid a: use of card for sale\n  unless for sale on consent",
            "a",
            "in an exception, `hosting` is added (line 42)",
            False,
        ),
        (
            "forbid a: use of personal\n  unless of personal except card",
            "a",
            "in an exception, `except card` is dropped (line 42)",
            True,
        ),
        (
            "forbid a: use of name\n  unless of personal except card",
            "a",
            "in an exception, `except card` is dropped (line 42)",
            False,
        ),
    ],
)
def test_rules_say_less_and_exceptions_more(rules: str, rule: str, what: str, made: bool) -> None:
    known = program(VOCABULARY + rules + "\n")
    [policy] = known.policies
    found = [(m.rule, m.what) for m in mutants(policy, known.vocabulary.on("2024-06-01"))]
    assert ((rule, what) in found) is made, found


@pytest.mark.parametrize(
    ("permits", "what", "made"),
    [
        ("of card, name", "`card` becomes `personal`", True),
        ("of card, personal", "`card` becomes `personal`", False),
        ("of card for sale", "`card` becomes `personal`", True),
        ("of card for sale; of personal for sale, hosting", "`card` becomes `personal`", False),
        ("of card for sale; of personal for hosting", "`card` becomes `personal`", True),
        ("of card for sale; of personal except order for sale", "`card` becomes `personal`", True),
        ("of card for sale", "`hosting` is added", True),
        ("of card for sale; for work", "`hosting` is added", False),
        ("of card for sale; for hosting", "`hosting` is added", False),
        ("of card for sale; of card, name for hosting", "`hosting` is added", False),
        ("of card for sale; of name for hosting", "`hosting` is added", True),
        ("of card for sale; for hosting unless when age < 18", "`hosting` is added", True),
        ("to host for sale; to host, bank for hosting", "`hosting` is added", False),
        ("of child for sale; of person for hosting", "`hosting` is added", False),
        ("of person for sale; of child for hosting", "`hosting` is added", True),
        ("to host, bank for sale; to host for hosting", "`hosting` is added", True),
        ("on contract for sale; on consent, contract for hosting", "`hosting` is added", False),
        ("for sale in FR; for sale in FR, DE", "`DE` is added", False),
        ("for sale in FR; for hosting in DE", "`DE` is added", True),
        ("of personal except card for sale", "`except card` is dropped", True),
        ("of personal except card for sale; of card for sale", "`except card` is dropped", False),
        ("of card for sale; of personal for work", "`card` becomes `personal`", False),
    ],
)
def test_a_permit_is_widened_by_what_no_other_admits(permits: str, what: str, made: bool) -> None:
    block = "closed given: disclosure of personal to host, bank"
    lines = (block, *(f"  permit {permit}" for permit in permits.split("; ")), "")
    known = program(VOCABULARY + "\n".join(lines))
    [policy] = known.policies
    found = [m.what for m in mutants(policy, known.vocabulary.on("2024-06-01"))]
    line = VOCABULARY.count("\n") + 2
    assert (f"in the permit on line {line}, {what}" in found) is made


@pytest.mark.parametrize("what", ["`except card` is dropped", "`of` is dropped"])
@pytest.mark.parametrize(("left_out_at", "made"), [("bank", False), ("host", True)])
def test_a_permit_is_not_widened_by_what_the_rule_leaves_out(
    what: str, left_out_at: str, made: bool
) -> None:
    known = program(
        POLICY.replace(
            "to host, bank\n", f"to host, bank when not (of card and to {left_out_at})\n"
        )
    )
    [policy] = known.policies
    found = [m.what for m in mutants(policy, known.vocabulary.on("2024-06-01"))]
    assert (f"in row 1, {what}" in found) is made
    assert "in row 1, `to` is dropped" in found


def test_a_category_below_another_that_is_named_is_not_left_out() -> None:
    known = program(POLICY.replace("of card, name to", "of card, name, personal to"))
    [policy] = known.policies
    found = [m.what for m in mutants(policy, known.vocabulary.on("2024-06-01"))]
    assert "`personal` is left out" in found
    assert "`name` is left out" not in found


def test_a_case_that_fails_without_any_change_is_told_and_nothing_is_tried() -> None:
    known = program()
    [policy] = known.policies
    flow = parse_flow(Source("trials.flow", CASES.replace("card  for hosting", "card")))
    found = survey(known, policy, cases(flow.tree), date="2024-06-01")
    assert (found.tried, [case.span.line for case in found.failing]) == (0, [12])
