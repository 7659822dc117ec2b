"""Written: a scene as the lines of a `.flow` text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lawful.testing.strategies.choices import Value
from lawful.testing.strategies.space import ANOTHER, OWN, PARTY, US
from lawful_dsl.format.words import write_worth
from lawful_dsl.program import ACTING_ROLES
from lawful_dsl.syntax import Name

if TYPE_CHECKING:
    from lawful.testing.strategies.scenes import Scene


@dataclass(frozen=True)
class Written:
    """A scene to be written, each id with a tag at its end."""

    scene: Scene
    tag: str = ""

    def id(self, name: str) -> str:
        """An id in this scene."""
        return f"{name}{self.tag}"

    def lines(self) -> Iterator[str]:
        """The parties, nodes and flows."""
        s, layout = self.scene, self.scene.layout
        source, target = s.values["source"], s.values["target"]
        if PARTY in (source, target):
            yield f"party {self.id('partner')}{self._party(PARTY)}"
        yield self._person("person")
        if target == ANOTHER:
            yield self._person("other")
        nodes = {s.us: list[str](), self.id("partner"): list[str]()}
        if layout.hops > 1 or layout.placed:
            nodes[s.us].append(self._node("sender", "source"))
        if layout.placed:
            yield f"device {self.id('gadget')}{self._said('in', 'residence')}"
        elif target in (US, PARTY):
            owner = s.us if target == US else self.id("partner")
            nodes[owner].append(self._node(self._receiver(), "target"))
        for owner, owned in nodes.items():
            if owned:
                yield from (f"{owner} {{", *owned, "}")
        yield from self._flows()

    def ours(self) -> str:
        """The declaration of us."""
        return f"party {self.scene.us}{self._party(US)}"

    # --- who and where ----------------------------------------------------------------------------------

    def _party(self, who: str) -> str:
        s = self.scene
        role = s.text(f"{who}.role")
        kind = s.text(f"{who}.party") if s.tells(f"{who}.party") else ""
        line = "".join(f"  {word}" for word in (kind, role) if word)
        line += f" acting for {s.us}" if who == PARTY and role in ACTING_ROLES else ""
        line += self._said("in", f"{who}.seat")
        line += self._several("under", f"{who}.contract:")
        return line + self._several("certified", f"{who}.certificate:") + self._attributes(who)

    def _person(self, name: str) -> str:
        s = self.scene
        line = f"subject {self.id(name)}  is {s.text('subject')}{self._said('in', 'residence')}"
        line += self._said("age", "age")
        if s.tells("known"):
            line += "  known" if s.values["known"] else "  not known"
        for state, holds in s.of("state:").items():
            line += f"  state {'' if holds else 'not '}{state}"
        return line + self._attributes("subject")

    def _receiver(self) -> str:
        return "store" if self.scene.layout.stored else "receiver"

    def _node(self, name: str, end: str) -> str:
        s = self.scene
        receives = end == "target"
        line = f"  {s.text(f'{end}.node')} {self.id(name)}"
        line += self._said("", f"{end}.environment") + self._said("", f"{end}.product")
        if f"{end}.site" in s.values and s.tells(f"{end}.site"):
            line += f"  site {s.text(f'{end}.site') or 'none'}"
        line += self._said("in", f"{end}.place")
        line += self._several("using", "n.measure:" if receives else "measure:")
        if receives and s.layout.stored:
            line += self._said("for", "n.purpose") + self._said("retention", "retention")
        if receives:
            line += self._several("honours", "reach:")
        elif s.values["comes_from"]:
            line += f"  derives {s.text('data')} from {s.text('comes_from')} removing"
        if receives and s.layout.joined:
            line += f"  joins {s.text('data')} with {s.text('partner')}"
            line += self._said("for", "n.purpose") + self._given("n.")
        return line + self._attributes(end)

    # --- flows ------------------------------------------------------------------------------------------

    def _flows(self) -> Iterator[str]:
        s, layout = self.scene, self.scene.layout
        person, sender, data = self.id("person"), self.id("sender"), s.text("data")
        target = {
            US: self.id(self._receiver()),
            PARTY: self.id(self._receiver()),
            OWN: self.id("gadget" if layout.placed else "person"),
            ANOTHER: self.id("other"),
        }[str(s.values["target"])]
        if layout.placed:
            lasting = self._said("lasting", "retention").strip()
            placed = " ".join(filter(None, ("places", data, lasting)))
            yield f"{sender} -> {target}  {placed}{self._props('')}"
            return
        begins = person if s.values["source"] != PARTY else self.id("partner")
        whose = f" of {person}" if begins != person else ""
        if layout.hops > 1:
            first = s.text("comes_from") or data
            yield f"{begins} -> {sender} : {first}{whose}{self._props('o.')}"
            yield f"{sender} -> {target} : {data}{self._props('')}{self._changes()}"
        else:
            joined = f", {s.text('partner')}" if layout.joined else ""
            yield f"{begins} -> {target} : {data}{joined}{whose}{self._props('')}{self._changes()}"
        for asked in filter(None, s.several("reach:").split(", ")):
            yield f"{person} -> {target} : {asked}{self._props('o.' if layout.hops > 1 else '')}"

    def _props(self, carrier: str) -> str:
        s = self.scene
        props = self._said("for", f"{carrier}purpose")
        props += self._several("on", f"{carrier}basis:")[1 if props else 0 :]
        props += self._given(carrier) + self._mechanisms(carrier)
        props += self._said("by", f"{carrier}channel")
        props += self._several("using", f"{carrier}measure:")
        if s.values[f"{carrier}consideration"] != "none":
            props += self._said("consideration", f"{carrier}consideration")
        return props + self._attributes("flow")

    def _mechanisms(self, carrier: str) -> str:
        """The mechanisms of a flow: where it says none, the contracts of its target's party count."""
        s = self.scene
        contracts = s.several(f"{s.values['target'] if not carrier else US}.contract:")
        own = self._several("under", f"{carrier}mechanism:")
        return "" if contracts and own == "  under none" else own

    def _given(self, carrier: str) -> str:
        """The consents of a carrier."""
        giver = self.scene.text("giver")
        by = f" given by {giver}" if giver else ""
        told = self.scene.of(f"{carrier}consent:")
        kinds = filter(None, self.scene.several(f"{carrier}consent:").split(", "))
        return (
            f"  with {', '.join(f'{kind} consent{by}' for kind in kinds) or 'none'}" if told else ""
        )

    def _changes(self) -> str:
        s = self.scene
        form, marks = str(s.values["form"]), s.several("mark:")
        line = f"  {form}" if form != "identifiable" else ""
        line += f"  mark {marks}" if marks else ""
        return line + "".join(f"  unless {state}" for state, on in s.of("guard:").items() if on)

    # --- words ------------------------------------------------------------------------------------------

    def _said(self, word: str, dimension: str) -> str:
        """A word and the value of a dimension, where that is to be told and is something."""
        value = self.scene.text(dimension) if self.scene.tells(dimension) else ""
        return f"  {word} {value}" if word and value else f"  {value}" if value else ""

    def _several(self, word: str, start: str) -> str:
        """A word and the terms that are said, or that there are none, where that is to be told."""
        told = self.scene.of(start)
        return f"  {word} {self.scene.several(start) or 'none'}" if told else ""

    def _attributes(self, of: str) -> str:
        said = self.scene.of(f"{of}.=").items()
        return "".join(f"  {name} = {_worth(value)}" for name, value in said)


def _worth(value: Value) -> str:
    """The worth of an attribute: a word that is no date is a name."""
    return write_worth(Name(value) if isinstance(value, str) and not value[:1].isdigit() else value)
