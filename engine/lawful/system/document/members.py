"""Members: a JSON text value by value, so that a large one is never in memory as values all at once.

What is wrong with a text is not told here: who meets `Odd` reads it by `reading`, which tells it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NoReturn

from lawful.system.document.reading import faulty, integer

#: What stands after a value, and the space around it.
_AFTER = re.compile(r"[ \t\n\r]*([,:\]}])[ \t\n\r]*")
_SPACE = re.compile(r"[ \t\n\r]*")


class Odd(Exception):
    """The text is not as a text is in which nothing is wrong."""


class Items:
    """The items of a list that begins after a place: `at` is where the next begins, or behind the list."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = _start(text, at)
        #: Whether there is another one.
        self.more = text[self.at : self.at + 1] != "]"
        self.at += not self.more

    def decode(self) -> Any:
        """The next one."""
        value, at = _decode(self.text, self.at)
        mark, self.at = _after(self.text, at)
        if mark not in ",]":
            raise Odd
        self.more = mark == ","
        return value


def members(text: str, listed: Collection[str]) -> Iterator[tuple[str, Any]]:
    """The keys of the object that a text is, with their values: the lists under keys in `listed` as `Items`.

    Those are to be gone through before the next key is asked for. An object is a tuple of pairs.
    """
    at = _start(text, 0)
    if text[at : at + 1] != "{":
        raise Odd
    at = _start(text, at + 1)
    mark = "}" if text[at : at + 1] == "}" else ","
    end = at + 1
    while mark == ",":
        key, at = _decode(text, at)
        mark, at = _after(text, at)
        if mark != ":" or type(key) is not str:
            raise Odd
        if key in listed and text[at : at + 1] == "[":
            items = Items(text, at + 1)
            yield key, items
            at = items.at
        else:
            value, at = _decode(text, at)
            yield key, value
        mark, at = _after(text, at)
        end = at
    if mark != "}" or _start(text, end) < len(text):
        raise Odd


def spans(text: str, at: int) -> Iterator[tuple[str, Any, int, int]]:
    """The keys of the object that begins at a place, with their values and where these begin and end."""
    at = _start(text, at + 1)
    mark = "}" if text[at : at + 1] == "}" else ","
    while mark == ",":
        key, at = _decode(text, at)
        _, first = _after(text, at)
        value, last = _decode(text, first)
        yield key, value, first, last
        mark, at = _after(text, last)


def plain(value: Any, depth: int) -> Any:
    """A value with objects for its pairs. It has no key twice, and no character that no text can have.

    It stands at a depth of so many lists and objects around it.
    """
    found = _plain(value)
    if faulty(found, depth):
        raise Odd
    return found


def keyed(pairs: Any) -> dict[str, Any]:
    """An object by its keys, none of which is said twice."""
    if type(pairs) is not tuple:
        raise Odd
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Odd
    return found


def _plain(value: Any) -> Any:
    if type(value) is tuple:
        return {key: _plain(inner) for key, inner in keyed(value).items()}
    return [_plain(inner) for inner in value] if type(value) is list else value


def _constant(word: str) -> NoReturn:
    raise Odd(word)


#: The value that begins at a place, and where it ends.
_decode = json.JSONDecoder(
    object_pairs_hook=tuple, parse_constant=_constant, parse_int=integer
).raw_decode


def _start(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _after(text: str, at: int) -> tuple[str, int]:
    match = _AFTER.match(text, at)
    if match is None:
        raise Odd
    return match[1], match.end()
