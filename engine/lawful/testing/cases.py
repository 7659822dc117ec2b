"""Cases: what the tests of a text expect of the rules, each case a small system of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lawful.check import check, in_force
from lawful.findings import Report, Verdict
from lawful.system.link import link
from lawful.system.model import System
from lawful.testing.only import only_for
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Policy, Program
from lawful_dsl.source import Span


@frozen
class Case:
    """One `expect`: the verdict of some rules on a system. `test` is the label of the test it stands in.

    `clauses` are those that the test shows; `on` is the date of the check where it names one.
    """

    test: str
    clauses: tuple[str, ...]
    verdict: Verdict
    rules: tuple[s.Name, ...]
    on: str
    system: s.Flows
    span: Span


@frozen
class Outcome:
    """What a check says of a case: `otherwise` are the rules that have another verdict, with it.

    The report is by the rules that the case names, and those on which their verdicts turn.
    """

    case: Case
    report: Report
    otherwise: tuple[tuple[str, Verdict], ...]


def has_cases(flows: s.Flows) -> bool:
    """Whether a text expects anything."""
    return any(isinstance(said, s.Test | s.Expect) for said in flows.statements)


def cases(flows: s.Flows) -> tuple[Case, ...]:
    """The cases of a text, in its order: what all share, what a test adds to it, what a case adds."""
    return tuple(_cases(flows))


def _cases(flows: s.Flows) -> Iterator[Case]:
    shared = tuple(s_ for s_ in flows.statements if not isinstance(s_, s.Test | s.Expect))
    for said in flows.statements:
        if isinstance(said, s.Expect):
            yield _case(said, "", (), shared, flows.span)
        elif isinstance(said, s.Test):
            clauses = tuple(name.text for name in said.clauses)
            for expected in said.expected:
                given = (*shared, *said.given)
                yield _case(expected, said.label.text, clauses, given, flows.span)


def _case(
    expected: s.Expect,
    test: str,
    clauses: tuple[str, ...],
    given: tuple[s.FlowStatement, ...],
    span: Span,
) -> Case:
    system = s.Flows((*given, *expected.added), span)
    verdict = Verdict(expected.verdict)
    return Case(test, clauses, verdict, expected.rules, expected.on, system, expected.span)


def version_of(case: Case, program: Program, policy: str) -> Policy | None:
    """The version of a policy that is in effect on the date of a case, if the case is about the policy."""
    headers = _headers(case)
    named = policies_of(case) or {policy}
    if policy not in named:
        return None
    latest = max((p.effective for p in program.policies if p.name in named), default="")
    date = case.on or next((header.as_of for header in headers if header.as_of), "") or latest
    return next(iter(in_force(program, [policy], date)), None)


def policies_of(case: Case) -> set[str]:
    """The policies that the system of a case names."""
    return {name.text for header in _headers(case) for name in header.policies}


def _headers(case: Case) -> list[s.System]:
    return [said for said in case.system.statements if isinstance(said, s.System)]


def fails(case: Case, program: Program, policies: Sequence[str] = ()) -> bool:
    """Whether a case that runs would fail under a program from which something was taken.

    A rule that is gone has found nothing: of it only `broken` and `undetermined` fail.
    """
    system, _ = link([case.system], program.vocabulary, policies=program.policies)
    found = _found(case, program, system, policies)[1]
    silent = case.verdict in (Verdict.KEPT, Verdict.NOT_EXERCISED)
    return any(
        found[name.text] != case.verdict if name.text in found else not silent
        for name in case.rules
    )


def _found(
    case: Case, program: Program, system: System, policies: Sequence[str]
) -> tuple[Report, dict[str, Verdict]]:
    """What a check by the rules that the case names, and by no more than they need, comes to."""
    asked = only_for(program, {name.text for name in case.rules})
    report = check(asked, system, policies=policies, on=case.on)
    return report, {result.rule: result.verdict for result in report.rules}


def _ids(program: Program) -> set[str]:
    return {rule.about.id for policy in program.policies for rule in policy.rules}


def unknown_clauses(flows: s.Flows, policies: Iterable[Policy]) -> tuple[Diagnostic, ...]:
    """The clauses that tests name and that no register of the policies knows, if any has one."""
    known = {clause.id for policy in policies for clause in policy.clauses}
    named = (name for said in flows.statements if isinstance(said, s.Test) for name in said.clauses)
    return tuple(
        Diagnostic(
            f"no register in use knows the clause `{name}`",
            name.span,
            near(name.text, known) or "write it into the register of clauses, or mend it",
        )
        for name in named
        if known and name.text not in known
    )


def run(
    case: Case, program: Program, policies: Sequence[str] = ()
) -> tuple[Outcome | None, tuple[Diagnostic, ...]]:
    """What a check of the case says, and what is wrong with its text: with an error there is no outcome.

    The policies are those that the system names, unless some are given. The rules named are looked
    at, and no others.
    """
    system, faults = link([case.system], program.vocabulary, policies=program.policies)
    if any(fault.is_error for fault in faults):
        return None, faults
    report, found = _found(case, program, system, policies)
    unknown = tuple(
        Diagnostic(
            f"there is no rule `{name}` in {_policies(report)}",
            name.span,
            near(name.text, _ids(program)) or "name a rule of the policies that the system is for",
        )
        for name in case.rules
        if name.text not in found
    )
    if unknown:
        return None, (*faults, *unknown)
    verdicts = ((name.text, found[name.text]) for name in case.rules)
    otherwise = tuple((rule, verdict) for rule, verdict in verdicts if verdict != case.verdict)
    return Outcome(case, report, otherwise), faults


def _policies(report: Report) -> str:
    names = ", ".join(f"`{name}`" for name in report.policies)
    return f"{names} on {report.date}" if names else f"any policy in effect on {report.date}"
