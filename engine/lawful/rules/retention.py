"""Retention: how long a node keeps what, or what is placed lasts, against the bounds of rules (decisions 37, 38)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment, Law
from lawful.rules.kleene import both
from lawful.rules.periods import at_most, compare
from lawful.rules.precedence import Docket
from lawful.rules.replacement import replaced
from lawful.rules.scope import matches
from lawful.system.model import Kept
from lawful_dsl.program import Retain
from lawful_dsl.syntax import Period


def kept_for(environment: Environment) -> Period | None:
    """How long the leaf stays: what is placed, as the flow says; else by the node's most specific entry.

    None is unknown: of a leaf or purpose that is not known, unless all that it may be stay as long.
    """
    law = environment.law
    node, flow = environment.happening.frame.target, environment.happening.frame.flow
    if flow is not None:
        return flow.lifetime
    if not node.kept:
        return None
    by_data = _choices(environment.leaf or "", [law.extent(e.data) for e in node.kept], "data", law)
    by_purpose = _choices(
        environment.purpose, [law.extent(e.purposes) for e in node.kept], "purposes", law
    )
    periods = {
        _most_specific(law, [node.kept[i] for i in sorted(data & purposes)])
        for data in by_data
        for purposes in by_purpose
    }
    return next(iter(periods)) if len(periods) == 1 else None


def _choices(
    leaf: str, extents: Sequence[frozenset[str]], list: str, law: Law
) -> set[frozenset[int]]:
    """Which entries cover a leaf, for each that it may be; an entry that names none covers all."""
    every = law.extent(law.lattice.vocabulary.of_list(list)) or frozenset({""})
    return {
        frozenset(i for i, extent in enumerate(extents) if not extent or each in extent)
        for each in ({leaf} if leaf else every)
    }


def _most_specific(law: Law, covering: Sequence[Kept]) -> Period | None:
    for entry in covering:
        if all(_narrower(law, entry, other) for other in covering):
            return entry.period
    return None


def _narrower(law: Law, narrow: Kept, wide: Kept) -> bool:
    data = not wide.data or (bool(narrow.data) and law.extent(narrow.data) <= law.extent(wide.data))
    purposes = not wide.purposes or (
        bool(narrow.purposes) and law.extent(narrow.purposes) <= law.extent(wide.purposes)
    )
    return data and purposes


def retained(rule: Retain, environment: Environment) -> Kleene:
    """Whether the node keeps the datum within the bound (decision 37)."""
    frame = environment.happening.frame
    at, what, span = (
        (frame.target.id, "retention", frame.target.span)
        if frame.flow is None
        else (frame.carrier, "lifetime", frame.span)
    )
    period = kept_for(environment)
    if period is None:
        return environment.note(None, at, what, "unknown", span)
    order = compare(period, rule.period, environment.law.lattice)
    answer = {
        "at most": order.at_most,
        "at least": order.at_least,
        "exactly": both(order.at_most, order.at_least),
    }[rule.bound]
    return environment.note(answer, at, what, "declared", span)


def conflicts(docket: Docket, rule: Retain, environment: Environment) -> bool:
    """Whether another bound holds for the event that no period can meet together with this one."""
    others = [(law, other) for law in docket.laws.values() for other in law.policy.rules]
    for law, other in others:
        if (
            isinstance(other, Retain)
            and other is not rule
            and _incompatible(rule, other, environment)
            and matches(other, replace(environment, law=law))
            and replaced(other, replace(environment, law=law)) is False
            and replaced(rule, environment) is False
        ):
            return True
    return False


def _incompatible(one: Retain, other: Retain, environment: Environment) -> bool:
    lattice = environment.law.lattice
    for upper, lower in ((one, other), (other, one)):
        if (
            upper.bound in ("at most", "exactly")
            and lower.bound in ("at least", "exactly")
            and at_most(lower.period, upper.period, lattice) is False
        ):
            return True
    return False
