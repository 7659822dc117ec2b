"""What an importer makes of a text, linked as a check would link it: the texts are written and read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawful import importers
from lawful.importers import Imported
from lawful.system.link import link
from lawful.system.load import load
from lawful.system.model import System
from lawful_dsl import library
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.format import print_flow, print_law
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.parser import read as read_file
from lawful_dsl.source import Source

CORPUS = next(
    (
        folder
        for shared in (Path(__file__).parents[3] / "shared", Path(__file__).parents[4] / "shared")
        if (folder := shared / "corpus").is_dir()
    ),
    None,
)


@dataclass(frozen=True)
class Read:
    """An import, its texts, and the system that they are."""

    imported: Imported
    flow: str
    law: str
    system: System

    @property
    def notices(self) -> str:
        """The notices, one to a line."""
        return "\n".join(map(str, self.imported.notices))


def corpus(folder: str, *endings: str) -> list[Path]:
    """The files of a folder of the corpus; none without it."""
    if CORPUS is None:
        return []
    return sorted(
        p for p in (CORPUS / folder).rglob("*") if p.is_file() and p.as_posix().endswith(endings)
    )


def read(kind: str, folder: Path, *texts: str, endings: Sequence[str] = ()) -> Read:
    """What an importer makes of texts, which must parse again as they are and link without a fault."""
    sources = [
        Source(f"{n}{(endings or ['.txt'] * len(texts))[n]}", text) for n, text in enumerate(texts)
    ]
    return of_sources(kind, folder, sources)


def attempt(kind: str, folder: Path, path: Path) -> tuple[Diagnostic, ...]:
    """What is said to be wrong with a file of the corpus; nothing, where it is imported and links."""
    source, wrong = read_file(path)
    if source is None:
        return tuple(wrong)
    try:
        of_sources(kind, folder, [source])
    except Rejected as rejected:
        return tuple(rejected.diagnostics)
    return ()


def of_sources(kind: str, folder: Path, sources: Sequence[Source]) -> Read:
    """The same of sources."""
    imported = importers.find(kind).read(sources, name="m")
    flow = print_flow(imported.flows)
    parsed = parse_flow(Source("m.flow", flow))
    assert parsed.diagnostics == ()
    assert parsed.tree == imported.flows
    (folder / "m.flow").write_text(flow, "utf-8")
    law, names = "", ["common"]
    if imported.law is not None:
        law = print_law(imported.law)
        rules = parse_law(Source("m.law", law))
        assert rules.diagnostics == ()
        assert rules.tree == imported.law
        (folder / "m.law").write_text(law, "utf-8")
        names.append("m_words")
    program, faults, _ = library.load(names, [folder])
    assert [fault.message for fault in faults] == []
    trees, _, wrong = load([folder / "m.flow"])
    assert not wrong
    system, found = link(trees, program.vocabulary, policies=program.policies)
    assert [fault.message for fault in found] == []
    return Read(imported, flow, law, system)
