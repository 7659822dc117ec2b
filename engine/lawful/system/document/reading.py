"""Reading: the value of a JSON text, or why it has none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.source import Span

#: Lists and objects may nest this deep.
DEEPEST = 200
#: A number may have so many digits.
MOST_DIGITS = 1000

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]|-?\d+|-?[A-Za-z]+', re.DOTALL)
#: Characters that no `.flow` text may have, wherever they stand.
_HIDDEN = re.compile("[\0\u202a-\u202e\u2066-\u2069]")
_HALF = re.compile("[\ud800-\udfff]")
#: What may be such a character, raw or escaped, in the text of a JSON file.
_ODD = re.compile(rf"\\u|{_HIDDEN.pattern}|{_HALF.pattern}")
#: What may stand around a value, and where a line is of it, or begins another one.
_GAP = re.compile(r"[ \t\n\r]*")
_VALUE = re.compile(r"^[ \t]*[{}\[\],\"]", re.MULTILINE)
#: What to do where a text is no JSON, by what Python says of it.
_REMEDIES = {
    "Expecting value": "a value is a text in double quotes, a number, `true`, `false`, `null`, a list or an object",
    "Expecting ',' delimiter": "a comma stands between two values",
    "Expecting ':' delimiter": "a colon stands between a key and its value",
    "Expecting property name enclosed in double quotes": "write the key as a text in double quotes",
    "Extra data": "a file is one value: take out what follows it",
    "Unterminated string starting at": 'end it with `"`',
    "Invalid control character at": "within a text, a line end is written `\\n`, a tab `\\t`",
    "Invalid \\escape": "write a backslash twice",
    "Invalid \\uXXXX escape": "four hexadecimal digits come after `\\u`",
}


class _Object(dict[str, Any]):
    """An object of JSON that remembers which of its keys were said twice."""

    twice: tuple[str, ...] = ()


class _NoNumber(ValueError):
    """A number that JSON does not have, or that is too large."""


def parse(
    text: str, file: str, start: int = 0, *, wrapped: bool = False, repeats: bool = False
) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The value of a JSON text, or why it has none; `wrapped` may be what follows from the next line on.

    But not in what may be a further value: of two, nothing says which is meant. What is said many times over, as in
    a text that `repeats` itself, is kept once.
    """
    try:
        if text.startswith("\ufeff"):
            raise json.JSONDecodeError("Expecting value", text, 0)
        decoder = _sharing() if repeats else _DECODER
        value, end = decoder.raw_decode(text, _after_gap(text, start))
        end = _after_gap(text, end)
        if end < len(text) and not (wrapped and _is_beside(text, end)):
            raise json.JSONDecodeError("Extra data", text, end)
        faults = _faults(value, file, "", DEEPEST) if _suspect(text, value) else ()
        return value, tuple(faults)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        help = _REMEDIES.get(error.msg, "mend it there")
        return None, (Diagnostic(message, _span(file, error.lineno, error.colno), help),)
    except _NoNumber as error:
        (word,) = error.args
        if word[-1].isdigit():
            message, help = "it has a number that is too large", "write at most nine digits"
        else:
            message, help = f"`{word}` is no number of JSON", "write a number in digits"
        place = _first(text, file, lambda token: token == word)
        return None, (Diagnostic(f"this is not JSON: {message}", place, help),)
    except RecursionError:
        depth = 0

        def too_deep(token: str) -> bool:
            nonlocal depth
            depth += (token in "[{") - (token in "]}")
            return depth > DEEPEST

        help = f"lists and objects nest at most {DEEPEST} deep"
        place = _first(text, file, too_deep)
        return None, (Diagnostic("this JSON is nested too deeply", place, help),)


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        found.twice = tuple(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return found


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _is_beside(text: str, at: int) -> bool:
    """Whether what stands there is on a line of its own, and none of its lines begins a value."""
    return text.rfind("\n", 0, at) == at - 1 and not _VALUE.search(text, at)


def _constant(word: str) -> NoReturn:
    raise _NoNumber(word)


def integer(digits: str) -> int:
    """A number that is not too long to be read."""
    if len(digits) > MOST_DIGITS:
        raise _NoNumber(digits)
    return int(digits)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_int=integer)


def _sharing() -> json.JSONDecoder:
    """A decoder that keeps each text once."""
    texts: dict[str, str] = {}

    def shared(pairs: list[tuple[str, Any]]) -> _Object:
        found = _object(pairs)
        for key, value in pairs:
            if value.__class__ is str and not found.twice:
                found[key] = texts.setdefault(value, value)
        return found

    return json.JSONDecoder(object_pairs_hook=shared, parse_constant=_constant, parse_int=integer)


def _suspect(text: str, value: Any) -> bool:
    """Whether there may be faults: most texts have none, and are not gone through word by word."""
    if _ODD.search(text):
        return True
    inside = [value] if isinstance(value, dict | list) else []
    for _ in range(DEEPEST):
        if any(isinstance(each, _Object) and each.twice for each in inside):
            return True
        inside = [
            inner
            for each in inside
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not inside:
            return False
    return True


def faulty(value: Any, depth: int) -> bool:
    """Whether a value that stands at a depth has in it what no text can have."""
    if isinstance(value, str) and value.isascii() and value.isprintable():
        return False
    return next(_faults(value, "", "", DEEPEST - depth), None) is not None


def _faults(value: Any, file: str, pointer: str, deeper: int) -> Iterator[Diagnostic]:
    """Keys that are said twice, and characters that a text cannot have."""
    if not deeper and isinstance(value, dict | list):
        raise RecursionError
    if isinstance(value, dict):
        for key in value.twice if isinstance(value, _Object) else ():
            span = Span(file, pointer=f"{pointer}/{escaped(key)}")
            yield Diagnostic(f"the key `{key}` is said twice", span, "leave one of the two out")
        for key, inner in value.items():
            yield from _faults(inner, file, f"{pointer}/{escaped(key)}", deeper - 1)
            yield from _faults(key, file, pointer, deeper)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _faults(inner, file, f"{pointer}/{number}", deeper - 1)
    elif isinstance(value, str):
        span = Span(file, pointer=pointer or "/")
        if _HALF.search(value):
            help = "write the whole character, or both halves of it"
            yield Diagnostic("this text has half of a character in it", span, help)
        elif _HIDDEN.search(value):
            yield Diagnostic("this text has a hidden character in it", span, "take it out")


def escaped(key: str) -> str:
    """A key as a part of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def _first(text: str, file: str, wanted: Callable[[str], bool]) -> Span:
    """Where the first wanted token stands."""
    tokens = _TOKEN.finditer(text)
    found = next((match.start() for match in tokens if wanted(match[0])), 0)
    return _span(file, text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found))


def _span(file: str, line: int, column: int) -> Span:
    return Span(file, line, column, line, column + 1)
