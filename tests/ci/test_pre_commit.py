"""The hooks of pre-commit, run as it runs them: with its arguments, and the files of the commit or none."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.ci.conftest import ROOT, Script, read_yaml

HOOKS = {
    hook["id"]: hook for hook in read_yaml((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}


def run(script: Script, name: str, files: Sequence[str], *arguments: str) -> int:
    hook = HOOKS[name]
    taken = [file for file in files if re.search(hook["files"], file)]
    passed = taken if hook.get("pass_filenames", True) else []
    done = script(*shlex.split(hook["entry"]), *arguments, *passed)
    return done.returncode


def test_each_hook_is_an_installed_command() -> None:
    for name, hook in HOOKS.items():
        assert hook["language"] == "python"  # pip installs the repository
        assert hook["entry"] == f"lawful {name.removeprefix('lawful-')}"
        assert re.search(hook["files"], "a/b.flow")
        assert re.search(hook["files"], "b.law")
        assert not re.search(hook["files"], "a.flowchart")
        imported = {"a/compose.yaml", "main.tf", "plan.json", ".env"}
        seen = {file for file in imported if re.search(hook["files"], file)}
        assert seen == (imported if name in ("lawful-check", "lawful-gate") else set())


@pytest.mark.parametrize(
    ("system", "status"), [("kept.flow", 0), ("broken.flow", 1), ("torn.flow", 2)]
)
def test_check_goes_over_its_arguments_alone(script: Script, system: str, status: int) -> None:
    assert run(script, "lawful-check", ["torn.flow", "our_policy.law"], system) == status


def test_check_without_arguments_is_no_pass(script: Script) -> None:
    assert run(script, "lawful-check", ["kept.flow"]) == 2


def test_gate_goes_over_its_arguments_alone(script: Script) -> None:
    assert run(script, "lawful-gate", [], "kept.flow", "--write-baseline", "known file.json") == 0
    baseline = ("--baseline", "known file.json")
    assert run(script, "lawful-gate", ["torn.flow"], "kept.flow", *baseline) == 0
    assert run(script, "lawful-gate", ["kept.flow"], "broken.flow", *baseline) == 1
    assert run(script, "lawful-gate", ["kept.flow"], "torn.flow", *baseline) == 2
    assert run(script, "lawful-gate", ["kept.flow"], "kept.flow") == 2


def test_names_with_spaces_are_taken(script: Script, project: Path) -> None:
    text = Path("kept.flow").read_text("utf-8")
    Path("our *.flow").write_text(text.replace(" -> ", "  ->  "), "utf-8")
    assert run(script, "lawful-fmt", ["our *.flow"]) == 0
    assert Path("our *.flow").read_text("utf-8") == text
    assert run(script, "lawful-check", ["kept.flow"], "our *.flow") == 0


def test_fmt_changes_the_files_of_the_commit(script: Script, project: Path) -> None:
    text = Path("kept.flow").read_text("utf-8")
    Path("kept.flow").write_text(text.replace(" -> ", "  ->  "), "utf-8")
    others = Path("broken.flow").read_text("utf-8")
    assert run(script, "lawful-fmt", ["kept.flow", "README.md", "our_policy.law"]) == 0
    assert Path("kept.flow").read_text("utf-8") == text
    assert Path("broken.flow").read_text("utf-8") == others
    assert run(script, "lawful-fmt", ["torn.flow"]) == 2


def test_lint_goes_over_the_files_of_the_commit(script: Script) -> None:
    assert run(script, "lawful-lint", ["our_policy.law", "kept.flow"]) == 0
    with Path("our_policy.law").open("a", encoding="utf-8") as policy:
        policy.write("\nforbid without_a_clause: collection of name\n")
    assert run(script, "lawful-lint", ["our_policy.law", "kept.flow"]) == 1


def test_tests_are_run(script: Script, project: Path) -> None:
    assert run(script, "lawful-test", [], str(ROOT / "policies" / "appointlet")) == 0
    assert run(script, "lawful-test", ["kept.flow"]) == 2
