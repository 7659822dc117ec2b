"""Outcomes: of the tests that were run, those that fail, each with what the check found, and the sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from lawful.findings import Finding, Verdict
from lawful.prose import MARGIN, STYLES, count, describe, open_console, read_console
from lawful.testing.cases import Case, Outcome
from lawful_dsl.diagnostics import shown

#: How wide a text is that is shown by something else than a terminal.
WIDTH = 80


def render(outcomes: Sequence[Outcome], *, files: int, width: int, colour: bool) -> str:
    """What came of the cases, as a text for people."""
    console = open_console(width=width, colour=colour)
    failed = [outcome for outcome in outcomes if outcome.otherwise]
    for outcome in failed:
        _describe(console, outcome)
        console.print()
    console.print(_sum(outcomes, failed, files))
    return read_console(console)


def tell(outcome: Outcome) -> str:
    """Why a case fails, as a text for people."""
    console = open_console(width=WIDTH, colour=False)
    _describe(console, outcome)
    return read_console(console).rstrip()


def _sum(outcomes: Sequence[Outcome], failed: Sequence[Outcome], files: int) -> Text:
    tests = {(o.case.span.file, o.case.test) for o in outcomes if o.case.test}
    where = f"of {count(len(tests), 'test')} in {count(files, 'file')}"
    if failed:
        said = f"{len(failed)} of {count(len(outcomes), 'case')} {where} fail"
        return Text(said.replace(" fail", " fails") if len(failed) == 1 else said, "bold red")
    hold = "holds" if len(outcomes) == 1 else "all hold"
    return Text(f"{count(len(outcomes), 'case')} {where}: {hold}", "green")


def _describe(console: Console, outcome: Outcome) -> None:
    console.print(Text(shown(_title(outcome.case)), "bold"))
    for rule, verdict in outcome.otherwise:
        line = Text(f"{shown(rule)} is expected to be {outcome.case.verdict}, and is ")
        line.append(verdict, STYLES.get(verdict, ""))
        console.print(Padding(line, (0, 0, 0, MARGIN)))
    for finding in _telling(outcome):
        console.print()
        describe(console, finding)


def _telling(outcome: Outcome) -> Iterator[Finding]:
    """The findings that show why: of the rules that came out otherwise, or, if they found nothing, all."""
    rules = {rule for rule, verdict in outcome.otherwise if verdict is not Verdict.KEPT}
    yield from (finding for finding in outcome.report.findings if finding.rule in rules)


def _title(case: Case) -> str:
    """A case in a line: where it stands, and of which test it is."""
    place = f"{case.span.file}:{case.span.line}" if case.span.line else case.span.file
    return f'{place}  "{case.test}"' if case.test else place
