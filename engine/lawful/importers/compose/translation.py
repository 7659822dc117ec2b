"""Translation: the services of a project as nodes, what they name as flows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lawful.importers import Imported
from lawful.importers._collectors import Sink, by_kind, is_addressed, of_cloud, sinks
from lawful.importers._commands import arguments
from lawful.importers._hosts import UNKNOWN, is_itself, is_told, may_be_of_host, mentions, standing
from lawful.importers._settings import from_file, setting_id
from lawful.importers._stores import keeps_data
from lawful.importers._topology import Topology
from lawful.importers._written import Yaml
from lawful.importers.compose.folders import is_folder, outermost
from lawful.importers.compose.keys import COMPOSE
from lawful.importers.compose.logs import cloud_logs, places_of
from lawful.importers.compose.merging import mount_of, normal
from lawful.importers.compose.ports import at_machine, to_whom
from lawful.importers.compose.project import Project

_NAME = re.compile(r"[A-Za-z0-9._-]+")
#: The key of a host, beside which another one may tell the port.
_OF_HOST = re.compile(r"^(.*)(?:HOST|HOSTNAME|HOST_NAME|SERVER|ADDR|ADDRESS)$")
#: What a service may say that may carry data and is not followed.
_NOT_FOLLOWED = {
    "build": "images that are built: addresses that they are built with are not read",
    "configs": "services with files of configuration: of them only sinks of collectors are read",
    "healthcheck": "services with a check of health: no flow",
    "labels": "services with labels: addresses in them are not read",
    "provider": "services that a provider runs: what it does is not known",
    "models": "services with models: no flow",
}
#: Parts of a service of which each setting is looked at by itself, and what it is made of.
_FOLLOWED = frozenset(("command", "entrypoint", "env_file", "environment", "image", "logging"))
#: Ports that expose nobody, or not for sure.
_NOT_EXPOSED = {
    "machine": "on the machine itself: not exposed",
    "unknown": "on an address that turns on a variable: not known whether exposed",
}
#: The machine on which all run, by the names that it has within a service.
_MACHINE = ("host.docker.internal", "gateway.docker.internal", "host.containers.internal")
_NOT_SHARED = "files and folders of the machine itself that several services mount: not followed"
_READ_BY_ALL = "folders that several services mount, and none may write: no flow"
_TOP = frozenset(("services", "volumes", "networks", "version", "name"))


def translate(project: Project, whole: Yaml, name: str) -> Imported:
    """The system of a project."""
    services = whole.at("services")
    if not isinstance(services.value, Mapping):
        services.reject(
            "there are no services here", "a file of Compose names them under `services`"
        )
    translation = _Translation(project, whole)
    for id, service in services.entries.items():
        translation.node(id, service)
    for id, service in services.entries.items():
        translation.addresses(id, service)
    for said in project.not_included:
        translation.topology.setting("", "include", said.span, unread=True, whole=True)
    translation.volumes()
    translation.remarks()
    return translation.topology.imported(name, whole.span)


class _Translation:
    def __init__(self, project: Project, whole: Yaml) -> None:
        self.project = project
        self.whole = whole
        self.services = whole.at("services").entries
        self.topology = Topology(counts=project.counts)
        self.called: dict[str, list[str]] = {}
        #: What each service has in its environment.
        self.told: dict[str, dict[str, tuple[str, Yaml]]] = {}
        #: Who is reached at a port of the machine.
        self.at_machine: dict[str, list[str]] = {}

    def node(self, id: str, service: Yaml) -> None:
        """A service, and the names by which others call it."""
        if not _NAME.fullmatch(id):
            service.reject(
                f"`{id}` is no name of a service", "use letters, digits, `.`, `_` and `-`"
            )
        if not isinstance(service.value, Mapping | None):
            service.reject(f"`{id}` is not a service", "say its `image`, `environment` and so on")
        ports = tuple(map(to_whom, service.at("ports").items))
        for where, said in _NOT_EXPOSED.items():
            self.topology.count(f"ports that are published {said}", ports.count(where))
        for port in filter(None, map(at_machine, service.at("ports").items)):
            self.at_machine.setdefault(port, []).append(id)
        image = service.at("image").text
        if UNKNOWN in image.partition(":")[0] and not keeps_data(image):
            self.topology.count("images whose name turns on a variable: taken for services")
        # An image that is built has no name but that of its service.
        kind = "store" if keeps_data(image or id) else "service"
        self.topology.node(kind, id, service.span, exposed="all" in ports)
        networks = service.at("networks").entries.values()
        names = [service.at("container_name").text, service.at("hostname").text]
        names += [each.text for network in networks for each in network.at("aliases").items]
        names += [
            network.at(key).text for network in networks for key in ("ipv4_address", "ipv6_address")
        ]
        for name in {each.lower() for each in names if each} - set(map(str.lower, self.services)):
            self.called.setdefault(name, []).append(id)
        self.called.setdefault(id.lower(), []).append(id)

    def addresses(self, id: str, service: Yaml) -> None:
        """The flows from a service to all that its settings name."""
        own = {**self.placed(service), **dict(self.linked(service))}
        self.told[id] = self.project.environment(service)
        for key, (text, said) in self.told[id].items():
            self.named(id, "environment", *from_file(key, text), said, own)
        commands = [(word, service.at(word)) for word in ("entrypoint", "command")]
        for when in ("post_start", "pre_stop"):
            for hook in map(normal, service.at(when).items):
                commands.append((when, hook.at("command")))
                for key, said in hook.at("environment").entries.items():
                    self.named(id, when, *from_file(key, said.text), said, own)
        for word, said in commands:
            for key, text in arguments(each.text for each in said.items or (said,)):
                self.named(id, word, key, text, said, own)
        for key, said in service.at("logging", "options").entries.items():
            self.named(id, "logging", key, said.text, said, own)
        self.logged(id, service.at("logging"))
        self.collected(id, service, own)
        self.hidden(id, service)
        for part in service.entries.keys() - _FOLLOWED:
            said = service.at(part)
            self.topology.standing(id, f"{id}.{part}", said.texts("image"), said.span)
        for key in _NOT_FOLLOWED.keys() & service.entries.keys():
            self.topology.count(_NOT_FOLLOWED[key])

    def named(
        self,
        id: str,
        word: str,
        key: str,
        text: str,
        said: Yaml,
        own: Mapping[str, str],
        setting: str = "",
    ) -> None:
        """The flows to what one setting names, which may be told under the id of another one."""
        behind = self.project.behind.get(said.span, "")
        setting = setting or setting_id(id, word, key)
        hides = UNKNOWN in text or (not text and bool(behind))
        found = tuple(mentions(key, text, behind if text == UNKNOWN else ""))
        unread = hides and may_be_of_host(key) and not is_told(found)
        self.topology.setting(id, setting, said.span, unread=unread, mentions=standing(text))
        for mention in found:
            targets = [own[mention.host]] if mention.host in own else self.called.get(mention.host)
            if targets is None and self.is_machine(id, mention.host):
                targets = self.at_machine.get(mention.port or self.port_beside(id, key))
            if targets is None:
                self.topology.outside(id, mention, said.span, setting)
            elif mention.sure:
                self.topology.call(id, targets, said.span, mention.tls, setting)
            elif id not in targets:
                self.topology.setting(id, setting, said.span, mentions=frozenset(targets))
                self.topology.count(
                    "settings that are the name of a service, and perhaps not its address: no flow"
                )

    def port_beside(self, id: str, key: str) -> str:
        """The port that is told beside a host, under a key of its own: `DB_PORT` beside `DB_HOST`."""
        named = _OF_HOST.sub(r"\1PORT", key)
        return self.told[id].get(named, ("", None))[0] if named != key else ""

    def is_machine(self, id: str, host: str) -> bool:
        """Whether a name is, for a service, the machine on which all of them run."""
        service = self.services[id]
        given = service.at("extra_hosts").entries.get(host)
        if host in _MACHINE or (given is not None and given.text == "host-gateway"):
            return True
        return is_itself(host) and service.at("network_mode").text == "host"

    def collected(self, id: str, service: Yaml, own: Mapping[str, str]) -> None:
        """The flows to whom a service sends what it gathers from others, by files that stand here or lie beside."""
        known = {key: text for key, (text, _) in self.told[id].items()}
        for item in service.at("configs").items:
            name = item.text or item.at("source").text
            config = self.whole.at("configs", name)
            text = config.at("content").text or self.project.text_of(config.at("file"))
            for sink in sinks(text, known):
                self.sent(id, sink, item, own, setting_id(id, "configs", name))
        for volume in service.at("volumes").items:
            source = replace(volume, value=mount_of(volume)[0])
            for sink in sinks(self.project.text_of(source), known):
                self.sent(id, sink, volume, own, _mounted(id, volume))

    def sent(self, id: str, sink: Sink, at: Yaml, own: Mapping[str, str], setting: str) -> None:
        """The flows to whom a collector sends: by an address, as a service of a cloud, or by the kind of sink alone."""
        store, places = of_cloud(sink)
        if store:
            self.topology.service_of_cloud(id, store, places, at.span, setting)
            return
        for key, text in sink.pairs:
            self.named(id, "volumes", key, text, at, own, setting)
        if not is_addressed(sink):
            self.topology.node("recipient", by_kind(id, sink), at.span)
            self.topology.call(id, (by_kind(id, sink),), at.span, None, setting)

    def logged(self, id: str, said: Yaml) -> None:
        """The flow to the logs of a cloud that what a service writes is sent to."""
        setting = f"{id}.logging"
        sent = cloud_logs(said)
        if sent is None:
            return
        self.topology.setting(id, setting, said.span, unread=not sent)
        if sent:
            self.topology.service_of_cloud(id, sent, places_of(said), said.span, setting)
        else:
            self.topology.somebody(id, setting, said.span)

    def hidden(self, id: str, service: Yaml) -> None:
        """What is told to a service that stands in what is not there, or is not read."""
        for word in ("env_file", "extends"):
            for said in self.project.missed(service, word):
                self.topology.setting(id, f"{id}.{word}", said.span, unread=True, whole=True)
        for volume in service.at("volumes").items:
            if is_folder(source := mount_of(volume)[0]) or UNKNOWN in source:
                self.topology.setting(id, _mounted(id, volume), volume.span, unread=True)
        for word in ("secrets", "configs"):
            for said in service.at(word).items:
                name = said.text or said.at("source").text
                self.topology.setting(id, setting_id(id, word, name), said.span, unread=True)

    def placed(self, service: Yaml) -> Mapping[str, str]:
        """The names that a service gives to the fixed addresses of others."""
        names = service.at("extra_hosts").entries.items()
        found = {
            name.lower(): self.called.get(said.text.strip().lower(), []) for name, said in names
        }
        return {name: ids[0] for name, ids in found.items() if ids}

    def linked(self, service: Yaml) -> Iterator[tuple[str, str]]:
        """The names that links give to other services, for this one."""
        for link in service.at("links").items:
            target, _, alias = link.text.partition(":")
            if target in self.services:
                yield (alias or target).lower(), target

    def volumes(self) -> None:
        """What several services mount is a store between them."""
        users: dict[str, list[tuple[str, Yaml, bool]]] = {}
        folders: set[str] = set()
        for id in self.services:
            for volume, writes in self.mounts(id):
                source, _, may_write = mount_of(volume)
                folder = self.project.folder(source, volume)
                folders |= {folder} - {""}
                at = folder or source
                users.setdefault(at, []).append((id, volume, writes and may_write))
                self.kept_elsewhere(id, source)
        for source in folders:
            if (around := outermost(source, folders)) != source:
                users[around] += users.pop(source)
        for source, mounts in users.items():
            several = len({id for id, _, _ in mounts}) > 1
            if source in folders:
                # Where nobody writes, nothing comes from one to the other.
                if several and any(writes for _, _, writes in mounts):
                    self.between(source, mounts)
                elif several:
                    self.topology.count(_READ_BY_ALL)
            elif is_folder(source) or not _NAME.fullmatch(source):
                self.topology.count(_NOT_SHARED, several)
            elif several:
                self.between(f"volumes.{source}", mounts)
            else:
                text = "volumes that one service has alone: what it keeps there is kept at its node"
                self.topology.count(text)

    def between(self, store: str, mounts: Sequence[tuple[str, Yaml, bool]]) -> None:
        """A store between those who mount it."""
        self.topology.node("store", store, mounts[0][1].span)
        for id, volume, writes in mounts:
            self.topology.setting(id, _mounted(id, volume), volume.span, names=store)
            self.topology.mount(id, store, volume.span, writes=writes)

    def kept_elsewhere(self, id: str, volume: str) -> None:
        """The flows to the machine that a volume lies on, where its driver is told one."""
        for key, said in self.whole.at("volumes", volume, "driver_opts").entries.items():
            for mention in mentions(key, said.text.replace(",", " ")):
                self.topology.outside(id, mention, said.span, setting_id(id, "volumes", volume))

    def mounts(self, id: str, seen: frozenset[str] = frozenset()) -> Iterator[tuple[Yaml, bool]]:
        """The mounts of a service, with those that it takes from others, and whether it may write."""
        service = self.services.get(id)
        if service is None or id in seen:
            return
        for volume in service.at("volumes").items:
            if mount_of(volume)[0]:
                yield volume, True
        for taken in service.at("volumes_from").items:
            other, _, mode = taken.text.partition(":")
            for volume, writes in self.mounts(other, seen | {id}):
                yield volume, writes and mode != "ro"

    def remarks(self) -> None:
        """What is said, and has no equal here."""
        count = self.topology.count
        asked = {(id, other) for id in self.services for other in self.waited_for(id)}
        asked -= self.topology.calls.keys()
        count(
            "services that wait for one, or are linked to one, that no address names: no flow",
            len(asked),
        )
        alone = [id for id, s in self.services.items() if s.at("profiles").items]
        count("services that run with a profile alone: here they are all", len(alone))
        shared = [id for id, s in self.services.items() if ":" in s.at("network_mode").text]
        count("services in the network of another: who calls them there is not seen", len(shared))
        hosts = [id for id, s in self.services.items() if s.at("network_mode").text == "host"]
        count("services in the network of the machine: not known whether exposed", len(hosts))
        count("variables without a value: what they name is not known", len(self.project.missing))
        for service in self.services.values():
            for text in COMPOSE.strange("a service", service.entries):
                count(text)
        for key in self.whole.entries.keys() - _TOP:
            if not key.startswith("x-"):
                count(f"part `{_shown(key)}` of the file: not read")

    def waited_for(self, id: str) -> set[str]:
        """The services for which one waits, or to which it is linked."""
        service = self.services[id]
        return set(service.at("depends_on").entries) | {other for _, other in self.linked(service)}


def _mounted(id: str, volume: Yaml) -> str:
    """What the setting of a mount is called: after the path at which a service has it."""
    return setting_id(id, "volumes", re.sub(r"\W+", ".", mount_of(volume)[1]).strip("."))


def _shown(key: str) -> str:
    return key if _NAME.fullmatch(key) else "?"
