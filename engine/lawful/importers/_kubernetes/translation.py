"""Translation: workloads as nodes, what their settings name as flows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lawful.importers import Imported
from lawful.importers._collectors import Sink, by_kind, is_addressed, of_cloud
from lawful.importers._environments import ENVIRONMENTS
from lawful.importers._hosts import (
    UNKNOWN,
    Mention,
    is_outside,
    is_told,
    looks_public,
    may_be_of_host,
    mentions,
    standing,
)
from lawful.importers._kubernetes.buckets import buckets
from lawful.importers._kubernetes.clouds import made
from lawful.importers._kubernetes.custom import custom, named_in, owner
from lawful.importers._kubernetes.events import comes_from, is_way, ways
from lawful.importers._kubernetes.mesh import apart, ruled, strict
from lawful.importers._kubernetes.objects import DEFAULT, Object, Objects, texts
from lawful.importers._kubernetes.routing import ROUTES, Routing, is_elsewhere, routed
from lawful.importers._kubernetes.settings import Setting, Settings, collected, lines
from lawful.importers._kubernetes.volumes import Volume, is_of_cloud, kept_in, volumes_of
from lawful.importers._settings import setting_id
from lawful.importers._stores import keeps_data
from lawful.importers._topology import Topology
from lawful.importers._written import Yaml
from lawful_dsl.source import Span

_FOLLOWED = {
    "Service",
    "ConfigMap",
    "Ingress",
    "Route",
    "IngressRoute",
    "VirtualService",
    "ServiceEntry",
    "PeerAuthentication",
    "DestinationRule",
    "Namespace",
    "Endpoints",
    "EndpointSlice",
    *ROUTES,
}
#: What runs and ends: the image of a store is that of a client of it, as for a backup.
_RUN_ONCE = ("Job", "CronJob")
_ALLOWING = {
    "NetworkPolicy",
    "AuthorizationPolicy",
    "CiliumNetworkPolicy",
    "CiliumClusterwideNetworkPolicy",
}


def translate(objects: Objects, name: str, span: Span) -> Imported:
    """The system of all objects."""
    return gathered(objects)[1].imported(name, span)


def gathered(objects: Objects) -> tuple[Mapping[str, Object], Topology]:
    """What all objects tell, with the workloads by the ids of their nodes."""
    translation = _Translation(objects)
    for id, workload in translation.workloads.items():
        translation.node(id, workload)
    for host, said in translation.routing.outside.items():
        translation.topology.node("recipient", host, said.span)
    for id, workload in translation.workloads.items():
        settings = tuple(translation.settings.of(workload))
        for setting in settings:
            translation.named(id, workload, setting)
        held = tuple(translation.settings.held(workload))
        for sink, file, word in collected(workload, held, settings):
            translation.sent(id, workload, sink, Setting("", "", file, word))
        for line in lines(held):
            translation.named_in_file(id, workload, line)
        translation.hidden(id, workload)
    translation.customs()
    translation.events()
    translation.claims()
    translation.remarks()
    return translation.workloads, translation.topology


class _Translation:
    def __init__(self, objects: Objects) -> None:
        self.objects = objects
        self.topology = Topology(counts=objects.counts)
        self.workloads = dict(sorted(_workloads(objects, self.topology)))
        self.routing: Routing = routed(objects, self.workloads)
        self.topology.encrypted = strict(objects, self.workloads)
        self.ruled, self.apart = ruled(objects, self.routing), apart(objects, self.workloads)
        injected: dict[str, dict[str, str]] = {}
        for service in objects.of("Service"):
            variable = f"{service.name.upper().replace('-', '_')}_SERVICE_HOST"
            injected.setdefault(service.namespace, {})[variable] = service.name
        maps = {(each.namespace, each.name): each.said for each in objects.of("ConfigMap")}
        self.volumes = volumes_of(objects)
        self.settings = Settings(maps, injected, self.volumes, self.topology.counts)
        self.here = {each.namespace for each in objects.all}
        self.namespaces = {each.name: each for each in objects.of("Namespace")}
        self.shared = self.claimed()
        by_cloud = {id: made(each) for id, each in self.workloads.items()}
        #: The buckets that objects make, by what others call them.
        self.topology.answers = {m.bucket: id for id, m in by_cloud.items() if m and m.bucket}

    def claimed(self) -> Mapping[tuple[str, str], list[tuple[str, Volume]]]:
        """The workloads that use each claim of a volume."""
        users: dict[tuple[str, str], list[tuple[str, Volume]]] = {}
        for id, workload in self.workloads.items():
            for volume in self.volumes.of(workload):
                name = volume.said.at("persistentVolumeClaim", "claimName").text
                if name and not kept_in(volume.lies):
                    users.setdefault((workload.namespace, name), []).append((id, volume))
        return users

    def node(self, id: str, workload: Object) -> None:
        """A workload: a store by its image or by volumes of its own, else a service."""
        alone = any({user for user, _ in users} == {id} for users in self.shared.values())
        known, by_cloud = custom(workload), made(workload)
        keeps = (
            (known is not None and known.node == "store")
            or (workload.kind not in _RUN_ONCE and keeps_data(_image(workload)))
            or bool(workload.said.at("spec", "volumeClaimTemplates").items)
            or alone
        )
        self.topology.node(
            "store" if keeps else "service",
            id,
            workload.span,
            exposed=id in self.routing.exposed,
            environment=self.environment(workload),
            places=by_cloud.places if by_cloud else (),
        )

    def environment(self, workload: Object) -> str:
        """What the labels say of where a workload is run: its own, its pods', its namespace's."""
        said = [workload.said.at("metadata"), workload.pods.at("metadata")]
        if workload.namespace in self.namespaces:
            said.append(self.namespaces[workload.namespace].said.at("metadata"))
        for metadata in said:
            for key, value in (
                *texts(metadata.at("labels")).items(),
                *texts(metadata.at("annotations")).items(),
            ):
                if key.rpartition("/")[2] in ("env", "environment"):
                    if value.lower() in ENVIRONMENTS:
                        return ENVIRONMENTS[value.lower()]
                    self.topology.count(
                        "environments that labels name, and that are none of ours: not said"
                    )
        return ""

    def named(self, id: str, workload: Object, setting: Setting, told: str = "") -> None:
        """The flows to what one setting names, which may be told under the id of another one."""
        told, span = told or setting_id(id, setting.word, setting.key), setting.said.span
        found = tuple(mentions(setting.key, setting.text, setting.behind))
        unread = UNKNOWN in setting.text and may_be_of_host(setting.key) and not is_told(found)
        self.topology.setting(id, told, span, unread=unread, mentions=standing(setting.text))
        for mention in found:
            targets = self.routing.resolved(mention.host, workload.namespace)
            if targets is None and mention.host in self.routing.outside:
                targets = (mention.host,)
            if targets is None and mention.host in self.topology.answers:
                targets = (self.topology.answers[mention.host],)
            if targets is None and (
                is_elsewhere(mention.host) or self.is_in_namespace(mention.host)
            ):
                self.topology.count(
                    "addresses of services that are not here: no flow", mention.sure
                )
            elif targets is None:
                self.topology.outside(id, mention, span, told)
            elif not targets:
                self.topology.count("addresses of services that have no pods here: no flow")
            elif mention.sure:
                self.called(id, targets, mention, span, told)
            elif id not in targets:
                self.topology.setting(id, told, span, mentions=frozenset(targets))
                text = (
                    "settings that are the name of a service, and perhaps not its address: no flow"
                )
                self.topology.count(text)

    def named_in_file(self, id: str, workload: Object, line: Setting) -> None:
        """The flows to services that a line of a file names. Who is outside may stand there for many reasons."""
        told = setting_id(id, line.word, "")
        self.topology.standing(id, told, [line.text], line.said.span)
        for mention in mentions(line.key, line.text):
            targets = self.routing.resolved(mention.host, workload.namespace) or ()
            inside = [each for each in targets if each not in self.routing.outside]
            if inside and mention.sure:
                self.called(id, inside, mention, line.said.span, told)
            elif (
                mention.sure
                and (id, mention.host) not in self.topology.calls
                and (targets or (is_outside(mention.host) and looks_public(mention.host)))
            ):
                self.topology.count(
                    "hosts of the public net that files name which are mounted: no flow"
                )

    def sent(self, id: str, workload: Object, sink: Sink, at: Setting) -> None:
        """The flows to whom a collector sends: by an address, as a service of a cloud, or by the kind of sink alone."""
        store, places = of_cloud(sink)
        told = setting_id(id, at.word, "")
        if store:
            self.topology.service_of_cloud(id, store, places, at.said.span, told)
            return
        for key, text in sink.pairs:
            self.named(id, workload, replace(at, key=key, text=text), told)
        if not is_addressed(sink):
            self.topology.node("recipient", by_kind(id, sink), at.said.span)
            self.topology.call(id, (by_kind(id, sink),), at.said.span, None, told)

    def called(
        self, id: str, targets: Iterable[str], mention: Mention, span: Span, told: str
    ) -> None:
        """The flows to whom a setting names; by TLS too where a rule of the mesh says so."""
        for target in targets:
            by_rule = target in self.ruled and id not in self.apart
            self.topology.call(id, (target,), span, by_rule or mention.tls, told)

    def hidden(self, id: str, workload: Object) -> None:
        """What is told to a workload that is not here, or is not read."""
        for word, name, said in self.settings.hidden(workload):
            told = setting_id(id, word, name) if name else f"{id}.{word}"
            self.topology.setting(id, told, said.span, unread=True, whole=not name)
        for part, written in (
            ("metadata", workload.said.at("metadata")),
            ("template", workload.pods),
        ):
            self.topology.standing(
                id, f"{id}.{part}", written.texts("image", "env", "args"), written.span
            )

    def is_in_namespace(self, host: str) -> bool:
        """Whether a name is `a.b`, where objects are here that lie in the namespace `b`."""
        labels = host.split(".")
        return len(labels) == 2 and labels[1] in self.here

    def customs(self) -> None:
        """The flows to what objects name of which an operator makes workloads, and what belongs to these."""
        ours = {id(each): name for name, each in self.workloads.items() if custom(each)}
        for each in self.objects.all:
            if name := ours.get(id(each), "") or owner(each, self.workloads):
                spec = each.said.at("spec")
                for bucket in buckets(spec):
                    span = bucket.said.span
                    self.topology.node("store", bucket.id, span, places=bucket.places)
                    self.topology.call(name, (bucket.id,), span, None, f"{name}.spec.bucket")
                for key, text, at in named_in(each, spec):
                    self.named(name, each, Setting(key, text, at, "spec"))
                for brought in comes_from(each):
                    self.brought(name, each, brought)

    def brought(self, id: str, each: Object, said: Yaml) -> None:
        """The flows from those whom a part of a specification names."""
        for key, text, at in named_in(each, said):
            for mention in mentions(key, text):
                host, sources = mention.host, self.routing.resolved(mention.host, each.namespace)
                known = host in self.topology.nodes and mention.sure
                for source in sources or ((host,) if known else ()):
                    self.topology.bring(source, id, at.span)
        for bucket in buckets(said):
            self.topology.bring(bucket.id, id, bucket.said.span)

    def events(self) -> None:
        """The flows that Knative and Argo make, of which an object says whence and whither."""
        ours = {id(each): name for name, each in self.workloads.items()}
        for each in self.objects.all:
            for way in ways(each):
                own = [ours.get(id(each), "")]
                whence = self.referred(way.source, each, way.kind) if way.source else own
                whither = self.referred(way.target, each, way.kind) if way.target else own
                if not (whence and whither):
                    text = "ways of events from or to what is not here: no flow"
                    self.topology.count(text)
                for source in filter(None, whence):
                    setting = setting_id(source, "events", each.name)
                    self.topology.call(source, filter(None, whither), way.at.span, None, setting)

    def referred(self, said: Yaml, user: Object, of_kind: str = "") -> Sequence[str]:
        """The nodes that a reference of an object leads to: by kind and name, by name, or by an address."""
        ref = said.at("ref") if said.at("ref").entries else said
        kind, name = ref.at("kind").text, ref.at("name").text or said.text
        place = ref.at("namespace").text or user.namespace
        if kind == "Service":
            return self.routing.resolved(name, place) or ()
        found = [
            id
            for id, each in self.workloads.items()
            if (each.kind, each.namespace, each.name) == (kind or of_kind or "Broker", place, name)
        ]
        hosts = [mention.host for mention in mentions("uri", said.at("uri").text)]
        for host in hosts if not found else ():
            if is_outside(host) and not self.routing.resolved(host, place):
                self.topology.node("recipient", host, said.span)
                found.append(host)
            found += self.routing.resolved(host, place) or ()
        return found

    def claims(self) -> None:
        """Claims of volumes that several workloads use are stores between them, and what volumes lie on is one."""
        for (namespace, name), users in self.shared.items():
            if len({id for id, _ in users}) > 1:
                store = f"{_prefix(namespace)}claims.{name}"
                self.topology.node("store", store, users[0][1].said.span)
                for id, volume in users:
                    self.mounted(id, store, volume)
        for id, workload in self.workloads.items():
            for volume in self.volumes.of(workload):
                if store := kept_in(volume.lies):
                    store = self.topology.answers.get(store, store)
                    self.topology.node("store", store, volume.lies.span)
                    self.topology.clouds.update({store} if is_of_cloud(store) else ())
                    self.mounted(id, store, volume)

    def mounted(self, id: str, store: str, volume: Volume) -> None:
        """A workload reads a store that it mounts, and writes it unless it may not."""
        mounts = [
            mount
            for container in self.workloads[id].pods.at("spec", "containers").items
            for mount in container.at("volumeMounts").items
            if mount.at("name").text == volume.name
        ]
        told = setting_id(id, "volumes", volume.name)
        self.topology.setting(id, told, volume.said.span, names=store)
        read = bool(mounts) and all(m.at("readOnly").text == "true" for m in mounts)
        self.topology.mount(id, store, volume.said.span, writes=not (volume.reads or read))

    def annotated(self) -> int:
        """How many annotations of routes name somebody outside, as whoever gets a copy of requests."""
        said = (
            (key.rpartition("/")[2], text)
            for route in self.objects.of("Ingress", "Route", *ROUTES)
            for key, text in texts(route.said.at("metadata", "annotations")).items()
        )
        return sum(
            any(each.sure and is_outside(each.host) for each in mentions(key, text))
            for key, text in said
            if not key.startswith("last-applied")
        )

    def remarks(self) -> None:
        """What is said, and has no equal here."""
        count = self.topology.count
        count("balancers of the own network: not exposed", self.routing.internal)
        count("annotations of routes that name hosts of the public net: no flow", self.annotated())
        count("ways of routes to services that are not here: no flow", self.routing.lost)
        for each in self.objects.all:
            if each.kind in _ALLOWING:
                count("network policies: they say what may flow, and no flow is made of them")
            elif (
                each.pods.value is None
                and each.kind not in _FOLLOWED
                and id(each) not in self.volumes.used
                and not (custom(each) or owner(each, self.workloads) or is_way(each))
            ):
                kind = each.kind if re.fullmatch(r"\w+", each.kind) else "?"
                count(f"objects of kind `{kind}`: not read")


def _workloads(objects: Objects, topology: Topology) -> Iterator[tuple[str, Object]]:
    """The workloads by their ids: namespace, but for the default one, and name."""
    found = [each for each in objects.all if each.pods.value is not None or custom(each)]
    there = {(each.kind, each.namespace, each.name) for each in found}
    names = Counter((each.namespace, each.name) for each in found)
    for each in found:
        each.check()
        owners = each.said.at("metadata", "ownerReferences").items
        if any((o.at("kind").text, each.namespace, o.at("name").text) in there for o in owners):
            topology.count("workloads that another one here makes: taken as that one")
            continue
        kind = f"{each.kind.lower()}." if names[each.namespace, each.name] > 1 else ""
        yield f"{_prefix(each.namespace)}{kind}{each.name}", each


def _image(workload: Object) -> str:
    """The image of the first container, which a deployment of OpenShift may leave to what triggers it."""
    containers = workload.pods.at("spec", "containers").items
    container = containers[0] if containers else workload.pods
    said = container.at("image").text.strip()
    for trigger in workload.said.at("spec", "triggers").items if not said else ():
        change = trigger.at("imageChangeParams")
        if container.at("name").text in (each.text for each in change.at("containerNames").items):
            return change.at("from", "name").text
    return said


def _prefix(namespace: str) -> str:
    return "" if namespace == DEFAULT else f"{namespace}/"
