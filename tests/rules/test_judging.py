"""Which rules a bench judges."""

from __future__ import annotations

import pytest

from lawful.check import spread
from tests.semantics.cases import DATE, Case
from tests.semantics.texts import understand

LAW = """policy p
  by us_co

use tiny

forbid f: storage of email
forbid g: storage of phone
assert a: insured

attribute insured of system: yes_no
"""
FLOW = """system s for policy p

party us_co  operator  controller  in FR
subject adult  in FR
us_co {
  store db
}
adult -> db : email, phone
"""


@pytest.mark.parametrize(
    ("judging", "judged"), [(None, {"f", "g"}), ({"f", "a"}, {"f"}), ((), set())]
)
def test_those_that_are_asked_for_and_no_others(judging: set[str] | None, judged: set[str]) -> None:
    program, system = understand(Case("judging", "", "", (LAW,), FLOW))
    policies = program.policies
    (bench,) = spread(program, system, policies, DATE).benches(policies, judging=judging)
    assert {each.rule.about.id for each in bench.all()} == judged
