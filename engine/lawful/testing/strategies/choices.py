"""Choices: what must hold of a scene as formulas over its dimensions, and the values that satisfy them.

Every dimension has finitely many values, so that what a rule says of an event is decided by them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from lawful_dsl.frozen import frozen

Value = Hashable
Domains = Mapping[str, frozenset[Value]]


@frozen
class Among:
    """The value of a dimension is among some."""

    dimension: str
    values: frozenset[Value]


@frozen
class Both:
    """Every one holds; of none, true."""

    items: tuple[Formula, ...]


@frozen
class Either:
    """At least one holds; of none, false."""

    items: tuple[Formula, ...]


Formula = Among | Both | Either

TRUE = Both(())
FALSE = Either(())


def both(*items: Formula) -> Formula:
    """All of some formulas, simplified."""
    kept = [item for item in items if item != TRUE]
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else Both(tuple(kept))


def either(*items: Formula) -> Formula:
    """One of some formulas, simplified."""
    kept = [item for item in items if item != FALSE]
    if TRUE in kept:
        return TRUE
    return kept[0] if len(kept) == 1 else Either(tuple(kept))


def negate(formula: Formula, space: Domains) -> Formula:
    """The formula that holds where this one does not."""
    if isinstance(formula, Among):
        return Among(formula.dimension, space[formula.dimension] - formula.values)
    items = (negate(item, space) for item in formula.items)
    return either(*items) if isinstance(formula, Both) else both(*items)


def solve(goals: Sequence[Formula], domains: Domains) -> Iterator[Domains]:
    """The ways to satisfy all goals, each as what is left of the domains: any of it will do.

    A way is found by deciding first what is decided anyway, then between the fewest alternatives.
    """
    left = dict(domains)
    waiting = list(goals)
    while waiting:
        again: list[Formula] = []
        moved = False
        for goal in waiting:
            seen = _decide(goal, left)
            if seen == FALSE:
                return
            for item in seen.items if isinstance(seen, Both) else (seen,):
                if isinstance(item, Among):
                    left[item.dimension] &= item.values
                    if not left[item.dimension]:
                        return
                    moved = True
                else:
                    again.append(item)
        waiting = again
        if not moved:
            break
    if not waiting:
        yield left
        return
    fork = min(waiting, key=lambda goal: len(goal.items) if isinstance(goal, Either) else 1)
    rest = [goal for goal in waiting if goal is not fork]
    assert isinstance(fork, Either)
    for branch in fork.items:
        yield from solve([branch, *rest], left)


def _decide(formula: Formula, domains: Domains) -> Formula:
    """What is left of a formula where the domains decide a part of it."""
    if isinstance(formula, Among):
        there = domains[formula.dimension]
        if there <= formula.values:
            return TRUE
        return formula if there & formula.values else FALSE
    items = [_decide(item, domains) for item in formula.items]
    if isinstance(formula, Either):
        return either(*items)
    flat = [i for item in items for i in (item.items if isinstance(item, Both) else (item,))]
    return both(*flat)
