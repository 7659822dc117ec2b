"""Likeness: of a large system most flows and nodes say what others say, of other ids and ends.

Such a one holds what is its own, and the one that it is like. Of that it takes the rest when somebody asks, so
that it is made in a fraction of the time; and what follows from what both say is found out for one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TYPE_CHECKING, Any, Self, TypeVar

from lawful_dsl.source import Span
from lawful_dsl.syntax.brief import Brief


class Likeness:
    """A value that may be like another of its class; one that is made in the usual way is like itself alone.

    Those that are like the same one differ in nothing but in what is their own, and in their span. What they share
    has the spans of the first that said it.
    """

    __slots__ = ("brief", "like")

    like: Self
    brief: Brief[Any]

    def place(self, there: Span) -> Span:
        """Where it says itself what has that span in what it shares."""
        return there if self.like is self else self.brief.place(there)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name == "like":
                return self
            if name == "brief":
                raise AttributeError(name=name, obj=self)
            brief, like = self.brief, self.like
            value = brief.place(like.span) if name == "span" else getattr(like, name)
            object.__setattr__(self, name, value)
            return value


Value = TypeVar("Value", bound=Likeness)


def likening(kind: type[Value], *own: str) -> Callable[..., Value]:
    """What makes values of a class that are like another: of that one, of a brief and of what is their own.

    It is compiled, as the `__init__` of values is, and sets so few fields only.
    """
    given = ("like", "brief", *own)
    setters = {f"_set_{name}": getattr(kind, name).__set__ for name in given}
    lines = (f"def make({', '.join(given)}):", "made = _new(_kind)")
    body = (*(f"_set_{name}(made, {name})" for name in given), "return made")
    known: dict[str, Any] = {"_new": object.__new__, "_kind": kind, **setters}
    exec("\n ".join((*lines, *body)), known)
    make: Callable[..., Value] = known["make"]
    return make


def unlike(values: Iterable[Value]) -> Iterable[Value]:
    """What some values are like, each once."""
    return {id(like): like for value in values for like in (value.like,)}.values()


def to_look_at(values: Iterable[Value], found: Sized) -> Iterator[Value]:
    """Those of some values to look at for what is wrong: of those that are alike one, while nothing more is found."""
    seen: set[int] = set()
    for value in values:
        if id(value.like) not in seen:
            before = len(found)
            yield value
            if len(found) == before:
                seen.add(id(value.like))
