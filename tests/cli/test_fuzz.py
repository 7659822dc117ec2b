"""`lawful fuzz`: a change that breaks a promise, or the admission that none was found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import Run

#: A policy that no flow can break: of what it forbids there is nothing.
CALM = """policy calm
  by us
  effective 2025-01-01

data
  email
  card
subjects
  buyer
purposes
  selling
places
  FR
environments
  development
parties
  firm

attribute officer of system: one of named, outsourced

forbid no_cards: transfer of card to development
assert officers: officer in named
"""
SHOP = """system shop  for policy calm

party us  controller  in FR
subject someone  is buyer  in FR
us {
  service a  in FR
  service b  in FR
}
someone -> a : email  for selling
a -> b : email  for selling
fact officer named
"""


@pytest.fixture
def calm(here: Path) -> Path:
    (here / "calm.law").write_text(CALM, "utf-8")
    (here / "shop.flow").write_text(SHOP, "utf-8")
    return here


def test_a_break_is_told_with_the_flows_and_the_finding(lawful: Run, shop: Path) -> None:
    outcome = lawful("fuzz", "our_policy", "our_system.flow", "--rule", "cards_in_development")
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.out.startswith(
        "broken: 2 flows that break nothing one by one break cards_in_development\n"
    )
    assert "\nAdded to our_system\n" in outcome.out
    assert "seed 1, " in outcome.out
    assert "  clause   P-4" in outcome.out
    assert "  repair " in outcome.out
    assert "\nThe smallest system found in which it is so\n" in outcome.out


def test_what_is_written_is_found_broken_for_the_same_rule(lawful: Run, shop: Path) -> None:
    outcome = lawful("fuzz", "our_policy", "our_system.flow", "--format", "json", "-o", "b.flow")
    assert (outcome.status, outcome.err) == (1, "")
    found = json.loads(outcome.out)["found"]
    assert (shop / "b.flow").read_text("utf-8") == found["text"]
    assert lawful("fmt", "--check", "b.flow").status == 0
    report = lawful("check", "b.flow", "--format", "json")
    assert report.status == 1
    findings = json.loads(report.out)["reports"][0]["findings"]
    assert found["report"]["reports"][0]["findings"] == findings
    meant = [f for f in findings if f["fingerprint"] == found["fingerprint"]]
    assert [(f["verdict"], f["rule"]) for f in meant] == [("broken", found["rule"])]
    witness = {hop["flow"] for hop in meant[0]["witness"]}
    assert {flow["id"] for flow in found["flows"]} <= witness


def test_none_of_the_flows_breaks_anything_in_the_whole_system(lawful: Run, shop: Path) -> None:
    outcome = lawful("fuzz", "our_policy", "our_system.flow", "--format", "json")
    found = json.loads(outcome.out)["found"]
    text = (shop / "our_system.flow").read_text("utf-8")
    for number, line in enumerate(found["lines"]):
        (shop / f"{number}.flow").write_text(f"{text}\n{line}\n", "utf-8")
        assert lawful("check", f"{number}.flow", "--strict").status == 0, line
    (shop / "all.flow").write_text("\n".join([text, *found["lines"], ""]), "utf-8")
    assert lawful("check", "all.flow").status == 1


def test_the_document_is_valid(lawful: Run, shop: Path) -> None:
    schema = json.loads(lawful("schema", "fuzz").out)
    for more in ((), ("--rule", "lawful_basis", "--tries", "3")):
        outcome = lawful("fuzz", "our_policy", "our_system.flow", "--format", "json", *more)
        document = json.loads(outcome.out)
        jsonschema.validate(document, schema)
        assert (document["found"] is None) == (outcome.status == 0)
        assert document["tries"] == sum(rule["tries"] for rule in document["rules"])


def test_the_same_seed_gives_the_same_bytes(root: Path, shop: Path) -> None:
    def said(hash_seed: str, *more: str) -> bytes:
        paths = [str(root / "dsl"), str(root / "engine")]
        environment = {
            **os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": hash_seed,
        }  # fmt: skip
        command = [sys.executable, "-m", "lawful", "fuzz", "our_policy", *more]
        done = subprocess.run(command, env=environment, capture_output=True)
        assert done.returncode == 1, done.stderr
        return done.stdout

    for more in (("our_system.flow", "--seed", "5"), ()):
        assert said("1", *more) == said("2", *more)


def test_without_a_system_it_starts_from_small_ones(lawful: Run, shop: Path) -> None:
    outcome = lawful("fuzz", "our_policy", "--rule", "cards_in_development", "-o", "found.flow")
    assert (outcome.status, outcome.err) == (1, "")
    assert "in small systems made for the policy" in outcome.out.replace("\n", " ")
    report = lawful("check", "found.flow", "--format", "json")
    rules = {f["rule"] for f in json.loads(report.out)["reports"][0]["findings"]}
    assert "cards_in_development" in rules


def test_where_nothing_can_be_broken_nothing_is_found(lawful: Run, calm: Path) -> None:
    outcome = lawful("fuzz", "calm", "shop.flow", "-o", "found.flow")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith(
        "nothing found: no change was found that breaks a rule of calm within 1 try\n"
    )
    assert "Not found broken, tried once\n  no_cards\n" in outcome.out
    assert "no flow can break them\n  officers\n" in outcome.out
    assert not (calm / "found.flow").exists()


def test_a_fact_that_is_asserted_is_no_matter_of_flows(lawful: Run, calm: Path) -> None:
    outcome = lawful("fuzz", "calm", "shop.flow", "--rule", "officers")
    assert outcome.status == 0
    assert "no change was found that breaks officers within 0 tries" in outcome.out
    assert "Facts of the system as a whole: no flow can break them\n  officers\n" in outcome.out


def test_what_is_broken_before_is_set_aside(lawful: Run, broken: Path) -> None:
    outcome = lawful(
        "fuzz", "our_policy", "our_system.flow", "--rule", "recipients", "--format", "json"
    )
    document = json.loads(outcome.out)
    report = json.loads(lawful("check", ".", "--format", "json").out)["reports"][0]
    wrong = [f for f in report["findings"] if f["verdict"] == "broken"]
    assert document["already"] == len(wrong) > 0
    assert outcome.status == 1
    assert document["found"]["rule"] == "recipients"
    outcome = lawful("fuzz", "our_policy", "our_system.flow", "--rule", "recipients")
    assert "our_system is broken before any change: " in outcome.out
    assert f"{len(wrong)} findings set aside" in outcome.out


def test_time_that_is_over_is_told(lawful: Run, shop: Path) -> None:
    outcome = lawful("fuzz", "our_policy", "our_system.flow", "--seconds", "0.000001")
    assert outcome.status == 0
    assert "the time was over after 1e-06 s" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("our_policy", "our_system.flow", "--rule", "marketin"), "did you mean `marketing`?"),
        (("our_policy", "our_system.flow", "--seed", "one"), "Invalid value for '--seed'"),
        (("our_policy", "our_system.flow", "--tries", "0"), "Invalid value for '--tries'"),
        (("our_polcy", "our_system.flow"), "our_polcy"),
        (("our_polcy",), "our_polcy"),
        ((), "Missing argument"),
        (("our_policy", "torn.flow"), "torn.flow"),
        (("our_policy", "none.flow"), "none.flow"),
        (("common",), "is a vocabulary"),
        (("our_policy", "--on", "2001-01-01"), "no version of `our_policy` is in effect"),
    ],
)
def test_bad_input(lawful: Run, shop: Path, arguments: tuple[str, ...], said: str) -> None:
    (shop / "torn.flow").write_text("system torn  for policy our_policy\n\na -> nowhere : x\n")
    outcome = lawful("fuzz", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert "internal error" not in outcome.err
