"""The examples in the help of each command are run."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from lawful.cli import main
from lawful.cli.group import Command, commands
from tests.importers.models import chain, written

ROOT = Path(__file__).parents[2]


def examples() -> list[str]:
    found = []
    for name in commands.list_commands(None):  # type: ignore[arg-type]
        command = commands.get_command(None, name)  # type: ignore[arg-type]
        assert isinstance(command, Command)
        found += command.examples
    return found


@pytest.mark.parametrize("example", examples())
def test_an_example(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("flows", "policies"):
        shutil.copytree(ROOT / name, tmp_path / name)
    starter = ROOT / "engine" / "lawful" / "cli" / "starter"
    if not example.startswith("lawful init"):
        shutil.copy(starter / "our_policy.law", tmp_path)
        shutil.copy(starter / "our_system.flow", tmp_path / "shop.flow")
    brought = written(chain("forward f"))
    (tmp_path / "model.json").write_text(brought, "utf-8")
    shutil.copy(tmp_path / "flows" / "callbridge" / "infrastructure" / "plan.json", tmp_path)
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "call_events" {\n}\n', "utf-8")
    (tmp_path / "deployment").mkdir()
    (tmp_path / "deployment" / "compose.yaml").write_text("services:\n  web:\n    image: w\n")
    monkeypatch.chdir(tmp_path)
    words = shlex.split(example.split(">")[0])
    assert words[0] == "lawful"
    status = main(words[1:])
    _, err = capfd.readouterr()
    assert status in (0, 1), err
    plan = "plan.json" in example  # of which there is something to know
    assert "error" not in err if plan else err == ""
