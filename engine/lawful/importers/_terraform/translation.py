"""Translation: a plan as a system: nodes with what their settings say, and flows between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from lawful.importers import LATER, Imported, Notice, Retelling
from lawful.importers._environments import ENVIRONMENT_KEYS, ENVIRONMENTS
from lawful.importers._terraform.flows import find_flows
from lawful.importers._terraform.hidden.comparable import accounts_of, settings_of
from lawful.importers._terraform.hidden.later import Later
from lawful.importers._terraform.hidden.retold import Basis, hidden
from lawful.importers._terraform.measures import read_measures
from lawful.importers._terraform.names.ends import End, Flow, Outside, end_id
from lawful.importers._terraform.names.identities import is_node
from lawful.importers._terraform.names.known import names_of, outside_names
from lawful.importers._terraform.objects.manifests import notices_of
from lawful.importers._terraform.outside.exposure import INTERNET, PUBLIC
from lawful.importers._terraform.outside.sharing import Sharing
from lawful.importers._terraform.outside.unread import provisioned, unread
from lawful.importers._terraform.places import BESIDE, Places, ends_of
from lawful.importers._terraform.scripts import Scripts
from lawful.importers._terraform.state.resources import Plan, Resource
from lawful.importers._terraform.tables import kinds
from lawful.importers._terraform.tables.arrows import ARROWS
from lawful.importers._terraform.tables.kinds import EVERYWHERE
from lawful.importers._terraform.tables.kinds_of_others import MANIFESTS
from lawful.importers._terraform.tables.settings import (
    ENDLESS_AT_ZERO,
    REST,
    RETENTION,
    TAGS,
    TRANSIT,
)
from lawful.importers._words import bare, label, name, names, nowhere, plain
from lawful_dsl import syntax as s
from lawful_dsl.source import Span

VOCABULARIES = ("common", "infrastructure")
#: The kinds of what is outside and stands in some region; others have the place of whoever owns them.
_PLACED = ("service", "store")
#: What has settings that say what flows, or is a part of what has.
_READ = {*(arrow.type for arrow in ARROWS), *(type for type, _ in kinds.PARTS)} - MANIFESTS.keys()
_KNOWN_LATER = "Known only after apply"
_NOT_TOLD = "Not told here"
_LABELS = {INTERNET: "Anyone on the internet", PUBLIC: "Anyone who asks"}


def translate(plan: Plan, called: str, before: Callable[[], Plan] | None = None) -> Imported:
    """The facts of a plan, which may be asked what was before it."""
    return _Translation(plan, called, before).imported()


class _Translation:
    def __init__(self, plan: Plan, called: str, before: Callable[[], Plan] | None) -> None:
        self.name = plain(called) or "plan"
        self.ends = ends_of(plan)
        self.plan = self.ends.plan
        self.places = Places(self.ends)
        self.later = Later(self.ends, before)
        self.sharing = Sharing(self.ends, self.later)
        self.scripts = Scripts(self.ends)
        self.found = find_flows(self.ends, self.later, self.sharing, self.scripts)
        self.manifests = self.found.manifests
        self.said = read_measures(self.ends)

    def imported(self) -> Imported:
        """Everything."""
        at = self.plan.span
        nodes = [self.node(self.nodes[id]) for id in sorted(self.nodes)]
        flows = [self.flow(self.found.flows[ends]) for ends in sorted(self.found.flows)]
        system = s.System(s.Name(self.name), span=at)
        use = s.Use(names(VOCABULARIES, at), at)
        notices = (*self.plan.notices, *self.notices())
        return Imported(
            s.Flows((system, use, *nodes, *flows), at),
            notices=tuple(notice for notice in notices if notice.count),
            outside={
                id: self.named(end)
                for id, end in self.nodes.items()
                if not (_is_made(end) or _is_later(end))
            },
            answers={
                name: id
                for id, end in self.nodes.items()
                if _is_made(end)
                for name in self.named(end)
            },
            derived=dict(self.derived()),
            partial=self.plan.partial,
            settings=tuple(settings_of(self.plan, self.later, self.found)),
            accounts=accounts_of(self.plan, self.found, self.sharing.partners),
            retelling=(Retelling(Basis(lambda: self.plan), hidden),),
        )

    @cached_property
    def nodes(self) -> dict[str, End]:
        """The nodes by their ids: those that the plan manages, and what else flows end at."""
        used = {id for ends in self.found.flows for id in ends}
        found: dict[str, End] = {
            each.address: each
            for each in self.plan.resources
            if is_node(each)
            and not each.data
            and (each.type not in kinds.TEMPLATES or each.address in used or not self.runs(each))
        }
        for flow in self.found.flows.values():
            for end in (flow.source, flow.target):
                found.setdefault(end_id(end), end)
        return found

    def runs(self, template: Resource) -> bool:
        """Whether anything runs a template."""
        return template.address in self.ends.runners

    def named(self, end: End) -> tuple[str, ...]:
        """The names by which other files know a node."""
        if isinstance(end, Outside):
            return outside_names(end, self.plan)
        return tuple(sorted(set(names_of(end, self.places))))

    # --- nodes and flows --------------------------------------------------------------------------

    def node(self, end: End) -> s.NodeDecl:
        """A node with what is known of it."""
        if isinstance(end, Outside):
            at = self.spans[end.id]
            hidden = _NOT_TOLD if end.id in self.manifests.hidden else _KNOWN_LATER
            text = label(hidden if end.later else _LABELS.get(end, ""), at)
            placed = end.kind in _PLACED
            said = [*self.place(self.copy_place(end), at, stands=placed)]
            if end.later:
                said.append(s.Value(name(LATER, at), name("yes", at), at))
            return s.NodeDecl(end.kind, name(end.id, at), text, None, tuple(said), at)
        at = end.span
        props = [
            *self.place(self.places.of(end), at, stands=not EVERYWHERE.match(end.type)),
            *self.environment(end),
            *self.measures(end),
            *self.retention(end),
            *self.exposure(end),
            *self.formerly(end),
        ]
        return s.NodeDecl(self.kind(end), name(end.address, at), None, None, tuple(props), at)

    def kind(self, end: Resource) -> str:
        """The kind of a node: by its type, or by what the manifest says that it applies."""
        return self.manifests.kinds.get(end.address) or kinds.kind_of(end.type)

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Where the ends of flows are named first."""
        found: dict[str, Span] = {}
        for ends in sorted(self.found.flows):
            flow = self.found.flows[ends]
            for id in ends:
                found.setdefault(id, flow.span)
        return found

    def copy_place(self, end: Outside) -> tuple[str, ...]:
        """The places of what is outside of the plan, a copy in another region among it."""
        if not end.region:
            return ()
        if end.id.startswith("aws:"):
            return self.places.outside(end)
        original = self.nodes.get(end.id.removesuffix(f" in {end.region}"))
        return self.places.region(original, end.region) if isinstance(original, Resource) else ()

    @staticmethod
    def place(places: tuple[str, ...], at: Span, *, stands: bool) -> Iterator[s.Prop]:
        """`in PLACES`; `in unknown` where something stands somewhere, and it is not told where."""
        if places:
            yield s.Property("in", s.Names(names(places, at), span=at), at)
        elif stands:
            yield nowhere(at)

    def environment(self, resource: Resource) -> Iterator[s.Prop]:
        """The environment that a tag names."""
        for word, at in _tags(resource):
            if term := ENVIRONMENTS.get(word.lower()):
                yield bare(term, at)
                return

    def measures(self, resource: Resource) -> Iterator[s.Prop]:
        """The measures that settings say; the list is open, unless one says that data are not encrypted."""
        said = self.said.get(resource.address, {})
        taken = sorted(measure for measure, value in said.items() if value)
        whole = said.get(REST) is False
        if taken or whole:
            listed = s.Names(names(taken, resource.span), not whole, resource.span)
            yield s.Property("using", listed, resource.span)

    @staticmethod
    def retention(resource: Resource) -> Iterator[s.Prop]:
        """How long a node keeps what it holds."""
        for type, path, hours in RETENTION:
            if resource.type == type and not resource.is_unknown(path):
                for value in resource.found(path):
                    period = _period(value, hours, resource.at(path), type in ENDLESS_AT_ZERO)
                    if period is not None:
                        yield s.Retention(period, span=resource.at(path))

    def exposure(self, resource: Resource) -> Iterator[s.Prop]:
        """`exposed = yes` where anyone may send to a node, or read from it."""
        id = resource.address
        for ends in ((end_id(INTERNET), id), (id, end_id(PUBLIC))):
            if flow := self.found.flows.get(ends):
                yield s.Value(name("exposed", flow.span), name("yes", flow.span), flow.span)
                return

    @staticmethod
    def formerly(resource: Resource) -> Iterator[s.Prop]:
        """`formerly ADDRESS`, where what had that address is moved."""
        if resource.formerly:
            at = resource.span
            yield s.Property("formerly", s.Names(names(resource.formerly, at), span=at), at)

    def flow(self, flow: Flow) -> s.FlowDecl:
        """A flow, with TLS where its target takes nothing else."""
        source, target = flow.ends
        props: list[s.Prop] = []
        if self.said.get(target, {}).get(TRANSIT):
            props.append(
                s.Property(
                    "using", s.Names(names([TRANSIT], flow.span), True, flow.span), flow.span
                )
            )
        elif flow.plain:
            props.append(s.Property("using", s.Names((), span=flow.span), flow.span))
        ends = name(source, flow.span), name(target, flow.span)
        return s.FlowDecl(None, *ends, None, tuple(props), flow.span)

    def derived(self) -> Iterator[tuple[tuple[str, str], str]]:
        """How facts were found that no setting says as such."""
        for address, by in self.places.derived.items():
            yield (address, "in"), by
        for flow in self.found.flows.values():
            thing = " -> ".join(flow.ends)
            groups = flow.ends in self.found.by_groups
            yield (thing, ""), "what security rules let in" if groups else "what its setting names"
            yield (thing, "using"), "what its ends take"
        for id in self.nodes:
            yield (id, "exposed"), "who may reach it"

    # --- what the reader must know ----------------------------------------------------------------

    def notices(self) -> Iterator[Notice]:
        """What was folded, not understood, or derived."""
        folded: Counter[str] = Counter()
        strange: Counter[str] = Counter()
        for each in self.plan.resources:
            if each.data or each.address in self.nodes or is_node(each):
                continue
            if each.address in self.manifests.read:
                continue
            if each.type in _READ or each.type in kinds.JOINTS or kinds.is_plumbing(each.type):
                folded[each.type] += 1
            else:
                strange[each.type] += 1
        yield Notice(
            folded.total(),
            f"resources say who may do what, over which network, or are settings of others: {_list(folded)}",
        )
        yield Notice(
            strange.total(), f"resources are of types that are not known: {_list(strange)}"
        )
        later = Counter(f"{type}.{path}" for (_, path), type in self.later.told.items())
        text = f"settings name something that is known only after apply: {_list(later)}"
        yield Notice(later.total(), text)
        types = {resource.address: resource.type for resource in self.plan.resources}
        partly = Counter(
            f"{types[address]}.{path}"
            for (address, path), more in self.later.explained.items()
            if more
        )
        yield Notice(
            partly.total(),
            f"settings are known only after apply, and of them only what they refer to: {_list(partly)}",
        )
        open_ends = Counter(
            f"{type}.{path}"
            for (address, path), type in self.ends.partly.items()
            if not {(address, path)} & (self.later.told.keys() | self.later.explained.keys())
        )
        text = "settings may name more than what is told here"
        yield Notice(open_ends.total(), f"{text}: {_list(open_ends)}")
        lost = Counter(
            f"{type}.{path}"
            for (address, path), type in self.ends.lost.items()
            if not {(address, path)} & (self.later.told.keys() | self.later.explained.keys())
        )
        yield Notice(lost.total(), f"settings name something that is not told here: {_list(lost)}")
        yield Notice(
            len(self.ends.inward), "variables say who may come, or where one is reached: no flow"
        )
        run = provisioned(self.ends)
        yield Notice(
            run.total(),
            f"resources run programs when they are made: who gets data by them is not told: {_list(run)}",
        )
        for count, said in notices_of(self.manifests.counts):
            yield Notice(count, said)
        beside = unread(self.ends, self.manifests.kinds.keys(), self.nodes.keys())
        yield Notice(
            beside.total(),
            f"settings that are not known name somebody outside, and make no flow: {_list(beside)}",
        )
        for found, text in (
            (
                self.sharing.open,
                "rights are known only after apply, or cannot be read: who has them is not told",
            ),
            (
                self.sharing.inward,
                "rights of others take no data out: what comes by them is not told",
            ),
            (
                {address: type for (address, _), type in self.scripts.unread.items()},
                "start scripts cannot be read: whom they name is not told",
            ),
            (
                {address: type for (address, _), type in self.scripts.possible.items()},
                "start scripts name what may be hosts of the public net, or somebody at one: no flow",
            ),
            (
                self.sharing.bound,
                "rights turn on a condition, are on a whole project, or are of people, groups or holders of whom "
                "nothing is told: no flow",
            ),
        ):
            yield Notice(len(found), f"{text}: {_list(Counter(found.values()))}")
        nodes = [end for end in self.nodes.values() if isinstance(end, Resource)]
        yield Notice(
            sum(not self.places.of(node) for node in nodes), "nodes are in a place that is not told"
        )
        yield Notice(len(self.places.unknown), "regions are not in the table of regions")
        yield Notice(
            sum(said.get(REST) is False for said in self.said.values()),
            "nodes say that what they keep is not encrypted: their lists of measures are whole",
        )
        strange_tags = sum(
            word.lower() not in ENVIRONMENTS for node in nodes for word, _ in _tags(node)
        )
        yield Notice(strange_tags, "tags name an environment that the vocabulary does not have")
        yield Notice(
            len(self.found.by_groups),
            "flows are told only by security rules that let one group, or anyone, reach another",
        )
        yield Notice(
            sum(self.places.derived.get(node.address) == BESIDE for node in nodes),
            "nodes are where all else of their provider is that says where it is",
        )


def _is_made(end: End) -> bool:
    """Whether the plan manages a node, and does not only name it or look it up."""
    return isinstance(end, Resource) and not end.data


def _is_later(end: End) -> bool:
    return isinstance(end, Outside) and end.later


def _tags(resource: Resource) -> Iterator[tuple[str, Span]]:
    """The first tag that names an environment, and where it stands."""
    for tags in TAGS:
        value = resource.values.get(tags)
        if isinstance(value, dict):
            for key in sorted(value):
                if key.lower() in ENVIRONMENT_KEYS and isinstance(value[key], str):
                    yield value[key], resource.at(tags)
                    return
    listed = resource.values.get("tag")
    for tag in listed if isinstance(listed, list) else ():
        if isinstance(tag, dict) and str(tag.get("key")).lower() in ENVIRONMENT_KEYS:
            yield str(tag.get("value")), resource.at("tag")
            return


def _period(value: Any, hours: float, at: Span, endless: bool) -> s.Period | None:
    text = str(value).removesuffix("s")
    try:
        number = float(text)
    except ValueError:
        return None
    if number == 0:
        return s.Unlimited(at) if endless else None
    total = round(number * hours, 6)
    if total < 1 or total != int(total):
        return None
    days, rest = divmod(int(total), 24)
    return s.Length(int(total), "hours", at) if rest else s.Length(days, "days", at)


def _list(counted: Counter[str]) -> str:
    """`a (2), b`: what is counted, by name."""
    return ", ".join(f"{key} ({n})" if n > 1 else key for key, n in sorted(counted.items()))
