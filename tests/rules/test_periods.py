"""Periods: every answer, of the engine and of the reference, holds on every calendar and for every symbol."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawful.rules import periods
from lawful.testing.reference import periods as reference
from lawful_dsl.syntax import Choice, Length, Name, Period, Symbol, Unlimited
from lawful_dsl.vocabulary import Lattice, Parent, Term, Vocabulary

LATTICE = Lattice(
    Vocabulary(
        {
            "contract_term": Term("periods", "contract_term"),
            "trial": Term("periods", "trial", (Parent("contract_term"),)),
            "statute": Term("periods", "statute"),
        }
    ),
    "2024-01-01",
)
UNITS = ("hours", "days", "weeks", "months", "years")
TERM, TRIAL, STATUTE = (Symbol(Name(name)) for name in ("contract_term", "trial", "statute"))
LIMITLESS = Unlimited()

AtMost = Callable[[Period, Period], bool | None]

lengths = st.builds(Length, st.integers(0, 40), st.sampled_from(UNITS))
symbols = st.builds(
    Symbol, st.sampled_from([TERM.name, TRIAL.name, STATUTE.name]), st.none() | lengths
)
any_period: st.SearchStrategy[Period] = st.recursive(
    lengths | symbols | st.just(LIMITLESS),
    lambda inner: st.builds(
        Choice,
        st.sampled_from(["longer", "shorter", "else"]),
        st.lists(inner, min_size=2, max_size=3).map(tuple),
    ),
    max_leaves=4,
)
days_of_two_years = st.integers(0, 730).map(lambda n: datetime(2023, 1, 1) + timedelta(n))


def _engine(one: Period, other: Period) -> bool | None:
    return periods.at_most(one, other, LATTICE)


def _reference(one: Period, other: Period) -> bool | None:
    found = reference.at_most(LATTICE, one, other)
    return found if isinstance(found, bool) else None


@pytest.fixture(params=[_engine, _reference], ids=["engine", "reference"], scope="session")
def at_most(request: pytest.FixtureRequest) -> AtMost:
    """Whether one period is at most another, as each of the two checkers has it."""
    chosen: AtMost = request.param
    return chosen


def days(number: int) -> Length:
    return Length(number, "days")


def months(number: int) -> Length:
    return Length(number, "months")


def symbol(name: str, plus: Length) -> Symbol:
    return Symbol(Name(name), plus)


def longer(*items: Period) -> Choice:
    return Choice("longer", items)


def shorter(*items: Period) -> Choice:
    return Choice("shorter", items)


def either(*items: Period) -> Choice:
    return Choice("else", items)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (days(7), Length(1, "weeks"), True),
        (Length(1, "weeks"), days(7), True),
        (Length(25, "hours"), days(1), False),
        (months(1), days(31), True),
        (months(1), days(30), None),
        (months(1), days(28), None),
        (months(1), days(27), False),
        (months(12), Length(1, "years"), True),
        (Length(1, "years"), days(365), None),
        (Length(1, "years"), days(366), True),
        (months(36), days(1095), None),
        (months(36), days(1096), True),
        (days(1460), Length(4, "years"), True),  # four years without a leap day lie about 1900
        (days(1461), Length(4, "years"), None),
        (days(1462), Length(4, "years"), False),
        (Length(400, "years"), days(146_097), True),
        (days(146_097), Length(400, "years"), True),
        (Length(0, "days"), months(0), True),
        # symbols
        (TERM, TERM, True),
        (TRIAL, TERM, True),
        (TERM, TRIAL, None),
        (TERM, STATUTE, None),
        (TERM, days(9999), None),
        (days(1), TERM, None),
        (days(0), TERM, True),
        (symbol("trial", days(2)), days(1), False),
        (symbol("trial", days(1)), days(2), None),
        (days(1), symbol("trial", days(1)), True),
        (TRIAL, symbol("contract_term", days(1)), True),
        (symbol("contract_term", days(1)), TRIAL, False),
        (symbol("trial", days(28)), symbol("trial", months(1)), True),
        # no end
        (LIMITLESS, LIMITLESS, True),
        (days(9999), LIMITLESS, True),
        (TERM, LIMITLESS, True),
        (LIMITLESS, days(9999), False),
        (LIMITLESS, TERM, False),
        (LIMITLESS, symbol("contract_term", Length(9, "years")), False),
        (LIMITLESS, longer(TERM, LIMITLESS), True),
        (LIMITLESS, shorter(TERM, LIMITLESS), False),
        (LIMITLESS, either(TERM, LIMITLESS), None),
        # choices
        (TERM, longer(TERM, days(30)), True),
        (days(30), longer(TERM, days(30)), True),
        (days(31), longer(TERM, days(30)), None),
        (shorter(TERM, days(30)), days(30), True),
        (longer(TERM, days(30)), days(29), False),
        (longer(TERM, days(30)), days(30), None),
        (longer(TERM, STATUTE), longer(STATUTE, TERM), True),
        (shorter(TERM, STATUTE), shorter(STATUTE, TERM), True),
        (shorter(days(1), days(5)), shorter(days(2), days(1)), True),
        (either(days(1), days(2)), days(2), True),
        (either(days(1), days(3)), days(2), None),
        (either(days(3), days(4)), days(2), False),
        (either(TERM, days(3)), either(TERM, days(3)), True),
        (either(days(1), days(9)), shorter(days(2), days(5)), None),
    ],
)
def test_one_is_at_most_the_other(
    at_most: AtMost, one: Period, other: Period, expected: bool | None
) -> None:
    assert at_most(one, other) is expected


# --- the calendar ---------------------------------------------------------------------------------


def after(start: datetime, length: Length) -> datetime:
    """The same day so many months later, or the last of a month that lacks it."""
    if length.unit in ("hours", "days", "weeks"):
        return start + timedelta(**{length.unit: length.number})
    passed = start.month - 1 + length.number * (12 if length.unit == "years" else 1)
    year, month = start.year + passed // 12, passed % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))


@pytest.mark.parametrize("number", [*range(15), 24, 25])
def test_months_have_the_days_that_they_have_from_any_day_of_two_years(
    at_most: AtMost, number: int
) -> None:
    starts = [datetime(2023, 1, 1) + timedelta(n) for n in range(731)]
    spans = {(after(start, months(number)) - start).days for start in starts}
    for count in range(min(spans) - 3, max(spans) + 4):
        if count < 0:
            continue
        within, beyond = at_most(months(number), days(count)), at_most(days(count), months(number))
        assert within is not True or max(spans) <= count
        assert within is not False or min(spans) > count
        assert beyond is not True or count <= min(spans)
        assert beyond is not False or count > max(spans)
        if number in (1, 2, 3, 6, 11, 12):  # all that the calendar has is met in two years
            assert (within is None) == (min(spans) <= count < max(spans))
            assert (beyond is None) == (min(spans) < count <= max(spans))


class World:
    """A start, a length for each symbol, and which of two periods is meant; others follow."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data
        self.start = data.draw(days_of_two_years)
        trial, more, statute = (data.draw(st.integers(0, 900)) for _ in range(3))
        self.symbols = {"trial": trial, "contract_term": trial + more, "statute": statute}
        self.meant: dict[Choice, Period] = {}

    def end(self, period: Period) -> datetime:
        match period:
            case Length():
                return after(self.start, period)
            case Symbol(name, plus):
                end = self.start + timedelta(self.symbols[name.text])
                return after(end, plus) if plus else end
            case Choice("else", items):
                if period not in self.meant:
                    self.meant[period] = self._data.draw(st.sampled_from(items))
                return self.end(self.meant[period])
            case Choice(word, items):
                ends = [self.end(item) for item in items]
                return max(ends) if word == "longer" else min(ends)
        return datetime.max


@given(st.data(), any_period, any_period)
def test_what_is_answered_holds_in_every_world(
    at_most: AtMost, data: st.DataObject, one: Period, other: Period
) -> None:
    answer = at_most(one, other)
    if answer is not None:
        world = World(data)
        assert (world.end(one) <= world.end(other)) is answer


# --- the order ------------------------------------------------------------------------------------


@given(any_period)
def test_a_period_is_at_most_itself(at_most: AtMost, one: Period) -> None:
    assert at_most(one, one) is True


@given(lengths, lengths)
def test_lengths_are_the_same_if_neither_is_longer(
    at_most: AtMost, one: Length, other: Length
) -> None:
    there, back = at_most(one, other), at_most(other, one)
    assert not (there is False and back is False)
    if there and back:
        for third in (days(1), months(1), Length(1, "years")):
            assert at_most(one, third) is at_most(other, third)


@given(any_period, any_period)
def test_no_period_is_longer_and_shorter_than_another(
    at_most: AtMost, one: Period, other: Period
) -> None:
    assert at_most(one, other) is not False or at_most(other, one) is not False


@given(lengths, lengths, lengths)
def test_lengths_are_transitive(at_most: AtMost, one: Length, other: Length, third: Length) -> None:
    if at_most(one, other) and at_most(other, third):
        assert at_most(one, third) is True


@given(any_period, any_period, any_period)
def test_periods_are_never_refuted_by_what_lies_between(
    at_most: AtMost, one: Period, other: Period, third: Period
) -> None:
    if at_most(one, other) and at_most(other, third):
        assert at_most(one, third) is not False


@given(any_period, any_period)
def test_engine_and_reference_agree(one: Period, other: Period) -> None:
    assert _engine(one, other) is _reference(one, other)


@given(any_period, any_period)
def test_comparisons_follow_from_the_order(one: Period, other: Period) -> None:
    order = periods.compare(one, other, LATTICE)
    opposite = {True: False, False: True, None: None}
    assert order.holds("<=") is _engine(one, other)
    assert order.holds(">=") is _engine(other, one)
    for strict, converse in (("<", ">="), (">", "<="), ("!=", "=")):
        assert order.holds(strict) is opposite[order.holds(converse)]
    assert (order.holds("=") is True) == (order.holds("<=") is True and order.holds(">=") is True)


def test_four_centuries_have_one_length_and_fewer_do_not() -> None:
    """97 of 400 years are leap years, wherever one begins to count; two months have 59 days at the least."""
    centuries, days = Length(400, "years"), Length(400 * 365 + 97, "days")
    assert periods.compare(centuries, days, LATTICE).holds("=")
    assert periods.untold(centuries, TERM) == "400 years cannot be told against contract_term"
    assert _engine(Length(59, "days"), Length(2, "months"))
    assert _engine(Length(60, "days"), Length(2, "months")) is None
    assert _engine(Length(2, "months"), Length(62, "days"))
    assert _engine(Length(2, "months"), Length(61, "days")) is None
