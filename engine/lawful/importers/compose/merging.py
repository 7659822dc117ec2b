"""Merging: what later files, and services that extend others, change of what was said before.

Mappings are merged by their keys, and sequences joined; a command is replaced. `!override` replaces,
too, and `!reset` takes away. Of what may be written as a list or as a mapping the mapping is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lawful.importers._written import Yaml

_REPLACED = frozenset(("command", "entrypoint", "test"))
#: What may be a list, by the sign between key and value of an item.
_LISTED = {
    "environment": "=",
    "labels": "=",
    "annotations": "=",
    "args": "=",
    "extra_hosts": "=:",
    "depends_on": "",
    "networks": "",
}


def merged(first: Yaml, second: Yaml, key: str = "") -> Yaml:
    """What two values amount to, the second said after the first."""
    if second.tag in ("!override", "!reset"):
        return second
    if isinstance(first.value, Mapping) and isinstance(second.value, Mapping):
        entries = dict(first.value)
        for name, value in second.value.items():
            entries[name] = merged(entries[name], value, name) if name in entries else value
        return replace(second, value=entries)
    if isinstance(first.value, tuple) and isinstance(second.value, tuple) and key not in _REPLACED:
        if key == "volumes":
            return replace(second, value=_by_target(first.value, second.value))
        return replace(second, value=first.value + second.value)
    return first if second.value is None else second


def settled(value: Yaml) -> Yaml:
    """A value without what was reset in it."""
    if value.tag == "!reset":
        return replace(value, value=None, tag="")
    if isinstance(value.value, Mapping):
        kept = {key: settled(v) for key, v in value.value.items() if v.tag != "!reset"}
        return replace(value, value=kept)
    if isinstance(value.value, tuple):
        return replace(value, value=tuple(settled(v) for v in value.value if v.tag != "!reset"))
    return value


def normal(service: Yaml) -> Yaml:
    """A service in which what may be a list or a mapping is a mapping."""
    if not isinstance(service.value, Mapping):
        return service
    said = dict(service.value)
    for key, signs in _LISTED.items():
        if key in said and isinstance(said[key].value, tuple):
            said[key] = replace(
                said[key], value=dict(_entry(item, signs) for item in said[key].items)
            )
    for key in ("env_file", "profiles", "tmpfs"):
        if key in said and isinstance(said[key].value, str):
            said[key] = replace(said[key], value=(said[key],))
    return replace(service, value=said)


def _entry(item: Yaml, signs: str) -> tuple[str, Yaml]:
    """An item of a list as a key and its value, which is null where it has none."""
    for sign in signs:
        key, found, value = item.text.partition(sign)
        if found:
            return key.strip(), replace(item, value=value)
    return item.text.strip(), replace(item, value=None)


def _by_target(first: tuple[Yaml, ...], second: tuple[Yaml, ...]) -> tuple[Yaml, ...]:
    """Mounts, of which the later one at a path stands."""
    return tuple(
        {mount_of(each)[1] or str(n): each for n, each in enumerate((*first, *second))}.values()
    )


def mount_of(volume: Yaml) -> tuple[str, str, bool]:
    """What a mount mounts, where, and whether it may be written."""
    if volume.entries:
        kind = volume.at("type").text
        source = volume.at("source").text or volume.at("src").text
        target = volume.at("target").text or volume.at("destination").text or volume.at("dst").text
        if source and kind not in ("", "volume") and not source.startswith((".", "/", "~")):
            source = f"./{source}"
        return source, target, volume.at("read_only").text != "true"
    parts = volume.text.split(":")
    if len(parts[0]) == 1 and len(parts) > 2:  # a drive of Windows
        parts = [f"{parts[0]}:{parts[1]}", *parts[2:]]
    if len(parts) == 1:
        return "", parts[0], True
    modes = parts[2].split(",") if len(parts) > 2 else []
    return parts[0], parts[1], "ro" not in modes
