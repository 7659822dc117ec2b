"""Applied: the manifests of Kubernetes that a plan applies, as the objects that they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lawful.importers._kubernetes.custom import custom
from lawful.importers._kubernetes.objects import objects_of
from lawful.importers._terraform.objects.typed import is_typed, object_of, open_part
from lawful.importers._terraform.state.resources import Plan, Resource
from lawful.importers._terraform.tables.kinds_of_others import MANIFESTS
from lawful.importers._written import Yaml, documents
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source, Span

__all__ = ["IS_WORKLOAD", "is_applied", "path_of", "said", "unread_in", "with_manifests"]

#: Under which settings a manifest stands here that is a text there, and whether it makes a workload.
_MANIFEST, IS_WORKLOAD = "manifest", "is_workload"


def with_manifests(plan: Plan) -> Plan:
    """A plan in which each manifest is an object, and says whether it makes a workload."""
    if not any(map(is_applied, plan.resources)):
        return plan
    return replace(plan, resources=tuple(map(_opened, plan.resources)))


def is_applied(resource: Resource) -> bool:
    """Whether a resource is an object of Kubernetes that the plan applies."""
    return not resource.data and (resource.type in MANIFESTS or is_typed(resource.type))


def path_of(resource: Resource) -> str:
    """The setting in which the manifest of a resource stands."""
    return next((path for path in _paths(resource) if resource.found(path)), _MANIFEST)


def unread_in(resource: Resource) -> str:
    """The setting of which not all is known, so that an object is not; empty where that is known."""
    paths = MANIFESTS.get(resource.type, ("spec", "data"))
    unknown = next((path for path in reversed(paths) if resource.is_unknown(path)), "")
    return unknown or ("" if IS_WORKLOAD in resource.values else paths[-1])


def said(resource: Resource, number: int) -> Yaml:
    """The manifest of a resource, all of which stands at one place that tells which it is.

    Where its name is not known, it is called after the address; where it is not known whom it selects, that is nobody.
    """
    at = Span("", number, 1, number, 2)
    written = _written(resource.values[_MANIFEST], at)
    metadata = written.at("metadata")
    named = dict(metadata.entries)
    if not (metadata.at("name").text or metadata.at("generateName").text):
        named["name"] = Yaml(re.sub(r"[^A-Za-z0-9]+", "-", resource.address).strip("-"), at)
    space = resource.values.get("override_namespace")
    if isinstance(space, str) and space:
        named["namespace"] = Yaml(space, at)
    whole = {**written.entries, "metadata": Yaml(named, at)}
    if any(resource.is_unknown(f"{part}spec.selector") for part in ("", f"{_MANIFEST}.")):
        spec = {key: each for key, each in written.at("spec").entries.items() if key != "selector"}
        whole["spec"] = Yaml(spec, at)
    return replace(written, value=whole)


def _written(value: Any, at: Span) -> Yaml:
    """A value as it would be written."""
    if isinstance(value, dict):
        return Yaml({str(key): _written(each, at) for key, each in value.items()}, at)
    if isinstance(value, list):
        return Yaml(tuple(_written(each, at) for each in value), at)
    if isinstance(value, bool):
        return Yaml(str(value).lower(), at)
    return Yaml(None if value is None else str(value), at)


def _plain(value: Yaml) -> Any:
    """A value without its places."""
    if isinstance(value.value, Mapping):
        return {key: _plain(each) for key, each in value.value.items()}
    return [_plain(each) for each in value.value] if isinstance(value.value, tuple) else value.value


def _opened(resource: Resource) -> Resource:
    """A resource with its manifest as an object, if it is one that can be read."""
    if not is_applied(resource):
        return resource
    manifest = _manifest(resource)
    if not isinstance(manifest, dict):
        return resource
    values = {**resource.values, _MANIFEST: manifest}
    try:
        found = objects_of([said(replace(resource, values=values), 1)]).all
    except Rejected:
        return resource
    makes = any(each.pods.value is not None or custom(each) for each in found)
    return replace(resource, values={**values, IS_WORKLOAD: makes}) if found else resource


def _manifest(resource: Resource) -> Any:
    """The manifest that a resource applies, without what is sensitive in it."""
    if is_typed(resource.type):
        return object_of(resource)
    shown = open_part(resource.values, resource.sensitive)
    for path in MANIFESTS[resource.type]:
        value = shown.get(path)
        if isinstance(value, dict):
            return value
        try:
            told = documents(Source("", value)) if isinstance(value, str) else ()
        except Rejected:
            continue
        if len(told) == 1:
            return _plain(told[0])
    return None


def _paths(resource: Resource) -> tuple[str, ...]:
    return MANIFESTS.get(resource.type, ("spec", "metadata"))
