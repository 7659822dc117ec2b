"""Drawing: the cells of diagrams, in version 1 (`diagramJson`, JointJS) and in version 2 (X6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lawful.importers._protocols import protection
from lawful.importers._sketch import Arrow, Sketch, holds
from lawful.importers._words import plain
from lawful.importers.threat_dragon.keys import DRAWN
from lawful.system.document.pointed import Pointed
from lawful_dsl.frozen import frozen

_KINDS = {"process": "service", "store": "store", "actor": "client"}
_SHAPES = {
    "tm.process": "process",
    "tm.store": "store",
    "tm.actor": "actor",
    "tm.flow": "flow",
    "tm.boundary": "boundary",
    "tm.boundarybox": "boundary",
    "tm.text": "text",
    "process": "process",
    "store": "store",
    "actor": "actor",
    "flow": "flow",
    "trust-boundary-box": "boundary",
    "trust-boundary-curve": "boundary",
    "trust-broundary-curve": "boundary",
    "td-text-block": "text",
    "text": "text",
}
#: Boxes that say which data are there.
_HELD = {"storesCredentials": "login_data", "handlesCardPayment": "card_data"}
#: Boxes and fields that say nothing of data, nor of how they are protected.
_LEFT = (
    "handlesGoodsOrServices",
    "isALog",
    "isSigned",
    "isWebApplication",
    "privilegeLevel",
    "providesAuthentication",
    "storesInventory",
)
_TLS = ("https", "tls", "ssl", "http/s", "wss", "ftps", "ldaps")


@frozen
class Cell:
    """A cell: `data` is where its properties stand, `name` as it is drawn."""

    diagram: int
    id: str
    shape: str
    name: str
    at: Pointed
    data: dict[str, Any]

    def ticked(self, key: str) -> bool:
        """Whether a box of its properties is ticked."""
        return self.data.get(key) is True


def draw(model: Pointed, sketch: Sketch) -> str:
    """Gather what the diagrams show; the title of the model."""
    detail = model.within("detail")
    cells = [
        cell
        for number, diagram in enumerate(detail.each("diagrams"))
        for cell in _cells(number, diagram, sketch)
    ]
    called = _called([cell for cell in cells if cell.shape != "flow"])
    within = _within(cells, called)
    nodes = {key(c): called[key(c)] for c in cells if c.shape in _KINDS}
    for cell in cells:
        if cell.shape in _KINDS:
            _node(cell, called[key(cell)], within.get(key(cell), []), sketch)
    known = {key(cell) for cell in cells}
    flows = [cell for cell in cells if cell.shape == "flow"]
    names = _called(flows)
    for cell in flows:
        _flow(cell, names[key(cell)], nodes, known, sketch)
    boundaries = {key(cell) for cell in cells if cell.shape == "boundary"}
    # Those that a flow lists are crossed by it, which does not say who is within.
    inside = [cell for cell in cells if cell.shape != "flow"]
    told = {(cell.diagram, id) for cell in inside for id in _around(cell)}
    told |= {key(cell) for cell in inside if cell.shape == "boundary" and _contained(cell)}
    sketch.count(
        "trust boundaries that are drawn: who is within them is not said", len(boundaries - told)
    )
    for text in DRAWN.strange("a model", model.value):
        sketch.count(text)
    return model.within("summary").text("title", "")


def key(cell: Cell) -> tuple[int, str]:
    """What a cell is known by: diagrams that were copied have the same ids."""
    return cell.diagram, cell.id


def _cells(number: int, diagram: Pointed, sketch: Sketch) -> Iterator[Cell]:
    holder = diagram.within("diagramJson") if diagram.at("diagramJson").value else diagram
    seen: set[str] = set()
    for at in holder.each("cells"):
        data = at.value.get("data")
        data = data if isinstance(data, dict) else at.value
        word = str(data.get("type") or at.value.get("shape") or "")
        shape = _SHAPES.get(word.lower()) or _SHAPES.get(str(at.value.get("shape")).lower(), "")
        if shape in ("", "text"):
            sketch.count("texts and other shapes of diagrams: left out")
            continue
        id = plain(at.text("id"))
        if id in seen:
            at.at("id").reject(f"`{id}` is the id of two cells of a diagram", "give each its own")
        seen.add(id)
        yield Cell(number, id, shape, _name(at, data), at, data)


def _name(at: Pointed, data: dict[str, Any]) -> str:
    """What is written on a cell."""
    labels = at.value.get("labels")
    drawn = [at.value, *(labels if isinstance(labels, list) else [])]
    texts = [data.get("name")] + [
        _within_keys(each, "attrs", word, "text")
        for each in drawn
        for word in ("text", "label", "labelText")
    ]
    return next((plain(text) for text in texts if isinstance(text, str) and plain(text)), "")


def _within_keys(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _called(cells: list[Cell]) -> dict[tuple[int, str], str]:
    """What each cell is called: its name, with its id where others have that name."""
    names = Counter(cell.name for cell in cells)
    ids = Counter(cell.id for cell in cells)

    def called(cell: Cell) -> str:
        id = f"{cell.id}, diagram {cell.diagram + 1}" if ids[cell.id] > 1 else cell.id
        if not cell.name:
            return id
        return cell.name if names[cell.name] == 1 else f"{cell.name} ({id})"

    return {key(cell): called(cell) for cell in cells}


def _within(
    cells: list[Cell], called: dict[tuple[int, str], str]
) -> dict[tuple[int, str], list[str]]:
    """The boundaries of which the file says that they contain a cell."""
    found: dict[tuple[int, str], set[str]] = {}
    boundaries = {key(cell) for cell in cells if cell.shape == "boundary"}
    for cell in cells:
        if cell.shape == "boundary":
            for id in _contained(cell):
                found.setdefault((cell.diagram, id), set()).add(called[key(cell)])
        for id in _around(cell):
            if (cell.diagram, id) in boundaries:
                found.setdefault(key(cell), set()).add(called[cell.diagram, id])
    return {cell: sorted(names) for cell, names in found.items()}


def _contained(cell: Cell) -> list[str]:
    """The cells that a boundary says to contain, itself or as the canvas embeds them."""
    return _listed(cell, "containedElements") + _listed(cell, "children")


def _around(cell: Cell) -> list[str]:
    """The boundaries in which a cell says to be, itself or as the canvas embeds it."""
    parent = cell.at.value.get("parent")
    embedded = [plain(parent)] if isinstance(parent, str) else []
    return _listed(cell, "trustBoundaryIds") + embedded


def _listed(cell: Cell, word: str) -> list[str]:
    said = cell.data.get(word) or cell.at.value.get(word)
    return [plain(id) for id in said if isinstance(id, str)] if isinstance(said, list) else []


def _node(cell: Cell, id: str, within: list[str], sketch: Sketch) -> None:
    encrypted = cell.shape == "store" and cell.ticked("isEncrypted")
    sketch.node(
        _KINDS[cell.shape],
        id,
        cell.name,
        cell.at.span,
        boundary=within[0] if len(within) == 1 else "",
        measures=["encryption_at_rest"] if encrypted else [],
        props=holds((term for box, term in _HELD.items() if cell.ticked(box)), cell.at.span),
    )
    for word in _LEFT:
        said = cell.data.get(word) not in (None, False, "")
        sketch.count(f"`{word}` of elements: left out", int(said))
    if len(within) > 1:
        sketch.count("elements within several boundaries: the innermost is not said, none is")
    if cell.ticked("outOfScope"):
        sketch.count("elements and flows out of the scope of the threat model: taken in")
    threats = cell.data.get("threats")
    sketch.count("threats: left out", len(threats) if isinstance(threats, list) else 0)


def _flow(
    cell: Cell,
    id: str,
    nodes: dict[tuple[int, str], str],
    known: set[tuple[int, str]],
    sketch: Sketch,
) -> None:
    ends = []
    for word in ("source", "target"):
        end = cell.at.value.get(word)
        other = end.get("cell") or end.get("id") if isinstance(end, dict) else None
        found = (cell.diagram, plain(other)) if isinstance(other, str) else None
        if found and found not in known:
            cell.at.at(word).reject(f"there is no cell `{found[1]}`", "draw it to an element")
        ends.append(nodes.get(found, "") if found else "")
    threats = cell.data.get("threats")
    sketch.count("threats: left out", len(threats) if isinstance(threats, list) else 0)
    if not all(ends):
        sketch.count("flows with an end at no element: left out")
        return
    if cell.ticked("outOfScope"):
        sketch.count("elements and flows out of the scope of the threat model: taken in")
    if cell.ticked("isPublicNetwork"):
        sketch.count("flows over a public network: no word for that here")
    protocol = str(cell.data.get("protocol") or "").lower()
    measure = protection(protocol)
    if cell.ticked("isEncrypted"):
        secured = any(word in protocol for word in _TLS)
        measure = "tls" if secured else "encryption_in_transit"
    measures = (measure,) if measure else ()
    source, target = ends
    sketch.arrow(Arrow(id, source, target, cell.at.span, (), measures))
    if cell.ticked("isBidirectional"):
        sketch.arrow(Arrow(f"{id} (back)", target, source, cell.at.span, (), measures))
