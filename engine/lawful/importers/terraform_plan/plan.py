"""Plan: the resources of a file, with their values, what is not known of them and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lawful.importers import Notice
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.source import Source, Span

_STEP = re.compile(r'module\.([^.\[\]]+)(\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.?')
_KEY = re.compile(r'\["(?P<text>(?:[^"\\]|\\.)*)"\]$|\[(?P<number>\d+)\]$')

#: The call of a module and its key (`"blue"`, 0, or none), from the root down.
Path = tuple[tuple[str, str | int | None], ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as it is when the plan is carried out; `key` is that of `count` or `for_each`."""

    address: str
    type: str
    name: str
    key: str | int | None
    module: Path
    provider: str
    data: bool
    values: dict[str, Any]
    unknown: Any
    sensitive: Any
    span: Span

    def found(self, path: str) -> tuple[Any, ...]:
        """The values at a path (`rule.destination.bucket`), through all lists; never `null`."""
        return tuple(value for value, _ in self.said(path))

    def said(self, path: str) -> Iterator[tuple[Any, bool]]:
        """The values at a path, each with whether it is sensitive."""
        keys = tuple(path.split("."))
        yield from _walk(self.values, self.sensitive, keys)

    def has(self, path: str) -> bool:
        """Whether there is a block at a path, though all in it may be unknown."""
        found: list[Any] = [self.values]
        for key in path.split("."):
            found = [item.get(key) for each in found for item in _items(each)]
        return any(True for each in found for _ in _items(each))

    def is_unknown(self, path: str) -> bool:
        """Whether a value at a path is known only after the plan was carried out."""
        return any(marked(self.unknown, tuple(path.split("."))))

    def at(self, path: str) -> Span:
        """Where a setting stands, or the resource, where it stands nowhere."""
        key = path.split(".", 1)[0]
        if key not in self.values:
            return self.span
        return Span(self.span.file, pointer=f"{self.span.pointer}/{key}")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file tells: resources that will be there, the configuration, values of variables."""

    resources: tuple[Resource, ...]
    configuration: dict[str, Any]
    variables: dict[str, Any]
    notices: tuple[Notice, ...]
    span: Span


def read_plan(source: Source) -> Plan:
    """The plan that a text is. Raises `Rejected` with what is wrong."""
    at = open_plan(source)
    changes = list(at.each("resource_changes"))
    resources: dict[str, Resource] = {}
    deleted = deposed = moved = 0
    for change in changes:
        deposed += change.value.get("deposed") is not None
        if change.value.get("deposed") is not None:
            continue
        resource = _changed(change)
        moved += change.value.get("previous_address") is not None
        deleted += resource is None
        if resource is not None:
            resources.setdefault(resource.address, resource)
    if at.value.get("resource_changes") is None:
        for key in ("planned_values", "values"):
            resources |= {r.address: r for r in _stated(at, key) if not r.data}
    for known in looked_up(at):
        resources.setdefault(known.address, known)
    if not changes and not resources and not isinstance(at.at("configuration").value, dict):
        at.reject(
            "this plan tells of no resources", "write it with `terraform show -json PLANFILE`"
        )
    notices = (
        Notice(int(at.value.get("errored") is True), "plan ended in an error: it is not whole"),
        Notice(int(at.value.get("complete") is False), "plan is not complete: more is to come"),
        Notice(_count(at, "deferred_changes"), "resources are put off to a later plan: left out"),
        Notice(deleted, "resources are deleted by this plan: left out"),
        Notice(deposed, "old copies of resources wait for deletion: left out"),
        Notice(moved, "resources are moved: they stand under their new addresses"),
        Notice(
            _count(at, "resource_drift"),
            "resources were changed by other hands: they stand as this plan leaves them",
        ),
    )
    return whole(at, resources, object_at(at, "configuration"), notices)


def open_plan(source: Source) -> Pointed:
    """The object that a plan is, of a format that is known. Raises `Rejected` with what is wrong."""
    at = read_object(unwrapped(source))
    version = at.text("format_version", "")
    if not re.fullmatch(r"[01]\.\d+", version):
        message = f"plans of the format `{version}` are not known"
        at.reject(message, "known are 0.1 to 1.x, as `terraform show -json` writes them")
    return at


def whole(
    at: Pointed,
    resources: Mapping[str, Resource],
    configuration: dict[str, Any],
    notices: tuple[Notice, ...] = (),
) -> Plan:
    """A plan of these resources, by their addresses."""
    in_order = tuple(resources[address] for address in sorted(resources))
    return Plan(in_order, configuration, object_at(at, "variables"), notices, at.span)


def looked_up(at: Pointed) -> Iterator[Resource]:
    """What data sources found before the plan was made."""
    return (each for each in _stated(at.at("prior_state"), "values") if each.data)


def object_at(at: Pointed, key: str) -> dict[str, Any]:
    """The object under a key; an empty one where there is none."""
    found = at.at(key).value
    return found if isinstance(found, dict) else {}


def unwrapped(source: Source) -> Source:
    """The text without lines that a wrapper wrote before it; lines keep their numbers."""
    text = source.text
    if text.lstrip().startswith("{"):
        return source
    start = text.find("\n{")
    if start < 0:
        return source
    return Source(source.file, "\n" * (text.count("\n", 0, start) + 1) + text[start + 1 :])


def path_of(address: str) -> Path:
    """The calls of modules with which an address begins."""
    steps: list[tuple[str, str | int | None]] = []
    position = 0
    while match := _STEP.match(address, position):
        steps.append((match[1], key_of(match[2] or "")))
        position = match.end()
    return tuple(steps)


def key_of(text: str) -> str | int | None:
    """The key with which an address ends: `[0]`, `["blue"]`; none where it has none."""
    match = _KEY.search(text)
    if match is None:
        return None
    return int(match["number"]) if match["number"] else match["text"]


def _changed(change: Pointed) -> Resource | None:
    """A resource of `resource_changes`; none where the plan deletes it."""
    within = change.within("change")
    actions = within.value.get("actions")
    values = within.value.get("after")
    gone = isinstance(actions, list) and actions in (["delete"], ["forget"])
    if gone:
        return None
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
    )


def _count(at: Pointed, key: str) -> int:
    found = at.at(key).value
    return len(found) if isinstance(found, list) else 0


def _items(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, dict)]


def _walk(value: Any, mask: Any, keys: tuple[str, ...]) -> Iterator[tuple[Any, bool]]:
    if isinstance(value, list):
        for number, inner in enumerate(value):
            inside = mask[number] if isinstance(mask, list) and number < len(mask) else mask
            yield from _walk(inner, inside, keys)
    elif not keys:
        if isinstance(value, dict):
            for key, inner in value.items():
                inside = mask.get(key) if isinstance(mask, dict) else mask
                yield from _walk(inner, inside, ())
        elif value is not None:
            yield value, mask is True
    elif isinstance(value, dict) and value.get(keys[0]) is not None:
        inside = mask.get(keys[0]) if isinstance(mask, dict) else mask
        yield from _walk(value[keys[0]], inside, keys[1:])


def marked(mask: Any, keys: tuple[str, ...]) -> Iterator[bool]:
    """Whether a mask (of what is unknown) is set at or above a path, or beneath it."""
    if isinstance(mask, list):
        for inner in mask:
            yield from marked(inner, keys)
    elif isinstance(mask, dict):
        if keys:
            yield from marked(mask.get(keys[0]), keys[1:])
        else:
            for inner in mask.values():
                yield from marked(inner, ())
    else:
        yield mask is True
