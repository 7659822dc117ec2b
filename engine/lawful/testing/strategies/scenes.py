"""Scenes: a datum that goes one way and is kept, as lines of a `.flow` text, and the moments of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lawful.testing.strategies.choices import Formula, Value, either
from lawful.testing.strategies.space import ANOTHER, OWN, PARTY, US
from lawful.testing.strategies.wishes import Moment, Wishes
from lawful_dsl.format.words import write_name, write_worth
from lawful_dsl.program import EventKind as K
from lawful_dsl.syntax import Name


@dataclass(frozen=True, slots=True)
class Layout:
    """Which flows there are: `hops` from the subject on, the last of them to a store or not."""

    name: str
    hops: int
    stored: bool = False
    placed: bool = False
    joined: bool = False

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The events of a scene of this layout."""
        origin = "o." if self.hops > 1 else ""
        kinds = [K.TRANSFER, K.USE, *((K.DISCLOSURE,) if origin else (K.COLLECTION,))]
        if self.placed:
            kinds = [K.PLACEMENT]
        found = [Moment(kind, "flow", origin) for kind in kinds]
        if origin:
            found += [Moment(kind, "before", origin) for kind in (K.COLLECTION, K.TRANSFER, K.USE)]
        if self.stored:
            found += [Moment(kind, "node", origin) for kind in (K.STORAGE, K.USE)]
        if self.joined:
            found += [Moment(K.JOIN, "node", origin)]
        return tuple(found)

    def shape(self, w: Wishes) -> Iterator[Formula]:
        """What must hold of every scene of this layout."""
        yield w.among("source", [US] if self.hops > 1 or self.placed else [OWN, PARTY])
        if self.hops > 1:
            yield w.among("target", [US, PARTY, OWN, ANOTHER])
        else:
            yield w.among("target", [OWN] if self.placed else [US])
        if self.stored or self.joined:
            yield w.among("target", [US, PARTY] if self.hops > 1 else [US])
            yield w.among("target.node", ["store" if self.stored else "service"])
        yield either(w.among("source", [US]), w.among("target", [US]))

    def agrees(self, moment: Moment, w: Wishes) -> Iterator[Formula]:
        """What must hold for the scene to have an event of a moment."""
        if moment.kind is K.DISCLOSURE:
            yield w.among("target", [PARTY, ANOTHER])


LAYOUTS = (
    Layout("collected", 1),
    Layout("sent", 2),
    Layout("stored", 1, stored=True),
    Layout("kept", 2, stored=True),
    Layout("placed", 1, placed=True),
    Layout("joined", 1, joined=True),
)


@dataclass(frozen=True)
class Scene:
    """A layout, and a value of each dimension."""

    layout: Layout
    values: Mapping[str, Value]
    us: str
    sited: bool = False

    def text(self, dimension: str) -> str:
        """The value of a dimension as it is written."""
        value = self.values[dimension]
        if isinstance(value, str):
            return write_name(Name(value)) if value else ""
        return write_worth(value)

    def alike(self, others: Sequence[Scene]) -> bool:
        """Whether we are the same in all of some scenes, so that they can stand in one system."""
        ours = [dimension for dimension in self.values if dimension.startswith("us.")]
        return all(self.values[d] == other.values[d] for d in ours for other in others)

    def several(self, word: str, carrier: str = "") -> str:
        """The terms of a kind that are said of a carrier or a party."""
        start = f"{carrier}{word}:"
        found = [
            d.removeprefix(start) for d, on in self.values.items() if d.startswith(start) and on
        ]
        return ", ".join(write_name(Name(term)) for term in found)

    def lines(self, tag: str = "") -> tuple[str, ...]:
        """The declarations, each id with a tag at its end."""
        return tuple(_Written(self, tag).lines())


@dataclass(frozen=True)
class _Written:
    scene: Scene
    tag: str

    def id(self, name: str) -> str:
        return f"{name}{self.tag}"

    def lines(self) -> Iterator[str]:
        s, layout = self.scene, self.scene.layout
        source, target = s.values["source"], s.values["target"]
        if PARTY in (source, target):
            yield self._party()
        yield self._person("person", s.values["known"])
        if target == ANOTHER:
            yield self._person("other", s.values["known"])
        if layout.hops > 1 or layout.placed:
            yield from self._node("sender", "source", US)
        if layout.placed:
            yield f"device {self.id('gadget')}  in {s.text('residence')}"
        elif target in (US, PARTY):
            yield from self._node("store" if layout.stored else "receiver", "target", str(target))
        yield from self._flows()

    def _party(self) -> str:
        s = self.scene
        role = s.text("party.role")
        acting = f" acting for {s.us}" if role not in ("controller", "joint_controller") else ""
        line = f"party {self.id('partner')}  {s.text('party.party')}  {role}{acting}"
        line += f"  in {s.text('party.seat')}  under {s.several('contract') or 'none'}"
        certified = s.several("certificate")
        line += f"  certified {certified}" if certified else "  certified none"
        return line + self._attributes("target", "party")

    def _person(self, name: str, known: Value) -> str:
        s = self.scene
        line = f"subject {self.id(name)}  is {s.text('subject')}  in {s.text('residence')}"
        line += f"  age {s.values['age']}  {'known' if known else 'not known'}"
        for dimension, value in s.values.items():
            if dimension.startswith("state:"):
                state = dimension.removeprefix("state:")
                line += f"  state {'' if value else 'not '}{state}"
        return line + self._attributes("subject", "subject")

    def _node(self, name: str, end: str, who: str) -> Iterator[str]:
        s = self.scene
        stored = end == "target" and s.layout.stored
        owner = s.us if who == US else self.id("partner")
        words = [s.text(f"{end}.{word}") for word in ("environment", "product")]
        line = f"  {s.text(f'{end}.node')} {self.id(name)}  {'  '.join(w for w in words if w)}"
        line += f"  site {s.text(f'{end}.site') or 'none'}" if s.sited else ""
        line += f"  in {s.text(f'{end}.place')}"
        measures = s.several("measure", "n." if end == "target" else "")
        line += f"  using {measures or 'none'}"
        if stored:
            line += f"  for {s.text('n.purpose')}  retention {s.text('retention')}"
        asked = s.several("reach") if end == "target" else ""
        line += f"  honours {asked or 'none'}"
        if end == "target" and s.layout.joined:
            line += f"  joins {s.text('data')} with {s.text('partner')} for {s.text('n.purpose')}{self._given('n.')}"
        yield f"{owner} {{"
        yield line + self._attributes(end, "node")
        yield "}"

    def _flows(self) -> Iterator[str]:
        s, layout = self.scene, self.scene.layout
        target = {
            US: self.id("store" if layout.stored else "receiver"),
            PARTY: self.id("store" if layout.stored else "receiver"),
            OWN: self.id("gadget" if layout.placed else "person"),
            ANOTHER: self.id("other"),
        }[str(s.values["target"])]
        person, data = self.id("person"), s.text("data")
        if layout.placed:
            placed = f"places {data} lasting {s.text('retention')}"
            yield f"{self.id('sender')} -> {target} {placed}{self._props('')}"
            return
        begins = person if s.values["source"] != PARTY else self.id("partner")
        joined = f", {s.text('partner')}" if layout.joined else ""
        carried = f" : {data}{joined} of {person}"
        if layout.hops > 1:
            yield f"{begins} -> {self.id('sender')}{carried}{self._props('o.')}"
            yield f"{self.id('sender')} -> {target} : {data}{self._props('')}{self._changes()}"
        else:
            yield f"{begins} -> {target}{carried}{self._props('')}{self._changes()}"
        for asked in filter(None, s.several("reach").split(", ")):
            yield f"{person} -> {target} : {asked}{self._props('o.' if layout.hops > 1 else '')}"

    def _props(self, carrier: str) -> str:
        s = self.scene
        props = f"  for {s.text(f'{carrier}purpose')} on {s.several('basis', carrier) or 'none'}"
        props += self._given(carrier)
        props += f"  under {s.several('mechanism', carrier) or 'none'}"
        props += f"  by {s.text(f'{carrier}channel')}"
        props += f"  using {s.several('measure', carrier) or 'none'}"
        consideration = s.text(f"{carrier}consideration")
        props += f"  consideration {consideration}" if consideration != "none" else ""
        return props + self._attributes("flow", "flow")

    def _given(self, carrier: str) -> str:
        """The consents of a carrier."""
        giver = self.scene.text("giver")
        by = f" given by {giver}" if giver else ""
        kinds = filter(None, self.scene.several("consent", carrier).split(", "))
        return f"  with {', '.join(f'{kind} consent{by}' for kind in kinds) or 'none'}"

    def _changes(self) -> str:
        s = self.scene
        form, marks = str(s.values["form"]), s.several("mark")
        line = f"  {form}" if form != "identifiable" else ""
        line += f"  mark {marks}" if marks else ""
        for dimension, on in s.values.items():
            if dimension.startswith("guard:") and on:
                line += f"  unless {dimension.removeprefix('guard:')}"
        return line

    def _attributes(self, where: str, owner: str) -> str:
        start = f"attribute:{where}:{owner}:"
        found = [d for d in self.scene.values if d.startswith(start)]
        return "".join(f"  {d.removeprefix(start)} = {_worth(self.scene.values[d])}" for d in found)


def _worth(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return write_worth(value) if not isinstance(value, str) or not value else value
