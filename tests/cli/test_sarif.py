"""`lawful check --format sarif`: whatever is checked, what is written is as the standard says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.reporters.sarif_standard import departures

CHANGE = "flows/callbridge/infrastructure/change.json"
BESIDE = tuple(
    f"--with=flows/callbridge/infrastructure/{name}.flow" for name in ("overlay", "change")
)
WAIVER = 'waive cards_in_development owner "[me](x) {0}" because "[a] \\[b\\] {c}" until 2030-01-01'
POLICY = """policy a "A"
  by us
  effective 2024-01-01

use common

forbid selling: collection of card_number  clause A-1
"""
BROKEN = "flows/callbridge/broken/card-number-through-log-pipeline.flow"


def written(lawful: Run, *arguments: str) -> list[dict[str, Any]]:
    """The results of a check, whose log is as the standard says."""
    outcome = lawful("check", *arguments, "--format", "sarif")
    log = json.loads(outcome.out)
    assert departures(log) == []
    (run,) = log["runs"]
    return list(run["results"])


@pytest.mark.parametrize(
    ("arguments", "kinds"),
    [
        (["flows/messagebird"], set()),
        ([BROKEN], {"fail"}),
        ([BROKEN, "--lang", "ar"], {"fail"}),
        (["flows/callbridge/broken/childs-recording.flow", "--strict"], {"fail"}),
        (["flows/callbridge/undetermined/coarse-payment-data.flow"], {"review"}),
        (["flows/appointlet/broken/bookings-kept-too-long.flow"], {"fail", "review"}),
        (["flows/messagebird", BROKEN, "flows/appointlet/kept"], {"fail", "review"}),
        ([CHANGE, *BESIDE], {"fail", "review"}),
    ],
)
def test_what_is_written_is_as_the_standard_says(
    lawful: Run, root: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], kinds: set[str]
) -> None:
    monkeypatch.chdir(root)
    found = written(lawful, *arguments)
    assert {each["kind"] for each in found} == kinds
    for result in found:
        (place,) = (each["physicalLocation"] for each in result["locations"])
        assert (root / place["artifactLocation"]["uri"]).is_file()


def test_a_waived_finding_and_a_path_with_odd_characters(lawful: Run, broken: Path) -> None:
    odd = broken / "a [b] {0} %41 ë.flow"
    text = (broken / "our_system.flow").read_text("utf-8")
    odd.write_text(f"{text}\n{WAIVER}\n", "utf-8")
    found = written(lawful, odd.name)
    assert [bool(each["suppressions"]) for each in found] == [
        each["ruleId"] == "our_policy/cards_in_development" for each in found
    ]
    uris = {
        each["physicalLocation"]["artifactLocation"]["uri"]
        for r in found
        for each in r["locations"]
    }
    assert uris == {"a%20%5Bb%5D%20%7B0%7D%20%2541%20%C3%AB.flow"}


def test_a_check_in_which_no_rule_met_an_event(lawful: Run, here: Path) -> None:
    Path("a.law").write_text(POLICY, "utf-8")
    Path("a.flow").write_text("system a for policy a\n\nparty us controller\n", "utf-8")
    outcome = lawful("check", "a.flow", "--policy", "a.law", "--format", "sarif")
    assert outcome.status == 2
    assert departures(json.loads(outcome.out)) == []
