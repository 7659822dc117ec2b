"""Architecture: the nodes and relationships of all files, and what flows go back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lawful.importers._protocols import protection
from lawful.importers._words import plain
from lawful.importers.calm.keys import CALM
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

_KINDS = ("connects", "interacts", "deployed-in", "composed-of")
_DIRECTIONS = ("source-to-destination", "destination-to-source")
#: What is read of architectures, nodes, relationships and flows, and what describes them.
_ALL = {"unique-id", "name", "title", "description", "$schema", "$id", "calmSchemaVersion"}
_READ = {
    "architectures": {*_ALL, "nodes", "relationships", "flows"},
    "nodes": {*_ALL, "node-type", "interfaces", "data-classification"},
    "relationships": {*_ALL, "relationship-type", "protocol", "parties"},
    "flows": {*_ALL, "transitions", "requirement-url"},
}
#: How files call the ends of a relationship that does not say them in an object of its own.
_ENDS = {
    "source": ("source", "source-node", "from"),
    "destination": ("destination", "destination-node", "target", "to"),
}
_PLACES = (*(word for words in _ENDS.values() for word in words), "actor", "container", "nodes")
#: Which of these ends is the one that contains or acts; the other is what is inside, or acted on.
_ONE = {"interacts": "source", "composed-of": "source", "deployed-in": "destination"}


@frozen
class Node:
    """A node, and how the data there are classified."""

    kind: str
    title: str
    classified: tuple[str, ...]
    at: Pointed


@frozen
class Relationship:
    """A relationship of some kind: from one node, or of one that contains, to others.

    `measure` is how it protects what it carries, where it or the interfaces at its end say so.
    """

    id: str
    kind: str
    one: str
    others: tuple[str, ...]
    measure: str
    at: Pointed


@dataclass
class Architecture:
    """All nodes by id, all relationships, and the ids of those by which something goes back.

    Of the interfaces of nodes it is known how they protect what arrives there.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    interfaces: dict[tuple[str, str], str] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    back: dict[str, Span] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    controls: Counter[tuple[str, str]] = field(default_factory=Counter)
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
        alone = document.at("transitions").value is not None
        if document.at("nodes").value is None and not alone:
            document.reject("there are no `nodes` in it", "an architecture has some")
        if not alone:
            _count("architectures", document, found)
        for at in document.each("nodes"):
            _node(at, found)
        found.left.update(CALM.strange("an architecture", document.value))
    if not found.nodes and documents:
        documents[0].reject(
            "there are no nodes in this architecture", "import its other files, too"
        )
    for document in documents:
        for at in document.each("relationships"):
            _relationship(at, found)
    for document in documents:
        _transitions(document, found)
    for what in _READ:
        named = {name: number for (of, name), number in found.controls.items() if of == what}
        listed = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in sorted(named.items()))
        found.left[f"`controls` of {what}, whose requirements are not read: {listed}"] += sum(
            named.values()
        )
    return found


def _id(at: Pointed, key: str = "unique-id") -> str:
    return _named(plain(at.text(key)), at.at(key))


def _named(id: str, at: Pointed) -> str:
    """An id that may be one."""
    return id or at.reject("this id is empty", "name it")


def _node(at: Pointed, found: Architecture) -> None:
    id = _id(at)
    classified = tuple(
        sorted({plain(each.value) for each in at.texts("data-classification")} - {""})
    )
    found.left["nodes that are said more than once: taken as said first"] += id in found.nodes
    node = Node(at.text("node-type").lower(), plain(at.text("name", "")), classified, at)
    known = found.nodes.setdefault(id, node)
    both = tuple(sorted({*known.classified, *classified}))
    found.nodes[id] = replace(known, classified=both)
    _count("nodes", at, found)
    for interface in at.each("interfaces"):
        key = id, plain(interface.text("unique-id", ""))
        found.interfaces.setdefault(key, _protected(interface))


def _protected(interface: Pointed) -> str:
    """How an interface protects what arrives: as its protocol says, or the scheme of its address."""
    config = interface.at("config")
    for at in (interface, *([config] if isinstance(config.value, dict) else [])):
        for key in ("protocol", "url", "value"):
            said = at.at(key).value
            if isinstance(said, str) and (key == "protocol" or "://" in said):
                return protection(said.partition("://")[0])
    return ""


def _count(what: str, at: Pointed, found: Architecture) -> None:
    """Count what is said and nothing is made of; of controls it is told what they are called."""
    for key, said in at.value.items():
        if key in _READ[what] or said in (None, "", [], {}, False):
            continue
        if key == "controls" and isinstance(said, dict):
            found.controls.update((what, plain(name)) for name in said)
        else:
            found.left[f"`{plain(key)}` of {what}: left out"] += 1


def _relationship(at: Pointed, found: Architecture) -> None:
    said = at.at("relationship-type")
    kinds = (
        [said.value] if isinstance(said.value, str) else list(at.within("relationship-type").value)
    )
    ends = () if isinstance(said.value, dict) else (*_KINDS, *_PLACES)
    _count(
        "relationships",
        replace(at, value={k: v for k, v in at.value.items() if k not in ends}),
        found,
    )
    base = plain(at.text("unique-id", ""))
    for kind in kinds:
        if kind not in _KINDS:
            found.left["relationships of kinds that are not known, such as options: left out"] += 1
            continue
        part = _part(at, kind)
        one, others = _told(part, kind)
        id = base or f"{one} {kind} {', '.join(others)}"
        before = found.relationships.get(id)
        protocol = at.text("protocol", "") or part.text("protocol", "")
        measure = protection(protocol) if protocol else _arriving(part, found)
        if before and (before.kind, before.one, before.others) == (kind, one, others):
            found.left["relationships that are said more than once: taken as said first"] += 1
            if measure != before.measure:
                found.relationships[id] = replace(before, measure="")
            continue
        number = 2
        while id in found.relationships:
            id, number = f"{base or kind} {number}", number + 1
        found.relationships[id] = Relationship(id, kind, one, others, measure, at)


def _part(at: Pointed, kind: str) -> Pointed:
    """Where the ends of a relationship stand: in the object of its kind, else beside it."""
    said = at.at("relationship-type")
    if not isinstance(said.value, str):
        return said.within(kind)
    apart = next((key for key in (kind, "parties") if at.at(key).value is not None), "")
    return at.within(apart) if apart else at


def _told(part: Pointed, kind: str) -> tuple[str, tuple[str, ...]]:
    """Who acts or contains, and the others: of a connection its source and its destination."""
    if kind == "connects":
        return _end(part, "source"), (_end(part, "destination"),)
    key = "actor" if kind == "interacts" else "container"
    if part.at(key).value is not None:
        return _id(part, key), _several(part, "nodes")
    one = _ONE[kind]
    (other,) = _ENDS.keys() - {one}
    return _end(part, one), _several(part, _spelt(part, other))


def _several(part: Pointed, key: str) -> tuple[str, ...]:
    """The nodes under a key: a list, or one."""
    if isinstance(part.at(key).value, dict):
        return (_id(part.within(key), "node"),)
    return tuple(sorted({_named(plain(each.value), each) for each in part.texts(key)}))


def _end(at: Pointed, key: str) -> str:
    """The node at an end, which older files name without more."""
    key = _spelt(at, key)
    return _id(at, key) if isinstance(at.at(key).value, str) else _id(at.within(key), "node")


def _spelt(at: Pointed, key: str) -> str:
    """How an end is called here."""
    return next((each for each in _ENDS[key] if at.at(each).value is not None), key)


def _arriving(part: Pointed, found: Architecture) -> str:
    """The measure of the interfaces at which a connection ends, if all of them have it."""
    end = part.at(_spelt(part, "destination"))
    if not isinstance(end.value, dict):
        return ""
    node = plain(end.text("node", ""))
    named = [*end.texts("interfaces"), *end.texts("interface")]
    told = {found.interfaces.get((node, plain(each.value)), "") for each in named}
    return told.pop() if len(told) == 1 else ""


def _transitions(document: Pointed, found: Architecture) -> None:
    alone = document.at("transitions").value is not None
    for flow in [document] if alone else document.each("flows"):
        _count("flows", flow, found)
        steps = flow.at("transitions").value
        found.left["flows without transitions: left out"] += steps in (None, [])
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
