"""The action of GitHub: its scripts, run as a runner runs them, and its inputs, which they all obey."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.ci.conftest import ROOT, Script, read_yaml

FOLDER = ROOT / ".ci" / "github"
CHECK = FOLDER / "check"


def test_a_broken_system_is_told_everywhere(script: Script, project: Path) -> None:
    summary, output = project / "summary.md", project / "output"
    summary.write_text("before\n")
    done = script(
        CHECK,
        LAWFUL_SYSTEMS="broken.flow\n\nkept.flow\n",
        LAWFUL_SARIF="a b.sarif",
        LAWFUL_JUNIT="lawful.xml",
        LAWFUL_COMMENT="comment.md",
        GITHUB_STEP_SUMMARY=summary,
        GITHUB_OUTPUT=output,
    )
    assert (done.returncode, done.stderr) == (1, "")
    errors = [line for line in done.stdout.split("\n") if line.startswith("::error file=")]
    assert len(errors) == 2
    assert all("file=broken.flow,line=" in line for line in errors)
    assert output.read_text() == "status=1\n"
    comment = Path("comment.md").read_text("utf-8")
    assert comment.startswith("<!-- lawful -->\n### broken: 2 systems: 1 broken, 1 kept\n")
    assert summary.read_text("utf-8") == f"before\n{comment}"
    assert len(json.loads(Path("a b.sarif").read_text("utf-8"))["runs"][0]["results"]) == 2
    assert ET.parse("lawful.xml").getroot().attrib["failures"] != "0"


@pytest.mark.parametrize(("strict", "status"), [("false", 0), ("true", 1)])
def test_what_is_undetermined_fails_where_it_is_strict(
    script: Script, strict: str, status: int
) -> None:
    done = script(CHECK, LAWFUL_SYSTEMS="undetermined.flow", LAWFUL_STRICT=strict)
    assert done.returncode == status
    assert ("::error " in done.stdout, "::warning " in done.stdout) == (bool(status), not status)


def test_other_policies_and_dates_are_taken(script: Script) -> None:
    done = script(
        CHECK, LAWFUL_SYSTEMS="kept.flow", LAWFUL_POLICIES="our_policy", LAWFUL_ON="2031-02-03"
    )
    assert "under our_policy on 2031-02-03" in done.stdout
    assert script(CHECK, LAWFUL_SYSTEMS="kept.flow", LAWFUL_POLICIES="other").returncode == 2


@pytest.mark.parametrize("systems", ["torn.flow", "nowhere.flow", "", "--help", "$(touch pwned)"])
def test_what_could_not_be_checked_is_no_pass(script: Script, project: Path, systems: str) -> None:
    Path("comment.md").write_text("of the check before")
    done = script(
        CHECK,
        LAWFUL_SYSTEMS=systems,
        LAWFUL_COMMENT="comment.md",
        GITHUB_STEP_SUMMARY=project / "summary.md",
        GITHUB_OUTPUT=project / "output",
    )
    assert done.returncode == 2
    assert done.stdout == "::error title=Lawful could not check::The log of this step says why.\n"
    assert all(line.startswith("lawful: ") for line in done.stderr.splitlines())
    assert "##[" not in done.stderr
    assert "### Lawful could not check" in (project / "summary.md").read_text()
    assert Path("comment.md").read_text() == (project / "summary.md").read_text()
    assert (project / "output").read_text() == "status=2\n"
    assert not (project / "pwned").exists()


def test_a_change_is_gated(script: Script, project: Path) -> None:
    (project / "was").mkdir()
    for name in ("kept.flow", "our_policy.law"):
        (project / "was" / name).write_text((project / name).read_text("utf-8"), "utf-8")
    (project / "kept.flow").write_text((project / "broken.flow").read_text("utf-8"), "utf-8")
    given = {
        "LAWFUL_GATE": "true",
        "LAWFUL_SYSTEMS": "kept.flow",
        "LAWFUL_BASE": "was/kept.flow",
        "LAWFUL_BASE_ROOT": "was",
        "LAWFUL_COMMENT": "comment.md",
    }
    done = script(CHECK, **given)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("does not pass: our_system: 2 newly broken")
    assert done.stdout.count("::error ") == 3
    comment = Path("comment.md").read_text("utf-8")
    assert comment.startswith("<!-- lawful -->\n### does not pass: our")
    policy = project / "our_policy.law"
    policy.write_text(policy.read_text("utf-8").replace("severity critical", "severity low"))
    (project / "kept.flow").write_text((project / "was" / "kept.flow").read_text("utf-8"))
    assert script(CHECK, **given).returncode == 1
    assert script(CHECK, **given, LAWFUL_ACCEPT_POLICY_CHANGE="true").returncode == 0


def test_a_gate_without_a_base_could_not_be_asked(script: Script) -> None:
    done = script(CHECK, LAWFUL_GATE="true", LAWFUL_SYSTEMS="kept.flow")
    assert done.returncode == 2
    assert "nothing to compare" in done.stderr


def test_a_gate_is_told_in_every_form(script: Script, project: Path) -> None:
    given = {
        "LAWFUL_GATE": "true",
        "LAWFUL_SYSTEMS": "broken.flow",
        "LAWFUL_BASE": "kept.flow",
        "LAWFUL_SARIF": "gate.sarif",
        "LAWFUL_JUNIT": "gate.xml",
    }
    assert script(CHECK, **given).returncode == 1
    (run,) = json.loads(Path("gate.sarif").read_text("utf-8"))["runs"]
    assert [each["baselineState"] for each in run["results"]] == ["new", "new"]
    assert ET.parse("gate.xml").getroot().attrib["failures"] == "3"


def test_paths_have_spaces_and_line_ends_of_other_machines(script: Script, project: Path) -> None:
    folder = project / "our [flows] *"
    folder.mkdir()
    for name in ("kept.flow", "our_policy.law"):
        (folder / name).write_text((project / name).read_text("utf-8"), "utf-8")
    systems = "  our [flows] */kept.flow\r\n\tkept.flow  \r\n"
    done = script(CHECK, LAWFUL_SYSTEMS=systems, LAWFUL_COMMENT="new folder/our comment.md")
    assert (done.returncode, done.stderr) == (0, "")
    comment = (project / "new folder" / "our comment.md").read_text("utf-8")
    assert comment.startswith("<!-- lawful -->\n### kept: 2 systems: 2 kept")


@pytest.mark.parametrize(
    "name", ["gate", "strict", "accept_policy_change", "accept_overlay_change"]
)
@pytest.mark.parametrize("said", ["False", "no", "yes", "1"])
def test_what_is_neither_true_nor_false_is_not_guessed_at(
    script: Script, project: Path, name: str, said: str
) -> None:
    given = {f"LAWFUL_{name.upper()}": said, "GITHUB_OUTPUT": project / "output"}
    done = script(CHECK, LAWFUL_SYSTEMS="kept.flow", **given)
    assert done.returncode == 2
    assert f"the input `{name}` is neither true nor false: {said}\n" in done.stderr
    assert done.stdout.startswith("::error title=Lawful could not check::")
    assert (project / "output").read_text() == "status=2\n"


def test_it_is_installed_from_its_own_version(script: Script, tmp_path: Path) -> None:
    bin_ = tmp_path / "runner" / "lawful" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / "python").symlink_to(tmp_path / "bin" / "python3")
    done = script(
        FOLDER / "install", RUNNER_TEMP=tmp_path / "runner", GITHUB_PATH=tmp_path / "path"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "path").read_text() == f"{bin_}\n"
    made, installed = (tmp_path / "installed").read_text().splitlines()
    assert made == f"python3 -m venv {tmp_path / 'runner' / 'lawful'}"
    assert installed.endswith(f"-m pip install --quiet --disable-pip-version-check {ROOT}")


def test_each_input_goes_to_the_script_and_none_is_read_as_a_command() -> None:
    action = read_yaml((FOLDER / "action.yml").read_text("utf-8"))
    steps = action["runs"]["steps"]
    assert [step["run"] for step in steps] == [
        f'"$GITHUB_ACTION_PATH/{name}"' for name in ("install", "check")
    ]
    given = {f"LAWFUL_{name.upper()}": f"${{{{ inputs.{name} }}}}" for name in action["inputs"]}
    assert steps[1]["env"] == given
    text = CHECK.read_text("utf-8")
    assert [name for name in given if f"${{{name}:-" not in text] == []
    for name, said in action["inputs"].items():
        assert said["description"]
        assert ("default" in said) != (name == "systems")
