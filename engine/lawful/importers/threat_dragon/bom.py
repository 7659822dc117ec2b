"""Bom: threat models as bills of materials (TM-BOM): components of CycloneDX with properties of a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lawful.importers._bom_keys import BOM
from lawful.importers._protocols import protection
from lawful.importers._sketch import ANY, Arrow, Group, Sketch, holds
from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

__all__ = ["draw_bom"]

_MODEL = "cdx:model:"
_KINDS = {
    "actor": "client",
    "datastore": "store",
    "external": "recipient",
    "externalentity": "recipient",
    "lambda": "service",
    "process": "service",
    "server": "service",
    "service": "service",
}
_ASSETS = Group("assets", "Data assets of the threat model")
_NAMED = Group("named", "Data that flows name")
_MEASURES = {"hasAccessControl": "access_control", "isEncryptedAtRest": "encryption_at_rest"}
#: What is read of a bill, and what says which one it is; what it cannot have is told by itself.
_BILL = {"$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata", "components"}
#: What is read of an element, and what serves the drawing; of a flow the rest of the name is told.
_READ = {
    *("type", "inBoundary", "storedBy", "processedBy", "isBidirectional", "source", "destination"),
    *("protocol", "data", "isEncrypted"),
}
_DRAWN = ("shape", "diagram")
_MOST_DEEP = 64


@frozen
class _Part:
    """A component of a model: the properties by their names, each with all its values."""

    ref: str
    name: str
    said: Mapping[str, tuple[str, ...]]
    span: Span

    @property
    def type(self) -> str:
        """What it is said to be; nothing where it is not said."""
        return self.one("type").lower().replace("-", "").replace("_", "")

    def one(self, name: str) -> str:
        """The value of a property; empty where there is none."""
        return next(iter(self.said.get(name, ())), "")

    def holds(self, name: str) -> bool:
        """Whether a property is said to be so."""
        return self.one(name).lower() == "true"


def draw_bom(bill: Pointed, sketch: Sketch) -> str:
    """Gather what the components tell; the title of the first model."""
    parts = list(_parts(bill, 0))
    flows = [part for part in parts if part.type == "dataflow"]
    ends = {
        end
        for flow in flows
        for word in ("source", "destination")
        for end in flow.said.get(word, ())
    }
    boundaries = {part.ref: part.name for part in parts if part.type == "boundary"}
    assets = {part.ref: part.name for part in parts if part.type == "asset"}
    held: dict[str, list[str]] = {}
    for part in parts:
        for word in ("storedBy", "processedBy") if part.type == "asset" else ():
            for ref in part.said.get(word, ()):
                held.setdefault(ref, []).append(sketch.datum(part.name, _ASSETS))
    for name in assets.values():
        sketch.datum(name, _ASSETS)
    nodes = [part for part in parts if part.type in _KINDS or part.ref in ends]
    called = _called(nodes)
    for part in nodes:
        _node(part, called[part.ref], boundaries, held.get(part.ref, []), sketch)
    for flow in flows:
        _flow(flow, called, assets, sketch)
    for part in parts:
        if part.type in ("boundary", "asset"):
            _others(part, _READ, sketch)
    places = sum(ref not in called for ref in held for _ in held[ref])
    sketch.count("places of assets at no element: left out", places)
    for text in BOM.strange("a bill", bill.value):
        sketch.count(text)
    for key in sorted((bill.value.keys() & BOM.objects["a bill"].keys()) - _BILL):
        sketch.count(f"`{plain(key)}` beside the components: left out")
    for part in parts:
        known = part.type in ("dataflow", "boundary", "asset") or part.ref in called
        sketch.count(
            f"components of type `{part.type}`: left out", int(not known and bool(part.type))
        )
        untold = not known and not part.type and bool(part.said.keys() & _READ)
        sketch.count("components of which no type is told: left out", int(untold))
    models = (each.text("name", "") for each in bill.each("components"))
    return next(models, "")


def _parts(at: Pointed, depth: int) -> Iterator[_Part]:
    if depth > _MOST_DEEP:
        at.reject("components are nested too deeply", f"at most {_MOST_DEEP} deep")
    for each in at.each("components"):
        said: dict[str, tuple[str, ...]] = {}
        for told in each.each("properties"):
            name = told.text("name", "")
            key = name.removeprefix(_MODEL).removeprefix("dataflow:")
            said[key] = (*said.get(key, ()), plain(told.text("value", "")))
        name = plain(each.text("name", ""))
        ref = plain(each.text("bom-ref", "")) or name
        yield _Part(ref, name or ref, said, each.span)
        yield from _parts(each, depth + 1)


def _called(parts: list[_Part]) -> dict[str, str]:
    """What each is called: its name, with its reference where others have that name."""
    names = Counter(part.name for part in parts)
    return {p.ref: p.name if names[p.name] == 1 else f"{p.name} ({p.ref})" for p in parts}


def _node(
    part: _Part, id: str, boundaries: Mapping[str, str], held: list[str], sketch: Sketch
) -> None:
    sketch.count(
        "elements of no type that is known: taken for services", int(part.type not in _KINDS)
    )
    measures = [measure for word, measure in _MEASURES.items() if part.holds(word)]
    sketch.node(
        _KINDS.get(part.type, "service"),
        id,
        part.name,
        part.span,
        boundary=boundaries.get(part.one("inBoundary"), ""),
        measures=measures,
        props=holds(held, part.span),
    )
    _others(part, {*_READ, *_MEASURES}, sketch)


def _flow(
    flow: _Part, called: Mapping[str, str], assets: Mapping[str, str], sketch: Sketch
) -> None:
    data = tuple(
        sketch.datum(assets[ref], _ASSETS) if ref in assets else sketch.datum(ref, _NAMED, ANY)
        for ref in flow.said.get("data", ())
        if ref
    )
    measure = protection(flow.one("protocol"))
    if flow.holds("isEncrypted"):
        measure = measure or "encryption_in_transit"
    measures = (measure,) if measure else ()
    _others(flow, _READ, sketch)
    sources, targets = flow.said.get("source", ()), flow.said.get("destination", ())
    for source in sources:
        for target in targets:
            if source in called and target in called:
                one, other = called[source], called[target]
                sketch.arrow(Arrow(flow.name, one, other, flow.span, data, measures))
                if flow.holds("isBidirectional"):
                    back = f"{flow.name} (back)"
                    sketch.arrow(Arrow(back, other, one, flow.span, data, measures))
    nowhere = sum(end not in called for end in (*sources, *targets))
    nowhere += (not sources) + (not targets)
    sketch.count("ends of flows at no element: left out", nowhere)


def _others(part: _Part, read: set[str], sketch: Sketch) -> None:
    """Count what is said and nothing is made of."""
    for name, values in part.said.items():
        if name not in read and not name.startswith(_DRAWN) and values not in ((), ("false",)):
            sketch.count(f"`{plain(name)}` of elements, flows and data: left out")
