"""Covering: the coverage of a policy, read from its texts and told as a text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawful.analysis.coverage import Coverage, Covered, Shown, cover
from lawful.check import in_force
from lawful.cli.progress import Progress
from lawful.cli.texts import FLOW, LAW
from lawful.failure import Failure
from lawful.given import Library, read_policies, refuse, require_in_force, search_path
from lawful.prose import MARGIN, count, open_console, read_console
from lawful.system import load as texts
from lawful.testing.cases import Case, cases, unknown_clauses, version_of
from lawful_dsl import library
from lawful_dsl.diagnostics import shown
from lawful_dsl.program import Policy

#: The folder beside a policy in which its cases lie.
CASES = "cases"


def read_coverage(name: str, on: str, doing: Progress) -> Coverage:
    """What covers the clauses of a policy, by name or as a file; the version in effect on a date."""
    _, policy, found = read_cases(name, on, doing)
    if not policy.clauses:
        raise Failure(
            f"error: `{policy.name}` has no register of clauses, so there is nothing to go through\n"
            '   = help: write `clauses "SECTION"` with its clauses, in the policy or in a vocabulary'
            " that it uses"
        )
    return cover(
        policy,
        (Shown(c.clauses, tuple(name.text for name in c.rules), c.verdict) for c in found),
    )


def read_cases(name: str, on: str, doing: Progress) -> tuple[Library, Policy, tuple[Case, ...]]:
    """A policy, by name or as a file, in the version in effect on a date, and the cases beside it."""
    doing(f"reading {name}")
    folder = Path(name) if name.endswith(LAW) else Path()
    known = read_policies((name,), folder)
    policy = _version(known, name, on)
    paths = {entry.file: entry.path for entry in library.scan(search_path(folder))}
    beside = paths.get(policy.span.file, Path(policy.span.file)).parent / CASES
    return known, policy, tuple(_cases(beside, known, policy, doing))


def _version(known: Library, name: str, on: str) -> Policy:
    versions = known.program.policies
    if not versions:
        raise Failure(f"error: `{name}` is a vocabulary, and has no rules")
    if not on:
        return max(versions, key=lambda policy: policy.effective)
    require_in_force(known.program, [versions[0].name], on)
    (policy,) = in_force(known.program, [versions[0].name], on)
    return policy


def _cases(folder: Path, known: Library, policy: Policy, doing: Progress) -> Iterator[Case]:
    """The cases in and below a folder that are about this version of the policy."""
    files = sorted(folder.rglob(f"*{FLOW}"))
    doing(f"reading {count(len(files), 'file')} of cases")
    trees, sources, wrong = texts.load(files)
    faults = [*wrong, *(d for tree in trees for d in unknown_clauses(tree, known.program.policies))]
    refuse(faults, {**known.sources, **sources})
    for tree in trees:
        for case in cases(tree):
            if version_of(case, known.program, policy.name) is policy:
                yield case


# --- telling --------------------------------------------------------------------------------------


def tell_coverage(coverage: Coverage, *, width: int, colour: bool) -> str:
    """The coverage as a text for people: clause by clause, then what is missing."""
    console = open_console(width=width, colour=colour)
    _headline(console, coverage)
    expected = [each for each in coverage.clauses if each.expected]
    widest = max((len(each.clause.id) for each in expected), default=0)
    for number, (section, clauses) in enumerate(groupby(expected, lambda c: c.clause.section)):
        console.print()
        console.print(Text(shown(section), "bold"))
        console.print(_table(tuple(clauses), max(widest, len("Clause")), header=not number))
    _ids(console, "No rule", [each for each in expected if not each.rules])
    _ids(console, "Not shown by cases", [each for each in expected if not each.shown])
    _reasons(console, [each for each in coverage.clauses if not each.expected])
    return read_console(console)


def _headline(console: Console, coverage: Coverage) -> None:
    expected = [each for each in coverage.clauses if each.expected]
    whole = [each for each in expected if each.whole]
    style = "bold green" if coverage.whole else "bold red"
    have = "has" if len(whole) == 1 else "have"
    said = f"{len(whole)} of {count(len(expected), 'clause')} that can be checked {have} rules, and cases that show it"
    console.print(Text(f"{shown(coverage.policy)}: {said}", style))
    title = [shown(coverage.label)] if coverage.label else []
    title += [f"effective {coverage.effective}"] if coverage.effective else []
    title += [f"{len(coverage.clauses) - len(expected)} more cannot be checked"]
    console.print(Text(", ".join(title)))


def _table(clauses: Sequence[Covered], widest: int, *, header: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=header, expand=True)
    table.add_column("Clause", width=widest, no_wrap=True)
    table.add_column("By", width=len("metadata"), no_wrap=True, style="dim")
    table.add_column("Rules", ratio=1, overflow="fold")
    for word in ("Broken", "Kept", "Undetermined", "Unmet"):
        table.add_column(word, width=len(word), justify="right", no_wrap=True)
    for each in clauses:
        numbers = (each.broken, each.kept, each.undetermined, each.unmet)
        table.add_row(
            Text(shown(each.clause.id), "" if each.whole else "red"),
            each.clause.checkable,
            Text(shown(", ".join(each.rules)) or "none", "" if each.rules else "red"),
            *(Text(str(number), "" if each.shown else "red") for number in numbers),
        )
    return table


def _ids(console: Console, title: str, clauses: Sequence[Covered]) -> None:
    if clauses:
        console.print()
        console.print(Text(f"{title}: {count(len(clauses), 'clause')}", "bold"))
        said = Text(shown(", ".join(each.clause.id for each in clauses)))
        console.print(Padding(said, (0, 0, 0, MARGIN)))


def _reasons(console: Console, clauses: Iterable[Covered]) -> None:
    told = [(shown(c.clause.id), shown(c.clause.because or c.clause.says)) for c in clauses]
    if told:
        console.print()
        console.print(Text("Not to be checked, and why", "bold"))
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
        for id, reason in told:
            table.add_row(Text(id), Text(reason))
        console.print(Padding(table, (0, 0, 0, MARGIN)))
