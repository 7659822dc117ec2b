"""Small plans of Terraform, as values: resources with their settings, and what those refer to."""

from __future__ import annotations

import json
from typing import Any

from lawful.importers import Imported, terraform_plan
from lawful_dsl import syntax as s
from lawful_dsl.source import Source

Value = dict[str, Any]
#: Cases by what they are about: the changes, the configuration, and the flows that these make.
Flowing = dict[str, tuple[list[Value], list[Value], set[str]]]


def change(address: str, after: Any = None, **more: Any) -> Value:
    """A resource that is created at an address; `unknown` and the like say more of it."""
    plain = address.split("[", 1)[0]
    *module, type, name = plain.rsplit(".", 2)
    within = {
        "actions": more.pop("actions", ["create"]),
        "before": more.pop("before", None),
        "after": {} if after is None else after,
        "after_unknown": more.pop("unknown", {}),
        "after_sensitive": more.pop("sensitive", {}),
    }
    provider = {"azurerm": "azurerm", "google": "google"}.get(type.split("_")[0], "aws")
    path = address.rsplit(f".{type}.", 1)[0] if module else ""
    return {
        "address": address,
        "mode": "managed",
        "type": type,
        "name": name,
        "provider_name": f"registry.example/hashicorp/{provider}",
        "change": within,
        **({"module_address": path} if path else {}),
        **more,
    }


def block(address: str, **expressions: Any) -> Value:
    """The configuration of a resource; a text is a reference, a list several."""
    type, name = address.rsplit(".", 2)[-2:]
    return {
        "address": address,
        "mode": "data" if address.startswith("data.") else "managed",
        "type": type,
        "name": name,
        "provider_config_key": "aws",
        "expressions": {key: _expression(value) for key, value in expressions.items()},
    }


def _expression(value: Any) -> Any:
    if isinstance(value, str):
        return {"references": [value]}
    if isinstance(value, tuple):
        return {"references": list(value)}
    if isinstance(value, list):
        return [{key: _expression(inner) for key, inner in each.items()} for each in value]
    return value


def plan(*changes: Value, root: Any = (), region: str = "eu-west-3", **more: Any) -> Value:
    """A plan of resources; `root` are the blocks of its root module."""
    configuration = {
        "provider_config": {
            "aws": {"name": "aws", "expressions": {"region": {"constant_value": region}}}
        },
        "root_module": root if isinstance(root, dict) else {"resources": list(root)},
    }
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.5",
        "resource_changes": list(changes),
        "configuration": configuration,
        **more,
    }


def imported(value: Any, *, wrapper: str = "", after: str = "") -> Imported:
    """What is read of a plan."""
    return terraform_plan.read(
        [Source("plan.json", wrapper + json.dumps(value) + after)], name="shop"
    )


def before(value: Any) -> Imported:
    """What is read of a plan, as all was before it."""
    return terraform_plan.read_change([Source("plan.json", json.dumps(value))], name="shop")[0]


def flows(value: Any) -> set[str]:
    """The flows of a plan, each as `a -> b`."""
    return flows_of(imported(value))


def flows_of(told: Imported) -> set[str]:
    """The flows that are told, each as `a -> b`."""
    statements = told.flows.statements
    return {f"{x.source} -> {x.target}" for x in statements if isinstance(x, s.FlowDecl)}


def nodes(value: Any) -> dict[str, s.NodeDecl]:
    """The nodes of a plan by their ids."""
    statements = imported(value).flows.statements
    return {str(x.id): x for x in statements if isinstance(x, s.NodeDecl)}


def words(node: s.NodeDecl) -> dict[str, list[str]]:
    """The lists that a node says, by their word; a bare word stands under no word."""
    return {
        prop.word: [str(item) for item in prop.names.items]
        for prop in node.props
        if isinstance(prop, s.Property)
    }


def notices(value: Any) -> str:
    """The notices, a line each."""
    return "\n".join(map(str, imported(value).notices))
