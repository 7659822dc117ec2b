"""pytm: threat models of OWASP pytm, as the JSON that a model writes with `--json`, or that pytm loads.

A model is a program. It is never run here: let it write its JSON (`tm.py --json model.json`).

What becomes of a model:

- A `Datastore` is a store; an `Actor`, who may be anyone, a client of unknown owner; an `ExternalEntity` a
  recipient; a server, a process, a function or the like a service.
- A dataflow is a flow. It calls its ends by their names, so elements of one name and kind are one node, and
  of one name and two kinds an error.
- A datum is a name for data, `data.NAME`, in a vocabulary beside the system, grouped by its classification:
  of `personal_data` where the model says that it is PII, of `login_data` where it says credentials.
- A store that says that it stores PII, and a model of language that processes personal data, hold `personal_data`.
- What the model says of encryption, access control and several factors is a measure. pytm writes `false` and
  nothing where nobody said anything, so that is unknown.
- The boundary of an element is an attribute, which the vocabulary declares.

Regions, purposes, bases and owners have no place in the format. Findings and threats are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from lawful.importers import Imported
from lawful.importers._forms import is_schema, may_be_json
from lawful.importers._sketch import ANY, Arrow, Group, Sketch, holds, refuse
from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.diagnostics import near
from lawful_dsl.source import Source

__all__ = ["APART", "read", "recognises"]

#: In a folder that is looked through, each file is one system.
APART = "file"

_KINDS = {
    "Actor": "client",
    "Agent": "service",
    "Asset": "service",
    "Datastore": "store",
    "Element": "service",
    "ExternalEntity": "recipient",
    "LLM": "service",
    "Lambda": "service",
    "Process": "service",
    "Server": "service",
    "SetOfProcesses": "service",
}
_MEASURES = {
    "isEncryptedAtRest": "encryption_at_rest",
    "hasAccessControl": "access_control",
    "usesMFA": "two_factor",
}
_TLS = ("https", "tls", "ssl", "wss", "ftps", "ldaps")


def recognises(source: Source) -> bool:
    """A model has elements, and flows with a source and a sink."""
    keys = ("elements", "flows", "boundaries", "sink")
    told = all(f'"{key}"' in source.text for key in keys)
    return told and may_be_json(source) and not is_schema(source)


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of one model."""
    model, *others = map(read_object, sources)
    for other in others:
        other.reject("a model is one file", "import each by itself")
    sketch = Sketch(name, model.span)
    groups = dict(map(_datum, model.each("data")))
    for id, (group, category) in sorted(groups.items()):
        sketch.datum(id, group, category)
    for at in _elements(model, sketch):
        _node(sketch, at, groups)
    for flow in model.each("flows"):
        _flow(sketch, flow, groups)
    if not sketch.nodes:
        refuse("there are no elements in this model", model.span, "give it some")
    nested = sum(bool(_named(each.at("inBoundary").value)) for each in model.each("boundaries"))
    sketch.count("boundaries within others: an element has the innermost alone", nested)
    for word in ("findings", "assumptions"):
        sketch.count(f"{word}: left out", sum(1 for _ in model.items(word)))
    return sketch.imported(model.text("name", ""))


def _datum(at: Pointed) -> tuple[str, tuple[Group, str]]:
    """A datum, how it is classified, and the category that the model declares."""
    rating = _word(at.text("classification", "")) or "unknown"
    category = "personal_data" if at.at("isPII").value is True else ANY
    if at.at("isCredentials").value is True:
        category = "login_data"
    return plain(at.text("name")), (Group(rating, f"Data, classification: {rating}"), category)


def _word(enumerated: str) -> str:
    """The word of a value of an enumeration: `secret` of `Classification.SECRET`."""
    return plain(enumerated).rsplit(".", 1)[-1].lower()


def _elements(model: Pointed, sketch: Sketch) -> Iterator[Pointed]:
    """The elements, each once: they may stand in several lists, and be several of one name."""
    seen: dict[str, str] = {}
    for section in ("elements", "actors", "assets"):
        here: set[str] = set()
        for at in model.each(section):
            id, type = plain(at.text("name")), at.text("__class__", "Element")
            kind = _KINDS.get(type)
            if kind is None:
                sketch.count("elements of a class that is not known: taken for services")
                kind = "service"
            if id in here:
                sketch.count("elements that have the name of another: one node, as flows name them")
            here.add(id)
            if seen.setdefault(id, kind) != kind:
                help = "flows call elements by their names: give each its own"
                at.reject(f"`{id}` is the name of a {seen[id]} and of a {kind}", help)
            yield at


def _node(sketch: Sketch, at: Pointed, groups: dict[str, tuple[Group, str]]) -> None:
    id = plain(at.text("name"))
    if id in sketch.nodes:
        return
    sketch.node(
        _KINDS.get(at.text("__class__", "Element"), "service"),
        id,
        id,
        at.span,
        boundary=_named(at.at("inBoundary").value),
        measures=[word for key, word in _MEASURES.items() if _said(at, key) is True],
        props=holds((*_data(sketch, at, groups), *_stored(at)), at.span),
    )
    _controls(sketch, at, _MEASURES)
    if at.at("inScope").value is False:
        sketch.count("elements out of the scope of the threat model: taken in")


def _stored(at: Pointed) -> Iterator[str]:
    """The category of data that an element says to store or process, whatever their names are."""
    if any(_said(at, key) is True for key in ("storesPII", "processesPersonalData")):
        yield "personal_data"


def _named(value: Any) -> str:
    """The name of what is referred to, by its name alone or as an object."""
    value = value.get("name") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _said(at: Pointed, key: str) -> Any:
    """What is said of a control, which newer models have in an object of their own."""
    controls = at.at("controls").value
    inside = controls.get(key) if isinstance(controls, dict) else None
    return at.at(key).value if inside is None else inside


def _controls(sketch: Sketch, at: Pointed, read: Collection[str]) -> None:
    """Count the controls that are said to be there, and are no measure here: all but those that are read."""
    controls = at.at("controls").value
    for key, said in controls.items() if isinstance(controls, dict) else ():
        if said not in (None, False, "") and key not in read:
            sketch.count(f"`{plain(key)}` of elements and flows: no measure here")


def _data(sketch: Sketch, at: Pointed, groups: dict[str, tuple[Group, str]]) -> tuple[str, ...]:
    found = []
    for item in at.texts("data"):
        id = plain(item.value)
        if not id:
            continue
        group, category = groups.get(id, (Group("undeclared", "Data that are not declared"), ANY))
        found.append(sketch.datum(id, group, category))
    return tuple(found)


def _flow(sketch: Sketch, flow: Pointed, groups: dict[str, tuple[Group, str]]) -> None:
    ends = []
    for word in ("source", "sink"):
        end = plain(_named(flow.at(word).value))
        if end not in sketch.nodes:
            help = near(end, sketch.nodes) or "a flow calls its ends by their names"
            flow.at(word).reject(f"there is no element `{end}`", help)
        ends.append(end)
    protocol = f"{flow.text('protocol', '')} {_word(flow.text('tlsVersion', ''))}".lower()
    measures: tuple[str, ...] = ()
    if any(word in protocol for word in _TLS):
        measures = ("tls",)
    elif _said(flow, "isEncrypted") is True:
        measures = ("encryption_in_transit",)
    _controls(sketch, flow, ("isEncrypted",))
    data = _data(sketch, flow, groups)
    source, target = ends
    name = plain(flow.text("name", ""))
    sketch.arrow(Arrow(name, source, target, flow.span, data, measures))
