"""Every hand-solved case, put to the engine."""

from __future__ import annotations

import pytest
from tests.semantics.cases import Case, Expected, Malformed, cases, parse
from tests.semantics.texts import refusals, understand

from lawful.check import check
from lawful.findings import Finding

CASES = cases()
SOLVED = [case for case in CASES if not case.error]
REFUSED = [case for case in CASES if case.error]


def _fits(expected: Expected, found: Finding) -> bool:
    return (
        (found.verdict, found.event.carrier, found.datum.category)
        == (expected.verdict, expected.carrier, expected.category)
        and expected.about in ("", found.datum.subject_kind)
        and expected.because in ("", found.reason)
        and expected.naming in found.detail
        and expected.beneath in (None, found.beneath)
    )


def _said(found: Finding) -> str:
    """A finding in the words of a case."""
    datum, reason = found.datum, found.reason
    return (
        f"{found.rule} {found.verdict} at {found.event.carrier} of {datum.category}"
        f"{f' about {datum.subject_kind}' if datum.subject_kind else ''}"
        f"{f' because {reason}' if reason else ''} beneath {found.beneath}  [{found.detail}]"
    )


@pytest.mark.parametrize("case", SOLVED, ids=lambda case: case.name)
def test_the_engine_solves_it(case: Case) -> None:
    program, system = understand(case)
    report = check(program, system, on=case.date)
    assert {result.rule: str(result.verdict) for result in report.rules} == dict(case.verdicts)
    for rule, _ in case.verdicts:
        expected = list(case.findings_of(rule))
        if not expected:
            continue
        unexpected = [found for found in report.findings if found.rule == rule]
        for each in tuple(expected):
            fitting = [found for found in unexpected if _fits(each, found)]
            if fitting:
                unexpected.remove(fitting[0])
                expected.remove(each)
        assert [str(each) for each in expected] == [_said(found) for found in unexpected]
    unknown = sorted(f.event.carrier for f in report.findings if f.reason == "unknown data")
    assert tuple(unknown) == case.unknown_at


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
