"""Bringing in: files imported by the command, and what came of them, read back and linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawful.cli import main
from lawful.system.link import link
from lawful.system.load import load
from lawful.system.model import System
from lawful_dsl import library
from lawful_dsl import syntax as s
from lawful_dsl.parser import parse_law
from lawful_dsl.program import Program
from lawful_dsl.source import Source

BESIDE = (Path(__file__).parents[3] / "shared", Path(__file__).parents[4] / "shared")


@dataclass(frozen=True)
class Brought:
    """The texts that an import wrote, and the system that they are."""

    flow: str
    law: str
    system: System
    program: Program


def corpus(kind: str, *patterns: str) -> list[Path]:
    """The files of a kind that lie beside the repository; none where they do not."""
    folder = next((f for shared in BESIDE if (f := shared / "corpus" / kind).is_dir()), None)
    if folder is None:
        return []
    return sorted(path for pattern in patterns for path in folder.rglob(pattern))


def written(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Files of these names and texts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


def brought_in(files: Sequence[Path], folder: Path, *more: str) -> Brought:
    """Import files, and link what was written. The texts parse, and nothing is wrong with them."""
    out = folder / "brought" / "it.flow"
    assert main(["import", *map(str, files), "-o", str(out), *more]) == 0
    trees, _, wrong = load([out])
    assert [each.message for each in wrong] == []
    path = out.with_suffix(".law")
    law = path.read_text("utf-8") if path.exists() else ""
    names = [str(path)] if law else _used(trees)
    program, faults, _ = library.load(names, [out.parent])
    assert [each.message for each in faults] == []
    system, faults = link(trees, program.vocabulary, policies=program.policies)
    assert [each.message for each in faults] == []
    if law:
        assert parse_law(Source(str(path), law)).diagnostics == ()
    return Brought(out.read_text("utf-8"), law, system, program)


def _used(trees: Sequence[s.Flows]) -> list[str]:
    used = (each for tree in trees for each in tree.statements if isinstance(each, s.Use))
    return [name.text for each in used for name in each.names] or ["common"]


def both_forms(files: Sequence[Path], folder: Path) -> tuple[System, System]:
    """The system as a text and as a document."""
    told = brought_in(files, folder)
    out = folder / "document" / "it.json"
    assert main(["import", *map(str, files), "-o", str(out)]) == 0
    trees, _, wrong = load([out])
    assert [each.message for each in wrong] == []
    system, _ = link(trees, told.program.vocabulary, policies=told.program.policies)
    return told.system, system


def body(text: str) -> str:
    """A text without the comments at its top."""
    return text[text.index("\n\n") + 2 :]


def refused(files: Sequence[Path], folder: Path, *more: str) -> None:
    """Importing these is refused, and nothing is written."""
    out = folder / "nothing"
    assert main(["import", *map(str, files), "-o", str(out), *more]) == 2
    assert not out.exists()
