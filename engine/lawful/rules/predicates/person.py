"""Predicates on a person: the datum's subject as treated, or the subject at an end."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment
from lawful.system.model import Subject
from lawful_dsl.program import AgeIs, KnownIs, ResidenceIn, StateIs, SubjectIs

COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def _absent(environment: Environment, who: str, name: str) -> Kleene:
    """What is asked of nobody: of an end that is no person, false; of an unknown subject, unknown."""
    if who != "subject":
        return False
    return environment.note(None, environment.happening.frame.carrier, "subject", name)


def subject_is(condition: SubjectIs, environment: Environment) -> Kleene:
    """Whether the person is of one of the kinds."""
    person = environment.person(condition.who)
    if person is None:
        return _absent(environment, condition.who, "kind")
    lattice = environment.law.lattice
    answer: Kleene = False
    for term in condition.terms:
        match = lattice.is_a(person.kind, term)
        if match:
            answer = True
            break
        if match is None:
            answer = None
    return environment.note(answer, person.id, "kind of subject", person.kind, person.span)


def age_is(condition: AgeIs, environment: Environment) -> Kleene:
    """Whether the person's age compares so."""
    person = environment.person(condition.who)
    if person is None:
        return _absent(environment, condition.who, "age")
    answer = (
        None if person.age is None else COMPARE[condition.operator](person.age, condition.years)
    )
    value = "unknown" if person.age is None else str(person.age)
    return environment.note(answer, person.id, "age", value, person.span)


def known_is(condition: KnownIs, environment: Environment) -> Kleene:
    """Whether we know who the person is."""
    person = environment.person(condition.who)
    if person is None:
        return _absent(environment, condition.who, "known")
    value = {None: "unknown", True: "known", False: "not known"}[person.known]
    return environment.note(person.known, person.id, "known", value, person.span)


def residence_in(condition: ResidenceIn, environment: Environment) -> Kleene:
    """Whether the person resides in one of the places."""
    person = environment.person(condition.who)
    if person is None:
        return _absent(environment, condition.who, "residence")
    wanted = environment.law.extent(condition.terms)
    if environment.residence is None or person is not environment.subject:
        answer = _may_reside(person, wanted, environment)
    else:
        answer = environment.residence in wanted if environment.residence else None
    return environment.note(answer, person.id, "residence", person.residences, person.span)


def _may_reside(person: Subject, wanted: frozenset[str], environment: Environment) -> Kleene:
    """Whether the person has a residence that is in one of the places."""
    answer: Kleene = False if person.residences.whole else None
    for place in person.residences.values:
        leaves = environment.law.extent((place,))
        if leaves <= wanted:
            return True
        if leaves & wanted:
            answer = None
    return answer


def state_is(condition: StateIs, environment: Environment) -> Kleene:
    """Whether the person is in the state; each state that may be either has been settled."""
    key = (condition.who, condition.state)
    if key in environment.states:
        answer = environment.states[key]
        value = "judged as yes" if answer else "judged as no"
        return environment.note(answer, "the person", str(condition.state), value)
    person = environment.person(condition.who)
    if person is None:
        return _absent(environment, condition.who, str(condition.state))
    answer_or_none = person.states.get(condition.state)
    value = {None: "either", True: "yes", False: "no"}[answer_or_none]
    return environment.note(answer_or_none, person.id, str(condition.state), value, person.span)


PREDICATES: Mapping[type, Callable[[Any, Environment], Kleene]] = {
    SubjectIs: subject_is,
    AgeIs: age_is,
    KnownIs: known_is,
    ResidenceIn: residence_in,
    StateIs: state_is,
}
