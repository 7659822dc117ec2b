"""Attributes: conditions on what users say of parties, nodes, flows, data and subjects in words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from lawful.testing.reference.periods import at_most
from lawful.testing.reference.truth import UNDECLARED, Doubt, Truth, every, negated
from lawful.testing.reference.view import View
from lawful_dsl.program import AttributeIs
from lawful_dsl.syntax import Choice, Length, Symbol, Unlimited
from lawful_dsl.vocabulary import AttributeValue, Lattice


def of_attribute(condition: AttributeIs, view: View) -> Truth:
    """Whether an attribute compares so with a value; what silence means its definition says."""
    definition = view.world.lattice.vocabulary.attributes[condition.name]
    if condition.where == "data":
        if not view.leaf:
            return view.doubt
        value = _of_data(view.world.lattice, view.leaf.removeprefix("other "), condition.name)
    else:
        found = _attributes(condition.where, definition.owner, view)
        if isinstance(found, bool | Doubt):
            return found
        value = found.get(condition.name)
    if value is None:
        return UNDECLARED if definition.silence == "unknown" else condition.operator == "!="
    return _compares(view, value, condition.operator, condition.value)


def _of_data(lattice: Lattice, term: str, name: str) -> AttributeValue | None:
    """What the vocabulary says of a category: its own, else what one that it is says."""
    known = lattice.vocabulary.terms[term]
    if name in dict(known.values):
        return dict(known.values)[name]
    above = [parent.name for parent in known.parents if parent.holds_on(lattice.date)]
    found = [_of_data(lattice, parent, name) for parent in above]
    return next((value for value in found if value is not None), None)


def _attributes(
    where: Literal["source", "target", "flow", "subject"], owner: str, view: View
) -> Mapping[str, AttributeValue] | Doubt | bool:
    """The attributes of what the condition speaks of; a truth where there is no such thing."""
    if owner == "flow" or where == "flow":
        return view.event.flow.attributes if view.event.flow else False
    if owner == "subject" or where == "subject":
        person = view.who(where)
        if person is None:
            return False
        return person if isinstance(person, Doubt) else person.attributes
    if owner == "node":
        return view.node(where).attributes
    party = view.party(where)
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
