"""Connectors: the ends of transfers of AppFlow that are services of others, by the names that AppFlow has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lawful.importers._terraform.arrows import ARROWS
from lawful.importers._terraform.ends import Ends, Flow, Outside
from lawful.importers._terraform.resources import Resource

_FLOW = "aws_appflow_flow"
#: Connectors whose ends other settings name: buckets, and what has them on its way.
_NAMED = ("S3", "Upsolver")
#: The settings of a profile that say where a service is.
_ADDRESSES = frozenset(
    arrow.target
    for arrow in ARROWS
    if arrow.type == "aws_appflow_connector_profile" and arrow.target.endswith("_url")
)


def connected(ends: Ends) -> Iterator[Flow]:
    """The flows from and to services that a transfer names by their connector only."""
    for resource in ends.plan.resources:
        if resource.type != _FLOW or resource.data:
            continue
        for side, word in (("source_flow_config", "from"), ("destination_flow_config", "to")):
            for config in _objects(resource.values.get(side)):
                kind = config.get("connector_type")
                if (
                    not isinstance(kind, str)
                    or kind in _NAMED
                    or _is_addressed(ends, resource, side)
                ):
                    continue
                known = kind if re.fullmatch(r"\w{1,40}", kind) else "another service"
                id = f"{resource.address} {word} {known}"
                if word == "from":
                    yield Flow(Outside(id, "source"), resource, resource.at(side))
                else:
                    yield Flow(resource, Outside(id, "recipient"), resource.at(side))


def _is_addressed(ends: Ends, resource: Resource, side: str) -> bool:
    """Whether the profile of a connector says under which host its service is reached, which is an end then."""
    return any(
        isinstance(profile, Resource) and any(profile.found(path) for path in _ADDRESSES)
        for profile in ends.direct(resource, f"{side}.connector_profile_name")
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
