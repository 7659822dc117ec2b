"""Asks: when a rule is broken at a moment, and when it is kept, as formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lawful.rules.periods import compare
from lawful.testing.strategies.choices import FALSE, TRUE, Among, Formula, both, either
from lawful.testing.strategies.facts import BOUNDS
from lawful.testing.strategies.space import US
from lawful.testing.strategies.wishes import Wishes
from lawful_dsl import program as p
from lawful_dsl.program import Condition, Rule, Unless

#: What asks whether an event has one of the terms, by the word that a rule requires.
REQUIRED: Mapping[str, Callable[[tuple[str, ...]], Condition]] = {
    "basis": p.BasisIn,
    "consent": p.ConsentIs,
    "mechanism": p.MechanismIn,
    "measure": p.MeasureIn,
    "channel": p.ChannelIn,
    "certificate": p.CertifiedAs,
    "contract": p.ContractIs,
    "purpose": p.PurposeIn,
    "place": lambda terms: p.PlaceIn("target", terms),
    "mark": p.MarkedAs,
}


def met(w: Wishes, rule: Rule) -> Formula:
    """The event is one of the rule's."""
    if isinstance(rule, p.Assert):
        return FALSE
    if isinstance(rule, p.Readings):
        return both(*(met(w, each) for _, each in rule.readings if each is not None))
    return w.of(rule.event)


def broken(w: Wishes, rule: Rule, rules: Mapping[str, Rule]) -> Formula:
    """The rule is broken by the event; of readings, each of them."""
    if isinstance(rule, p.Assert):
        return FALSE
    if isinstance(rule, p.Readings):
        return both(*(broken(w, r, rules) if r is not None else FALSE for _, r in rule.readings))
    if isinstance(rule, p.Closed):
        return both(w.of(rule.event), *(w.no(each) for each in _admitted(w, rule, rules, ())))
    undone = _lasts(w, rule, False) if isinstance(rule, p.Retain) else w.no(_done(w, rule))
    return both(w.of(rule.event), undone, *_not_excepted(w, rule.exceptions))


def kept(w: Wishes, rule: Rule, rules: Mapping[str, Rule]) -> Formula:
    """The rule is not broken by the event; of readings, none of them."""
    if isinstance(rule, p.Readings):
        return both(*(kept(w, each, rules) for _, each in rule.readings if each is not None))
    if isinstance(rule, p.Retain):  # what is not surely too long may be so all the same
        event = both(w.of(rule.event), *_not_excepted(w, rule.exceptions))
        return either(w.no(event), _lasts(w, rule, True))
    return w.no(broken(w, rule, rules))


def _admitted(
    w: Wishes, block: p.Closed, rules: Mapping[str, Rule], seen: tuple[str, ...]
) -> Iterable[Formula]:
    for permit in block.permits:
        yield both(w.of(permit.condition), *_not_excepted(w, permit.exceptions))
    for name in block.admits:
        other = rules.get(name)
        if name not in seen and isinstance(other, p.Closed):
            yield from _admitted(w, other, rules, (*seen, name))


def _not_excepted(w: Wishes, exceptions: Iterable[Unless]) -> Iterable[Formula]:
    for each in exceptions:
        yield w.no(both(w.of(each.condition), *_not_excepted(w, each.nested)))


def _done(w: Wishes, rule: Any) -> Formula:
    """What the rule asks of its events: of a forbidden one, nothing would do."""
    if isinstance(rule, p.Require):
        return _required(w, rule)
    if isinstance(rule, p.Passage):
        if w.moment.on != "flow":
            return FALSE
        return both(w.among("source", [US]), w.below("source.product", rule.through))
    if isinstance(rule, p.Reach):
        return either(*(Among(f"reach:{term}", frozenset({True})) for term in rule.terms))
    return FALSE


def _lasts(w: Wishes, rule: p.Retain, kept: bool) -> Formula:
    """How long it lasts surely meets the bound, or surely does not."""
    holds = BOUNDS[rule.bound]
    return w.among(
        "retention",
        (
            period
            for period in w.space["retention"]
            if compare(period, rule.period, w.lattice).holds(holds) is kept  # type: ignore[arg-type]
        ),
    )


def _required(w: Wishes, rule: p.Require) -> Formula:
    ask = REQUIRED[rule.attribute]
    if rule.quantity == "all of":
        return both(*(w.of(ask((term,))) for term in rule.terms))
    one = w.of(ask(rule.terms))
    if rule.quantity == "in":
        return one
    of = {
        d.partition(":")[2]
        for d in w.space
        if f".{d}".rpartition(".")[2].startswith(f"{rule.attribute}:")
    }
    others = tuple(sorted(t for t in of if not {*rule.terms} & w.lattice.ancestors(t)))
    return both(one, w.negated(ask(others)) if others else TRUE)
