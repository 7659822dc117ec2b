"""The report as a code quality report of GitLab: what a merge request shows beside its changes.

What is undetermined or waived is of severity `info`, and says so; so are notices. A check in which no rule met
an event is a blocker.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from lawful.findings import Finding, Report, Verdict
from lawful.headlines import headline
from lawful.prose import happening, lacking, waived
from lawful.wording import ENGLISH, Wording
from lawful_dsl.diagnostics import shown
from lawful_dsl.source import NOWHERE, Span

__all__ = ["SEVERITIES", "Entry", "entry", "render", "told", "written"]

#: What GitLab calls the severities of a rule.
SEVERITIES = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor"}

Entry = dict[str, Any]


def render(
    reports: Sequence[Report],
    *,
    width: int = 0,
    colour: bool = False,
    strict: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The entries as a JSON list; `strict` gives what is undetermined the severity of its rule."""
    return written(entry for report in reports for entry in _entries(report, strict, wording))


def written(entries: Iterable[Entry]) -> str:
    """The entries as a JSON list, those numbered that GitLab would take for one."""
    return json.dumps(_told_apart(entries), indent=2, ensure_ascii=False) + "\n"


def _entries(report: Report, strict: bool, wording: Wording) -> Iterator[Entry]:
    if not report.exercised:
        yield entry(report, "not exercised", headline(report).plain, "blocker")
    for finding in report.findings:
        fails = (strict or finding.verdict is Verdict.BROKEN) and not finding.waiver
        yield entry(
            report,
            f"{finding.policy}/{finding.rule}",
            told(finding, wording),
            SEVERITIES[finding.severity] if fails else "info",
            key=finding.fingerprint,
            place=finding.place,
        )
    for said in report.undeclared:
        yield entry(report, "not as declared", said, "info")
    for said in report.notices:
        yield entry(report, "notice", said, "info")


def told(finding: Finding, wording: Wording) -> str:
    """What is said of a finding, in one line."""
    return " ".join(_told(finding, wording))


def _told(finding: Finding, wording: Wording) -> Iterator[str]:
    yield f"{finding.verdict}:"
    if finding.waiver:
        yield f"(waived {waived(finding.waiver)})"
    said, about = finding.message(wording.language), happening(finding, wording)
    if said and said != about:
        yield said
    yield f"{about}."
    if finding.missing:
        yield f"Missing: {', '.join(map(lacking, finding.missing))}."
    if finding.place.pointer:
        yield f"It stands at {finding.place.pointer}."
    if finding.clauses:
        yield f"({', '.join(finding.clauses)})"
    yield f"[{finding.fingerprint}]"


def entry(
    report: Report, name: str, said: str, severity: str, *, key: str = "", place: Span = NOWHERE
) -> Entry:
    """Something that is said of a system, at its place or where the system is named."""
    span = report.span if place is NOWHERE else place
    parts = (report.system, name, key or said)
    return {
        "description": shown(said),
        "check_name": shown(name),
        "fingerprint": hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32],
        "severity": severity,
        "location": {
            "path": shown(PurePath(span.file).as_posix()),
            "lines": {"begin": max(span.line, 1)},
        },
    }


def _told_apart(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, those numbered that GitLab would take for one."""
    seen: Counter[str] = Counter()
    apart = []
    for each in entries:
        known = each["fingerprint"]
        number = seen[known]
        seen[known] += 1
        apart.append({**each, "fingerprint": f"{known}-{number}"} if number else each)
    return apart
