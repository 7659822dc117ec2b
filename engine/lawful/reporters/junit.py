"""The report as JUnit XML: a suite for each system, a test case for each rule, for dashboards of tests.

A rule that is broken fails. One of which all that is broken is waived is skipped; one that is
undetermined is skipped, or fails where the check is strict;
one that no event met is skipped. Where no rule met an event the suite has an error: skipping all of
it would look like a pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from lawful.findings import FAILING, Finding, Report, RuleResult, Verdict, worst
from lawful.headlines import headline, scope
from lawful.prose import count, told
from lawful.wording import ENGLISH, Wording
from lawful_dsl.diagnostics import shown

__all__ = [
    "UNMET",
    "case",
    "failed",
    "render",
    "rules_of",
    "skipped",
    "suite",
    "unchecked",
    "written",
]


def render(
    reports: Sequence[Report],
    *,
    width: int = 80,
    colour: bool = False,
    strict: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The document; `strict` makes failures of what is undetermined."""
    return written([_suite(report, strict, width, wording) for report in reports])


def written(suites: Sequence[ET.Element]) -> str:
    """The document of some suites."""
    root = ET.Element("testsuites", {"name": "lawful", **_totals(suites)})
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _suite(report: Report, strict: bool, width: int, wording: Wording) -> ET.Element:
    cases = [_case(report, rule, strict, width, wording) for rule in rules_of(report)]
    if not report.exercised:
        cases.insert(0, unchecked(report))
    return suite(report, cases, _said_beside(report))


def suite(report: Report, cases: Sequence[ET.Element], said: Iterable[str]) -> ET.Element:
    """The cases of a system, counted, and what is said beside them."""
    made = ET.Element("testsuite", {"name": shown(report.system)})
    made.extend(cases)
    made.attrib |= {"tests": str(len(cases))}
    made.attrib |= {kind: str(len(made.findall(f"*/{tag}"))) for kind, tag in _COUNTED.items()}
    ET.SubElement(made, "system-out").text = "\n".join(map(shown, said))
    return made


def case(report: Report, policy: str, name: str) -> ET.Element:
    """A case that passes: of a rule of a policy, or, without one, of the system."""
    group = ".".join(filter(None, (shown(report.system), shown(policy))))
    return ET.Element("testcase", {"classname": group, "name": shown(name)})


def failed(made: ET.Element, message: str, kind: str, text: str) -> ET.Element:
    """The case as one that fails."""
    said = ET.SubElement(made, "failure", {"message": shown(message), "type": kind})
    said.text = _lines(text)
    return made


def skipped(made: ET.Element, message: str, text: str = "") -> ET.Element:
    """The case as one of which nothing is said to hold."""
    said = ET.SubElement(made, "skipped", {"message": shown(message)})
    if text:
        said.text = _lines(text)
    return made


def _lines(text: str) -> str:
    return "".join(f"\n{shown(line)}" for line in text.split("\n")) + "\n"


#: What is said of a rule that no event met.
UNMET = "not exercised: no event met this rule"
#: What is counted in a suite: the attribute, and the element of a case.
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def _totals(suites: Sequence[ET.Element]) -> dict[str, str]:
    return {kind: str(sum(int(s.attrib[kind]) for s in suites)) for kind in ("tests", *_COUNTED)}


def rules_of(report: Report) -> Iterator[RuleResult]:
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
    made = case(report, result.policy, result.rule)
    findings = [f for f in report.findings if (f.policy, f.rule) == (result.policy, result.rule)]
    text = "\n\n".join(told(finding, width=width, wording=wording) for finding in findings)
    left = report.unwaived_of(result)
    if left is Verdict.BROKEN or (strict and left is Verdict.UNDETERMINED):
        return failed(made, _message(result, findings), result.verdict, text)
    if result.verdict in FAILING:
        return skipped(made, _message(result, findings), text)
    if result.verdict is Verdict.NOT_EXERCISED:
        return skipped(made, UNMET)
    return made


def _message(result: RuleResult, findings: Sequence[Finding]) -> str:
    number = sum(finding.verdict is result.verdict for finding in findings)
    clauses = f" ({', '.join(result.clauses)})" if result.clauses else ""
    waived = sum(finding.waiver is not None for finding in findings)
    of_them = f", {'all' if waived == len(findings) else waived} waived" if waived else ""
    return f"{result.verdict}: {count(number, 'finding')}{of_them}{clauses}"


def unchecked(report: Report) -> ET.Element:
    """The case that says that no rule met an event: an error."""
    made = case(report, "", "some rule meets an event")
    ET.SubElement(made, "error", {"message": headline(report).plain, "type": "not exercised"})
    return made


def _said_beside(report: Report) -> Iterator[str]:
    yield headline(report).plain
    yield scope(report).plain
    for title, lines in (
        ("Not as declared", report.undeclared),
        ("Notices", report.notices),
    ):
        yield from (f"{title}: {line}" for line in lines)
