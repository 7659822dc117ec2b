"""Grants: what lists of rights of a bucket and permissions of functions say, as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lawful.importers._terraform.policies import Who, let, texts
from lawful.importers._terraform.resources import Resource
from lawful.importers._terraform.rights import ONLY_WITH


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


def grants(resource: Resource, path: str) -> Iterator[dict[str, set[str]]]:
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
