"""Parse: text in, syntax tree out, with every error of the text as a diagnostic."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from lark import Token
from lark import Tree as Tree_
from lark.exceptions import UnexpectedInput
from lark.tree import Meta

from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.parser.build_flow import FlowBuilder
from lawful_dsl.parser.expected import diagnose, place_of
from lawful_dsl.parser.layout import Misplaced
from lawful_dsl.parser.recovery import closed_block, without
from lawful_dsl.parser.tables import parser_of
from lawful_dsl.source import Source, Span
from lawful_dsl.syntax import Flows

if TYPE_CHECKING:
    from lawful_dsl.parser.build_law import LawBuilder
    from lawful_dsl.syntax import Law

#: After so many errors in one text the rest is left unsaid.
MOST_ERRORS = 25
#: Texts larger than this are refused: nobody wrote them by hand.
MOST_BYTES = 256 * 1024 * 1024

#: Nor did anyone write a line of more characters: it is not read.
LONGEST_LINE = 1_000_100

#: A tree of the parser may be this deep.
DEEPEST_TREE = 160
#: So many conditions may be joined by `and` or `or`.
MOST_JOINED = 10_000

Tree = TypeVar("Tree")
_WORD = re.compile(r"[^\W\d][\w.-]*|'[^'\n]*'")


@dataclass(frozen=True)
class Parsed(Generic[Tree]):
    """A syntax tree, its comments by line, and what was wrong.

    With errors the tree is what could be read, and `lost` are the words of the lines left out of it.
    """

    tree: Tree
    source: Source
    comments: tuple[tuple[Span, str], ...]
    diagnostics: tuple[Diagnostic, ...]
    lost: frozenset[str] = frozenset()


def parse_law(source: Source) -> Parsed[Law]:
    """The syntax tree of a `.law` text."""
    from lawful_dsl.syntax import Law

    return _parse(source, "law", Law(()))


def parse_flow(source: Source) -> Parsed[Flows]:
    """The syntax tree of a `.flow` text."""
    return _parse(source, "flow", Flows(()))


def read(path: Path, file: str | None = None) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """The text of a file, or why it cannot be read as text."""
    file = file or str(path)
    span = Span(file)
    try:
        if path.is_dir():
            return None, (
                Diagnostic(f"`{file}` is a folder, not a file", span, "name a file in it"),
            )
        with path.open("rb") as file_:
            raw = file_.read(MOST_BYTES + 1)  # a device may go on for ever
    except FileNotFoundError:
        beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        return None, (
            Diagnostic(
                f"there is no file `{file}`",
                span,
                near(path.name, beside) or "name a file that is there",
            ),
        )
    except OSError as error:
        message = f"`{file}` cannot be read: {error.strerror}"
        return None, (Diagnostic(message, span, "name a file that may be read"),)
    return decode(raw, file)


def decode(raw: bytes, file: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Bytes as the text of a source, or why they are no text."""
    span = Span(file)
    if len(raw) > MOST_BYTES:
        message = f"`{file}` is too large to be a text of ours"
        return None, (Diagnostic(message, span, "name another file, or take this one apart"),)
    if b"\0" in raw:
        return None, (Diagnostic(f"`{file}` is binary, not text", span, "give a text in UTF-8"),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        place = Span(file, line, column, line, column + 1)
        return None, (
            Diagnostic("this is not valid UTF-8", place, "save the file in the encoding UTF-8"),
        )
    return Source(file, text.replace("\r\n", "\n")), ()


def _parse(source: Source, language: str, empty: Tree) -> Parsed[Tree]:
    text = source.text
    hidden = _hidden(source)
    diagnostics = list(hidden)
    comments: list[Token] = []
    lost: set[str] = set()
    for number in _endless(source):
        span = Span(source.file, number, 1, number, 2)
        diagnostics.append(
            Diagnostic("this line is too long to be read", span, "a list goes on after a comma")
        )
        text, gone = without(text, number)
        lost.update(_WORD.findall(gone))
    reached = shown = 0
    ours: set[int] = set()
    for _ in range(4 * MOST_ERRORS):
        outcome = _attempt(text, source.file, language, comments)
        if not isinstance(outcome, Diagnostic):
            break
        line = outcome.span.line
        closed, closing = closed_block(text, line)
        # The parser reads onwards: an error before the last one comes of what was taken out there,
        # and nobody wrote the brackets that are ours.
        if (
            (closed or line >= reached)
            and line not in ours
            and not any(_beside(outcome.span, other.span) for other in hidden)
        ):
            shown += 1
            if shown > MOST_ERRORS:
                more = f"there are more than {MOST_ERRORS} errors; the others are not shown"
                diagnostics.append(Diagnostic(more, outcome.span, "mend those above first"))
                break
            diagnostics.append(outcome)
        reached = max(reached, line)
        if closed:
            text = closed
            ours.add(closing)
            continue
        text, gone = without(text, line)
        lost.update(_WORD.findall(gone))
    if isinstance(outcome, Diagnostic):
        lost.update(_WORD.findall(source.text))
    tree: Tree = empty if isinstance(outcome, Diagnostic) else outcome
    spans = {
        (c.line, c.column): (
            Span(source.file, c.line or 0, c.column or 0, c.end_line or 0, c.end_column or 0),
            str(c),
        )
        for c in comments
    }
    ordered = tuple(spans[key] for key in sorted(spans))
    names = frozenset(word.strip("'") for word in lost)
    return Parsed(tree, source, ordered, tuple(diagnostics), names)


def _attempt(text: str, file: str, language: str, comments: list[Token]) -> Any:
    """The tree, or the first thing that is wrong."""
    parser, seen = parser_of(language)
    seen.clear()
    builder = _builder(language, file)
    try:
        tree = parser.parse(text)
    except Misplaced as error:
        return Diagnostic(error.message, place_of(error.token, file), error.help)
    except UnexpectedInput as error:
        return diagnose(error, text, file, parser)
    comments.extend(seen)
    deep = _too_deep(tree)
    if deep is not None:
        return Diagnostic(
            "this is nested too deeply", builder.span(deep), "`define` gives a part of it a name"
        )
    flaw = _flaw(tree, builder) if language == "law" else None
    return flaw or builder.transform(tree)


def _builder(language: str, file: str) -> LawBuilder | FlowBuilder:
    """What makes trees; that of `.law` texts is many classes, which no check of compiled policies needs."""
    if language == "flow":
        return FlowBuilder(file)
    from lawful_dsl.parser.build_law import (
        LawBuilder,
    )  # a check of compiled policies has no use for it

    return LawBuilder(file)


def _flaw(tree: Tree_[Token], builder: LawBuilder | FlowBuilder) -> Diagnostic | None:
    """What the grammar of `.law` texts lets through, and no rule may have."""
    for joined in tree.find_pred(lambda node: len(node.children) > MOST_JOINED):
        if joined.data in ("condition", "conjunction"):
            help = f"at most {MOST_JOINED} are joined; `define` gives a part of it a name"
            return Diagnostic("this condition is too long", builder.span(joined.meta), help)
    twice = _said_twice(tree)
    if twice is None:
        return None
    word, place = twice
    help = "a rule says it once; take one of the two out"
    return Diagnostic(f"`{word}` is said twice", builder.span(place), help)


#: The lines of which a rule has one.
_ONCE = {"severity": "severity", "cite": "cite", "replaces": "in place of"}


def _said_twice(tree: Tree_[Token]) -> tuple[str, Meta] | None:
    """A line that stands a second time under one rule, and its word."""
    for block in tree.find_pred(lambda node: len(node.children) > 1):
        seen: set[str] = set()
        for line in block.children:
            if isinstance(line, Tree_) and line.data in _ONCE:
                if line.data in seen:
                    return _ONCE[line.data], line.meta
                seen.add(line.data)
    return None


def _too_deep(tree: Tree_[Token]) -> Meta | None:
    """Where a tree is deeper than what walks over it can follow."""
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST_TREE and not node.meta.empty:
            return node.meta
        waiting.extend((child, depth + 1) for child in node.children if isinstance(child, Tree_))
    return None


def _hidden(source: Source) -> list[Diagnostic]:
    """Characters that change how a line is shown and not what it says."""
    found = []
    hidden = re.finditer("[\u202a-\u202e\u2066-\u2069]", source.text)
    for match in islice(hidden, MOST_ERRORS):
        line = source.text.count("\n", 0, match.start()) + 1
        column = match.start() - source.text.rfind("\n", 0, match.start())
        name = unicodedata.name(match.group()).lower()
        found.append(
            Diagnostic(
                f"a hidden character ({name}) makes this line look other than it reads",
                Span(source.file, line, column, line, column + 1),
                "take it out; right-to-left text needs no such character here",
            )
        )
    return found


def _endless(source: Source) -> list[int]:
    """The lines that nobody wrote by hand, the first of them."""
    long = (n for n, line in enumerate(source.lines, 1) if len(line) > LONGEST_LINE)
    return list(islice(long, MOST_ERRORS))


def _beside(span: Span, hidden: Span) -> bool:
    return (span.line, span.column) == (hidden.line, hidden.column)
