"""Bill: the services of all files, what they exchange with whom, and what depends on what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from lawful.importers._bom_keys import BOM
from lawful.importers._named_regions import countries
from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

_DIRECTIONS = ("inbound", "outbound", "bi-directional", "unknown")
#: The last words of the names of properties that say a region.
_REGIONS = ("region", "aws_region", "location")
#: The types of components that are data.
_STORED = ("data", "file")


@frozen
class Datum:
    """What a service says of some data: how they are classified, which way they go, with whom."""

    classification: str
    direction: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    at: Pointed


@frozen
class Service:
    """A service; `at` is its place."""

    id: str
    title: str
    provider: str
    zone: str
    settings: tuple[tuple[str, bool], ...]
    places: tuple[str, ...]
    data: tuple[Datum, ...]
    at: Pointed


@frozen
class Component:
    """A component, which counts where data flow from or to it; one that is data is a store of it."""

    title: str
    stored: bool
    classified: tuple[str, ...]
    at: Pointed


@dataclass
class Bills:
    """All services by id, components by id, who depends on whom, and by which texts each is named."""

    services: dict[str, Service] = field(default_factory=dict)
    components: dict[str, Component] = field(default_factory=dict)
    depends: dict[tuple[str, str], Span] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    span: Span | None = None

    def resolve(self, reference: str) -> str:
        """The id of what a text refers to, or nothing where no file has it."""
        _, _, ref = reference.partition("#")
        short = unquote(ref) if reference.startswith(("urn:cdx:", "#")) else ""
        return (
            self.known.get(reference)
            or self.known.get(short)
            or self.known.get(host_of(reference), "")
        )


def read_bills(sources: Sequence[Source]) -> Bills:
    """The services of some files. Raises `Rejected` with what is wrong."""
    bills = Bills()
    marked = [each for each in sources if each.text.lstrip().startswith("<")]
    if len(marked) == len(sources):
        help = "convert it to JSON, and import that"
        message = "bills of materials in XML are not read"
        raise Rejected([Diagnostic(message, Span(marked[0].file), help)])
    bills.left["bills of materials in XML: left out, for the JSON beside them"] += len(marked)
    read = [each for each in sources if each not in marked]
    for source in sorted(read, key=lambda each: each.file):
        document = read_object(source)
        bills.span = bills.span or document.span
        serial = f"urn:cdx:{document.text('serialNumber', '').removeprefix('urn:uuid:')}"
        version = document.at("version").value
        own: dict[str, str] = {}
        for at in _nested(document, "services"):
            service = _service(at, bills)
            _name(bills, own, at, service.id)
            bills.services[service.id] = service
        for at in _components(document):
            id = plain(at.text("bom-ref", ""))
            if id and id not in own and id not in bills.services:
                own[id] = id
                bills.components[id] = _component(at, id)
            bills.left["`modelCard` of components: left out"] += bool(at.at("modelCard").value)
        for ref, id in own.items():
            bills.known.setdefault(ref, id)
            bills.known.setdefault(f"{serial}/{version}#{ref}", id)
        _dependencies(document, own, bills)
        bills.left.update(BOM.strange("a bill", document.value))
        for key in ("formulation", "annotations"):
            bills.left[f"`{key}` of bills: left out"] += bool(document.at(key).value)
    if not bills.services and bills.span:
        message = "there are no services in this bill of materials"
        help = "what flows is read from `services`; components alone tell of none"
        raise Rejected([Diagnostic(message, bills.span, help)])
    return bills


def _name(bills: Bills, own: dict[str, str], at: Pointed, id: str) -> None:
    ref = plain(at.text("bom-ref", "")) or id
    own[ref] = id
    for endpoint in at.texts("endpoints"):
        host = host_of(endpoint.value)
        if host and bills.known.setdefault(host, id) != id:
            bills.known[host] = ""  # an address of several is of none


def _nested(at: Pointed, key: str) -> Iterator[Pointed]:
    for inner in at.each(key):
        yield inner
        yield from _nested(inner, key)


def _components(document: Pointed) -> Iterator[Pointed]:
    if document.at("metadata").value is not None:
        main = document.within("metadata").at("component")
        if isinstance(main.value, dict):
            yield main
            yield from _nested(main, "components")
    yield from _nested(document, "components")


def _component(at: Pointed, id: str) -> Component:
    data = [each for each in at.items("data") if isinstance(each.value, dict)]
    classified = sorted({plain(each.text("classification", "")) for each in data} - {""})
    stored = at.text("type", "") in _STORED
    return Component(plain(at.text("name", id)), stored, tuple(classified), at)


def _service(at: Pointed, bills: Bills) -> Service:
    name = plain(at.text("name", ""))
    group = plain(at.text("group", ""))
    base = plain(at.text("bom-ref", "")) or "/".join(part for part in (group, name) if part)
    if not base:
        at.reject("this service has neither a `bom-ref` nor a name", "give it one")
    id, number = base, 2
    while id in bills.services:
        id, number = f"{base} {number}", number + 1
    provider = at.within("provider").text("name", "") if at.at("provider").value is not None else ""
    settings = tuple(
        (word, at.at(key).value)
        for key, word in (
            ("authenticated", "authenticated"),
            ("x-trust-boundary", "trust_boundary"),
        )
        if isinstance(at.at(key).value, bool)
    )
    places, others = _places(at)
    bills.left["`properties` of services: left out"] += others
    data = tuple(_datum(each, bills) for each in at.each("data"))
    zone = plain(at.text("trustZone", ""))
    return Service(id, name, plain(provider), zone, settings, places, data, at)


def _places(at: Pointed) -> tuple[tuple[str, ...], bool]:
    """The countries of the region that a property names, and whether there are other properties."""
    found: tuple[str, ...] = ()
    others = False
    for each in at.each("properties"):
        name = each.text("name", "").lower().rpartition(":")[2]
        told = countries([each.text("value", "")], is_region=True) if name in _REGIONS else ()
        found, others = found or told, others or not told
    return found, others


def _datum(at: Pointed, bills: Bills) -> Datum:
    bills.left["`governance` of data: left out"] += at.at("governance").value is not None
    direction = at.text("flow", "unknown").lower().replace("_", "-")
    direction = direction.replace("bidirectional", "bi-directional")
    if direction not in _DIRECTIONS:
        known = ", ".join(_DIRECTIONS)
        at.at("flow").reject(f"`{plain(direction)}` is no direction", f"known are {known}")
    ends = [tuple(each.value for each in at.texts(key)) for key in ("source", "destination")]
    return Datum(plain(at.text("classification", "")), direction, ends[0], ends[1], at)


def _dependencies(document: Pointed, own: dict[str, str], bills: Bills) -> None:
    for at in document.each("dependencies"):
        for other in at.texts("dependsOn"):
            ends = own.get(plain(at.text("ref"))), own.get(plain(other.value))
            if ends[0] and ends[1] in bills.services:
                bills.depends.setdefault((ends[0], ends[1]), other.span)
            elif not (ends[0] and ends[1]):
                bills.left["dependencies on what the file does not have: left out"] += 1


def host_of(text: str) -> str:
    """The host, and the port where one is said, of an address; nothing where it is none."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        return f"{host}:{parts.port}" if host and parts.port else host
    except ValueError:
        return ""
