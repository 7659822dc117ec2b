"""Scenes: a datum that goes one way and is kept, as lines of a `.flow` text, and the moments of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lawful.testing.strategies.choices import Formula, Value, either
from lawful.testing.strategies.space import ANOTHER, NOTHING, OWN, PARTY, US
from lawful.testing.strategies.wishes import Moment, Wishes
from lawful.testing.strategies.written import Written
from lawful_dsl.format.words import write_name, write_worth
from lawful_dsl.frozen import frozen
from lawful_dsl.program import EventKind as K
from lawful_dsl.syntax import Name


@frozen
class Layout:
    """Which flows there are: `hops` from the subject on, the last of them to a store or not."""

    name: str
    hops: int
    stored: bool = False
    placed: bool = False
    joined: bool = False

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The events of a scene of this layout."""
        origin = "o." if self.hops > 1 else ""
        kinds = [K.TRANSFER, K.USE, *((K.DISCLOSURE,) if origin else (K.COLLECTION,))]
        if self.placed:
            kinds = [K.PLACEMENT]
        found = [Moment(kind, "flow", origin) for kind in kinds]
        if origin:
            found += [Moment(kind, "before", origin) for kind in (K.COLLECTION, K.TRANSFER, K.USE)]
        if self.stored:
            found += [Moment(kind, "node", origin) for kind in (K.STORAGE, K.USE)]
        if self.joined:
            found += [Moment(K.JOIN, "node", origin)]
        return tuple(found)

    def shape(self, w: Wishes) -> Iterator[Formula]:
        """What must hold of every scene of this layout."""
        yield w.among("source", [US] if self.hops > 1 or self.placed else [OWN, PARTY])
        if self.hops > 1:
            yield w.among("target", [US, PARTY, OWN, ANOTHER])
        else:
            yield w.among("target", [OWN] if self.placed else [US])
            yield w.among("comes_from", [NOTHING])
        if self.stored or self.joined:
            yield w.among("target", [US, PARTY] if self.hops > 1 else [US])
            yield w.among("target.node", ["store" if self.stored else "service"])
        yield either(w.among("source", [US]), w.among("target", [US]))

    def agrees(self, moment: Moment, w: Wishes) -> Iterator[Formula]:
        """What must hold for the scene to have an event of a moment."""
        if moment.kind is K.DISCLOSURE:
            yield w.among("target", [PARTY, ANOTHER])


LAYOUTS = (
    Layout("collected", 1),
    Layout("sent", 2),
    Layout("stored", 1, stored=True),
    Layout("kept", 2, stored=True),
    Layout("placed", 1, placed=True),
    Layout("joined", 1, joined=True),
)


@dataclass(frozen=True)
class Scene:
    """A layout, and a value of each dimension. `asked` are those on which a rule turns.

    In `brief` no others are told: what is not asked is not declared.
    """

    layout: Layout
    values: Mapping[str, Value]
    us: str
    asked: frozenset[str] = frozenset()
    brief: bool = False

    def text(self, dimension: str) -> str:
        """The value of a dimension as it is written."""
        value = self.values[dimension]
        if isinstance(value, tuple):
            return "  ".join(write_name(Name(str(term))) for term in value)
        if isinstance(value, str):
            return write_name(Name(value)) if value else ""
        return write_worth(value)

    def tells(self, *dimensions: str) -> bool:
        """Whether one of some dimensions is to be told."""
        return not self.brief or any(dimension in self.asked for dimension in dimensions)

    @property
    def us_as(self) -> tuple[Value, ...]:
        """What is said of us: scenes in which it is the same can stand in one system."""
        return tuple(value for name, value in self.values.items() if name.startswith(f"{US}."))

    def of(self, start: str) -> dict[str, Value]:
        """The dimensions that begin so and are told, by the rest of their names."""
        return {
            dimension.removeprefix(start): value
            for dimension, value in self.values.items()
            if dimension.startswith(start) and self.tells(dimension)
        }

    def several(self, start: str) -> str:
        """The terms that are said of a carrier or a party."""
        return ", ".join(write_name(Name(term)) for term, said in self.of(start).items() if said)

    def ours(self) -> str:
        """The declaration of us."""
        return Written(self).ours()

    def lines(self, tag: str = "") -> tuple[str, ...]:
        """The declarations, each id with a tag at its end."""
        return tuple(Written(self, tag).lines())
