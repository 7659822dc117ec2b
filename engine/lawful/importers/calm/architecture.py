"""Architecture: the nodes and relationships of all files, and what flows go back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.source import Source, Span

_KINDS = ("connects", "interacts", "deployed-in", "composed-of")
_DIRECTIONS = ("source-to-destination", "destination-to-source")
#: What is told of nodes and relationships, and nothing is made of.
_LEFT = ("controls", "metadata", "details")


@dataclass(frozen=True, slots=True)
class Node:
    """A node, and how the data there are classified."""

    kind: str
    title: str
    classified: tuple[str, ...]
    at: Pointed


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of some kind: from one node, or of one that contains, to others."""

    id: str
    kind: str
    one: str
    others: tuple[str, ...]
    protocol: str
    at: Pointed


@dataclass
class Architecture:
    """All nodes by id, all relationships, and the ids of those by which something goes back."""

    nodes: dict[str, Node] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    back: dict[str, Span] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    span: Span | None = None


def read_architecture(sources: Sequence[Source]) -> Architecture:
    """What some files tell. Raises `Rejected` with what is wrong."""
    found = Architecture()
    documents = [read_object(each) for each in sorted(sources, key=lambda each: each.file)]
    for document in documents:
        found.span = found.span or document.span
        if document.at("nodes").value is None and document.at("properties").value is not None:
            document.reject(
                "this is a pattern, and no architecture", "generate an architecture from it"
            )
        for at in document.each("nodes"):
            _node(at, found)
        for at in document.each("relationships"):
            _relationship(at, found)
    for document in documents:
        _transitions(document, found)
    return found


def _id(at: Pointed, key: str = "unique-id") -> str:
    return plain(at.text(key)) or at.at(key).reject("this id is empty", "name it")


def _node(at: Pointed, found: Architecture) -> None:
    id = _id(at)
    classified = tuple(
        sorted({plain(each.value) for each in at.texts("data-classification")} - {""})
    )
    found.left["nodes that are said more than once: taken as said first"] += id in found.nodes
    node = Node(at.text("node-type").lower(), plain(at.text("name", "")), classified, at)
    found.nodes.setdefault(id, node)
    _count("nodes", at, found)


def _count(what: str, at: Pointed, found: Architecture) -> None:
    for key in _LEFT:
        found.left[f"`{key}` of {what}: left out"] += at.at(key).value not in (None, {}, [])


def _relationship(at: Pointed, found: Architecture) -> None:
    said = at.at("relationship-type")
    within = at if isinstance(said.value, str) else at.within("relationship-type")
    kinds = [said.value] if isinstance(said.value, str) else list(within.value)
    _count("relationships", at, found)
    base = plain(at.text("unique-id", ""))
    for kind in kinds:
        if kind not in _KINDS:
            found.left["relationships of kinds that are not known, such as options: left out"] += 1
            continue
        part = within.within(kind)
        others: tuple[str, ...]
        if kind == "connects":
            one, others = _end(part, "source"), (_end(part, "destination"),)
        else:
            one = _id(part, "actor" if kind == "interacts" else "container")
            others = tuple(sorted({plain(each.value) for each in part.texts("nodes")}))
        id = base or f"{one} {kind} {', '.join(others)}"
        before = found.relationships.get(id)
        if before and (before.kind, before.one, before.others) == (kind, one, others):
            found.left["relationships that are said more than once: taken as said first"] += 1
            continue
        number = 2
        while id in found.relationships:
            id, number = f"{base or kind} {number}", number + 1
        protocol = at.text("protocol", "") or part.text("protocol", "")
        found.relationships[id] = Relationship(id, kind, one, others, protocol.lower(), at)


def _end(at: Pointed, key: str) -> str:
    """The node at an end, which older files name without more."""
    return _id(at, key) if isinstance(at.at(key).value, str) else _id(at.within(key), "node")


def _transitions(document: Pointed, found: Architecture) -> None:
    for flow in document.each("flows"):
        _count("flows", flow, found)
        for step in flow.each("transitions"):
            id = plain(step.text("relationship-unique-id"))
            direction = step.text("direction", _DIRECTIONS[0]).lower()
            if direction not in _DIRECTIONS:
                known = ", ".join(_DIRECTIONS)
                step.at("direction").reject(
                    f"`{plain(direction)}` is no direction", f"known are {known}"
                )
            if id not in found.relationships:
                found.left["transitions of relationships that are not there: left out"] += 1
            elif direction == _DIRECTIONS[1]:
                found.back.setdefault(id, step.span)
