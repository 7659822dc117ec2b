"""`lawful gate`: what a change takes back by a text of its own is told first, and is for somebody to accept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, edit
from tests.cli.test_gate import POLICY, SYSTEM, told

ACCEPTED = "--accept-policy-change"
IGNORED = "\nignore 'customers -> test_copy'  because \"a list of names\"\n"
CORRECTED = '\ncorrect card_house place from IE to FR  because "It moved."\n'


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        (IGNORED, "ignored", "customers -> test_copy"),
        (CORRECTED, "corrected", "card_house place"),
    ],
)
def test_what_a_change_takes_back_is_to_be_accepted(
    lawful: Run, shop: Path, base: Path, text: str, kind: str, name: str
) -> None:
    add(shop / SYSTEM, text)
    found = told(lawful, ".", "--base", base)
    assert found["why"] == [
        "corrections and ignored flows that come, go or change: 1, and that is not accepted"
    ]
    [one] = found["taken_back"]
    assert (one["change"], one["kind"], one["name"]) == ("added", kind, name)
    assert not [notice for notice in found["notices"] if name in notice]
    outcome = lawful("gate", ".", "--base", base, ACCEPTED)
    assert outcome.status == 0
    assert f"added  {kind}  {name}" in outcome.out
    assert outcome.out.index("What texts ignore and correct") < outcome.out.index("What the system")


def test_what_was_taken_back_before_is_not_told(lawful: Run, shop: Path, base: Path) -> None:
    for folder in (shop, base):
        add(folder / SYSTEM, IGNORED + CORRECTED)
    found = told(lawful, ".", "--base", base)
    assert (found["passes"], found["taken_back"]) == (True, [])


def test_what_is_taken_back_no_more_is_to_be_accepted(lawful: Run, base: Path) -> None:
    add(base / SYSTEM, CORRECTED)
    [one] = told(lawful, ".", "--base", base)["taken_back"]
    assert one["change"] == "removed"


def test_a_baseline_knows_what_was_taken_back(lawful: Run, shop: Path) -> None:
    add(shop / SYSTEM, IGNORED)
    lawful("gate", ".", "--write-baseline", "was.json")
    assert told(lawful, ".", "--baseline", "was.json")["taken_back"] == []
    add(shop / SYSTEM, CORRECTED)
    [one] = told(lawful, ".", "--baseline", "was.json")["taken_back"]
    assert one["name"] == "card_house place"


# --- dates ----------------------------------------------------------------------------------------


def test_a_date_that_a_text_puts_back_is_to_be_accepted(
    lawful: Run, shop: Path, base: Path
) -> None:
    edit(shop / SYSTEM, "for policy our_policy", "for policy our_policy  as of 2025-02-03")
    found = told(lawful, ".", "--base", base)
    said = "what is checked is of another day, 2025-02-03, not 2025-01-01, and that is not accepted"
    assert found["why"] == [said]
    assert lawful("gate", ".", "--base", base, ACCEPTED).status == 0
    assert lawful("gate", ".", "--base", base, "--on", "2025-03-01").status == 0


def test_the_dates_of_a_policy_are_its_own(lawful: Run, shop: Path, base: Path) -> None:
    edit(shop / POLICY, "effective 2025-01-01", "effective 2024-01-01")
    found = told(lawful, ".", "--base", base, "--on", "2025-03-01")
    assert found["why"] == ["the policy `our_policy` changed, and that is not accepted"]
    [[one]] = [each["differences"] for each in found["policies"] if each["differences"]]
    assert (one["kind"], one["name"]) == ("header", "effective")


# --- rules that no event met ----------------------------------------------------------------------


def test_a_doubt_where_no_rule_was_met_stops_a_change(lawful: Run, shop: Path, base: Path) -> None:
    for folder in (shop, base):
        edit(folder / SYSTEM, "customers -> test_copy  : all  pseudonymised", "#")
    logs = "us {\n  store logs\n}\norders -> logs : card_number  for account_management\n"
    add(shop / SYSTEM, f"\n{logs}")
    found = told(lawful, ".", "--base", base)
    assert "`cards_in_development` was not exercised, and is undetermined" in found["why"]
