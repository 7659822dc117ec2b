"""Periods: which of two is longer, where that can be derived (decision 37)."""

from __future__ import annotations

from dataclasses import dataclass

from lawful.propagation.standing import Kleene
from lawful_dsl.syntax import Choice, Length, Period, Symbol, Unlimited
from lawful_dsl.vocabulary import Lattice

_HOURS = {"hours": 1, "days": 24, "weeks": 168}
_MONTHS = {"months": 1, "years": 12}
#: The fewest and the most hours that a span of months can have: 28 to 31 days for one, and the
#: calendar's own bounds for more (three years hold at least 1,095 days and at most 1,096).
_LEAST_DAYS = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_MOST_DAYS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


@dataclass(frozen=True, slots=True)
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


def at_most(one: Period, other: Period, lattice: Lattice) -> Kleene:
    """Whether `one` is at most `other`."""
    if one == other:
        return True
    if isinstance(one, Choice):
        answers = [at_most(item, other, lattice) for item in one.items]
        return _joined(one.word, answers, {"longer": all, "shorter": any})
    if isinstance(other, Choice):
        answers = [at_most(one, item, lattice) for item in other.items]
        return _joined(other.word, answers, {"longer": any, "shorter": all})
    if isinstance(other, Unlimited):
        return True
    if isinstance(one, Unlimited):
        return False if isinstance(other, Length) else None
    return _simple(one, other, lattice)


def _joined(word: str, answers: list[Kleene], over: dict[str, object]) -> Kleene:
    if word == "else":  # one of the two, not known which
        return answers[0] if len(set(answers)) == 1 else None
    if over[word] is all:
        return False if False in answers else None if None in answers else True
    return True if True in answers else None if None in answers else False


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
    if _most(one) <= _least(other):
        return True
    return False if _least(one) > _most(other) else None


def _least(length: Length) -> int:
    return _hours(length, _LEAST_DAYS, 0)


def _most(length: Length) -> int:
    return _hours(length, _MOST_DAYS, 1)


def _hours(length: Length, days: tuple[int, ...], leap: int) -> int:
    if length.unit in _HOURS:
        return length.number * _HOURS[length.unit]
    years, months = divmod(length.number * _MONTHS[length.unit], 12)
    leaps = (years + 3) // 4 if leap else max(0, years // 4 - (1 if years >= 100 else 0))
    return (years * 365 + leaps + days[months]) * 24
