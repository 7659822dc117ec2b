"""Retention: how long the data of a declaration are kept, and those of a dataset, its collections and its fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from lawful.system.document.pointed import Pointed
from lawful_dsl import syntax as s

_LENGTH = re.compile(r"(\d{1,5}) ?(hour|day|week|month|year)s?", re.IGNORECASE)
_LOST = "retention periods that are no length, or of no data: unknown here"


def length(said: Pointed, left: Counter[str], *, of_data: bool) -> s.Length | None:
    """The length that a text is, if it is one and of some data; what else is said is counted."""
    if said.value in (None, ""):
        return None
    match = _LENGTH.fullmatch(str(said.value).strip())
    if not match or not of_data:
        left[_LOST] += 1
        return None
    return s.Length(int(match[1]), f"{match[2].lower()}s", said.span)


def periods(
    dataset: Sequence[Pointed], data: Callable[[Pointed], tuple[s.Name, ...]], left: Counter[str]
) -> Iterator[s.Retention]:
    """How long a dataset keeps each category, where all its parts that have it say so.

    The closest of field, collection and dataset holds; where parts differ, it is the longer of their periods.
    """
    kept: dict[str, dict[str, s.Length | None]] = {}
    names: dict[str, s.Name] = {}
    waiting: list[tuple[Pointed, s.Length | None]] = [(each, None) for each in dataset]
    while waiting:
        part, around = waiting.pop()
        inner = [*part.each("collections"), *part.each("fields")]
        own = data(part)
        here = length(part.at("retention"), left, of_data=bool(own or inner))
        period = here if part.at("retention").value not in (None, "") else around
        for name in own:
            names.setdefault(name.text, name)
            key = f"{period.number:5} {period.unit}" if period else ""
            kept.setdefault(name.text, {}).setdefault(key, period)
        waiting += ((each, period) for each in inner)
    alike: dict[tuple[str, ...], list[str]] = {}
    for text, found in sorted(kept.items()):
        alike.setdefault(tuple(sorted(found)), []).append(text)
    for told, texts in sorted(alike.items()):
        lengths = [each for key in told if (each := kept[texts[0]][key]) is not None]
        if len(lengths) == len(told):
            at = lengths[0].span
            longer = s.Choice("longer", tuple(lengths), at)
            of = tuple(names[text] for text in texts)
            yield s.Retention(longer if len(told) > 1 else lengths[0], of, span=at)
