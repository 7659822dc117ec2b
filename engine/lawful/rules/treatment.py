"""Treatment: as whom the subject of a datum is judged under a rule (decision 36)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment, Law
from lawful.rules.kleene import both
from lawful.rules.predicates import holds
from lawful.system.model import Subject
from lawful_dsl.program import Rule

#: The subject as whom a datum's is judged, and whether that is by a treatment.
View = tuple[Subject | None, bool]


def views_of(law: Law, rule: Rule, leaves: Sequence[Environment]) -> list[View]:
    """The subjects as whom the datum's may have to be judged, from its own at each leaf of the event."""
    actual = leaves[0].subject
    views: list[View] = []
    untreated = True
    for treat in law.treats(rule):
        applies = _throughout(
            [both(holds(treat.condition, leaf), holds(treat.when, leaf)) for leaf in leaves]
        )
        if applies is not False:
            views.append((_treated(law, actual, treat.as_), True))
        if applies:
            untreated = False
    return [(actual, False), *views] if untreated else views


def _throughout(answers: Sequence[Kleene]) -> Kleene:
    """What is so at every leaf."""
    first = answers[0]
    return first if all(answer is first for answer in answers) else None


def _treated(law: Law, actual: Subject | None, kind: str) -> Subject:
    of = law.system.subjects.get(actual.of) if actual else None
    if of is not None and law.lattice.is_a(of.kind, kind):
        return of
    return Subject("", kind)


def seen_by(
    law: Law,
    other: Rule,
    rule: Rule,
    environment: Environment,
    question: Callable[[Rule, Environment], Kleene],
) -> Kleene:
    """What another rule says of an event that is judged under a rule; each reads by its own treatments."""
    seen = environment if law is environment.law else replace(environment, law=law)
    if law.treats(other) == environment.law.treats(rule):
        return question(other, seen)
    subject = law.system.subjects.get(environment.happening.datum.beginning.subject)
    actual = replace(seen, subject=subject, treated=False, residence=None)
    answers = [
        question(other, replace(actual, subject=person, treated=treated))
        for person, treated in views_of(law, other, [actual])
    ]
    return answers[0] if all(answer is answers[0] for answer in answers) else None
