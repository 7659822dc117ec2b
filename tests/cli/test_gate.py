"""`lawful gate`: what a change breaks that was not broken before, and what it mends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.conftest import Process, Run, edit

SYSTEM = "our_system.flow"
POLICY = "our_policy.law"


def unmask(folder: Path) -> None:
    """Let card numbers go to where they must not be."""
    edit(folder / SYSTEM, "masking card_number as card_last_four", "")


def told(lawful: Run, *arguments: str | Path) -> dict[str, Any]:
    """What the gate says as JSON, which its schema describes."""
    found = json.loads(lawful("gate", *arguments, "--format", "json").out)
    jsonschema.validate(found, json.loads(lawful("schema", "gate").out))
    assert isinstance(found, dict)
    return found


# --- findings -------------------------------------------------------------------------------------


def test_nothing_changed(lawful: Run, base: Path) -> None:
    outcome = lawful("gate", "--base", base / SYSTEM, "--head", SYSTEM, "--base-root", base)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        "passes: our_system: 0 newly broken, 0 newly undetermined, 0 mended, 0 as before\n"
    )


def test_what_is_newly_broken(lawful: Run, base: Path, shop: Path) -> None:
    unmask(shop)
    outcome = lawful("gate", "--base", base, "--head", ".")
    assert outcome.status == 1
    assert outcome.out.startswith("does not pass: our_system: ")
    assert "  newly broken: " in outcome.out
    assert "1. new: broken  " in outcome.out
    found = told(lawful, "--base", base, "--head", ".")
    assert found["passes"] is False
    assert {new["finding"]["verdict"] for new in found["new"]} == {"broken"}
    assert found["known"] == found["mended"] == []
    assert {(turned["before"], turned["after"]) for turned in found["rules"]} == {
        ("kept", "broken")
    }


def test_what_was_broken_before_is_not_told(lawful: Run, shop: Path, base: Path) -> None:
    unmask(shop)
    unmask(base)
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 0
    assert "0 newly broken, 0 newly undetermined, 0 mended, 2 as before" in outcome.out
    assert "new:" not in outcome.out


def test_what_is_mended(lawful: Run, shop: Path, base: Path) -> None:
    unmask(base)
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 0
    assert "Mended\n  broken  cards_in_development  customers -> test_copy" in outcome.out
    assert "0 newly broken, 0 newly undetermined, 2 mended, 0 as before" in outcome.out


def test_one_cause_is_told_once(lawful: Run, shop: Path, base: Path) -> None:
    edit(
        shop / SYSTEM,
        "email_address, postal_address  for transaction_completion on contract",
        "email_address, postal_address  for transaction_completion on legitimate_interest",
    )
    found = told(lawful, ".", "--base", base)
    assert len(found["new"]) > 1
    [cause] = [c for c in found["causes"] if c["rule"] == "lawful_basis"]
    assert len(cause["findings"]) > 1
    out = lawful("gate", ".", "--base", base).out
    assert out.count("new: broken  medium  our_policy  lawful_basis") == 1
    assert f"of the same cause, {len(cause['findings']) - 1} more:" in out
    assert all(fingerprint in out for fingerprint in cause["findings"])


def test_a_known_finding_that_stands_for_more_is_new(lawful: Run, shop: Path, base: Path) -> None:
    unmask(shop)
    unmask(base)
    more = "store   third_copy  development  retention 30 days\n}"
    edit(shop / SYSTEM, "}", more)
    with (shop / SYSTEM).open("a", encoding="utf-8") as file:
        file.write("test_copy -> third_copy : all  pseudonymised  for software_development\n")
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 1
    assert "broken before, and now for more events: 1" in outcome.out
    assert "it stands for 1 event more than before" in outcome.out


def test_the_least_severity(lawful: Run, shop: Path, base: Path) -> None:
    edit(shop / SYSTEM, "with express consent", "with none")
    assert lawful("gate", ".", "--base", base).status == 1
    outcome = lawful("gate", ".", "--base", base, "--fail-on", "high")
    assert outcome.status == 0
    assert "new: broken  medium  our_policy  marketing" in outcome.out


# --- what is not known ----------------------------------------------------------------------------


def test_kept_and_now_undetermined(lawful: Run, shop: Path, base: Path) -> None:
    edit(shop / SYSTEM, "for account_management", "")
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 1
    assert "undetermined, and not so before: " in outcome.out
    assert "`marketing` was kept, and is undetermined" in outcome.out


def test_broken_and_now_undetermined(lawful: Run, shop: Path, base: Path) -> None:
    edit(base / SYSTEM, "with express consent", "with none")
    edit(shop / SYSTEM, "with express consent", "")
    found = told(lawful, ".", "--base", base)
    assert found["passes"] is False
    assert [new["was"] for new in found["new"]] == ["broken"]
    assert found["mended"] == []
    out = lawful("gate", ".", "--base", base).out
    assert "it was broken before" in out
    assert "`marketing` was broken, and is undetermined" in out


def test_undetermined_before_and_now_broken(lawful: Run, shop: Path, base: Path) -> None:
    edit(base / SYSTEM, "with express consent", "")
    edit(shop / SYSTEM, "with express consent", "with none")
    found = told(lawful, ".", "--base", base)
    assert found["why"] == ["newly broken: 1"]
    assert [new["was"] for new in found["new"]] == ["undetermined"]


def test_undetermined_on_what_is_new(lawful: Run, shop: Path, base: Path) -> None:
    for folder in (shop, base):
        edit(folder / SYSTEM, "for account_management", "")
    with (shop / SYSTEM).open("a", encoding="utf-8") as file:
        file.write("newsletter -> orders : email_address\n")
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 0, outcome.out
    assert "new: undetermined" in outcome.out
    strict = lawful("gate", ".", "--base", base, "--strict")
    assert strict.status == 1
    assert "undetermined on what is new: " in strict.out


def test_a_rule_that_no_event_meets_any_more_is_told(lawful: Run, shop: Path, base: Path) -> None:
    edit(shop / SYSTEM, "for promotional_email", "for account_management")
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 0
    assert "our_policy marketing: kept -> not exercised: no event meets it any more" in outcome.out
    strict = lawful("gate", ".", "--base", base, "--strict")
    assert strict.status == 1
    assert "`marketing` was kept, and no event meets it now" in strict.out


def test_nothing_checked_at_all(lawful: Run, shop: Path, base: Path) -> None:
    text = (shop / SYSTEM).read_text("utf-8")
    (shop / SYSTEM).write_text(text[: text.index("us {")], "utf-8")
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 2
    assert "nothing was checked: no rule met an event" in outcome.out


# --- policies and facts ---------------------------------------------------------------------------


def test_a_policy_that_changed(lawful: Run, shop: Path, base: Path) -> None:
    edit(shop / POLICY, "contract_term + 6 months", "contract_term + 9 months")
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 1
    assert "  the policy `our_policy` changed, and that is not accepted\n" in outcome.out
    assert "The policy our_policy\nchanged  rule  how_long  P-7\n" in outcome.out
    assert "[-6-] {+9+}" in outcome.out
    assert lawful("gate", ".", "--base", base, "--accept-policy-change").status == 0


def test_a_policy_that_is_only_reworded(lawful: Run, shop: Path, base: Path) -> None:
    edit(shop / POLICY, "Marketing needs express consent.", "No marketing without express consent.")
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 0
    assert "reworded  rule  marketing" in outcome.out


def test_a_severity_that_changed(lawful: Run, shop: Path, base: Path) -> None:
    edit(shop / POLICY, "  severity critical\n", "  severity low\n")
    outcome = lawful("gate", ".", "--base", base, "--fail-on", "high")
    assert outcome.status == 1
    assert "changed  severity  cards_in_development\n  [-critical-] {+low+}" in outcome.out


def test_a_policy_that_is_no_longer_asked(lawful: Run, shop: Path, base: Path) -> None:
    (base / "second.law").write_text(
        "policy second\n  by us\n  effective 2025-01-01\n\nuse common\n\n"
        "forbid mail: use of personal_data for marketing\n",
        "utf-8",
    )
    edit(base / SYSTEM, "for policy our_policy", "for policy our_policy, second")
    found = told(lawful, ".", "--base", base)
    assert found["why"] == ["the policy `second` changed, and that is not accepted"]
    assert [one["rule"] for one in found["unasked"]] == ["mail"]
    assert found["mended"] == []
    accepted = lawful("gate", ".", "--base", base, "--accept-policy-change")
    assert accepted.status == 0
    assert "Gone with their rule\n  broken  mail" in accepted.out


def test_a_vocabulary_that_changed(lawful: Run, shop: Path, base: Path) -> None:
    for folder in (shop, base):
        edit(folder / POLICY, "use common ", "use common, words ")
        (folder / "words.law").write_text(
            "vocabulary words\n\nuse common\n\ndata\n  loyalty is personal_data\n", "utf-8"
        )
    (shop / "words.law").write_text(
        "vocabulary words\n\nuse common\n\ndata\n  loyalty is all_data\n  stamp is all_data\n",
        "utf-8",
    )
    outcome = lawful("gate", ".", "--base", base)
    assert outcome.status == 1
    assert "a vocabulary changed, and that is not accepted" in outcome.out
    assert "changed  term  data loyalty\n  loyalty is [-personal_data-] {+all_data+}" in outcome.out
    edit(shop / "words.law", "loyalty is all_data", "loyalty is personal_data")
    more = lawful("gate", ".", "--base", base)
    assert more.status == 0, "a word that is added changes nothing that was said"
    assert "added  term  data stamp" in more.out


def test_policies_that_lie_together_are_not_compared(lawful: Run, shop: Path) -> None:
    shutil.copy(SYSTEM, "before.flow")
    outcome = lawful("gate", SYSTEM, "--base", "before.flow")
    assert outcome.status == 0
    said = "The policy our_policy: the same file before and now, so not compared"
    assert said in outcome.out


def test_the_other_checkout_is_seen_from_where_both_lie(
    lawful: Run, base: Path, shop: Path
) -> None:
    for folder in (shop, base):
        (folder / "flows").mkdir()
        (folder / SYSTEM).rename(folder / "flows" / SYSTEM)
        (folder / "policies").mkdir()
        (folder / POLICY).rename(folder / "policies" / POLICY)
    edit(shop / "policies" / POLICY, "+ 6 months", "+ 9 months")
    outcome = lawful("gate", f"flows/{SYSTEM}", "--base", base / "flows" / SYSTEM)
    assert outcome.status == 1
    assert "changed  rule  how_long" in outcome.out
    named = ("--policy", f"policies/{POLICY}")
    outcome = lawful("gate", f"flows/{SYSTEM}", "--base", base / "flows" / SYSTEM, *named)
    assert "changed  rule  how_long" in outcome.out, "a file that is named is that of the checkout"


def test_what_the_system_says_of_itself(lawful: Run, shop: Path, base: Path) -> None:
    edit(shop / SYSTEM, "acting for us  in DE  under dpa", "acting for us  in DE, FR")
    with (shop / SYSTEM).open("a", encoding="utf-8") as file:
        file.write("orders -> newsletter : email_address  for promotional_email\n")
    out = lawful("gate", ".", "--base", base).out
    assert "What the system says is not what it said\n" in out
    assert "  party cloud_house: contracts: dpa -> not said\n" in out
    assert "  flow orders -> newsletter: comes, " in out
    assert out.index("What the system says") < out.index("new: ") if "new: " in out else True


# --- baselines and fingerprints -------------------------------------------------------------------


def test_a_baseline_keeps_what_was_found(lawful: Run, shop: Path) -> None:
    unmask(shop)
    assert lawful("gate", ".", "--write-baseline", "was.json").status == 0
    jsonschema.validate(
        json.loads(Path("was.json").read_text("utf-8")),
        json.loads(lawful("schema", "baseline").out),
    )
    outcome = lawful("gate", ".", "--baseline", "was.json")
    assert outcome.status == 0
    assert "2 as before" in outcome.out
    edit(shop / POLICY, "+ 6 months", "+ 9 months")
    edit(shop / SYSTEM, "with express consent", "with none")
    outcome = lawful("gate", ".", "--baseline", "was.json")
    assert outcome.status == 1
    assert "[-6-] {+9+}" in outcome.out, "a baseline has the policy as it was"
    assert "1. new: broken  medium  our_policy  marketing" in outcome.out


def test_fingerprints_are_of_what_is_said(lawful: Run, shop: Path) -> None:
    """Renamed files, moved lines and another order change nothing."""
    unmask(shop)
    with (shop / SYSTEM).open("a", encoding="utf-8") as file:
        file.write("orders -> cloud_house : card_number  for hosting  tls\n")
        file.write("orders -> cloud_house : card_number  for hosting  with express consent\n")
    assert lawful("gate", ".", "--write-baseline", "was.json").status == 0
    before = json.loads(Path("was.json").read_text("utf-8"))["record"]["findings"]
    text = (shop / SYSTEM).read_text("utf-8")
    head, flows = text.split("# A flow:", 1)
    lines = [line for line in flows.split("\n")[2:] if line]
    named = head.replace("\nsubject", "\n\n\nsubject")
    (shop / "other.flow").write_text(named + "\n\n" + "\n".join(reversed(lines)) + "\n", "utf-8")
    (shop / SYSTEM).unlink()
    law = (shop / POLICY).read_text("utf-8")
    start, *rules = law.split("\n\n# ")
    (shop / POLICY).unlink()
    (shop / "renamed.law").write_text(
        start + "\n\n\n# " + "\n\n# ".join([rules[1], rules[0], rules[2]]), "utf-8"
    )
    outcome = lawful("gate", "other.flow", "--baseline", "was.json")
    assert outcome.status == 0, outcome.out
    assert f"0 mended, {len(before)} as before" in outcome.out
    assert len(before) > 3
    assert "policy" not in outcome.out


def test_a_rule_that_was_renamed_has_its_findings_still(lawful: Run, shop: Path) -> None:
    unmask(shop)
    lawful("gate", ".", "--write-baseline", "was.json")
    edit(shop / POLICY, "forbid cards_in_development:", "forbid dev_cards:")
    lost = lawful("gate", ".", "--baseline", "was.json", "--accept-policy-change")
    assert lost.status == 1
    edit(
        shop / POLICY,
        "  severity critical\n",
        "  severity critical\n  formerly cards_in_development\n",
    )
    kept = lawful("gate", ".", "--baseline", "was.json", "--accept-policy-change")
    assert kept.status == 0
    assert "0 mended, 2 as before" in kept.out


def test_a_node_that_was_renamed_has_its_findings_still(lawful: Run, shop: Path) -> None:
    unmask(shop)
    lawful("gate", ".", "--write-baseline", "was.json")
    text = (shop / SYSTEM).read_text("utf-8")
    renamed = text.replace("test_copy", "trial_copy").replace("customers", "clients")
    (shop / SYSTEM).write_text(renamed, "utf-8")
    lost = lawful("gate", ".", "--baseline", "was.json")
    assert lost.status == 1
    assert "2 mended, 0 as before" in " ".join(lost.out.split())
    edit(shop / SYSTEM, "store   trial_copy ", "store   trial_copy  formerly test_copy ")
    edit(shop / SYSTEM, "store   clients ", "store   clients  formerly customers, buyers ")
    kept = lawful("gate", ".", "--baseline", "was.json")
    assert kept.status == 0, kept.out
    passes = "passes: our_system: 0 newly broken, 0 newly undetermined, 0 mended, 2 as before\n"
    assert kept.out.startswith(passes)
    assert "flow clients -> trial_copy: source: customers -> clients" in kept.out
    lawful("gate", ".", "--write-baseline", "now.json")
    assert lawful("gate", ".", "--baseline", "now.json").out == passes


def test_no_node_was_formerly_one_that_is_there(lawful: Run, shop: Path) -> None:
    edit(shop / SYSTEM, "store   test_copy ", "store   test_copy  formerly customers ")
    outcome = lawful("check", ".")
    assert outcome.status == 2
    assert "`test_copy` was formerly `customers`, which is a node of its own" in outcome.err


def test_a_baseline_has_the_same_bytes_whatever_the_hash_seed(process: Process, shop: Path) -> None:
    import os

    for seed in "12":
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        environment["PYTHONPATH"] = os.pathsep.join(
            str(Path(__file__).parents[2] / name) for name in ("dsl", "engine")
        )
        done = process("gate", ".", "--write-baseline", f"{seed}.json", env=environment)
        assert done.wait(60) == 0
    assert Path("1.json").read_bytes() == Path("2.json").read_bytes()


# --- where people look ----------------------------------------------------------------------------


def test_annotations_are_of_reasons_and_causes(lawful: Run, base: Path, shop: Path) -> None:
    unmask(shop)
    told = lawful("gate", "--base", base, "--head", ".", "--format", "github")
    assert told.status == 1
    first, *commands = told.out.splitlines()
    assert first.startswith("does not pass: our_system: 2 newly broken")
    assert [line.split(" ", 1)[0] for line in commands] == ["::error"] * 3
    assert "title=the gate does not pass::newly broken: 2" in commands[0]
    assert all("file=our_system.flow,line=" in line for line in commands)
    assert "title=new%3A broken%3A our_policy cards_in_development (P-4)::" in told.out


def test_one_cause_is_one_annotation(lawful: Run, base: Path, shop: Path) -> None:
    edit(shop / SYSTEM, "for account_management", "")
    told = lawful("gate", "--base", base, "--head", ".", "--format", "github")
    causes = json.loads(lawful("gate", "--base", base, "--head", ".", "--format", "json").out)
    annotated = [line for line in told.out.splitlines() if "title=new%3A" in line]
    assert len(annotated) == len(causes["causes"]) < len(causes["new"])
    assert "of the same cause: " in told.out


def test_a_policy_that_changed_is_annotated(lawful: Run, base: Path, shop: Path) -> None:
    edit(shop / POLICY, "  severity critical\n", "  severity low\n")
    told = lawful("gate", "--base", base, "--head", ".", "--format", "github").out
    said = "title=the policy our_policy changed::changed severity cards_in_development\n"
    assert f"::error file=our_system.flow,line=3,col=1,{said}" in told
    told = lawful(
        "gate", "--base", base, "--head", ".", "--format", "github", "--accept-policy-change"
    ).out
    assert f"::warning file=our_system.flow,line=3,col=1,{said}" in told
    assert "::error" not in told


def test_what_is_mended_is_a_notice(lawful: Run, base: Path, shop: Path) -> None:
    unmask(base)
    told = lawful("gate", "--base", base, "--head", ".", "--format", "github")
    assert told.status == 0
    assert told.out.startswith("passes: our_system")
    assert told.out.count("::notice ") == 2
    assert "title=mended::our_policy cards_in_development at customers -> test_copy" in told.out


def test_the_comment_says_why_then_what_then_all(lawful: Run, base: Path, shop: Path) -> None:
    unmask(shop)
    lawful("gate", "--base", base, "--head", ".", "--report", "markdown=c.md", "-o", "g.txt")
    comment = Path("c.md").read_text("utf-8")
    assert comment.startswith("<!-- lawful -->\n### does not pass: our&#95;system: 2 newly broken")
    assert "\n- newly broken: 2\n" in comment
    assert comment.count("| critical, broken | `cards_in_development` (P-4) |") == 1
    whole = Path("g.txt").read_text("utf-8")
    assert whole.splitlines()[-1] in comment
    assert len(comment) < 65_536


def test_a_comment_is_never_too_long(lawful: Run, shop: Path) -> None:
    lawful("gate", ".", "--write-baseline", "was.json")
    unmask(shop)
    nodes = "".join(f"  store   copy_{n:03}   development  retention 30 days\n" for n in range(90))
    flows = "".join(
        f"customers -> copy_{n:03} : card_number  for software_development\n" for n in range(90)
    )
    edit(shop / SYSTEM, "  store   test_copy", f"{nodes}  store   test_copy")
    with (shop / SYSTEM).open("a", encoding="utf-8") as file:
        file.write(flows)
    lawful("gate", ".", "--baseline", "was.json", "--report", "markdown=c.md")
    comment = Path("c.md").read_text("utf-8")
    assert 20_000 < len(comment) < 65_536
    assert " causes more\n" in comment
    assert "\n...\n" in comment


# --- misuse ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((".",), "tells of one state of a system, so there is nothing to compare"),
        ((".", "--head", ".", "--base", "."), "give only one of SYSTEM and --head"),
        (("--base", "."), "give SYSTEM, or one of SYSTEM, --head"),
        ((".", "--base", ".", "--baseline", "x"), "give only one of --base and --baseline"),
        ((".", "--baseline", "x", "--base-root", "."), "--base-root is another checkout"),
        ((".", "--baseline", "none.json"), "cannot read the baseline `none.json`"),
        ((".", "--baseline", POLICY), f"`{POLICY}` is no baseline that this version can read"),
    ],
)
def test_misuse(lawful: Run, shop: Path, arguments: tuple[str, ...], message: str) -> None:
    outcome = lawful("gate", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
