"""Plan: the resources that the JSON of a plan or a state tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from lawful.importers import Notice
from lawful.importers._terraform.names.accounts import named_accounts, own_accounts
from lawful.importers._terraform.state.resources import Plan, Resource, key_of, marked, path_of
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

_UNCONFIGURED = (
    "plan without its configuration: what settings refer to, and where providers are, is not told"
)


@frozen
class Accounts:
    """The accounts in which what a plan manages is, and those of all that it names."""

    own: frozenset[str]
    named: frozenset[str]


def read_plan(at: Pointed, accounts: Accounts) -> Plan:
    """The plan that was opened, with its accounts. Raises `Rejected` with what is wrong."""
    changes = list(at.each("resource_changes"))
    resources: dict[str, Resource] = {}
    deleted = deposed = moved = forgotten = 0
    for change in changes:
        deposed += change.value.get("deposed") is not None
        if change.value.get("deposed") is not None:
            continue
        resource = _changed(change)
        moved += change.value.get("previous_address") is not None
        deleted += resource is None
        forgotten += _is_forgotten(change)
        if resource is not None:
            add(resources, resource, change)
    if at.value.get("resource_changes") is None:
        for key in ("planned_values", "values"):
            resources |= {r.address: r for r in _stated(at, key) if not r.data}
    for known in looked_up(at):
        resources.setdefault(known.address, known)
    if not changes and not resources and not isinstance(at.at("configuration").value, dict):
        at.reject(
            "this plan tells of no resources", "write it with `terraform show -json PLANFILE`"
        )
    partial = (
        Notice(int(at.value.get("errored") is True), "plan ended in an error: it is not whole"),
        Notice(int(at.value.get("complete") is False), "plan is not complete: more is to come"),
        Notice(_count(at, "deferred_changes"), "resources are put off to a later plan: left out"),
    )
    untold = Notice(int(_is_unconfigured(at)), _UNCONFIGURED)
    why = (*partial, untold) if _is_open(at, resources.values()) else partial
    notices = (
        *partial,
        untold,
        Notice(deleted, "resources are deleted by this plan: left out"),
        Notice(forgotten, "resources are managed no longer, and go on: they stand as they were"),
        Notice(deposed, "old copies of resources wait for deletion: left out"),
        Notice(moved, "resources are moved: they stand under their new addresses"),
        Notice(
            _count(at, "resource_drift"),
            "resources were changed by other hands: they stand as this plan leaves them",
        ),
    )
    plan = whole(at, accounts, resources, object_at(at, "configuration"), notices)
    return replace(plan, partial=tuple(str(each) for each in why if each.count))


def _is_unconfigured(at: Pointed) -> bool:
    """Whether it is a plan, and no state, that lacks what its resources were made of."""
    is_plan = any(at.value.get(key) is not None for key in ("resource_changes", "planned_values"))
    return is_plan and not object_at(at, "configuration")


def _is_open(at: Pointed, resources: Iterable[Resource]) -> bool:
    """Whether a plan knows of some settings only after apply, or does not say of which it does."""
    if at.value.get("resource_changes") is None:
        return True
    return any(any(marked(each.unknown, ())) for each in resources)


def open_plan(source: Source) -> Pointed:
    """The object that a plan is, of a format that is known. Raises `Rejected` with what is wrong."""
    at = read_object(source, _start(source.text), wrapped=True, repeats=True)
    version = at.text("format_version", "")
    if not re.fullmatch(r"[01]\.\d+", version):
        message = f"plans of the format `{version}` are not known"
        at.reject(message, "known are 0.1 to 1.x, as `terraform show -json` writes them")
    if at.value.get("resource_changes"):
        at.value.pop("planned_values", None)  # the same once more, and a quarter of a large plan
    return at


def accounts_in(at: Pointed) -> Accounts:
    """The accounts of a plan that was opened: all of it is gone through."""
    return Accounts(own_accounts(at.value), named_accounts(at.value))


def whole(
    at: Pointed,
    accounts: Accounts,
    resources: Mapping[str, Resource],
    configuration: dict[str, Any],
    notices: tuple[Notice, ...] = (),
) -> Plan:
    """A plan of these resources, by their addresses."""
    in_order = tuple(resources[address] for address in sorted(resources))
    return Plan(
        in_order,
        configuration,
        object_at(at, "variables"),
        notices,
        at.span,
        accounts=accounts.own,
        named=accounts.named,
    )


def looked_up(at: Pointed) -> Iterator[Resource]:
    """What data sources found before the plan was made."""
    return (each for each in _stated(at.at("prior_state"), "values") if each.data)


def object_at(at: Pointed, key: str) -> dict[str, Any]:
    """The object under a key; an empty one where there is none."""
    found = at.at(key).value
    return found if isinstance(found, dict) else {}


def _start(text: str) -> int:
    """Where the JSON begins: lines that a wrapper wrote before it are passed over."""
    if text.lstrip().startswith("{"):
        return 0
    return max(text.find("\n{"), 0)


def add(resources: dict[str, Resource], resource: Resource, change: Pointed) -> None:
    """Put a resource to the others; an address has one."""
    if resource.address in resources:
        change.reject(
            f"`{resource.address}` stands twice in this plan",
            "write the plan with `terraform show -json PLANFILE`",
        )
    resources[resource.address] = resource


def before(change: Pointed) -> Resource | None:
    """A resource as it was before the plan; none where the plan makes it."""
    within = change.within("change")
    values = within.value.get("before")
    if not isinstance(values, dict):
        return None
    span = Span(change.file, pointer=f"{within.pointer}/before")
    return resource_of(change, values, None, within.value.get("before_sensitive"), span)


def _is_forgotten(change: Pointed) -> bool:
    """Whether a plan leaves a resource as it is, and manages it no longer."""
    return bool(change.within("change").value.get("actions") == ["forget"])


def _changed(change: Pointed) -> Resource | None:
    """A resource of `resource_changes`; none where the plan deletes it."""
    within = change.within("change")
    if within.value.get("actions") == ["delete"]:
        return None
    if _is_forgotten(change):
        return before(change)
    values = within.value.get("after")
    span = Span(change.file, pointer=f"{within.pointer}/after")
    unknown = within.value.get("after_unknown")
    return resource_of(change, values, unknown, within.value.get("after_sensitive"), span)


def _stated(at: Pointed, key: str) -> Iterator[Resource]:
    """The resources of a state (`planned_values`, `values`), module by module."""
    if not isinstance(at.value, dict) or not isinstance(at.at(key).value, dict):
        return
    waiting = [at.at(key).at("root_module")]
    while waiting:
        module = waiting.pop()
        if not isinstance(module.value, dict):
            continue
        waiting += module.each("child_modules")
        for each in module.each("resources"):
            span = Span(each.file, pointer=f"{each.pointer}/values")
            values, masks = each.value.get("values"), each.value.get("sensitive_values")
            yield resource_of(each, values, None, masks, span)


def resource_of(at: Pointed, values: Any, unknown: Any, sensitive: Any, span: Span) -> Resource:
    """A resource with these values, of which masks say what is unknown and what is sensitive."""
    address = at.text("address")
    key = at.value.get("index")
    return Resource(
        address,
        at.text("type"),
        at.text("name"),
        key if isinstance(key, str | int) else key_of(address),
        path_of(at.text("module_address", "") or address),
        at.text("provider_name", "").rsplit("/", 1)[-1],
        at.text("mode", "managed") == "data",
        values if isinstance(values, dict) else {},
        unknown,
        sensitive,
        span,
        tuple(filter(None, [at.text("previous_address", "")])),
    )


def _count(at: Pointed, key: str) -> int:
    found = at.at(key).value
    return len(found) if isinstance(found, list) else 0
