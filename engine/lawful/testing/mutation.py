"""Mutation: which small changes to a policy no case notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from lawful.testing.cases import Case, policies_of, version_of
from lawful.testing.mutants import Mutant, mutants
from lawful.testing.processes import in_processes
from lawful.testing.trials import Trial, trial
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Closed, Policy, Program, Retain


@frozen
class Survey:
    """How many mutants there were, and those that no case noticed; or the cases that fail without any."""

    tried: int
    survivors: tuple[Mutant, ...]
    failing: tuple[Case, ...] = ()

    @property
    def score(self) -> float:
        """The share of mutants that a case noticed, from 0 to 1."""
        return 1 - len(self.survivors) / self.tried if self.tried else 1.0


@frozen
class _Told:
    """What came of one mutant, by its number; or a case that does not hold without any."""

    number: int = -1
    survives: bool = False
    failing: Case | None = None


def survey(
    program: Program,
    policy: Policy,
    cases: Sequence[Case],
    *,
    date: str,
    only: frozenset[str] = frozenset(),
    jobs: int = 1,
    doing: Callable[[int, int], None] = lambda number, of: None,
) -> Survey:
    """Every mutant of a version of a policy (of its rules in `only`, if any) is put to its cases.

    So many processes (`jobs`) share the mutants; `doing` is told how many were tried, and of how many.
    A case that does not hold in the first place can notice nothing: then no mutant is tried.
    """
    changed = _mutants(program, policy, date, only)
    share = partial(_share, program, policy, tuple(cases), date, only)
    survivors: list[int] = []
    tried = 0
    doing(tried, len(changed))
    failing: dict[Case, None] = {}
    for told in in_processes(share, jobs):
        if told.failing is not None:
            failing[told.failing] = None
            continue
        tried += 1
        doing(tried, len(changed))
        if told.survives:
            survivors.append(told.number)
    if failing:
        return Survey(0, (), tuple(failing))
    return Survey(tried, tuple(changed[number] for number in sorted(survivors)))


def _mutants(
    program: Program, policy: Policy, date: str, only: frozenset[str]
) -> tuple[Mutant, ...]:
    found = mutants(policy, program.vocabulary.on(date))
    return tuple(mutant for mutant in found if not only or mutant.rule in only)


def _share(
    program: Program,
    policy: Policy,
    cases: tuple[Case, ...],
    date: str,
    only: frozenset[str],
    number: int,
    jobs: int,
) -> Iterator[_Told]:
    """What comes of every mutant of that number and each so many after it."""
    trials, failing = _trials(program, policy, cases)
    yield from (_Told(failing=case) for case in failing)
    if failing:
        return
    last: Trial | None = None
    changed = _mutants(program, policy, date, only)
    for place in range(number, len(changed), jobs):
        asked = _asked(trials, changed[place], last)
        noticing = next((trial for trial in asked if _notices(trial, changed[place])), None)
        yield _Told(place, noticing is None)
        last = noticing or last


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


def _asked(trials: Sequence[Trial], mutant: Mutant, first: Trial | None) -> Iterator[Trial]:
    """The cases of the rules on which the change can bear: the nearest first.

    That are the one that noticed the change before, the rule's own, and the rest.
    """
    bearing = _bearing(mutant)
    own = [trial for trial in trials if mutant.rule in trial.rules]
    if first in own:
        yield from (trial for trial in own if trial is first)
    yield from (trial for trial in own if trial is not first)
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
