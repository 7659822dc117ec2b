"""Progress is shown to a person who waits, and to nobody else."""

from __future__ import annotations

import io
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from lawful.cli import progress as module
from lawful.cli.progress import progress
from tests.cli.conftest import Run


class Screen(io.StringIO):
    """A standard error that a person watches."""

    def isatty(self) -> bool:
        return True


def test_nobody_watches(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DELAY", 0.0)
    with progress() as doing:
        doing("checking shop")
        time.sleep(0.05)
    assert capsys.readouterr().err == ""


def test_work_that_is_soon_done(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with progress() as doing:
        doing("checking shop")
    assert screen.getvalue() == ""


def test_work_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(module, "DELAY", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with progress() as doing:
        doing("reading [/red] \x1b[2J shop")
        deadline = time.monotonic() + 20
        while "shop" not in screen.getvalue() and time.monotonic() < deadline:
            time.sleep(0.02)
        doing("checking shop")
    assert "reading [/red] \ufffd[2J shop" in screen.getvalue()


def test_work_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with pytest.raises(ZeroDivisionError), progress():
        raise ZeroDivisionError
    assert screen.getvalue() == ""


def test_an_import_says_what_it_does(
    lawful: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("lawful.cli.commands.import.progress", lambda: nullcontext(said.append))
    (here / "compose.yaml").write_text("services:\n  web:\n    image: shop/web\n", "utf-8")
    assert lawful("import", "compose.yaml", "-o", "x.flow").status == 0
    assert said == ["reading compose.yaml", "importing compose.yaml (compose)", "writing"]
