"""View: one event as it is judged, with one leaf for each thing that may be coarse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from lawful.system.model import Node, Party, Subject
from lawful.testing.reference.data import OriginFacts, origin_facts
from lawful.testing.reference.events import Event
from lawful.testing.reference.truth import UNDECLARED, Doubt, Truth
from lawful.testing.reference.world import (
    World,
    everywhere,
    is_own_subject,
    party_of,
    person_at,
    places_of,
    within,
)
from lawful_dsl.frozen import frozen
from lawful_dsl.program import End, State, Who


class Either(Exception):
    """A state was asked for that may be either: judge once as yes and once as no."""

    def __init__(self, key: tuple[str, State]) -> None:
        self.key = key
        super().__init__(f"{key[0]}: {key[1]}")


@frozen(eq=False)
class View:
    """One event as it is judged.

    `leaf`, `purpose`, `place` and `partner` are leaves; empty where not known. `person` is whose
    the datum is taken to be, `treated` that it is by a treatment. `residence` is a leaf of one
    residence, empty where unknown, None where the residences are not judged one by one. `states`
    are the states decided so far, by person.
    """

    world: World
    event: Event
    leaf: str
    purpose: str
    place: str
    partner: str = ""
    person: Subject | None = None
    treated: bool = False
    residence: str | None = None
    states: Mapping[tuple[str, State], bool] = field(default_factory=dict)
    in_consent: bool = False

    @property
    def doubt(self) -> Doubt:
        """Why a fact of the datum that is not known is not known."""
        return self.event.datum.doubt

    @property
    def origin(self) -> OriginFacts:
        """What the datum carries from its origin."""
        return origin_facts(self.world.system, self.event.datum)

    def node(self, end: End) -> Node:
        """The node at an end."""
        return self.event.source if end == "source" else self.event.target

    def party(self, end: End) -> Party | Doubt | None:
        """The party at an end; None where there is none, a doubt where it is not known."""
        node = self.node(end)
        if node.kind == "subject":
            return None
        return party_of(self.world, node) or UNDECLARED

    def lies_within(self, node: Node, terms: Sequence[str]) -> Truth:
        """Whether a node is within some places; the datum's own subject lives where it is judged to."""
        own = (self.person.id if self.person else "", self.event.datum.subject)
        if self.residence and node.kind == "subject" and node.id in own:
            return within(self.world, self.residence, terms)
        return everywhere(self.world, places_of(self.world, node), terms)

    def is_own_subject(self, end: End) -> Truth:
        """Whether an end is the very person whom the datum is about."""
        doubt = UNDECLARED if self.treated else self.doubt
        flow = self.event.flow if end == "target" else None
        return is_own_subject(self.world, self.node(end), self.person, flow, doubt)

    def who(self, who: Who) -> Subject | Doubt | None:
        """A person; None at an end that is no person, a doubt where it is not known who."""
        if who == "subject":
            return self.person or self.doubt
        node = self.node(who)
        if node.kind != "subject":
            return None
        return person_at(self.world, node) or UNDECLARED

    def is_datum_subject(self, who: Who) -> bool:
        """Whether a word speaks of the person whose the datum is."""
        if who == "subject":
            return True
        there = self.who(who)
        return isinstance(there, Subject) and self.person is not None and there is self.person
