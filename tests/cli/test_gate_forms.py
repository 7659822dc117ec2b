"""`lawful gate`: one change, told in every form; each says what the others say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema

from lawful.cli.gate_forms import find, names
from tests.cli.conftest import Run, edit
from tests.reporters.sarif_standard import departures

SYSTEM, POLICY = Path("our_system.flow"), Path("our_policy.law")
WAIVER = 'waive recipients at \'customers *\'  owner "Ann"  because "soon"  until 2030-01-01\n'


class Told:
    """A gate of the working directory and a checkout beside it, in every form."""

    def __init__(self, lawful: Run, base: Path, *options: str) -> None:
        reports = [f"--report={form}=gate.{form}" for form in names()]
        given = ["gate", ".", "--base", base, *options, *reports]
        self.outcome = lawful(*given)
        assert self.outcome.err == ""
        self.texts = {form: Path(f"gate.{form}").read_text("utf-8") for form in names()}
        for form in names():
            Path(f"gate.{form}").unlink()
        self.json: dict[str, Any] = json.loads(self.texts["json"])
        self.entries: list[dict[str, Any]] = json.loads(self.texts["gitlab"])
        log = json.loads(self.texts["sarif"])
        assert departures(log) == []
        (self.run,) = log["runs"]
        self.lines = [json.loads(line) for line in self.texts["jsonl"].splitlines()]
        schema = json.loads(lawful("schema", "gate-jsonl").out)
        for line in self.lines:
            jsonschema.validate(line, schema)
        self.cases: dict[str, ET.Element] = {
            case.attrib["name"]: case
            for case in ET.fromstring(self.texts["junit"]).iter("testcase")
        }
        self.commands = self.texts["github"].splitlines()[1:]

    def came_of(self, case: str) -> str:
        """What came of a case: the element in it, or that there is none."""
        return next((each.tag for each in self.cases[case]), "passed")

    def passes(self) -> bool:
        """Whether the change passes, which all forms that say so agree on."""
        root = ET.fromstring(self.texts["junit"])
        said = {
            self.outcome.status == 0,
            self.json["passes"],
            self.lines[0]["passes"],
            root.attrib["failures"] == root.attrib["errors"] == "0",
            not any(line.startswith("::error ") for line in self.commands),
            not any(entry["severity"] == "blocker" for entry in self.entries),
            self.texts["text"].startswith("passes: "),
            self.texts["markdown"].startswith("<!-- lawful -->\n### passes: "),
            not any(
                note["level"] == "error"
                for note in self.run["invocations"][0].get("toolExecutionNotifications", [])
            ),
        }
        assert len(said) == 1
        return said.pop()


def test_each_form_says_what_it_is() -> None:
    for name in names():
        assert (find(name).__doc__ or "").strip()


def test_a_change_that_changes_nothing_passes_in_every_form(lawful: Run, base: Path) -> None:
    told = Told(lawful, base)
    assert told.passes()
    assert told.run["results"] == told.entries == told.commands == []
    assert [line["line"] for line in told.lines] == ["gate"]
    assert {told.came_of(case) for case in told.cases} == {"passed"}


def test_one_cause_is_one_annotation_in_every_form(lawful: Run, base: Path) -> None:
    """What is broken, and what was kept and is undetermined, for want of one fact in several places."""
    edit(SYSTEM, "masking card_number as card_last_four", "")
    edit(SYSTEM, "for software_development", "")
    told = Told(lawful, base)
    assert not told.passes()
    causes, new = told.json["causes"], told.json["new"]
    assert len(causes) < len(new)
    heads = [cause["findings"][0] for cause in causes]
    assert [each["partialFingerprints"]["lawful/v1"] for each in told.run["results"]] == heads
    assert {each["baselineState"] for each in told.run["results"]} == {"new"}
    same = [each["properties"]["sameCause"] for each in told.run["results"]]
    assert same == [cause["findings"][1:] for cause in causes]
    entries = [each for each in told.entries if each["check_name"].startswith("our_policy/")]
    assert len(entries) == len(heads)
    assert all(f"[{h}]" in entry["description"] for h, entry in zip(heads, entries, strict=True))
    assert {each["severity"] for each in entries} == {"blocker", "critical", "major"}
    annotated = [line for line in told.commands if "title=new%3A " in line]
    assert len(annotated) == len(causes)
    assert all(line.startswith("::error ") for line in annotated)
    numbered = {line["cause"] for line in told.lines if line["line"] == "new"}
    assert numbered == set(range(1, len(causes) + 1))
    assert all(line["stops"] for line in told.lines if line["line"] == "new")
    for rule in {cause["rule"] for cause in causes}:
        assert told.came_of(rule) == "failure"
    assert told.came_of("how_long") == "passed"


def test_what_changed_of_policies_and_waivers_is_told_in_every_form(
    lawful: Run, base: Path
) -> None:
    edit(base / SYSTEM, "masking card_number as card_last_four", "")
    edit(SYSTEM, "masking card_number as card_last_four", "")
    edit(POLICY, "contract_term + 6 months", "contract_term + 9 months")
    with SYSTEM.open("a", encoding="utf-8") as file:
        file.write(WAIVER)
    told = Told(lawful, base)
    assert not told.passes()
    kinds = ["lawful/waivers-changed", "lawful/policy-changed"]
    assert [each["ruleId"] for each in told.run["results"]] == kinds
    assert {(each["kind"], each["level"]) for each in told.run["results"]} == {("fail", "error")}
    changed = ["waivers changed", "policy changed"]
    assert [e["check_name"] for e in told.entries if e["severity"] == "critical"] == changed
    assert told.came_of("the waivers are as they were") == "failure"
    assert told.came_of("the policy is as it was") == "failure"
    assert told.came_of("the vocabularies are as they were") == "passed"
    assert told.came_of("cards_in_development") == "skipped", "it is broken, as before"
    accepted = Told(lawful, base, "--accept-policy-change")
    assert accepted.passes()
    assert [each["kind"] for each in accepted.run["results"]] == ["review", "review"]
    assert accepted.came_of("the policy is as it was") == "skipped"
    assert [line.split(" ", 1)[0] for line in accepted.commands] == ["::warning", "::warning"]


def test_what_is_mended_is_told_in_every_form(lawful: Run, base: Path) -> None:
    edit(base / SYSTEM, "masking card_number as card_last_four", "")
    told = Told(lawful, base)
    assert told.passes()
    gone = [each["fingerprint"] for each in told.json["mended"]]
    assert len(gone) == 2
    assert [line["fingerprint"] for line in told.lines if line["line"] == "mended"] == gone
    assert [entry["check_name"] for entry in told.entries] == ["mended", "mended"]
    assert {entry["severity"] for entry in told.entries} == {"info"}
    notes = told.run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"].split(":")[0] for note in notes] == ["mended", "mended"]
    assert told.run["results"] == [], "what is gone is no alert"
    assert told.texts["junit"].count("mended: our_policy") == 2


def test_what_is_let_pass_is_no_failure_in_any_form(lawful: Run, base: Path) -> None:
    edit(SYSTEM, "with express consent", "with none")
    assert not Told(lawful, base).passes()
    told = Told(lawful, base, "--fail-on", "high")
    assert told.passes()
    assert [(each["kind"], each["level"]) for each in told.run["results"]] == [("fail", "note")]
    assert [entry["severity"] for entry in told.entries] == ["info", "info"]
    for form, text in told.texts.items():
        assert "new, and let pass as less severe than high: 1: buyer" in text, form
    beginning = told.texts["text"].splitlines()[:2]
    assert beginning[1].startswith("  new, and let pass as less severe than high: 1")
    assert [line.split(" ", 1)[0] for line in told.commands] == ["::notice", "::warning"]
    assert told.came_of("marketing") == "skipped"


def test_what_is_waived_is_no_failure_in_any_form(lawful: Run, base: Path) -> None:
    edit(SYSTEM, "masking card_number as card_last_four", "")
    with SYSTEM.open("a", encoding="utf-8") as file:
        file.write(WAIVER + WAIVER.replace("recipients at 'customers *'", "cards_in_development"))
    told = Told(lawful, base, "--accept-policy-change")
    assert told.passes()
    found = [each for each in told.run["results"] if each["kind"] == "fail"]
    assert [len(each["suppressions"]) for each in found] == [1, 1]
    assert {told.came_of(rule) for rule in ("recipients", "cards_in_development")} == {"skipped"}
    assert sum("waived" in line and line.startswith("::notice ") for line in told.commands) == 2


def test_what_was_another_is_updated(lawful: Run, base: Path) -> None:
    edit(base / SYSTEM, "with express consent", "")
    edit(SYSTEM, "with express consent", "with none")
    told = Told(lawful, base)
    (result,) = told.run["results"]
    assert (result["baselineState"], result["properties"]["was"]) == ("updated", "undetermined")
    for form in ("text", "github", "gitlab", "sarif", "junit", "markdown"):
        assert "it was undetermined before" in told.texts[form], form


def test_a_rule_that_no_event_meets_any_more_fails_where_it_is_strict(
    lawful: Run, base: Path
) -> None:
    edit(SYSTEM, "for promotional_email", "for account_management")
    assert Told(lawful, base).came_of("marketing") == "skipped"
    told = Told(lawful, base, "--strict")
    assert not told.passes()
    assert told.came_of("marketing") == "failure"


def test_nothing_checked_at_all_is_no_pass_in_any_form(lawful: Run, base: Path) -> None:
    text = SYSTEM.read_text("utf-8")
    SYSTEM.write_text(text[: text.index("us {")], "utf-8")
    told = Told(lawful, base)
    assert not told.passes()
    assert told.outcome.status == 2
    assert told.run["invocations"][0]["executionSuccessful"] is False
    assert told.came_of("some rule meets an event") == "error"
    for form in names():
        assert "no rule met an event" in told.texts[form], form


def test_policies_that_were_not_compared_are_no_pass_of_theirs(lawful: Run, shop: Path) -> None:
    shutil.copy(SYSTEM, "before.flow")
    outcome = lawful("gate", SYSTEM, "--base", "before.flow", "--format", "junit")
    case = ET.fromstring(outcome.out).find(".//testcase[@name='the policy is as it was']")
    assert case is not None
    assert [each.tag for each in case] == ["skipped"]


def test_arabic_is_told_where_people_read(lawful: Run, root: Path, here: Path) -> None:
    shutil.copytree(root / "policies", "policies")
    system = "flows/callbridge/{}/card-number-through-log-pipeline.flow"
    for side in ("kept", "broken"):
        shutil.copy(root / system.format(side), f"{side}.flow")
    options = ("--base", "kept.flow", "--lang", "ar")
    for form in ("gitlab", "github", "sarif", "junit", "text", "markdown"):
        outcome = lawful("gate", "broken.flow", *options, "--format", form)
        assert outcome.status == 1, outcome.err
        assert "لا تحصل بيئات" in outcome.out, form
