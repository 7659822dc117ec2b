"""Importing: from files of another tool to texts beside one another, all of them or none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from lawful import importers
from lawful.cli.gathering import Gathered, Group, gather
from lawful.cli.output import write
from lawful.cli.progress import Progress
from lawful.cli.provenance import lines
from lawful.failure import Failure
from lawful.importers import Imported
from lawful.system.document import encode
from lawful_dsl.diagnostics import Rejected, render_all
from lawful_dsl.format import print_flow, print_law
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source


@frozen
class Target:
    """Where the system goes, and the policy."""

    system: Path
    law: Path

    @property
    def name(self) -> str:
        """What the system is called."""
        return self.system.stem


@frozen
class Brought:
    """What came of an import: the paths written, what the reader must know, and why files were left out."""

    paths: tuple[Path, ...]
    notices: tuple[str, ...]
    refused: tuple[str, ...] = ()


def bring_in(
    paths: Sequence[Path],
    output: Path,
    form: str | None,
    kind: str,
    *,
    provenance: Path | None = None,
    doing: Progress = lambda doing: None,
) -> Brought:
    """Read the files, write the texts.

    Where each fact comes from goes into a file of its own, if one is named. A file that is named and
    refused stops all; one of a folder is left out, which its text says.
    """
    doing(f"reading {', '.join(map(str, paths))}")
    found = gather(paths, kind)
    texts: dict[Path, str] = {}
    notices = list(map(str, found.found.notices))
    refused = list(found.found.refused)
    origins: list[str] = []
    for group, target in zip(found.groups, _targets(found, paths[0], output, form), strict=True):
        if target.system.resolve() in {Path(each.file).resolve() for each in group.sources}:
            raise Failure(
                f"error: `{target.system}` is what is to be imported; name another output"
            )
        doing(f"importing {group.told} ({group.kind})")
        imported, left, told = _read(group, target.name, found.named)
        refused += told
        if imported is None:
            continue
        remarks = [f"Imported ({group.kind}) from {left.told}."]
        if told:
            lost = replace(group, sources=tuple(e for e in group.sources if e not in left.sources))
            remarks.append(f"Not whole: refused, and left out: {lost.told}.")
        texts |= _texts(imported, target, remarks)
        origins += lines(imported, target.name)
        several = f"{target.name}: " if len(found.groups) > 1 else ""
        notices += (f"{several}{notice}" for notice in imported.notices)
    if not texts:
        raise Failure("\n\n".join(refused))
    if provenance is not None:
        for what, files in (
            ("where the system goes", texts),
            ("what is to be imported", (each.file for g in found.groups for each in g.sources)),
        ):
            if provenance.resolve() in {Path(file).resolve() for file in files}:
                raise Failure(f"error: `{provenance}` is {what}; name another --provenance")
        texts[provenance] = "".join(f"{line}\n" for line in origins)
    doing("writing")
    _write_all(texts)
    return Brought(tuple(texts), tuple(notices), tuple(refused))


def _read(
    group: Group, name: str, named: Collection[str]
) -> tuple[Imported | None, Group, list[str]]:
    """What files tell, of which of them, and why others were left out: those that are refused by themselves.

    Files that are refused together only, or that were named, are not left out: it is not known which is wrong.
    """
    importer = importers.find(group.kind)
    left, told = group, list[str]()
    while left.sources:
        try:
            return importer.read(left.sources, name=name), left, told
        except Rejected as rejected:
            wrong = {fault.span.file for fault in rejected.diagnostics}.difference(named)
            sources = [each for each in left.sources if each.file in wrong]
            alone = {each.file: _refusal(group.kind, each, name) for each in sources}
            if not any(alone.values()):
                every = {each.file: each for each in group.sources}
                raise Failure(render_all(rejected.diagnostics, every)) from rejected
            told += filter(None, alone.values())
            rest = tuple(each for each in left.sources if not alone.get(each.file))
            left = replace(left, sources=rest)
    return None, left, told


def _refusal(kind: str, source: Source, name: str) -> str:
    """Why a file is refused by itself; empty where it is not."""
    try:
        importers.find(kind).read((source,), name=name)
    except Rejected as rejected:
        return render_all(rejected.diagnostics, {source.file: source})
    return ""


def _targets(found: Gathered, first: Path, output: Path, form: str | None) -> list[Target]:
    """Where each group goes: an ending says that the output is a file, else it is a folder."""
    ending = output.suffix.lower()
    name = (first.resolve() if first.is_dir() else first).stem
    if ending in (".flow", ".json") and not output.is_dir():
        if form and ending != f".{form}":
            raise Failure(
                f"error: `{output}` does not end in `.{form}`\n   = help: leave out --format"
            )
        if len(found.groups) > 1:
            listed = ", ".join(f"{each.kind} ({len(each.sources)})" for each in found.groups)
            raise Failure(
                f"error: these files make several systems: {listed}\n"
                "   = help: name a folder for a text of each, or say one kind with --kind"
            )
        return [Target(output, output.with_suffix(".law"))]
    alone = len(found.groups) == 1
    stems = (
        "_".join(filter(None, (name, *(() if alone else (each.kind, each.where)))))
        for each in found.groups
    )
    systems = [output / f"{stem}.{form or 'flow'}" for stem in stems]
    return [Target(system, system.with_suffix(".law")) for system in systems]


def _texts(imported: Imported, target: Target, remarks: Sequence[str]) -> dict[Path, str]:
    """The texts by where they go; those that may have remarks begin with them."""
    remarks = [*remarks, *(f"Not as it stood there: {notice}." for notice in imported.notices)]
    head = "".join(f"# {' '.join(remark.split())}\n" for remark in remarks) + "\n"
    texts = {}
    if imported.law is not None:
        texts[target.law] = head + print_law(imported.law)
    if target.system.suffix == ".json":
        texts[target.system] = encode(imported.flows)
    else:
        texts[target.system] = head + print_flow(imported.flows)
    return texts


def _write_all(texts: dict[Path, str]) -> None:
    """All of them, or none that was not there before."""
    folder = next(iter(texts)).parent
    made = not folder.exists()
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            new = not path.exists()
            write(path, text)
            written += [path] if new else []
    except (OSError, Failure) as error:
        for path in written:
            path.unlink(missing_ok=True)
        if made and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        if isinstance(error, Failure):
            raise
        raise Failure(f"error: cannot make the folder `{folder}`: {error.strerror}") from error
