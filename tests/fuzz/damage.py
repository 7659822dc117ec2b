"""Damage: texts as they are when something went wrong with them: a word lost, a line moved, a byte changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from tests.dsl.strategies import KEYWORDS

_PIECE = re.compile(r"\s+|[\w.-]+|\"[^\"\n]*\"|'[^'\n]*'|.", re.DOTALL)
#: What is rarely in a text, and never harmless: controls, marks, halves of characters, other spaces.
ODD = (
    "\0", "\a", "\b", "\t", "\v", "\f", "\r", "\r\n", "\n", "\x1b[31m", "\x1c", "\x7f", "\x85", "\xa0",
    "\u0301", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202e", "\u2066",
    "\u3000", "\ufeff", "\ufffe", "\U000e0041", "\U0001f600", "٣", "²", "ǅ", "ß", "個", "ع", "a\u0301",
    '"', "'", "`", "“", "’", "#", "\\", "{", "}", "(", ")", "[", "]", "|", ",", ":", "+", "=", "!=", "<",
    "->", "=>", "...", "-", ".", "_", "0", "999999999", "9999999999", "0000-00-00", "2024-02-30",
    "2024-02-29", "9999-12-31", "0001-01-01", "30 days", "'a b'", "''", "\"'\"", "' '",
)  # fmt: skip

Change = Callable[[str, Random], str]


def damaged(text: str, random: Random) -> str:
    """The text with a few things wrong with it, one after the other."""
    for _ in range(random.randint(1, 4)):
        text = random.choice(CHANGES)(text, random)
    return text


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)


def _without_piece(text: str, random: Random) -> str:
    pieces = _pieces(text)
    if pieces:
        pieces.pop(random.randrange(len(pieces)))
    return "".join(pieces)


def _piece_twice(text: str, random: Random) -> str:
    pieces = _pieces(text)
    if pieces:
        at = random.randrange(len(pieces))
        pieces[at] = pieces[at] + random.choice(["", " ", ", "]) + pieces[at]
    return "".join(pieces)


def _pieces_swapped(text: str, random: Random) -> str:
    pieces = _pieces(text)
    if pieces:
        one, two = random.randrange(len(pieces)), random.randrange(len(pieces))
        pieces[one], pieces[two] = pieces[two], pieces[one]
    return "".join(pieces)


def _another_piece(text: str, random: Random) -> str:
    """One in the place of another: of the same text, a keyword, or an odd one."""
    pieces = _pieces(text)
    if pieces:
        others = random.choice([pieces, KEYWORDS, ODD])
        pieces[random.randrange(len(pieces))] = random.choice(others)
    return "".join(pieces)


def _one_more(text: str, random: Random) -> str:
    pieces = _pieces(text)
    others = random.choice([pieces or ODD, KEYWORDS, ODD])
    pieces.insert(random.randint(0, len(pieces)), f" {random.choice(others)} ")
    return "".join(pieces)


def _odd_character(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(ODD) + text[at + random.randint(0, 1) :]


def _cut(text: str, random: Random) -> str:
    return text[: random.randint(0, len(text))]


def _without_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    lines.pop(random.randrange(len(lines)))
    return "\n".join(lines)


def _line_twice(text: str, random: Random) -> str:
    lines = text.split("\n")
    lines.insert(random.randint(0, len(lines)), random.choice(lines))
    return "\n".join(lines)


def _line_shifted(text: str, random: Random) -> str:
    """Indented otherwise: deeper, less deep, with tabs or other spaces."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    margin = random.choice(["", " ", "  ", "   ", "    ", "        ", "\t", " \t", "\u3000", "\f"])
    lines[at] = margin + (lines[at] if random.random() < 0.5 else lines[at].lstrip())
    return "\n".join(lines)


def _lines_joined(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    return "\n".join([*lines[:at], " ".join(lines[at : at + 2]), *lines[at + 2 :]])


def _line_ends(text: str, random: Random) -> str:
    return text.replace("\n", random.choice(["\r\n", "\r", "\n\n", "\n\t", "\x0b\n", "\u2028"]))


def _repeated(text: str, random: Random) -> str:
    """Something many times over: long, and deep where it opens something."""
    pieces = _pieces(text)
    if not pieces:
        return text
    at = random.randrange(len(pieces))
    piece = random.choice([pieces[at], "(", "not ", "longer of ", "a, ", "{\n", "unless ", "'a' "])
    pieces.insert(at, piece * random.choice([3, 20, 100, 300]))
    return "".join(pieces)


CHANGES: Sequence[Change] = (
    _without_piece,
    _piece_twice,
    _pieces_swapped,
    _another_piece,
    _another_piece,
    _one_more,
    _odd_character,
    _cut,
    _without_line,
    _line_twice,
    _line_shifted,
    _lines_joined,
    _line_ends,
    _repeated,
)


# --- bytes ----------------------------------------------------------------------------------------


def encoded(text: str, random: Random) -> bytes:
    """The bytes of a text, mostly as they should be."""
    raw = text.encode("utf-8", "surrogatepass")
    match random.randrange(12):
        case 0:
            return b"\xef\xbb\xbf" + raw
        case 1:
            return text.encode(random.choice(["utf-16", "utf-32", "utf-7"]), "surrogatepass")
        case 2:
            at = random.randint(0, len(raw))
            return raw[:at] + bytes([random.randrange(256)]) + raw[at + 1 :]
        case 3:
            return text.encode("latin-1", "replace")
    return raw


# --- JSON -----------------------------------------------------------------------------------------

_WRONG: Sequence[Any] = (
    None, True, False, 0, -1, 1, 0.5, -0.0, 1e300, 10**30, "", " ", "a", "unknown", "all", "'", "a'b",
    '"', "a\nb", "2024-02-30", "2024-01-01", "\ud800", "\0", "\u202e", "x" * 300, [], [[]], [None], {},
    ["a", "a"], [""], {"": {}}, {"some": ["a"]}, {"some": []}, {"number": 1, "unit": "days"},
    {"number": -1, "unit": "days"}, {"symbol": "a"}, {"choose": "else", "of": []}, {"a": "b"},
    {"~/": 1}, "~1", {"date": "2024-01-01"},
)  # fmt: skip


def miswritten(value: Any, random: Random) -> str:
    """The text of a JSON value in which something is of another kind, missing, twice or too much."""
    value = deepcopy(value)
    for _ in range(random.randint(1, 3)):
        value = _changed(value, random)
    text = json.dumps(value, ensure_ascii=random.random() < 0.5)
    match random.randrange(8):
        case 0:
            return damaged(text, random)
        case 1:
            pairs = re.findall(r'"\w+": (?:"[^"]*"|[0-9]+)', text)
            pair = random.choice(pairs) if pairs else '"a": 1'
            return text.replace(pair, f"{pair}, {pair}", 1)
        case 2:
            word = random.choice(["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000, "1" * 30])
            return re.sub(r"\b(1|true|false|null)\b", word, text, count=random.randint(1, 3))
    return text


def _changed(value: Any, random: Random) -> Any:
    """The value with something changed at one place."""
    inner = isinstance(value, dict | list) and value
    if not inner or random.random() < 0.15:
        return deepcopy(random.choice(_WRONG))
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = random.choice(keys)
    action = random.random()
    if action < 0.08:
        del value[key]
    elif action < 0.14 and isinstance(value, dict):
        value[random.choice(["", "x", key + "s", "lawful", "id", "~/", "\ud800"])] = deepcopy(
            value[key]
        )
    elif action < 0.2 and isinstance(value, list):
        value.insert(random.randint(0, len(value)), deepcopy(random.choice([value[key], *_WRONG])))
    elif action < 0.26:
        other = random.choice(keys)
        value[key], value[other] = value[other], value[key]
    else:
        value[key] = _changed(value[key], random)
    return value


def anything(random: Random, depth: int = 4) -> Any:
    """Some value of JSON."""
    if depth == 0 or random.random() < 0.4:
        return deepcopy(random.choice(_WRONG))
    if random.random() < 0.5:
        return [anything(random, depth - 1) for _ in range(random.randint(0, 4))]
    keys = random.sample(
        ["lawful", "system", "name", "nodes", "flows", "id", "kind", "data", "model", "children",
         "labelTypes", "constraints", "type", "", "x", "~/"], k=random.randint(0, 6),
    )  # fmt: skip
    return {key: anything(random, depth - 1) for key in keys}
