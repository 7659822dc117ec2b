"""Classes: carriers, and data on them, that nothing which can be asked tells apart; judged once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from operator import attrgetter

from lawful.kernel.transfer import Test
from lawful.propagation import Propagation
from lawful.propagation.alike import Alike, numbered
from lawful.propagation.data import Datum
from lawful.rules.environment import Frame
from lawful.rules.journeys import requests
from lawful.system.model import Flow, Node
from lawful_dsl.vocabulary import AttributeValue

#: What tells a datum at a carrier from others: its class, and which of its consents were given right there.
Profile = tuple[int, tuple[tuple[bool, bool], ...]]


class Classes:
    """The classes of one propagation's carriers and data.

    `reaching` are the leaves of which a rule asks whether they arrive at a node.
    """

    def __init__(self, propagation: Propagation, reaching: int) -> None:
        self._propagation = propagation
        self._system = propagation.standing.system
        self._reaching = reaching
        data = propagation.universe.data
        self._requests = Test(
            lambda number: bool(data[number].extent & reaching) and requests(data[number])
        )
        self._numbers: dict[Hashable, int] = {}
        self._flows: Alike[Flow, int] = Alike(
            self._said, *_OF_FLOWS, "carries", "placing", "attributes"
        )
        self._nodes: Alike[Node, int] = numbered("purposes", "joins", "apart", "kept")
        self._ends_said: Alike[Node, int] = Alike(self._end, *_OF_ENDS, "honours", "attributes")
        self._ends: dict[str, int] = {}
        self._data: dict[int, int] = {}

    def _number(self, key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def forget(self, node: str) -> None:
        """A node has changed, or what is there."""
        self._ends.pop(node, None)

    def flow(self, flow: Flow) -> int:
        """The class of a flow as a carrier."""
        source, target = flow.source, flow.target
        nodes, ends, places = self._system.nodes, self._ends, flow.places
        key = (
            self._flows.of(flow),
            ends[source] if source in ends else self.end(nodes[source]),
            ends[target] if target in ends else self.end(nodes[target]),
            source == target,
            None if places is nodes[target].places else places,  # hosting has those of its source
        )
        found = self._numbers.get(key)
        return self._number(key) if found is None else found

    def _said(self, flow: Flow) -> int:
        given = (flow.carries, flow.placing) if flow.consents.values else None
        return self._number((attrgetter(*_OF_FLOWS)(flow), given, _sorted(flow.attributes)))

    def node(self, node: Node) -> int:
        """The class of a node as a carrier."""
        return self._number((self.end(node), self._nodes.of(node)))

    def end(self, node: Node) -> int:
        """The class of a node as an end of an event."""
        found = self._ends.get(node.id)
        if found is None:
            arrived = self._arrived(node) if self._reaching else None
            subject = node.id if node.kind == "subject" else ""
            key = (subject, self._ends_said.of(node), arrived)
            found = self._ends[node.id] = self._number(key)
        return found

    def _end(self, node: Node) -> int:
        honours = node.honours if self._reaching else None
        return self._number((attrgetter(*_OF_ENDS)(node), honours, _sorted(node.attributes)))

    def _arrived(self, node: Node) -> frozenset[tuple[str, int]]:
        """Whose data that a rule asks for have been at a node, and which."""
        propagation = self._propagation
        bits = self._requests.among(propagation.arrived(propagation.node_number[node.id]))
        return frozenset(
            (datum.beginning.subject, datum.extent) for datum in propagation.universe.of(bits)
        )

    def datum(self, number: int, frame: Frame) -> Profile:
        """What tells a datum at a carrier from others."""
        datum = self._propagation.universe.data[number]
        found = self._data.get(number)
        if found is None:
            found = self._data[number] = self._number(self._like(datum))
        consents = [given for given in datum.beginning.consents.values if given.carrier]
        if not consents:
            return found, ()
        on_flow = frame.flow is not None
        return found, tuple(
            (
                given.carrier == frame.carrier and given.on_flow == on_flow,
                given.target == frame.target.id,
            )
            for given in consents
        )

    def _like(self, datum: Datum) -> Hashable:
        """A datum as rules see it: by whose node a consent was received, not by which."""
        nodes = self._system.nodes
        consents = datum.beginning.consents
        given = tuple(
            (
                replace(given, carrier="", target=""),
                bool(given.carrier),
                given.owner or nodes[given.target].owner,
                bool(given.target) and nodes[given.target].alone,
            )
            for given in consents.values
        )
        plain = replace(datum, joined=frozenset())
        if given:
            beginning = replace(datum.beginning, consents=replace(consents, values=()))
            plain = replace(plain, beginning=beginning)
        return plain, given


#: What of a flow, and of a node as an end, a class turns on whatever else is said.
_OF_FLOWS = (
    "uses",
    "same",
    "bases",
    "consents",
    "channels",
    "mechanisms",
    "measures",
    "consideration",
    "lifetime",
    "another",
)
_OF_ENDS = (
    "kind",
    "owner",
    "places",
    "environments",
    "products",
    "sites",
    "measures",
    "outside",
)


def _sorted(attributes: Mapping[str, AttributeValue]) -> Hashable:
    return tuple(sorted((k, str(v)) for k, v in attributes.items())) if attributes else ()
