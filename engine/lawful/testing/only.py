"""Only: a program with no more rules than the verdicts of some turn on, for checks that ask of no others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from lawful_dsl.program import Closed, Policy, Prevails, Program, Readings, Retain, Rule


def only_for(program: Program, rules: Collection[str]) -> Program:
    """The program with the rules of these ids, and with those on which their verdicts turn.

    A policy is left whole where one policy prevails over another: then any of its rules may decide.
    """
    among = {policy.name for policy in program.policies}
    return replace(
        program, policies=tuple(less(policy, rules, among) for policy in program.policies)
    )


def less(policy: Policy, rules: Collection[str], among: Collection[str]) -> Policy:
    """The same of one policy, `among` the names of all."""
    if any({item.over, item.under} & set(among) for item in policy.prevails):
        return policy
    by_id = {rule.about.id: rule for rule in policy.rules}
    homes = dict(policy.homes)
    wanted = {id for id in rules if id in by_id}
    waiting = list(wanted)
    while waiting:
        id = waiting.pop()
        more = _turns_on(by_id[id], policy.rules) | _over(id, policy.prevails, homes)
        more = (more & by_id.keys()) - wanted
        wanted |= more
        waiting += more
    return replace(policy, rules=tuple(r for r in policy.rules if r.about.id in wanted))


def _turns_on(rule: Rule, rules: Sequence[Rule]) -> set[str]:
    """The rules that a rule asks: blocks that it admits, rules in its place, other bounds."""
    found = {r.about.id for r in rules if r.about.replaces == rule.about.id}
    if isinstance(rule, Closed):
        found |= set(rule.admits)
    if _bounds(rule):
        found |= {r.about.id for r in rules if _bounds(r)}
    return found


def _bounds(rule: Rule) -> bool:
    """Whether a rule, or a reading of it, is a bound on retention."""
    inner = [reading for _, reading in rule.readings] if isinstance(rule, Readings) else [rule]
    return any(isinstance(each, Retain) for each in inner)


def _over(id: str, prevails: Sequence[Prevails], homes: dict[str, str]) -> set[str]:
    """The rules that prevail over a rule, by their ids or by the pack that they are of."""
    found: set[str] = set()
    for item in prevails:
        if item.under in (id, homes.get(id, "")):
            found |= {item.over, *(each for each, home in homes.items() if home == item.over)}
    return found
