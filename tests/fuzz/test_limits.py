"""What is too long, too deep or too much is refused in words, within bounds of time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import limits, sound
from tests.semantics.cases import vocabulary

resource = pytest.importorskip("resource", reason="nothing here bounds a process")
#: For all the files together: seconds of the processor, and bytes.
MOST_TIME = 60
MOST_MEMORY = 1 << 30
#: What is said of all the files together has at most so many characters.
MOST_SAID = 250_000


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_TIME, MOST_TIME))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _refused(folder: Path, *arguments: str) -> str:
    """What a bounded process says, having refused, with nothing changed."""
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    done = subprocess.run(
        [sys.executable, "-m", "lawful", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
        preexec_fn=_bound,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr[-2000:]
    assert "internal error" not in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < MOST_SAID
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    return done.stderr


@pytest.mark.parametrize(
    ("texts", "command"),
    [(limits.SYSTEMS, ("check", "--policy", "rules.law")), (limits.POLICIES, ("fmt",))],
    ids=["systems", "policies"],
)
def test_all_at_once(
    texts: dict[str, tuple[str, str]], command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "rules.law").write_text(sound.POLICY, "utf-8")
    (tmp_path / "tiny.law").write_text(vocabulary(), "utf-8")
    for name, (text, _) in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    said = _refused(tmp_path, *command, *texts)
    for name, (_, message) in texts.items():
        if command[0] == "check" or name != "unknown.law":  # it is well written
            assert any(message in each for each in said.split("\n\n") if f"--> {name}" in each), (
                name
            )


@pytest.mark.parametrize("name", ["unknown.law", "unknown.flow"])
def test_of_many_errors_there_is_a_count(name: str, tmp_path: Path) -> None:
    (tmp_path / "rules.law").write_text(sound.POLICY, "utf-8")
    (tmp_path / "tiny.law").write_text(vocabulary(), "utf-8")
    (tmp_path / "small.flow").write_text(sound.SYSTEM, "utf-8")
    text, _ = {**limits.SYSTEMS, **limits.POLICIES}[name]
    (tmp_path / name).write_text(text, "utf-8")
    system = name if name.endswith(".flow") else "small.flow"
    policy = name if name.endswith(".law") else "rules.law"
    said = _refused(tmp_path, "check", system, "--policy", policy)
    assert said.count("is not known") + said.count("no node or party") <= 200
    assert said.rstrip().endswith(" more; mend those above first")
