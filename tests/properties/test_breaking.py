"""Breaking: each rule of the shipped policies has a system that breaks it, or a reason why none does.

All rules are gone through. What a strategy draws is judged anew by the whole policy: in the run of the tests that of
every third rule, in that of `make fuzz` all of it, and several examples of each.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

from lawful.findings import Verdict
from lawful.testing import Failure
from lawful.testing.checking import Checked, policy_of, read
from lawful.testing.strategies import FlowText, breaking_systems

#: Each version of each policy, by a date on which it is in effect.
VERSIONS = (
    ("appointlet", "2020-05-01"),
    ("callbridge", "2023-12-01"),
    ("callbridge", "2024-04-08"),
    ("messagebird", "2022-05-18"),
)
#: What no system breaks: where one of the texts has no such rule, it is at worst undetermined.
UNBREAKABLE = {
    ("callbridge", "2024-04-08"): {
        "outside_data": "the text in `sq` has no such rule",
        "marketing_at_analytics": "the text in `sq` has no such rule",
        "onward_transfer": "the text in `sq` has no such rule",
    }
}
MANY = "LAWFUL_EXAMPLES" in os.environ
STEP = 1 if MANY else 3
#: As many for each of some 370 rules as make up the examples that are asked for.
EACH = 1 + int(os.environ.get("LAWFUL_EXAMPLES", "0")) // 100


def judge(strategy: SearchStrategy[FlowText], rule: str, on: str) -> None:
    """What is drawn breaks the rule, on the date, in the eyes of the whole policy."""

    @settings(max_examples=EACH, deadline=None, derandomize=not MANY, database=None)
    @given(strategy)
    def breaks(text: FlowText) -> None:
        report = Checked(read(text)).report
        assert (rule, Verdict.BROKEN) in {(r.rule, r.verdict) for r in report.rules}
        assert report.date == on

    breaks()


@pytest.mark.parametrize(("policy", "on"), VERSIONS, ids=lambda value: str(value))
def test_every_rule_can_be_broken_or_it_is_said_why_not(policy: str, on: str) -> None:
    never: dict[str, str] = {}
    rules = [rule.about.id for rule in policy_of(policy, on)[1].rules]
    for number, rule in enumerate(rules):
        try:
            strategy = breaking_systems(policy, rule, on=on)
        except Failure as failure:
            never[rule] = str(failure)
            continue
        if number % STEP == 0:
            judge(strategy, rule, on)
    reasons = UNBREAKABLE.get((policy, on), {})
    assert never.keys() == reasons.keys()
    for rule, reason in reasons.items():
        assert f"no system breaks `{rule}` of `{policy}`: {reason}" in never[rule]


def test_every_version_of_every_shipped_policy_is_gone_through() -> None:
    found = {
        (version.name, version.effective)
        for policy in dict(VERSIONS)
        for version in policy_of(policy)[0].policies
    }
    assert found == {*VERSIONS}
