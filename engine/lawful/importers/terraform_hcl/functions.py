"""Functions: those of Terraform that only put values together, and what each makes of what is known."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from lawful.importers._terraform.state.resources import NO_KEY
from lawful.importers.terraform_hcl.unknown import (
    UNKNOWN,
    composed,
    fits,
    is_unknown,
    is_whole,
    separated,
    text_of,
)


def _joined(values: list[Any]) -> Any:
    if len(values) != 2 or not isinstance(values[1], list):
        return UNKNOWN
    between = values[0] if is_unknown(values[0]) else text_of(values[0])
    parts = [part for value in values[1] for part in (between, value)]
    return composed(parts[1:])


def _formatted(values: list[Any]) -> Any:
    form = text_of(values[0]) if values else None
    parts = (form or "").replace("%%", "\0").split("%s")
    if form is None or len(parts) != len(values) or any("%" in part for part in parts):
        return UNKNOWN
    plain = (part.replace("\0", "%") for part in parts)
    return composed(each for pair in zip(plain, [*values[1:], ""], strict=True) for each in pair)


def _merged(values: list[Any]) -> Any:
    """What maps have together: one that is not known may say otherwise what those before it say."""
    found: dict[str, Any] = {}
    for number, value in enumerate(values, 1):
        if not (value is UNKNOWN or isinstance(value, dict)):
            return UNKNOWN
        if not (isinstance(value, dict) and is_whole(value)):
            found = dict.fromkeys(found, UNKNOWN) | {NO_KEY * number: UNKNOWN}
        found |= value if isinstance(value, dict) else {}
    return found if any(isinstance(value, dict) for value in values) else UNKNOWN


def _strung(values: list[Any]) -> Any:
    found: list[Any] = []
    for value in values:
        found += value if isinstance(value, list) else [value]
    return found


def _looked_up(values: list[Any]) -> Any:
    if len(values) < 2 or not isinstance(values[0], dict) or not isinstance(values[1], str):
        return UNKNOWN
    other = values[2] if len(values) > 2 and is_whole(values[0]) else UNKNOWN
    return values[0].get(values[1], other)


def _first(values: list[Any]) -> Any:
    """The first that is something, where all before it are known to be nothing."""
    return next((value for value in values if value is UNKNOWN or value not in (None, "")), UNKNOWN)


def _encoded(values: list[Any]) -> Any:
    """A document, with nothing where something is unknown."""
    if len(values) != 1 or values[0] is UNKNOWN or not fits(values[0]):
        return UNKNOWN
    return json.dumps(separated(values[0])[0])


def _contained(values: list[Any]) -> Any:
    if len(values) != 2 or not isinstance(values[0], list) or isinstance(values[1], list | dict):
        return UNKNOWN
    if any(map(is_unknown, (*values, *values[0]))):
        return UNKNOWN
    return values[1] in values[0]


def _counted(values: list[Any]) -> Any:
    known = len(values) == 1 and isinstance(values[0], list | dict | str) and is_whole(values[0])
    return len(values[0]) if known else UNKNOWN


def _split(values: list[Any]) -> Any:
    if len(values) != 2 or not all(isinstance(each, str) for each in values) or not values[0]:
        return UNKNOWN
    return values[1].split(values[0])


def _listed(values: list[Any], change: Callable[[list[Any]], Any]) -> Any:
    """What becomes of a list of plain values that are all known."""
    if len(values) != 1 or not isinstance(values[0], list):
        return UNKNOWN
    plain = all(each is None or isinstance(each, str | int | float) for each in values[0])
    return change(values[0]) if plain else UNKNOWN


def _of_map(values: list[Any], change: Callable[[dict[str, Any]], Any]) -> Any:
    known = len(values) == 1 and isinstance(values[0], dict) and is_whole(values[0])
    return change(values[0]) if known else UNKNOWN


def _changed(change: Callable[[str], str]) -> Callable[[list[Any]], Any]:
    return lambda values: (
        change(values[0]) if len(values) == 1 and isinstance(values[0], str) else UNKNOWN
    )


def _same(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else UNKNOWN


FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "coalesce": _first,
    "compact": lambda values: _listed(
        values, lambda listed: [each for each in listed if each not in (None, "")]
    ),
    "concat": _strung,
    "contains": _contained,
    "distinct": lambda values: _listed(values, lambda listed: list(dict.fromkeys(listed))),
    "flatten": lambda values: (
        _strung(values[0]) if values and isinstance(values[0], list) else UNKNOWN
    ),
    "format": _formatted,
    "join": _joined,
    "jsonencode": _encoded,
    "lookup": _looked_up,
    "keys": lambda values: _of_map(values, lambda told: sorted(told)),
    "length": _counted,
    "lower": _changed(str.lower),
    "merge": _merged,
    "split": _split,
    "tolist": _same,
    "tomap": _same,
    "toset": _same,
    "tostring": lambda values: (
        UNKNOWN if len(values) != 1 or (text := text_of(values[0])) is None else text
    ),
    "trimspace": _changed(str.strip),
    "try": lambda values: values[0] if values else UNKNOWN,
    "upper": _changed(str.upper),
    "values": lambda values: _of_map(values, lambda told: [told[key] for key in sorted(told)]),
}
