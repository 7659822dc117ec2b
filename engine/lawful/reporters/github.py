"""The report as commands of a GitHub workflow: each finding is an annotation at its line.

What is broken is an error, what is undetermined a warning, or an error where the check is strict;
what is waived, and what must be said beside them, are notices. GitHub shows ten of each
kind for a step; the log has all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from lawful.findings import Finding, Report, Verdict
from lawful.headlines import headline, scope
from lawful.prose import told
from lawful.wording import ENGLISH, Wording
from lawful_dsl.diagnostics import shown
from lawful_dsl.source import NOWHERE, Span

__all__ = ["command", "located", "plain", "render", "title"]


def render(
    reports: Sequence[Report],
    *,
    width: int = 80,
    colour: bool = False,
    strict: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The commands, a line each, after the verdict on each system; `strict` makes errors of what is undetermined."""
    lines: list[str] = []
    for report in reports:
        lines += _of(report, strict, width, wording)
    return "".join(f"{line}\n" for line in lines)


def _of(report: Report, strict: bool, width: int, wording: Wording) -> Iterator[str]:
    yield from map(plain, (headline(report).plain, *scope(report).plain.split("\n")))
    if not report.exercised:
        yield command("error", "nothing was checked", headline(report).plain, report.span)
    for finding in report.findings:
        fails = strict or finding.verdict is Verdict.BROKEN
        text = told(finding, width=width, wording=wording)
        kind = "notice" if finding.waiver else "error" if fails else "warning"
        yield command(kind, title(finding), text, located(finding, report))
    for said in report.undeclared:
        yield command("notice", "not as declared", said, report.span)
    for said in report.notices:
        yield command("notice", "notice", said, report.span)


def located(finding: Finding, report: Report) -> Span:
    """Where a finding is annotated: at its own place, else where its system is named."""
    return report.span if finding.place is NOWHERE else finding.place


def title(finding: Finding) -> str:
    """The verdict, the rule and its clauses."""
    clauses = f" ({', '.join(finding.clauses)})" if finding.clauses else ""
    waived = ", waived" if finding.waiver else ""
    return f"{finding.verdict}{waived}: {finding.policy} {finding.rule}{clauses}"


def command(kind: str, title: str, text: str, span: Span) -> str:
    """An annotation: `error`, `warning` or `notice`, with a title, at a place."""
    said: dict[str, str] = {}
    if span.line or span.pointer:
        said["file"] = PurePath(span.file).as_posix()
    if span.line:
        said["line"] = str(span.line)
        if span.column:
            said["col"] = str(span.column)
    if span.pointer:
        text = f"at {span.pointer}\n{text}"
    said["title"] = title
    properties = ",".join(f"{name}={_property(value)}" for name, value in said.items())
    return f"::{kind} {properties}::{_data(text)}"


def _data(text: str) -> str:
    """A text of one or more lines as a command has it."""
    return "%0A".join(shown(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return shown(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def plain(text: str) -> str:
    """A line of the log in which nothing is a command: the older ones may stand anywhere in it."""
    return text.replace("##[", "#\ufffd[")
