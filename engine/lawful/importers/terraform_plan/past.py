"""Past: the resources of a plan as they were before it, under the addresses that it gives them.

Settings are what they were. The expressions of the configuration are those of the plan: what they refer
to holds for a setting that the plan leaves alone, and says nothing of one that it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawful.importers._terraform.state.resources import Plan, Resource, marked
from lawful.importers.terraform_plan.plan import (
    Accounts,
    add,
    before,
    looked_up,
    object_at,
    whole,
)
from lawful.system.document.pointed import Pointed

#: A block of the configuration: the calls of modules that lead to it, whether it is data, type and name.
_Block = tuple[tuple[str, ...], bool, str, str]


def tells_changes(at: Pointed) -> bool:
    """Whether a text that was opened says what it changes, as no state does."""
    return at.value.get("resource_changes") is not None


def read_before(at: Pointed, accounts: Accounts) -> Plan:
    """The plan that was opened, as all was before it, with its accounts. Raises `Rejected` with what is wrong."""
    if not tells_changes(at):
        at.reject(
            "this is a state, or a plan without its changes: it does not tell what was before",
            "write the plan with `terraform show -json PLANFILE`",
        )
    resources: dict[str, Resource] = {}
    changed: dict[_Block, set[str]] = {}
    for change in at.each("resource_changes"):
        if change.value.get("deposed") is not None:
            continue
        resource = before(change)
        if resource is not None:
            add(resources, resource, change)
            changed.setdefault(_block(resource), set()).update(_changed(change))
    for known in looked_up(at):
        resources.setdefault(known.address, known)
    configuration = object_at(at, "configuration")
    root = (
        _lasting(object_at(at.at("configuration"), "root_module"), (), changed)
        if configuration
        else {}
    )
    return whole(at, accounts, resources, {**configuration, "root_module": root})


def _changed(change: Pointed) -> set[str]:
    """The settings of a resource that the plan changes, or may change."""
    within = change.within("change").value
    before, after, unknown = (within.get(key) for key in ("before", "after", "after_unknown"))
    before = before if isinstance(before, dict) else {}
    after = after if isinstance(after, dict) else {}
    unknown = unknown if isinstance(unknown, dict) else {}
    return {
        key
        for key in {*before, *after, *unknown}
        if before.get(key) != after.get(key) or any(marked(unknown.get(key), ()))
    }


def _block(resource: Resource) -> _Block:
    names = tuple(name for name, _ in resource.module)
    return names, resource.data, resource.type, resource.name


def _lasting(
    module: dict[str, Any], names: tuple[str, ...], changed: Mapping[_Block, set[str]]
) -> dict[str, Any]:
    """A module without the expressions of settings that the plan changes."""
    found = dict(module)
    blocks = module.get("resources")
    if isinstance(blocks, list):
        found["resources"] = [
            _kept(block, names, changed) if isinstance(block, dict) else block for block in blocks
        ]
    calls = module.get("module_calls")
    if isinstance(calls, dict):
        found["module_calls"] = {
            name: {**call, "module": _lasting(call["module"], (*names, name), changed)}
            if isinstance(call, dict) and isinstance(call.get("module"), dict)
            else call
            for name, call in calls.items()
        }
    return found


def _kept(
    block: dict[str, Any], names: tuple[str, ...], changed: Mapping[_Block, set[str]]
) -> dict[str, Any]:
    key = names, block.get("mode") == "data", str(block.get("type")), str(block.get("name"))
    expressions = block.get("expressions")
    gone = changed.get(key, set())
    if not gone or not isinstance(expressions, dict):
        return block
    return {**block, "expressions": {k: v for k, v in expressions.items() if k not in gone}}
