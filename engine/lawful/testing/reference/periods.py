"""Periods: whether one is at most another (decision 37)."""

from __future__ import annotations

from calendar import monthrange
from functools import cache

from lawful.testing.reference.truth import UNDECLARED, Truth, every, some
from lawful_dsl.syntax import Choice, Length, Period, Symbol, Unlimited
from lawful_dsl.vocabulary import Lattice

_HOURS = {"hours": 1, "days": 24, "weeks": 7 * 24}
_MONTHS = {"months": 1, "years": 12}
#: How long each of the months of the calendar is, from January 2000 on, before they repeat.
_CALENDAR = [monthrange(2000 + n // 12, n % 12 + 1)[1] for n in range(400 * 12)]


def at_most(lattice: Lattice, left: Period, right: Period) -> Truth:
    """Whether the left period is no longer than the right one."""
    if left == right:
        return True
    match left, right:
        case Choice("else", items), _:
            return _alike([at_most(lattice, item, right) for item in items])
        case _, Choice("else", items):
            return _alike([at_most(lattice, left, item) for item in items])
        case Choice("longer", items), _:
            return every(at_most(lattice, item, right) for item in items)
        case _, Choice("shorter", items):
            return every(at_most(lattice, left, item) for item in items)
        case Choice("shorter", items), _:
            return some(at_most(lattice, item, right) for item in items)
        case _, Choice("longer", items):
            return some(at_most(lattice, left, item) for item in items)
        case _, Unlimited():
            return True
        case Unlimited(), _:
            return False
        case Length(), Length():
            return _lengths(left, right)
        case Symbol(), Symbol():
            return _symbols(lattice, left, right)
        case Symbol(), Length():
            # A symbol is zero or more: it can be too long by what is added to it alone.
            return False if _lengths(_added(left), right) is False else UNDECLARED
        case Length(), Symbol():
            return True if _lengths(left, _added(right)) is True else UNDECLARED
    raise AssertionError(f"no periods: {left!r}, {right!r}")


def _alike(truths: list[Truth]) -> Truth:
    """What holds of each of the alternatives, of which one is meant."""
    if all(truth is True for truth in truths):
        return True
    return False if all(truth is False for truth in truths) else UNDECLARED


def _lengths(left: Length, right: Length) -> Truth:
    months = _months(left) - _months(right)
    hours = _hours(left) - _hours(right)
    differences = [(24 * days if months > 0 else -24 * days) + hours for days in _days(abs(months))]
    if max(differences) <= 0:
        return True
    return False if min(differences) > 0 else UNDECLARED


@cache
def _days(months: int) -> tuple[int, int]:
    """How many days some months in a row have at least and at most, wherever they begin.

    >>> _days(1), _days(12)
    ((28, 31), (365, 366))
    """
    cycles, rest = divmod(months, len(_CALENDAR))
    twice = [*_CALENDAR, *_CALENDAR]
    spans = [sum(twice[start : start + rest]) for start in range(len(_CALENDAR))]
    return cycles * sum(_CALENDAR) + min(spans), cycles * sum(_CALENDAR) + max(spans)


def _symbols(lattice: Lattice, left: Symbol, right: Symbol) -> Truth:
    added = _lengths(_added(left), _added(right))
    if left.name.text == right.name.text:
        return added
    if lattice.is_a(left.name.text, right.name.text) is True and added is True:
        return True
    if lattice.is_a(right.name.text, left.name.text) is True and added is False:
        return False
    return UNDECLARED


def _added(symbol: Symbol) -> Length:
    return symbol.plus or Length(0, "days")


def _months(length: Length) -> int:
    return length.number * _MONTHS.get(_plural(length.unit), 0)


def _hours(length: Length) -> int:
    return length.number * _HOURS.get(_plural(length.unit), 0)


def _plural(unit: str) -> str:
    return unit if unit.endswith("s") else f"{unit}s"
