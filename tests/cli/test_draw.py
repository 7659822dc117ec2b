"""`lawful draw`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.PDF", b"%PDF"), ("a.dot", b"digraph")],
)
def test_a_picture_in_every_form(lawful: Run, shop: Path, name: str, begins: bytes) -> None:
    outcome = lawful("draw", ".", "-o", name)
    assert (outcome.status, outcome.out) == (0, f"drew {name}\n")
    assert Path(name).read_bytes().lstrip().startswith(begins)


def test_a_broken_path_is_drawn(lawful: Run, broken: Path) -> None:
    assert lawful("draw", ".", "-o", "a.svg").status == 0
    picture = Path("a.svg").read_text("utf-8")
    assert "2 broken, 0 undetermined" in picture
    assert "cards_in_development" in picture


def test_a_form_that_is_none(lawful: Run, shop: Path) -> None:
    outcome = lawful("draw", ".", "-o", "a.jpeg")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        "error: `a.jpeg` does not end in a form of picture\n"
        "   = help: `.svg`, `.png`, `.pdf`, `.dot`\n"
    )


def test_the_forms_are_those_that_can_be_drawn() -> None:
    from lawful.cli.commands.draw import FORMATS
    from lawful.drawing import FORMATS as DRAWN

    assert FORMATS == DRAWN


def test_a_failure_to_draw(lawful: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lawful.drawing import DrawingFailed

    def fail(*_: object) -> None:
        raise DrawingFailed("Graphviz left out 2 of 9 edges", "report it")

    monkeypatch.setattr("lawful.drawing.render", fail)
    outcome = lawful("draw", ".", "-o", "a.svg")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: Graphviz left out 2 of 9 edges\n   = help: report it\n"
    assert not Path("a.svg").exists()
