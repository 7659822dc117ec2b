"""Load: files and folders to the syntax trees of a system."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.parser import parse_system, read
from lawful_dsl.source import Source, Span
from lawful_dsl.syntax import Flows

#: How names of files end that other tools write, for the most part.
OTHERS = (".json", ".tf", ".tofu", ".yaml", ".yml")
#: A document of ours says so, with its version, where it begins: in so many characters.
_OURS = re.compile(r'"lawful"\s*:\s*\d')
_BEGINNING = 400
#: The first character that says something.
_FIRST = re.compile(r"\S")

Loaded = tuple[tuple[Flows, ...], Mapping[str, Source], tuple[Diagnostic, ...]]


def load(paths: Sequence[Path]) -> Loaded:
    """The systems that the files tell, the sources by name, and what is wrong with the texts.

    A folder is the system made of its own `.flow` files, not of those in its folders. What is not a
    `.flow` text is told by its content: a text that begins with `{` is JSON, and so is `.json`.
    """
    diagnostics: list[Diagnostic] = []
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = texts_in(path)
            if not inside:
                diagnostics.append(_empty_folder(path))
            files += inside
        else:
            files.append(path)
    trees: list[Flows] = []
    sources: dict[str, Source] = {}
    for path in dict.fromkeys(files):
        source, faults = read(path)
        diagnostics += faults
        if source is None:
            continue
        sources[source.file] = source
        tree, faults = parse(source)
        diagnostics += faults
        if tree is not None:
            trees.append(tree)
    return tuple(trees), sources, tuple(diagnostics)


def is_document(text: str) -> bool:
    """Whether a text, or what it begins with, is a document of ours, so that no importer need be asked."""
    return _OURS.search(text, 0, _BEGINNING) is not None


def has_document(path: Path) -> bool:
    """Whether a file is such a document, by a look at its beginning."""
    try:
        with path.open(encoding="utf-8") as file:
            return is_document(file.read(_BEGINNING))
    except (OSError, ValueError):
        return False  # whoever reads it says why


def texts_in(folder: Path) -> list[Path]:
    """The `.flow` files of a folder, not of those in its folders."""
    return sorted(path for path in folder.glob("*.flow") if path.is_file())


def others_in(folder: Path) -> list[Path]:
    """The files of a folder that are not ours by their names, and that importers may know."""
    found = (path for path in sorted(folder.iterdir()) if path.suffix in OTHERS)
    return [path for path in found if path.is_file() and not path.name.startswith(".")]


def parse(source: Source) -> tuple[Flows | None, tuple[Diagnostic, ...]]:
    """The syntax tree of a text, be it `.flow` or JSON, and what is wrong with it."""
    first = _FIRST.search(source.text)
    if first and (first[0] in "{[" or source.file.endswith(".json")):
        from lawful.system.document import decode  # only JSON takes pydantic

        tree, diagnostics = decode(source.text, source.file)
    else:
        tree, diagnostics = parse_system(source)
    if tree is not None and not tree.statements and not diagnostics:
        what = "is empty" if not first else "says nothing"
        help = "begin with `system NAME`, then its parties, nodes and flows"
        if source.file.endswith(".json"):
            help = 'begin with `{"lawful": 1, "system": {"name": ...`'
        return None, (Diagnostic(f"`{source.file}` {what}", Span(source.file), help),)
    return tree, diagnostics


def _empty_folder(path: Path) -> Diagnostic:
    below = sorted(p for p in path.glob("*/*.flow"))
    if below:
        help = f"there are some in its folders; did you mean `{below[0].parent}`?"
    else:
        beside = sorted(p.name for p in path.iterdir())
        help = near(f"{path.name}.flow", beside) or (
            "name a folder that has some, or files that `lawful import` can read"
        )
    return Diagnostic(f"there are no `.flow` files in the folder `{path}`", Span(str(path)), help)
