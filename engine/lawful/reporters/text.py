"""The report as a text for people: the verdict first, then each finding with its path, then the rules.

Readable in eighty columns and without colour. Colour is for terminals alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawful.findings import Report, RuleResult, Verdict
from lawful.headlines import headline, headline_of_all, scope
from lawful.prose import MARGIN, STYLES, describe, open_console, read_console
from lawful.wording import ENGLISH, Wording
from lawful_dsl.diagnostics import shown

__all__ = ["render"]


def render(
    reports: Sequence[Report],
    *,
    width: int = 80,
    colour: bool = False,
    strict: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The reports one after the other; of several, first a line for all of them."""
    console = open_console(width=width, colour=colour)
    if len(reports) > 1:
        console.print(headline_of_all(reports))
        console.print()
    for number, report in enumerate(reports):
        if number:
            console.print()
        _write(console, report, wording)
    return read_console(console)


def _write(console: Console, report: Report, wording: Wording) -> None:
    console.print(headline(report))
    console.print(scope(report))
    for number, finding in enumerate(report.findings, start=1):
        console.print()
        describe(console, finding, title=f"{number}. ", wording=wording)
    _list(console, "Not as declared", report.undeclared)
    _list(console, "Notices", report.notices)
    met = [rule for rule in report.rules if rule.verdict is not Verdict.NOT_EXERCISED]
    if met:
        console.print()
        console.print(_rules(met))
    unmet = [rule for rule in report.rules if rule.verdict is Verdict.NOT_EXERCISED]
    _list(console, "Not exercised: no event met them", [_named(unmet)] if unmet else [])


def _named(rules: Sequence[RuleResult]) -> str:
    """The names of some rules, each policy's together."""
    policies = dict.fromkeys(rule.policy for rule in rules)
    names = {p: ", ".join(rule.rule for rule in rules if rule.policy == p) for p in policies}
    if len(names) == 1:
        return next(iter(names.values()))
    return "; ".join(f"{policy}: {said}" for policy, said in names.items())


def _rules(rules: Sequence[RuleResult]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Rule", overflow="fold")
    table.add_column("Verdict", no_wrap=True)
    for column in ("Kept", "Broken", "Undetermined"):
        table.add_column(column, justify="right", no_wrap=True)
    several = len({result.policy for result in rules}) > 1
    policy = ""
    for result in rules:
        if several and result.policy != policy:
            policy = result.policy
            table.add_row(Text(shown(policy), "bold"))
        name = Text(("  " if several else "") + shown(result.rule))
        verdict = Text(result.verdict, STYLES[result.verdict])
        counts = (result.kept, result.broken, result.undetermined)
        table.add_row(name, verdict, *map(str, counts))
    return table


def _list(console: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        console.print()
        console.print(Text(title, "bold"))
        for line in lines:
            console.print(Padding(Text(shown(line), overflow="fold"), (0, 0, 0, MARGIN)))
