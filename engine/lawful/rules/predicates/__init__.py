"""Predicates: for each class of condition, the function that answers it. One file per subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment
from lawful.rules.predicates import attributes, carrier, consent, datum, ends, person
from lawful_dsl.program import All, AnyOf, Condition, Negation

Predicate = Callable[[Any, Environment], Kleene]

PREDICATES: Mapping[type, Predicate] = {
    **datum.PREDICATES,
    **person.PREDICATES,
    **ends.PREDICATES,
    **carrier.PREDICATES,
    **attributes.PREDICATES,
    **consent.PREDICATES,
}


def holds(condition: Condition, environment: Environment) -> Kleene:
    """Whether a condition holds: true, false or None for unknown (Kleene's connectives)."""
    kind = type(condition)
    predicate = PREDICATES.get(kind)
    if predicate is not None:
        return predicate(condition, environment)
    if kind is All:
        answer: Kleene = True
        for item in condition.items:  # type: ignore[union-attr]
            part = holds(item, environment)
            if part is False:
                return False
            if part is None:
                answer = None
        return answer
    if kind is AnyOf:
        answer = False
        for item in condition.items:  # type: ignore[union-attr]
            part = holds(item, environment)
            if part is True:
                return True
            if part is None:
                answer = None
        return answer
    assert isinstance(condition, Negation)
    inner = holds(condition.item, environment)
    return None if inner is None else not inner
