"""Precedence: who prevails over a rule, and whether they permit this very event (decision 39)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lawful.propagation import Propagation
from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment, Law
from lawful.rules.kleene import both, either
from lawful.rules.permission import admitted, excused
from lawful.rules.predicates import holds
from lawful.rules.scope import matches
from lawful_dsl.program import All, Closed, Condition, Policy, Readings, Rule


@dataclass(frozen=True)
class Docket:
    """All that one check judges by: the policies in force, what each sees, what came where.

    `over` gives, for a rule, those who prevail over it: names, and for which events.
    """

    laws: Mapping[str, Law]
    propagations: Mapping[str, Propagation]
    over: Mapping[tuple[str, str], Sequence[tuple[str, Condition]]]


def prevailed(docket: Docket, rule: Rule, environment: Environment) -> Kleene:
    """Whether one who prevails over the rule permits this very event (decision 39)."""
    answer: Kleene = False
    for name, event in docket.over.get((environment.law.policy.name, rule.about.id), ()):
        applies = holds(event, environment)
        if applies is not False:
            answer = either(answer, both(applies, _permits(docket, name, environment)))
    return answer


def _permits(docket: Docket, name: str, environment: Environment) -> Kleene:
    answer: Kleene = False
    for law in docket.laws.values():
        homes = dict(law.policy.homes)
        for rule in law.policy.rules:
            if name in (rule.about.id, law.policy.name, homes.get(rule.about.id)):
                seen = replace(environment, law=law)
                answer = either(answer, _permitted(rule, seen))
    return answer


def _permitted(rule: Rule, environment: Environment) -> Kleene:
    if isinstance(rule, Readings):
        answer: Kleene = False
        for _, reading in rule.readings:
            if reading is not None:
                answer = either(answer, _permitted(reading, environment))
        return answer
    matched = matches(rule, environment)
    if matched is False:
        return False
    if isinstance(rule, Closed):
        return both(matched, admitted(rule, environment))
    return both(matched, excused(getattr(rule, "exceptions", ()), environment))


def precedence(
    policies: Sequence[Policy],
) -> dict[tuple[str, str], tuple[tuple[str, Condition], ...]]:
    """For each rule (policy and id), the names that prevail over it, transitively, and for which events."""
    direct = [(p.over, p.under, p.event) for policy in policies for p in policy.prevails]
    closure = {(over, under): [event] for over, under, event in direct}
    grown = True
    while grown:
        grown = False
        for (a, b), first in list(closure.items()):
            for (c, d), second in list(closure.items()):
                if b == c and (a, d) not in closure and a != d:
                    closure[(a, d)] = [All((e, f)) for e in first for f in second]
                    grown = True
    found: dict[tuple[str, str], tuple[tuple[str, Condition], ...]] = {}
    for policy in policies:
        homes = dict(policy.homes)
        for rule in policy.rules:
            names = {rule.about.id, policy.name, homes.get(rule.about.id)}
            over = tuple(
                (a, event)
                for (a, b), events in sorted(closure.items(), key=lambda kv: kv[0])
                if b in names and a != rule.about.id
                for event in events
            )
            if over:
                found[(policy.name, rule.about.id)] = over
    return found
