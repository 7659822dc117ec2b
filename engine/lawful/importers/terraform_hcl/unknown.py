"""Unknown: what of a value cannot be told, by itself or within a list or a map."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lawful.importers._hosts import UNKNOWN as UNTOLD
from lawful.importers._terraform.state.resources import NO_KEY
from lawful_dsl.frozen import frozen

#: A value may be so large.
LARGEST = 20_000


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Any = _Unknown()


@frozen
class Perhaps:
    """A value of which it is not known whether it is there."""

    value: Any


@frozen
class Partly:
    """A text of which not all is known, with a host in it that is; what is not known is a sign of its own."""

    text: str


#: A text that may be an address.
_ADDRESS = re.compile(r"://|^arn:|[\w-]\.[A-Za-z]{2,}(?::\d+)?$")
#: A host in an address that is known as a whole.
_HOST = re.compile(
    r"://(?:[^/@\s]*@)?[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?=(?::\d+)?(?:[/?#,;\s\"']|$))(?!\S*@)"
)


def composed(parts: Iterable[Any]) -> Any:
    """A text that is made of values; one that is not known as a whole is kept if it tells a host."""
    told = [each.text if isinstance(each, Partly) else text_of(each) for each in parts]
    text = "".join(UNTOLD if each is None else each for each in told)
    if UNTOLD not in text:
        return text
    return Partly(text) if _HOST.search(text) else UNKNOWN


def any_of(values: list[Any]) -> Any:
    """What is said of several that are one node: what is the same of all, and all texts that may be addresses."""
    first, *rest = values
    if all(each == first for each in rest):
        return first
    if all(isinstance(each, dict) and each.keys() == first.keys() for each in values):
        return {key: any_of([each[key] for each in values]) for key in first}
    if all(isinstance(each, list) and len(each) == len(first) for each in values):
        return [any_of(list(each)) for each in zip(*values, strict=True)]
    texts = [each for each in values if isinstance(each, str) and _ADDRESS.search(each)]
    return list(dict.fromkeys(texts)) + [UNKNOWN] * (len(texts) < len(values)) if texts else UNKNOWN


def is_unknown(value: Any) -> bool:
    """Whether it is not known what a value is as a whole."""
    return value is UNKNOWN or isinstance(value, Partly)


def separated(value: Any) -> tuple[Any, Any]:
    """A value without what is unknown of it, and a mask of that, as plans have them."""
    if value is UNKNOWN:
        return None, True
    if isinstance(value, Partly):
        return value.text, True
    if isinstance(value, Perhaps):
        return separated(value.value)[0], True
    if isinstance(value, dict):
        pairs = {key: separated(inner) for key, inner in value.items()}
        return {k: v for k, (v, _) in pairs.items()}, {k: m for k, (_, m) in pairs.items() if m}
    if isinstance(value, list):
        parts = [separated(inner) for inner in value]
        masks = [mask for _, mask in parts]
        return [part for part, _ in parts], masks if any(masks) else False
    return value, False


def fits(value: Any) -> bool:
    """Whether a value is not too large to be told."""
    waiting, seen = [value], 0
    while waiting:
        inner = waiting.pop()
        seen += 1
        if seen > LARGEST:
            return False
        if isinstance(inner, dict | list):
            waiting += inner.values() if isinstance(inner, dict) else inner
    return True


def text_of(value: Any) -> str | None:
    """A value as it is in a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return None


def is_whole(value: Any) -> bool:
    """Whether it is known which keys a map has, or how long a list is."""
    return not (isinstance(value, dict) and any(key.startswith(NO_KEY) for key in value))
