"""Attributes: conditions on what users say of parties, nodes, flows and subjects in words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawful.system.model import AttributeValue
from lawful.testing.reference.periods import at_most
from lawful.testing.reference.truth import UNDECLARED, Doubt, Truth, every, negated
from lawful.testing.reference.view import View
from lawful_dsl.program import AttributeIs
from lawful_dsl.syntax import Choice, Length, Symbol, Unlimited


def of_attribute(condition: AttributeIs, view: View) -> Truth:
    """Whether an attribute compares so with a value; what silence means its definition says."""
    definition = view.world.lattice.vocabulary.attributes[condition.name]
    found = _attributes(condition, definition.owner, view)
    if isinstance(found, bool | Doubt):
        return found
    value = found.get(condition.name)
    if value is None:
        return UNDECLARED if definition.silence == "unknown" else condition.operator == "!="
    return _compares(view, value, condition.operator, condition.value)


def _attributes(
    condition: AttributeIs, owner: str, view: View
) -> Mapping[str, AttributeValue] | Doubt | bool:
    """The attributes of what the condition speaks of; a truth where there is no such thing."""
    if owner == "flow" or condition.where == "flow":
        return view.event.flow.attributes if view.event.flow else {}
    if owner == "subject" or condition.where == "subject":
        person = view.who(condition.where)
        if person is None:
            return False
        return person if isinstance(person, Doubt) else person.attributes
    if owner == "node":
        return view.node(condition.where).attributes
    party = view.party(condition.where)
    if party is None:
        return False
    return party if isinstance(party, Doubt) else party.attributes


def _compares(view: View, value: object, sign: str, wanted: object) -> Truth:
    periods = (Length, Symbol, Choice, Unlimited)
    if isinstance(value, periods) and isinstance(wanted, periods):
        lattice = view.world.lattice
        shorter, longer = at_most(lattice, value, wanted), at_most(lattice, wanted, value)
        return {
            "<=": shorter,
            ">=": longer,
            "<": negated(longer),
            ">": negated(shorter),
            "=": every([shorter, longer]),
            "!=": negated(every([shorter, longer])),
        }[sign]
    return compare(value, sign, wanted)


def compare(value: Any, sign: str, wanted: Any) -> bool:
    """Whether two values of one type compare so.

    >>> compare(12, "<", 18)
    True
    """
    match sign:
        case "=":
            return bool(value == wanted)
        case "!=":
            return bool(value != wanted)
        case "<":
            return bool(value < wanted)
        case "<=":
            return bool(value <= wanted)
        case ">":
            return bool(value > wanted)
    return bool(value >= wanted)
