"""Kleene's tables, written out: unknown stays unknown unless the other value decides."""

from __future__ import annotations

import pytest

from lawful.propagation.standing import Kleene
from lawful.rules.kleene import both, either, negated

VALUES = (True, None, False)


@pytest.mark.parametrize(
    ("one", "conjunctions", "disjunctions"),
    [
        (True, (True, None, False), (True, True, True)),
        (None, (None, None, False), (True, None, None)),
        (False, (False, False, False), (True, None, False)),
    ],
)
def test_and_and_or(
    one: Kleene, conjunctions: tuple[Kleene, ...], disjunctions: tuple[Kleene, ...]
) -> None:
    assert tuple(both(one, other) for other in VALUES) == conjunctions
    assert tuple(either(one, other) for other in VALUES) == disjunctions


def test_not() -> None:
    assert tuple(negated(one) for one in VALUES) == (False, None, True)
