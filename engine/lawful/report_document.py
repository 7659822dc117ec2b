"""The report as a JSON document: everything that a check concluded, for other programs.

The document has a version: within one version fields are added and never change their meaning. Its
JSON Schema is printed by `lawful schema report`. Values that are not known are `null`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from lawful import __version__
from lawful.findings import (
    ASSERTION,
    OVERLAY,
    WAIVER,
    Datum,
    Event,
    Finding,
    NearRow,
    Repair,
    Report,
    RuleResult,
    Step,
    UsedFact,
    Verdict,
    Waived,
    outcome,
    overall,
)
from lawful.report_parts import (
    VERSION,
    CarrierPart,
    ChangePart,
    ClausePart,
    CountPart,
    DataPart,
    Document,
    EventPart,
    FactPart,
    FindingPart,
    HopPart,
    Position,
    RepairPart,
    ReportPart,
    RowPart,
    RulePart,
    SubjectPart,
    WaiverPart,
)
from lawful_dsl.source import Span


def schema() -> str:
    """The JSON Schema of the document."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def document(reports: Sequence[Report], language: str = "en") -> Document:
    """The reports as a document."""
    return Document(
        format="lawful.report",
        version=VERSION,
        produced_by=f"lawful {__version__}",
        verdict=overall(reports).value,
        unwaived=outcome(reports).value,
        reports=[report_part(report, language) for report in reports],
    )


def report_part(report: Report, language: str = "en") -> ReportPart:
    """One report as a part of the document."""
    return ReportPart(
        system=report.system,
        date=report.date,
        policies=list(report.policies),
        verdict=report.verdict.value,
        unwaived=report.unwaived.value,
        rules=[_rule(result) for result in report.rules],
        clauses=[ClausePart(clause=c, verdict=v.value) for c, v in report.clauses()],
        findings=[finding_part(finding, language) for finding in report.findings],
        notices=list(report.notices),
        undeclared=list(report.undeclared),
    )


def _rule(result: RuleResult) -> RulePart:
    return RulePart(
        policy=result.policy,
        rule=result.rule,
        verdict=result.verdict.value,
        severity=result.severity,  # type: ignore[arg-type]
        clauses=list(result.clauses),
        events=CountPart(kept=result.kept, broken=result.broken, undetermined=result.undetermined),
    )


def finding_part(finding: Finding, language: str = "en") -> FindingPart:
    """One finding as a part of the document."""
    event = finding.event
    return FindingPart(
        fingerprint=finding.fingerprint,
        verdict="broken" if finding.verdict is Verdict.BROKEN else "undetermined",
        reason=finding.reason.value if finding.reason else None,
        policy=finding.policy,
        rule=finding.rule,
        severity=finding.severity,  # type: ignore[arg-type]
        clauses=list(finding.clauses),
        citation=finding.citation or None,
        message=finding.message(language),
        messages=dict(finding.messages),
        detail=finding.detail,
        data=_data(finding.datum) if event.happens else None,
        event=_event(event),
        witness=[_hop(step) for step in finding.witness],
        facts=[_fact(fact) for fact in finding.facts],
        missing=[_fact(fact) for fact in finding.missing],
        rows=[_row(row) for row in finding.rows],
        precedence=list(finding.precedence),
        beneath=finding.beneath,
        repair=_repair(finding.repair),
        waiver=_waiver(finding.waiver),
        at=_position(finding.span),
    )


def _data(datum: Datum) -> DataPart:
    return DataPart(
        category=datum.category,
        form=datum.form,  # type: ignore[arg-type]
        subject=SubjectPart(id=datum.subject or None, kind=datum.subject_kind or None),
        origin=datum.origin,
        marks=list(datum.marks),
        unsourced=datum.unsourced,
    )


#: What the carrier is where there is no event.
_WHOLE: dict[str, Literal["system", "waiver", "overlay"]] = {
    ASSERTION: "system",
    WAIVER: "waiver",
    OVERLAY: "overlay",
}


def _event(event: Event) -> EventPart:
    at_node = event.carrier == event.source == event.target
    return EventPart(
        kind=event.kind,  # type: ignore[arg-type]
        carrier=CarrierPart(
            kind=_WHOLE.get(event.kind) or ("node" if at_node else "flow"),
            id=event.carrier,
        ),
        source=event.source,
        target=event.target,
        purpose=event.purpose or None,
        place=event.place or None,
        channel=event.channel or None,
        partner=event.partner or None,
    )


def _hop(step: Step) -> HopPart:
    return HopPart(
        flow=step.carrier,
        source=step.source,
        target=step.target,
        category=step.category,
        did=list(step.did),
        at=_position(step.span),
    )


def _fact(fact: UsedFact) -> FactPart:
    return FactPart(of=fact.of, name=fact.name, value=fact.value, at=_position(fact.span))


def _row(row: NearRow) -> RowPart:
    return RowPart(
        block=row.block,
        row=row.row,
        text=row.text,
        fails=list(row.fails),
        clauses=list(row.clauses),
        at=_position(row.span),
    )


def _repair(repair: Repair | None) -> RepairPart | None:
    if repair is None:
        return None
    changes = [ChangePart(action=c.action, on=c.on, text=c.text) for c in repair.changes]
    return RepairPart(changes=changes, pruned=repair.pruned)


def _waiver(waiver: Waived | None) -> WaiverPart | None:
    if waiver is None:
        return None
    return WaiverPart(
        owner=waiver.owner,
        because=waiver.because,
        until=waiver.until,
        at=_position(waiver.span),
    )


def _position(span: Span) -> Position | None:
    if not (span.line or span.pointer):
        return None
    return Position(
        file=span.file, line=span.line, column=span.column, pointer=span.pointer or None
    )
