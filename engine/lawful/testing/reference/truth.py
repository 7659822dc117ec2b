"""Truth: Kleene's three values, where the third one knows why it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lawful.findings import Reason
from lawful_dsl.frozen import frozen


@frozen
class Doubt:
    """Neither true nor false, and the reasons for which it cannot be said."""

    reasons: frozenset[Reason]


Truth = bool | Doubt

UNDECLARED = Doubt(frozenset({Reason.UNDECLARED}))
COARSE = Doubt(frozenset({Reason.COARSE}))
UNSOURCED = Doubt(frozenset({Reason.UNSOURCED}))
UNKNOWN_DATA = Doubt(frozenset({Reason.UNKNOWN_DATA}))


def every(truths: Iterable[Truth]) -> Truth:
    """Kleene's `and`; of none, true. What comes after a false one is not asked.

    >>> every([True, UNDECLARED]) == UNDECLARED, every([UNDECLARED, False])
    (True, False)
    """
    doubts = []
    for truth in truths:
        if truth is False:
            return False
        if truth is not True:
            doubts.append(truth)
    return _doubt(doubts) if doubts else True


def some(truths: Iterable[Truth]) -> Truth:
    """Kleene's `or`; of none, false. What comes after a true one is not asked.

    >>> some([False, UNDECLARED]) == UNDECLARED, some([UNDECLARED, True])
    (True, True)
    """
    doubts = []
    for truth in truths:
        if truth is True:
            return True
        if truth is not False:
            doubts.append(truth)
    return _doubt(doubts) if doubts else False


def negated(truth: Truth) -> Truth:
    """Kleene's `not`."""
    return truth if isinstance(truth, Doubt) else not truth


def unless_none(value: bool | None, doubt: Doubt = UNDECLARED) -> Truth:
    """A value of which `None` means that it is not known."""
    return doubt if value is None else value


def _doubt(doubts: Sequence[Doubt]) -> Doubt:
    return Doubt(frozenset().union(*(doubt.reasons for doubt in doubts)))
