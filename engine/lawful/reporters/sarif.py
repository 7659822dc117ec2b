"""The report as SARIF 2.1.0: results with their paths, for code scanning and for editors.

What is broken is of kind `fail`, what is undetermined of kind `review` and level `note`: the standard
would have level `none` there, of which code scanning shows nothing, and silence would look like a
pass. There is no result for what is kept. What is waived
is a result with a suppression of kind `external`. Notices, and a check in which no rule met an event, are
notifications of the run; then it was not successful.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from lawful import __version__
from lawful.findings import Finding, Report, RuleResult, Step, Verdict, Waived, message_in
from lawful.headlines import headline
from lawful.prose import happening, lacking, waived
from lawful.wording import ENGLISH, Wording
from lawful_dsl.diagnostics import shown
from lawful_dsl.source import Span

__all__ = ["render"]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: The level of what is broken, by the severity of the rule.
LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
#: Code scanning refuses a log in which a rule has more tags.
MOST_TAGS = 20
#: What stands for something else in a message of SARIF, and how it is written for itself.
_ESCAPES = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})

Object = dict[str, Any]


def render(
    reports: Sequence[Report],
    *,
    width: int = 0,
    colour: bool = False,
    strict: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The log, with one run for all systems; it is the same whatever the width, and whether or not it is strict."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(reports, wording)]}
    return json.dumps(_visible(log), indent=2, ensure_ascii=False) + "\n"


def _run(reports: Sequence[Report], wording: Wording) -> Object:
    rules: dict[str, tuple[int, Object]] = {}
    results = []
    for report in reports:
        known = {(rule.policy, rule.rule): rule for rule in report.rules}
        for rule in report.rules:
            _numbered(rules, _descriptor(rule, wording))
        for finding in report.findings:
            said = RuleResult(finding.policy, finding.rule, finding.verdict)
            rule = known.get((finding.policy, finding.rule), said)
            number = _numbered(rules, _descriptor(rule, wording))
            results.append(_result(report, finding, number, wording))
    waivers = [finding.waiver for report in reports for finding in report.findings]
    if any(waivers):  # then the standard wants it said of every result
        for result, waiver in zip(results, waivers, strict=True):
            result["suppressions"] = [_suppression(waiver)] if waiver else []
    driver = {
        "name": "Lawful",
        "semanticVersion": __version__,
        "rules": [rule for _, rule in rules.values()],
    }
    return {
        "tool": {"driver": driver},
        "invocations": [_invocation(reports)],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }


def _numbered(rules: dict[str, tuple[int, Object]], rule: Object) -> int:
    """The number of a rule: two versions of one have two, and the same that two systems meet has one."""
    return rules.setdefault(json.dumps(rule), (len(rules), rule))[0]


def _rule_id(policy: str, rule: str) -> str:
    return f"{policy}/{rule}"


def _descriptor(rule: RuleResult, wording: Wording) -> Object:
    clauses = ", ".join(rule.clauses)
    cited = ": ".join(filter(None, (clauses, rule.citation)))
    message = message_in(wording.language, rule.messages)
    told = " ".join(filter(None, (message or rule.rule, f"({cited})" if cited else "")))
    help_text = f"`lawful explain {rule.rule} --policy {rule.policy}` shows the text of the rule."
    return {
        "id": _rule_id(rule.policy, rule.rule),
        "name": rule.rule,
        "shortDescription": _message(message or rule.rule),
        "fullDescription": _message(told),
        "help": _message(" ".join(filter(None, (cited and f"It stands for {cited}.", help_text)))),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "policy": rule.policy,
            "severity": rule.severity,
            "clauses": list(rule.clauses),
            "citation": rule.citation,
            "tags": list(dict.fromkeys(rule.clauses))[:MOST_TAGS],
        },
    }


def _result(report: Report, finding: Finding, number: int, wording: Wording) -> Object:
    broken = finding.verdict is Verdict.BROKEN
    place = finding.place if finding.place.line or finding.place.pointer else report.span
    made: Object = {
        "ruleId": _rule_id(finding.policy, finding.rule),
        "ruleIndex": number,
        "kind": "fail" if broken else "review",
        "level": LEVELS[finding.severity] if broken else "note",
        "message": _message("\n".join(_told(finding, wording))),
        "locations": [_location(place, name=finding.event.carrier)],
        "partialFingerprints": {
            "lawful/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
    }
    if finding.witness:
        hops = [_hop(hop, step) for hop, step in enumerate(finding.witness)]
        made["codeFlows"] = [{"threadFlows": [{"locations": hops}]}]
    if related := list(_related(finding)):
        made["relatedLocations"] = [{"id": i, **each} for i, each in enumerate(related)]
    made["properties"] = {
        "system": report.system,
        "date": report.date,
        "verdict": finding.verdict,
        "reason": finding.reason,
        "severity": finding.severity,
        "clauses": list(finding.clauses),
        "beneath": finding.beneath,
    }
    return made


def _suppression(waiver: Waived) -> Object:
    made: Object = {
        "kind": "external",
        "status": "accepted",
        "justification": f"waived {waived(waiver)}",
        "properties": {"owner": waiver.owner, "until": waiver.until},
    }
    if _somewhere(waiver.span):
        made["location"] = _location(waiver.span)
    return made


def _told(finding: Finding, wording: Wording) -> Iterable[str]:
    """What is said of a finding: the rule's message, what it is about, what to do."""
    reason = f" ({finding.reason})" if finding.reason else ""
    said = finding.message(wording.language)
    yield f"{finding.verdict}{reason}: {said}" if said else f"{finding.verdict}{reason}"
    if (about := happening(finding, wording)) != said:
        yield about
    if finding.waiver:
        yield f"waived {waived(finding.waiver)}"
    yield from (f"missing: {lacking(fact)}" for fact in finding.missing)
    yield from (f"repair: {change.text}" for change in _changes(finding))


def _changes(finding: Finding) -> tuple[Any, ...]:
    return finding.repair.changes if finding.repair else ()


def _hop(number: int, step: Step) -> Object:
    did = f": {', '.join(step.did)}" if step.did else ""
    said = f"{step.category} on {step.carrier}{did}"
    return {
        "executionOrder": number,
        "importance": "essential",
        "location": {**_location(step.span, name=step.carrier), "message": _message(said)},
    }


def _related(finding: Finding) -> Iterable[Object]:
    """Where something may be done: the facts to declare, the permits that nearly hold."""
    for fact in finding.missing:
        if _somewhere(fact.span):
            yield {**_location(fact.span), "message": _message(f"missing: {lacking(fact)}")}
    for row in finding.rows:
        if _somewhere(row.span):
            fails = ", ".join(row.fails) or "its conditions"
            said = f"nearest permit of {row.block}: it does not hold in {fails}"
            yield {**_location(row.span), "message": _message(said)}


def _somewhere(span: Span) -> bool:
    return bool(span.line or span.pointer)


def _location(span: Span, *, name: str = "") -> Object:
    """Where something stands, and what it is called; in JSON, the file and the pointer."""
    called: list[Object] = [{"fullyQualifiedName": name}] if name else []
    if span.pointer:
        called.append({"fullyQualifiedName": span.pointer, "kind": "object"})
    made: Object = {"logicalLocations": called} if called else {}
    if not _somewhere(span):
        return made
    physical: Object = {"artifactLocation": {"uri": _uri(span.file)}}
    if span.line:
        physical["region"] = _region(span)
    return {"physicalLocation": physical, **made}


def _region(span: Span) -> Object:
    region = {"startLine": span.line}
    if span.column:
        region["startColumn"] = span.column
    if span.end_line and span.end_column:
        region |= {"endLine": span.end_line, "endColumn": span.end_column}
    return region


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _invocation(reports: Sequence[Report]) -> Object:
    notes: list[Object] = []
    for report in reports:
        if not report.exercised:
            notes.append(_notification("error", headline(report).plain, report))
        beside = (*report.undeclared, *report.notices)
        notes += [_notification("note", said, report) for said in beside]
    whole = bool(reports) and all(report.exercised for report in reports)
    made: Object = {"executionSuccessful": whole}
    return {**made, "toolExecutionNotifications": notes} if notes else made


def _notification(level: str, said: str, report: Report) -> Object:
    made: Object = {"level": level, "message": _message(said)}
    if _somewhere(report.span):
        made["locations"] = [_location(report.span)]
    return made


def _message(text: str) -> Object:
    """A message of which every character stands for itself."""
    return {"text": text.translate(_ESCAPES)}


def _visible(value: Any) -> Any:
    """A value in which no text has anything that a terminal obeys, or that nobody sees."""
    if isinstance(value, dict):
        return {key: _visible(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_visible(each) for each in value]
    return "\n".join(map(shown, value.split("\n"))) if isinstance(value, str) else value
