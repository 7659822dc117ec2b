"""The report as JUnit XML: a suite for each system, a test case for each rule, for dashboards of tests.

A rule that is broken fails. One of which all that is broken is waived is skipped; one that is
undetermined is skipped, or fails where the check is strict;
one that no event met is skipped. Where no rule met an event the suite has an error: skipping all of
it would look like a pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from lawful.findings import FAILING, Finding, Report, RuleResult, Verdict, worst
from lawful.headlines import headline, scope
from lawful.prose import count, told
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
    """The document; `strict` makes failures of what is undetermined."""
    suites = [_suite(report, strict, width, wording) for report in reports]
    root = ET.Element("testsuites", {"name": "lawful", **_totals(suites)})
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _suite(report: Report, strict: bool, width: int, wording: Wording) -> ET.Element:
    cases = [_case(report, rule, strict, width, wording) for rule in _rules(report)]
    if not report.exercised:
        cases.insert(0, _unchecked(report))
    suite = ET.Element("testsuite", {"name": shown(report.system)})
    suite.extend(cases)
    suite.attrib |= {"tests": str(len(cases))}
    suite.attrib |= {kind: str(len(suite.findall(f"*/{tag}"))) for kind, tag in _COUNTED.items()}
    ET.SubElement(suite, "system-out").text = "\n".join(_said_beside(report))
    return suite


#: What is counted in a suite: the attribute, and the element of a case.
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def _totals(suites: Sequence[ET.Element]) -> dict[str, str]:
    return {kind: str(sum(int(s.attrib[kind]) for s in suites)) for kind in ("tests", *_COUNTED)}


def _rules(report: Report) -> Iterator[RuleResult]:
    """The results of the rules, with one for each rule that has findings and is not among them."""
    yield from report.rules
    known = {(rule.policy, rule.rule) for rule in report.rules}
    others = dict.fromkeys((f.policy, f.rule) for f in report.findings)
    for policy, rule in others:
        if (policy, rule) not in known:
            found = [f.verdict for f in report.findings if (f.policy, f.rule) == (policy, rule)]
            yield RuleResult(policy, rule, worst(found))


def _case(
    report: Report, result: RuleResult, strict: bool, width: int, wording: Wording
) -> ET.Element:
    case = _named(report, result.policy, result.rule)
    findings = [f for f in report.findings if (f.policy, f.rule) == (result.policy, result.rule)]
    text = "\n\n".join(told(finding, width=width, wording=wording) for finding in findings)
    left = report.unwaived_of(result)
    if left is Verdict.BROKEN or (strict and left is Verdict.UNDETERMINED):
        said = {"message": _message(result, findings), "type": result.verdict}
        ET.SubElement(case, "failure", said).text = f"\n{text}\n"
    elif result.verdict in FAILING:
        said = {"message": _message(result, findings)}
        ET.SubElement(case, "skipped", said).text = f"\n{text}\n"
    elif result.verdict is Verdict.NOT_EXERCISED:
        ET.SubElement(case, "skipped", {"message": "not exercised: no event met this rule"})
    return case


def _named(report: Report, policy: str, name: str) -> ET.Element:
    group = ".".join(filter(None, (shown(report.system), shown(policy))))
    return ET.Element("testcase", {"classname": group, "name": shown(name)})


def _message(result: RuleResult, findings: Sequence[Finding]) -> str:
    number = sum(finding.verdict is result.verdict for finding in findings)
    clauses = f" ({shown(', '.join(result.clauses))})" if result.clauses else ""
    waived = sum(finding.waiver is not None for finding in findings)
    of_them = f", {'all' if waived == len(findings) else waived} waived" if waived else ""
    return f"{result.verdict}: {count(number, 'finding')}{of_them}{clauses}"


def _unchecked(report: Report) -> ET.Element:
    case = _named(report, "", "some rule meets an event")
    ET.SubElement(case, "error", {"message": headline(report).plain, "type": "not exercised"})
    return case


def _said_beside(report: Report) -> Iterator[str]:
    yield headline(report).plain
    yield scope(report).plain
    for title, lines in (
        ("Arrives but is not declared", report.undeclared),
        ("Notices", report.notices),
    ):
        yield from (f"{title}: {shown(line)}" for line in lines)
