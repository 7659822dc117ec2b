"""The report as SARIF, against what the standard says of each object in it."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from lawful.findings import Report, RuleResult, Verdict
from lawful.reporters.sarif import render
from lawful_dsl.source import Span
from tests.reporters.hostile import NAMES, named
from tests.reporters.sarif_standard import SCHEMA, VALIDATOR, departures


def run_of(*reports: Report) -> dict[str, Any]:
    """The run of some reports, which is as the standard says."""
    log = json.loads(render(reports))
    assert departures(log) == []
    (run,) = log["runs"]
    return dict(run)


def test_it_is_as_the_standard_says(shop: Report, kept: Report, untouched: Report) -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert json.loads(render([shop]))["$schema"] == SCHEMA["id"]
    run_of()
    run_of(shop)
    run_of(kept, untouched, shop)


def test_what_is_not_as_the_standard_says_is_noticed(shop: Report) -> None:
    def departs(**changes: Any) -> bool:
        log = json.loads(render([shop]))
        log["runs"][0]["results"][0] |= changes
        return bool(departures(log))

    assert not departs()
    assert departs(message={"text": "see [this](1)"})
    assert departs(message={"text": "{0}"})
    assert departs(message={})
    assert departs(ruleIndex=1)
    assert departs(locations=[{"region": {}}])
    assert departs(locations=[{"physicalLocation": {"artifactLocation": {"uri": "a b"}}}])
    assert departs(suppressions=[])
    assert departs(level="critical")


def test_a_rule_says_what_it_stands_for(shop: Report) -> None:
    cited = dataclasses.replace(
        shop.rules[2], citation="Processors, row 3", messages=(("en", "No cards."),)
    )
    rule = run_of(dataclasses.replace(shop, rules=(cited,)))["tool"]["driver"]["rules"][0]
    assert rule["id"] == "shop_policy/no_cards_in_development"
    assert rule["shortDescription"]["text"] == "No cards."
    assert rule["fullDescription"]["text"] == "No cards. (SP-12: Processors, row 3)"
    assert rule["help"]["text"].startswith("It stands for SP-12: Processors, row 3.")
    assert rule["properties"]["clauses"] == rule["properties"]["tags"] == ["SP-12"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_a_rule_has_all_that_code_scanning_asks_for(shop: Report) -> None:
    many = tuple(f"SP-{number}" for number in range(30))
    bare = RuleResult("shop_policy", "no_words", Verdict.KEPT, 1, clauses=many)
    (rule, *_) = run_of(dataclasses.replace(shop, rules=(bare,)))["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "no_words"
    assert rule["fullDescription"]["text"].startswith("no_words (SP-0, SP-1")
    assert rule["properties"]["tags"] == list(many[:20])
    assert rule["properties"]["clauses"] == list(many)


def test_levels_are_of_the_severity_and_undetermined_is_no_pass(shop: Report) -> None:
    results = run_of(shop)["results"]
    assert [(each["kind"], each["level"]) for each in results] == [
        ("fail", "error"),
        ("review", "note"),
        ("fail", "note"),
        ("review", "note"),
    ]
    broken = shop.findings[0]
    levels = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
    for severity, level in levels.items():
        finding = dataclasses.replace(broken, severity=severity)
        report = dataclasses.replace(shop, findings=(finding,))
        assert run_of(report)["results"][0]["level"] == level
    for verdict in Verdict:
        finding = dataclasses.replace(broken, verdict=verdict)
        (result,) = run_of(dataclasses.replace(shop, findings=(finding,)))["results"]
        assert (result["kind"] == "fail") == (verdict is Verdict.BROKEN)


def test_the_witness_is_a_thread_with_a_location_for_each_hop(shop: Report) -> None:
    result = run_of(shop)["results"][0]
    (flow,) = result["codeFlows"]
    (thread,) = flow["threadFlows"]
    hops = [hop["location"] for hop in thread["locations"]]
    assert [hop["physicalLocation"]["region"]["startLine"] for hop in hops] == [14, 16, 18]
    assert [hop["logicalLocations"][0]["fullyQualifiedName"] for hop in hops] == [
        step.carrier for step in shop.findings[0].witness
    ]
    assert hops[0]["message"]["text"] == "card_number on buyer -> web_shop: collected for payment"


def test_the_fingerprint_is_that_of_the_finding(shop: Report) -> None:
    for result, finding in zip(run_of(shop)["results"], shop.findings, strict=True):
        assert result["partialFingerprints"]["lawful/v1"] == finding.fingerprint


def test_a_place_in_json_is_the_file_and_the_pointer(shop: Report) -> None:
    finding = dataclasses.replace(shop.findings[0], span=Span("a.json", pointer="/flows/3"))
    (result,) = run_of(dataclasses.replace(shop, findings=(finding,)))["results"]
    assert result["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "a.json"}},
            "logicalLocations": [
                {"fullyQualifiedName": "billing -> tickets"},
                {"fullyQualifiedName": "/flows/3", "kind": "object"},
            ],
        }
    ]


def test_what_stands_nowhere_is_at_the_system(shop: Report) -> None:
    report = dataclasses.replace(shop, span=Span("shop.flow", 1, 8, 1, 12))
    location = run_of(report)["results"][1]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "shop.flow"}
    assert location["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 8,
        "endLine": 1,
        "endColumn": 12,
    }


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a/b.flow", "a/b.flow"),
        ("./a b/ë#.flow", "a%20b/%C3%AB%23.flow"),
        ("c:d?.flow", "c%3Ad%3F.flow"),
        ("/home/us/a b.flow", "file:///home/us/a%20b.flow"),
    ],
)
def test_a_file_is_a_uri(shop: Report, file: str, uri: str) -> None:
    finding = dataclasses.replace(shop.findings[0], span=Span(file, 3, 1, 3, 2))
    (result,) = run_of(dataclasses.replace(shop, findings=(finding,)))["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == uri


def test_a_check_in_which_no_rule_met_an_event_was_not_successful(
    untouched: Report, kept: Report, shop: Report
) -> None:
    (invocation,) = run_of(untouched, kept)["invocations"]
    assert not invocation["executionSuccessful"]
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["error"]
    (invocation,) = run_of(shop)["invocations"]
    assert invocation["executionSuccessful"]
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["note", "note"]
    assert not run_of()["invocations"][0]["executionSuccessful"]


def test_two_versions_of_a_rule_are_two_rules(shop: Report) -> None:
    older = dataclasses.replace(shop.rules[2], clauses=("SP-09",))
    before = dataclasses.replace(shop, rules=(older,), findings=shop.findings[:1])
    run = run_of(shop, before, shop)
    rules = run["tool"]["driver"]["rules"]
    cards = [n for n, rule in enumerate(rules) if rule["name"] == "no_cards_in_development"]
    assert len(cards) == 2
    used = [r["ruleIndex"] for r in run["results"] if r["ruleIndex"] in cards]
    assert used == [cards[0], cards[1], cards[0]]


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_no_name_is_markup(shop: Report, untouched: Report, name: str) -> None:
    """No brace of a name is a placeholder, no bracket a link, and nothing in it is hidden."""
    run_of(named(shop, name), named(untouched, name))
    text = render([named(shop, name)])
    assert all(c.isprintable() or c == "\n" for c in text)
