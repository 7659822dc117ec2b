"""Rules: what is found of one event, as it is judged, under one rule (decisions 34 to 41)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lawful.findings import Reason
from lawful.system.model import Subject
from lawful.testing.reference.conditions import holds
from lawful.testing.reference.ends import in_scope
from lawful.testing.reference.events import happens
from lawful.testing.reference.outcomes import Outcome, outcome, undetermined
from lawful.testing.reference.precedence import Law, blocks, prevailing, readings, replacing
from lawful.testing.reference.propagation import Propagation
from lawful.testing.reference.requirements import (
    cannot_both_hold,
    has_passed,
    has_required,
    is_kept_so,
    is_reached,
    is_storage,
)
from lawful.testing.reference.truth import Doubt, Truth, every, negated, some
from lawful.testing.reference.view import View
from lawful_dsl.program import (
    About,
    Closed,
    Forbid,
    Passage,
    Policy,
    Reach,
    Readings,
    Require,
    Retain,
    Rule,
    Treat,
    Unless,
)


@dataclass(frozen=True, eq=False, slots=True)
class Court:
    """What a rule is judged with beside the event: all policies, and where the data are."""

    policies: tuple[Policy, ...]
    propagation: Propagation


def judge_view(law: Law, view: View, court: Court) -> Outcome:
    """What is found of an event, for one leaf of all that may be coarse."""
    matches = every([_matches(law, view), negated(_replaced(law, view, court))])
    if matches is False:
        return outcome(False, False)
    fault = every([matches, _is_at_fault(law, view, court), negated(_permitted(law, view, court))])
    found = outcome(matches, fault)
    if matches is True and fault is not False or _is_bound(law, view):
        if _conflicts(law, view, court):
            return undetermined(Reason.CONFLICT)
    if fault is True and view.event.datum.unknown:
        return undetermined(Reason.UNKNOWN_DATA)
    return found


def _matches(law: Law, view: View) -> Truth:
    """Whether there is such an event, within the policy, and the rule's pattern matches it."""
    rule = law.rule
    assert not isinstance(rule, Readings) and hasattr(rule, "event")
    event = view.event
    own = view.is_own_subject("target")
    is_one = happens(view.world, event, view.leaf, view.purpose, view.partner, own)
    return every(
        [
            holds(rule.event, view),
            is_one,
            in_scope(view),
            not isinstance(rule, Retain) or is_storage(view),
        ]
    )
