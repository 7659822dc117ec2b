"""Grants: what lists of rights of a bucket and permissions of functions say, as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lawful.importers._terraform.names.ends import Ends
from lawful.importers._terraform.outside.policies import Who, let, texts
from lawful.importers._terraform.outside.rights import (
    CANONICAL,
    DELIVERS_LOGS,
    EVERYONE,
    ONLY_WITH,
    READING,
)
from lawful.importers._terraform.state.resources import Resource


def calling(resource: Resource, own: frozenset[str]) -> frozenset[Who]:
    """Those whom a permission lets call a function, who are none of one's own."""
    condition: dict[str, Any] = {
        "aws:SourceAccount": resource.values.get("source_account"),
        "aws:SourceArn": resource.values.get("source_arn"),
        "aws:PrincipalOrgID": resource.values.get("principal_org_id"),
    }
    if resource.values.get("function_url_auth_type"):
        condition["lambda:FunctionUrlAuthType"] = "told elsewhere"
    said = {
        "effect": "Allow",
        "principal": {"AWS": texts(resource.values.get("principal"))},
        "action": resource.values.get("action"),
        "condition": {"StringLike": {k: v for k, v in condition.items() if texts(v)}},
    }
    return let([said], ("lambda:InvokeFunction",), own)


def readers(
    ends: Ends, resource: Resource, path: str, canonical: frozenset[str]
) -> tuple[frozenset[Who], bool]:
    """Whom the list of a bucket lets read it, and whether it may name others who are not known.

    Some are named by an id, or an address of mail, and may be another account; `canonical` ids are one's own.
    """
    entries = list(_entries(resource, path))
    reading = [each for each in entries if each["permission"] & set(READING)]
    who = {Who.ANYONE for each in reading for uri in each["uri"] if uri.endswith(EVERYONE)}
    named = {id for each in reading for id in each["id"] if id} - {DELIVERS_LOGS}
    is_open = any(_may_be_others(ends, resource, f"{path}.{key}") for key in ("id", "grantee.id"))
    owners = set(texts(list(resource.found("access_control_policy.owner.id")))) - {""}
    others = named - owners - canonical
    if not owners and not ends.configuration.has(resource, path) and len(others) == 1:
        return frozenset(who), is_open  # the owner, as providers fill it in
    if others:
        who.add(Who.OTHERS if owners or named & canonical else Who.UNSURE)
    elif any(address for each in reading for address in each["email_address"]):
        who.add(Who.BOUND)
    return frozenset(who), is_open


def _may_be_others(ends: Ends, resource: Resource, path: str) -> bool:
    """Whether an id is configured, and not known, that may be another than what looks up one's own."""
    if not (resource.is_unknown(path) and ends.configuration.has(resource, path)):
        return False
    referred = ends.configuration.referred(resource, path)
    looked_up = [each.type in CANONICAL for each, _ in referred.resources]
    return bool(referred.lost) or not looked_up or not all(looked_up)


def _entries(resource: Resource, path: str) -> Iterator[dict[str, set[str]]]:
    """What each entry of a list of rights says, by its keys, wherever in it they stand."""
    keys = ("email_address", "id", "permission", "permissions", "uri")
    for block in resource.blocks(path):
        found = {key: set(_beneath(block, key)) for key in keys}
        found["permission"] |= found.pop("permissions")
        yield found


def _beneath(value: Any, key: str) -> Iterator[str]:
    """The texts under a key, at any depth."""
    if isinstance(value, list):
        for each in value:
            yield from _beneath(each, key)
    elif isinstance(value, dict):
        yield from texts(value.get(key))
        for inner in value.values():
            yield from _beneath(inner, key)


def gives(resource: Resource) -> bool:
    """Whether a right that may be one to know of data only is one to the data."""
    path, values = ONLY_WITH.get(resource.type, ("", ()))
    return not path or bool(set(resource.found(path)) & set(values))
