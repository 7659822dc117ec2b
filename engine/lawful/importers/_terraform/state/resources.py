"""Resources: what Terraform manages or looks up, with values, what is not known of them and where they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from lawful.importers import Notice
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

#: A variable in a list of such, as containers are given them.
_VARIABLE = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_STEP = re.compile(r'module\.([^.\[\]]+)(\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.?')
_KEY = re.compile(r'\["(?P<text>(?:[^"\\]|\\.)*)"\]$|\[(?P<number>\d+)\]$')

#: What stands, so often, for a key of a map that is not known.
NO_KEY = "?"
#: The call of a module and its key (`"blue"`, 0, or none), from the root down.
Path = tuple[tuple[str, str | int | None], ...]


@frozen
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
    #: The addresses that it had, where it is moved.
    formerly: tuple[str, ...] = ()
    #: Where its settings stand, if not in the JSON of the resource.
    places: Mapping[str, Span] = field(default_factory=dict)
    #: Whether it may not be there, as it is not known how many of it there are.
    perhaps: bool = False

    def found(self, path: str) -> tuple[Any, ...]:
        """The values at a path (`rule.destination.bucket`), through all lists; never `null`."""
        return tuple(value for value, _ in self.said(path))

    def said(self, path: str) -> Iterator[tuple[Any, bool]]:
        """The values at a path, each with whether it is sensitive."""
        yield from ((value, sensitive) for _, value, sensitive in self.told(path))

    def told(self, path: str) -> Iterator[tuple[str, Any, bool]]:
        """The values at a path, each with the name that it has in a map, if any, and whether it is sensitive."""
        yield from _walk(self.values, self.sensitive, tuple(path.split(".")), "")

    def has(self, path: str) -> bool:
        """Whether there is a block at a path, though all in it may be unknown."""
        return any(True for _ in self.blocks(path))

    def blocks(self, path: str) -> Iterator[dict[str, Any]]:
        """The blocks at a path."""
        found: list[Any] = [self.values]
        for key in path.split("."):
            found = [item.get(key) for each in found for item in _items(each)]
        for each in found:
            yield from _items(each)

    def is_unknown(self, path: str) -> bool:
        """Whether a value at a path is known only after the plan was carried out."""
        return any(marked(self.unknown, tuple(path.split("."))))

    def at(self, path: str) -> Span:
        """Where a setting stands, or the resource, where it stands nowhere."""
        key = path.split(".", 1)[0]
        if key in self.places:
            return self.places[key]
        if self.places or key not in self.values:
            return self.span
        return Span(self.span.file, pointer=f"{self.span.pointer}/{key}")


@frozen
class Plan:
    """What a file tells: resources that will be there, the configuration, values of variables."""

    resources: tuple[Resource, ...]
    configuration: dict[str, Any]
    variables: dict[str, Any]
    notices: tuple[Notice, ...]
    span: Span
    #: Why the plan is not all that there is to tell, as sentences.
    partial: tuple[str, ...] = ()
    #: The accounts of its own that it tells, those that it names, and the one of each cloud that ids leave out.
    accounts: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    #: The calls of modules that are not among the files, each with what it is given, as a digest.
    elsewhere: Mapping[str, str] = field(default_factory=dict)


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


def _items(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, dict)]


def pairs(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a map has, by name; of a variable that is written as `name` (or `key`) and `value`, the value by that."""
    name = value.get("name") or value.get("key")
    for key, inner in value.items():
        yield (name if key == "value" and isinstance(name, str) else key), inner


def within(name: str, value: str) -> Iterator[tuple[str, str]]:
    """The texts within a document of JSON, as of containers, with the names of variables; else the text itself."""
    try:
        waiting: list[tuple[str, Any]] = (
            [("", json.loads(value))] if value.startswith(("[", "{")) else [(name, value)]
        )
    except (ValueError, RecursionError):
        waiting = [(name, value)]
    while waiting:
        key, inner = waiting.pop(0)
        if isinstance(inner, dict):
            waiting += pairs(inner)
        elif isinstance(inner, list):
            waiting += (("", each) for each in inner)
        elif isinstance(inner, str):
            pair = None if key else _VARIABLE.fullmatch(inner)
            yield (pair[1], pair[2]) if pair else (key, inner)


def _walk(
    value: Any, mask: Any, keys: tuple[str, ...], name: str
) -> Iterator[tuple[str, Any, bool]]:
    if isinstance(value, list):
        for number, inner in enumerate(value):
            inside = mask[number] if isinstance(mask, list) and number < len(mask) else mask
            yield from _walk(inner, inside, keys, name)
    elif not keys:
        if isinstance(value, dict):
            for key, (called, inner) in zip(value, pairs(value), strict=True):
                inside = mask.get(key) if isinstance(mask, dict) else mask
                yield from _walk(inner, inside, (), called)
        elif value is not None:
            yield name, value, mask is True
    elif isinstance(value, dict) and (whole := ".".join(keys)) in value and len(keys) > 1:
        inside = mask.get(whole) if isinstance(mask, dict) else mask
        yield from _walk(value[whole], inside, (), name)
    elif isinstance(value, dict) and value.get(keys[0]) is not None:
        inside = mask.get(keys[0]) if isinstance(mask, dict) else mask
        yield from _walk(value[keys[0]], inside, keys[1:], name)


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
