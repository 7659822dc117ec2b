"""Manifests: objects of Kubernetes that a plan applies as they are, read as the manifests that they are.

A provider is one cluster: what its objects call stands for the others that it applies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lawful.importers import LATER
from lawful.importers._hosts import is_bucket
from lawful.importers._kubernetes.objects import Object, Objects, objects_of
from lawful.importers._kubernetes.routing import routed
from lawful.importers._kubernetes.translation import gathered
from lawful.importers._terraform.hidden.later import Later
from lawful.importers._terraform.names.ends import End, Ends, Flow, Outside
from lawful.importers._terraform.objects.applied import (
    IS_WORKLOAD,
    is_applied,
    path_of,
    said,
    unread_in,
)
from lawful.importers._terraform.outside.exposure import INTERNET
from lawful.importers._terraform.state.providers import provider_key
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.arrows import ARROWS
from lawful.importers._topology import Topology
from lawful_dsl import syntax as s

#: The types of buckets by what others call one.
_BUCKETS = {"aws:s3": "aws_s3_bucket", "google:storage": "google_storage_bucket"}


@dataclass
class Manifests:
    """What manifests tell: flows, the kinds of nodes, who is not told, which were read, and what is counted."""

    flows: list[Flow] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


def read_manifests(ends: Ends, later: Later | None = None) -> Manifests:
    """What the manifests of a plan tell of one another and of others, each cluster by itself.

    Where it is told what was before, whoever was called then and may be called still is known later.
    """
    clusters: dict[str, list[Resource]] = {}
    for each in ends.plan.resources:
        if is_applied(each) and IS_WORKLOAD in each.values:
            key = provider_key(ends.configuration, each) or each.provider
            clusters.setdefault(key, []).append(each)
    found = Manifests()
    for applied in clusters.values():
        _Cluster(ends, applied, found).read()
    if later is not None and later.before is not None:
        found.flows += _hidden(ends, later, found)
    return found


def _hidden(ends: Ends, later: Later, found: Manifests) -> Iterator[Flow]:
    """The flows to whom manifests may name that named them before, and cannot be read now, or not all of them."""
    resources = {each.address: each for each in ends.plan.resources if not each.data}
    hiding = [each for each in resources.values() if is_applied(each) and _may_hide(each, found)]
    then = {each.address: past for each in hiding if (past := later.then(each))}
    if not then:
        return
    was, _ = next(iter(then.values()))  # all of a plan as it was
    gone = {flow.ends for flow in read_manifests(was).flows} - {flow.ends for flow in found.flows}
    users = [resources[source] for source, _ in sorted(gone) if source in resources]
    for each in (resources[address] for address in then if users):
        path = unread_in(each)
        later.told[each.address, path] = each.type
        somebody = Outside(f"{each.address}.{path}", "store", later=True)
        yield from (Flow(user, somebody, each.at(path)) for user in users)


def _may_hide(resource: Resource, found: Manifests) -> bool:
    """Whether a manifest is not read, or is one that others use and not all of which is known.

    What a workload says itself is told by its settings.
    """
    if resource.address not in found.read:
        return True
    return resource.address not in found.kinds and bool(unread_in(resource))


@dataclass
class _Cluster:
    """The manifests that are applied to one cluster."""

    ends: Ends
    applied: list[Resource]
    found: Manifests
    homes: dict[str, Resource] = field(default_factory=dict)

    def read(self) -> None:
        """All that they tell, with each workload under the address of who applies it."""
        objects = objects_of(said(each, n) for n, each in enumerate(self.applied, 1))
        workloads, topology = gathered(objects)
        self.homes = {id: self.applied[w.span.line - 1] for id, w in workloads.items()}
        self.found.read.update(each.address for each in self.applied)
        self.found.counts.update(topology.counts)
        for id, home in self.homes.items():
            node = topology.nodes[id]
            self.found.kinds[home.address] = node.kind
            if _says(node, "exposed"):
                self.found.flows.append(Flow(INTERNET, home, home.at(path_of(home))))
        told = {ends: call.span for ends, call in topology.calls.items()} | topology.mounts
        for (source, target), span in told.items():
            user = self.applied[span.line - 1]
            one, other = (self.end(id, user, topology) for id in (source, target))
            self.found.flows.append(Flow(one, other, user.at(path_of(user))))
        self.found.flows += self.referred(objects, workloads)

    def referred(self, objects: Objects, workloads: Mapping[str, Object]) -> Iterator[Flow]:
        """The flows to those for whom a service stands that an expression refers to, as to its name."""
        routing = routed(objects, workloads)
        served = {
            self.applied[each.span.line - 1].address: routing.resolved(each.name, each.namespace)
            for each in objects.of("Service")
        }
        for user in self.homes.values():
            for path in (each.target for each in ARROWS if each.type == user.type):
                for each, _ in self.ends.configuration.referred(user, path).resources:
                    for id in served.get(each.address) or ():
                        end = self.homes.get(id) or Outside(id, "recipient")
                        yield Flow(user, end, user.at(path))

    def end(self, id: str, user: Resource, topology: Topology) -> End:
        """Who is meant by the id of a node: who applies it, what the plan makes, or who is outside."""
        if id in self.homes:
            return self.homes[id]
        node = topology.nodes[id]
        if _says(node, LATER):
            owner = max((each for each in self.homes if id.startswith(f"{each}.")), key=len)
            hidden = f"{self.homes[owner].address}{id.removeprefix(owner)}"
            self.found.hidden.add(hidden)
            return Outside(hidden, "store", later=True)
        cloud, _, name = id.rpartition(":")
        type = _BUCKETS.get(cloud, "") if is_bucket(id) else ""
        made = self.ends.identities.meant(name if type else id, user, type)
        return made or Outside(id, node.kind)


def _says(node: s.NodeDecl, word: str) -> bool:
    """Whether a node says `WORD = yes`."""
    return any(isinstance(each, s.Value) and each.name.text == word for each in node.props)


def notices_of(counts: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """What is counted of the objects of Kubernetes, as it is told beside what is counted of a plan."""
    yield from ((number, f"in manifests: {text}") for text, number in sorted(counts.items()))
