"""Alike: what is found out for one of the flows or nodes that say the same, and holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import attrgetter
from typing import Generic, TypeVar

from lawful.system.likeness import Likeness

Value = TypeVar("Value", bound=Likeness)
Made = TypeVar("Made")


class Alike(Generic[Value, Made]):
    """What is made of what values say, made once for those that are like the same one.

    It may turn on nothing that is a value's own (see `Likeness`). Of values that say the same and are not known to be
    alike it is made again; whoever needs what is made of them to be one makes it so by `make`.
    """

    def __init__(self, make: Callable[[Value], Made]) -> None:
        self._make = make
        # The values are kept, so that none that comes later is taken for one of them.
        self._seen: dict[int, tuple[Made, Value]] = {}

    def of(self, value: Value) -> Made:
        """What is made of what a value says."""
        like = value.like
        found = self._seen.get(id(like))
        if found is None:
            found = self._seen[id(like)] = (self._make(like), like)
        return found[0]


def numbered(*names: str) -> Alike[Value, int]:
    """The numbers of what values say in these fields, the same for what is equal."""
    numbers: dict[Hashable, int] = {}
    said = attrgetter(*names)
    return Alike(lambda like: numbers.setdefault(said(like), len(numbers)))
