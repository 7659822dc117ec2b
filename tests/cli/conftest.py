"""The command run within the test, and a folder with the system and policy that `lawful init` writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lawful.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a run of the command came to."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]
Process = Callable[..., "subprocess.Popen[bytes]"]


def edit(path: Path, old: str, new: str) -> None:
    """Change a text, in which what is changed must be."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def lawful(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command with some arguments."""

    def run(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Outcome(status, out, err)

    return run


@pytest.fixture
def process(root: Path) -> Iterator[Process]:
    """Start the command as a process of its own, which ends with the test.

    It leaves no bytecode: one that may write no more than so much would leave half of it to others.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
        paths = [str(root / "dsl"), str(root / "engine")]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment}
        command = [sys.executable, "-m", "lawful", *map(str, arguments)]
        started.append(subprocess.Popen(command, **{**given, **options}))  # type: ignore[call-overload]
        return started[-1]

    yield start
    for running in started:
        running.kill()
        running.communicate()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shop(here: Path, lawful: Run) -> Path:
    """A working directory with the pair of texts that `lawful init` writes."""
    assert lawful("init").status == 0
    return here


@pytest.fixture
def broken(shop: Path) -> Path:
    """The same, with card numbers that nothing masks."""
    system = shop / "our_system.flow"
    text = system.read_text("utf-8")
    assert "masking card_number as card_last_four" in text
    system.write_text(text.replace("masking card_number as card_last_four", ""), "utf-8")
    return shop


@pytest.fixture
def undetermined(shop: Path) -> Path:
    """The same, with a flow of which it is not said what it is for."""
    system = shop / "our_system.flow"
    text = system.read_text("utf-8")
    assert "for account_management" in text
    system.write_text(text.replace("for account_management", ""), "utf-8")
    return shop


@pytest.fixture
def base(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of the shop as it was, beside the working directory that has it as it is."""
    other = tmp_path_factory.mktemp("other") / "was"
    shutil.copytree(shop, other)
    return other
