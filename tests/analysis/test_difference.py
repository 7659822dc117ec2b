"""The difference of two policies: by what statements mean, and what that does to a system."""

from __future__ import annotations

import pytest

from lawful.analysis.difference import Change, Difference, count_alike, difference, moved
from lawful.check import check
from lawful.findings import Verdict
from lawful.system.link import link
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.program import Policy, Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source

POLICY = """policy ours
  by us
  effective 2024-01-01

data
  personal
  name is personal
  card is personal

purposes
  sale
  hosting

parties
  host
  bank

places
  FR
  US

environments
  development

periods
  contract_term

subjects
  person
  child is person

define disclosed as disclosure of personal

forbid cards: transfer of card to development  clause P-1
  because en "No cards in development."

forbid leaks: disclosed to bank  clause P-2
  unless for sale

closed suppliers: disclosure of personal to host, bank  clause P-3
  | to   | of   | in     | clause | retention             |
  | host | name | FR, US | P-4    | at most contract_term |
  | bank | card | FR     | P-5    |                       |
  permit to bank of name for sale

treat child as person when not known
suppliers prevails over leaks
"""

SYSTEM = """system shop  for policy ours

party us controller in FR
party cloud host in US
us {
  service desk holds name, card of buyer
}
subject buyer is person in FR
desk -> cloud : name  for hosting
"""


def read(text: str) -> Program:
    law = parse_law(Source("ours.law", text))
    program, wrong = resolve([law])
    assert (*law.diagnostics, *wrong) == ()
    return program


def policy(text: str) -> Policy:
    [found] = read(text).policies
    return found


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    assert old in POLICY
    found = difference(policy(POLICY), policy(POLICY.replace(old, new)))
    return [(each.change.value, each.kind, each.name) for each in found]


def test_a_policy_is_like_itself() -> None:
    assert difference(policy(POLICY), policy(POLICY)) == ()
    assert count_alike(policy(POLICY), policy(POLICY)) == 10


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("card to development", "card, name to development", [("changed", "rule", "cards")]),
        ("unless for sale", "unless for hosting", [("changed", "rule", "leaks")]),
        (
            "  | bank | card | FR     | P-5    |                       |\n",
            "",
            [("removed", "permit", "suppliers (row 2)")],
        ),
        ("FR, US | P-4", "FR     | P-4", [("changed", "permit", "suppliers (row 1)")]),
        ("at most contract_term", "at most 6 months", [("changed", "permit", "suppliers (row 1)")]),
        (
            "  permit to bank of name for sale\n",
            "  permit to bank of name for sale\n  permit to host of card\n",
            [("added", "permit", "suppliers (permit)")],
        ),
        ("for sale\n\ntreat", "for hosting\n\ntreat", [("changed", "permit", "suppliers (permit)")]),
        ("treat child as person when not known\n", "", [("removed", "treat", "child as person")]),
        (
            "suppliers prevails over leaks\n",
            "",
            [("removed", "prevails", "suppliers prevails over leaks")],
        ),
        (
            "No cards in development.",
            "Development gets no cards.",
            [("reworded", "rule", "cards")],
        ),
        ("P-2", "P-9", [("reworded", "rule", "leaks")]),
        ("of card to development", "of card when to development", [("reworded", "rule", "cards")]),
        (
            "disclosure of personal\n\nforbid",
            "transfer of personal\n\nforbid",
            [("changed", "rule", "leaks"), ("changed", "define", "disclosed")],
        ),
    ],
)  # fmt: skip
def test_what_changed_is_told_by_what_it_means(
    old: str, new: str, said: list[tuple[str, str, str]]
) -> None:
    assert changes(old, new) == said


def test_rows_that_change_places_change_nothing() -> None:
    first = "  | host | name | FR, US | P-4    | at most contract_term |\n"
    second = "  | bank | card | FR     | P-5    |                       |\n"
    turned = POLICY.replace(first + second, second + first)
    assert turned != POLICY
    assert {each.change for each in difference(policy(POLICY), policy(turned))} <= {Change.REWORDED}


def test_whom_a_treatment_does_not_turn_is_part_of_what_a_rule_means() -> None:
    named = policy(POLICY + "\ntreat child as person\n\nforbid minors: transfer of name for sale\n")
    actual = policy(
        POLICY + "\ntreat child as person\n\nforbid minors: transfer of name for sale actual\n"
    )
    [found] = difference(named, actual)
    assert (found.change, found.name) == (Change.CHANGED, "minors")


def test_a_difference_has_both_texts() -> None:
    later = POLICY.replace("unless for sale", "unless for hosting")
    [found] = difference(policy(POLICY), policy(later))
    assert found == Difference(
        Change.CHANGED,
        "rule",
        "leaks",
        ("P-2",),
        "forbid leaks: disclosed to bank clause P-2 unless for sale",
        "forbid leaks: disclosed to bank clause P-2 unless for hosting",
    )


def test_on_a_system_findings_come_and_go() -> None:
    flow = parse_flow(Source("shop.flow", SYSTEM))
    reports = []
    for text in (POLICY, POLICY.replace("FR, US | P-4", "FR     | P-4")):
        program = read(text)
        system, faults = link([flow.tree], program.vocabulary, policies=program.policies)
        assert (*flow.diagnostics, *faults) == ()
        reports.append(check(program, system, policies=["ours"], on="2024-06-01"))
    there = moved(*reports)
    assert [finding.rule for finding in there.comes] == ["suppliers"]
    assert there.goes == ()
    assert there.verdicts == (("suppliers", Verdict.KEPT, Verdict.BROKEN),)
    back = moved(*reversed(reports))
    assert (back.comes, back.goes) == ((), there.comes)


READINGS = """pack promises

data
  card
  name

parties
  bank

readings told
  nl: forbid disclosure of card to bank
  sq, ar: forbid disclosure of name to bank
"""


def versioned(language: str, readings: str = READINGS) -> Policy:
    """A version of a policy with one text, which takes a rule with readings from a pack."""
    header = f"policy ours\n  by us\n  effective 2024-01-01\n  text {language}\n\nuse promises\n"
    laws = [parse_law(Source("ours.law", header)), parse_law(Source("promises.law", readings))]
    program, wrong = resolve(laws)
    assert [*laws[0].diagnostics, *laws[1].diagnostics, *wrong] == []
    [found] = program.policies
    return found


def test_readings_are_compared_as_the_texts_of_each_version_have_them() -> None:
    header, rule = difference(versioned("nl"), versioned("ar"))
    assert (header.name, header.before, header.after) == ("text", "text nl", "text ar")
    assert (rule.change, rule.name) == (Change.CHANGED, "told")
    assert rule.before == "readings told nl: forbid disclosure of card to bank"
    assert rule.after == "readings told ar: forbid disclosure of name to bank"


def test_a_reading_of_a_text_that_neither_has_changes_nothing() -> None:
    other = READINGS.replace("forbid disclosure of name to bank", "nothing")
    assert difference(versioned("nl"), versioned("nl", other)) == ()
