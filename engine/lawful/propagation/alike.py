"""Alike: values of a system that are known again without a look into them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)
Made = TypeVar("Made")


class Alike(Generic[Value, Made]):
    """What is made of some values, made once for the same ones.

    Flows of one shape have the very same values: that they are is seen by which values they are, and never by
    what these hold. Equal values that are not the same are made of again; whoever needs them to be one makes
    them so by `make`.
    """

    def __init__(self, make: Callable[[tuple[Value, ...]], Made]) -> None:
        self._make = make
        # The values are kept, so that none that comes later is taken for one of them.
        self._seen: dict[tuple[int, ...], tuple[Made, tuple[Value, ...]]] = {}

    def of(self, *values: Value) -> Made:
        """What is made of these values."""
        same = tuple(map(id, values))
        found = self._seen.get(same)
        if found is None:
            found = self._seen[same] = (self._make(values), values)
        return found[0]


def numbered() -> Alike[Hashable, int]:
    """The numbers of values, the same for equal ones."""
    numbers: dict[Hashable, int] = {}
    return Alike(lambda values: numbers.setdefault(values, len(numbers)))
