"""Checking: systems in any of their forms, checked, and the report that the command gives of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from lawful.analysis.repairs import mend
from lawful.check import check, in_force
from lawful.dates import require_date
from lawful.failure import Failure
from lawful.findings import Report, Verdict
from lawful.given import Given, Texts, read_file, refuse, search_path, understand
from lawful.reporters.text import render
from lawful.system.load import parse
from lawful.system.model import System
from lawful.system.restate import restate
from lawful.testing.outcomes import WIDTH
from lawful_dsl import library
from lawful_dsl.diagnostics import Diagnostic, Rejected, render_all
from lawful_dsl.program import Policy, Program
from lawful_dsl.source import NOWHERE, Source
from lawful_dsl.syntax import Flows

if TYPE_CHECKING:
    from lawful.system.graph import Graph
#: What is read of some policies: the program, what is wrong with them, their texts.
Loaded = tuple[Program, tuple[Diagnostic, ...], Mapping[str, Source]]
#: What messages call a text that is in no file.
TEXT = "<text>"


def names_of(policies: str | Sequence[str]) -> tuple[str, ...]:
    """The policies given: one by its name or file, or several."""
    return (str(policies),) if isinstance(policies, str | Path) else tuple(map(str, policies))


def read(
    system: str | Path | Flows | System | Graph,
    policies: str | Sequence[str] = (),
    on: str = "",
) -> Given:
    """A system in any form, with the policies that it names unless others are given."""
    names = names_of(policies)
    if isinstance(system, Path) or (isinstance(system, str) and "\n" not in system):
        return read_file(Path(system), names, on)
    given = understand(_texts(system), names, on, load=load)
    if isinstance(system, System):  # what was ignored is told, though it is not there any more
        given = replace(given, system=replace(given.system, notices=system.notices))
    return given


def policy_of(name: str, on: str = "", folder: Path = Path()) -> tuple[Program, Policy]:
    """A policy by its name or file, in the version of a date or else the latest, with its program."""
    require_date(on)
    program, wrong, sources = load((name,), search_path(folder))
    refuse(wrong, sources)
    named = [p for p in program.policies if p.name == name or p.span.file == name]
    date = on or max((p.effective for p in named), default="")
    found = in_force(program, [p.name for p in named], date)
    if not found:
        raise Failure(
            f"error: no version of `{name}` is in effect on {date}"
            if named
            else f"error: `{name}` is no policy: it has no rules"
        )
    return program, found[0]


def _texts(system: str | Flows | System | Graph) -> Texts:
    here = Path()
    if isinstance(system, str):
        source = Source(TEXT, system)
        tree, wrong = parse(source)
        return Texts(TEXT, (here,), (tree,) if tree else (), {TEXT: source}, wrong)
    if isinstance(system, System):
        return Texts(system.name, (here,), (restate(system),), {})
    if isinstance(system, Flows):
        return Texts(system.span.file, (here,), (system,), {})
    if not hasattr(system, "adj"):  # networkx, which may be absent, is not asked
        raise TypeError(
            "a system is a path, a `.flow` text, a parsed tree, a linked system or a networkx graph,"
            f" but got {type(system).__name__}"
        )
    from lawful.system.graph import from_graph  # only graphs take networkx

    try:
        return Texts(NOWHERE.file, (here,), (from_graph(system),), {})
    except Rejected as rejected:
        raise Failure(render_all(rejected.diagnostics, {})) from None


def load(
    names: tuple[str, ...], folders: tuple[Path, ...], beside: tuple[Source, ...] = ()
) -> Loaded:
    """The program of some policies, read anew only where a file of theirs has changed."""
    if beside:
        return library.load(names, folders, beside)
    files = ((entry.path, entry.path.stat().st_mtime_ns) for entry in library.scan(folders))
    own = ((Path(name), Path(name).stat().st_mtime_ns) for name in names if Path(name).is_file())
    return _remembered(names, folders, Path.cwd(), (*files, *own))


@lru_cache(maxsize=8)
def _remembered(
    names: tuple[str, ...], folders: tuple[Path, ...], here: Path, stamp: object
) -> Loaded:
    return library.load(names, folders)


class Checked:
    """A system with what a check says of it; the repairs are sought when it is told."""

    def __init__(self, given: Given) -> None:
        self.given = given

    @cached_property
    def report(self) -> Report:
        """The report, without repairs."""
        given = self.given
        return check(given.program, given.system, policies=given.policies, on=given.date)

    def passes(self, *, strict: bool = False) -> bool:
        """Whether something was checked and nothing is broken, nor, where `strict`, undetermined."""
        fails = {Verdict.BROKEN, Verdict.NOT_EXERCISED}
        if strict:
            fails.add(Verdict.UNDETERMINED)
        return self.report.unwaived not in fails

    def told(self) -> str:
        """The report as the command gives it."""
        mended = mend(self.report, self.given.program, self.given.system)
        return render([mended], width=WIDTH).rstrip()
