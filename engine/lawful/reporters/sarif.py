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

__all__ = [
    "LEVELS",
    "Object",
    "Rules",
    "descriptor",
    "location",
    "log",
    "message",
    "notification",
    "render",
    "result",
]

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
    rules = Rules()
    results = []
    for report in reports:
        for rule in report.rules:
            rules.number(descriptor(rule, wording))
        results += [result(report, finding, rules, wording) for finding in report.findings]
    whole = bool(reports) and all(report.exercised for report in reports)
    return log(rules, results, list(_beside(reports)), whole=whole)


class Rules:
    """The rules of a run, each with its number: two versions of one have two."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Object]] = {}

    def number(self, rule: Object) -> int:
        """The number of a rule; the same that two systems meet has one."""
        return self._known.setdefault(json.dumps(rule), (len(self._known), rule))[0]

    @property
    def all(self) -> list[Object]:
        """The rules in the order of their numbers."""
        return [rule for _, rule in self._known.values()]


def log(
    rules: Rules, results: Sequence[Object], notifications: Sequence[Object], *, whole: bool
) -> str:
    """A log with one run; `whole` says that it could be done."""
    if any("suppressions" in each for each in results):  # then the standard wants it said of all
        results = [{**each, "suppressions": each.get("suppressions", [])} for each in results]
    driver = {"name": "Lawful", "semanticVersion": __version__, "rules": rules.all}
    invocation: Object = {"executionSuccessful": whole}
    if notifications:
        invocation["toolExecutionNotifications"] = list(notifications)
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": list(results),
    }
    made = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(_visible(made), indent=2, ensure_ascii=False) + "\n"


def _rule_id(policy: str, rule: str) -> str:
    return f"{policy}/{rule}"


def descriptor(rule: RuleResult, wording: Wording) -> Object:
    """What a run says of a rule of a policy."""
    clauses = ", ".join(rule.clauses)
    cited = ": ".join(filter(None, (clauses, rule.citation)))
    said = message_in(wording.language, rule.messages) or rule.rule
    told = " ".join(filter(None, (said, f"({cited})" if cited else "")))
    help_text = f"`lawful explain {rule.rule} --policy {rule.policy}` shows the text of the rule."
    return {
        "id": _rule_id(rule.policy, rule.rule),
        "name": rule.rule,
        "shortDescription": message(said),
        "fullDescription": message(told),
        "help": message(" ".join(filter(None, (cited and f"It stands for {cited}.", help_text)))),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "policy": rule.policy,
            "severity": rule.severity,
            "clauses": list(rule.clauses),
            "citation": rule.citation,
            "tags": list(dict.fromkeys(rule.clauses))[:MOST_TAGS],
        },
    }


def result(report: Report, finding: Finding, rules: Rules, wording: Wording) -> Object:
    """A finding of a report, whose rule is one of `rules` or is made one."""
    unknown = RuleResult(finding.policy, finding.rule, finding.verdict)
    known = (each for each in report.rules if _same(each, finding))
    broken = finding.verdict is Verdict.BROKEN
    place = finding.place if finding.place.line or finding.place.pointer else report.span
    made: Object = {
        "ruleId": _rule_id(finding.policy, finding.rule),
        "ruleIndex": rules.number(descriptor(next(known, unknown), wording)),
        "kind": "fail" if broken else "review",
        "level": LEVELS[finding.severity] if broken else "note",
        "message": message("\n".join(_told(finding, wording))),
        "locations": [location(place, name=finding.event.carrier)],
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
    if finding.waiver:
        made["suppressions"] = [_suppression(finding.waiver)]
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


def _same(rule: RuleResult, finding: Finding) -> bool:
    return (rule.policy, rule.rule) == (finding.policy, finding.rule)


def _suppression(waiver: Waived) -> Object:
    made: Object = {
        "kind": "external",
        "status": "accepted",
        "justification": f"waived {waived(waiver)}",
        "properties": {"owner": waiver.owner, "until": waiver.until},
    }
    if _somewhere(waiver.span):
        made["location"] = location(waiver.span)
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
        "location": {**location(step.span, name=step.carrier), "message": message(said)},
    }


def _related(finding: Finding) -> Iterable[Object]:
    """Where something may be done: the facts to declare, the permits that nearly hold."""
    for fact in finding.missing:
        if _somewhere(fact.span):
            yield {**location(fact.span), "message": message(f"missing: {lacking(fact)}")}
    for row in finding.rows:
        if _somewhere(row.span):
            fails = ", ".join(row.fails) or "its conditions"
            said = f"nearest permit of {row.block}: it does not hold in {fails}"
            yield {**location(row.span), "message": message(said)}


def _somewhere(span: Span) -> bool:
    return bool(span.line or span.pointer)


def location(span: Span, *, name: str = "") -> Object:
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


def _beside(reports: Sequence[Report]) -> Iterable[Object]:
    """What is said of systems beside their findings."""
    for report in reports:
        if not report.exercised:
            yield notification("error", headline(report).plain, report.span)
        for said in (*report.undeclared, *report.notices):
            yield notification("note", said, report.span)


def notification(level: str, said: str, span: Span) -> Object:
    """Something that is said of a run, and is no result."""
    made: Object = {"level": level, "message": message(said)}
    if _somewhere(span):
        made["locations"] = [location(span)]
    return made


def message(text: str) -> Object:
    """A message of which every character stands for itself."""
    return {"text": text.translate(_ESCAPES)}


def _visible(value: Any) -> Any:
    """A value in which no text has anything that a terminal obeys, or that nobody sees."""
    if isinstance(value, dict):
        return {key: _visible(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_visible(each) for each in value]
    return "\n".join(map(shown, value.split("\n"))) if isinstance(value, str) else value
