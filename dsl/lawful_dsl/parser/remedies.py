"""Remedies: what to do about a place at which the parser stopped, where its text shows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.source import Span

#: Words that say more about the statement above them.
_INNER = frozenset(
    [
        "permit",
        "admits",
        "unless",
        "severity",
        "because",
        "cite",
        "formerly",
        "unwaivable",
        "by",
        "governs",
        "effective",
        "text",
    ]
)
_WORD = re.compile(r"[^\W\d][\w-]*")
_DATED = re.compile(r"\b(from|until) \d{4}-\d\d-\d\d\s*$")
_UNIT = re.compile(r"(hour|day|week|month|year)s?")
_TEXT = re.compile(r'"[^"]*"|\'[^\']*\'|#.*')
_CLOSERS = {"(": ")", "{": "}"}


def remedy(found: str, before: str, words: Collection[str], keywords: Collection[str]) -> str:
    """What to do about a word that does not belong here.

    `before` is what its line says before it, `words` what could stand here, and `keywords` all that
    the language has.
    """
    said = before.split()
    last = said[-1] if said else ""
    if found[:1] in set("“”„‟«»"):
        return 'a text stands in straight quotes: "..."'
    if found[:1] in set("‘’‚‹›"):
        return "a quoted name stands in straight quotes: 'a name'"
    if found == "}":
        last = "a test ends with what it expects: `expect broken RULE`"
        return last if "expect" in words else "leave the braces out where nothing is between them"
    if last == "{":
        return "what stands between the braces begins on a line of its own"
    if found == "," and "certified" in words and _DATED.search(before):
        return "dates are of all that is listed before them: write `certified` once more"
    if "->" in words and found[:1] in set("=-<>–—→⇒"):
        return "write a flow as `sender -> receiver`"
    if found in (">", "=") and before[-1:] in ("<", "=", "!"):
        return "write `!=`" if before[-1:] + found == "<>" else f"write `{before[-1:]}`"
    if re.fullmatch(r'"[^"]+"', found):
        return f"take out the quotes: `{found[1:-1]}`" if found[1:-1].isalnum() else ""
    if _UNIT.fullmatch(found) and _WORD.fullmatch(last):
        return f"write the number in digits: `6 {found}`"
    if found[:1].isdigit() and "exactly" in words:
        return "say which bound it is: `at most 6 months`, `at least ...` or `exactly ...`"
    if said[:1] == ["correct"] and len(said) == 2:
        return "name what is corrected: `place`, `purpose`, `environment`, `measure` or another"
    if len(found) > 2 and near(found, words):
        return near(found, words)
    if not said and "because" in words and found in keywords and found not in _INNER:
        return (
            "write it on the line above; a rule goes on below only after a comma or in parentheses"
        )
    if found[:1].isdigit() and _WORD.fullmatch(last) and last not in keywords:
        return near(last, keywords)
    return _misspelt(said, found, keywords)


def _misspelt(said: Sequence[str], found: str, keywords: Collection[str]) -> str:
    """The keyword that is misspelt so shortly before another one that it is taken for a name."""
    if found not in keywords:
        return ""
    names = [word for word in said[-2:] if _WORD.fullmatch(word) and word not in keywords]
    pairs = ((SequenceMatcher(None, word, k).ratio(), word) for word in names for k in keywords)
    return near(max(pairs, default=(0.0, ""))[1], keywords)


def lineage(text: str, file: str, line: int, column: int) -> Diagnostic | None:
    """`anything from` in a list of names, where the parser stopped at `from`."""
    here = text.split("\n")[line - 1]
    found = re.search(r"(\bof\s+)?\banything\s*$", here[: column - 1])
    if found is None or not re.match(r"from\b", here[column - 1 :]):
        return None
    words = here[column - 1 :].split()[1:2]
    part = " ".join(["anything from", *(words or ["..."])])
    first = here.split()[:1]
    if first == ["|"]:
        help = f"a row names data themselves; write a permit beside the table: `permit {part}`"
    elif first == ["retain"]:
        help = f"write it after the data that are kept: `retain all_data {part}`"
    else:
        help = f"write it without `of`: `{part}`"
    return Diagnostic(
        "`anything from` is a part of its own, and no name of data",
        Span(file, line, found.start() + 1, line, column + len("from")),
        help,
    )


def guarded(text: str, file: str, line: int, column: int) -> Diagnostic | None:
    """`while consent stands` on a flow, where the parser stopped at `consent`."""
    here = text.split("\n")[line - 1]
    found = re.search(r"\bwhile\s*$", here[: column - 1])
    if found is None or not re.match(r"consent\b", here[column - 1 :]):
        return None
    start = found.start() + 1
    return Diagnostic(
        "`while` is no guard; a guard is `unless STATE` or `only if STATE`",
        Span(file, line, start, line, start + len("while")),
        "write it by the state in which consent no longer stands: `unless consent_withdrawn`",
    )


def indented(word: str) -> str:
    """What to do about a line that begins with a word of a block, or nothing."""
    return "indent it under the statement that it belongs to" if word in _INNER else ""


def unclosed(bracket: str, text: str, file: str, line: int, column: int) -> Diagnostic | None:
    """A bracket that is open where a line of another statement begins, or at the end of the text."""
    lines = text.split("\n")
    before = [*lines[: line - 1], lines[line - 1][: column - 1]]
    opened: list[tuple[int, int]] = []
    for number, each in enumerate(before, 1):
        plain = _TEXT.sub(lambda match: " " * len(match.group()), each)
        for match in re.finditer(re.escape(bracket) + "|" + re.escape(_CLOSERS[bracket]), plain):
            if match.group() == bracket:
                opened.append((number, match.start() + 1))
            elif opened:
                opened.pop()
    if not opened:
        return None
    where, start = opened[-1]
    rest = lines[line - 1][column - 1 :].split("#")[0].strip()
    if rest and (where == line or before[-1].strip() or _deeper(lines[line - 1], lines[where - 1])):
        return None
    noun = "parenthesis" if bracket == "(" else "block"
    end = f"end it with `{_CLOSERS[bracket]}`"
    return Diagnostic(
        f"this {noun} is not closed",
        Span(file, where, start, where, start + 1),
        end + (f" before line {line}" if rest else ""),
    )


def stepped_in(here: str, above: Sequence[str]) -> str:
    """What to do about a flow that is indented, so that it goes on with the line above it, or nothing."""
    before = next((line for line in reversed(above) if line.strip()), "")
    if not before or before.rstrip().endswith("{") or not _deeper(here, before):
        return ""
    return "begin it where the line above begins: it is a statement of its own"


def _deeper(line: str, than: str) -> bool:
    return _margin(line) > _margin(than)


def _margin(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())
