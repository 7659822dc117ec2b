"""Workspace: people, systems, containers and components, and the nodes to which they are deployed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lawful.importers._c4 import Element, Model, Relation, Site
from lawful.importers._sketch import Sketch
from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed

#: The sections of elements, with those of their parts.
_SECTIONS = ("people", "softwareSystems", "customElements")
_PARTS = ("containers", "components")
_INSTANCES = (
    ("softwareSystemInstances", "softwareSystemId"),
    ("containerInstances", "containerId"),
)
_STORES = ("cylinder", "bucket")
_REGIONS = ("region", "aws_region", "location")
_DEEPEST = 64
#: What the keys begin with by which the tool itself knows elements.
_TOOL = "structurizr."
#: The tags that the tool gives to all elements of a kind, and those that are read.
_OWN_TAGS = {
    "element",
    "person",
    "software system",
    "container",
    "component",
    "custom element",
    "deployment node",
    "infrastructure node",
    "software system instance",
    "container instance",
    "relationship",
    "synchronous",
    "asynchronous",
    "database",
}


def gather(workspace: Pointed, sketch: Sketch) -> Model:
    """What the model tells."""
    at = workspace.within("model")
    reading = _Reading(sketch, _drawn_as(workspace), _separator(at))
    for section in _SECTIONS:
        for each in at.each(section):
            reading.element(each, section, "", "")
    for each in at.each("deploymentNodes"):
        reading.site(each, "", plain(each.text("environment", "")), 0)
    reading.relate()
    reading.answers(workspace)
    return reading.model


def _drawn_as(workspace: Pointed) -> dict[str, str]:
    """The shape of each tag, as the views declare it."""
    found: dict[str, str] = {}
    at = workspace
    for key in ("views", "configuration", "styles"):
        at = at.at(key)
        if not isinstance(at.value, dict):
            return found
    for style in at.each("elements"):
        found[style.text("tag", "").lower()] = style.text("shape", "").lower()
    return found


def _separator(model: Pointed) -> str:
    """What stands between the names of groups within one another, if there are such."""
    properties = model.at("properties").value
    said = properties.get("structurizr.groupSeparator") if isinstance(properties, dict) else None
    return said if isinstance(said, str) else ""


@dataclass
class _Reading:
    """What is read so far."""

    sketch: Sketch
    shapes: dict[str, str]
    separator: str
    model: Model = field(default_factory=Model)
    stands: dict[str, str] = field(default_factory=dict)
    arrows: list[Pointed] = field(default_factory=list)
    ways: dict[str, Relation] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def element(self, at: Pointed, section: str, parent: str, path: str) -> None:
        """An element and its parts."""
        key = self.key(at)
        id = self.id(path, at)
        group = at.text("group", "")
        group = group.rpartition(self.separator)[2] if self.separator else group
        whole = self.model.elements.get(parent)
        kind = self.kind(at, section, whole is not None and whole.kind == "recipient")
        title = plain(at.text("name"))
        regions = _region_properties(at)
        self.model.elements[key] = Element(kind, id, title, at.span, parent, plain(group), regions)
        self.seen(at)
        for part in _PARTS:
            for each in at.each(part):
                self.element(each, part, key, id)

    def kind(self, at: Pointed, section: str, outside: bool) -> str:
        """What kind of node an element is; what is part of something external is external, too."""
        if section == "people":
            return "client"
        if outside or (
            section == "softwareSystems" and at.text("location", "").lower() == "external"
        ):
            return "recipient"
        tags = _tags(at)
        if "database" in tags or any(self.shapes.get(tag) in _STORES for tag in tags):
            return "store"
        return "service"

    def site(self, at: Pointed, parent: str, path: str, depth: int) -> None:
        """A deployment node, what runs there, and the nodes within."""
        if depth > _DEEPEST:
            at.reject("deployment nodes are nested too deeply", f"at most {_DEEPEST} deep")
        key = self.key(at)
        id = self.id(path, at)
        tags = _tags(at)
        names = (
            *_region_properties(at),
            plain(at.text("name")),
            at.text("technology", ""),
            *sorted(tags),
        )
        is_region = any(tag.endswith("region") for tag in tags) or bool(_region_properties(at))
        environment = at.text("environment", "")
        self.model.sites[key] = Site(
            id, plain(at.text("name")), at.span, parent, names, is_region, environment
        )
        self.seen(at)
        for each in at.each("infrastructureNodes"):
            self.element(each, "infrastructureNodes", "", id)
            self.model.run(self.key_of(each), key)
        for section, word in _INSTANCES:
            for each in at.each(section):
                self.instance(each, word, key)
        for each in at.each("children"):
            self.site(each, key, id, depth + 1)

    def instance(self, at: Pointed, word: str, site: str) -> None:
        """An element that runs at a site; what it relates to by itself, it does as that element."""
        element = at.text(word)
        if element not in self.model.elements:
            at.at(word).reject(f"there is no element with the id `{plain(element)}`", "mend the id")
        key = self.key(at)
        self.stands[key] = element
        self.model.run(element, site)
        self.seen(at)

    def relate(self) -> None:
        """The relationships, when all ends are known."""
        for at in self.arrows:
            ends = []
            for word in ("sourceId", "destinationId"):
                key = at.text(word)
                key = self.stands.get(key, key)
                if key not in self.model.elements and key not in self.model.sites:
                    at.at(word).reject(
                        f"there is no element with the id `{plain(key)}`", "mend the id"
                    )
                ends.append(key)
            if linked := plain(at.text("linkedRelationshipId", "")):
                self.linked[plain(at.text("id", ""))] = linked
                continue  # the same relationship of the elements themselves is told there
            text = plain(at.text("description", ""))
            technology = at.text("technology", "")
            relation = Relation(ends[0], ends[1], text, technology, at.span)
            self.ways[plain(at.text("id", ""))] = relation
            self.model.relations.append(relation)

    def answers(self, workspace: Pointed) -> None:
        """The responses that dynamic views show: each goes back along a relationship."""
        views = workspace.at("views")
        for view in views.each("dynamicViews") if isinstance(views.value, dict) else ():
            for step in view.each("relationships"):
                id = plain(step.text("id", ""))
                way = self.ways.get(self.linked.get(id, id))
                if step.at("response").value is True and way is not None:
                    text = plain(step.text("description", ""))
                    answer = Relation(way.target, way.source, text, way.technology, step.span, True)
                    self.model.step(answer, self.sketch)

    def seen(self, at: Pointed) -> None:
        """The relationships of an element, and what of it is left out."""
        self.arrows += at.each("relationships")
        for word in ("properties", "perspectives"):
            held = at.at(word).value
            number = len(held) if isinstance(held, dict | list) else 0
            if word == "properties":
                number -= len(_region_properties(at)) + sum(_TOOL in key for key in held or ())
            self.sketch.count(f"{word} of elements: left out", number)
        others = _tags(at) - _OWN_TAGS - self.shapes.keys()
        self.sketch.count("tags of elements: left out", len(others))

    def key_of(self, at: Pointed) -> str:
        """The id by which the file calls something."""
        return plain(at.text("id"))

    def key(self, at: Pointed) -> str:
        """That id, which nothing else may have."""
        key = self.key_of(at)
        if key in self.model.elements or key in self.model.sites or key in self.stands:
            at.at("id").reject(f"`{key}` is the id of two elements", "give each its own")
        return key

    def id(self, path: str, at: Pointed) -> str:
        """The names from the outermost down; with the id of the file where they are those of another."""
        name = plain(at.text("name"))
        if not name:
            at.at("name").reject("this name is empty", "name the element")
        id = f"{path}.{name}" if path else name
        if id in self.taken:
            id = f"{id} ({self.key_of(at)})"
        self.taken.add(id)
        return id


def _tags(at: Pointed) -> set[str]:
    """The tags of an element, which stand in one text."""
    return {tag.strip().lower() for tag in at.text("tags", "").split(",")} - {""}


def _region_properties(at: Pointed) -> tuple[str, ...]:
    """The regions that properties name."""
    return tuple(_values(at.at("properties").value))


def _values(properties: Any) -> Iterator[str]:
    for key, value in properties.items() if isinstance(properties, dict) else ():
        if key.lower().replace("-", "_") in _REGIONS and isinstance(value, str):
            yield value
