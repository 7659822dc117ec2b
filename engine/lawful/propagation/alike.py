"""Alike: what is found out for one of the flows or nodes that say the same, and holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import attrgetter
from typing import Generic, TypeVar

from lawful.system.likeness import Likeness

Value = TypeVar("Value", bound=Likeness)
Made = TypeVar("Made")


class Alike(Generic[Value, Made]):
    """What is made of what values say in some fields, made once for those that are like the same one.

    None of the fields may be a value's own (see `Likeness`). Of values that are like no other it is made once for those
    that hold the very same things there: which these are is seen, not what is in them. Of values that say the same
    otherwise it is made again; whoever needs what is made of them to be one makes it so by `make`.
    """

    def __init__(
        self, make: Callable[[Value], Made], field: str, another: str, *others: str
    ) -> None:
        self._make = make
        self._said = attrgetter(field, another, *others)
        # What is known is kept, so that nothing that comes later is taken for it.
        self._likes: dict[int, tuple[Made, Value]] = {}
        self._things: dict[tuple[int, ...], tuple[Made, object]] = {}

    def of(self, value: Value) -> Made:
        """What is made of what a value says."""
        like = value.like
        found = self._likes.get(id(like))
        return self._first(like, value) if found is None else found[0]

    def _first(self, like: Value, value: Value) -> Made:
        things = self._said(like)
        same = tuple(map(id, things))
        found = self._things.get(same)
        if found is None:
            found = self._things[same] = (self._make(like), things)
        if like is not value:
            self._likes[id(like)] = (found[0], like)
        return found[0]


def numbered(field: str, another: str, *others: str) -> Alike[Value, int]:
    """The numbers of what values say in some fields, the same for what is equal."""
    numbers: dict[Hashable, int] = {}
    fields = (field, another, *others)
    said = attrgetter(*fields)
    return Alike(lambda like: numbers.setdefault(said(like), len(numbers)), *fields)
