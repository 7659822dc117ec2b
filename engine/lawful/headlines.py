"""Headlines: what a check concludes, in a line."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from lawful.findings import Report, Verdict, outcome
from lawful.prose import STYLES, count
from lawful_dsl.diagnostics import shown

#: What is said of a system, the worst first.
_WORDS = ("broken", "undetermined", "waived", "kept", "not exercised")


def headline(report: Report) -> Text:
    """The verdict in a line."""
    name = shown(report.system)
    if not report.exercised:
        return Text(f"nothing was checked: no rule met an event of {name}", "bold yellow")
    broken, undetermined = (
        sum(finding.verdict is verdict for finding in report.findings)
        for verdict in (Verdict.BROKEN, Verdict.UNDETERMINED)
    )
    waived = sum(finding.waiver is not None for finding in report.findings)
    all_of_them = "all waived" if waived == len(report.findings) else f"{waived} of them waived"
    found = f"{count(broken, 'finding')} broken, {undetermined} undetermined"
    said = {
        Verdict.BROKEN: found,
        Verdict.UNDETERMINED: f"{count(undetermined, 'finding')} undetermined, none broken",
        Verdict.KEPT: "nothing is broken, and nothing undetermined",
    }
    word = report.word
    line = Text(f"{word}: {name}: {f'{found}, {all_of_them}' if waived else said[report.verdict]}")
    line.stylize(STYLES[word], 0, len(word) + 1)
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
    verdict = outcome(reports)
    said = [report.word for report in reports]
    counts = [f"{said.count(word)} {word}" for word in _WORDS if word in said]
    word = "waived" if verdict is Verdict.KEPT and "waived" in said else verdict.value
    style = STYLES[word]
    word = "nothing was checked of some" if verdict is Verdict.NOT_EXERCISED else word
    return Text(f"{word}: {len(reports)} systems: {', '.join(counts)}", style)
