"""Importing: from files of another tool to texts beside one another, all of them or none."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawful import importers
from lawful.cli.output import write
from lawful.failure import Failure
from lawful.importers import Imported, Importer, Notice
from lawful.system.document import encode, parse
from lawful_dsl.diagnostics import Rejected, near, render_all
from lawful_dsl.format import print_flow, print_law
from lawful_dsl.parser import read
from lawful_dsl.source import Source

#: A file in UTF-16 may have so many bytes.
MOST_WIDE = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Target:
    """Where the system goes, and the policy."""

    system: Path
    law: Path

    @property
    def name(self) -> str:
        """What the system is called."""
        return self.system.stem


def place(files: Sequence[Path], output: Path, form: str | None) -> Target:
    """Where what is imported goes: an ending says that it is a file, else it is a folder."""
    ending = output.suffix.lower()
    if ending not in (".flow", ".json") or output.is_dir():
        system = output / f"{files[0].stem}.{form or 'flow'}"
    elif form and ending != f".{form}":
        raise Failure(f"error: `{output}` does not end in `.{form}`\n   = help: leave out --format")
    else:
        system = output
    return Target(system, system.with_suffix(".law"))


def bring_in(
    files: Sequence[Path], target: Target, kind: str
) -> tuple[tuple[Path, ...], tuple[Notice, ...]]:
    """Read the files, write the texts; the paths written, and what the reader must know."""
    sources = tuple(map(read_text, files))
    if target.system.resolve() in {path.resolve() for path in files}:
        raise Failure(f"error: `{target.system}` is what is to be imported; name another output")
    name, importer = chosen(sources, kind)
    try:
        imported = importer.read(sources, name=target.name)
        texts = _texts(imported, target, [f"Imported ({name}) from {path.name}." for path in files])
    except Rejected as rejected:
        told = render_all(rejected.diagnostics, {source.file: source for source in sources})
        raise Failure(told) from rejected
    _write_all(texts)
    return tuple(texts), imported.notices


def read_text(path: Path) -> Source:
    """The text of a file, in UTF-8 or in UTF-16 that says so."""
    source, diagnostics = read(path)
    if source is None and path.is_file():
        source = _wide(path)
    if source is None:
        raise Failure(render_all(diagnostics, {}))
    return source


def _wide(path: Path) -> Source | None:
    """The text of a file in UTF-16 that says so at its beginning, as some shells write it."""
    with path.open("rb") as file:
        mark = file.read(2)
        if mark not in (BOM_UTF16_LE, BOM_UTF16_BE):
            return None
        raw = file.read(MOST_WIDE + 1)
    if len(raw) > MOST_WIDE:
        return None
    try:
        return Source(str(path), (mark + raw).decode("utf-16").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return None


def chosen(sources: Sequence[Source], kind: str) -> tuple[str, Importer]:
    """The importer of a kind, else the one that recognises the first text; a failure where none or several do."""
    known = importers.names()
    if kind and kind not in known:
        help = near(kind, known) or f"known are {', '.join(known)}"
        raise Failure(f"error: there is no importer `{kind}`\n   = help: {help}")
    kinds = [kind] if kind else list(importers.detect(sources[0]))
    if len(kinds) == 1:
        return kinds[0], importers.find(kinds[0])
    file = sources[0].file
    if kinds:
        raise Failure(f"error: `{file}` may be {' or '.join(kinds)}\n   = help: say it with --kind")
    if sources[0].text.lstrip().startswith(("{", "[")):
        _, diagnostics = parse(sources[0].text, file)
        if diagnostics:
            raise Failure(render_all(diagnostics, {file: sources[0]}))
    raise Failure(
        f"error: `{file}` is of no kind that can be imported\n   = help: known are {', '.join(known)}"
    )


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
