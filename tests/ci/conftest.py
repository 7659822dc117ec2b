"""What CI runs, run here: a folder with systems, and a PATH on which `lawful` is this checkout's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from lawful.cli import main

ROOT = Path(__file__).parents[2]
Script = Callable[..., "subprocess.CompletedProcess[str]"]


def read_yaml(text: str) -> Any:
    """What a text in YAML says."""
    return YAML(typ="safe").load(text)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a system that is kept, one that is broken, one undetermined and one that is none."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert main(["init", "."]) == 0
    text = Path("our_system.flow").read_text("utf-8")
    changed = {
        "kept": text,
        "broken": text.replace("masking card_number as card_last_four", ""),
        "undetermined": text.replace("for account_management", ""),
        "torn": text + "\nthis is no ::error:: flow ##[error]\n",
    }
    for name, flows in changed.items():
        Path(f"{name}.flow").write_text(flows, "utf-8")
    Path("our_system.flow").unlink()
    return folder


@pytest.fixture
def script(project: Path, tmp_path: Path) -> Script:
    """Run a shell script in the project, with variables, as a runner does."""
    commands = tmp_path / "bin"
    commands.mkdir()
    paths = os.pathsep.join(str(ROOT / name) for name in ("dsl", "engine"))
    lawful = f'#!/bin/sh\nPYTHONPATH="{paths}" exec "{sys.executable}" -m lawful "$@"\n'
    (commands / "lawful").write_text(lawful)
    # What installs only says so.
    (commands / "python3").write_text('#!/bin/sh\necho "python3 $*" >>"$INSTALLED"\n')
    for command in commands.iterdir():
        command.chmod(0o755)

    def run(*command: str | Path, **variables: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
            "INSTALLED": str(tmp_path / "installed"),
            **{name: str(value) for name, value in variables.items()},
        }
        return subprocess.run(
            list(map(str, command)),
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
