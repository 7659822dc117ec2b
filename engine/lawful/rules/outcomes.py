"""Outcomes: what one rule says of one question, a single leaf of everything, states and subject settled."""

from __future__ import annotations

from enum import Enum

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment
from lawful.rules.journeys import passed, reached
from lawful.rules.kleene import both, either, negated
from lawful.rules.permission import admitted, excused
from lawful.rules.precedence import Docket, Key, prevailed, replaced
from lawful.rules.requirements import required
from lawful.rules.retention import conflicts, retained
from lawful.rules.scope import matches
from lawful_dsl.program import Closed, Forbid, Passage, Reach, Readings, Require, Retain, Rule


class Outcome(Enum):
    """Of one question. NONE: the event is not one of the rule."""

    NONE = "none"
    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


def outcome(docket: Docket, key: Key, rule: Rule, environment: Environment) -> Outcome:
    """What a rule says, with precedence and replacement applied; `key` is by what name it is known."""
    found = _plain(docket, rule, environment)
    if found is Outcome.NONE:
        return found
    elsewhere = replaced(docket, key, rule, environment)
    if elsewhere:
        return Outcome.NONE
    if found is Outcome.BROKEN and elsewhere is None:
        found = Outcome.UNKNOWN
    if found is Outcome.KEPT and not isinstance(rule, Retain):
        return found
    permitted = prevailed(docket, key, rule, environment)
    if permitted:
        return Outcome.KEPT
    conflict = isinstance(rule, Retain) and conflicts(docket, key, rule, environment)
    if conflict:
        return Outcome.CONFLICT
    if conflict is None or (found is not Outcome.KEPT and permitted is None):
        return Outcome.UNKNOWN
    return found


def _plain(docket: Docket, rule: Rule, environment: Environment) -> Outcome:
    assert not isinstance(rule, Readings)
    matched = matches(rule, environment)
    if matched is False:
        return Outcome.NONE
    return _decide(both(matched, negated(_fulfilled(docket, rule, environment))))


def _decide(broken: Kleene) -> Outcome:
    return {True: Outcome.BROKEN, False: Outcome.KEPT, None: Outcome.UNKNOWN}[broken]


def _fulfilled(docket: Docket, rule: Rule, environment: Environment) -> Kleene:
    if isinstance(rule, Closed):
        return admitted(rule, environment)
    if isinstance(rule, Forbid):
        return excused(rule.exceptions, environment)
    if isinstance(rule, Require):
        return either(required(rule, environment), excused(rule.exceptions, environment))
    if isinstance(rule, Passage):
        return either(passed(rule, environment), excused(rule.exceptions, environment))
    if isinstance(rule, Reach):
        propagation = docket.propagations[environment.law.policy.name]
        return either(
            reached(rule, environment, propagation), excused(rule.exceptions, environment)
        )
    assert isinstance(rule, Retain)
    return either(retained(rule, environment), excused(rule.exceptions, environment))
