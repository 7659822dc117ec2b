"""What the engine says of a small system: every word of its findings, but for positions."""

from __future__ import annotations

from collections.abc import Iterator

from lawful.check import check
from lawful.findings import Finding, Report
from tests.semantics.cases import DATE, Case
from tests.semantics.texts import understand

_LAW = "policy p\n  by us_co\n\nuse tiny\n\n"
_FLOW = "system s for policy p\n\nparty us_co  operator  controller  in FR\n"


def told(law: str, flow: str) -> list[str]:
    """The findings of a policy by `us_co` on a system of which it is the controller."""
    return [line for finding in found_in(law, flow) for line in _lines(finding)]


def found_in(law: str, flow: str) -> tuple[Finding, ...]:
    """The same findings themselves."""
    return _report(law, flow).findings


def undeclared(law: str, flow: str) -> tuple[str, ...]:
    """What arrives where it is not declared, in the same."""
    return _report(law, flow).undeclared


def _report(law: str, flow: str) -> Report:
    program, system = understand(Case("told", "", "", (_LAW + law,), _FLOW + flow))
    return check(program, system, on=DATE)


def _lines(finding: Finding) -> Iterator[str]:
    beneath = f" and {finding.beneath} beneath" if finding.beneath else ""
    reason = f" ({finding.reason})" if finding.reason else ""
    yield f"{finding.rule} {finding.verdict}{reason}{beneath}: {finding.detail}"
    for step in finding.witness:
        yield f"  {step.carrier}: {step.category} {', '.join(step.did)}".rstrip()
    for fact in finding.facts:
        yield f"  since {fact.name} of {fact.of} is {fact.value}"
    for fact in finding.missing:
        yield f"  lacks {fact.name} of {fact.of}: {fact.value}"
    for row in finding.rows:
        clauses = f" [{', '.join(row.clauses)}]" if row.clauses else ""
        yield f"  row {row.row} of {row.block}{clauses} fails {', '.join(row.fails)}: {row.text}"
    for step in finding.precedence:
        yield f"  {step}"
