"""Briefly: the tree of a large document, of which each shape of flow and node is understood once.

It is that of a document in which nothing is wrong; of any other there is none, and `decode` says why.
"""

from __future__ import annotations

import marshal
import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from lawful.system.document.declared import flow, node
from lawful.system.document.members import Items, Odd, keyed, members, plain
from lawful.system.document.pieces import At
from lawful.system.document.schema import Document, Flow, Node
from lawful.system.document.tree import tree
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span
from lawful_dsl.syntax.brief import Brief, Shape, in_brief

Declaration = TypeVar("Declaration", s.FlowDecl, s.NodeDecl)

_NAME = re.compile(r"[^'\n]+")
_LABEL = re.compile(r'[^"\n]*')


def read(text: str, file: str) -> s.Flows | None:
    """The tree of a document, or nothing where something in it is wrong."""
    listed = {"nodes": _nodes, "flows": _flows}
    briefs: dict[str, list[Any]] = {}
    said: dict[str, Any] = {}
    try:
        for key, value in members(text, listed):
            if key in said:
                return None
            if isinstance(value, Items):
                briefs[key] = list(listed[key](value, At(file) / key))
            said[key] = [] if key in briefs else plain(value, 1)
        document = Document.model_validate(said)
    except (Odd, ValidationError, ValueError, StopIteration, RecursionError):
        return None
    return tree(document, file, briefs.get("nodes", ()), briefs.get("flows", ()))


# --- briefs ---------------------------------------------------------------------------------------


class _Brief(Brief[Declaration]):
    """A flow or a node by its place in the document, and in the list there."""

    __slots__ = ("_at", "_number")

    shape: _Shape[Declaration]

    def __init__(self, at: At, number: int) -> None:
        self._at, self._number = at, number

    @property
    def span(self) -> Span:
        return Span(self._at.file, pointer=f"{self._at.pointer}/{self._number}")

    def place(self, there: Span) -> Span:
        below = there.pointer.removeprefix(self.shape.example.span.pointer)
        return Span(self._at.file, pointer=f"{self._at.pointer}/{self._number}{below}")

    @abstractmethod
    def first(self, words: bytes) -> Declaration:
        """The declaration in full, but for its `sources`, where these are its words."""


class _FlowBrief(_Brief[s.FlowDecl]):
    __slots__ = ()

    def spelt(self) -> s.FlowDecl:
        return self._flow(self.shape.words, self.sources)

    def first(self, words: bytes) -> s.FlowDecl:
        return self._flow(words, ())

    def _flow(self, words: bytes, sources: Iterable[str]) -> s.FlowDecl:
        said = {
            "id": self.id or None,
            "source": self.source,
            "target": self.target,
            "from_flows": list(sources),
            **_said(words),
        }
        return flow(Flow.model_validate(said), self._at / self._number)


class _NodeBrief(_Brief[s.NodeDecl]):
    __slots__ = ()

    def spelt(self) -> s.NodeDecl:
        return self.first(self.shape.words)

    def first(self, words: bytes) -> s.NodeDecl:
        said = {"id": self.id, "label": self.label, **_said(words)}
        return node(Node.model_validate(said), self._at / self._number)


def _said(words: bytes) -> dict[str, Any]:
    return {key: plain(value, 3) for key, value in marshal.loads(words).items()}


# --- lists ----------------------------------------------------------------------------------------


def _flows(items: Iterable[Any], at: At) -> Iterator[s.FlowDecl]:
    words: _Words[s.FlowDecl] = _Words({})
    for number, pairs in enumerate(items):
        said, brief = keyed(pairs), _FlowBrief(at, number)
        id = said.pop("id", None)
        brief.id = words.name(id) if id is not None else ""
        brief.label = None
        brief.source = words.name(said.pop("source", None))
        brief.target = words.name(said.pop("target", None))
        brief.sources = words.names(said.pop("from_flows", []))
        brief.shape = words.shape(brief, said)
        yield in_brief(s.FlowDecl, brief)


def _nodes(items: Iterable[Any], at: At) -> Iterator[s.NodeDecl]:
    words: _Words[s.NodeDecl] = _Words({})
    for number, pairs in enumerate(items):
        said, brief = keyed(pairs), _NodeBrief(at, number)
        brief.id = words.name(said.pop("id", None))
        brief.label = words.label(said.pop("label", None))
        brief.shape = words.shape(brief, said)
        yield in_brief(s.NodeDecl, brief)


@frozen(eq=False)
class _Shape(Shape[Declaration]):
    """A shape, and the words that say it."""

    words: bytes


@dataclass(frozen=True)
class _Words(Generic[Declaration]):
    """The names and the shapes that were met in a list of a document, each kept once."""

    _names: dict[str, str]
    _shapes: dict[bytes, _Shape[Declaration]] = field(default_factory=dict)

    def name(self, said: Any) -> str:
        """A name."""
        if type(said) is not str:
            raise Odd
        known = self._names.get(said)
        if known is None:
            if not _NAME.fullmatch(plain(said, 3)):
                raise Odd
            known = self._names[said] = said
        return known

    def names(self, said: Any) -> tuple[str, ...]:
        """A list of names."""
        if type(said) is not list:
            raise Odd
        return tuple(self.name(each) for each in said) if said else ()

    def label(self, said: Any) -> str | None:
        """A label, or that there is none."""
        if said is None:
            return None
        if type(said) is not str or not _LABEL.fullmatch(plain(said, 3)):
            raise Odd
        return said

    def shape(self, brief: _Brief[Declaration], said: dict[str, Any]) -> _Shape[Declaration]:
        """The shape that has these words: what is said besides what is a brief's own."""
        words = marshal.dumps(said, 2)
        found = self._shapes.get(words)
        if found is None:
            found = self._shapes[words] = _Shape(brief.first(words), words)
        return found
