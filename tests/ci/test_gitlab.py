"""The templates of GitLab: the commands of their jobs, run as a runner runs them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from lawful.cli import main
from tests.ci.conftest import ROOT, Script, read_yaml

TEMPLATES = ROOT / ".ci" / "gitlab"
#: What the runner says, and no template.
GIVEN = {"CI_MERGE_REQUEST_DIFF_BASE_SHA"}


@pytest.fixture
def job() -> dict[str, Any]:
    return dict(read_yaml((TEMPLATES / "lawful.yml").read_text("utf-8"))["lawful"])


@pytest.fixture
def gate() -> dict[str, Any]:
    return dict(read_yaml((TEMPLATES / "gate.yml").read_text("utf-8"))["lawful-gate"])


@pytest.fixture(params=["sh", "bash"])
def shell(request: pytest.FixtureRequest) -> str:
    """The shells that runners have."""
    return str(request.param)


def run(
    script: Script, job: dict[str, Any], *, shell: str = "sh", **variables: str
) -> tuple[int, str, str]:
    """The commands of the job with its variables, some of which have other values."""
    lines = [*job["before_script"], *job["script"]]
    assert set(variables) <= {*job["variables"], *GIVEN}
    done = script(shell, "-ec", "\n".join(lines), **{**job["variables"], **variables})
    return done.returncode, done.stdout, done.stderr


def git(*arguments: str) -> str:
    """What git says in the working directory, as nobody in particular."""
    who = ("-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *who, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


@pytest.fixture
def begun(project: Path) -> str:
    """The commit that a merge request began with; what it changed lies in the working directory."""
    git("init", "--quiet")
    Path("our system.flow").write_text(Path("kept.flow").read_text("utf-8"), "utf-8")
    git("add", ".")
    git("commit", "--quiet", "-m", "as it was")
    commit = git("rev-parse", "HEAD")
    Path("our system.flow").write_text(Path("broken.flow").read_text("utf-8"), "utf-8")
    return commit


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


def test_paths_have_spaces(script: Script, job: dict[str, Any], project: Path, shell: str) -> None:
    Path("our *.flow").write_text(Path("kept.flow").read_text("utf-8"), "utf-8")
    status, out, err = run(
        script, job, shell=shell, LAWFUL_INSTALL="a", LAWFUL_SYSTEMS="our *.flow\nkept.flow\n"
    )
    assert (status, err) == (0, "")
    assert out.startswith("kept: 2 systems: 2 kept")


# --- the gate -------------------------------------------------------------------------------------


def test_a_change_is_gated(script: Script, gate: dict[str, Any], begun: str, shell: str) -> None:
    status, out, err = run(
        script,
        gate,
        shell=shell,
        LAWFUL_INSTALL="a",
        LAWFUL_SYSTEM="our system.flow",
        CI_MERGE_REQUEST_DIFF_BASE_SHA=begun,
    )
    assert (status, err) == (1, "")
    assert out.startswith("does not pass: our_system: 2 newly broken")
    reports = gate["artifacts"]["reports"]
    assert gate["artifacts"]["when"] == "always"
    entries = json.loads(Path(reports["codequality"]).read_text("utf-8"))
    assert {entry["location"]["path"] for entry in entries} == {"our system.flow"}
    assert ET.parse(reports["junit"]).getroot().attrib["failures"] == "3"
    assert len(git("worktree", "list").splitlines()) == 1, "nothing is left behind"


def test_a_gate_takes_what_it_is_told(script: Script, gate: dict[str, Any], begun: str) -> None:
    given = {"LAWFUL_INSTALL": "a", "LAWFUL_SYSTEM": "our system.flow", "LAWFUL_BASE": begun}
    policy = Path("our_policy.law")
    policy.write_text(policy.read_text("utf-8").replace("+ 6 months", "+ 9 months"), "utf-8")
    Path("our system.flow").write_text(Path("kept.flow").read_text("utf-8"), "utf-8")
    status, out, _ = run(script, gate, **given)
    assert (status, "policy `our_policy` changed" in out) == (1, True)
    status, out, _ = run(script, gate, **given, LAWFUL_ACCEPT_POLICY_CHANGE="yes")
    assert (status, out.split(":")[0]) == (0, "passes")
    status, out, _ = run(script, gate, **given, LAWFUL_POLICIES="our_policy.law", LAWFUL_STRICT="y")
    assert status == 1
    baseline = Path("known.json")
    assert main(["gate", "broken.flow", "--write-baseline", str(baseline)]) == 0
    given |= {"LAWFUL_SYSTEM": "broken.flow", "LAWFUL_BASELINE": str(baseline)}
    status, out, _ = run(script, gate, **given, LAWFUL_WITH="more.flow")
    assert status == 2
    status, out, _ = run(script, gate, **given, LAWFUL_FAIL_ON="high", LAWFUL_ON="2026-01-01")
    assert (status, "0 mended, 2 as before" in out) == (0, True)


@pytest.mark.parametrize("base", ["", "0" * 40, "no-such-branch", "--help", "$(touch pwned)"])
def test_a_gate_with_no_base_is_no_pass(
    script: Script, gate: dict[str, Any], begun: str, base: str, shell: str, project: Path
) -> None:
    given = {"LAWFUL_INSTALL": "a", "LAWFUL_SYSTEM": "our system.flow", "LAWFUL_BASE": base}
    status, out, err = run(script, gate, shell=shell, **given)
    assert status != 0
    assert (out, bool(err)) == ("", True)
    assert not (project / "pwned").exists()


def test_a_system_that_is_new_is_no_pass(script: Script, gate: dict[str, Any], begun: str) -> None:
    Path("new.flow").write_text(Path("kept.flow").read_text("utf-8"), "utf-8")
    given = {"LAWFUL_INSTALL": "a", "LAWFUL_SYSTEM": "new.flow", "LAWFUL_BASE": begun}
    status, out, err = run(script, gate, **given)
    assert (status, out) == (2, "")
    assert "/new.flow` to compare with" in err
    assert "a system that is new is asked what is broken: lawful check" in err


def test_a_plan_tells_of_itself_what_was(
    script: Script, gate: dict[str, Any], root: Path, project: Path
) -> None:
    shutil.copytree(root / "flows" / "callbridge" / "infrastructure", "infra")
    shutil.copytree(root / "policies", "policies")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "as it was")
    status, out, err = run(
        script,
        gate,
        LAWFUL_INSTALL="a",
        LAWFUL_SYSTEM="infra/change.json",
        LAWFUL_PLAN="yes",
        LAWFUL_WITH="infra/overlay.flow infra/change.flow",
        LAWFUL_BASE="HEAD",
    )
    assert status == 1, err
    assert out.startswith("does not pass: ")
