"""Gathering: the files that are to be imported, by the kinds that importers recognise in them."""

from __future__ import annotations

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from lawful import importers
from lawful.cli.called import called
from lawful.failure import Failure
from lawful.importers import Notice
from lawful.system.document import parse
from lawful.system.load import OTHERS
from lawful_dsl.diagnostics import near, render_all
from lawful_dsl.frozen import frozen
from lawful_dsl.parser import read
from lawful_dsl.source import Source

#: A file in UTF-16 may have so many bytes, and one of a folder that is looked through.
MOST_WIDE = 512 * 1024 * 1024
_MOST_FOUND = 64 * 1024 * 1024
#: Folders that hold what others made. Hidden ones are left out, too.
_MADE_BY_OTHERS = ("node_modules", "__pycache__", "venv")
#: So many files are named one by one.
_NAMED = 5


@frozen
class Group:
    """Files that one importer reads together; `where` tells those of one kind apart."""

    kind: str
    sources: tuple[Source, ...]
    where: str = ""

    @property
    def told(self) -> str:
        """Which files they are, for people."""
        names = [Path(each.file).name for each in self.sources]
        if len(names) <= _NAMED:
            return ", ".join(names)
        return f"{', '.join(names[: _NAMED - 1])} and {len(names) - _NAMED + 1} more"


@frozen
class Looked:
    """What is in folders: the files that are read, by their kinds, those of a kind that are not, and the others.

    `passed` are how many are of no kind, by how their names end; `refused` why files were not read that may be of
    a kind; `large` which were not looked into.
    """

    kinds: Mapping[str, Sequence[Source]]
    unread: Mapping[str, Sequence[Source]]
    passed: Mapping[str, int]
    refused: tuple[str, ...]
    large: tuple[str, ...]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was passed over."""
        number = sum(self.passed.values())
        listed = ", ".join(f"{ending} ({n})" for ending, n in sorted(self.passed.items()))
        text = f"files of these folders are of no kind that is imported here: {listed}"
        large = "files of these folders are too large to be looked into unless they are named: "
        told = ((number, text), (len(self.large), large + ", ".join(self.large)))
        return tuple(Notice(count, said) for count, said in told if count)


@frozen
class Gathered:
    """The groups, the files that were named themselves, and what else there is in folders."""

    groups: tuple[Group, ...]
    named: frozenset[str]
    found: Looked


def look_through(folders: Iterable[Path], kind: str = "", but: Set[Path] = frozenset()) -> Looked:
    """What is in folders and in those in them, but for some files."""
    kinds: dict[str, list[Source]] = {}
    unread: dict[str, list[Source]] = {}
    passed: Counter[str] = Counter()
    refused: list[str] = []
    large: list[str] = []
    for path in dict.fromkeys(file for folder in folders for file in _within(folder, refused)):
        try:
            if path.resolve() in but:
                continue
            if path.stat().st_size > _MOST_FOUND:
                large.append(str(path))
                continue
            source = _text_of(path)
            of = importers.detect(source) if source else ()
            if len(of) > 1 and kind not in of:
                _unsure(str(path), of)
        except OSError as error:
            refused.append(f"error: `{path}` cannot be read: {error.strerror}")
        except Failure as unsure:
            refused.append(str(unsure))
        else:
            chosen = kind if kind in of else of[0] if of and not kind else ""
            if source and chosen and _reads(chosen, source):
                kinds.setdefault(chosen, []).append(source)
            else:
                if source and chosen:
                    unread.setdefault(chosen, []).append(source)
                passed[path.suffix.lower() or path.name] += 1
    return Looked(kinds, unread, passed, tuple(refused), tuple(large))


def gather(paths: Sequence[Path], kind: str = "") -> Gathered:
    """The files, and those of folders, by their kinds; all that is named itself is read, whatever it is."""
    _known(kind)
    named = tuple(read_text(path) for path in paths if not path.is_dir())
    found = look_through((path for path in paths if path.is_dir()), kind)
    of_named = {chosen_kind(named, kind): named} if named else {}
    # Where there is nothing else, the importer of what is not read says why.
    groups = divided(of_named, found.kinds) or divided({}, found.unread)
    if not groups and found.refused:
        raise Failure("\n\n".join(found.refused))
    if not groups:
        raise Failure(
            f"error: in `{paths[0]}` there is no file of a kind that can be imported\n"
            f"   = help: known are {', '.join(importers.names())}"
        )
    files = frozenset(source.file for source in named)
    return Gathered(groups, files, found)


def divided(
    named: Mapping[str, Sequence[Source]], found: Mapping[str, Sequence[Source]]
) -> tuple[Group, ...]:
    """The files that are one system: those of a kind, but for those of folders whose importer says otherwise."""
    alone = {
        kind: sources
        for kind, sources in named.items()
        if kind in found and isinstance(importers.find(kind), importers.Apart)
    }
    rest = {
        kind: [*found.get(kind, ()), *(() if kind in alone else named.get(kind, ()))]
        for kind in {*found, *named}
    }
    of_named = [source for sources in named.values() for source in sources]
    return (
        *grouped(alone),
        *(part for group in grouped(rest) for part in _apart(group, of_named)),
    )


def grouped(kinds: Mapping[str, Iterable[Source]]) -> tuple[Group, ...]:
    """The files of each kind as one group, with those of others that its importer reads beside them."""
    leading = importers.together(kinds)
    found: dict[str, list[Source]] = {}
    for kind in sorted(kinds, key=lambda each: (leading[each] != each, each)):
        found.setdefault(leading[kind], []).extend(kinds[kind])
    return tuple(Group(kind, tuple(found[kind])) for kind in sorted(found))


def _reads(kind: str, source: Source) -> bool:
    """Whether an importer reads a text that it recognises."""
    importer = importers.find(kind)
    return not isinstance(importer, importers.Choosing) or importer.reads(source)


def _apart(group: Group, named: Sequence[Source]) -> Iterator[Group]:
    """The files that are one system: all of a kind, but for those of folders whose importer says otherwise."""
    importer = importers.find(group.kind)
    if not isinstance(importer, importers.Apart) or set(named) & set(group.sources):
        yield group
        return
    found = _wholes(importer, group.sources)
    shared = os.path.commonpath(found) if len(found) > 1 else ""
    for one, sources in found.items():
        rest = Path(os.path.relpath(one, shared)) if shared else Path()
        if rest.name and importer.APART == "file":
            rest = rest.with_suffix("")
        yield Group(group.kind, tuple(sources), "_".join(rest.parts))


def _wholes(importer: importers.Apart, sources: Sequence[Source]) -> dict[str, list[Source]]:
    """The files of each system, by the file or the folder that it is called after."""
    found: dict[str, list[Source]] = {}
    if isinstance(importer, importers.Dividing):
        parts = importer.divide(sources)
        leading = [Path(part[0].file) for part in parts]
        shared = Counter(path.parent for path in leading)
        for path, part in zip(leading, parts, strict=True):
            one = path.parent if shared[path.parent] == 1 else path.with_suffix("")
            found.setdefault(str(one), []).extend(part)
        return found
    for source in sources:
        path = Path(source.file)
        found.setdefault(str(path if importer.APART == "file" else path.parent), []).append(source)
    return found


def chosen_kind(sources: Sequence[Source], kind: str = "") -> str:
    """The kind of files that are named together; a failure where none recognises any of them, or several do."""
    if kind:
        refuse_names(sources, kind)
        return kind
    told: dict[str, str] = {}
    for source in sources:
        of = importers.detect(source)
        if len(of) > 1:
            _unsure(source.file, of)
        if of:
            told.setdefault(of[0], source.file)
            refuse_names([source], of[0])
    leading = set(importers.together(told).values())
    if len(leading) == 1:
        return leading.pop()
    if leading:
        listed = ", ".join(f"`{file}` is {kind}" for kind, file in told.items())
        raise Failure(
            f"error: these files are of several kinds: {listed}\n"
            "   = help: import each kind by itself, or say which one they are with --kind"
        )
    first = sources[0]
    if first.text.lstrip().startswith(("{", "[")):
        _, diagnostics = parse(first.text, first.file)
        if diagnostics:
            raise Failure(render_all(diagnostics, {first.file: first}))
    raise Failure(
        f"error: `{first.file}` is of no kind that can be imported\n"
        f"   = help: known are {', '.join(importers.names())}"
    )


def _known(kind: str) -> None:
    known = importers.names()
    if kind and kind not in known:
        help = near(kind, known) or f"known are {', '.join(known)}"
        raise Failure(f"error: there is no importer `{kind}`\n   = help: {help}")


def _unsure(file: str, kinds: Iterable[str]) -> NoReturn:
    raise Failure(f"error: `{file}` may be {' or '.join(kinds)}\n   = help: say it with --kind")


def _within(folder: Path, refused: list[str]) -> Iterator[Path]:
    """The files of a folder and of those in it, in order; what cannot be looked through is put to the refused."""

    def unseen(error: OSError) -> None:
        refused.append(f"error: the folder `{error.filename}` cannot be read: {error.strerror}")

    for here, folders, names in os.walk(folder, onerror=unseen):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _MADE_BY_OTHERS
        )
        for name in sorted(names):
            path = Path(here, name)
            if not name.startswith(".") and (path.is_file() or _is_lost(path)):
                yield path


def _is_lost(path: Path) -> bool:
    """Whether a link leads nowhere that is called as what is imported is."""
    return path.suffix in OTHERS and path.is_symlink() and not path.exists()


def _text_of(path: Path) -> Source | None:
    """The text of a file, none where it is no text. Raises `OSError` where nobody knows."""
    with path.open("rb"):
        pass  # what may not be read is told as that
    try:
        return read_text(path)
    except Failure:
        return None


def read_text(path: Path) -> Source:
    """The text of a file, in UTF-8 or in UTF-16 that says so."""
    source, diagnostics = read(path)
    if source is None and path.is_file():
        source = _wide(path)
    if source is None:
        raise Failure(render_all(diagnostics, {}))
    return replace(source, called=called(path)) if called(path) else source


def refuse_names(sources: Iterable[Source], kind: str = "") -> None:
    """A failure where a file has a name of ours, and no ids before which it could stand."""
    for source in sources:
        if source.called and not (kind and isinstance(importers.find(kind), importers.Named)):
            raise Failure(
                f"error: `{source.called}={source.file}`: a name stands before the ids of a plan of Terraform,"
                " and this is none\n   = help: give the file alone"
            )


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
