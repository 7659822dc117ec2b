"""Recovery: a text without what is wrong at one place, so that what is wrong after it is found too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful_dsl.parser.expected import LAW_STATEMENTS, LISTS

_LIST = re.compile(rf"({'|'.join(sorted(LISTS))})|(mapping|readings|clauses)\b.*")
_COMMENT = re.compile(r"""("[^"]*"|'[^']*')|#.*""")


def without(text: str, number: int) -> tuple[str, str]:
    """The text with a line blanked, and what is part of it: what was blanked is given beside it.

    Part of it are the lines that a comma joins to it, what is indented under it (or should be) or
    stands in the block that it opens, and the rows of a table of which it is the header.
    """
    lines = text.split("\n")
    code = [_code(line) for line in lines]
    first = last = min(max(number, 1), len(lines)) - 1
    while first and code[first - 1].endswith(","):
        first -= 1
    while last + 1 < len(lines) and code[last].endswith(","):
        last += 1
    margin = _indent(lines[first])
    if code[first] == "}":
        first = _opening(lines, first)
    closes = _closing(lines, last)
    lists = not margin and _LIST.fullmatch(code[first])
    heads = code[first].startswith("|") and not (first and code[first - 1].startswith("|"))
    while last + 1 < len(lines) and (
        last < closes
        or not code[last + 1]
        or _indent(lines[last + 1]) > margin
        or (heads and code[last + 1].startswith("|"))
        or (lists and _listed(code[last + 1]) and code[last])
    ):
        last += 1
        if last == closes:
            break
    gone = "\n".join(_COMMENT.sub(r"\1", line) for line in lines[first : last + 1])
    lines[first : last + 1] = [""] * (last + 1 - first)
    return "\n".join(lines), gone


def _opening(lines: Sequence[str], closing: int) -> int:
    """The line that opens the block that a brace alone on its line ends, or that line."""
    margin = _indent(lines[closing])
    above = range(closing - 1, -1, -1)
    found = next((n for n in above if _code(lines[n]) and _indent(lines[n]) <= margin), closing)
    return found if _code(lines[found]).endswith("{") else closing


def _closing(lines: Sequence[str], opening: int) -> int:
    """Where the block that a line opens is closed; -1 where it opens none or nothing closes it."""
    if not _code(lines[opening]).endswith("{"):
        return -1
    depth = 1
    for number in range(opening + 1, len(lines)):
        code = _code(lines[number])
        depth += code.endswith("{") - code.startswith("}")
        if not depth:
            return number
        if code.endswith("{") and _indent(lines[number]) <= _indent(lines[opening]):
            return -1
    return -1


def closed_block(text: str, number: int) -> tuple[str, int]:
    """The text with the block that a line opens closed behind what is indented in it, and where.

    Nothing where the line opens none, or it is closed, or there is no empty line for the bracket.
    """
    lines = [*text.split("\n"), ""]
    opening = min(max(number, 1), len(lines)) - 1
    if not _code(lines[opening]).endswith("{") or _closing(lines, opening) >= 0:
        return "", 0
    end = opening + 1
    while end < len(lines) and (
        not _code(lines[end]) or _indent(lines[end]) > _indent(lines[opening])
    ):
        end += 1
    for last in range(end - 1, opening, -1):
        if _code(lines[last]):
            return "", 0
        if not lines[last].strip():
            lines[last] = "}"
            return "\n".join(lines), last + 1
    return "", 0


def _code(line: str) -> str:
    return line.split("#")[0].strip()


def _listed(code: str) -> bool:
    """Whether a line reads like a term that lacks its indentation."""
    words = code.split()
    return words[0] not in LAW_STATEMENTS and words[1:2] != ["prevails"]


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
