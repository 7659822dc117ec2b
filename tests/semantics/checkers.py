"""The two checkers, and what each concludes of a case, in one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lawful.check import check
from lawful.findings import Finding, Reason, Verdict, worst
from lawful.testing import reference
from lawful_dsl.program import Policy
from tests.semantics.cases import Case, Expected
from tests.semantics.texts import understand

#: Told of unknown data, of which there is one finding for all rules at each node.
UNKNOWN = "unknown data"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding. `detail` is what the engine says of it; the reference says nothing."""

    rule: str
    verdict: str
    carrier: str
    category: str
    about: str
    because: frozenset[str]
    beneath: int
    waived: bool
    detail: str | None = None

    def fits(self, expected: Expected) -> bool:
        """Whether this is what a case expects, as far as the case says."""
        return (
            (self.rule, self.verdict, self.carrier, self.category)
            == (expected.rule, expected.verdict, expected.carrier, expected.category)
            and expected.about in ("", self.about)
            and (not expected.because or expected.because in self.because)
            and (self.detail is None or expected.naming in self.detail)
            and expected.beneath in (None, self.beneath)
            and expected.waived is self.waived
        )

    def __str__(self) -> str:
        because = " or ".join(sorted(self.because))
        return (
            f"{self.rule} {self.verdict} at {self.carrier} of {self.category}"
            f"{f' about {self.about}' if self.about else ''}"
            f"{f' because {because}' if because else ''} beneath {self.beneath}"
            f"{' waived' if self.waived else ''}"
        )


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a checker concludes: the verdict of each rule, the findings, where unknown data begin."""

    verdicts: dict[str, str]
    findings: tuple[Found, ...]
    unknown_at: tuple[str, ...]


def engine(case: Case) -> Conclusion:
    """What the engine concludes."""
    program, system = understand(case)
    report = check(program, system, on=case.date)
    return Conclusion(
        {result.rule: str(result.verdict) for result in report.rules},
        tuple(_found(each) for each in report.findings if each.reason != Reason.UNKNOWN_DATA),
        tuple(sorted(f.event.carrier for f in report.findings if f.reason == Reason.UNKNOWN_DATA)),
    )


def _found(finding: Finding) -> Found:
    return Found(
        finding.rule,
        str(finding.verdict),
        finding.event.carrier,
        finding.datum.category,
        finding.datum.subject_kind,
        frozenset({str(finding.reason)} if finding.reason else ()),
        finding.beneath,
        finding.waiver is not None,
        finding.detail,
    )


def _in_force(policies: Sequence[Policy], date: str) -> tuple[Policy, ...]:
    """The version of each policy in effect on the date; the reference is given those."""
    return tuple(p for p in policies if p.effective <= date and (not p.until or date <= p.until))


def _is_unknown(category: str, verdict: Verdict) -> bool:
    return category == UNKNOWN and verdict is not Verdict.KEPT


def naive(case: Case) -> Conclusion:
    """What the reference concludes."""
    program, system = understand(case)
    policies = _in_force(program.policies, case.date)
    examined = reference.examine(program, policies, system, case.date)
    judged = [each.judged for each in examined]
    verdicts: dict[str, list[Verdict]] = {
        rule.about.id: [] for policy in policies for rule in policy.rules
    }
    for event in judged:
        verdicts[event.rule].append(event.verdict)
    for asserted in reference.assertions(program, policies, system, case.date):
        verdicts[asserted.rule].append(asserted.verdict)
    found = []
    for each in reference.conclude(examined, system):
        reasons = {
            str(event.reason)
            for event in judged
            if event.reason
            and (event.rule, event.verdict, event.category, event.carrier)
            == (each.rule, each.verdict, each.category, each.carrier)
        }
        found.append(
            Found(
                each.rule,
                str(each.verdict),
                each.carrier,
                each.category,
                each.subject_kind,
                frozenset(reasons),
                each.beneath,
                reference.waived(each, system, policies, program.vocabulary.on(case.date)),
            )
        )
    return Conclusion(
        {rule: str(worst(of_rule)) for rule, of_rule in verdicts.items()},
        tuple(each for each in found if each.category != UNKNOWN),
        tuple(sorted({e.origin for e in judged if _is_unknown(e.category, e.verdict)})),
    )
