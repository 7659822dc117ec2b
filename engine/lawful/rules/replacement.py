"""Replacement: rules that stand `in place of` others (decision 38)."""

from __future__ import annotations

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment
from lawful.rules.kleene import either
from lawful.rules.scope import matches
from lawful_dsl.program import Rule


def replaced(rule: Rule, environment: Environment) -> Kleene:
    """Whether another rule stands in place of this one for the event (decision 38)."""
    answer: Kleene = False
    for other in environment.law.policy.rules:
        if other.about.replaces == rule.about.id:
            answer = either(answer, matches(other, environment))
    return answer
