"""Providers: which configurations of its provider a resource may have, by the key that a plan gives it.

Terraform before 1.1 calls the provider of a resource in a module `module.replica:aws`, and does not tell which
one was passed to that module. Where several could have been, it may be any of them.
"""

from __future__ import annotations

from typing import Any

from lawful.importers._terraform.state.configuration import Configuration
from lawful.importers._terraform.state.resources import Resource


def providers_of(configuration: Configuration, resource: Resource) -> list[dict[str, Any]]:
    """The configurations that a resource may have: one where a plan tells which, none where it has none."""
    said = configuration.plan.configuration.get("provider_config")
    known = {k: v for k, v in said.items() if isinstance(v, dict)} if isinstance(said, dict) else {}
    key = provider_key(configuration, resource)
    name = key.rsplit(":", 1)[-1] or resource.provider
    modules = [module for module, _ in resource.module]
    for own in (key, _key(modules, name)):
        if own in known and (":" not in own or known[own].get("expressions")):
            return [known[own]]
    for length in range(len(modules) - 1, -1, -1):
        prefix = _key(modules[:length], "")
        found = [
            each
            for other, each in known.items()
            if other.removeprefix(prefix).partition(".")[0] == name.partition(".")[0]
            and other.startswith(prefix)
            and (not length or each.get("expressions") or each.get("alias"))
        ]
        if found:
            return found
    return []


def provider_key(configuration: Configuration, resource: Resource) -> str:
    """The key that a plan gives to the provider of a resource; empty where it gives none."""
    key = configuration.block(resource).get("provider_config_key")
    return key if isinstance(key, str) else ""


def _key(modules: list[str], name: str) -> str:
    """The key of a provider within modules: `module.a.module.b:aws`, `aws` at the root."""
    path = ".".join(f"module.{module}" for module in modules)
    return f"{path}:{name}" if path else name
