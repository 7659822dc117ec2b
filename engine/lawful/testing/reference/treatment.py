"""Treatment: whose a datum is taken to be under a rule (decision 36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lawful.findings import Reason
from lawful.system.model import Subject
from lawful.testing.reference.conditions import holds
from lawful.testing.reference.precedence import Law
from lawful.testing.reference.truth import Doubt, Truth, every
from lawful.testing.reference.view import View
from lawful.testing.reference.world import World
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Treat


@frozen(eq=False)
class People:
    """Each person whose a datum may be, whether by a treatment, and why if it may be of several."""

    people: tuple[tuple[Subject | None, bool], ...]
    reasons: frozenset[Reason]


def treats_of(law: Law) -> tuple[Treat, ...]:
    """The treatments that a rule reads by: none of a kind that it names, and none if it says `actual`."""
    about = law.rule.about
    if about.actual:
        return ()
    return tuple(treat for treat in law.policy.treats if treat.name not in about.names)


def people_of(law: Law, views: Sequence[View]) -> People:
    """Whose the datum is taken to be, from the views of its actual subject, one for each leaf."""
    view = views[0]
    found: list[tuple[Subject | None, bool]] = []
    reasons: set[Reason] = set()
    surely = False
    for treat in treats_of(law):
        applies = _throughout(
            [every([holds(treat.condition, v), holds(treat.when, v)]) for v in views]
        )
        if applies is not False:
            found.append((_treated(view.world, view.person, treat), True))
        if isinstance(applies, Doubt):
            reasons |= applies.reasons
        surely = surely or applies is True
    if not surely:
        found.append((view.person, False))
    return People(tuple(found), frozenset(reasons or {Reason.UNDECLARED}))


def taken_as(view: View, person: Subject | None, treated: bool) -> View:
    """The same view with the datum taken to be another's, whose residences are all of them."""
    return replace(view, person=person, treated=treated, residence=None)


def _throughout(truths: Sequence[Truth]) -> Truth:
    """What holds for every leaf."""
    if all(truth is True for truth in truths):
        return True
    if all(truth is False for truth in truths):
        return False
    doubts = [truth.reasons for truth in truths if isinstance(truth, Doubt)]
    return Doubt(frozenset().union(*doubts) if doubts else frozenset({Reason.COARSE}))


def _treated(world: World, person: Subject | None, treat: Treat) -> Subject:
    """The subject that someone is declared `of`, if of the kind, else one of whom nothing is known."""
    other = world.system.subjects.get(person.of) if person else None
    if other is not None and world.lattice.is_a(other.kind, treat.as_) is True:
        return other
    return Subject(id="", kind=treat.as_)
