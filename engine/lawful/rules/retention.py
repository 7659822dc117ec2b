"""Retention: how long a node keeps what, or what is placed lasts, against the bounds of rules (decisions 37, 38)."""

from __future__ import annotations

from collections.abc import Callable

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment
from lawful.rules.kleene import both, either, negated
from lawful.rules.periods import at_most, compare, untold
from lawful.rules.permission import excused
from lawful.rules.precedence import Bearing, Docket, Key, replaced
from lawful.rules.scope import matches
from lawful.system.specific import deciding
from lawful_dsl.program import Retain, Rule
from lawful_dsl.syntax import Period
from lawful_dsl.vocabulary import Lattice


def kept_for(environment: Environment) -> Period | None:
    """How long the leaf stays: what is placed, as the flow says; else by the node's most specific entry.

    None is unknown: of a leaf or purpose that is not known, unless all that it may be stay as long.
    """
    lattice, frame = environment.law.lattice, environment.happening.frame
    if frame.flow is not None:
        return frame.flow.lifetime
    entries = frame.target.kept
    found = {
        entry.period if entry else None
        for entry in deciding(entries, lattice, environment.leaf or "", environment.purpose)
    }
    return found.pop() if len(found) == 1 else None


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
    if answer is None:
        return environment.doubt(untold(period, rule.period))
    return environment.note(answer, at, what, "declared", span)


def conflicts(docket: Docket, key: Key, rule: Retain, environment: Environment) -> Kleene:
    """Whether another bound stands on the event, without an order, that no period can meet beside this one."""
    rivals = docket.rivals.get(id(rule))
    if rivals is None:
        rivals = _rivals(docket, key, rule, environment.law.lattice)
        docket.rivals[id(rule)] = rivals
    answer: Kleene = False
    binds = bool(rivals) and _binds(docket, key, rule, environment)
    for bearing in rivals if binds is not False else ():
        stands = bearing.asked(docket, rule, environment, _binding(docket, bearing.key))
        ordered = either(
            _is_over(docket, key, bearing.key, environment),
            _is_over(docket, bearing.key, key, environment),
        )
        answer = either(answer, both(both(binds, stands), negated(ordered)))
    return answer


def _rivals(docket: Docket, key: Key, rule: Retain, lattice: Lattice) -> tuple[Bearing, ...]:
    """The bounds that no period can meet beside this one."""
    others = (Bearing(name, each) for name, law in docket.laws.items() for each in law.policy.rules)
    return tuple(
        bearing
        for bearing in others
        if isinstance(bearing.rule, Retain)
        and bearing.key != key
        and _incompatible(rule, bearing.rule, lattice)
    )


def _binding(docket: Docket, key: Key) -> Callable[[Rule, Environment], Kleene]:
    return lambda rule, environment: _binds(docket, key, rule, environment)


def _binds(docket: Docket, key: Key, rule: Rule, environment: Environment) -> Kleene:
    """Whether a bound is on the event: none is in its place, and no exception holds."""
    assert isinstance(rule, Retain)
    stands = both(matches(rule, environment), negated(replaced(docket, key, rule, environment)))
    return both(stands, negated(excused(rule.exceptions, environment)))


def _is_over(docket: Docket, over: Key, under: Key, environment: Environment) -> Kleene:
    """Whether an order between two bounds settles which of them holds."""
    answer: Kleene = False
    for bearing in docket.over.get(under, ()):
        if bearing.key == over:
            answer = either(answer, bearing.applies(environment))
    return answer


def _incompatible(one: Retain, other: Retain, lattice: Lattice) -> bool:
    for upper, lower in ((one, other), (other, one)):
        if (
            upper.bound in ("at most", "exactly")
            and lower.bound in ("at least", "exactly")
            and at_most(lower.period, upper.period, lattice) is False
        ):
            return True
    return False
