"""Importers: from the files of another tool to a system, and perhaps a policy; one file per kind.

An importer is a module with a docstring, which is its documentation, and two functions,
`recognises` and `read`. It is found by its name: first among the files of this folder, then among
the entry points of the group `lawful.importers`, so that another distribution can add its own.

What holds of each of them: what the file says beats what is derived from it; what was not
understood is counted in a notice or refused, never dropped in silence; every fact has the pointer
at which it stands; and values that no fact needs stay in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import Any, Literal, Protocol, cast, runtime_checkable

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span
from lawful_dsl.syntax import Flows, Law

__all__ = [
    "LATER",
    "MAYBE",
    "Beside",
    "Choosing",
    "Dividing",
    "Imported",
    "Importer",
    "Named",
    "Notice",
    "Past",
    "Retelling",
    "Setting",
    "detect",
    "find",
    "names",
    "together",
]

GROUP = "lawful.importers"
#: The attribute of the vocabulary `infrastructure` of a node of whom files do not tell who it is.
LATER = "known_later"
#: The end of a name that what is outside of a file may have: who makes that is meant, and nobody else who names it.
MAYBE = " ?"


@frozen
class Notice:
    """What the reader must know of an import, and of how many things it holds."""

    count: int
    text: str

    def __str__(self) -> str:
        """The count and what it counts: `2 outputs: without behaviour`."""
        return f"{self.count} {self.text}"


@frozen
class Setting:
    """A setting of a node, whom it names, and where it stands; `id` is who it may name that is not told.

    It is `unread` where its value is not in the files and may be an address; `whole` where it is not even
    known which settings there are, as of a file of variables that is not there. Of a file of the system
    that is not there `node` is empty.

    `parts` are what is unread of a setting that has several values. `flows` are those that whoever it may name would
    be an end of; where none are told, it is one from the node. Whom a setting `mentions` stands in it in plain letters,
    and it is not plain what for.
    """

    node: str
    id: str
    names: frozenset[str]
    span: Span
    unread: bool = False
    whole: bool = False
    parts: frozenset[str] = frozenset()
    flows: tuple[tuple[str, str], ...] = ()
    mentions: frozenset[str] = frozenset()


@frozen
class Retelling:
    """What files tell, kept so that it may be told again, by what they told before.

    `hidden` is asked with the `basis` of what they tell and with those of before, and tells which settings hide what
    flowed then. `names` are the ids of nodes that are others than those that it tells.
    """

    basis: Any
    hidden: Callable[[Any, Sequence[Any]], Iterable[Setting]]
    names: Mapping[str, str] = field(default_factory=dict)


@frozen
class Imported:
    """What files tell: the facts, the vocabulary and rules where they have some, and notices.

    The spans of both trees point into the files. Of kinds whose terms are those of a vocabulary
    that is there already, `law` is none.

    By what else tells of the same system the nodes are known again: `outside` are those that the files
    name and do not make, each with further names of it; `answers` are the names under which others may
    know the nodes that they make.

    `derived` tells how facts were worked out that the files do not say as such: by the node or flow
    (`a -> b`) and the word of the fact, which is empty for the thing itself. `partial` says why files
    that are whole in themselves do not tell all: nothing is to be concluded from what they lack.
    `settings` are those by which nodes name others, so that a change hides nobody whom they named. `addresses`
    are the ids of all that the files have, node or not, where they have all that such an id can be of. `accounts`
    tells by digests in which accounts the nodes are whose ids leave that out. By `retelling` it is found what they
    hide.
    """

    flows: Flows
    law: Law | None = None
    notices: tuple[Notice, ...] = ()
    outside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[tuple[str, str], str] = field(default_factory=dict)
    partial: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    addresses: frozenset[str] = frozenset()
    accounts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    retelling: tuple[Retelling, ...] = field(default=(), compare=False)


class Importer(Protocol):
    """What a module must have to be an importer."""

    def recognises(self, source: Source) -> bool:
        """Whether the text looks like one of its kind; it may be broken, and it is cheap to ask."""

    def read(self, sources: Sequence[Source], *, name: str) -> Imported:
        """What the texts tell of one system of that name. Raises `Rejected` with what is wrong."""


@runtime_checkable
class Beside(Protocol):
    """What an importer has, too, that reads files of other kinds with those of its own."""

    #: The names of those kinds.
    BESIDE: tuple[str, ...]


@runtime_checkable
class Apart(Protocol):
    """What an importer has, too, whose files are not all of one system where a folder is looked through."""

    #: What is one: the files of each `folder`, or each `file`.
    APART: Literal["folder", "file"]


@runtime_checkable
class Dividing(Protocol):
    """What an importer has, too, whose files may be several systems in one folder, or one in several."""

    def divide(self, sources: Sequence[Source]) -> Sequence[Sequence[Source]]:
        """The files of each system, that which leads them first; each file is in one of them at least."""


@runtime_checkable
class Named(Protocol):
    """What an importer has, too, whose files have ids of their own, so that a name may stand before them."""

    #: Whether the name of a `Source` stands before its ids.
    NAMED: Literal[True]


@runtime_checkable
class Choosing(Protocol):
    """What an importer has, too, that recognises more than it reads, so as to say what it does not read."""

    def reads(self, source: Source) -> bool:
        """Whether a text of its kind is read: of a folder that is looked through, others are passed over."""


@runtime_checkable
class Past(Protocol):
    """What an importer has, too, whose files tell of a system before a change and after it."""

    def read_change(self, sources: Sequence[Source], *, name: str) -> tuple[Imported, Imported]:
        """What the texts tell of the system before the change, under the ids that it has after it, and after it."""


def names() -> tuple[str, ...]:
    """The names of all importers, sorted."""
    return tuple(sorted({*_ours(), *(point.name for point in entry_points(group=GROUP))}))


def find(name: str) -> Importer:
    """The importer of a name that `names` lists; our own come first."""
    if name in _ours():
        return cast(Importer, import_module(f"{__name__}.{name}"))
    for point in entry_points(group=GROUP, name=name):
        return cast(Importer, point.load())
    raise LookupError(name)


def detect(source: Source) -> tuple[str, ...]:
    """The names of the importers that recognise a text."""
    return tuple(name for name in names() if find(name).recognises(source))


def together(kinds: Iterable[str]) -> dict[str, str]:
    """For each of some kinds, the one whose importer reads its files: another of them, or its own."""
    known = sorted(set(kinds))
    found = {kind: find(kind) for kind in known}
    reads = {k: each.BESIDE for k, each in found.items() if isinstance(each, Beside)}
    return {kind: next((k for k in known if kind in reads.get(k, ())), kind) for kind in known}


def _ours() -> tuple[str, ...]:
    return tuple(m.name for m in iter_modules(__path__) if not m.name.startswith("_"))
