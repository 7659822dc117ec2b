"""Translation: nodes and relationships as a system, with the words that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from lawful.importers import Imported, Notice
from lawful.importers._classifications import meaning
from lawful.importers._words import label, plain
from lawful.importers.calm.architecture import Architecture, Relationship
from lawful_dsl import library
from lawful_dsl import syntax as s
from lawful_dsl.source import NOWHERE, Span

_KINDS = {
    "database": "store",
    "datastore": "store",
    "data-store": "store",
    "data-asset": "store",
    "webclient": "client",
    "actor": "client",
}
#: The types of the standard that are neither.
_SERVICES = {"ecosystem", "system", "service", "network", "ldap"}
#: How what contains others is told of what is inside.
_INSIDE = {"deployed-in": "deployed in", "composed-of": "part of"}


def translate(architecture: Architecture, name: str) -> Imported:
    """The system and its words, with what was left out."""
    shipped = {entry.name for entry in library.scan()}
    own = plain(name) or "architecture"
    own = f"{own}_system" if own in shipped else own
    at = architecture.span or NOWHERE
    flows = sorted(_flows(architecture), key=lambda flow: flow.id.text if flow.id else "")
    inside = _inside(architecture)
    nodes = tuple(_nodes(architecture, flows, inside))
    law = _law(architecture, sorted({word for words in inside.values() for word in words}), own, at)
    statements: tuple[s.FlowStatement, ...] = (
        s.System(s.Name(own), span=at),
        *([s.Use((s.Name(own),), span=at)] if law else []),
        *nodes,
        *flows,
    )
    left = sorted(architecture.left.items())
    notices = tuple(Notice(count, text) for text, count in left if count)
    return Imported(s.Flows(statements, at), law, notices)


def _flows(architecture: Architecture) -> Iterator[s.FlowDecl]:
    left = architecture.left
    for said, relation in sorted(architecture.relationships.items()):
        id = f"{said} relationship" if said in architecture.nodes else said
        if relation.kind == "connects":
            (other,) = relation.others
            yield _flow(id, relation.one, other, relation)
            if said in architecture.back:
                yield _flow(f"{id} back", other, relation.one, relation, architecture.back[said])
            else:
                left["connections of which no way back is told: read as one way"] += 1
        elif relation.kind == "interacts":
            left["interactions: read as flows both ways"] += 1
            for other in relation.others:
                own = id if len(relation.others) == 1 else f"{id} {other}"
                yield _flow(own, relation.one, other, relation)
                yield _flow(f"{own} back", other, relation.one, relation)


def _flow(
    id: str, source: str, target: str, relation: Relationship, at: Span | None = None
) -> s.FlowDecl:
    at = at or relation.at.span
    props: tuple[s.Prop, ...] = ()
    if relation.measure:
        said = s.Names((s.Name(relation.measure, at),), open=True, span=at)
        props = (s.Property("using", said, at),)
    return s.FlowDecl(s.Name(id, at), s.Name(source, at), s.Name(target, at), None, props, at)


def _inside(architecture: Architecture) -> dict[str, list[str]]:
    """In what each node is: the attributes that say so."""
    found: dict[str, set[str]] = {}
    for relation in architecture.relationships.values():
        for other in relation.others if relation.kind in _INSIDE else ():
            found.setdefault(other, set()).add(f"{_INSIDE[relation.kind]} {relation.one}")
    return {id: sorted(words) for id, words in found.items()}


def _nodes(
    architecture: Architecture, flows: list[s.FlowDecl], inside: dict[str, list[str]]
) -> Iterator[s.NodeDecl]:
    """The nodes, but for those that do nothing but contain others; and those that are only named."""
    ends = {name.text: name.span for flow in flows for name in (flow.source, flow.target)}
    contains = {r.one for r in architecture.relationships.values() if r.kind in _INSIDE}
    for id, node in sorted(architecture.nodes.items()):
        if id in contains and id not in ends and not node.classified:
            continue
        at = node.at.span
        props: list[s.Prop] = []
        if node.classified:
            names = tuple(s.Name(_term(word), at) for word in node.classified)
            unknown = s.Names((), open=True)
            props.append(
                s.Hold("holds", names, (), (s.Pairing(unknown, unknown, span=at),), span=at)
            )
        props += (s.Value(s.Name(word), s.Name("yes"), at) for word in inside.get(id, ()))
        title = label(node.title, at) if node.title != id else None
        kind = _KINDS.get(node.kind, "service")
        own = node.kind not in _KINDS and node.kind not in _SERVICES
        architecture.left["nodes of types that the standard does not have: taken for services"] += (
            own
        )
        yield s.NodeDecl(kind, s.Name(id, at), title, None, tuple(props), at)
    for id, at in sorted(ends.items()):
        if id not in architecture.nodes:
            architecture.left[
                "nodes that are named and in none of the files: nothing known of them"
            ] += 1
            yield s.NodeDecl("service", s.Name(id, at), None, None, (), at)


def _term(word: str) -> str:
    return f"classified {word}".replace('"', "”")


def _law(architecture: Architecture, attributes: list[str], name: str, at: Span) -> s.Law | None:
    """The attributes of what is inside something, and what classifications mean."""
    parts: list[s.LawStatement] = [
        s.Attribute(s.Name(word), "node", "yes_no") for word in attributes
    ]
    words = sorted({word for node in architecture.nodes.values() for word in node.classified})
    if words:
        entries = tuple((s.Text(_term(word)), s.Name(meaning(word))) for word in words)
        title = label("Classifications of the architecture", at)
        parts.append(s.Mapping(s.Name("classifications"), title, entries))
    if not parts:
        return None
    header = s.Header("vocabulary", s.Name(name), span=at)
    return s.Law((header, s.Use((s.Name("common"),), span=at), *parts), at)
