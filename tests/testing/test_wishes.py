"""Wishes: every kind of condition can be wished for, and formulas are solved."""

from __future__ import annotations

from typing import get_args

from lawful.testing.strategies.asks import REQUIRED
from lawful.testing.strategies.choices import Among, Both, Either, negate, solve
from lawful.testing.strategies.wishes import ASKED
from lawful_dsl.program import Condition
from lawful_dsl.resolve import words


def test_every_kind_of_condition_is_known_to_the_wishes() -> None:
    assert ASKED.keys() == {*get_args(Condition)}


def test_everything_that_can_be_required_is_known_to_them() -> None:
    assert REQUIRED.keys() == words.REQUIRED.keys()


def test_formulas_are_solved() -> None:
    space = {"a": frozenset({1, 2, 3}), "b": frozenset({1, 2})}
    low, one = Among("a", frozenset({1})), Among("b", frozenset({1}))
    either = Either((low, one))
    assert [d["a"] for d in solve([Both((either, negate(one, space)))], space)] == [{1}]
    assert list(solve([either, negate(either, space)], space)) == []
    found = list(solve([negate(Both((low, one)), space)], space))
    assert [(d["a"], d["b"]) for d in found] == [({2, 3}, {1, 2}), ({1, 2, 3}, {2})]
