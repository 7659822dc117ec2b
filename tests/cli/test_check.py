"""`lawful check`: verdicts, exit statuses, and which policies and which date are taken."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import Run


def test_what_init_writes_is_kept(lawful: Run, shop: Path) -> None:
    outcome = lawful("check", ".")
    assert (outcome.status, outcome.err) == (0, "")
    lines = outcome.out.split("\n")
    assert lines[0] == "kept: our_system: nothing is broken, and nothing undetermined"
    assert lines[1] == "under our_policy on 2025-01-01; 5 of 5 rules met an event"


def test_a_broken_system(lawful: Run, broken: Path) -> None:
    outcome = lawful("check", "our_system.flow")
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.out.startswith("broken: our_system: 2 findings broken, 0 undetermined\n")
    assert "cards_in_development" in outcome.out
    assert "row 1 of recipients (P-2) does not hold in `of`" in outcome.out
    assert "masking card_number as card_last_four on `orders -> customers`" in outcome.out


def test_an_undetermined_system(lawful: Run, undetermined: Path) -> None:
    outcome = lawful("check", ".")
    assert outcome.status == 0
    assert outcome.out.startswith("undetermined: our_system: 3 findings undetermined")
    assert "missing  consent of orders -> customers: none said" in outcome.out
    assert "purpose of orders -> customers: unknown" in outcome.out
    assert lawful("check", ".", "--strict").status == 1


def test_a_check_in_which_no_rule_met_an_event_is_no_pass(lawful: Run, shop: Path) -> None:
    (shop / "idle.flow").write_text(
        "system idle for policy our_policy\nparty us controller in FR\n"
    )
    outcome = lawful("check", "idle.flow")
    assert outcome.status == 2
    assert outcome.out.split("\n")[0] == "nothing was checked: no rule met an event of idle"


def test_a_node_of_which_nothing_is_known_is_undetermined(lawful: Run, shop: Path) -> None:
    system = shop / "our_system.flow"
    text = system.read_text().replace(
        "  service orders ", "  service attic  development\n  service orders "
    )
    system.write_text(text + "\nattic -> test_copy\n")
    outcome = lawful("check", ".")
    assert outcome.out.startswith("undetermined: our_system: 1 finding undetermined, none broken")
    assert "nothing is known of what attic holds" in outcome.out


def test_several_systems(lawful: Run, broken: Path) -> None:
    (broken / "idle.flow").write_text(
        "system idle for policy our_policy\nparty us controller in FR\n"
    )
    outcome = lawful("check", "our_system.flow", "idle.flow")
    assert outcome.status == 1
    first = "broken: 2 systems: 1 broken, 1 not exercised"
    assert outcome.out.split("\n")[0] == first
    (broken / "idle.flow").write_text("system idle for policy our_polcy\n")
    outcome = lawful("check", "our_system.flow", "idle.flow")
    assert (outcome.status, outcome.out) == (2, "")


def test_a_system_that_was_not_checked_outweighs_one_that_is_kept(lawful: Run, shop: Path) -> None:
    (shop / "idle.flow").write_text(
        "system idle for policy our_policy\nparty us controller in FR\n"
    )
    assert lawful("check", "our_system.flow", "idle.flow").status == 2


def test_the_same_bytes_for_the_same_input(lawful: Run, broken: Path) -> None:
    for form in ("text", "json"):
        first, second = (lawful("check", ".", "--format", form).out for _ in range(2))
        assert first == second


def test_a_report_in_a_file(lawful: Run, broken: Path) -> None:
    outcome = lawful("check", ".", "--format", "json", "-o", "report.json")
    assert outcome.status == 1
    assert outcome.out == (
        "broken: our_system: 2 findings broken, 0 undetermined\nthe report is in report.json\n"
    )
    report = json.loads((broken / "report.json").read_text("utf-8"))
    assert report["verdict"] == "broken"
    finding = report["reports"][0]["findings"][0]
    assert [hop["flow"] for hop in finding["witness"]] == [
        "buyer -> web_shop for card_processing",
        "web_shop -> orders",
        "orders -> customers",
        "customers -> test_copy",
    ]
    assert finding["repair"]["changes"][0]["on"] == "customers -> test_copy"


def test_a_system_in_json(lawful: Run, broken: Path) -> None:
    from lawful.system.document import encode
    from lawful_dsl.parser import parse_flow, read

    source, _ = read(broken / "our_system.flow")
    assert source is not None
    (broken / "sub").mkdir()
    (broken / "sub" / "system.json").write_text(encode(parse_flow(source).tree), "utf-8")
    as_text = json.loads(lawful("check", "our_system.flow", "--format", "json").out)
    as_json = json.loads(lawful("check", "sub/system.json", "--format", "json").out)

    def ids(report: dict) -> list[str]:  # type: ignore[type-arg]
        return [finding["fingerprint"] for finding in report["reports"][0]["findings"]]

    assert ids(as_json) == ids(as_text)
    at = as_json["reports"][0]["findings"][0]["witness"][0]["at"]
    assert at["pointer"].startswith("/flows/")


# --- policies -------------------------------------------------------------------------------------


def test_a_policy_by_name_and_as_a_file(lawful: Run, shop: Path) -> None:
    other = "policy other\n  by us\n  effective 2025-06-01\n\nuse common\n\n"
    (shop / "deep").mkdir()
    (shop / "deep" / "other.law").write_text(other + "forbid none: collection of name\n")
    assert "under other on 2025-06-01" in lawful("check", ".", "--policy", "deep/other.law").out
    both = lawful("check", ".", "--policy", "deep/other.law", "--policy", "our_policy").out
    assert "under other, our_policy on 2025-06-01" in both
    assert "no rule of other met an event" in both
    unknown = lawful("check", ".", "--policy", "other")
    assert unknown.status == 2
    assert "there is no policy, pack or vocabulary `other`" in unknown.err


def test_policies_are_sought_from_the_system_up_to_the_working_directory(
    lawful: Run, shop: Path
) -> None:
    (shop / "systems" / "web").mkdir(parents=True)
    (shop / "our_system.flow").rename(shop / "systems" / "web" / "our_system.flow")
    assert lawful("check", "systems/web").status == 0
    (shop / "policies" / "ours").mkdir(parents=True)
    (shop / "our_policy.law").rename(shop / "policies" / "ours" / "our_policy.law")
    assert lawful("check", "systems/web").status == 0
    (shop / "policies").rename(shop / "rules")
    missing = lawful("check", "systems/web")
    assert missing.status == 2
    assert "there is no policy, pack or vocabulary `our_policy`" in missing.err


def test_what_lies_beside_the_system_comes_before_what_lies_elsewhere(
    lawful: Run, shop: Path
) -> None:
    (shop / "policies").mkdir()
    (shop / "policies" / "old.law").write_text(
        "policy our_policy\n  by us\n  effective 2020-01-01\n\nuse common\n\n"
        "forbid all: collection of all_data\n"
    )
    assert lawful("check", ".").status == 0


def test_folders_below_are_not_read(lawful: Run, shop: Path) -> None:
    (shop / "below").mkdir()
    (shop / "below" / "our_policy.law").write_text("policy our_policy\nbroken in many ways\n")
    (shop / "below" / "more.flow").write_text("also broken")
    assert lawful("check", ".").status == 0


def test_a_system_that_names_no_policy(lawful: Run, shop: Path) -> None:
    (shop / "bare.flow").write_text("system bare\n")
    outcome = lawful("check", "bare.flow")
    assert outcome.status == 2
    assert outcome.err == (
        "error: `bare.flow` names no policy, so there is nothing to check it against\n"
        "   = help: write `for policy NAME` after the system's name, or give --policy NAME\n"
    )


def test_a_vocabulary_is_no_policy(lawful: Run, shop: Path) -> None:
    outcome = lawful("check", ".", "--policy", "common")
    assert outcome.status == 2
    assert outcome.err == "error: `common` is a vocabulary, and has no rule to check\n"


def test_a_policy_is_no_system(lawful: Run, shop: Path) -> None:
    outcome = lawful("check", "our_policy.law")
    assert outcome.status == 2
    assert outcome.err == (
        "error: `our_policy.law` is a policy or a vocabulary, not a system\n"
        "   = help: lawful check SYSTEM --policy our_policy.law\n"
    )


# --- the date -------------------------------------------------------------------------------------


def test_the_date_is_given_or_the_systems_or_the_policys(lawful: Run, shop: Path) -> None:
    assert "on 2025-01-01" in lawful("check", ".").out
    system = shop / "our_system.flow"
    text = system.read_text()
    system.write_text(
        text.replace("for policy our_policy", "for policy our_policy as of 2025-03-01")
    )
    assert "on 2025-03-01" in lawful("check", ".").out
    assert "on 2026-01-01" in lawful("check", ".", "--on", "2026-01-01").out


def test_a_date_on_which_the_policy_is_not_in_effect(lawful: Run, shop: Path) -> None:
    outcome = lawful("check", ".", "--on", "2024-12-31")
    assert outcome.status == 2
    assert outcome.err == (
        "error: no version of `our_policy` is in effect on 2024-12-31\n"
        "   = help: it is in effect from 2025-01-01; give another date with --on\n"
    )


@pytest.mark.parametrize("date", ["2025-13-01", "1 May", "20250101", "2025-1-1", ""])
def test_what_is_no_date(lawful: Run, shop: Path, date: str) -> None:
    outcome = lawful("check", ".", "--on", date)
    assert outcome.status == 2
    assert f"`{date}` is not a date such as 2024-04-08" in outcome.err


def test_a_check_on_no_date_at_all(lawful: Run, shop: Path) -> None:
    policy = shop / "our_policy.law"
    policy.write_text(policy.read_text().replace("  effective 2025-01-01\n", ""))
    outcome = lawful("check", ".")
    assert outcome.status == 2
    assert outcome.err.startswith("error: there is no date on which to check `our_system`\n")
    assert lawful("check", ".", "--on", "2025-01-01").status == 0


# --- colours --------------------------------------------------------------------------------------


def test_colours_are_for_those_who_want_them(
    lawful: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[" not in lawful("check", ".").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in lawful("check", ".").out
    assert lawful("check", ".", "-o", "report.txt").status == 0
    assert "\x1b[" not in (shop / "report.txt").read_text()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in lawful("check", ".").out


def test_a_form_of_another_distribution(
    shop: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shout = SimpleNamespace(render=lambda reports, **_: f"{reports[0].verdict.upper()}!\n")
    monkeypatch.setitem(sys.modules, "shouting", shout)
    points = EntryPoints([EntryPoint("shout", "shouting", "lawful.reporters")])
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **asked: points.select(**asked))
    assert lawful("check", "our_system.flow", "--format", "shout").out == "KEPT!\n"
    assert "|sarif|shout|text]" in lawful("check", "--help").out
    unknown = lawful("check", "our_system.flow", "--format", "xml")
    assert (unknown.status, "'sarif', 'shout', 'text'" in unknown.err) == (2, True)


def test_a_file_of_others_may_name_something_lawful(shop: Path, lawful: Run) -> None:
    queue = shop / "main.tf"
    queue.write_text('resource "aws_sqs_queue" "lawful" {}\n', "utf-8")
    assert "main.tf" in lawful("check", shop).out
    assert lawful("check", shop / "our_system.flow", "--with", queue).status == 0
