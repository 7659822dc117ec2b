"""Assertions: facts that a policy claims of the system as a whole."""

from __future__ import annotations

from lawful.findings import ASSERTION, Datum, Event, Finding, Reason, UsedFact, Verdict
from lawful.propagation.standing import Kleene
from lawful.rules.environment import Law
from lawful.rules.periods import compare, untold
from lawful_dsl.program import Assert
from lawful_dsl.syntax import Period


def asserted(law: Law, rule: Assert) -> Finding | None:
    """The finding of an assertion that the system does not meet, or does not declare."""
    answer = _holds(law, rule)
    if answer:
        return None
    about = rule.about
    said = law.system.facts.get(rule.fact)
    verdict = Verdict.UNDETERMINED if answer is None else Verdict.BROKEN
    fact = UsedFact(law.system.name, rule.fact, "not declared" if said is None else "declared")
    return Finding(
        verdict,
        law.policy.name,
        about.id,
        about.severity,
        Datum("", "", "", "", law.system.name),
        Event(ASSERTION, law.system.name, law.system.name, law.system.name),
        Reason.UNDECLARED if answer is None else None,
        f"the system does not declare `{rule.fact}`"
        if said is None
        else _doubt(rule, said)
        if answer is None
        else f"`{rule.fact}` is not as the policy says",
        about.clauses,
        about.citation,
        about.messages,
        facts=() if answer is None else (fact,),
        missing=(fact,) if said is None and answer is None else (),
        span=about.span,
    )


def _doubt(rule: Assert, said: object) -> str:
    assert rule.period
    assert isinstance(said, Period)
    return f"`{rule.fact}`: {untold(said, rule.period)}"


def _holds(law: Law, rule: Assert) -> Kleene:
    said = law.system.facts.get(rule.fact)
    if said is None:
        definition = law.lattice.vocabulary.attributes[rule.fact]
        return False if definition.silence == "none" else None
    if rule.bound == "in":
        return said in rule.terms
    if rule.period is None:
        return said is True
    assert isinstance(said, Period)
    order = compare(said, rule.period, law.lattice)
    if rule.bound == "exactly":
        return order.holds("=")
    return order.at_most if rule.bound == "at most" else order.at_least
