"""Truth: Kleene's three values, where the third one knows why it is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lawful.findings import Reason


@dataclass(frozen=True, slots=True)
class Doubt:
    """Neither true nor false, and the reasons for which it cannot be said."""

    reasons: frozenset[Reason]


Truth = bool | Doubt

UNDECLARED = Doubt(frozenset({Reason.UNDECLARED}))
COARSE = Doubt(frozenset({Reason.COARSE}))
UNSOURCED = Doubt(frozenset({Reason.UNSOURCED}))
UNKNOWN_DATA = Doubt(frozenset({Reason.UNKNOWN_DATA}))


def every(truths: Iterable[Truth]) -> Truth:
    """Kleene's `and`; of none, true.

    >>> every([True, UNDECLARED]) == UNDECLARED, every([UNDECLARED, False])
    (True, False)
    """
    known = list(truths)
    if any(truth is False for truth in known):
        return False
    return _doubt(known) or True


def some(truths: Iterable[Truth]) -> Truth:
    """Kleene's `or`; of none, false.

    >>> some([False, UNDECLARED]) == UNDECLARED, some([UNDECLARED, True])
    (True, True)
    """
    known = list(truths)
    if any(truth is True for truth in known):
        return True
    return _doubt(known) or False


def negated(truth: Truth) -> Truth:
    """Kleene's `not`."""
    return truth if isinstance(truth, Doubt) else not truth


def unless_none(value: bool | None, doubt: Doubt = UNDECLARED) -> Truth:
    """A value of which `None` means that it is not known."""
    return doubt if value is None else value


def _doubt(truths: Iterable[Truth]) -> Doubt | None:
    doubts = [truth for truth in truths if isinstance(truth, Doubt)]
    return Doubt(frozenset().union(*(d.reasons for d in doubts))) if doubts else None
