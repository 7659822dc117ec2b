"""The report as a text for people: the verdict first, then each finding with its path, then the rules.

Readable in eighty columns and without colour. Colour is for terminals alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawful.findings import WORST, Report, RuleResult, Verdict, overall
from lawful.prose import MARGIN, STYLES, count, describe, open_console, read_console
from lawful.wording import ENGLISH, Wording
from lawful_dsl.diagnostics import shown

__all__ = ["headline", "render"]


def render(
    reports: Sequence[Report],
    *,
    width: int = 80,
    colour: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The reports one after the other; of several, first a line for all of them."""
    console = open_console(width=width, colour=colour)
    if len(reports) > 1:
        console.print(_overall(reports))
        console.print()
    for number, report in enumerate(reports):
        if number:
            console.print()
        _write(console, report, wording)
    return read_console(console)


def headline(report: Report) -> Text:
    """The verdict in a line."""
    name = shown(report.system)
    if not report.exercised:
        return Text(f"nothing was checked: no rule met an event of {name}", "bold yellow")
    broken, undetermined = (
        sum(finding.verdict is verdict for finding in report.findings)
        for verdict in (Verdict.BROKEN, Verdict.UNDETERMINED)
    )
    said = {
        Verdict.BROKEN: f"{count(broken, 'finding')} broken, {undetermined} undetermined",
        Verdict.UNDETERMINED: f"{count(undetermined, 'finding')} undetermined, none broken",
        Verdict.KEPT: "nothing is broken, and nothing undetermined",
    }
    line = Text(f"{report.verdict}: {name}: {said[report.verdict]}")
    line.stylize(STYLES[report.verdict], 0, len(report.verdict) + 1)
    return line


def _scope(report: Report) -> Text:
    met = sum(result.verdict is not Verdict.NOT_EXERCISED for result in report.rules)
    under = ", ".join(map(shown, report.policies)) or "no policy"
    rules = count(len(report.rules), "rule")
    line = Text(f"under {under} on {report.date}; {met} of {rules} met an event", "dim")
    exercised = {r.policy for r in report.rules if r.verdict is not Verdict.NOT_EXERCISED}
    for policy in report.policies if report.exercised else ():
        if policy not in exercised:
            line.append(f"\nno rule of {shown(policy)} met an event", "yellow")
    return line


def _write(console: Console, report: Report, wording: Wording) -> None:
    console.print(headline(report))
    console.print(_scope(report))
    for number, finding in enumerate(report.findings, start=1):
        console.print()
        describe(console, finding, title=f"{number}. ", wording=wording)
    _list(console, "Arrives but is not declared", report.undeclared)
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


def _overall(reports: Sequence[Report]) -> Text:
    verdict = overall(reports)
    verdicts = [report.verdict for report in reports]
    counts = [f"{verdicts.count(v)} {v}" for v in WORST if v in verdicts]
    word = "nothing was checked of some" if verdict is Verdict.NOT_EXERCISED else verdict.value
    return Text(f"{word}: {len(reports)} systems: {', '.join(counts)}", STYLES[verdict])
