"""Mutation: which small changes to a policy no case notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from lawful.check import check
from lawful.findings import Verdict
from lawful.system.link import link
from lawful.system.model import System
from lawful.testing.cases import Case, version_of
from lawful.testing.mutants import Mutant, mutants
from lawful.testing.only import only_for
from lawful_dsl.program import Closed, Policy, Program, Retain


@dataclass(frozen=True, slots=True)
class Survey:
    """How many mutants there were, and those that no case noticed; or the cases that fail without any."""

    tried: int
    survivors: tuple[Mutant, ...]
    failing: tuple[Case, ...] = ()

    @property
    def score(self) -> float:
        """The share of mutants that a case noticed, from 0 to 1."""
        return 1 - len(self.survivors) / self.tried if self.tried else 1.0


@dataclass(frozen=True, eq=False)
class _Trial:
    """A case that holds, with its system linked once."""

    case: Case
    rules: frozenset[str]
    system: System
    names: tuple[str, ...]


def survey(
    program: Program,
    policy: Policy,
    cases: Sequence[Case],
    *,
    date: str,
    only: frozenset[str] = frozenset(),
    doing: Callable[[int], None] = lambda number: None,
) -> Survey:
    """Every mutant of a version of a policy (of its rules in `only`, if any) is put to its cases.

    `doing` is told how many were.
    A case that does not hold in the first place can notice nothing: then no mutant is tried.
    """
    trials, failing = _trials(program, policy, cases)
    if failing:
        return Survey(0, (), failing)
    tried = 0
    survivors: list[Mutant] = []
    for mutant in mutants(policy, program.vocabulary.on(date)):
        if only and mutant.rule not in only:
            continue
        doing(tried)
        tried += 1
        if not any(_notices(trial, program, policy, mutant) for trial in _asked(trials, mutant)):
            survivors.append(mutant)
    return Survey(tried, tuple(survivors))


def _trials(
    program: Program, policy: Policy, cases: Sequence[Case]
) -> tuple[tuple[_Trial, ...], tuple[Case, ...]]:
    """The cases of a version of a policy, linked; and those of them that do not hold, or cannot be linked."""
    trials: list[_Trial] = []
    failing: list[Case] = []
    for case in cases:
        if version_of(case, program, policy.name) is not policy:
            continue
        system, faults = link([case.system], program.vocabulary, policies=program.policies)
        rules = frozenset(name.text for name in case.rules)
        trial = _Trial(case, rules, system, system.policies or (policy.name,))
        torn = any(fault.is_error for fault in faults)
        if torn or _verdicts(trial, program, policy, policy) != _expected(trial):
            failing.append(case)
        trials.append(trial)
    return tuple(trials), tuple(failing)


def _asked(trials: Sequence[_Trial], mutant: Mutant) -> Iterator[_Trial]:
    """The cases of the rules on which the change can bear: the nearest first, the rule's own."""
    bearing = _bearing(mutant)
    yield from (trial for trial in trials if mutant.rule in trial.rules)
    yield from (
        trial
        for trial in trials
        if mutant.rule not in trial.rules and (bearing is None or bearing & trial.rules)
    )


def _bearing(mutant: Mutant) -> frozenset[str] | None:
    """The rules whose verdicts can turn on the one that was changed; None where that can be any."""
    if not mutant.rule:
        return None
    rules = mutant.policy.rules
    homes = dict(mutant.policy.homes)
    found = {mutant.rule, mutant.rule.split(".row")[0]}
    found |= {r.about.id for r in rules if isinstance(r, Closed) and mutant.rule in r.admits}
    found |= {r.about.id for r in rules if isinstance(r, Retain)}  # bounds may be in conflict
    found |= {r.about.replaces for r in rules if r.about.id == mutant.rule and r.about.replaces}
    over = {mutant.rule, homes.get(mutant.rule, ""), mutant.policy.name}
    for item in mutant.policy.prevails:
        if item.over in over:
            found |= {id for id, home in homes.items() if item.under in (id, home)}
    return frozenset(found)


def _notices(trial: _Trial, program: Program, policy: Policy, mutant: Mutant) -> bool:
    return _verdicts(trial, program, policy, mutant.policy) != _expected(trial)


def _verdicts(
    trial: _Trial, program: Program, policy: Policy, version: Policy
) -> dict[str, Verdict | None]:
    """What the rules of a case come to where one version of the policy takes the place of another.

    A rule that is not there has met no event.
    """
    others = tuple(version if each is policy else each for each in program.policies)
    changed = only_for(replace(program, policies=others), trial.rules)
    report = check(changed, trial.system, policies=trial.names, on=trial.case.on)
    found = {result.rule: result.verdict for result in report.rules}
    return {name: found.get(name, Verdict.NOT_EXERCISED) for name in trial.rules}


def _expected(trial: _Trial) -> dict[str, Verdict | None]:
    return dict.fromkeys(trial.rules, trial.case.verdict)
