"""Sorting: the files and folders of one system: which are texts of ours, and what importers read, by kinds.

A folder that has texts of ours is the system of those; what else lies beside them and could be imported is told. Any
other folder is looked through as `lawful import` looks through it, and all of it is of one system.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from pathlib import Path

from lawful import importers
from lawful.cli.called import called
from lawful.cli.gathering import (
    Group,
    chosen_kind,
    divided,
    look_through,
    read_text,
    refuse_names,
)
from lawful.failure import Failure
from lawful.given import NOTICE
from lawful.system.load import OTHERS, is_document, others_in, texts_in
from lawful_dsl.diagnostics import Diagnostic, Severity
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

#: What is said of files beside texts of ours.
_LEFT = (
    "files that lie beside texts of ours could be imported, and are read only where they are named"
)

_LARGE = (
    "error: `{0}` is too large to be looked into in a folder, and may be of the system\n"
    "   = help: name it: --with {0}"
)

#: How a file is looked into: its text and its kind; none where it is ours.
Look = Callable[[Path], tuple[Source, str] | None]


@frozen
class SortedOut:
    """The files that are ours to read, the others by their kinds, and what is to be said of folders."""

    ours: tuple[Path, ...]
    groups: tuple[Group, ...]
    told: tuple[Diagnostic, ...] = ()


def look_into(path: Path) -> tuple[Source, str] | None:
    """The text of a file and the kind that an importer knows it as; none where it is ours, or is not there."""
    if path.suffix == ".flow" or not path.is_file():
        return None
    source = read_text(path)
    kinds = () if is_document(source.text) else importers.detect(source)
    if not kinds:
        return None
    kind = kinds[0] if len(kinds) == 1 else chosen_kind([source])
    refuse_names([source], kind)
    return source, kind


def sort_out(paths: Sequence[Path], look: Look = look_into) -> SortedOut:
    """What the files and folders of a system are. Raises `Failure` where it is not known what one of them is."""
    ours: list[Path] = []
    named: dict[str, list[Source]] = {}
    folders: list[Path] = []
    for path in dict.fromkeys(paths):
        if path.is_dir() and not texts_in(path) and not called(path):
            folders.append(path)
        elif found := look(path):
            source, kind = found
            named.setdefault(kind, []).append(source)
        else:
            if called(path):
                refuse_names([Source(str(path), "", called(path))])
            ours.append(path)
    read = {path.resolve() for path in paths if path.is_file()}
    found_in: dict[str, list[Source]] = {}
    told: list[Diagnostic] = []
    for folder in folders:
        looked = look_through([folder], but=read)
        large = (each for each in looked.large if Path(each).suffix in OTHERS)
        if refused := [*looked.refused, *(_LARGE.format(each) for each in large)]:
            raise Failure("\n\n".join(refused))
        if not looked.kinds:
            ours.append(folder)
            continue
        told += (_notice(str(notice), folder) for notice in looked.notices)
        for kind, sources in looked.kinds.items():
            found_in.setdefault(kind, []).extend(sources)
            read |= {Path(source.file).resolve() for source in sources}
    told += (each for path in ours if path.is_dir() for each in _left(path, read, look))
    return SortedOut(tuple(ours), divided(named, found_in), tuple(told))


def _left(folder: Path, read: Set[Path], look: Look) -> Iterator[Diagnostic]:
    """What lies beside texts of ours, is not read, and could be imported."""
    left = [each for each in others_in(folder) if each.resolve() not in read and _known(each, look)]
    if left:
        listed = ", ".join(path.name for path in left)
        yield _notice(f"{len(left)} {_LEFT}: {listed}", folder)


def _known(path: Path, look: Look) -> bool:
    """Whether an importer knows a file, or may know it if it were not torn."""
    try:
        return look(path) is not None
    except Failure:
        return True


def _notice(said: str, folder: Path) -> Diagnostic:
    return Diagnostic(said, Span(str(folder)), severity=Severity.WARNING, code=NOTICE)
