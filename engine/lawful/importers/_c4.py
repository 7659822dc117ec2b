"""C4: elements within one another, relationships between them, and where they are deployed, as a system.

What is an end of relationships, or has no parts, is a node. A relationship of a whole that one of its
parts tells finer is left out. An element has the places of all that it is deployed to, and an environment
where that is the only one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lawful.importers import Imported
from lawful.importers._drawn import Line, draw
from lawful.importers._environments import ENVIRONMENTS
from lawful.importers._named_regions import countries
from lawful.importers._protocols import protection
from lawful.importers._sketch import Sketch
from lawful.importers._words import bare, names, plain
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

__all__ = ["Element", "Model", "Relation", "Site"]

_DEEPEST = 64


@frozen
class Element:
    """An element: `id` is how the system calls it, `parent` the key of what it is a part of.

    `regions` are those that it says of itself that it is in.
    """

    kind: str
    id: str
    title: str
    span: Span
    parent: str = ""
    group: str = ""
    regions: tuple[str, ...] = ()


@frozen
class Relation:
    """A relationship between two elements or sites, by their keys; one that goes `back` is an answer."""

    source: str
    target: str
    text: str
    technology: str
    span: Span
    back: bool = False


@frozen
class Site:
    """What elements are deployed to, within another; its names may be those of a region."""

    id: str
    title: str
    span: Span
    parent: str = ""
    names: tuple[str, ...] = ()
    is_region: bool = False
    environment: str = ""


@dataclass
class Model:
    """What a file tells, by the keys that it uses; `runs` are the sites of each element."""

    elements: dict[str, Element] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    sites: dict[str, Site] = field(default_factory=dict)
    runs: dict[str, set[str]] = field(default_factory=dict)

    def run(self, element: str, site: str) -> None:
        """An element runs at a site."""
        self.runs.setdefault(element, set()).add(site)

    def step(self, relation: Relation, sketch: Sketch) -> None:
        """A step of a view that shows how things go: a relationship, where none is told between these ends."""
        told = {(each.source, each.target) for each in self.relations}
        if relation.source != relation.target and (relation.source, relation.target) not in told:
            sketch.count("steps of dynamic views that no relationship tells: flows")
            self.relations.append(relation)

    def imported(self, sketch: Sketch, title: str) -> Imported:
        """All of it as a system."""
        ends = list(_finest(self, list(_at_elements(self, sketch)), sketch))
        used = {key for relation in ends for key in (relation.source, relation.target)}
        wholes = {each.parent for each in self.elements.values()}
        for key, element in self.elements.items():
            if key in used or key not in wholes:
                self._node(key, element, sketch)
                sketch.count(
                    "flows to or from a whole with parts: to or from which part is not said",
                    sum(key in (r.source, r.target) for r in ends) if key in wholes else 0,
                )
        for key in sorted(used & self.sites.keys()):
            site = self.sites[key]
            sketch.node("service", site.id, site.title, site.span, props=self._where([key], sketch))
        named: dict[str, Element | Site] = {**self.elements, **self.sites}
        lines = (
            Line(named[r.source].id, named[r.target].id, r.text, r.span, protection(r.technology))
            for r in ends
        )
        answers = {(r.source, r.target) for r in ends if r.back}
        draw(lines, sketch, {plain(each.id): plain(each.title) for each in named.values()})
        sketch.count(
            "flows from who calls to who is called: what answers bring back is not said",
            sum(not r.back and (r.target, r.source) not in answers for r in ends),
        )
        return sketch.imported(title)

    def _node(self, key: str, element: Element, sketch: Sketch) -> None:
        sites = self._sites(key)
        sketch.node(
            element.kind,
            element.id,
            element.title,
            element.span,
            boundary=element.group,
            props=self._where(sites, sketch, key),
        )

    def _sites(self, key: str) -> list[str]:
        """The sites of an element, or of the closest whole that has some."""
        around = (each for each in _around(self, key) if self.runs.get(each))
        return sorted(self.runs[found]) if (found := next(around, "")) else []

    def _where(self, sites: list[str], sketch: Sketch, key: str = "") -> list[s.Prop]:
        """The places and the environment of what is at some sites, or says itself where it is."""
        props: list[s.Prop] = []
        told = {site: self._places(site) for site in sites}
        found = sorted({place for places in told.values() for place in places})
        around = (self.elements[each] for each in _around(self, key) if each in self.elements)
        own = next((each for each in around if each.regions), None)
        if found:
            at = self.sites[sites[0]].span
            whole = all(told.values())
            props.append(s.Property("in", s.Names(names(found, at), not whole, at), at))
        elif own and (places := countries(own.regions, is_region=True)):
            props.append(
                s.Property("in", s.Names(names(places, own.span), span=own.span), own.span)
            )
        elif own:
            sketch.count("elements whose region is none that is known: place unknown")
        elif sites:
            sketch.count("elements that are deployed to no region that is known: place unknown")
        said = {self._environment(site) for site in sites}
        terms = {ENVIRONMENTS.get(plain(word).lower(), "") for word in said}
        if len(terms) == 1 and "" not in terms:
            props.append(bare(terms.pop(), self.sites[sites[0]].span))
        elif said - {""}:
            sketch.count(
                "elements of several environments, or of one that is none of ours: not said"
            )
        return props

    def upwards(self, site: str) -> Iterator[str]:
        """A site and those around it, by their keys."""
        for _ in range(_DEEPEST):
            if site not in self.sites:
                return
            yield site
            site = self.sites[site].parent

    def _places(self, site: str) -> tuple[str, ...]:
        """The countries of the closest site around that names a region."""
        around = (self.sites[key] for key in self.upwards(site))
        told = (countries(each.names, is_region=each.is_region) for each in around)
        return next((places for places in told if places), ())

    def _environment(self, site: str) -> str:
        around = (self.sites[key].environment for key in self.upwards(site))
        return next((word for word in around if word), "")


def _at_elements(model: Model, sketch: Sketch) -> Iterator[Relation]:
    """The relationships; one of a site is one of all that runs there, and of itself where nothing does."""
    beneath: dict[str, set[str]] = {}
    for element, sites in model.runs.items():
        for site in sites:
            for key in model.upwards(site):
                beneath.setdefault(key, set()).add(element)
    for relation in model.relations:
        sources = sorted(beneath.get(relation.source, {relation.source}))
        targets = sorted(beneath.get(relation.target, {relation.target}))
        for source in sources:
            for target in targets:
                if source == target:
                    sketch.count("relationships of what is the same element at two sites: no flow")
                else:
                    yield replace(relation, source=source, target=target)


def _finest(model: Model, relations: list[Relation], sketch: Sketch) -> Iterator[Relation]:
    """The relationships without those that others tell of parts of the same ends."""
    coarse: set[tuple[str, str]] = set()
    for relation in relations:
        wholes = {
            (source, target)
            for source in _around(model, relation.source)
            for target in _around(model, relation.target)
        }
        coarse |= wholes - {(relation.source, relation.target)}
    for relation in relations:
        if (relation.source, relation.target) in coarse:
            sketch.count("relationships of a whole that its parts tell finer: left out")
        else:
            yield relation


def _around(model: Model, key: str) -> list[str]:
    """An element and all that it is a part of."""
    found = []
    for _ in range(_DEEPEST):
        if key not in model.elements:
            break
        found.append(key)
        key = model.elements[key].parent
    return found or [key]
