"""The report as test cases."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree as ET

import pytest

from lawful.findings import Report, RuleResult, Verdict
from lawful.reporters.junit import render
from tests.reporters.hostile import NAMES, named


def outcomes(text: str) -> dict[str, str]:
    """What came of each case: the element in it, or that there is none."""
    cases = ET.fromstring(text).iter("testcase")
    return {case.attrib["name"]: next((each.tag for each in case), "passed") for case in cases}


def test_each_rule_is_a_case(shop: Report) -> None:
    expected = {
        "basis_for_collection": "skipped",
        "breach_notice": "skipped",
        "no_cards_in_development": "failure",
        "no_sale": "skipped",
        "retention": "passed",
        "'[red]node: - {a: <b>}'": "failure",
    }
    assert outcomes(render([shop])) == expected
    strict = {"basis_for_collection": "failure", "breach_notice": "failure"}
    assert outcomes(render([shop], strict=True)) == expected | strict


def test_nothing_but_a_kept_rule_passes(shop: Report) -> None:
    for verdict in Verdict:
        result = RuleResult("shop_policy", "a_rule", verdict)
        report = dataclasses.replace(shop, rules=(result,), findings=())
        passed = outcomes(render([report]))["a_rule"] == "passed"
        assert passed == (verdict is Verdict.KEPT)


def test_a_suite_in_which_no_rule_met_an_event_has_an_error(
    untouched: Report, kept: Report
) -> None:
    assert outcomes(render([untouched]))["some rule meets an event"] == "error"
    nothing = dataclasses.replace(untouched, rules=())
    assert list(outcomes(render([nothing])).values()) == ["error"]
    assert set(outcomes(render([kept])).values()) == {"passed"}


def test_the_failure_says_what_the_text_says(shop: Report) -> None:
    failure = ET.fromstring(render([shop])).find(".//failure")
    assert failure is not None
    assert failure.attrib == {"message": "broken: 1 finding (SP-12)", "type": "broken"}
    assert "path     buyer -> web_shop    flows/shop/shop.flow:14" in (failure.text or "")


def test_the_counts_are_those_of_the_cases(shop: Report, untouched: Report, kept: Report) -> None:
    root = ET.fromstring(render([shop, untouched, kept]))
    for part in (root, *root.iter("testsuite")):
        tags = [next((each.tag for each in case), "passed") for case in part.iter("testcase")]
        counted = {"failures": "failure", "errors": "error", "skipped": "skipped"}
        assert int(part.attrib["tests"]) == len(tags)
        for count, tag in counted.items():
            assert int(part.attrib[count]) == tags.count(tag)


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_no_name_is_markup(shop: Report, untouched: Report, name: str) -> None:
    def skeleton(text: str) -> list[str]:
        return [element.tag for element in ET.fromstring(text).iter()]

    reports, hostile = [shop, untouched], [named(shop, name), named(untouched, name)]
    assert skeleton(render(hostile)) == skeleton(render(reports))
    assert "]]>" not in render(hostile)
    assert all(c.isprintable() or c == "\n" for c in render(hostile))
