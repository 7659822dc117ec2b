"""Translation: services and what they exchange as a system, with the words that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lawful.importers import Imported, Notice
from lawful.importers._classifications import meaning
from lawful.importers._words import label, names, plain
from lawful.importers.cyclonedx.bill import Bills, Component, Datum, Service, host_of
from lawful_dsl import library
from lawful_dsl import syntax as s
from lawful_dsl.source import NOWHERE, Span

_ZONE = "trust_zone"


def translate(bills: Bills, name: str) -> Imported:
    """The system and its words, with what was left out."""
    shipped = {entry.name for entry in library.scan()}
    own = plain(name) or "services"
    return _Translation(bills, f"{own}_system" if own in shipped else own).imported()


class _Translation:
    def __init__(self, bills: Bills, name: str) -> None:
        self.bills = bills
        self.name = name
        self.classes: dict[str, Span] = {}
        self.outside: dict[str, tuple[set[str], Span]] = {}
        self.flows: dict[tuple[str, str], dict[str, Span]] = {}
        self.held: dict[str, dict[str, Span]] = {}

    def imported(self) -> Imported:
        """Everything."""
        alone = [
            (service, datum) for service in self.bills.services.values() for datum in service.data
        ]
        for service, datum in alone:
            if datum.sources or datum.targets:
                self._told(service, datum)
        told = frozenset(self.flows)
        for (user, used), at in sorted(self.bills.depends.items()):
            self._depending(user, self.bills.services[used], at, told)
        asked = {id for _, id in self.bills.depends}
        for service, datum in alone:
            if not (datum.sources or datum.targets) and service.id not in asked:
                self._held(service, datum)
        ends = {end for flow in self.flows for end in flow}
        for id, component in sorted(self.bills.components.items()):
            for word in component.classified if id in ends else ():
                self.held.setdefault(id, {}).setdefault(word, component.at.span)
                self.classes.setdefault(word, component.at.span)
            self.bills.left["classified components from and to which nothing flows: left out"] += (
                bool(component.classified) and id not in ends
            )
        at = self.bills.span or NOWHERE
        law = self._law(at)
        statements: tuple[s.FlowStatement, ...] = (
            s.System(s.Name(self.name), span=at),
            *([s.Use((s.Name(self.name),), span=at)] if law else []),
            *self._owners(),
            *(self._flow(*ends, data) for ends, data in sorted(self.flows.items())),
        )
        left = sorted(self.bills.left.items())
        notices = tuple(Notice(count, text) for text, count in left if count)
        return Imported(s.Flows(statements, at), law, notices)

    # --- what flows ------------------------------------------------------------------------------

    def _told(self, service: Service, datum: Datum) -> None:
        """The flows of data that name an end: that end is the other one, whichever word names it."""
        sources, targets = datum.sources, datum.targets
        if datum.direction == "bi-directional":
            sources = targets = tuple(dict.fromkeys((*sources, *targets)))
        against = {"inbound": sources and targets, "outbound": targets and sources}
        self.bills.left["ends of data that go the other way: left out"] += sum(
            self.bills.resolve(text) != service.id for text in against.get(datum.direction, ())
        )
        sources, targets = sources or targets, targets or sources
        if datum.direction == "unknown":
            sources, targets = datum.sources, datum.targets
        for text in sources if datum.direction != "outbound" else ():
            self._add(self._end(text, "source", datum), service.id, datum)
        for text in targets if datum.direction != "inbound" else ():
            self._add(service.id, self._end(text, "recipient", datum), datum)

    def _depending(
        self, user: str, used: Service, at: Span, told: frozenset[tuple[str, str]]
    ) -> None:
        """The flows between a service and who depends on it, where nothing tells them better."""
        if (user, used.id) in told or (used.id, user) in told:
            return
        data = [datum for datum in used.data if not (datum.sources or datum.targets)]
        for datum in data:
            if datum.direction != "outbound":
                self._add(user, used.id, datum)
            if datum.direction != "inbound":
                self._add(used.id, user, datum)
        if not data:
            self.bills.left[
                "dependencies of which no data are told: anything may flow, both ways"
            ] += 1
            self.flows.setdefault((user, used.id), {}).setdefault("", at)
            self.flows.setdefault((used.id, user), {}).setdefault("", at)

    def _held(self, service: Service, datum: Datum) -> None:
        """Data that come from nobody who is named, or go there, are at the service all the same."""
        word = datum.classification
        said = "held by the service" if word else "left out"
        self.bills.left[f"data of which no other end is told: {said}"] += 1
        if word:
            self.held.setdefault(service.id, {}).setdefault(word, datum.at.span)
            self.classes.setdefault(word, datum.at.span)

    def _add(self, source: str, target: str, datum: Datum) -> None:
        if source != target:
            self.flows.setdefault((source, target), {}).setdefault(
                datum.classification, datum.at.span
            )
            if datum.classification:
                self.classes.setdefault(datum.classification, datum.at.span)

    def _end(self, text: str, kind: str, datum: Datum) -> str:
        """The id of an end: of a service or component, else of a host outside."""
        if id := self.bills.resolve(text):
            return id
        id = host_of(text) or plain(text.partition("#")[2]) or plain(text)
        if not id:
            datum.at.reject("an end of these data is empty", "name a service or an address")
        self.outside.setdefault(id, (set(), datum.at.span))[0].add(kind)
        return id

    def _flow(self, source: str, target: str, data: dict[str, Span]) -> s.FlowDecl:
        """One flow; with data that are not classified it may carry everything."""
        at = next(iter(data.values()))
        terms = tuple(s.Name(self._term(word), data[word]) for word in sorted(data) if word)
        carry = None if "" in data else s.Carry(terms, span=at)
        return s.FlowDecl(None, s.Name(source, at), s.Name(target, at), carry, (), at)

    def _term(self, word: str) -> str:
        return f"classified {word}".replace('"', "”")

    # --- the nodes -------------------------------------------------------------------------------

    def _owners(self) -> Iterator[s.FlowStatement]:
        owned: dict[str, list[s.NodeDecl]] = {}
        for id, service in sorted(self.bills.services.items()):
            owned.setdefault(service.provider, []).append(self._node(id, service))
        free = owned.pop("", [])
        taken = {*self.bills.services, *self.bills.components, *self.outside}
        parties = {name: f"provider {name}" if name in taken else name for name in sorted(owned)}
        for name, id in parties.items():
            yield s.PartyDecl(s.Name(id, owned[name][0].span), None, (), owned[name][0].span)
        for name, id in parties.items():
            owner = s.Name(id, owned[name][0].span)
            nodes = tuple(replace(node, owner=owner) for node in owned[name])
            yield s.Owned(owner, nodes, owner.span)
        ends = {end for flow in self.flows for end in flow}
        for id, component in sorted(self.bills.components.items()):
            if id in ends:
                free.append(self._component(id, component))
        for id, (kinds, at) in sorted(self.outside.items()):
            kind = "source" if kinds == {"source"} else "recipient"
            free.append(s.NodeDecl(kind, s.Name(id, at), None, None, (), at))
        yield from free

    def _component(self, id: str, component: Component) -> s.NodeDecl:
        at = component.at.span
        kind = "store" if component.stored else "service"
        title = label(component.title, at)
        return s.NodeDecl(kind, s.Name(id, at), title, None, self._holding(id, at), at)

    def _holding(self, id: str, at: Span) -> tuple[s.Prop, ...]:
        """The classified data that are at a node."""
        held = self.held.get(id, {})
        if not held:
            return ()
        terms = tuple(s.Name(self._term(word), held[word]) for word in sorted(held))
        unknown = s.Names((), open=True)
        pairing = s.Pairing(unknown, unknown, span=at)
        return (s.Hold("holds", terms, (), (pairing,), span=at),)

    def _node(self, id: str, service: Service) -> s.NodeDecl:
        at = service.at.span
        props: list[s.Prop] = list(self._holding(id, at))
        if service.places:
            props.append(s.Property("in", s.Names(names(service.places, at), span=at), at))
        props += (
            s.Value(s.Name(word), s.Name("yes" if said else "no"), at)
            for word, said in service.settings
        )
        if service.zone:
            props.append(s.Value(s.Name(_ZONE), s.Name(service.zone, at), at))
        title = label(service.title, at) if service.title != id else None
        return s.NodeDecl("service", s.Name(id, at), title, None, tuple(props), at)

    # --- the words -------------------------------------------------------------------------------

    def _law(self, at: Span) -> s.Law | None:
        """The attributes of the services, and what classifications mean."""
        services = self.bills.services.values()
        words = sorted({word for service in services for word, _ in service.settings})
        parts: list[s.LawStatement] = [
            s.Attribute(s.Name(word), "node", "yes_no") for word in words
        ]
        if zones := sorted({service.zone for service in services if service.zone}):
            parts.append(s.Attribute(s.Name(_ZONE), "node", "one of", tuple(map(s.Name, zones))))
        if self.classes:
            entries = tuple(
                (
                    s.Text(self._term(word), "", span),
                    s.Name(meaning(word)),
                )
                for word, span in sorted(self.classes.items())
            )
            title = label("Classifications of the bills of materials", at)
            parts.append(s.Mapping(s.Name("classifications"), title, entries))
        if not parts:
            return None
        header = s.Header("vocabulary", s.Name(self.name), span=at)
        return s.Law((header, s.Use((s.Name("common"),), span=at), *parts), at)
