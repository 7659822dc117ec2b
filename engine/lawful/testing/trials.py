"""Trials: a case that is judged again and again, its system linked and its data spread once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lawful.check import Spread, date_of, in_force, spread
from lawful.findings import Verdict, worst
from lawful.rules.assertions import asserted
from lawful.rules.judgements import Bench
from lawful.system.link import link
from lawful.testing.cases import Case
from lawful.testing.only import less
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.program import Assert, Policy, Program


@dataclass(frozen=True, eq=False)
class Trial:
    """A case, the policies in force on its date, and where the data of its system go.

    The policies have the rules that the case names, and those on which their verdicts turn; `among`
    are the names of all that could have been in force.
    """

    case: Case
    rules: frozenset[str]
    date: str
    policies: tuple[Policy, ...]
    spread: Spread
    among: frozenset[str]

    def benches(self, policies: Sequence[Policy]) -> tuple[Bench, ...]:
        """What judges the rules that the case names, by policies that ask no more than those of the trial."""
        return self.spread.benches(policies, judging=self.rules)

    def verdicts(self, policies: Sequence[Policy]) -> dict[str, Verdict]:
        """What the rules that the case names come to; one that is not there has met no event."""
        found = dict.fromkeys(self.rules, Verdict.NOT_EXERCISED)
        for bench in self.benches(policies):
            met: dict[str, list[Verdict]] = {}
            for judged in bench.all():
                met.setdefault(judged.rule.about.id, []).append(judged.judgement.verdict)
            for rule in bench.law.policy.rules:
                id = rule.about.id
                if id in found:
                    found[id] = (
                        _asserted(bench, rule)
                        if isinstance(rule, Assert)
                        else worst(met.get(id, []))
                    )
        return found

    def holds(self, policies: Sequence[Policy]) -> bool:
        """Whether every rule that the case names comes to the verdict that is expected of it."""
        return all(verdict == self.case.verdict for verdict in self.verdicts(policies).values())

    def less(self, policy: Policy) -> Policy:
        """A policy with no more rules than the verdicts of the case turn on."""
        return less(policy, self.rules, self.among)


def _asserted(bench: Bench, rule: Assert) -> Verdict:
    found = asserted(bench.law, rule)
    return found.verdict if found else Verdict.KEPT


def trial(
    case: Case, program: Program, policies: Sequence[str] = ()
) -> tuple[Trial | None, tuple[Diagnostic, ...]]:
    """The trial of a case under some policies, else under those that its system names; with an error there is none."""
    system, faults = link([case.system], program.vocabulary, policies=program.policies)
    if any(fault.is_error for fault in faults):
        return None, faults
    rules = frozenset(name.text for name in case.rules)
    among = frozenset(policy.name for policy in program.policies)
    names = tuple(policies or system.policies)
    date = date_of(program, system, names, case.on)
    chosen = tuple(less(policy, rules, among) for policy in in_force(program, names, date))
    return Trial(case, rules, date, chosen, spread(program, system, chosen, date), among), faults
