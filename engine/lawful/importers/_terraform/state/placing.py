"""Placing: the resources of a plan at the lines of the files in HCL that declare them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lawful.importers import Notice
from lawful.importers._terraform.state.modules import Declared, Module, roots, source_of
from lawful.importers._terraform.state.resources import Path, Plan, Resource


def placed(plan: Plan, modules: Mapping[str, Module]) -> Plan:
    """A plan whose resources stand where the root that declares most of them, and what it calls, has them."""
    found = [
        {
            each.address: declared
            for each in plan.resources
            if (declared := _declared(each, root, modules))
        }
        for root in roots(modules)
    ]
    best = max(found, key=len, default={})
    lost = sum(not each.data and each.address not in best for each in plan.resources)
    notice = Notice(
        lost, "resources of a plan are not in the files beside it: they stand in the plan"
    )
    return replace(
        plan,
        resources=tuple(_at(each, best.get(each.address)) for each in plan.resources),
        notices=(*plan.notices, notice),
    )


def _declared(resource: Resource, root: Module, modules: Mapping[str, Module]) -> Declared | None:
    """What declares a resource; none where none of the files does."""
    module = _called(root, resource.module, modules)
    key = resource.data, resource.type, resource.name
    return module.resources.get(key) if module else None


def _called(root: Module, path: Path, modules: Mapping[str, Module]) -> Module | None:
    """The module to which calls lead."""
    module: Module | None = root
    for name, _ in path:
        call = module.calls.get(name) if module else None
        folder = source_of(module, call) if module and call else None
        module = modules.get(folder) if folder is not None else None
    return module


def _at(resource: Resource, declared: Declared | None) -> Resource:
    if declared is None:
        return resource
    return replace(resource, span=declared.span, places=declared.places)
