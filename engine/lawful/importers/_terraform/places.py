"""Places: in which countries a node is, by the best that a plan tells of its region.

In this order: the region, location or zone of the resource itself; the region in its ARN; the
location to which its expression refers; what it lies in; the region of its provider, a constant or
a variable, sought from its module up to the root; unknown where it may be one of several. Where a
provider of Amazon has none in the plan, the one region in which all else of that provider says to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lawful.data.regions import places
from lawful.importers._terraform.names.ends import Ends, Outside
from lawful.importers._terraform.objects.applied import with_manifests
from lawful.importers._terraform.state.configuration import Configuration
from lawful.importers._terraform.state.providers import provider_key, providers_of
from lawful.importers._terraform.state.resources import Plan, Resource
from lawful.importers._terraform.tables.kinds import ANYWHERE, EVERYWHERE, KEPT_IN, WITHIN
from lawful.importers._terraform.tables.placed_by_others import (
    located,
    region_settings,
    said_of,
)

CLOUDS = {
    "aws": "aws",
    "awscc": "aws",
    "azurerm": "azure",
    "azapi": "azure",
    "google": "google",
    "google-beta": "google",
    "mongodbatlas": "atlas",
}
_OWN = (
    "region",
    "location",
    "zone",
    "availability_zone",
    "instance_zone",
    "home_region",
    "region_name",
)
#: Those of them that may name another region than that of the provider.
_APART = ("region", "location")
_ARN_REGION = re.compile(r"arn:aws[\w-]*:[a-z0-9-]+:([a-z0-9-]+):")
#: The service of Amazon to which an endpoint leads: it is in the region of the endpoint.
_SERVICE = re.compile(r"^com\.amazonaws\.([a-z0-9-]+)\.")
_DEEPEST = 6
#: How the place of a node is known by others.
BESIDE = "the region of all else of its provider"


@dataclass
class Places:
    """The places of nodes; `unknown` are regions that are told and not in the table.

    `derived` tells how the place was found of those that do not say it themselves, by their addresses.
    """

    ends: Ends
    unknown: set[str] = field(default_factory=set)
    derived: dict[str, str] = field(default_factory=dict)

    def of(self, resource: Resource, depth: int = 0) -> tuple[str, ...]:
        """The countries of a resource; none where they are not known."""
        cloud = cloud_of(resource)
        if EVERYWHERE.match(resource.type) or depth > _DEEPEST:
            return ()
        if others := tuple(said_of(resource, self.ends.configuration.has)):
            return self._all(others)
        for region in self._told(resource):
            if found := places(cloud, region):
                return found
            if region.lower() not in ("global", "asia"):
                self.unknown.add(region)
            return ()
        if kept := self._kept_in(resource):
            return kept
        for region in self._referred(resource):
            if found := places(cloud, region):
                self.derived[resource.address] = "the location to which it refers"
                return found
        if found := self._beside_another(resource, depth):
            return found
        # A bucket may be looked up that is in any region.
        apart = resource.data and resource.type == "aws_s3_bucket"
        if apart or resource.type in ANYWHERE or self._comes_later(resource):
            return ()
        provided = self._provider(resource)
        if provided is not None:
            self.derived[resource.address] = "the region of its provider"
            return places(*provided)
        beside = self._beside(resource)
        if beside:
            self.derived[resource.address] = BESIDE
        return places(cloud, beside)

    def _beside_another(self, resource: Resource, depth: int) -> tuple[str, ...]:
        """The countries of what a resource shares its zone with, or lies in."""
        for path in ("availability_zone", "zone"):
            for each, rest in self.ends.configuration.referred(resource, path).resources:
                if rest in (path, "") and not each.data and (found := self.of(each, depth + 1)):
                    self.derived[resource.address] = f"the place of {each.address}"
                    return found
        for type, path in WITHIN:
            if type == resource.type:
                for whole in self.ends.direct(resource, path):
                    if isinstance(whole, Resource) and (found := self.of(whole, depth + 1)):
                        self.derived[resource.address] = f"the place of {whole.address}"
                        return found
        return ()

    def _all(self, said: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
        """The countries of all regions of some clouds; none where one of them is not known."""
        found = {pair: places(*pair) for pair in said}
        self.unknown.update(region for (_, region), where in found.items() if not where and region)
        if not all(found.values()):
            return ()
        return tuple(sorted({one for where in found.values() for one in where}))

    def _kept_in(self, resource: Resource) -> tuple[str, ...]:
        """The countries of all regions in which data may be kept; none where one of them is not known."""
        said = resource.found(KEPT_IN[resource.type]) if resource.type in KEPT_IN else ()
        found = [places(cloud_of(resource), each) if isinstance(each, str) else () for each in said]
        return tuple(sorted({one for each in found for one in each})) if all(found) else ()

    def _comes_later(self, resource: Resource) -> bool:
        """Whether a resource is told where to be, and where that is will only be known after the plan."""
        configuration = self.ends.configuration
        return any(resource.is_unknown(key) and configuration.has(resource, key) for key in _APART)

    def outside(self, end: Outside) -> tuple[str, ...]:
        """The countries of something outside of the plan."""
        return places("aws", end.region) if end.region else ()

    def region(self, resource: Resource, name: str) -> tuple[str, ...]:
        """The countries of a region that a resource names."""
        return places(cloud_of(resource), name)

    def region_of(self, resource: Resource) -> str:
        """The region by its name that a resource says, or its provider; empty where neither does."""
        told = next(self._told(resource), None) or (self._provider(resource) or ("", ""))[1]
        return told or self._beside(resource)

    @staticmethod
    def _told(resource: Resource) -> Iterator[str]:
        """The regions that a resource says itself, the surest first."""
        for key in _OWN:
            value = resource.values.get(key)
            if isinstance(value, str) and value:
                yield value
        arn = resource.values.get("arn")
        if isinstance(arn, str) and (match := _ARN_REGION.match(arn)):
            yield match[1]

    def _referred(self, resource: Resource) -> Iterator[str]:
        """The locations to which the expression of the location refers."""
        configuration = self.ends.configuration
        for key in ("location", "region", "zone", "availability_zone"):
            referred = configuration.referred(resource, key)
            yield from (text for text in referred.literals if isinstance(text, str))
            for each, rest in referred.resources:
                same = self.ends.managed(each) if each.data else None
                for one in (each, same):
                    if one and isinstance(value := one.values.get(rest or key), str):
                        yield value

    def _provider(self, resource: Resource) -> tuple[str, str] | None:
        """The region of the provider of a resource; empty where it is not told, none where not set, or which it is."""
        found = [self._set(each, resource) for each in self._configured(resource)]
        return found[0] if len(set(found)) == 1 else None

    def _set(self, provider: dict[str, Any], resource: Resource) -> tuple[str, str] | None:
        """The cloud and the region that the configuration of a provider sets; empty where it is not told."""
        expressions = provider.get("expressions")
        known = expressions if isinstance(expressions, dict) else {}
        cloud = cloud_of(resource)
        for key in region_settings(cloud):
            region = known.get(key)
            if isinstance(region, dict):
                text = next(self._texts(region, provider.get("module_address", ""), resource), "")
                return located(cloud, key, text)
        return None

    def _configured(self, resource: Resource) -> list[dict[str, Any]]:
        return providers_of(self.ends.configuration, resource)

    def _beside(self, resource: Resource) -> str:
        """The region in which all else of a provider of Amazon is, if they say one and the same."""
        if cloud_of(resource) != "aws":
            return ""
        regions = self._said.get(self._provider_key(resource), set())
        return next(iter(regions)) if len(regions) == 1 else ""

    def _provider_key(self, resource: Resource) -> str:
        """What those share that are of one provider; where it is one of several, those of one module."""
        key = provider_key(self.ends.configuration, resource)
        if len(self._configured(resource)) < 2:
            return key.rsplit(":", 1)[-1]
        return " ".join((*(name for name, _ in resource.module), key))

    @cached_property
    def _said(self) -> dict[str, set[str]]:
        """The regions that the resources of each provider say themselves."""
        found: dict[str, set[str]] = {}
        for each in self.ends.plan.resources:
            # A region that is set for one resource alone says nothing of the others.
            own = self.ends.configuration.has(each, "region")
            if cloud_of(each) == "aws" and not (own or EVERYWHERE.match(each.type)):
                told = [
                    *self._told(each),
                    *_named(each),
                    *_SERVICE.findall(str(each.values.get("service_name"))),
                ]
                for text in told:
                    if places("aws", text):
                        region = re.sub(r"(\d)[a-z]$", r"\1", text)
                        found.setdefault(self._provider_key(each), set()).add(region)
        return found

    def _texts(self, expression: dict[str, Any], module: Any, resource: Resource) -> Iterator[str]:
        count = str(module).count("module.") if isinstance(module, str) else 0
        path = resource.module[:count]
        found = self.ends.configuration.resolve(expression, path)
        yield from (text for text in found.literals if isinstance(text, str))
        for each, rest in found.resources:
            if isinstance(value := each.values.get(rest or "name"), str):
                yield value


def ends_of(plan: Plan, configuration: Configuration | None = None) -> Ends:
    """What settings of a plan name; of what has a name in an ARN, where it is of that region."""
    plan = with_manifests(plan)
    ends = Ends(plan, configuration or Configuration(plan))
    ends.region_of = Places(ends).region_of
    return ends


def _named(resource: Resource) -> Iterator[str]:
    """The region that is looked up as such."""
    if resource.type == "aws_region" and isinstance(name := resource.values.get("name"), str):
        yield name


def cloud_of(resource: Resource) -> str:
    """The cloud in which a resource is, by its type, else by its provider."""
    owner = resource.type.split("_", 1)[0]
    return CLOUDS.get(owner, CLOUDS.get(resource.provider, owner))
