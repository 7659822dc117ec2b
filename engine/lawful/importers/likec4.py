"""likec4: models of LikeC4, as the JSON that `likec4 export json` writes.

The language of LikeC4 (`.c4`, `.likec4`) is not read: let its own tool write the JSON (`likec4 export json -o
model.json`).

What becomes of a model:

- An element whose shape is a person is a client, who may be anyone; a cylinder, a storage or a bucket is a
  store; any other a service. Kinds are words of the model and say nothing here, but for some that are called
  like one of these (`actor`, `database`), which is counted. Whose an element is, nobody says, even where its
  kind is called `external`. Ids are the full names of the model.
- What has parts is a node only where a relationship ends at it that none of its parts tells finer. A
  relationship is a flow from its source to its target, called by its title; it uses `tls` or
  `encryption_in_transit` where its technology or kind names one protocol that does. What comes back is said by
  the steps of dynamic views alone: a step between elements that no relationship has in that direction is a flow.
  A relationship that says that it goes both ways is two.
- A place is the country of a deployment node whose name, title, technology, tag or metadata `region` is that
  of a region of a large cloud; a node of a kind called `environment`, `env` or `stage` says the environment. An
  element that is deployed several times has all the places, and maybe more where one is not known.

What a model does not tell: data, purposes, bases, owners. Other views are not read; descriptions and links are left
out, and so are metadata and tags, which are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lawful.importers import Imported
from lawful.importers._c4 import Element, Model, Relation, Site
from lawful.importers._c4_languages import language
from lawful.importers._environments import ENVIRONMENTS
from lawful.importers._forms import is_schema
from lawful.importers._sketch import Sketch, refuse
from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.source import Source, Span

__all__ = ["APART", "read", "reads", "recognises"]

#: In a folder that is looked through, each file is one system.
APART = "file"

_SHAPES = {"person": "client", "cylinder": "store", "storage": "store", "bucket": "store"}
_KINDS = {
    word: kind
    for kind, words in {
        "client": ("actor", "person", "user"),
        "store": (
            "database",
            "datastore",
            "data_store",
            "db",
            "storage",
            "store",
            "table",
            "bucket",
        ),
    }.items()
    for word in words
}
_ENVIRONMENTS = ("environment", "env", "stage")
_REGIONS = ("region", "location")
#: Deployment nodes and instances may have the names of elements: their keys begin so.
_DEPLOYED = "deployed "
_PARTS = ("specification", "elements", "relations")


def recognises(source: Source) -> bool:
    """A model has elements, relations and their kinds; one in the language is known, too, and refused."""
    text = source.text
    if text.lstrip().startswith("{"):
        return all(f'"{key}"' in text for key in _PARTS) and not is_schema(source)
    return language(text) == "likec4"


def reads(source: Source) -> bool:
    """Whether it is the JSON of LikeC4, and not its language."""
    return language(source.text) == ""


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of one model."""
    written = [source for source in sources if language(source.text) == "likec4"]
    read = [source for source in sources if source not in written]
    if not read:
        message = "this is the language of LikeC4, of which its own tool makes JSON"
        help = "`likec4 export json -o model.json` in its folder"
        refuse(message, Span(written[0].file), help)
    first, *others = read
    if others:
        refuse("a model is one file", Span(others[0].file), "import each by itself")
    at = read_object(first)
    sketch = Sketch(name, at.span)
    sketch.count(
        "texts in the language of LikeC4: left out, for the JSON beside them", len(written)
    )
    model = _Reading(at, sketch).model()
    if not model.elements:
        refuse("there are no elements in this model", at.span, "model some")
    project = at.at("project")
    title = project.text("title", "") if isinstance(project.value, dict) else ""
    return model.imported(sketch, "" if title == "default" else title)


class _Reading:
    def __init__(self, at: Pointed, sketch: Sketch) -> None:
        self.at = at
        self.sketch = sketch
        self.found = Model()
        self.instances: dict[str, str] = {}

    def model(self) -> Model:
        """What the file tells."""
        for at in _entries(self.at, "elements"):
            self.element(at, plain(at.text("id")))
        imports = self.at.at("imports")
        for project in imports.value if isinstance(imports.value, dict) else ():
            for at in imports.each(project):
                self.element(at, f"@{plain(project)}.{plain(at.text('id'))}")
        deployments = self.at.at("deployments")
        if isinstance(deployments.value, dict):
            for at in _entries(deployments, "elements"):
                self.deployed(at)
        for at in _entries(self.at, "relations"):
            self.relation(at)
        if isinstance(deployments.value, dict):
            for at in _entries(deployments, "relations"):
                self.relation(at)
        views = self.at.at("views")
        for view in _entries(self.at, "views") if views.value is not None else ():
            if "dynamic" in (view.text("_type", ""), view.text("__", "")):
                for step in view.each("edges"):
                    self.step(step)
        return self.found

    def step(self, at: Pointed) -> None:
        """A step of a dynamic view, which goes from its source to its target, whichever side it is written from."""
        source, target = (plain(at.text(word)) for word in ("source", "target"))
        if source not in self.found.elements or target not in self.found.elements:
            self.sketch.count("steps of dynamic views between what is no element: left out")
            return
        text, technology = plain(at.text("label", "")), at.text("technology", "")
        back = at.text("dir", "") == "back"
        self.found.step(Relation(source, target, text, technology, at.span, back), self.sketch)

    def element(self, at: Pointed, key: str) -> None:
        """An element; what is around it, its name says."""
        if not key:
            at.at("id").reject("this id is empty", "name the element")
        parent = key.rpartition(".")[0]
        title = plain(at.text("title", ""))
        regions = tuple(_regions(at))
        self.found.elements[key] = Element(
            self.kind(at), key, title, at.span, parent, regions=regions
        )
        self.left(at)

    def kind(self, at: Pointed) -> str:
        """What kind of node an element is: by its shape, else by its kind."""
        word = _word(at.text("kind", ""))
        specified: Any = self.at.value
        for key in ("specification", "elements", at.text("kind", "")):
            specified = specified.get(key) if isinstance(specified, dict) else None
        for style in (at.value, specified):
            shape = style.get("style") if isinstance(style, dict) else None
            shape = shape.get("shape") if isinstance(shape, dict) else None
            if isinstance(shape, str) and shape.lower() in _SHAPES:
                return _SHAPES[shape.lower()]
        if word in _KINDS:
            self.sketch.count("elements that their kind alone calls a person or a store")
        return _KINDS.get(word, "service")

    def deployed(self, at: Pointed) -> None:
        """A deployment node, or an instance of an element."""
        name = plain(at.text("id"))
        key, parent = _DEPLOYED + name, _DEPLOYED + name.rpartition(".")[0]
        element = plain(at.text("element", ""))
        if not element:
            self.found.sites[key] = self.site(at, name, parent)
        elif element not in self.found.elements:
            at.at("element").reject(f"there is no element `{element}`", "export the model again")
        else:
            self.instances[key] = element
            self.found.run(element, parent)
            self.found.sites.setdefault(parent, Site(parent, "", at.span))
        self.left(at)

    def site(self, at: Pointed, name: str, parent: str) -> Site:
        """A deployment node with all that may name a region."""
        kind = _word(at.text("kind", ""))
        last = name.rpartition(".")[2].replace("_", "-")
        title = plain(at.text("title", ""))
        told = tuple(_regions(at))
        names = (*told, last, title, at.text("technology", ""), *sorted(_tags(at)))
        environment = next((w for w in (last, title) if w.lower() in ENVIRONMENTS), last)
        return Site(
            f"{name} (deployment)" if name in self.found.elements else name,
            title,
            at.span,
            parent,
            names,
            "region" in kind or bool(told),
            environment if kind in _ENVIRONMENTS else "",
        )

    def relation(self, at: Pointed) -> None:
        """A relationship of elements, of deployment nodes or of instances."""
        source, target = (self.end(at, word) for word in ("source", "target"))
        technology, kind = at.text("technology", ""), at.text("kind", "")
        text = plain(at.text("title", ""))
        both = at.at("isBidirectional").value is True
        if at.text("tail", "none") != "none" and not both:
            self.sketch.count(
                "relationships that are drawn with two heads: one way, as they are told"
            )
        if both:
            answer = f"{text} (back)" if text else ""
            back = Relation(target, source, answer, technology or kind, at.span)
            self.found.relations.append(back)
        self.found.relations.append(Relation(source, target, text, technology or kind, at.span))
        self.left(at, read=False)

    def end(self, at: Pointed, word: str) -> str:
        """The key of an end, which older files name without more."""
        end = at.at(word)
        if isinstance(end.value, str):
            key = plain(end.value)
        else:
            end = at.within(word)
            key = plain(end.text("element", "") or end.text("model", ""))
            if end.value.get("project"):
                key = f"@{plain(end.text('project'))}.{key}"
            if not key:
                key = _DEPLOYED + plain(end.text("deployment"))
        key = self.instances.get(key, key)
        if key not in self.found.elements and key not in self.found.sites:
            end.reject(
                f"there is no element `{key.removeprefix(_DEPLOYED)}`", "export the model again"
            )
        return key

    def left(self, at: Pointed, *, read: bool = True) -> None:
        """Count the tags, and the metadata of which nothing is made: all but that which is `read`."""
        held = at.at("metadata").value
        keys = [key.lower() for key in held] if isinstance(held, dict) else []
        left = [key for key in keys if not read or key not in _REGIONS]
        self.sketch.count("metadata of elements: left out", len(left))
        self.sketch.count("tags of elements: left out", len(_tags(at)))


def _entries(at: Pointed, key: str) -> Iterator[Pointed]:
    """The objects under a key, by their ids, or as a list."""
    held = at.at(key)
    if isinstance(held.value, list):
        yield from at.each(key)
    elif held.value is not None:
        within = at.within(key)
        for id in within.value:
            each = within.within(id)
            if not isinstance(each.value.get("id"), str):
                each.at("id").reject("the key `id` is missing", "it is a text")
            yield each


def _word(text: str) -> str:
    """A kind as a word: `external_system` of `externalSystem` and of `external-system`."""
    spread = "".join(
        f"_{c}" if c.isupper() and i and text[i - 1].islower() else c for i, c in enumerate(text)
    )
    return plain(spread).lower().replace("-", "_").replace(" ", "_")


def _tags(at: Pointed) -> set[str]:
    return {plain(tag.value).lstrip("#").lower() for tag in at.texts("tags")}


def _regions(at: Pointed) -> Iterator[str]:
    """The regions that metadata names; a value may be a list."""
    held = at.at("metadata").value
    for key, value in held.items() if isinstance(held, dict) else ():
        if key.lower() in _REGIONS:
            yield from (
                v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)
            )
