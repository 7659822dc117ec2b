"""What `lawful check` says where a finding is not decided, or is of data that are joined."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def written(here: Path, rule: str, system: str) -> None:
    policy = f"policy p\n  effective 2024-01-01\n  by us\n\nuse common\n\n{rule}\n"
    (here / "p.law").write_text(policy, "utf-8")
    head = "system s for policy p\nparty us  controller  in US\nsubject customer  in US\n"
    (here / "s.flow").write_text(head + system, "utf-8")


def test_periods_that_cannot_be_told_apart_are_no_missing_fact(lawful: Run, here: Path) -> None:
    written(
        here,
        'retain keep: personal_data at most 30 days\n  because en "A month at most."',
        "us {\n  store disk  retention 1 month\n}\ncustomer -> disk : email_address\n",
    )
    said = lawful("check", "s.flow").out
    assert "1 month is 28 to 31 days, which cannot be told against 30 days" in said
    assert "missing" not in said


def test_a_treatment_that_is_not_decided_names_what_it_turns_on(lawful: Run, here: Path) -> None:
    (here / "s.flow").write_text(
        "system s for policy callbridge\nparty iotum  controller  in CA\n"
        "subject guest  is session_participant  in DE\n"
        "iotum {\n  store disk  in CA  retention unlimited\n}\n"
        "guest -> disk : log_data  for collaboration_apps\n",
        "utf-8",
    )
    said = lawful("check", "s.flow").out
    assert "missing  age of guest: unknown  declare it at s.flow:3" in said


def test_a_join_names_what_is_joined(lawful: Run, here: Path) -> None:
    written(
        here,
        "forbid jn: join of email_address with ip_address",
        "us {\n  store disk  joins email_address with ip_address\n}\n"
        "customer -> disk : email_address, ip_address\n",
    )
    assert "joined with ip_address" in lawful("check", "s.flow").out
    assert "joined with ip_address" in lawful("explain", "jn", "s.flow").out
    report = json.loads(lawful("check", "s.flow", "--format", "json").out)
    (finding,) = report["reports"][0]["findings"]
    assert finding["event"]["partner"] == "ip_address"


def test_a_consent_of_which_it_is_not_known_what_it_covers(lawful: Run, here: Path) -> None:
    written(
        here,
        "forbid ads: transfer of email_address from us to us unless with express consent",
        "us {\n  service web\n  service ad\n}\n"
        "customer -> web : email_address  with express consent (for marketing)\n"
        "web -> ad : email_address\n",
    )
    said = " ".join(lawful("check", "s.flow").out.split())
    assert "missing consent of web -> ad: express, not said to cover this event" in said
