"""Headlines: what a check concludes, in a line."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from lawful.findings import WORST, Report, Verdict, overall
from lawful.prose import STYLES, count
from lawful_dsl.diagnostics import shown


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


def scope(report: Report) -> Text:
    """Under which policies, on which date, and how many rules met an event."""
    met = sum(result.verdict is not Verdict.NOT_EXERCISED for result in report.rules)
    under = ", ".join(map(shown, report.policies)) or "no policy"
    rules = count(len(report.rules), "rule")
    line = Text(f"under {under} on {report.date}; {met} of {rules} met an event", "dim")
    exercised = {r.policy for r in report.rules if r.verdict is not Verdict.NOT_EXERCISED}
    for policy in report.policies if report.exercised else ():
        if policy not in exercised:
            line.append(f"\nno rule of {shown(policy)} met an event", "yellow")
    return line


def headline_of_all(reports: Sequence[Report]) -> Text:
    """The verdict on several systems in a line."""
    verdict = overall(reports)
    verdicts = [report.verdict for report in reports]
    counts = [f"{verdicts.count(v)} {v}" for v in WORST if v in verdicts]
    word = "nothing was checked of some" if verdict is Verdict.NOT_EXERCISED else verdict.value
    return Text(f"{word}: {len(reports)} systems: {', '.join(counts)}", STYLES[verdict])
