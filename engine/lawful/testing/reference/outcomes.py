"""Outcomes: what is found of one event under one rule, and how several are taken together (33, 36, 40)."""

from __future__ import annotations

from collections.abc import Iterable

from lawful.findings import WORST, Reason, Verdict
from lawful.testing.reference.truth import Doubt, Truth
from lawful_dsl.frozen import frozen


@frozen
class Outcome:
    """A verdict, and the reasons of one that is undetermined. Not exercised: the rule does not match."""

    verdict: Verdict
    reasons: frozenset[Reason] = frozenset()


KEPT = Outcome(Verdict.KEPT)
BROKEN = Outcome(Verdict.BROKEN)
NO_EVENT = Outcome(Verdict.NOT_EXERCISED)


def undetermined(*reasons: Reason) -> Outcome:
    """An outcome that cannot be said."""
    return Outcome(Verdict.UNDETERMINED, frozenset(reasons))


def outcome(matches: Truth, fault: Truth) -> Outcome:
    """What is found of an event, from whether the rule matches and whether it is at fault (34)."""
    if matches is False:
        return NO_EVENT
    if fault is False:
        return KEPT
    if isinstance(fault, Doubt):
        return undetermined(*fault.reasons)
    return BROKEN


def leaf_by_leaf(outcomes: Iterable[Outcome]) -> Outcome:
    """Kept if kept for each leaf, broken if broken for each, else undetermined."""
    found = list(outcomes)
    verdicts = {each.verdict for each in found}
    if verdicts <= {Verdict.NOT_EXERCISED}:
        return NO_EVENT
    if Verdict.UNDETERMINED in verdicts:
        return _undetermined(found)
    if verdicts == {Verdict.BROKEN}:
        return BROKEN
    return undetermined(Reason.COARSE) if Verdict.BROKEN in verdicts else KEPT


def worst_of(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst of several outcomes."""
    found = list(outcomes)
    verdict = min((each.verdict for each in found), key=WORST.index)
    return _undetermined(found) if verdict is Verdict.UNDETERMINED else Outcome(verdict)


def agreement(outcomes: Iterable[Outcome], otherwise: Iterable[Reason]) -> Outcome:
    """The outcome on which all agree; where no rule matches counts as kept, if any does."""
    found = list(outcomes)
    verdicts = {each.verdict for each in found}
    if verdicts == {Verdict.NOT_EXERCISED}:
        return NO_EVENT
    counted = {Verdict.KEPT if v is Verdict.NOT_EXERCISED else v for v in verdicts}
    if counted == {Verdict.UNDETERMINED}:
        return _undetermined(found)
    return Outcome(counted.pop()) if len(counted) == 1 else undetermined(*otherwise)


def _undetermined(outcomes: Iterable[Outcome]) -> Outcome:
    doubtful = [each for each in outcomes if each.verdict is Verdict.UNDETERMINED]
    return undetermined(*(reason for each in doubtful for reason in each.reasons))
