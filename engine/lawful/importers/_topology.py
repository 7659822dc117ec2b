"""Topology: nodes and who calls whom, gathered from files of deployment, as a system.

A flow goes from who calls to who is called. What comes back in answers is not written, since no such
file says it; a notice counts the flows of which that holds. Where its nodes stand, which is where their
machines do, it does not say either: `in unknown`, so that they are not taken to be where their owner is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lawful.importers import LATER, Imported, Notice, Setting
from lawful.importers._hosts import (
    Mention,
    is_bucket,
    is_itself,
    is_outside,
    looks_public,
    standing,
)
from lawful.importers._words import names, nowhere
from lawful_dsl import syntax as s
from lawful_dsl.source import Span

#: The vocabularies of what is said here of nodes, and of flows and environments.
INFRASTRUCTURE = "infrastructure"
COMMON = "common"


@dataclass
class _Call:
    """Who calls whom, where that is said first, and what each setting says of TLS."""

    span: Span
    tls: list[bool | None] = field(default_factory=list)


@dataclass
class Topology:
    """What is gathered; of nodes and flows said twice, what the first says stands."""

    nodes: dict[str, s.NodeDecl] = field(default_factory=dict)
    calls: dict[tuple[str, str], _Call] = field(default_factory=dict)
    mounts: dict[tuple[str, str], Span] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    encrypted: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    #: The stores outside that clouds keep, beside buckets.
    clouds: set[str] = field(default_factory=set)
    #: The nodes that others know under names of their own, by those.
    answers: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Setting] = field(default_factory=dict)

    def node(
        self,
        kind: str,
        id: str,
        span: Span,
        *,
        label: str = "",
        exposed: bool = False,
        environment: str = "",
        later: bool = False,
        places: tuple[str, ...] = (),
    ) -> None:
        """A node; one that is reached from outside says so, and so does one of an environment, or one not known."""
        place = s.Property("in", s.Names(names(places, span), span=span), span) if places else None
        props: list[s.Prop] = [] if kind == "recipient" else [place or nowhere(span)]
        if environment:
            self.used.add(COMMON)
            props.append(s.Property("", s.Names((s.Name(environment, span),), span=span), span))
        for word, holds in (("exposed", exposed), (LATER, later)):
            if holds:
                self.used.add(INFRASTRUCTURE)
                props.append(s.Value(s.Name(word, span), s.Name("yes", span), span))
        text = s.Text(label, "", span) if label and label != id else None
        self.nodes.setdefault(
            id, s.NodeDecl(kind, s.Name(id, span), text, None, tuple(props), span)
        )

    def setting(
        self,
        node: str,
        id: str,
        span: Span,
        *,
        unread: bool = False,
        whole: bool = False,
        names: str = "",
        mentions: frozenset[str] = frozenset(),
    ) -> None:
        """A setting of a node, with one whom it names; of several under one id it is all that they are."""
        was = self.settings.get(id, Setting(node, id, frozenset(), span))
        told = was.names | ({names} if names else frozenset())
        self.settings[id] = replace(
            was,
            names=told,
            unread=was.unread or unread,
            whole=was.whole or whole,
            mentions=was.mentions | mentions,
        )

    def standing(self, node: str, id: str, texts: Iterable[str], span: Span) -> None:
        """Who stands in plain letters in what is said of a node, and is not followed."""
        if found := frozenset[str]().union(*map(standing, texts)):
            self.setting(node, id, span, mentions=found)

    def call(
        self, source: str, targets: Iterable[str], span: Span, tls: bool | None, setting: str
    ) -> None:
        """One node calls others, as a setting says; calls of itself are no flows."""
        for target in targets:
            if target != source:
                self.setting(source, setting, span, unread=False, names=target)
                self.calls.setdefault((source, target), _Call(span)).tls.append(tls)

    def bring(self, source: str, target: str, span: Span) -> None:
        """Data come from one node to another, which calls it."""
        if source != target:
            self.calls.setdefault((source, target), _Call(span)).tls.append(None)

    def outside(self, source: str, mention: Mention, span: Span, setting: str) -> None:
        """One node calls a host that is none of the nodes; whoever cannot be told is called after the setting."""
        host = mention.host
        if mention.why:
            self.counts[mention.why] += 1
        elif not host and mention.sure:
            self.somebody(source, setting, span)
        elif not host:
            self.counts["addresses that turn on what has no value here: unknown"] += 1
        elif is_bucket(host):
            self.node("store", host, span)
            self.call(source, (host,), span, mention.tls, setting)
        elif is_itself(host):
            self.counts["addresses of the machine itself: no flow"] += 1
        elif is_outside(host):
            if mention.sure:
                self.node("recipient", host, span)
                self.call(source, (host,), span, mention.tls, setting)
            elif looks_public(host):
                self.counts[
                    "names that may be hosts of the public net, under keys that are not called after one: no flow"
                ] += 1
        elif "." in host and mention.sure:
            self.counts[
                "addresses that are of no node here, and not of the public net: no flow"
            ] += 1
        elif mention.sure:
            self.counts["names that are of no node here: no flow"] += 1

    def service_of_cloud(
        self, source: str, id: str, places: tuple[str, ...], span: Span, setting: str
    ) -> None:
        """One node sends to a store that a cloud keeps."""
        self.node("store", id, span, places=places)
        self.clouds.add(id)
        self.call(source, (id,), span, None, setting)

    def somebody(self, source: str, id: str, span: Span) -> None:
        """One node calls somebody of whom nothing is known."""
        if id not in self.nodes:
            self.counts[
                "settings name somebody who is not told here, and is a node of its own"
            ] += 1
        self.node("store", id, span, label="Not told here", later=True)
        self.call(source, (id,), span, None, id)

    def mount(self, reader: str, volume: str, span: Span, *, writes: bool) -> None:
        """One node reads what several share, and writes it unless it may not."""
        self.mounts.setdefault((volume, reader), span)
        if writes:
            self.mounts.setdefault((reader, volume), span)

    def count(self, text: str, number: int = 1) -> None:
        """Count what has no equal here."""
        self.counts[text] += number

    def imported(self, name: str, span: Span) -> Imported:
        """All of it as a system, sorted: the order of the files says nothing."""
        flows = [
            self.flow(source, target, call.span, bool(call.tls) and all(call.tls))
            for (source, target), call in self.calls.items()
        ]
        flows += [
            self.flow(source, target, span, False) for (source, target), span in self.mounts.items()
        ]
        flows.sort(key=lambda flow: (flow.source.text, flow.target.text))
        if self.calls:
            self.count(
                "flows from who calls to who is called: what answers bring back is not said",
                len(self.calls),
            )
        nodes = sorted(
            self.nodes.values(), key=lambda node: (node.kind == "recipient", node.id.text)
        )
        uses = (
            (s.Use(tuple(s.Name(each) for each in sorted(self.used)), span),) if self.used else ()
        )
        head = s.System(s.Name(name), span=span)
        notices = tuple(Notice(n, text) for text, n in sorted(self.counts.items()) if n)
        outside = {
            node.id.text: (node.id.text,)
            for node in nodes
            if node.kind == "recipient" or is_bucket(node.id.text) or node.id.text in self.clouds
        }
        tree = s.Flows((head, *uses, *nodes, *flows), span)
        return Imported(
            tree,
            notices=notices,
            outside=outside,
            answers=self.answers,
            derived=dict(self.derived()),
            settings=tuple(self.settings.values()),
        )

    def derived(self) -> Iterator[tuple[tuple[str, str], str]]:
        """How flows were found: no file of deployment tells of any."""
        for source, target in self.mounts:
            yield (f"{source} -> {target}", ""), "a volume that is mounted"
        for source, target in self.calls:
            thing = f"{source} -> {target}"
            yield (thing, ""), "an address or a name among settings"
            yield (thing, "using"), "the scheme of the address, or the settings of its target"

    def flow(self, source: str, target: str, span: Span, tls: bool) -> s.FlowDecl:
        """A flow: what it carries nobody says."""
        props: list[s.Prop] = []
        if tls or ((source, target) in self.calls and target in self.encrypted):
            self.used.add(COMMON)
            props.append(s.Property("using", s.Names((s.Name("tls", span),), True, span), span))
        return s.FlowDecl(
            None, s.Name(source, span), s.Name(target, span), None, tuple(props), span
        )
