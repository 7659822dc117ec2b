"""`lawful check`: one check, told in several forms."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lawful.reporters import names
from tests.cli.conftest import Run


@pytest.mark.parametrize("form", names())
def test_each_form_tells_a_broken_system(lawful: Run, broken: Path, form: str) -> None:
    outcome = lawful("check", ".", "--format", form)
    assert (outcome.status, outcome.err) == (1, "")
    assert "cards_in_development" in outcome.out
    assert outcome.out == lawful("check", ".", "--format", form).out


def test_further_reports_of_the_same_check(lawful: Run, broken: Path) -> None:
    reports = {"sarif": "a.sarif", "junit": "a.xml", "text": "a.txt"}
    options = [f"--report={form}={file}" for form, file in reports.items()]
    outcome = lawful("check", ".", "--format", "github", *options)
    assert outcome.status == 1
    assert outcome.out == lawful("check", ".", "--format", "github").out
    for form, file in reports.items():
        assert (broken / file).read_text("utf-8") == lawful("check", ".", "--format", form).out


@pytest.mark.parametrize("given", ["sarif", "sarif=", "=a"])
def test_a_further_report_needs_a_form_and_a_file(lawful: Run, shop: Path, given: str) -> None:
    outcome = lawful("check", ".", "--report", given)
    assert (outcome.status, outcome.out) == (2, "")
    wrong = "is not one of" if given == "=a" else f"`{given}` is not a form and a file"
    assert wrong in " ".join(outcome.err.split())


def test_a_form_that_is_not_known_is_told_before_anything_is_checked(
    lawful: Run, shop: Path
) -> None:
    outcome = lawful("check", ".", "--report", "sariff=a.sarif")
    assert (outcome.status, outcome.out) == (2, "")
    assert "'sariff' is not one of" in outcome.err


def test_what_is_undetermined_fails_a_strict_check_in_every_form(
    lawful: Run, undetermined: Path
) -> None:
    usual = lawful("check", ".", "--report", "junit=usual.xml", "--format", "github")
    strict = lawful("check", ".", "--report", "junit=strict.xml", "--format", "github", "--strict")
    assert (usual.status, strict.status) == (0, 1)
    assert ("::error " in usual.out, "::error " in strict.out) == (False, True)
    counts = [ET.parse(f"{name}.xml").getroot().attrib["failures"] for name in ("usual", "strict")]
    assert counts[0] == "0"
    assert int(counts[1]) > 0


def test_places_lead_to_the_line(lawful: Run, broken: Path) -> None:
    run = json.loads(lawful("check", "our_system.flow", "--format", "sarif").out)["runs"][0]
    lines = (broken / "our_system.flow").read_text("utf-8").split("\n")
    for result in run["results"]:
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "our_system.flow"
        region = physical["region"]
        assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].strip()
        carrier = result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
        assert carrier.split()[0] in lines[region["startLine"] - 1]
