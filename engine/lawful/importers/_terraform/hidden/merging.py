"""Merging: resources with what they do not tell as it was before, and which of their settings hide that."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lawful.importers._hosts import UNKNOWN
from lawful.importers._terraform.hidden.later import hiding
from lawful.importers._terraform.state.configuration import Configuration
from lawful.importers._terraform.state.resources import NO_KEY, Resource
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

_Keys = tuple[str, ...]
_ABSENT: Any = object()
#: Texts that lead to a value which is kept elsewhere, and settings that hold nothing but such.
_SEALED = re.compile(
    r"arn:[\w-]+:(?:secretsmanager|ssm):|@Microsoft\.KeyVault\(|@Microsoft\.AppConfiguration\(|\{\{resolve:(?:ssm|secret)"
)
_SEALING = frozenset(
    "environmentFiles valueFrom secret_key_ref secret_environment_variables runtime_environment_secrets".split()  # noqa: SIM905
)


@frozen
class Spot:
    """A setting that does not tell any more what it told, or is new and does not tell; or a module from elsewhere."""

    id: str
    address: str
    type: str
    span: Span

    def may_be(self, type: str) -> bool:
        """Whether what it hides may be what stood in a resource of a type, or in a part of one."""
        return not self.type or self.type.startswith(type) or type.startswith(self.type)


@dataclass(eq=False)
class Merging:
    """Resources with what they do not tell as it was; only those at some addresses, if any are given."""

    now: Configuration
    was: Configuration
    only: Collection[str] | None = None
    spots: dict[str, Spot] = field(default_factory=dict)
    recalled: set[tuple[str, str]] = field(default_factory=set)

    def resource(self, now: Resource, was: Resource | None) -> Resource:
        """A resource; what is hidden in it is kept among the spots."""
        if self.only is not None and now.address not in self.only:
            return now
        one = _One(self, now, was)
        told, masks = (was.values, was.unknown) if was is not None else ({}, False)
        values, unknown = one.merged((), now.values, now.unknown, told, masks)
        for key in one.more & told.keys():
            values[key], unknown[key] = told[key], _beneath(masks, key)
            self.recalled.add((now.address, key))
        return replace(now, values=values, unknown=unknown)


@dataclass(eq=False)
class _One:
    """A resource as it is merged with what it was; `more` are the settings that hide something that was not there."""

    merging: Merging
    now: Resource
    was: Resource | None
    more: set[str] = field(default_factory=set)

    def merged(self, keys: _Keys, now: Any, mask: Any, was: Any, masked: Any) -> tuple[Any, Any]:
        """A value, and what of it is not known: where it is hidden, as it was."""
        if mask is True and (now is None or isinstance(now, str)):
            return self._leaf(keys, now, was, masked)
        if isinstance(now, dict):
            return self._of_map(keys, now, mask, was if isinstance(was, dict) else {}, masked)
        if isinstance(now, list):
            is_alike = isinstance(was, list) and len(was) == len(now)
            return self._of_list(keys, now, mask, was if is_alike else (), masked)
        if isinstance(now, str) and now != was:
            if _is_sealed(keys, now) and not (isinstance(was, str) and _is_sealed(keys, was)):
                return self._hidden(keys, now, mask, was, masked)
            if now.startswith(("[", "{")):
                return self._of_text(keys, now, was), mask
        return now, mask

    def _leaf(self, keys: _Keys, now: str | None, was: Any, masked: Any) -> tuple[Any, Any]:
        """What is not known: hidden, if what its expression refers to does not tell it either, and was told before."""
        behind = hiding(self.merging.now, self.now, keys)
        if self.was is not None and masked is True and (was is None or isinstance(was, str)):
            behind -= hiding(self.merging.was, self.was, keys)
        if not behind:
            return now, True
        return self._hidden(keys, now, True, was, masked)

    def _hidden(self, keys: _Keys, now: Any, mask: Any, was: Any, masked: Any) -> tuple[Any, Any]:
        """What is hidden, as it was; what was not there makes all of its setting what that was."""
        key = next(iter(keys), "")
        named = [each for each in keys if not each.startswith(NO_KEY)]
        id = ".".join((self.now.address, *named))
        self.merging.spots[id] = Spot(id, self.now.address, self.now.type, self.now.at(key))
        if was is _ABSENT:
            self.more.add(key)
            return now, mask
        self.merging.recalled.add((self.now.address, key))
        return was, masked

    def _of_map(
        self, keys: _Keys, now: dict[str, Any], mask: Any, was: dict[str, Any], masked: Any
    ) -> tuple[Any, Any]:
        parts = {
            key: self.merged(
                (*keys, key),
                inner,
                _beneath(mask, key),
                was.get(key, _ABSENT),
                _beneath(masked, key),
            )
            for key, inner in (dict.fromkeys(mask if isinstance(mask, dict) else ()) | now).items()
        }
        return {k: value for k, (value, _) in parts.items()}, {k: m for k, (_, m) in parts.items()}

    def _of_list(
        self, keys: _Keys, now: list[Any], mask: Any, was: Sequence[Any], masked: Any
    ) -> tuple[Any, Any]:
        parts = [
            self.merged(keys, inner, _item(mask, n), was[n] if was else _ABSENT, _item(masked, n))
            for n, inner in enumerate(now)
        ]
        return [value for value, _ in parts], [part for _, part in parts]

    def _of_text(self, keys: _Keys, now: str, was: Any) -> str:
        """A text of JSON, of which nothing stands for what is not known."""
        try:
            told = json.loads(now)
            then = json.loads(was) if isinstance(was, str) else _ABSENT
        except (ValueError, RecursionError):
            return now
        return json.dumps(self.merged(keys, told, _gaps(told), then, _gaps(then))[0])


def _is_sealed(keys: _Keys, text: str) -> bool:
    """Whether a text only says where a value is kept for whoever may read it."""
    return bool(_SEALED.search(text)) or not _SEALING.isdisjoint(keys)


def _beneath(mask: Any, key: str) -> Any:
    return mask.get(key, False) if isinstance(mask, dict) else mask


def _item(mask: Any, number: int) -> Any:
    if isinstance(mask, list):
        return mask[number] if number < len(mask) else False
    return mask


def _gaps(value: Any) -> Any:
    """Where in a value there is nothing, or something that is not told."""
    if isinstance(value, dict):
        return {key: _gaps(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_gaps(inner) for inner in value]
    return value is None or (isinstance(value, str) and UNKNOWN in value)
