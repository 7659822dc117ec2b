"""Permission: exceptions that hold, and permits of closed blocks that let an event through."""

from __future__ import annotations

from collections.abc import Sequence

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment
from lawful.rules.kleene import both, negated
from lawful.rules.predicates import holds
from lawful_dsl.program import Closed, Unless


def excused(exceptions: Sequence[Unless], environment: Environment) -> Kleene:
    """Whether one of some exceptions holds, itself but for those nested in it."""
    answer: Kleene = False
    for exception in exceptions:
        one = holds(exception.condition, environment)
        if one is not False and exception.nested:
            one = both(one, negated(excused(exception.nested, environment)))
        if one:
            return True
        if one is None:
            answer = None
    return answer


def admitted(rule: Closed, environment: Environment) -> Kleene:
    """Whether a permit of the block, or of one that it admits, lets the event through."""
    answer: Kleene = False
    for permit in rule.permits:
        one = holds(permit.condition, environment)
        if one is not False and permit.exceptions:
            one = both(one, negated(excused(permit.exceptions, environment)))
        if one:
            return True
        if one is None:
            answer = None
    for inner in environment.law.policy.rules:
        if isinstance(inner, Closed) and inner.about.id in rule.admits:
            event = holds(inner.event, environment)
            if event is False:
                continue
            one = both(event, admitted(inner, environment))
            if one:
                return True
            if one is None:
                answer = None
    return answer
