"""Facts: what a system claims of itself, so that what is asserted is kept, or one of it broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawful.rules.periods import compare
from lawful_dsl.format.words import write_name, write_period
from lawful_dsl.program import Assert, Policy, Program
from lawful_dsl.syntax import Length, Name, Unlimited
from lawful_dsl.vocabulary import Lattice

#: What a bound on a length compares.
BOUNDS: Mapping[str, str] = {"at most": "<=", "at least": ">=", "exactly": "="}


def facts(
    program: Program, policy: Policy, lattice: Lattice, breaking: str = "", *, brief: bool = False
) -> Iterator[str]:
    """The facts on which the assertions of a policy turn, each as a line; in `brief`, of the one to be broken."""
    said: dict[str, str] = {}
    for rule in policy.rules:
        meant = not brief or rule.about.id == breaking
        if not (isinstance(rule, Assert) and meant):
            continue
        if rule.fact not in said or rule.about.id == breaking:
            value = _value(program, rule, lattice, rule.about.id != breaking)
            if value is not None:
                said[rule.fact] = f"fact {write_name(Name(rule.fact))}{value}"
    yield from said.values()


def _value(program: Program, rule: Assert, lattice: Lattice, kept: bool) -> str | None:
    """What the fact is, so that the assertion is kept, or broken; None where there is no such value."""
    if rule.period is not None:
        holds = BOUNDS[rule.bound]
        for period in (rule.period, Length(1, "hours"), Unlimited()):
            if compare(period, rule.period, lattice).holds(holds) is kept:
                return f" {write_period(period)}"
        return None
    if rule.terms:
        others = program.vocabulary.attributes[rule.fact].values
        found = rule.terms if kept else [value for value in others if value not in rule.terms]
        return f" {write_name(Name(found[0]))}" if found else None
    return "" if kept else " no"
