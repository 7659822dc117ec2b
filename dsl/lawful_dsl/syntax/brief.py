"""Brief: declarations of a large system that are spelt out when somebody asks.

Most declarations of a large system say what others say, of other ids and ends. What they have in
common is their shape, and is understood once; the brief is what tells one of them from the others.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

Declaration = TypeVar("Declaration", bound="Spelt")


@frozen(eq=False)
class Shape(Generic[Declaration]):
    """What some declarations have in common; `example` says it, with an id, a label and ends that are its own."""

    example: Declaration


class Brief(ABC, Generic[Declaration]):
    """A declaration that is not spelt out: its shape, and what it does not share with others of it.

    A flow without an id has an empty one; a node has no ends; `label` is of nodes, `sources` are the
    names after the `from` of a flow.
    """

    __slots__ = ("id", "label", "shape", "source", "sources", "target")

    shape: Shape[Declaration]
    id: str
    label: str | None
    source: str
    target: str
    sources: tuple[str, ...]

    @property
    @abstractmethod
    def span(self) -> Span:
        """Where the declaration stands."""

    @abstractmethod
    def place(self, there: Span) -> Span:
        """Where stands here what stands `there` in the example of the shape."""

    @abstractmethod
    def spelt(self) -> Declaration:
        """The declaration in full, with all its places."""


class Spelt:
    """A declaration that may have a `brief`: then its parts are there once one is asked for."""

    __slots__ = ("brief",)

    brief: Brief[Any] | None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name == "brief":
                return None
            own = [each.name for each in fields(self)]
            if name not in own:
                raise AttributeError(name=name, obj=self)
            whole = self.brief.spelt()
            for each in own:
                object.__setattr__(self, each, getattr(whole, each))
            return getattr(self, name)


def in_brief(kind: type[Declaration], brief: Brief[Declaration]) -> Declaration:
    """The declaration of which this is the brief."""
    made = object.__new__(kind)
    object.__setattr__(made, "brief", brief)
    return made
