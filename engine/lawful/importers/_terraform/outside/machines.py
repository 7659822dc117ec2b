"""Machines: which of those of Azure and Google anyone may reach.

That takes both: an address for the public, and a rule of a firewall that lets in anyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawful.importers._terraform.names.ends import Ends, Flow
from lawful.importers._terraform.outside.exposure import INTERNET
from lawful.importers._terraform.state.resources import Resource

_AZURE = re.compile(r"azurerm_(linux_|windows_)?virtual_machine$")
_ANYONE = ("*", "0.0.0.0/0", "internet", "any", "::/0")


def reachable(ends: Ends) -> Iterator[Flow]:
    """The flows from anyone to machines."""
    open_groups = {
        group.address for rule in ends.plan.resources for group in _opened_by(ends, rule)
    }
    guarded = {
        card.address
        for each in ends.plan.resources
        if each.type == "azurerm_network_interface_security_group_association"
        for group in _named(ends, each, "network_security_group_id")
        if group.address in open_groups
        for card in _named(ends, each, "network_interface_id")
    }
    walls = [each for each in ends.plan.resources if each.type == "google_compute_firewall"]
    for each in ends.plan.resources:
        if each.data:
            continue
        if _AZURE.match(each.type):
            for card in _named(ends, each, "network_interface_ids"):
                addresses = _named(ends, card, "ip_configuration.public_ip_address_id")
                if addresses and card.address in guarded:
                    yield Flow(INTERNET, each, each.span)
        elif each.type == "google_compute_instance":
            public = each.has("network_interface.access_config")
            if public and any(_lets_in(rule, each) for rule in walls):
                yield Flow(INTERNET, each, each.at("network_interface"))


def _opened_by(ends: Ends, rule: Resource) -> list[Resource]:
    """The security groups of Azure that a rule opens to anyone: its own, or itself."""
    if rule.type == "azurerm_network_security_rule" and _opens(rule, ""):
        return _named(ends, rule, "network_security_group_name")
    if rule.type == "azurerm_network_security_group" and _opens(rule, "security_rule."):
        return [rule]
    return []


def _opens(rule: Resource, within: str) -> bool:
    """Whether a rule lets anyone in; of several rules in one list, whether each one is such."""
    said = {
        key: {str(value).lower() for value in rule.found(within + key)}
        for key in ("access", "direction", "source_address_prefix", "source_address_prefixes")
    }
    sources = said["source_address_prefix"] | said["source_address_prefixes"]
    return (
        said["access"] == {"allow"}
        and said["direction"] == {"inbound"}
        and bool(sources & set(_ANYONE))
    )


def _lets_in(rule: Resource, machine: Resource) -> bool:
    """Whether a rule of a firewall of Google lets anyone in to a machine."""
    if not rule.found("allow.protocol"):
        return False
    if "EGRESS" in rule.found("direction") or True in rule.found("disabled"):
        return False
    if not set(rule.found("source_ranges")) & set(_ANYONE):
        return False
    networks = machine.found("network_interface.network")
    if not set(map(_last, rule.found("network"))) & set(map(_last, networks)):
        return False
    tags = rule.found("target_tags")
    return not tags or bool(set(tags) & set(machine.found("tags")))


def _named(ends: Ends, resource: Resource, path: str) -> list[Resource]:
    return [each for each in ends.direct(resource, path) if isinstance(each, Resource)]


def _last(path: object) -> str:
    return str(path).rsplit("/", 1)[-1]
