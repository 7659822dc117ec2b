"""Measures: what settings say of how each node encrypts; what they do not say stays unknown."""

from __future__ import annotations

from collections.abc import Iterator

from lawful.importers._terraform.names.ends import Ends, end_id
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.settings import (
    ENCRYPTED_PROTOCOLS,
    LEFT_OPEN,
    LISTENERS,
    MEASURES,
    REST,
    TRANSIT,
    Setting,
)


def read_measures(ends: Ends) -> dict[str, dict[str, bool]]:
    """Of each node the measures that are taken, and those of which a setting says that they are not."""
    found: dict[str, dict[str, bool]] = {}
    listeners: dict[str, list[bool]] = {}
    for resource in ends.plan.resources:
        for id, measure, holds in _said(ends, resource):
            measures = found.setdefault(id, {})
            measures[measure] = holds or measures.get(measure, False)
        if resource.type in LISTENERS and "redirect" not in resource.found("default_action.type"):
            encrypted = resource.values.get("protocol") in ENCRYPTED_PROTOCOLS
            for balancer in ends.of(resource, "load_balancer_arn"):
                listeners.setdefault(end_id(balancer), []).append(encrypted)
    for id, each in listeners.items():
        if all(each):
            found.setdefault(id, {})[TRANSIT] = True
    return found


def _is_left_open(ends: Ends, resource: Resource, setting: Setting) -> bool:
    """Whether a resource lets others do without a measure, or may; what a provider fills in does not."""
    path = setting.path
    if setting.type != resource.type:
        return False
    if resource.is_unknown(path) and ends.configuration.has(resource, path):
        return True
    return any(map(setting.holds, resource.found(path)))


def _said(ends: Ends, resource: Resource) -> Iterator[tuple[str, str, bool]]:
    """What a resource says of measures: of which node, which one, and whether it is taken."""
    for measure, settings in MEASURES.items():
        for setting in settings:
            paths = setting.path.split(",")
            if setting.type != resource.type or any(map(resource.is_unknown, paths)):
                continue
            if any(_is_left_open(ends, resource, each) for each in LEFT_OPEN[measure]):
                continue
            values = [value for path in paths for value in resource.found(path)]
            holds = all(map(setting.holds, values))
            if values and (holds or (measure == REST and setting.values == ("true",))):
                for node in ends.of(resource, setting.of or "."):
                    if node is resource or not resource.perhaps:
                        yield end_id(node), measure, holds
