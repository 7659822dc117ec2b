"""The code quality report."""

from __future__ import annotations

import dataclasses
import json

import pytest

from lawful.findings import Report
from lawful.reporters.gitlab import render
from lawful_dsl.source import Span
from tests.reporters.hostile import NAMES, named


def test_each_entry_has_what_gitlab_asks_for(shop: Report, untouched: Report) -> None:
    for entry in json.loads(render([shop, untouched])):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["path"]
        assert entry["location"]["lines"]["begin"] >= 1


def test_the_severity_is_that_of_the_rule_where_it_fails(shop: Report) -> None:
    usual = [entry["severity"] for entry in json.loads(render([shop]))]
    assert usual == ["blocker", "info", "minor", "info", "info", "info"]
    strict = [entry["severity"] for entry in json.loads(render([shop], strict=True))]
    assert strict == ["blocker", "major", "minor", "critical", "info", "info"]


def test_a_check_in_which_no_rule_met_an_event_is_a_blocker(untouched: Report) -> None:
    (entry,) = json.loads(render([untouched]))
    assert entry["severity"] == "blocker"
    assert entry["description"] == "nothing was checked: no rule met an event of empty_shop"


def test_fingerprints_tell_all_entries_apart_and_stay(shop: Report) -> None:
    twin = dataclasses.replace(shop, system="other_shop")
    twice = dataclasses.replace(shop, findings=(*shop.findings, *shop.findings))
    for reports in ([shop, twin], [twice]):
        ids = [entry["fingerprint"] for entry in json.loads(render(reports))]
        assert len(set(ids)) == len(ids)
    moved = dataclasses.replace(shop.findings[0], span=Span("elsewhere.flow", 9, 9))
    again = json.loads(render([dataclasses.replace(shop, findings=(moved,))]))
    assert again[0]["fingerprint"] == json.loads(render([shop]))[0]["fingerprint"]
    assert again[0]["location"] == {"path": "elsewhere.flow", "lines": {"begin": 9}}


def test_a_finding_in_json_says_the_pointer(shop: Report) -> None:
    finding = dataclasses.replace(shop.findings[0], span=Span("./a.json", pointer="/flows/3"))
    entry = json.loads(render([dataclasses.replace(shop, findings=(finding,))]))[0]
    assert entry["location"] == {"path": "a.json", "lines": {"begin": 1}}
    assert "It stands at /flows/3." in entry["description"]


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_no_name_hides_or_breaks_a_line(shop: Report, name: str) -> None:
    entries = json.loads(render([named(shop, name)]))
    assert len(entries) == 6
    for entry in entries:
        assert entry["description"].isprintable()
        assert entry["check_name"].isprintable()
