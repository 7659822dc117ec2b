"""Library: models of the Threat Model Library, with data sets and where they are placed."""

from __future__ import annotations

from lawful.importers._sketch import ANY, Arrow, Group, Sketch, holds
from lawful.importers._words import plain
from lawful.importers.threat_dragon.keys import LIBRARY
from lawful.system.document.pointed import Pointed

#: What a sensitivity says of the category; of intellectual property and the like it says none of ours.
_CATEGORIES = {
    "pii": "personal_data",
    "phi": "health_data",
    "fin": "financial_data",
    "cred": "login_data",
    "pci": "card_data",
}
#: What several of them have in common.
_COMMON = "personal_data"
#: What an element is of which only the sort is said.
_SORTS = {"actor": "client", "component": "service", "data_store": "store"}
_OUTSIDE = ("system", "third_party")
_LEFT = ("threats", "threat_personas", "controls", "risks", "assumptions", "diagrams")


def tell(model: Pointed, sketch: Sketch) -> str:
    """Gather what the model tells; its title."""
    stored, secured = _data(model, sketch)
    for section in ("actors", "components", "data_stores"):
        for each in model.each(section):
            id = plain(each.text("symbolic_name"))
            sketch.node(
                _kind(section, each),
                id,
                each.text("title", ""),
                each.span,
                boundary=each.text("trust_zone", ""),
                measures=sorted(secured.get(id, ())),
                props=holds(stored.get(id, []), each.span),
            )
            part = bool(each.at("parent_component").value)
            sketch.count("components that are parts of others: each by itself", int(part))
    for id in stored.keys() - sketch.nodes.keys():
        sketch.count("placements of data at stores that are not there: left out", len(stored[id]))
    for flow in model.each("data_flows"):
        _flow(flow, sketch)
    for section in _LEFT:
        sketch.count(f"{section.replace('_', ' ')}: left out", sum(1 for _ in model.items(section)))
    sketch.count(
        "trust boundaries with their methods of access: left out",
        sum(1 for _ in model.each("trust_boundaries")),
    )
    for text in LIBRARY.strange("a model", model.value):
        sketch.count(text)
    return model.within("scope").text("title", "")


def _kind(section: str, each: Pointed) -> str:
    if section == "actors":
        return "recipient" if each.text("type", "") in _OUTSIDE else "client"
    return "store" if section == "data_stores" else "service"


def _data(model: Pointed, sketch: Sketch) -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """What is at each store, and the measures that all of it has there."""
    stored: dict[str, list[str]] = {}
    secured: dict[str, set[str]] = {}
    for data in model.each("data_sets"):
        codes = sorted({plain(code.value) for code in data.texts("data_sensitivity")})
        known = [_CATEGORIES[code] for code in codes if code in _CATEGORIES]
        category = known[0] if len(known) == 1 else _COMMON if known else ANY
        ways = {way.value for way in data.texts("access_control_methods")} - {"none"}
        sensitivity = ", ".join(codes) or "undeclared"
        group = Group("-".join(codes) or "undeclared", f"Data sets, sensitivity: {sensitivity}")
        name = sketch.datum(data.text("symbolic_name"), group, category)
        for placement in data.each("placements"):
            store = plain(placement.text("data_store", ""))
            if not store:
                sketch.count("placements of data at no store: left out")
                continue
            stored.setdefault(store, []).append(name)
            here = {"access_control"} if ways else set()
            here |= {"encryption_at_rest"} if placement.at("encrypted").value is True else set()
            secured[store] = secured.get(store, here) & here
            if placement.at("encrypted").value is False:
                sketch.count("placements that are not encrypted: measures there stay unknown")
    return stored, secured


def _flow(flow: Pointed, sketch: Sketch) -> None:
    ends = []
    for word in ("source", "destination"):
        end = flow.within(word)
        id = plain(end.text("object"))
        if id not in sketch.nodes:
            sketch.node(_SORTS.get(end.text("type", ""), "service"), id, "", end.span)
            sketch.count("elements that flows name and the model does not have: taken in by name")
        ends.append(id)
    secured = flow.at("encrypted").value is True
    measures = ("encryption_in_transit",) if secured else ()
    sketch.arrow(
        Arrow(plain(flow.text("symbolic_name")), ends[0], ends[1], flow.span, (), measures)
    )
    if flow.at("has_sensitive_data").value is True:
        sketch.count("flows that bring sensitive data: which is not said, so anything")
    if flow.at("encrypted").value is False:
        sketch.count("flows that are not encrypted: their measures stay unknown")
