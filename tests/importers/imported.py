"""What an importer makes of files: the flows by their ends, the nodes, what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lawful.importers import Imported, find
from lawful.system.link import link
from lawful.system.model import System
from lawful_dsl import library
from lawful_dsl.format import print_flow
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source
from lawful_dsl.vocabulary import Vocabulary

USED = ("common", "infrastructure")


@dataclass(frozen=True)
class Told:
    """What came of files, as a system that was printed, parsed and linked."""

    imported: Imported
    text: str
    system: System

    @property
    def ends(self) -> set[str]:
        """The flows, each as `source -> target`."""
        return {f"{flow.source} -> {flow.target}" for flow in self.system.flows}

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each node."""
        return {id: node.kind for id, node in self.system.nodes.items()}

    def line(self, beginning: str) -> str:
        """The line of the text that begins so, with single blanks."""
        lines = [" ".join(line.split()) for line in self.text.splitlines()]
        return next(line for line in lines if line.startswith(beginning))

    def count(self, word: str) -> int:
        """How many things the notice counts that has a word in it."""
        return sum(each.count for each in self.imported.notices if word in each.text)


@cache
def vocabulary() -> Vocabulary:
    """The words that what is imported uses."""
    program, wrong, _ = library.load(USED)
    assert wrong == ()
    return program.vocabulary


def told(kind: str, *sources: Source) -> Told:
    """What an importer tells of texts."""
    imported = find(kind).read(sources, name="shop")
    text = print_flow(imported.flows)
    parsed = parse_flow(Source("shop.flow", text))
    assert parsed.diagnostics == ()
    system, wrong = link([parsed.tree], vocabulary())
    assert [each.message for each in wrong] == []
    return Told(imported, text, system)


def written(folder: Path, files: Mapping[str, str]) -> list[Source]:
    """Files in a folder, as sources."""
    sources = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        sources.append(Source(str(path), text))
    return sources
