"""Waivers: what is accepted for a time, by whom, and what is wrong with that."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from lawful.system.document import encode
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source
from tests.cli.conftest import Run, edit

JANE = 'owner "Jane Roe, platform" because "The copy is rebuilt." until 2025-12-31'
#: What `broken` breaks: two rules, at the flow that copies and at the one that sends.
BOTH = ("cards_in_development", "recipients")


def waive(folder: Path, *waivers: str) -> None:
    """Write the waivers beside the system."""
    (folder / "waivers.flow").write_text("".join(f"waive {each}\n" for each in waivers), "utf-8")


def report(lawful: Run, *arguments: str | Path) -> dict[str, Any]:
    """The report on the system, which its schema describes."""
    document = json.loads(lawful("check", ".", "--format", "json", *arguments).out)
    jsonschema.validate(document, json.loads(lawful("schema", "report").out))
    [made] = document["reports"]
    assert isinstance(made, dict)
    assert made["unwaived"] == document["unwaived"]
    return made


def found(lawful: Run, *arguments: str | Path) -> dict[str, tuple[str, str]]:
    """Of each rule with findings: the verdict, and who waives it."""
    return {
        each["rule"]: (each["verdict"], each["waiver"]["owner"] if each["waiver"] else "")
        for each in report(lawful, *arguments)["findings"]
    }


def test_all_that_is_broken_is_waived(lawful: Run, broken: Path) -> None:
    waive(broken, *(f"{rule} {JANE}" for rule in BOTH))
    outcome = lawful("check", ".")
    assert (outcome.status, outcome.err) == (0, "")
    first = outcome.out.split("\n")[0]
    assert first == "waived: our_system: 2 findings broken, 0 undetermined, all waived"
    assert outcome.out.count("broken, waived  ") == 2
    assert "waived   by Jane Roe, platform until 2025-12-31: The copy is rebuilt." in outcome.out
    said = report(lawful)
    assert (said["verdict"], said["unwaived"]) == ("broken", "kept")
    assert said["findings"][0]["waiver"] == {
        "owner": "Jane Roe, platform",
        "because": "The copy is rebuilt.",
        "until": "2025-12-31",
        "at": {"file": "waivers.flow", "line": 1, "column": 1, "pointer": None},
    }
    assert lawful("check", ".", "--strict").status == 0


def test_one_that_is_not_waived_fails(lawful: Run, broken: Path) -> None:
    waive(broken, f"{BOTH[0]} {JANE}")
    outcome = lawful("check", ".")
    assert outcome.status == 1
    first = outcome.out.split("\n")[0]
    assert first == "broken: our_system: 2 findings broken, 0 undetermined, 1 of them waived"


def test_a_waiver_changes_no_fingerprint(lawful: Run, broken: Path) -> None:
    before = {each["fingerprint"] for each in report(lawful)["findings"]}
    waive(broken, *(f"{rule} {JANE}" for rule in BOTH))
    assert {each["fingerprint"] for each in report(lawful)["findings"]} == before


def test_what_is_undetermined_can_be_waived(lawful: Run, undetermined: Path) -> None:
    rules = dict.fromkeys(each["rule"] for each in report(lawful)["findings"])
    assert lawful("check", ".", "--strict").status == 1
    waive(undetermined, *(f"{rule} at 'orders -> *' {JANE}" for rule in rules))
    outcome = lawful("check", ".", "--strict")
    assert outcome.status == 0
    assert outcome.out.startswith("waived: our_system: 0 findings broken, 3 undetermined, all wai")
    assert report(lawful)["unwaived"] == "kept"


def test_unknown_data_can_be_waived(lawful: Run, shop: Path) -> None:
    edit(
        shop / "our_system.flow",
        "  service orders ",
        "  service attic  development\n  service orders ",
    )
    with (shop / "our_system.flow").open("a", encoding="utf-8") as file:
        file.write("\nattic -> test_copy\n")
    assert lawful("check", ".", "--strict").status == 1
    waive(shop, f"unknown-data at attic {JANE}")
    assert lawful("check", ".", "--strict").status == 0


@pytest.mark.parametrize(
    ("at", "waived"),
    [
        ("", True),
        (" at 'customers -> test_copy'", True),
        (" at '* -> test_copy'", True),
        (" at elsewhere, 'customers -> *'", True),
        (" at '*'", True),
        (" at test_copy", False),
        (" at 'test_copy -> *'", False),
        (" at 'customers -> test_cop'", False),
    ],
)
def test_where_it_holds(lawful: Run, broken: Path, at: str, waived: bool) -> None:
    waive(broken, f"{BOTH[0]}{at} {JANE}")
    assert found(lawful)[BOTH[0]] == ("broken", "Jane Roe, platform" if waived else "")
    assert ("unused-waiver" in found(lawful)) is not waived


@pytest.mark.parametrize("name", ["our_policy.cards_in_development", "old_cards"])
def test_how_its_rule_may_be_called(lawful: Run, broken: Path, name: str) -> None:
    edit(broken / "our_policy.law", "  severity critical\n", "  formerly old_cards\n")
    waive(broken, f"{name} {JANE}")
    assert found(lawful)[BOTH[0]] == ("broken", "Jane Roe, platform")


def test_of_several_the_last_to_end_counts(lawful: Run, broken: Path) -> None:
    later = JANE.replace("Jane Roe, platform", "Ann Lee").replace("2025-", "2026-")
    waive(broken, f"{BOTH[0]} {JANE}", f"{BOTH[0]} {later}", f"{BOTH[1]} {JANE}")
    assert found(lawful) == {
        BOTH[0]: ("broken", "Ann Lee"),
        BOTH[1]: ("broken", "Jane Roe, platform"),
    }


# --- what is wrong with a waiver ------------------------------------------------------------------


def test_the_last_day_counts_and_the_next_does_not(lawful: Run, broken: Path) -> None:
    waive(broken, *(f"{rule} {JANE}" for rule in BOTH))
    assert lawful("check", ".", "--on", "2025-12-31").status == 0
    outcome = lawful("check", ".", "--on", "2026-01-01")
    assert outcome.status == 1
    assert outcome.out.startswith("broken: our_system: 4 findings broken, 0 undetermined\n")
    assert "the waiver of `recipients` ended on 2025-12-31" in " ".join(outcome.out.split())
    assert "waivers.flow:2" in outcome.out


@pytest.mark.parametrize("owner", ["", 'owner ""', 'owner " "'])
def test_without_an_owner_it_waives_nothing(lawful: Run, broken: Path, owner: str) -> None:
    waive(broken, f'{BOTH[0]} {owner} because "Soon." until 2025-12-31')
    assert found(lawful)[BOTH[0]] == ("broken", "")
    assert found(lawful)["ownerless-waiver"] == ("broken", "")


def test_a_rule_may_refuse_it(lawful: Run, broken: Path) -> None:
    edit(broken / "our_policy.law", "  severity critical\n", "  unwaivable\n")
    waive(broken, *(f"{rule} {JANE}" for rule in BOTH))
    assert found(lawful) == {
        BOTH[0]: ("broken", ""),
        BOTH[1]: ("broken", "Jane Roe, platform"),
        "refused-waiver": ("broken", ""),
    }


def test_an_unused_one_is_undetermined(lawful: Run, shop: Path) -> None:
    waive(shop, f"{BOTH[0]} {JANE}")
    outcome = lawful("check", ".")
    assert outcome.status == 0
    assert outcome.out.startswith("undetermined: our_system: 1 finding undetermined, none broken")
    assert "undetermined (unmatched)  critical  our_policy  unused-waiver" in outcome.out
    assert lawful("check", ".", "--strict").status == 1


def test_a_rule_that_is_not_there_is_an_error(lawful: Run, broken: Path) -> None:
    waive(broken, f"cards_in_developmnt {JANE}")
    outcome = lawful("check", ".")
    assert outcome.status == 2
    assert "there is no rule `cards_in_developmnt` to waive" in outcome.err
    assert "did you mean `cards_in_development`?" in outcome.err


def test_under_another_policy_nothing_is_said_of_it(lawful: Run, broken: Path) -> None:
    (broken / "other.law").write_text(
        "policy other\n  by us\n  effective 2025-01-01\n\nuse common\n\n"
        "retain for_ages: personal_data at most 100 years\n"
    )
    waive(broken, f"{BOTH[0]} {JANE}")
    outcome = lawful("check", ".", "--policy", "other.law")
    assert (outcome.status, outcome.err) == (0, "")
    assert "waive" not in outcome.out


def test_nothing_is_checked_by_a_waiver_alone(lawful: Run, shop: Path) -> None:
    (shop / "idle.flow").write_text(
        f"system idle for policy our_policy\nparty us controller in FR\nwaive {BOTH[0]} {JANE}\n"
    )
    assert lawful("check", "idle.flow").status == 2


# --- the other forms ------------------------------------------------------------------------------


def test_every_form_says_it(lawful: Run, broken: Path) -> None:
    waive(broken, *(f"{rule} {JANE}" for rule in BOTH))
    for form in ("text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"):
        outcome = lawful("check", ".", "--format", form)
        assert outcome.status == 0, form
        for said in ("waive", "Jane Roe, platform", "2025-12-31", "The copy is rebuilt."):
            assert said in outcome.out, (form, said)


def test_a_waiver_is_a_suppression(lawful: Run, broken: Path) -> None:
    waive(broken, f"{BOTH[0]} {JANE}")
    [run] = json.loads(lawful("check", ".", "--format", "sarif").out)["runs"]
    suppressions = {each["ruleId"]: each["suppressions"] for each in run["results"]}
    assert suppressions["our_policy/recipients"] == []
    [made] = suppressions["our_policy/cards_in_development"]
    assert (made["kind"], made["status"]) == ("external", "accepted")
    assert made["justification"].startswith("waived by Jane Roe, platform until 2025-12-31: ")
    assert made["location"]["physicalLocation"]["artifactLocation"]["uri"] == "waivers.flow"


def test_what_is_all_waived_is_skipped_and_no_alarm(lawful: Run, broken: Path) -> None:
    waive(broken, f"{BOTH[0]} {JANE}")
    junit = lawful("check", ".", "--format", "junit").out
    assert 'failures="1"' in junit
    assert '<skipped message="broken: 1 finding, all waived (P-4)">' in junit
    github = lawful("check", ".", "--format", "github").out
    assert (github.count("::error"), github.count("::notice")) == (1, 1)
    gitlab = json.loads(lawful("check", ".", "--format", "gitlab").out)
    assert sorted(each["severity"] for each in gitlab) == ["critical", "info"]


# --- the gate -------------------------------------------------------------------------------------


@pytest.fixture
def base(broken: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of what is broken, beside the working directory."""
    other = tmp_path_factory.mktemp("other") / "was"
    shutil.copytree(broken, other)
    return other


def gate(lawful: Run, *arguments: str | Path) -> dict[str, Any]:
    """What the gate says as JSON, which its schema describes."""
    made = json.loads(lawful("gate", ".", *arguments, "--format", "json").out)
    jsonschema.validate(made, json.loads(lawful("schema", "gate").out))
    assert isinstance(made, dict)
    return made


def test_a_new_waiver_is_a_change_of_policy(lawful: Run, broken: Path, base: Path) -> None:
    waive(broken, f"{BOTH[0]} {JANE}")
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 1
    assert "waivers that come, go or change: 1, and that is not accepted" in outcome.out
    assert "The waivers\n" in outcome.out
    said = gate(lawful, "--base", base)
    assert [(each["change"], each["name"]) for each in said["waivers"]] == [("added", BOTH[0])]
    assert lawful("gate", ".", "--base", base, "--accept-policy-change").status == 0


def test_a_changed_or_removed_one_is_too(lawful: Run, broken: Path, base: Path) -> None:
    waive(base, f"{BOTH[0]} {JANE}", f"{BOTH[1]} {JANE}")
    waive(broken, f"{BOTH[0]} {JANE.replace('2025-12-31', '2026-12-31')}")
    changes = {each["name"]: each["change"] for each in gate(lawful, "--base", base)["waivers"]}
    assert changes == {BOTH[0]: "changed", BOTH[1]: "removed"}


def mend(folder: Path) -> None:
    """Mask the card numbers again."""
    purpose = "for account_management"
    edit(folder / "our_system.flow", purpose, f"masking card_number as card_last_four  {purpose}")


def test_what_is_newly_broken_and_waived_passes(lawful: Run, broken: Path, base: Path) -> None:
    for folder in (broken, base):
        waive(folder, *(f"{rule} {JANE}" for rule in BOTH))
    mend(base)
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 0
    assert "0 newly broken, 0 newly undetermined, 2 new and waived, " in outcome.out
    assert "new: broken, waived  critical" in outcome.out


def test_what_is_waived_no_more_fails(lawful: Run, broken: Path, base: Path) -> None:
    waive(base, *(f"{rule} {JANE}" for rule in BOTH))
    outcome = lawful("gate", ".", "--base", base, "--accept-policy-change")
    assert outcome.status == 1
    assert "broken and waived before, and not waived now: 2" in outcome.out
    assert "it was waived before, and is not now" in outcome.out
    assert all(each["unwaived"] for each in gate(lawful, "--base", base)["new"])


def test_a_waiver_that_ends_fails_against_a_baseline(lawful: Run, broken: Path) -> None:
    waive(broken, *(f"{rule} {JANE}" for rule in BOTH))
    assert lawful("gate", ".", "--write-baseline", "known.json").status == 0
    assert lawful("gate", ".", "--baseline", "known.json").status == 0
    assert lawful("gate", ".", "--baseline", "known.json", "--on", "2026-01-01").status == 1


def test_what_mends_a_finding_passes_and_its_waiver_is_told(
    lawful: Run, broken: Path, base: Path
) -> None:
    for folder in (broken, base):
        waive(folder, *(f"{rule} {JANE}" for rule in BOTH))
    mend(broken)
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 0
    assert "2 mended" in outcome.out
    assert outcome.out.count("of no finding") == 2
    assert lawful("gate", ".", "--base", base, "--strict").status == 1


def test_a_rule_that_refuses_waivers_is_another_rule(lawful: Run, broken: Path, base: Path) -> None:
    edit(broken / "our_policy.law", "  severity critical\n", "  severity critical\n  unwaivable\n")
    said = gate(lawful, "--base", base)
    assert not said["passes"]
    [policy] = said["policies"]
    [difference] = policy["differences"]
    assert (difference["change"], difference["name"]) == ("changed", BOTH[0])
    assert difference["after"] == f"{difference['before']} unwaivable"


def test_a_rule_that_is_undetermined_and_waived_passes(
    lawful: Run, undetermined: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("other") / "was"
    shutil.copytree(undetermined, base)
    old, new = "masking card_number as card_last_four", "for account_management  "
    edit(base / "our_system.flow", old, new + old)
    rules = dict.fromkeys(each["rule"] for each in report(lawful)["findings"])
    for folder in (undetermined, base):
        waive(folder, *(f"{rule} {JANE}" for rule in rules))
    assert lawful("gate", ".", "--base", base).status == 0
    for folder in (undetermined, base):
        waive(folder)
        (folder / "waivers.flow").unlink()
    assert lawful("gate", ".", "--base", base).status == 1


# --- of which data ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "waived"),
    [
        (" of card_number", True),
        (" of payment_data", True),
        (" of email_address, card_number", True),
        (" of email_address", False),
        (" of card_number at 'customers -> *'", True),
        (" of card_number at 'orders -> *'", False),
    ],
)
def test_of_which_data_it_is(lawful: Run, broken: Path, of: str, waived: bool) -> None:
    waive(broken, f"{BOTH[0]}{of} {JANE}")
    assert found(lawful)[BOTH[0]] == ("broken", "Jane Roe, platform" if waived else "")
    unused = [f for f in report(lawful)["findings"] if f["rule"] == "unused-waiver"]
    assert bool(unused) is not waived
    assert all(f"`{BOTH[0]}{of.replace(chr(39), '')}`" in each["message"] for each in unused)


def test_what_may_be_other_data_is_not_waived(lawful: Run, broken: Path) -> None:
    edit(
        broken / "our_system.flow",
        ": card_number  for card_processing on",
        ": payment_data  for card_processing on",
    )
    waive(broken, f"recipients of card_number {JANE}")
    verdicts = {
        each["data"]["category"]: bool(each["waiver"])
        for each in report(lawful)["findings"]
        if each["rule"] == "recipients"
    }
    assert verdicts
    assert not any(verdicts.values())


def test_unknown_data_are_of_no_data(lawful: Run, shop: Path) -> None:
    edit(
        shop / "our_system.flow",
        "  service orders ",
        "  service attic  development\n  service orders ",
    )
    with (shop / "our_system.flow").open("a", encoding="utf-8") as file:
        file.write("\nattic -> test_copy\n")
    waive(shop, f"unknown-data of all_data at attic {JANE}")
    assert found(lawful)["unknown-data"] == ("undetermined", "")


def test_data_that_are_not_known_are_an_error(lawful: Run, broken: Path) -> None:
    waive(broken, f"{BOTH[0]} of card_numbr {JANE}")
    outcome = lawful("check", ".")
    assert outcome.status == 2
    assert "`card_numbr` is not known; a data category is expected here" in outcome.err
    assert "did you mean `card_number`?" in outcome.err


def test_another_word_on_its_data_is_another_waiver(lawful: Run, broken: Path) -> None:
    waive(broken, f"{BOTH[0]} of card_number {JANE}")
    assert lawful("gate", ".", "--write-baseline", "was.json").status == 0
    waive(broken, f"{BOTH[0]} of payment_data {JANE}")
    outcome = lawful("gate", ".", "--baseline", "was.json")
    assert outcome.status == 1
    assert "waivers that come, go or change: 2, and that is not accepted" in outcome.out
    assert f"added  waiver  {BOTH[0]} of payment_data" in outcome.out


# --- under which name -------------------------------------------------------------------------------


def rename(folder: Path, old: str, new: str, *, formerly: bool) -> None:
    """Give a node of the shop another id everywhere, and say what it was, or not."""
    system = folder / "our_system.flow"
    text = system.read_text("utf-8").replace(old, new)
    if formerly:
        text = text.replace(f"store   {new} ", f"store   {new}  formerly {old} ")
    system.write_text(text, "utf-8")


@pytest.mark.parametrize("at", ["'customers -> test_copy'", "'* -> test_copy'", "'customers*'"])
def test_a_waiver_goes_with_what_is_renamed(lawful: Run, broken: Path, at: str) -> None:
    waive(broken, f"{BOTH[0]} at {at} {JANE}")
    assert lawful("gate", ".", "--write-baseline", "was.json").status == 0
    for old, new in (("test_copy", "trial_copy"), ("customers", "clients")):
        rename(broken, old, new, formerly=True)
    assert found(lawful)[BOTH[0]] == ("broken", "Jane Roe, platform")
    outcome = lawful("gate", ".", "--baseline", "was.json")
    assert outcome.status == 0, outcome.out
    assert "0 newly broken, 0 newly undetermined, 0 mended, 2 as before" in outcome.out


def test_what_does_not_say_what_it_was_loses_its_waiver(lawful: Run, broken: Path) -> None:
    waive(broken, f"{BOTH[0]} at '* -> test_copy' {JANE}")
    rename(broken, "test_copy", "trial_copy", formerly=False)
    assert found(lawful)[BOTH[0]] == ("broken", "")
    assert "unused-waiver" in found(lawful)


def test_of_two_that_were_called_so_neither_is_waived(lawful: Run, broken: Path) -> None:
    waive(broken, f"{BOTH[0]} at '* -> test_copy' {JANE}")
    rename(broken, "test_copy", "trial_copy", formerly=True)
    assert found(lawful)[BOTH[0]] == ("broken", "Jane Roe, platform")
    edit(
        broken / "our_system.flow",
        "  store   customers ",
        "  store   second_copy  formerly test_copy  development  retention 30 days\n"
        "  store   customers ",
    )
    assert found(lawful)[BOTH[0]] == ("broken", "")


def test_a_waiver_in_json_says_the_same(lawful: Run, broken: Path) -> None:
    waive(broken, f"{BOTH[0]} of card_number at 'customers -> *' {JANE}")
    text = (broken / "waivers.flow").read_text("utf-8")
    assert lawful("fmt", "waivers.flow").status == 0
    formatted = " ".join((broken / "waivers.flow").read_text("utf-8").split())
    assert formatted == " ".join(text.split())
    (broken / "waivers.flow").unlink()
    with (broken / "our_system.flow").open("a", encoding="utf-8") as file:
        file.write(text)
    before = found(lawful)
    tree = parse_flow(Source("s.flow", (broken / "our_system.flow").read_text("utf-8"))).tree
    (broken / "our_system.flow").unlink()
    (broken / "our_system.json").write_text(encode(tree), "utf-8")
    document = json.loads(lawful("check", "our_system.json", "--format", "json").out)
    [made] = document["reports"]
    assert {
        each["rule"]: (each["verdict"], each["waiver"]["owner"] if each["waiver"] else "")
        for each in made["findings"]
    } == before
    assert before[BOTH[0]] == ("broken", "Jane Roe, platform")
