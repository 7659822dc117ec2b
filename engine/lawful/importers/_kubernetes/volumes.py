"""Volumes: what those lie on that workloads mount: by themselves, or by a claim and the volume or class behind it.

As of November 2026, by the documentation of the drivers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lawful.importers._hosts import UNKNOWN, is_outside
from lawful.importers._kubernetes.objects import Object, Objects
from lawful.importers._written import Yaml
from lawful_dsl.frozen import frozen

#: Of each driver the setting that names what a volume lies on, and what that is called in other files.
_DRIVERS = {
    "blob.csi.azure.com": ("storageAccount", "azure:storageaccounts:"),
    "efs.csi.aws.com": ("fileSystemId", "aws:elasticfilesystem:file-system/"),
    "file.csi.azure.com": ("storageAccount", "azure:storageaccounts:"),
    "fsx.csi.aws.com": ("fileSystemId", "aws:fsx:file-system/"),
    "gcsfuse.csi.storage.gke.io": ("bucketName", "google:storage:"),
    "s3.csi.aws.com": ("bucketName", "aws:s3:"),
}
#: Those of them whose volumes have for their handle the name of that, and perhaps a path after it.
_BY_HANDLE = ("efs.csi.aws.com", "fsx.csi.aws.com", "gcsfuse.csi.storage.gke.io")
#: A machine by its address or its whole name, and no service, which has one label or two.
_OWN_NETWORK = re.compile(r"[\w-]+(?:\.[\w-]+){2,}")
_NAME = re.compile(r"[\w.-]+")


@frozen
class Volume:
    """What a workload mounts: under which name, where it says so, what it lies on, and whether only to read."""

    name: str
    said: Yaml
    lies: Yaml
    reads: bool = False


@dataclass
class Volumes:
    """The volumes behind claims; `used` are the objects that say what one lies on."""

    claims: dict[tuple[str, str], Object] = field(default_factory=dict)
    volumes: dict[str, Object] = field(default_factory=dict)
    bound: dict[tuple[str, str], Object] = field(default_factory=dict)
    classes: dict[str, Object] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def of(self, workload: Object) -> Iterator[Volume]:
        """The volumes of the pods of a workload."""
        for volume in workload.pods.at("spec", "volumes").items:
            name = volume.at("name").text
            claim = volume.at("persistentVolumeClaim")
            if claim.value is None:
                reads = volume.at("csi", "readOnly").text or volume.at("nfs", "readOnly").text
                yield Volume(name, volume, volume, reads == "true")
            else:
                lies = self.behind(workload.namespace, claim.at("claimName").text, claim)
                yield Volume(name, volume, lies, claim.at("readOnly").text == "true")
        for template in workload.said.at("spec", "volumeClaimTemplates").items:
            name = template.at("metadata", "name").text
            yield Volume(name, template, self.claimed(template.at("spec")))

    def behind(self, namespace: str, name: str, at: Yaml) -> Yaml:
        """What a claim lies on that is named somewhere; null where that is not told."""
        claim = self.claims.get((namespace, name))
        if bound := self.bound.get((namespace, name)):
            self.used |= {id(bound)} | ({id(claim)} if claim else set())
            return bound.said.at("spec")
        if claim is None:
            return Yaml(None, at.span)
        found = self.claimed(claim.said.at("spec"))
        if found.value is not None:
            self.used.add(id(claim))
        return found

    def claimed(self, spec: Yaml) -> Yaml:
        """What a claim lies on by what it says: the volume that it names, or what its class makes."""
        named = self.volumes.get(spec.at("volumeName").text)
        if named:
            self.used.add(id(named))
            return named.said.at("spec")
        of_class = self.classes.get(spec.at("storageClassName").text)
        if of_class is None:
            return Yaml(None, spec.span)
        self.used.add(id(of_class))
        said = of_class.said
        made = {"driver": said.at("provisioner"), "volumeAttributes": said.at("parameters")}
        return Yaml({"csi": Yaml(made, said.span)}, said.span)


def volumes_of(objects: Objects) -> Volumes:
    """The claims, volumes and classes of some objects."""
    found = Volumes()
    for each in objects.of("PersistentVolumeClaim"):
        found.claims[each.namespace, each.name] = each
    for each in objects.of("StorageClass"):
        found.classes[each.name] = each
    for each in objects.of("PersistentVolume"):
        found.volumes[each.name] = each
        claim = each.said.at("spec", "claimRef")
        if claim.at("name").text:
            found.bound[claim.at("namespace").text or "default", claim.at("name").text] = each
    return found


def kept_in(lies: Yaml) -> str:
    """The store on which a volume lies, as others call it; empty where it is none that is told by its name.

    A machine of the public net that shares a folder is somebody, and is told as such.
    """
    server, path = lies.at("nfs", "server").text.lower(), lies.at("nfs", "path").text
    if _OWN_NETWORK.fullmatch(server) and ".svc" not in server and UNKNOWN not in path:
        return "" if is_outside(server) else f"{server}:{path}"
    driver = lies.at("csi", "driver").text
    if driver not in _DRIVERS:
        return ""
    key, before = _DRIVERS[driver]
    told = lies.at("csi", "volumeAttributes").entries.items()
    name = next((said.text for each, said in told if each.lower() == key.lower()), "")
    if not name and driver in _BY_HANDLE:
        name = lies.at("csi", "volumeHandle").text.partition(":")[0]
    return before + name if _NAME.fullmatch(name) else ""


def is_of_cloud(store: str) -> bool:
    """Whether a store is one of a cloud, so that other files know it by that name."""
    return store.startswith(("aws:", "azure:", "google:"))
