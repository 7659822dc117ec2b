"""Screens: cheap tests that are false only for events which surely are none of a rule's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lawful.propagation.data import Beginning, Datum, Leaves
from lawful.rules.environment import Environment, Happening, Law
from lawful.rules.predicates import holds
from lawful.rules.questions import Questions, readings
from lawful_dsl.program import (
    Condition,
    DataIn,
    EnvironmentIs,
    Form,
    JoinedWith,
    NodeIs,
    PartyIs,
    ProductIs,
    Rule,
    SiteIs,
    UsIs,
)


def patterns(rule: Rule) -> list[tuple[Rule, Condition]]:
    """The event patterns of a rule, or of each of its readings, with the rule that has it."""
    found = ((each, getattr(each, "event", None)) for each in (rule, *readings(rule)))
    return [(each, pattern) for each, pattern in found if pattern is not None]


def _items(pattern: Condition) -> Sequence[Condition]:
    return getattr(pattern, "items", ())


def of_data(rule: Rule, leaves: Leaves) -> Callable[[int, Form], bool]:
    """Of a datum, by its extent and form."""
    checks = [
        [
            (
                (leaves.masks(i.terms) if i.terms else leaves.everything)
                & ~leaves.masks(i.excluded),
                i.forms,
            )
            for i in _items(pattern)
            if isinstance(i, DataIn)
        ]
        for _, pattern in patterns(rule)
    ]

    def test(extent: int, form: Form) -> bool:
        if not extent:
            return True
        return any(all(extent & mask and form in forms for mask, forms in c) for c in checks)

    return test


def at_ends(rule: Rule, law: Law) -> Callable[[Happening], bool]:
    """Of a carrier, by its ends alone."""
    asked = [
        [part for part in _items(pattern) if type(part) in _OF_ENDS]
        for _, pattern in patterns(rule)
    ]

    def test(happening: Happening) -> bool:
        environment = Environment(law, happening, None, "", "", None, None)
        return any(all(holds(c, environment) is not False for c in each) for each in asked)

    return test


#: Conditions that look at nothing but an end and its owner.
_OF_ENDS = (EnvironmentIs, NodeIs, PartyIs, ProductIs, SiteIs, UsIs)


def blank(datum: Datum) -> Datum:
    """A datum of which nothing is told but for what it was collected."""
    return Datum(0, datum.form, Beginning(uses=datum.beginning.uses, unsourced=True))


def of_events(rule: Rule, law: Law, questions: Questions) -> Callable[[Happening], bool]:
    """Of an event on a blank datum: what is false of that is false of each that was collected for the same."""
    asked = [(pattern, questions.of(each)) for each, pattern in patterns(rule)]

    def test(happening: Happening) -> bool:
        return any(
            holds(pattern, Environment(law, happening, None, purpose, place, None, None))
            is not False
            for pattern, of in asked
            for purpose in of.purpose_leaves(happening.use.purpose)
            for place in of.place_leaves(happening.place)
        )

    return test


def partners(rule: Rule, leaves: Leaves) -> int:
    """The leaves of which a join's other operand must have one for the rule to speak of it."""
    wanted = 0
    for _, pattern in patterns(rule):
        named = [i for i in _items(pattern) if isinstance(i, JoinedWith)]
        wanted |= leaves.masks(t for i in named for t in i.terms) if named else leaves.everything
    return wanted
