"""The template of GitLab: the commands of its job, run as a runner runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.ci.conftest import ROOT, Script, read_yaml


@pytest.fixture
def job() -> dict[str, Any]:
    text = (ROOT / ".ci" / "gitlab" / "lawful.yml").read_text("utf-8")
    return dict(read_yaml(text)["lawful"])


def run(script: Script, job: dict[str, Any], **variables: str) -> tuple[int, str, str]:
    """The commands of the job with its variables, some of which have other values."""
    lines = [*job["before_script"], *job["script"]]
    assert set(variables) <= set(job["variables"])
    done = script("sh", "-ec", "\n".join(lines), **{**job["variables"], **variables})
    return done.returncode, done.stdout, done.stderr


def test_a_broken_system_is_told_in_the_reports(
    script: Script, job: dict[str, Any], tmp_path: Path
) -> None:
    wheel = "lawful-0.1.0-py3-none-any.whl"
    status, out, _ = run(script, job, LAWFUL_INSTALL=wheel, LAWFUL_SYSTEMS="broken.flow kept.flow")
    assert status == 1
    assert out.startswith("broken: 2 systems: 1 broken, 1 kept\n")
    reports = job["artifacts"]["reports"]
    assert job["artifacts"]["when"] == "always"
    entries = json.loads(Path(reports["codequality"]).read_text("utf-8"))
    assert {entry["location"]["path"] for entry in entries} == {"broken.flow"}
    assert ET.parse(reports["junit"]).getroot().attrib["tests"] == "10"
    assert (tmp_path / "installed").read_text().endswith(f" {wheel}\n")


def test_what_is_undetermined_fails_where_it_is_strict(script: Script, job: dict[str, Any]) -> None:
    given = {"LAWFUL_INSTALL": "lawful.whl", "LAWFUL_SYSTEMS": "undetermined.flow"}
    assert run(script, job, **given)[0] == 0
    assert run(script, job, **given, LAWFUL_STRICT="yes")[0] == 1


def test_other_policies_and_dates_are_taken(script: Script, job: dict[str, Any]) -> None:
    given = {"LAWFUL_INSTALL": "lawful.whl", "LAWFUL_SYSTEMS": "kept.flow"}
    _, out, _ = run(script, job, **given, LAWFUL_POLICIES="our_policy", LAWFUL_ON="2031-02-03")
    assert "under our_policy on 2031-02-03" in out
    assert run(script, job, **given, LAWFUL_POLICIES="our_policy other")[0] == 2


def test_nothing_to_check_and_nothing_to_install_are_no_pass(
    script: Script, job: dict[str, Any]
) -> None:
    status, _, err = run(script, job, LAWFUL_INSTALL="lawful.whl")
    assert (status != 0, "LAWFUL_SYSTEMS: it says what to check" in err) == (True, True)
    status, _, err = run(script, job, LAWFUL_SYSTEMS="kept.flow")
    assert (status != 0, "LAWFUL_INSTALL: it says what pip installs" in err) == (True, True)


def test_no_value_is_read_as_a_command(script: Script, job: dict[str, Any], project: Path) -> None:
    for systems in ("$(touch pwned)", "`touch pwned`", "*.flow;touch pwned", "--help"):
        status, out, _ = run(script, job, LAWFUL_INSTALL="a;touch pwned", LAWFUL_SYSTEMS=systems)
        assert (status, out) == (2, "")
    assert not (project / "pwned").exists()
