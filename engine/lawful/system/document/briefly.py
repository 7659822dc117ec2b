"""Briefly: the tree of a large document, of which each shape of flow and node is understood once.

It is that of a document in which nothing is wrong; of any other there is none, and `decode` says why.
"""

from __future__ import annotations

import marshal
import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, ClassVar, TypeVar

from pydantic import ValidationError

from lawful.system.document.declared import flow, node
from lawful.system.document.forms import Forms
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
    names = _Names()
    listed: Mapping[str, Callable[[Items, At], Iterable[Any]]] = {
        "nodes": partial(_listed, s.NodeDecl, _NodeBrief, names),
        "flows": partial(_listed, s.FlowDecl, _FlowBrief, names),
    }
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

    #: The keys under which an item has what is its own.
    own: ClassVar[tuple[str, ...]]
    shape: _Shape[Declaration]

    def __init__(self, at: At, number: int) -> None:
        self._at, self._number = at, number
        self.id = ""
        self.label = None
        self.sources = ()

    @property
    def span(self) -> Span:
        return Span(self._at.file, pointer=f"{self._at.pointer}/{self._number}")

    def place(self, there: Span) -> Span:
        below = there.pointer.removeprefix(self.shape.example.span.pointer)
        return Span(self._at.file, pointer=f"{self._at.pointer}/{self._number}{below}")

    @abstractmethod
    def take(self, said: dict[str, Any], names: _Names) -> None:
        """Take what is its own from what an item says."""

    @abstractmethod
    def first(self, words: bytes) -> Declaration:
        """The declaration in full, but for its `sources`, where these are its words."""


class _FlowBrief(_Brief[s.FlowDecl]):
    __slots__ = ()

    own = ("id", "source", "target", "from_flows")

    def take(self, said: dict[str, Any], names: _Names) -> None:
        id = said.pop("id", None)
        self.id = names.one(id) if id is not None else ""
        self.source = names.one(said.pop("source", None))
        self.target = names.one(said.pop("target", None))
        self.sources = names.several(said.pop("from_flows", []))

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

    own = ("id", "label")

    def take(self, said: dict[str, Any], names: _Names) -> None:
        self.id = names.one(said.pop("id", None))
        self.label = _label(said.pop("label", None))

    def spelt(self) -> s.NodeDecl:
        return self.first(self.shape.words)

    def first(self, words: bytes) -> s.NodeDecl:
        said = {"id": self.id, "label": self.label, **_said(words)}
        return node(Node.model_validate(said), self._at / self._number)


def _said(words: bytes) -> dict[str, Any]:
    return {key: plain(value, 3) for key, value in marshal.loads(words).items()}


# --- lists ----------------------------------------------------------------------------------------


def _listed(
    kind: type[Declaration], made: type[_Brief[Declaration]], names: _Names, items: Items, at: At
) -> Iterator[Declaration]:
    """The declarations of a list."""
    shapes: dict[bytes, _Shape[Declaration]] = {}
    forms: Forms[_Shape[Declaration]] = Forms(made.own)
    for number in count():
        if not items.more:
            return
        brief, form, start = made(at, number), forms.likely(), items.at
        found = form.read(items.text, start) if form is not None else None
        if form is not None and found is not None and names.put(brief, form.keys, found[0]):
            brief.shape, items.at = form.said, found[1]
        else:
            said = keyed(items.decode())
            brief.take(said, names)
            words = marshal.dumps(said, 2)
            if words not in shapes:
                shapes[words] = _Shape(brief.first(words), words)
            brief.shape = shapes[words]
            form = forms.learn(items, start, brief.shape)
        forms.went_on(form)
        yield in_brief(kind, brief)


@frozen(eq=False)
class _Shape(Shape[Declaration]):
    """A shape, and the words that say it."""

    words: bytes


@dataclass(frozen=True)
class _Names:
    """The names that were met in a document, each kept once."""

    _known: dict[str, str] = field(default_factory=dict)

    def one(self, said: Any) -> str:
        """A name."""
        if type(said) is not str:
            raise Odd
        known = self._known.get(said)
        if known is None:
            if not _NAME.fullmatch(plain(said, 3)):
                raise Odd
            known = said
            if said.isprintable():  # any other may not be written as it is
                self._known[said] = said
        return known

    def several(self, said: Any) -> tuple[str, ...]:
        """A list of names."""
        if type(said) is not list:
            raise Odd
        return tuple(map(self.one, said)) if said else ()

    def put(self, brief: Brief[Any], keys: Iterable[str], names: Iterable[str]) -> bool:
        """Give a brief its names as they are written; whether they are plain: whatever else they may be, is decoded."""
        known = self._known
        for key, name in zip(keys, names, strict=True):
            if "\\" in name:
                return False
            if name in known and key != "label":
                name = known[name]
            elif not name.isprintable():
                return False
            elif key != "label":
                if "'" in name or not name:
                    return False
                known[name] = name
            setattr(brief, key, name)
        return True


def _label(said: Any) -> str | None:
    """A label, or that there is none."""
    if said is None:
        return None
    if type(said) is not str or not _LABEL.fullmatch(plain(said, 3)):
        raise Odd
    return said
