"""Copies: flows and nodes of a `.flow` text that are written as others are, elsewhere and of other ids."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.parser.outline import Stretch
from lawful_dsl.source import Source, Span
from lawful_dsl.syntax.brief import Brief, Shape

Declaration = TypeVar("Declaration", s.FlowDecl, s.NodeDecl)


@frozen(eq=False)
class Original(Shape[Declaration]):
    """What was parsed, and the column of its first line at which begins what others say too."""

    column: int


class _Copy(Brief[Declaration]):
    """Its source, the lines that it has there, the column at which it begins to say what its original says."""

    __slots__ = ("_column", "_head", "_source", "_stretch")

    shape: Original[Declaration]

    def __init__(
        self, source: Source, stretch: Stretch, head: re.Match[str], shape: Original[Declaration]
    ) -> None:
        self.shape, self._source, self._stretch = shape, source, stretch
        self._head, self._column = head.re, head.end() + 1

    @property
    def span(self) -> Span:
        at = self._stretch
        return Span(self._source.file, at.first, at.indent + 1, at.next, at.next_column)

    def place(self, there: Span) -> Span:
        if not there.line:
            return there
        first = self.shape.example.span.line
        down, right = self._stretch.first - first, self._column - self.shape.column
        return Span(
            there.file,
            there.line + down,
            there.column + (right if there.line == first else 0),
            there.end_line + down,
            there.end_column + (right if there.end_line == first else 0),
        )

    def spelt(self) -> Declaration:
        head = self._head.match(self._source.line(self._stretch.first))
        assert head is not None

        def name(group: str) -> s.Name:
            return s.Name(unquoted(head[group]), self._within(head, group))

        return self._spelt(head, name)

    @abstractmethod
    def _spelt(self, head: re.Match[str], name: Callable[[str], s.Name]) -> Declaration:
        """The declaration in full, by its first line and the names there."""

    def _within(self, head: re.Match[str], group: str) -> Span:
        line = self._stretch.first
        return Span(self._source.file, line, head.start(group) + 1, line, head.end(group) + 1)


class FlowCopy(_Copy[s.FlowDecl]):
    """A flow that is written as another."""

    __slots__ = ()

    def __init__(
        self, source: Source, stretch: Stretch, head: re.Match[str], shape: Original[s.FlowDecl]
    ) -> None:
        super().__init__(source, stretch, head, shape)
        self.id = unquoted(head["flow"] or "")
        self.label = None
        self.source, self.target = unquoted(head["source"]), unquoted(head["target"])
        self.sources = tuple(
            name.text
            for prop in shape.example.props
            if isinstance(prop, s.Property) and prop.word == "from"
            for name in prop.names.items
        )

    def _spelt(self, head: re.Match[str], name: Callable[[str], s.Name]) -> s.FlowDecl:
        said = self.shape.example
        return s.FlowDecl(
            name("flow") if head["flow"] else None,
            name("source"),
            name("target"),
            _moved(said.carry, self.place),
            _moved(said.props, self.place),
            self.span,
        )


class NodeCopy(_Copy[s.NodeDecl]):
    """A node that is written as another, under an owner of the same name."""

    __slots__ = ("_named", "owner")

    def __init__(
        self, source: Source, stretch: Stretch, head: re.Match[str], shape: Original[s.NodeDecl]
    ) -> None:
        super().__init__(source, stretch, head, shape)
        self.id, self.label = unquoted(head["node"]), head["label"] and head["label"][1:-1]
        self.owner: s.Name | None = None
        self._named = head.start("node") + 1, head.end("node") + 1

    def place(self, there: Span) -> Span:
        """As of any copy; the id stands where it stands, however long it is."""
        if there == self.shape.example.id.span:
            line = self._stretch.first
            return Span(there.file, line, self._named[0], line, self._named[1])
        return super().place(there)

    def _spelt(self, head: re.Match[str], name: Callable[[str], s.Name]) -> s.NodeDecl:
        label = head["label"]
        return s.NodeDecl(
            head["kind"],
            name("node"),
            s.Text(label[1:-1], "", self._within(head, "label")) if label else None,
            self.owner,
            _moved(self.shape.example.props, self.place),
            self.span,
        )


def unquoted(name: str) -> str:
    """A name without the quotes that may be around it."""
    return name[1:-1] if name.startswith("'") else name


def _moved(said: Any, place: Callable[[Span], Span]) -> Any:
    """A part of a tree as it is elsewhere."""
    if isinstance(said, Span):
        return place(said)
    if isinstance(said, tuple):
        return tuple(_moved(each, place) for each in said)
    if not is_dataclass(said):
        return said
    kind: Any = type(said)
    return kind(*(_moved(getattr(said, each.name), place) for each in fields(said)))
