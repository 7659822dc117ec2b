"""Rows: which permits of a closed block come nearest to admitting an event, and what in them fails."""

from __future__ import annotations

from lawful.findings import NearRow
from lawful.rules.environment import Environment
from lawful.rules.permission import excused
from lawful.rules.predicates import holds
from lawful_dsl.program import Closed, Permit

#: So many of the nearest permits are told.
MOST = 3


def nearest(rule: Closed, environment: Environment) -> tuple[NearRow, ...]:
    """The nearest permits of a block and of those that it admits, by the number of columns that fail."""
    found = []
    for block, permit in _permits(rule, environment):
        fails = tuple(
            word for word, condition in permit.columns if holds(condition, environment) is not True
        )
        if not fails and holds(permit.condition, environment) is not True:
            fails = ("when",)
        if excused(permit.exceptions, environment) is not False:
            fails = (*fails, "unless")
        found.append((len(fails), block, permit, fails))
    found.sort(key=lambda f: (f[0], f[1] != rule.about.id, f[2].row, f[2].span))
    return tuple(
        NearRow(block, permit.row, permit.text, fails, permit.clauses, permit.span)
        for _, block, permit, fails in found[:MOST]
    )


def _permits(rule: Closed, environment: Environment) -> list[tuple[str, Permit]]:
    found = [(rule.about.id, permit) for permit in rule.permits]
    for inner in environment.law.policy.rules:
        if isinstance(inner, Closed) and inner.about.id in rule.admits:
            found += _permits(inner, environment)
    return found
