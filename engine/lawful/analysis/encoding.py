"""Encoding: what in a policy stands for which clause of the document, and the policy without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lawful.analysis.parts import parts_of
from lawful_dsl.program import (
    Assert,
    Closed,
    Policy,
    Program,
    Readings,
    Rule,
    Simple,
    Unless,
)


def encodings(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """For each clause that a policy cites, what stands for it, in words.

    That are lines of the header: `by`, `governs`, `effective`, `text`; ids of rules, with `(row N)`,
    `(permit N)` or `(exception)` where it is a part of one; `define X`, `treat X`; `A prevails over B`.
    """
    found: dict[str, dict[str, None]] = {}
    for words, clauses in _cited(policy):
        for clause in clauses:
            found.setdefault(clause, {})[words] = None
    return {clause: tuple(words) for clause, words in sorted(found.items())}


def _cited(policy: Policy) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from policy.cited
    for definition in policy.definitions:
        yield f"define {definition.name}", definition.clauses
    for treat in policy.treats:
        yield f"treat {treat.name}", treat.clauses
    for rule in policy.rules:
        id = rule.about.id
        yield id, rule.about.clauses
        if isinstance(rule, Readings):
            for _, reading in rule.readings:
                yield id, reading.about.clauses if reading else ()
        for part in parts_of(rule):
            yield f"{id} ({part.name})", part.clauses
    for item in policy.prevails:
        yield f"{item.over} prevails over {item.under}", item.clauses


# --- without a clause -----------------------------------------------------------------------------


def without_clause(program: Program, clause: str) -> Program:
    """The program without what stands for a clause.

    That are the lines of the header and the rules that cite it (affirmed ones too), permits, rows,
    exceptions, treatments and precedences. A definition is written into the conditions that use it and stays: texts are
    resolved anew with definitions that are `emptied`.
    """
    policies = tuple(_without(policy, clause) for policy in program.policies)
    return replace(program, policies=policies)


def _without(policy: Policy, clause: str) -> Policy:
    left = (_left_of(rule, clause) for rule in policy.rules)
    rules = tuple(rule for rule in left if rule is not None)
    ids = {rule.about.id for rule in rules}
    unsaid = {word for word, clauses in policy.cited if clause in clauses}
    return replace(
        policy,
        by="" if "by" in unsaid else policy.by,
        governs=() if "governs" in unsaid else policy.governs,
        effective="" if "effective" in unsaid else policy.effective,
        until="" if "effective" in unsaid else policy.until,
        texts=() if "text" in unsaid else policy.texts,
        rules=rules,
        treats=tuple(treat for treat in policy.treats if clause not in treat.clauses),
        prevails=tuple(item for item in policy.prevails if clause not in item.clauses),
        homes=tuple((id, home) for id, home in policy.homes if id in ids),
    )


def _left_of(rule: Rule, clause: str) -> Rule | None:
    if clause in rule.about.clauses:
        return None
    if isinstance(rule, Closed):
        permits = (p for p in rule.permits if clause not in p.clauses)
        return replace(
            rule,
            permits=tuple(
                replace(p, exceptions=_left_unless(p.exceptions, clause)) for p in permits
            ),
        )
    if isinstance(rule, Readings):
        readings = tuple(
            (texts, reading and _left_of_simple(reading, clause))
            for texts, reading in rule.readings
        )
        return replace(rule, readings=readings)
    return _left_of_simple(rule, clause)


def _left_of_simple(rule: Simple, clause: str) -> Simple | None:
    if clause in rule.about.clauses:
        return None
    if isinstance(rule, Assert):
        return rule
    return replace(rule, exceptions=_left_unless(rule.exceptions, clause))


def _left_unless(exceptions: Iterable[Unless], clause: str) -> tuple[Unless, ...]:
    return tuple(
        replace(item, nested=_left_unless(item.nested, clause))
        for item in exceptions
        if clause not in item.clauses
    )
