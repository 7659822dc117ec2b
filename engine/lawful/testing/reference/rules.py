"""Rules: what is found of one event, as it is judged, under one rule (decisions 34 to 41)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from lawful.findings import Reason
from lawful.testing.reference.conditions import holds, wanted_data
from lawful.testing.reference.data import Datum
from lawful.testing.reference.ends import in_scope
from lawful.testing.reference.events import happens
from lawful.testing.reference.outcomes import NO_EVENT, Outcome, outcome, undetermined
from lawful.testing.reference.precedence import Law, blocks, laws, prevailing, readings, replacing
from lawful.testing.reference.propagation import Propagation
from lawful.testing.reference.requirements import (
    cannot_both_hold,
    has_passed,
    has_required,
    is_kept_so,
    is_reached,
    may_last,
)
from lawful.testing.reference.treatment import people_of, taken_as, treats_of
from lawful.testing.reference.truth import UNDECLARED, Truth, every, negated, some
from lawful.testing.reference.view import View
from lawful.testing.reference.world import World
from lawful_dsl.frozen import frozen
from lawful_dsl.program import (
    All,
    Closed,
    Condition,
    DataIn,
    EventIs,
    EventKind,
    Forbid,
    Passage,
    Policy,
    Reach,
    Readings,
    Require,
    Retain,
    Rule,
    Unless,
)


@frozen(eq=False)
class Court:
    """What a rule is judged with beside the event: all policies, and where the data are."""

    policies: tuple[Policy, ...]
    propagation: Propagation


def judge_view(law: Law, view: View, court: Court) -> Outcome:
    """What is found of an event under a rule that is no readings, for one leaf of all that is coarse."""
    matches = _stands(law, view, court)
    if matches is False:
        return NO_EVENT
    permitted = _permitted(law, view, court)
    fault = every([matches, negated(_has_what_it_should(law, view, court)), negated(permitted)])
    conflict = permitted is not True and _conflicts(law, view, court)
    if conflict is True:
        return undetermined(Reason.CONFLICT)
    if fault is True and view.event.datum.unknown:
        return undetermined(Reason.UNKNOWN_DATA)
    return outcome(matches, fault if conflict is False else conflict)


def may_match(rule: Rule, kind: EventKind) -> bool:
    """Whether a rule speaks of events of a kind at all, whatever the leaf and the person: asked first."""
    if isinstance(rule, Readings):
        return any(reading is not None and may_match(reading, kind) for _, reading in rule.readings)
    return not any(isinstance(i, EventIs) and i.kind is not kind for i in _pattern(rule))


def may_be_about(rule: Rule, world: World, datum: Datum) -> bool:
    """Whether a rule that is no readings speaks of a datum at all, whichever of its leaves it is."""
    return datum.unknown or not any(
        isinstance(item, DataIn)
        and not (datum.form in item.forms and datum.extent & wanted_data(world, item))
        for item in _pattern(rule)
    )


def _pattern(rule: Rule) -> tuple[Condition, ...]:
    """The conditions that hold together of each event that a rule matches."""
    event = getattr(rule, "event", None)
    return event.items if isinstance(event, All) else () if event is None else (event,)


# --- whether a rule matches ---------------------------------------------------------------------------


def _stands(law: Law, view: View, court: Court) -> Truth:
    """Whether a rule matches an event, and no rule in its place does (decision 38)."""
    matches = _matches(law, view)
    if matches is False:
        return False
    replaced = some(_asked(other, law, view, _matches) for other in replacing(law, court.policies))
    return every([matches, negated(replaced)])


def _matches(law: Law, view: View) -> Truth:
    """Whether there is such an event, within the policy, that a rule's pattern matches."""
    rule = law.rule
    if isinstance(rule, Readings):
        return some(_matches(each, view) for each in readings(law) if each)
    if not isinstance(rule, Forbid | Require | Passage | Reach | Retain | Closed):
        return False
    alike = holds(rule.event, view)
    if alike is False or (isinstance(rule, Retain) and not may_last(view)):
        return False
    own = view.is_own_subject("target")
    return every(
        [
            alike,
            happens(view.world, view.event, view.leaf, view.purpose, view.partner, own),
            in_scope(view),
        ]
    )


def _asked(other: Law, law: Law, view: View, question: Callable[[Law, View], Truth]) -> Truth:
    """What another rule says of the event that is judged under a rule.

    Where the two do not take the datum to be the same person's, the other one reads its own.
    """
    if other.policy is not law.policy:
        view = replace(view, world=view.world.under(other.policy))
    if treats_of(other) == treats_of(law):
        return question(other, view)
    subject = view.world.system.subjects.get(view.event.datum.subject)
    actual = taken_as(view, subject, False)
    people = people_of(other, [actual])
    answers = [question(other, taken_as(actual, *person)) for person in people.people]
    return answers[0] if all(answer == answers[0] for answer in answers) else UNDECLARED


# --- whether the event is as it should be -------------------------------------------------------------


def _has_what_it_should(law: Law, view: View, court: Court) -> Truth:
    """Whether an exception holds, or the event has what is required of it."""
    rule = law.rule
    match rule:
        case Forbid():
            return _excepted(rule.exceptions, view)
        case Require():
            return some([has_required(rule, view), _excepted(rule.exceptions, view)])
        case Passage():
            return some([has_passed(rule, view), _excepted(rule.exceptions, view)])
        case Reach():
            reached = is_reached(rule, view, court.propagation)
            return some([reached, _excepted(rule.exceptions, view)])
        case Retain():
            if not may_last(view):
                return True
            return some([is_kept_so(rule, view), _excepted(rule.exceptions, view)])
        case Closed():
            return _admitted(rule, law.policy, view, frozenset())
    raise AssertionError(f"no rule about events: {rule!r}")


def _excepted(exceptions: Iterable[Unless], view: View) -> Truth:
    """Whether an exception holds and none of its own exceptions does."""
    return some(
        [every([holds(e.condition, view), negated(_excepted(e.nested, view))]) for e in exceptions]
    )


def _admitted(block: Closed, policy: Policy, view: View, seen: frozenset[str]) -> Truth:
    """Whether a permit of a block admits the event, or one of a block that it admits, for its own."""
    permits = [
        every([holds(permit.condition, view), negated(_excepted(permit.exceptions, view))])
        for permit in block.permits
    ]
    seen = seen | {block.about.id}
    inner = [
        every([holds(other.event, view), _admitted(other, policy, view, seen)])
        for other in blocks(policy, block.admits)
        if other.about.id not in seen
    ]
    return some([*permits, *inner])


# --- precedence and conflict --------------------------------------------------------------------------


def _permitted(law: Law, view: View, court: Court) -> Truth:
    """Whether a rule that prevails over this one permits the event (decision 39)."""
    return some(
        [
            every([*(holds(each, view) for each in conditions), _asked(other, law, view, _permits)])
            for other, conditions in _above(law, view, court)
        ]
    )


def _above(law: Law, view: View, court: Court) -> list[tuple[Law, list[Condition]]]:
    """The rules that prevail over a rule."""
    return view.world.once(("above", law.key), lambda: list(prevailing(law, court.policies)))


def _permits(law: Law, view: View) -> Truth:
    """Whether a rule that matches an event permits it."""
    match law.rule:
        case Readings():
            return every([each is not None and _permits(each, view) for each in readings(law)])
        case Closed():
            permitted = _admitted(law.rule, law.policy, view, frozenset())
        case Forbid() | Require() | Passage() | Reach() | Retain():
            permitted = _excepted(law.rule.exceptions, view)
        case _:
            return False
    return every([_matches(law, view), permitted])


def _conflicts(law: Law, view: View, court: Court) -> Truth:
    """Whether another bound stands on the event, without an order, that cannot hold beside this one."""
    if not isinstance(law.rule, Retain):
        return False
    return some(
        every(
            [
                _binds(law, view, court),
                _asked(other, law, view, lambda o, v: _binds(o, v, court)),
                negated(
                    some([_is_over(law, other, view, court), _is_over(other, law, view, court)])
                ),
            ]
        )
        for other in laws(court.policies)
        if isinstance(other.rule, Retain)
        and other.key != law.key
        and cannot_both_hold(law.rule, other.rule, view)
    )


def _binds(law: Law, view: View, court: Court) -> Truth:
    assert isinstance(law.rule, Retain)
    return every([_stands(law, view, court), negated(_excepted(law.rule.exceptions, view))])


def _is_over(over: Law, under: Law, view: View, court: Court) -> Truth:
    return some(
        every(holds(each, view) for each in conditions)
        for other, conditions in _above(under, view, court)
        if other.key == over.key
    )
