"""Predicates on what users say of parties, nodes, flows, data and subjects in words of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment
from lawful.rules.periods import compare
from lawful.rules.predicates.person import COMPARE
from lawful_dsl.format.words import write_worth
from lawful_dsl.frozen import frozen
from lawful_dsl.program import AttributeIs
from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.syntax import Period
from lawful_dsl.vocabulary import AttributeDefinition, AttributeValue


@frozen
class _Bearer:
    """Who or what has attributes."""

    id: str
    attributes: Mapping[str, AttributeValue]
    span: Span = NOWHERE


def attribute_is(condition: AttributeIs, environment: Environment) -> Kleene:
    """Whether a user's attribute compares so with a value; of what is not there it never does."""
    definition = environment.law.lattice.vocabulary.attributes[condition.name]
    bearer = _bearer(condition, definition, environment)
    if bearer is None:
        carrier = environment.happening.frame.carrier
        return environment.note(None, carrier, definition.owner, "unknown", definition.span)
    if isinstance(bearer, bool):
        return bearer
    said = bearer.attributes.get(condition.name)
    if said is None:
        # Silence that means none is no value: it differs from each, and is less and more than none.
        silent: Kleene = condition.operator == "!=" if definition.silence == "none" else None
        return environment.note(silent, bearer.id, condition.name, "not said", bearer.span)
    answer = _compared(said, condition.operator, condition.value, environment)
    return environment.note(answer, bearer.id, condition.name, write_worth(said), bearer.span)


def _bearer(
    condition: AttributeIs, definition: AttributeDefinition, environment: Environment
) -> _Bearer | Kleene:
    """Whose attribute is asked for: false where there is no such thing, None where it is not known."""
    frame, law = environment.happening.frame, environment.law
    where = condition.where
    if where == "data":
        leaf = environment.leaf
        if leaf is None:
            return None
        term = law.lattice.vocabulary.terms[leaf.removeprefix("other ")]
        values = law.values(condition.name)
        return _Bearer(leaf, {condition.name: values[leaf]} if leaf in values else {}, term.span)
    if where == "flow":
        return _Bearer(frame.carrier, frame.flow.attributes, frame.span) if frame.flow else False
    if definition.owner == "subject":
        person = environment.person(where)
        if person is None:
            return None if where == "subject" else False
        return _Bearer(person.id, person.attributes, person.span)
    node = environment.node(where)
    if definition.owner == "node":
        return _Bearer(node.id, node.attributes, node.span)
    if node.kind == "subject":
        return False
    party = law.party(node)
    return _Bearer(party.id, party.attributes, party.span) if party else None


def _compared(
    value: AttributeValue, operator: str, wanted: AttributeValue, environment: Environment
) -> Kleene:
    if isinstance(value, Period) and isinstance(wanted, Period):
        return compare(value, wanted, environment.law.lattice).holds(operator)
    if isinstance(value, int) and isinstance(wanted, int):
        return COMPARE[operator](value, wanted)
    if operator == "=":
        return value == wanted
    if operator == "!=":
        return value != wanted
    if isinstance(value, str) and isinstance(wanted, str):  # ISO dates
        return {"<": value < wanted, "<=": value <= wanted, ">": value > wanted}.get(
            operator, value >= wanted
        )
    return None


PREDICATES: Mapping[type, Callable[[Any, Environment], Kleene]] = {AttributeIs: attribute_is}
