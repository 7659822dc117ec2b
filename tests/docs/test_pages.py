"""Every command that the documents show does what they show; every text that they show is one.

`pytest tests/docs --update-snapshots` writes the outputs anew, to be read before they are committed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from lawful.cli import main
from lawful_dsl.diagnostics import render_all
from lawful_dsl.library import gather, scan
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from tests.docs.pages import Command, agrees, blocks, commands
from tests.drawing.said import said_on

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/*.md", "dsl/README.md", "engine/README.md")
    for page in ROOT.glob(pattern)
)
#: What may be shown beside our own command, and is run by a shell.
SHELL = ("cat ", "cd ", "grep ", "head ", "ls", "mkdir ", "sed ", "rm ")
#: The folders of the modules that the texts shown may use.
SHARED = ("policies", "packs")
#: What sets up an environment: it is run by `.ci/run`, and by whoever follows the README.
SETUP = ("./dev pytest", ".ci/run", "make ", "pip install", "git clone", "./dev lawful schema")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory like the checkout, in which things may be written."""
    for name in ("flows", "policies", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_does_what_is_shown(
    page: Path,
    desk: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    update = request.config.getoption("--update-snapshots")
    text = page.read_text("utf-8").split("\n")
    seen: list[tuple[Command, list[str]]] = []
    for block in blocks(page):
        if block.title and block.language in ("law", "flow", "json", "yaml", "hcl", "python"):
            path = Path(block.title)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
        if block.language != "console":
            continue
        for command in commands(block):
            if command.words.startswith(SETUP):
                continue
            said = run(command.words, capfd, monkeypatch)
            assert "internal error" not in said
            assert "Traceback" not in said
            if not update:
                assert agrees(command.shown, said), (
                    f"{name_of(page)}:{command.line}: {command.words}\n{said}"
                )
            elif not agrees(command.shown, said):
                seen.append((command, said.rstrip("\n").split("\n") if said else []))
    for command, said in reversed(seen):
        text[command.line : command.line + len(command.shown)] = said
    if seen:
        page.write_text("\n".join(text), "utf-8")


def run(words: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command says, on both outputs."""
    words = words.removeprefix("./dev ")
    if words.startswith("lawful "):
        capfd.readouterr()
        main(shlex.split(words)[1:])
        out, err = capfd.readouterr()
        return err + out
    if words.startswith("pytest "):
        return run_pytest(words.removeprefix("pytest "))
    assert words.startswith(SHELL), f"nothing here runs `{words}`"
    if words.startswith("cd "):
        monkeypatch.chdir(Path.cwd() / words[3:])
        return ""
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(
        ["sh", "-c", words], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout


def run_pytest(words: str) -> str:
    """What pytest says in a process of its own, with the plugin as it is where Lawful is installed."""
    installed = any(point.name == "lawful" for point in entry_points(group="pytest11"))
    plugin = [] if installed else ["-p", "lawful.testing.plugin"]
    paths = os.pathsep.join(str(ROOT / name) for name in ("dsl", "engine"))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugin, *shlex.split(words)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "NO_COLOR": "1"},
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_text_shown_is_one(page: Path) -> None:
    shipped, _, _ = gather([entry.name for entry in scan() if entry.path.parent.name in SHARED])
    for number, block in enumerate(blocks(page)):
        if block.language == "law":
            headed = re.match(r"(#.*\n|\s)*(policy|pack|vocabulary)\b", block.text)
            before = "" if headed else "policy shown\n  by us\n\nuse common\n\n"
            source = Source(f"{name_of(page)}:{block.line}", before + block.text)
            law = parse_law(source)
            _, found = resolve(
                [*shipped, law], roots=[f"shown{number}", "shown"], known=["children"]
            )
            wrong = [d for d in (*law.diagnostics, *found) if d.span.file == source.file]
            assert not wrong, render_all(wrong, {source.file: source})
        if block.language == "flow":
            source = Source(f"{name_of(page)}:{block.line}", block.text)
            flow = parse_flow(source)
            assert not flow.diagnostics, render_all(flow.diagnostics, {source.file: source})


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    local = [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_the_readme_names_the_commands_that_ci_runs() -> None:
    shown = [
        command.words
        for block in blocks(ROOT / "README.md")
        if block.language == "console"
        for command in commands(block)
    ]
    assert shown[1:] == ["./dev lawful check flows/callbridge", "./dev pytest -n auto"]
    assert "README.md" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_reference_has_every_command() -> None:
    from lawful.cli.group import commands as group

    shown = (ROOT / "docs" / "cli.md").read_text("utf-8")
    names = group.list_commands(None)  # type: ignore[arg-type]
    assert [name for name in names if f"$ lawful {name} --help\n" not in shown] == []


@pytest.mark.parametrize("page", [ROOT / "docs" / "cli.md"], ids=name_of)
def test_the_reference_shows_each_help_whole(page: Path) -> None:
    for block in blocks(page):
        for command in commands(block) if block.language == "console" else ():
            assert not (command.words.endswith("--help") and "..." in command.shown)


def test_the_picture_of_the_readme_is_what_is_drawn_now(desk: Path) -> None:
    name = "card-number-through-log-pipeline"
    assert main(["draw", f"flows/callbridge/broken/{name}.flow", "-o", "now.svg"]) == 0
    now = said_on(Path("now.svg"))
    assert now == said_on(ROOT / "docs" / "images" / f"{name}.svg")
    assert "secrets_at_development" in now
