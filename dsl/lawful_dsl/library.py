"""Library: finds vocabularies, packs and policies by name, and loads them with all that they use."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from lawful_dsl import syntax as s
from lawful_dsl.compiled import programs
from lawful_dsl.compiled.texts import kept_text
from lawful_dsl.diagnostics import Diagnostic, near, order
from lawful_dsl.frozen import frozen
from lawful_dsl.parser import Parsed, parse_law, read
from lawful_dsl.program import Program
from lawful_dsl.source import Source, Span

#: How a file of a module is called.
SUFFIX = ".law"
#: As much of a file is read to find out what it declares.
_HEAD = 64 * 1024
_HEADER = re.compile(
    r"(?:[ \t\r\f]*(?:\#[^\n]*)?\n)*[ \t]*(?:vocabulary|pack|policy)[ \t]+"
    r"(?:'(?P<quoted>[^'\n]*)'|(?P<name>[^\W\d][^\s\"\#]*))"
)
#: A program, what is wrong, and the sources by name.
Loaded = tuple[Program, tuple[Diagnostic, ...], Mapping[str, Source]]


@frozen
class Entry:
    """A file and the name of the module that its header declares; `file` is its name in messages."""

    name: str
    path: Path
    file: str


def shipped() -> Path | None:
    """The folder of the policies that come with Lawful: in the wheel, or in a checkout."""
    here = Path(__file__).parent
    for folder in (here / "policies", here.parents[1] / "policies"):
        if folder.is_dir():
            return folder
    return None


def scan(folders: Iterable[Path] = ()) -> tuple[Entry, ...]:
    """The modules in some folders and in the shipped one, by name and file, each file once.

    The files of a name are those of the first folder that has it.
    """
    own = shipped()
    found: dict[Path, Entry] = {}
    homes: dict[str, Path] = {}
    for folder in (*folders, *((own,) if own else ())):
        for path in _files(folder):
            name = _declared(path)
            if name and homes.setdefault(name, folder) == folder:
                found.setdefault(path.resolve(), Entry(name, path, _called(path, own)))
    return tuple(sorted(found.values(), key=lambda entry: (entry.name, entry.file)))


def gather(
    names: Sequence[str], folders: Iterable[Path] = (), beside: Iterable[Source] = ()
) -> tuple[tuple[Parsed[s.Law], ...], tuple[str, ...], tuple[Diagnostic, ...]]:
    """The texts of some modules and of all that they use, their names, and what cannot be found.

    A name with a path separator, or that ends in `.law`, is a file; no other file is taken for the
    module that it declares.
    """
    entries = list(scan(folders))
    apart = {declared(source.text): parse_law(source) for source in beside}
    given: list[Entry] = []
    wrong: list[Diagnostic] = []
    roots: list[str] = []
    for name in names:
        if _is_file(name):
            path = Path(name)
            called = _declared(path) or path.stem
            given.append(Entry(called, path, name))
            roots.append(called)
        else:
            roots.append(name)
            if name not in {entry.name for entry in entries} | apart.keys():
                help = near(name, {entry.name for entry in entries})
                message = f"there is no policy, pack or vocabulary `{name}`"
                otherwise = "name a module of the folders given, or a file that ends in `.law`"
                wrong.append(Diagnostic(message, Span(name), help or otherwise))
    named = {entry.name for entry in given}
    entries = given + [entry for entry in entries if entry.name not in named]
    laws: dict[str, Parsed[s.Law]] = {}
    waiting = list(dict.fromkeys(roots))
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        if name in apart:
            laws[apart[name].source.file] = apart[name]
            waiting.extend(_used(apart[name].tree))
        for entry in entries:
            if entry.name != name or entry.file in laws:
                continue
            source, diagnostics = read(entry.path, entry.file)
            wrong.extend(diagnostics)
            if source is not None:
                laws[entry.file] = _parsed(source)
                waiting.extend(_used(laws[entry.file].tree))
    return tuple(laws[file] for file in sorted(laws)), tuple(dict.fromkeys(roots)), order(wrong)


def load(
    names: Sequence[str], folders: Iterable[Path] = (), beside: Sequence[Source] = ()
) -> Loaded:
    """The program of the named modules and all that they use, what is wrong, and the sources.

    `beside` are texts of modules that lie in no folder.
    """
    folders = tuple(folders)
    compiled = None if beside else from_compiled(names, folders)
    return compiled or from_texts(names, folders, beside)


def from_compiled(names: Sequence[str], folders: Iterable[Path] = ()) -> Loaded | None:
    """The program as it is compiled, where that was done from the very texts that would be read."""
    known = programs.kept()
    texts: dict[str, list[Source]] = {name: [] for name in programs.reached(names, known)}
    for entry in scan(folders) if texts else ():
        if entry.name in texts:
            source, _ = read(entry.path, entry.file)
            texts[entry.name] += [source] if source else []
    program = programs.together(names, known, texts)
    sources = {source.file: source for each in texts.values() for source in each}
    return (program, (), dict(sorted(sources.items()))) if program else None


def from_texts(
    names: Sequence[str], folders: Iterable[Path] = (), beside: Sequence[Source] = ()
) -> Loaded:
    """The same, whatever is compiled."""
    from lawful_dsl.resolve import resolve

    folders = tuple(folders)
    laws, roots, wrong = gather(names, folders, beside)
    known = {entry.name for entry in scan(folders)} | {declared(each.text) for each in beside}
    program, unresolved = resolve(laws, roots=roots, known=known)
    parsed = (diagnostic for law in laws for diagnostic in law.diagnostics)
    sources = {law.source.file: law.source for law in laws}
    return program, order([*wrong, *parsed, *unresolved]), sources


@lru_cache(maxsize=32)
def _parsed(source: Source) -> Parsed[s.Law]:
    """A text as it is understood: what two checkouts, or two systems, share is understood once."""
    return kept_text(source) or parse_law(source)


def _is_file(name: str) -> bool:
    return name.endswith(SUFFIX) or "/" in name or os.sep in name


def _used(law: s.Law) -> Iterator[str]:
    for statement in law.statements:
        if isinstance(statement, s.Use):
            yield from (name.text for name in statement.names)


def _files(folder: Path) -> Iterator[Path]:
    """The `.law` files of a folder, and those below it if it is called `policies`, in order."""
    below = folder.resolve().name == "policies"
    for where, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if below and not name.startswith("."))
        yield from (Path(where, name) for name in sorted(names) if name.endswith(SUFFIX))


def _declared(path: Path) -> str:
    """The name of the module that a file declares, or nothing where it has no header."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    return declared(head.decode("utf-8-sig", "replace").replace("\r\n", "\n"))


def declared(text: str) -> str:
    """The name of the module that a text declares, or nothing where it has no header."""
    match = _HEADER.match(text)
    return (match["quoted"] or match["name"]) if match else ""


def _called(path: Path, own: Path | None) -> str:
    """A file's name in messages: as it was given, and what is shipped from where Lawful is."""
    if own is None or not path.is_relative_to(own):
        return path.as_posix()
    here = Path.cwd()
    if path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    return f"lawful_dsl/policies/{path.relative_to(own).as_posix()}"
