"""Typed: resources of Terraform that are one object of Kubernetes each, written as blocks, as those objects.

As of November 2026, by the documentation of the provider `kubernetes` (2).
"""

from __future__ import annotations

import re
from typing import Any

from lawful.importers._terraform.state.resources import Resource

#: The interface and the kind by the type, without the version that may stand at its end.
_KINDS = {
    type: (api, kind)
    for api, type, kind in (
        line.split()
        for line in """
apps/v1 kubernetes_daemon_set DaemonSet
apps/v1 kubernetes_daemonset DaemonSet
apps/v1 kubernetes_deployment Deployment
apps/v1 kubernetes_stateful_set StatefulSet
batch/v1 kubernetes_cron_job CronJob
batch/v1 kubernetes_job Job
discovery.k8s.io/v1 kubernetes_endpoint_slice EndpointSlice
networking.k8s.io/v1 kubernetes_ingress Ingress
storage.k8s.io/v1 kubernetes_storage_class StorageClass
v1 kubernetes_config_map ConfigMap
v1 kubernetes_endpoints Endpoints
v1 kubernetes_namespace Namespace
v1 kubernetes_persistent_volume PersistentVolume
v1 kubernetes_persistent_volume_claim PersistentVolumeClaim
v1 kubernetes_pod Pod
v1 kubernetes_replication_controller ReplicationController
v1 kubernetes_service Service
""".strip().splitlines()
    )
}
_VERSION = re.compile(r"_v\d\w*$")
#: Blocks of which there may be several, and what the list of them is called.
_LISTED = {
    "address": "addresses",
    "container": "containers",
    "endpoint": "endpoints",
    "env": "env",
    "env_from": "envFrom",
    "init_container": "initContainers",
    "items": "items",
    "path": "paths",
    "port": "ports",
    "rule": "rules",
    "sources": "sources",
    "subset": "subsets",
    "volume": "volumes",
    "volume_claim_template": "volumeClaimTemplates",
    "volume_mount": "volumeMounts",
}
#: Names that are not as they would be by rule, and blocks that only hold others.
_CALLED = {"external_ips": "externalIPs", "host_ip": "hostIP", "storage_provisioner": "provisioner"}
_HOLDS = "persistent_volume_source"


def is_typed(type: str) -> bool:
    """Whether resources of a type are objects of Kubernetes that are read."""
    return _VERSION.sub("", type) in _KINDS


def object_of(resource: Resource) -> dict[str, Any]:
    """The object that a resource is; what is sensitive in it is left out."""
    api, kind = _KINDS[_VERSION.sub("", resource.type)]
    said = _block(open_part(resource.values, resource.sensitive))
    return {**said, "apiVersion": api, "kind": kind}


def open_part(value: Any, mask: Any) -> Any:
    """A value without what a mask says to be sensitive in it."""
    if mask is True:
        return None
    if isinstance(value, dict):
        named = mask if isinstance(mask, dict) else {}
        return {key: open_part(each, named.get(key)) for key, each in value.items()}
    if isinstance(value, list):
        listed = mask if isinstance(mask, list) else []
        masks = [*listed, *[None] * (len(value) - len(listed))]
        return [open_part(each, of) for each, of in zip(value, masks, strict=False)]
    return value


def _block(said: dict[str, Any]) -> dict[str, Any]:
    """A block as an object: the keys of a map are somebody's own, those of blocks are words."""
    found: dict[str, Any] = {}
    for key, value in said.items():
        inner = (
            [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
        )
        if inner and key == _HOLDS:
            found.update(_block(inner[0]))
        elif inner and key in _LISTED:
            found[_LISTED[key]] = [_block(each) for each in inner]
        elif inner:
            found[_word(key)] = _block(inner[0])
        elif value not in (None, []):
            found[_word(key)] = value
    return found


def _word(key: str) -> str:
    """`claim_name` as `claimName`."""
    return _CALLED.get(key) or re.sub(r"_([a-z])", lambda found: found[1].upper(), key)
