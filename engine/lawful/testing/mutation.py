"""Mutation: which small changes to a policy no case notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lawful.testing.cases import Case, policies_of, version_of
from lawful.testing.mutants import Mutant, mutants
from lawful.testing.trials import Trial, trial
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
        if not any(_notices(trial, mutant) for trial in _asked(trials, mutant)):
            survivors.append(mutant)
    return Survey(tried, tuple(survivors))


def _trials(
    program: Program, policy: Policy, cases: Sequence[Case]
) -> tuple[tuple[Trial, ...], tuple[Case, ...]]:
    """The cases of a version of a policy, as trials; and those of them that do not hold, or cannot be linked."""
    trials: list[Trial] = []
    failing: list[Case] = []
    for case in cases:
        if version_of(case, program, policy.name) is not policy:
            continue
        found, _ = trial(case, program, () if policies_of(case) else (policy.name,))
        if found is not None and found.holds(found.policies):
            trials.append(found)
        else:
            failing.append(case)
    return tuple(trials), tuple(failing)


def _asked(trials: Sequence[Trial], mutant: Mutant) -> Iterator[Trial]:
    """The cases of the rules on which the change can bear: the nearest first, the rule's own."""
    bearing = _bearing(mutant)
    yield from (trial for trial in trials if mutant.rule in trial.rules)
    yield from (
        trial
        for trial in trials
        if mutant.rule not in trial.rules and (bearing is None or bearing & trial.rules)
    )


def _notices(trial: Trial, mutant: Mutant) -> bool:
    """Whether a case fails where the mutant takes the place of its policy."""
    policies = (
        trial.less(mutant.policy) if each.name == mutant.policy.name else each
        for each in trial.policies
    )
    return not trial.holds(tuple(policies))


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
