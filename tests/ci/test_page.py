"""The page on CI: what its texts name is there."""

from __future__ import annotations

from typing import Any

import pytest

from lawful.cli import main
from tests.ci.conftest import ROOT, read_yaml
from tests.docs.pages import blocks

SHOWN = {
    block.title: read_yaml(block.text)
    for block in blocks(ROOT / "docs" / "ci.md")
    if block.language == "yaml"
}


def test_the_workflow_uses_the_action_with_inputs_that_it_has() -> None:
    action = read_yaml((ROOT / ".ci" / "github" / "action.yml").read_text("utf-8"))
    steps = SHOWN["github"]["jobs"]["lawful"]["steps"]
    (ours,) = (step for step in steps if step["uses"].startswith("OWNER/REPOSITORY/"))
    assert ours["uses"] == "OWNER/REPOSITORY/.ci/github@VERSION"
    assert set(ours["with"]) <= set(action["inputs"])
    uploads = [step["with"]["sarif_file"] for step in steps if "upload-sarif" in step["uses"]]
    assert uploads == [ours["with"]["sarif"]]
    for system in ours["with"]["systems"].split():
        assert (ROOT / system).is_dir()


def test_the_gate_has_inputs_and_files_that_are_there() -> None:
    action = read_yaml((ROOT / ".ci" / "github" / "action.yml").read_text("utf-8"))
    (ours,) = (
        step
        for step in SHOWN["gate"]["jobs"]["lawful"]["steps"]
        if "systems" in step.get("with", ())
    )
    assert set(ours["with"]) <= set(action["inputs"])
    uploads = [
        step["with"]["sarif_file"]
        for step in SHOWN["gate"]["jobs"]["lawful"]["steps"]
        if "upload-sarif" in step.get("uses", "")
    ]
    assert uploads == [ours["with"]["sarif"]]
    for file in (ours["with"]["systems"], *ours["with"]["with"].split()):
        assert (ROOT / file).is_file()


@pytest.mark.parametrize("shown", ["gitlab", "gitlab-gate"])
def test_the_pipeline_includes_the_template_with_variables_that_it_has(shown: str) -> None:
    (include,) = SHOWN[shown]["include"]
    template = read_yaml((ROOT / include["file"].lstrip("/")).read_text("utf-8"))
    for job, said in SHOWN[shown].items():
        if job != "include":
            assert set(said["variables"]) <= set(template[job]["variables"])


def test_the_hooks_are_there_and_what_they_are_given_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    hooks: dict[str, Any] = {
        hook["id"]: hook for hook in read_yaml((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    }
    (repository,) = SHOWN["pre-commit"]["repos"]
    for shown in repository["hooks"]:
        entry = hooks[shown["id"]]["entry"].split()[1:]
        if "args" in shown:
            assert main([*entry, *shown["args"]]) == 0
    assert capsys.readouterr().err == ""
