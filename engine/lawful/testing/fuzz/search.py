"""Search: changes drafted against one rule after the other, until one of them breaks a promise."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from lawful.findings import Finding
from lawful.system.model import Flow
from lawful.testing.fuzz.drafts import Draft, Drafts
from lawful.testing.fuzz.endings import Scenery
from lawful.testing.fuzz.trial import Named, Trial
from lawful_dsl.frozen import frozen


@frozen
class Limits:
    """How long is searched: so many tries, and until it is `late`. The seed decides what is tried."""

    seed: int
    tries: int
    late: Callable[[], bool] = lambda: False


@dataclass(frozen=True, eq=False)
class Hit:
    """Flows that are harmless one by one, and break a rule together: on the way of the finding are all of them."""

    trial: Trial
    flows: Draft
    finding: Finding

    @property
    def rule(self) -> Named:
        """The rule that is broken."""
        return self.finding.policy, self.finding.rule


@dataclass(frozen=True, eq=False)
class Search:
    """What came of a search: a hit or none, the tries made against each rule, and whether time ended it."""

    hit: Hit | None
    tries: Mapping[Named, int]
    late: bool = False

    @property
    def made(self) -> int:
        """How many tries were made."""
        return sum(self.tries.values())


def search(
    trial: Trial,
    rules: Collection[Named],
    limits: Limits,
    *,
    spare: Sequence[Flow] = (),
    strict: bool = False,
    doing: Callable[[int], None] = lambda number: None,
) -> Search:
    """Drafts against some rules in turn; `strict` counts what breaks one of these alone.

    Flows to be added may be said as those of the system are, or as the `spare` ones.
    """
    aims = [
        (rule, Drafts(scenery, each, random.Random(f"{limits.seed} {rule}"), spare))
        for scenery in map(Scenery, trial.benches)
        for each in scenery.rules
        if (rule := (scenery.law.policy.name, each.about.id)) in rules
    ]
    random.Random(limits.seed).shuffle(aims)
    tries = {rule: 0 for rule, _ in aims}
    while aims:
        for rule, drafts in aims:
            made = sum(tries.values())
            if made >= limits.tries:
                return Search(None, tries)
            if limits.late():
                return Search(None, tries, late=True)
            doing(made)
            tries[rule] += 1
            draft = drafts.draw()
            finding = draft and broken_by(trial, draft, rules if strict else (), first=rule)
            if draft and finding:
                return Search(Hit(trial, draft, finding), tries)
        aims = [(rule, drafts) for rule, drafts in aims if not drafts.over]
    return Search(None, tries)


def broken_by(
    trial: Trial, flows: Draft, rules: Collection[Named] = (), *, first: Named = ("", "")
) -> Finding | None:
    """What flows break together, of some rules where any are named, though none of them does harm alone.

    All of them are on the way of the datum. Of several findings one of the `first` rule is preferred.
    """
    if not all(trial.after(flow).harmless for flow in reversed(flows)):
        return None
    added = {flow.id for flow in flows}
    found = [
        finding
        for finding in trial.after(*flows).broken
        if added <= {step.carrier for step in finding.witness}
        and not finding.datum.unsourced
        and (not rules or (finding.policy, finding.rule) in rules)
    ]
    found.sort(key=lambda f: ((f.policy, f.rule) != first, f.policy, f.rule, f.event, f.datum))
    return found[0] if found else None
