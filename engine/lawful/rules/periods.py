"""Periods: which of two is longer, where that can be derived (decision 37)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import accumulate

from lawful.propagation.standing import Kleene
from lawful_dsl.format.words import write_period
from lawful_dsl.frozen import frozen
from lawful_dsl.syntax import Choice, Length, Period, Symbol, Unlimited
from lawful_dsl.vocabulary import Lattice

_HOURS = {"hours": 1, "days": 24, "weeks": 168}
_MONTHS = {"months": 1, "years": 12}
#: The days of the months of 400 years, after which the calendar repeats, from a January with 29 days
#: in the February that follows.
_CYCLE = tuple(
    29 if month == 1 and not year % 4 and (year % 100 or not year % 400) else days
    for year in range(400)
    for month, days in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))
)
#: How many days have passed when each month of two such cycles begins.
_BEGINS = (0, *accumulate(_CYCLE * 2))


@frozen
class Order:
    """Whether one period is at most another, and whether it is at least the other; None: unknown."""

    at_most: Kleene
    at_least: Kleene

    def holds(self, operator: str) -> Kleene:
        """Whether a comparison holds: `<`, `<=`, `>`, `>=`, `=`, `!=`."""
        equal: Kleene = (
            True
            if self.at_most and self.at_least
            else False
            if self.at_most is False or self.at_least is False
            else None
        )
        flip = {None: None, True: False, False: True}
        return {
            "<=": self.at_most,
            ">=": self.at_least,
            "<": flip[self.at_least],
            ">": flip[self.at_most],
            "=": equal,
            "!=": flip[equal],
        }[operator]


def compare(one: Period, other: Period, lattice: Lattice) -> Order:
    """How two periods compare."""
    return Order(at_most(one, other, lattice), at_most(other, one, lattice))


def untold(one: Period, other: Period) -> str:
    """Why it cannot be told which of two periods is longer.

    >>> untold(Length(1, "months"), Length(30, "days"))
    '1 month is 28 to 31 days, which cannot be told against 30 days'
    >>> untold(Length(30, "days"), Length(1, "months"))
    '30 days cannot be told against 1 month, which is 28 to 31 days'
    """
    said, against = write_period(one), write_period(other)
    span = _span(one)
    within = _span(other)
    ends = f", which is {within}" if within else ""
    begins = f"{said} is {span}, which" if span else said
    return f"{begins} cannot be told against {against}{ends}"


def _span(period: Period) -> str:
    """How many days a length can have, where that is not one number."""
    if not isinstance(period, Length) or period.unit not in _MONTHS:
        return ""
    fewest, most = _days(period.number * _MONTHS[period.unit])
    return f"{fewest} to {most} days" if fewest < most else ""


def at_most(one: Period, other: Period, lattice: Lattice) -> Kleene:
    """Whether `one` is at most `other`."""
    if one == other:
        return True
    match one, other:
        case (Choice("else", items), _):  # one of them is meant, not known which
            return _alike(at_most(item, other, lattice) for item in items)
        case (_, Choice("else", items)):
            return _alike(at_most(one, item, lattice) for item in items)
        case (Choice("longer", items), _):
            return _all(at_most(item, other, lattice) for item in items)
        case (_, Choice("shorter", items)):
            return _all(at_most(one, item, lattice) for item in items)
        # What must hold of each comes before what may hold of one, which may be another for each.
        case (Choice(_, items), _):
            return _any(at_most(item, other, lattice) for item in items)
        case (_, Choice(_, items)):
            return _any(at_most(one, item, lattice) for item in items)
        case (_, Unlimited()):
            return True
        case (Unlimited(), _):  # a symbol is a length, if not known which
            return False
        case (Length() | Symbol(), Length() | Symbol()):
            return _simple(one, other, lattice)
    raise AssertionError(f"no periods: {one!r}, {other!r}")


def _all(answers: Iterable[Kleene]) -> Kleene:
    found = set(answers)
    return False if False in found else None if None in found else True


def _any(answers: Iterable[Kleene]) -> Kleene:
    found = set(answers)
    return True if True in found else None if None in found else False


def _alike(answers: Iterable[Kleene]) -> Kleene:
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def _simple(one: Length | Symbol, other: Length | Symbol, lattice: Lattice) -> Kleene:
    """A length or a symbol, with what is added, against another; a symbol is zero or more."""
    length = _at_most_lengths(_added(one), _added(other))
    if isinstance(one, Length) and isinstance(other, Length):
        return length
    if isinstance(one, Length):  # other is a symbol and more
        return True if length else None
    if isinstance(other, Length):  # one is a symbol and more
        return False if length is False else None
    if one.name.text == other.name.text:
        return length
    if lattice.is_a(one.name.text, other.name.text) and length:
        return True
    if lattice.is_a(other.name.text, one.name.text) and length is False:
        return False
    return None


def _added(period: Length | Symbol) -> Length | None:
    return period if isinstance(period, Length) else period.plus


def _at_most_lengths(one: Length | None, other: Length | None) -> Kleene:
    if one is None or one.number == 0:
        return True
    if other is None:
        return False
    if one.unit in _MONTHS and other.unit in _MONTHS:
        return one.number * _MONTHS[one.unit] <= other.number * _MONTHS[other.unit]
    (_, longest), (shortest, _) = _hours(one), _hours(other)
    if longest <= shortest:
        return True
    (shortest, _), (_, longest) = _hours(one), _hours(other)
    return False if shortest > longest else None


def _hours(length: Length) -> tuple[int, int]:
    """The fewest and the most hours that a length can have."""
    if length.unit in _HOURS:
        hours = length.number * _HOURS[length.unit]
        return hours, hours
    fewest, most = _days(length.number * _MONTHS[length.unit])
    return fewest * 24, most * 24


@cache
def _days(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many months in a row have.

    >>> _days(1), _days(12), _days(36)
    ((28, 31), (365, 366), (1095, 1096))
    """
    cycles, rest = divmod(months, len(_CYCLE))
    whole = cycles * _BEGINS[len(_CYCLE)]
    spans = [_BEGINS[month + rest] - _BEGINS[month] for month in range(len(_CYCLE))]
    return whole + min(spans), whole + max(spans)
