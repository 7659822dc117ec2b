"""Settings: the environment and arguments of containers, with what config maps bring, and without secrets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lawful.importers._collectors import Sink, sinks, sinks_of
from lawful.importers._commands import arguments
from lawful.importers._hosts import UNKNOWN
from lawful.importers._keys import keys
from lawful.importers._kubernetes.custom import COLLECTOR, within
from lawful.importers._kubernetes.objects import Object
from lawful.importers._kubernetes.volumes import Volume, Volumes, kept_in
from lawful.importers._settings import from_file
from lawful.importers._written import Yaml
from lawful_dsl.frozen import frozen

_REFERENCE = re.compile(r"\$(?:(\$)|\(([A-Za-z_][\w.-]*)\))")
#: A line of a file that is no remark: `url: http://db`, `server db:80;`, `- db:80`.
_LINE = re.compile(
    r"(?>\s*(?:-\s+)*[\[{\s]*)(?!#|//|;|--|/?\*|<!--|echo\b|printf\b)"
    r"(?:[\"']?(?P<key>[A-Za-z_][\w.-]*)[\"']?(?:\s*[:=]\s*|\s+)(?!//))?(?P<text>.*?)(?:\s#.*)?$"
)
_CONTAINERS = "initContainers>a_container containers>a_container ephemeralContainers>a_container"
_KEYS = keys(
    "Kubernetes",
    a_pod=(
        f"{_CONTAINERS} activeDeadlineSeconds affinity automountServiceAccountToken dnsConfig dnsPolicy "
        "enableServiceLinks hostAliases hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride "
        "imagePullSecrets nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName "
        "readinessGates resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates "
        "securityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain "
        "terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes>a_volume workloadRef $*"
    ),
    a_StatefulSet=(
        "replicas selector template serviceName volumeClaimTemplates podManagementPolicy updateStrategy "
        "revisionHistoryLimit minReadySeconds persistentVolumeClaimRetentionPolicy ordinals $*"
    ),
    a_volume=(
        "name awsElasticBlockStore azureDisk azureFile cephfs cinder configMap csi>a_driver downwardAPI "
        "emptyDir ephemeral fc flexVolume flocker gcePersistentDisk gitRepo glusterfs hostPath image iscsi "
        "nfs>an_export persistentVolumeClaim>a_claim photonPersistentDisk portworxVolume projected quobyte rbd "
        "scaleIO secret storageos vsphereVolume $*"
    ),
    a_driver="driver fsType nodePublishSecretRef readOnly volumeAttributes",
    an_export="server path readOnly",
    a_claim="claimName readOnly",
    what_is_like_a_pod=f"{_CONTAINERS} *",
    a_container=(
        "args command env>a_variable envFrom>a_set_of_variables image imagePullPolicy lifecycle livenessProbe "
        "name ports>a_port readinessProbe resizePolicy resources restartPolicy restartPolicyRules "
        "securityContext startupProbe stdin stdinOnce targetContainerName terminationMessagePath "
        "terminationMessagePolicy tty volumeDevices volumeMounts>a_mount workingDir $*"
    ),
    a_variable="name value valueFrom>the_source_of_a_variable $*",
    the_source_of_a_variable="configMapKeyRef secretKeyRef fieldRef resourceFieldRef fileKeyRef",
    a_set_of_variables="prefix configMapRef secretRef",
    a_port="name containerPort hostPort hostIP protocol $*",
    a_mount="name mountPath subPath subPathExpr readOnly recursiveReadOnly mountPropagation $*",
)
#: The groups whose workloads have pods and nothing like them; the pods of others may say more.
_PLAIN = ("", "apps", "batch")
#: What is said of the pod itself.
_OF_ITSELF = frozenset(("fieldRef", "resourceFieldRef"))
#: Volumes that lie with the pod, its machine or a claim, and what else stands beside a volume.
_NEAR = frozenset(
    re.findall(
        r"\w+",
        "name configMap secret projected downwardAPI emptyDir persistentVolumeClaim hostPath ephemeral image local"
        " accessModes capacity claimRef mountOptions nodeAffinity persistentVolumeReclaimPolicy storageClassName"
        " volumeAttributesClassName volumeMode",
    )
)
#: Volumes of files that are not here, which may be settings.
_MAY_HOLD = frozenset(("secret", "configMap", "projected", "csi", "hostPath"))
_FILES = "config maps that are mounted as files: of them only services, and sinks of collectors, are read"
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
#: A value may grow to so many characters by the variables in it.
_LONGEST = 100_000


@frozen
class Setting:
    """A key, its text and where it stands."""

    key: str
    text: str
    said: Yaml
    word: str = "env"
    behind: str = ""


#: Texts that a workload has as files, each with the word of its volume.
Held = Sequence[tuple[Yaml, str]]


def lines(held: Held) -> Iterator[Setting]:
    """The lines of files, each with the word that it begins with."""
    for file, word in held:
        for line in file.text.splitlines():
            if found := _LINE.match(line):
                yield Setting(found["key"] or "", found["text"], file, word)


def collected(
    workload: Object, held: Held, settings: Iterable[Setting]
) -> Iterator[tuple[Sink, Yaml, str]]:
    """To whom a workload sends what it gathers from others, by its files, and by what its object says."""
    known = {each.key: each.text for each in settings if each.word == "env"}
    for file, word in held:
        yield from ((sink, file, word) for sink in sinks(file.text, known))
    if workload.kind == COLLECTOR:
        config = workload.said.at("spec", "config")
        found = sinks(config.text, known) if config.text else sinks_of(config, known)
        yield from ((sink, config, "spec.config") for sink in found)


@dataclass
class Settings:
    """What containers are told; what is not read is counted."""

    maps: Mapping[tuple[str, str], Yaml]
    injected: Mapping[str, Mapping[str, str]]
    volumes: Volumes
    counts: Counter[str] = field(default_factory=Counter)

    def of(self, workload: Object) -> Iterator[Setting]:
        """The settings of all containers of a workload."""
        spec = workload.pods.at("spec")
        what = "a pod" if workload.group in _PLAIN else "what is like a pod"
        self.counts.update(_KEYS.strange(what, spec))
        if workload.kind == "StatefulSet" and workload.group in _PLAIN:
            self.counts.update(_KEYS.strange("a StatefulSet", workload.said.at("spec")))
        for word in ("initContainers", "containers", "ephemeralContainers"):
            for container in spec.at(word).items:
                yield from self.container(container, workload.namespace)
        for volume in self.volumes.of(workload):
            yield from self.elsewhere(volume)

    def elsewhere(self, volume: Volume) -> Iterator[Setting]:
        """What a volume says of the machines that it lies on, where it lies with none of the pod."""
        lies = volume.lies
        for kind in sorted(() if kept_in(lies) else lies.entries.keys() - _NEAR):
            self.counts["volumes that lie elsewhere: of them only hosts are read"] += 1
            said = lies.at(kind, "volumeAttributes") if kind == "csi" else lies.at(kind)
            for key, text, at in within(said):
                yield Setting(key, text, at, f"volumes.{volume.name}")

    def held(self, workload: Object) -> Iterator[tuple[Yaml, str]]:
        """The config maps that a workload has as files, each text with the word of its volume."""
        for volume in workload.pods.at("spec", "volumes").items:
            projected = (each.at("configMap") for each in volume.at("projected", "sources").items)
            for source in (volume.at("configMap"), *projected):
                if source.value is None:
                    continue
                self.counts[_FILES] += 1
                wanted = {each.at("key").text for each in source.at("items").items}
                for key, file in self.data(source, workload.namespace).entries.items():
                    if not wanted or key in wanted:
                        yield file, f"volumes.{volume.at('name').text}"

    def container(self, container: Yaml, namespace: str) -> Iterator[Setting]:
        """The settings of one container."""
        known = {
            name: Setting(name, host, container)
            for name, host in self.injected.get(namespace, {}).items()
        }
        said: dict[str, Setting] = {}
        for each in (*self.taken_in(container, namespace), *self.declared(container, namespace)):
            text = self.replaced(each.text, {**known, **said})
            key, text = from_file(each.key, text)
            said[each.key] = replace(each, key=key, text=text)
        yield from said.values()
        for word in ("command", "args"):
            yield from self.arguments(container.at(word), {**known, **said}, word)
        yield from self.hooks(container, {**known, **said})

    def hooks(self, container: Yaml, known: Mapping[str, Setting]) -> Iterator[Setting]:
        """What a container runs, or asks, when it starts and before it stops. Checks of health are counted."""
        for when in ("postStart", "preStop"):
            word, hook = f"lifecycle.{when}", container.at("lifecycle", when)
            yield from self.arguments(hook.at("exec", "command"), known, word)
            for way, scheme in (("httpGet", hook.at("httpGet", "scheme").text), ("tcpSocket", "")):
                asked = hook.at(way, "host")
                if asked.text:
                    yield Setting("", f"{scheme.lower() or 'tcp'}://{asked.text}", asked, word)
        for probe in map(container.at, _PROBES):
            asks = probe.at("httpGet", "host").text or probe.at("tcpSocket", "host").text
            if asks or probe.at("exec").value is not None:
                self.counts["checks of health that ask a host, or run a program: no flow"] += 1

    def taken_in(self, container: Yaml, namespace: str) -> Iterator[Setting]:
        """The variables of whole config maps."""
        for entry in container.at("envFrom").items:
            reference = entry.at("configMapRef")
            if entry.at("secretRef").value is not None:
                self.counts["settings from secrets: not read"] += 1
            elif reference.value is not None:
                data = self.data(reference, namespace)
                for key, value in data.entries.items():
                    yield Setting(f"{entry.at('prefix').text}{key}", value.text, value)

    def declared(self, container: Yaml, namespace: str) -> Iterator[Setting]:
        """The variables that a container names."""
        for entry in container.at("env").items:
            name, source = entry.at("name").text, entry.at("valueFrom")
            if source.at("configMapKeyRef").value is not None:
                reference = source.at("configMapKeyRef")
                key = reference.at("key").text
                value = self.data(reference, namespace).at(key)
                if value.value is None:
                    yield Setting(name, UNKNOWN, entry, behind=key)
                else:
                    yield Setting(name, value.text, value)
            elif source.at("secretKeyRef").value is not None:
                self.counts["settings from secrets: not read"] += 1
                yield Setting(name, UNKNOWN, entry, behind=source.at("secretKeyRef", "key").text)
            elif source.value is not None:
                own = _OF_ITSELF.isdisjoint(source.entries)
                yield Setting(name, UNKNOWN * own, entry)
            else:
                yield Setting(name, entry.at("value").text, entry)

    def data(self, reference: Yaml, namespace: str) -> Yaml:
        """What a config map holds; one that is not there is counted."""
        found = self.maps.get((namespace, reference.at("name").text))
        if found is None:
            self.counts["config maps that are not here: what they hold is not known"] += 1
            return Yaml(None, reference.span)
        return found.at("data")

    def replaced(self, text: str, known: Mapping[str, Setting], *, shell: bool = False) -> str:
        """A text with the variables in it replaced; in one for a shell, `$(date)` may be a command."""

        def value(found: re.Match[str]) -> str:
            if found[1]:
                return "$"
            if found[2] in known:
                return known[found[2]].text
            return found[0] if shell and found[2] != found[2].upper() else UNKNOWN

        done = _REFERENCE.sub(value, text)
        return done if len(done) <= _LONGEST else UNKNOWN

    def arguments(self, words: Yaml, known: Mapping[str, Setting], of: str) -> Iterator[Setting]:
        """The words of a command, each with the flag whose value it is."""
        told = (self.replaced(word.text, known, shell=True) for word in words.items)
        for key, text in arguments(told):
            yield Setting(key, text, words, of)

    def hidden(self, workload: Object) -> Iterator[tuple[str, str, Yaml]]:
        """What is told to a workload that is not here or not read: the word, a name, and where it stands.

        Of what may hold any number of settings there is no name.
        """
        spec = workload.pods.at("spec")
        for word in ("initContainers", "containers", "ephemeralContainers"):
            for entry in (e for c in spec.at(word).items for e in c.at("envFrom").items):
                config = entry.at("configMapRef", "name").text
                if not config or (workload.namespace, config) not in self.maps:
                    yield "envFrom", "", entry
        for volume in self.volumes.of(workload):
            if volume.said.entries.keys() & _MAY_HOLD or volume.lies.value is None:
                yield "volumes", volume.name, volume.said
        annotations = workload.pods.at("metadata", "annotations")
        for key, said in annotations.entries.items():
            if "inject-secret" in key:
                yield "annotations", key.rpartition("/")[2], said
