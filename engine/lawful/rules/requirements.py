"""Requirements: whether an event has what a rule requires of it (decision 35)."""

from __future__ import annotations

from collections.abc import Mapping

from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment, bases_of
from lawful.rules.kleene import both, either, negated
from lawful.rules.predicates import PREDICATES
from lawful.rules.predicates.carrier import measures_of, validity_of
from lawful.rules.predicates.consent import consents_of, counted
from lawful.rules.predicates.ends import certified
from lawful.system.model import NONE, UNKNOWN, Fact
from lawful_dsl.program import (
    BasisIn,
    ChannelIn,
    ConsentIs,
    ContractIs,
    MarkedAs,
    MeasureIn,
    MechanismIn,
    PlaceIn,
    PurposeIn,
    Require,
)

_ASKS: Mapping[str, type] = {
    "basis": BasisIn,
    "mechanism": MechanismIn,
    "measure": MeasureIn,
    "channel": ChannelIn,
    "contract": ContractIs,
    "purpose": PurposeIn,
    "mark": MarkedAs,
}


def required(rule: Require, environment: Environment) -> Kleene:
    """Whether the event has what the rule requires (decision 35)."""
    if rule.quantity == "in":
        return _asked(rule.attribute, rule.terms, environment)
    if rule.quantity == "all of":
        answer: Kleene = True
        for term in rule.terms:
            answer = both(answer, _asked(rule.attribute, (term,), environment))
        return answer
    claims, whole = _claims(rule.attribute, environment)
    something: Kleene = False if whole else None
    only: Kleene = True if whole else None
    for value, counts in claims:
        named = any_of(environment.law.lattice, Fact((value,), True), rule.terms)
        something = either(something, counts)
        only = both(only, either(negated(counts), named))
    only = both(something, only)
    sure = tuple(dict.fromkeys(value for value, counts in claims if counts))
    fact = Fact(sure, whole and all(counts is not None for _, counts in claims))
    return environment.note(
        only,
        environment.happening.frame.carrier,
        rule.attribute,
        fact,
        environment.happening.frame.span,
    )


def _asked(attribute: str, terms: tuple[str, ...], environment: Environment) -> Kleene:
    if attribute == "certificate":
        return certified(environment, terms)
    condition = (
        ConsentIs(terms)
        if attribute == "consent"
        else PlaceIn("target", terms)
        if attribute == "place"
        else _ASKS[attribute](terms)
    )
    return PREDICATES[type(condition)](condition, environment)


def _claims(attribute: str, environment: Environment) -> tuple[list[tuple[str, Kleene]], bool]:
    """The values of an attribute of the event, whether each counts, and whether there are no others."""
    if attribute == "mechanism":
        valid, whole = validity_of(environment)
        return list(valid.items()), whole
    if attribute == "consent":
        given = consents_of(environment)
        return [(g.consent.kind, counted(g, environment)) for g in given.values], given.whole
    fact = _fact(attribute, environment)
    return [(value, True) for value in fact.values], fact.whole


def _fact(attribute: str, environment: Environment) -> Fact[str]:
    """The values of any other attribute."""
    happening = environment.happening
    target = happening.frame.target
    party = environment.law.party(target)
    # A subject is no party, and has nothing of the kind; of whom nobody knows, nobody knows what.
    nobody = NONE if target.kind == "subject" else UNKNOWN
    if attribute == "basis":
        return bases_of(environment)
    if attribute == "measure":
        return measures_of(environment)
    if attribute == "mark":
        unsourced = happening.datum.beginning.unsourced
        return Fact(tuple(sorted(happening.datum.marks)), not unsourced)
    if attribute == "certificate":
        date = environment.law.lattice.date
        if party is None:
            return nobody
        held = tuple(c.term for c in party.certificates.values if c.holds_on(date))
        return Fact(held, party.certificates.whole)
    if attribute == "contract":
        return party.contracts if party else nobody
    single = {
        "purpose": happening.use.purpose,
        "place": happening.place,
        "channel": happening.channel,
    }[attribute]
    return Fact((single,), True) if single else Fact()
