"""Given: from texts and names of policies to a checked program and system, or to words on what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lawful.check import NO_DATE, date_of, in_force
from lawful.failure import Failure
from lawful.system import load as files
from lawful.system.link import link
from lawful.system.model import Notice, System, Unmatched
from lawful_dsl import library
from lawful_dsl.diagnostics import Diagnostic, near, order, render_all
from lawful_dsl.frozen import frozen
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import Program
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows, Name, Use
from lawful_dsl.syntax import System as Header

#: The code of what a report must say of a text, and what stops nothing: what is known not to be told.
NOTICE = "notice"
#: The code of a line that is about nothing: a finding, whose text is the statement.
UNMATCHED = "unmatched"
#: The user's words in a message.
_QUOTED = re.compile(r"`([^`]*)`")
#: So many diagnostics are shown at once.
MOST_TOLD = 100
#: The working directory.
WORKING = Path()
#: How policies are loaded: `library.load`, or the same with a memory.
Load = Callable[
    [tuple[str, ...], tuple[Path, ...], tuple[Source, ...]],
    tuple[Program, tuple[Diagnostic, ...], Mapping[str, Source]],
]


#: How the files of a system are read: `load` of `lawful.system`, or one that knows more kinds of files.
Read = Callable[[Sequence[Path]], files.Loaded]


@frozen
class Library:
    """A program and the texts that it was read from, by the names of their files."""

    program: Program
    sources: Mapping[str, Source]


@frozen
class Texts:
    """What was read of a system: its trees, their sources by name, what is wrong with them.

    `name` is what messages call it, `paths` are those beside which its policies lie, `root` the folder
    up to which they are sought.
    """

    name: str
    paths: tuple[Path, ...]
    trees: tuple[Flows, ...]
    sources: Mapping[str, Source]
    wrong: tuple[Diagnostic, ...] = ()
    root: Path = WORKING


@frozen
class Given:
    """A system, the program under which it is checked, the policies chosen and the date.

    `warning` is what is to be said of the texts, which stops nothing.
    """

    library: Library
    system: System
    policies: tuple[str, ...]
    date: str
    warning: str = ""

    @property
    def program(self) -> Program:
        """The program of the library."""
        return self.library.program


def read_file(
    path: Path,
    policies: Sequence[str],
    on: str,
    doing: Callable[[str], None] = lambda doing: None,
    load: Load = library.load,
    root: Path = WORKING,
    *,
    beside: Sequence[Path] = (),
    texts: Read = files.load,
) -> Given:
    """The system of a file or a folder, with the policies that it names unless others are given.

    What files `beside` it tell is of the same system; `texts` reads them all.
    """
    doing(f"reading {path}")
    if path.suffix == library.SUFFIX and path.is_file():
        raise Failure(
            f"error: `{path}` is a policy or a vocabulary, not a system\n"
            f"   = help: lawful check SYSTEM --policy {path}"
        )
    trees, sources, wrong = texts([path, *beside])
    return understand(
        Texts(str(path), (path, *beside), trees, sources, wrong, root), policies, on, doing, load
    )


def understand(
    texts: Texts,
    policies: Sequence[str],
    on: str,
    doing: Callable[[str], None] = lambda doing: None,
    load: Load = library.load,
) -> Given:
    """The system of some texts, with the policies that it names unless others are given."""
    trees, sources, wrong = texts.trees, texts.sources, texts.wrong
    names = tuple(policies) or named_policies(trees)
    torn = [fault for fault in wrong if fault.is_error]
    whole = {tree.span.file for tree in trees}
    if torn and (not names or any(fault.span.file not in whole for fault in torn)):
        raise Failure(
            _told(wrong, sources)
        )  # what follows from a text that was not read is not told
    if not names:
        raise Failure(
            f"error: `{texts.name}` names no policy, so there is nothing to check it against\n"
            "   = help: write `for policy NAME` after the system's name, or give --policy NAME"
        )
    doing("reading the policies")
    folders = tuple(dict.fromkeys(f for path in texts.paths for f in search_path(path, texts.root)))
    used = _used(trees)
    there = {entry.name for entry in library.scan(folders)}
    brought = {library.declared(law.text): law for law in _brought(sources)}
    there |= brought.keys()
    roots = (*names, *(name.text for name in used if name.text in there))
    program, faults, laws = load(tuple(dict.fromkeys(roots)), folders, tuple(brought.values()))
    if any(fault.is_error for fault in faults):
        raise Failure(_told([*wrong, *faults], {**laws, **sources}))
    there |= {policy.name for policy in program.policies}
    wrong = (*wrong, *_misused(used, {policy.name for policy in program.policies}, there))
    spared = {name.text for name in used}.difference(names)
    chosen = tuple(sorted({policy.name for policy in program.policies} - spared))
    _require_policies(names, chosen)
    doing(f"linking {texts.name}")
    system, faults_of_system = link(trees, program.vocabulary, policies=program.policies)
    if torn:
        faults_of_system = _without_consequences(faults_of_system, sources)
    notices = (
        Notice(NOTICE, each.message, span=each.span) for each in wrong if each.code == NOTICE
    )
    system = replace(system, notices=(*system.notices, *notices))
    about_nothing = {Unmatched(each.message, each.span) for each in wrong if each.code == UNMATCHED}
    system = replace(system, unmatched=tuple(sorted({*system.unmatched, *about_nothing})))
    wrong = tuple(each for each in wrong if each.code not in (NOTICE, UNMATCHED))
    sources = {**laws, **sources}
    found = order([*wrong, *faults, *faults_of_system])
    refuse(found, sources)
    date = date_of(program, system, chosen, on)
    if date == NO_DATE:
        raise Failure(
            f"error: there is no date on which to check `{system.name}`\n"
            "   = help: give one with --on, or write `as of DATE` after the system's name"
            " or `effective DATE` in the policy"
        )
    require_in_force(program, chosen, date)
    warning = _told(found, sources) if found else ""
    return Given(Library(program, sources), system, chosen, date, warning)


def read_policies(names: Sequence[str], folder: Path) -> Library:
    """Some policies, or all that can be found from a folder."""
    folders = search_path(folder)
    names = tuple(names) or tuple(dict.fromkeys(entry.name for entry in library.scan(folders)))
    program, faults, sources = library.load(names, folders)
    refuse(faults, sources)
    return Library(program, sources)


def search_path(path: Path, root: Path = WORKING) -> tuple[Path, ...]:
    """Where modules are sought before those that are shipped.

    The system's folder, its parents up to the working directory (or another `root`), `policies` in that.
    """
    here = root.resolve()
    folder = path if path.is_dir() else path.parent
    folders = [folder]
    whole = folder.resolve()
    if whole.is_relative_to(here):
        while whole != here:
            whole = whole.parent
            folders.append(root / whole.relative_to(here))
    folders.append(root / "policies")
    return tuple(folder for folder in dict.fromkeys(folders) if folder.is_dir())


def named_policies(trees: Iterable[Flows]) -> tuple[str, ...]:
    """The policies that the texts of a system name."""
    return tuple(
        dict.fromkeys(
            name.text
            for tree in trees
            for statement in tree.statements
            if isinstance(statement, Header)
            for name in statement.policies
        )
    )


def _brought(sources: Mapping[str, Source]) -> Iterator[Source]:
    """The modules that the files of a system bring with them."""
    return (each for file, each in sources.items() if file.endswith(library.SUFFIX))


def _used(trees: Iterable[Flows]) -> tuple[Name, ...]:
    """The modules that the texts of a system use."""
    uses = (each for tree in trees for each in tree.statements if isinstance(each, Use))
    return tuple(name for each in uses for name in each.names)


def _misused(
    used: Iterable[Name], policies: Collection[str], there: Collection[str]
) -> Iterator[Diagnostic]:
    """What a system uses that is no vocabulary, or is nowhere."""
    for name in used:
        if name.text in policies:
            yield Diagnostic(
                f"`{name}` has rules, and a system uses vocabularies only",
                name.span,
                f"to be checked against it, say `for policy {name}` after the system's name",
            )
        elif name.text not in there:
            yield Diagnostic(
                f"there is no vocabulary `{name}`",
                name.span,
                near(name.text, there) or "it is sought beside the system and in `policies`",
            )


def _without_consequences(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]
) -> tuple[Diagnostic, ...]:
    """What is wrong in any case: not what lines that could not be read may have declared."""
    lost = frozenset[str]().union(
        *(parse_flow(source).lost for name, source in sources.items() if name.endswith(".flow"))
    )
    return tuple(d for d in diagnostics if not lost.intersection(_QUOTED.findall(d.message)))


def _require_policies(names: Sequence[str], chosen: Sequence[str]) -> None:
    """Refuse what has no rules."""
    for name in names:
        if not name.endswith(library.SUFFIX) and "/" not in name and name not in chosen:
            raise Failure(f"error: `{name}` is a vocabulary, and has no rule to check")


def require_in_force(program: Program, chosen: Sequence[str], date: str) -> None:
    """Refuse what would be left out of the check without a word."""
    there = {policy.name for policy in in_force(program, chosen, date)}
    for name in chosen:
        if name not in there:
            versions = [policy for policy in program.policies if policy.name == name]
            spans = ", ".join(_in_effect(v.effective, v.until) for v in versions)
            raise Failure(
                f"error: no version of `{name}` is in effect on {date}\n"
                f"   = help: it is in effect {spans}; give another date with --on"
            )


def _in_effect(since: str, until: str) -> str:
    said = [f"from {since}"] if since else []
    said += [f"until {until}"] if until else []
    return " ".join(said)


def refuse(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> None:
    """Fail where there is an error."""
    found = order(diagnostics)
    if any(diagnostic.is_error for diagnostic in found):
        raise Failure(_told(found, sources))


def _told(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> str:
    found = order(diagnostics)
    told = render_all(found[:MOST_TOLD], sources)
    if len(found) > MOST_TOLD:
        told += f"\n\nerror: there are {len(found) - MOST_TOLD} more; mend those above first"
    return told
