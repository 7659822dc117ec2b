"""Every hand-solved case, put to the engine and to the naive reference."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.semantics.cases import Case, Malformed, cases, parse
from tests.semantics.checkers import Conclusion, engine, naive
from tests.semantics.texts import refusals

CASES = cases()
SOLVED = [case for case in CASES if not case.error]
REFUSED = [case for case in CASES if case.error]


@pytest.mark.parametrize("case", SOLVED, ids=lambda case: case.name)
@pytest.mark.parametrize("checker", [engine, naive], ids=["engine", "reference"])
def test_a_checker_solves_it(checker: Callable[[Case], Conclusion], case: Case) -> None:
    conclusion = checker(case)
    assert conclusion.verdicts == dict(case.verdicts)
    assert conclusion.unknown_at == case.unknown_at
    for rule, _ in case.verdicts:
        expected = list(case.findings_of(rule))
        if not expected:
            continue
        found = [each for each in conclusion.findings if each.rule == rule]
        for each in tuple(expected):
            fitting = [one for one in found if one.fits(each)]
            if fitting:
                found.remove(fitting[0])
                expected.remove(each)
        assert [str(each) for each in expected] == [str(each) for each in found]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_its_texts_are_refused(case: Case) -> None:
    refused = refusals(case)
    assert refused
    assert any(f"`{case.error}`" in diagnostic.message for diagnostic in refused)


def test_there_is_a_case_of_every_verdict() -> None:
    verdicts = {verdict for case in CASES for _, verdict in case.verdicts}
    assert verdicts == {"kept", "broken", "undetermined", "not exercised"}


@pytest.mark.parametrize(
    "expect",
    [
        "",
        "r sunk",
        "r broken\nr kept",
        "r kept\nr broken at a -> b of email",
        "r broken at a -> b of email",
        "r broken\nr broken at a -> b",
        "r kept\nr kept at a -> b of email",
    ],
)
def test_a_case_with_a_slip_is_no_case(expect: str) -> None:
    with pytest.raises(Malformed):
        parse("slip", f"# sentence\n# why\n[law]\n[flow]\n[expect]\n{expect}\n")
