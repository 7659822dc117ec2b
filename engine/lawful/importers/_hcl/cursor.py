"""Cursor: how far a text is read, and what is next."""

from __future__ import annotations

import re
from typing import NoReturn

from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import Source, Span

#: What means nothing within a line, and from line to line.
BLANK = re.compile(r"(?:[ \t\r]|(?:\#|//)[^\n]*|/\*.*?\*/)*", re.DOTALL)
LINES = re.compile(r"(?:\s|(?:\#|//)[^\n]*|/\*.*?\*/)*", re.DOTALL)
NAME = re.compile(r"[^\W\d][\w-]*")
#: Blocks and expressions nest so deep.
_DEEPEST = 100


class Cursor:
    """A place in a text."""

    def __init__(self, source: Source) -> None:
        self.file = source.file
        self.text = source.text
        self.position = 0
        self.depth = 0

    def name(self, message: str) -> str:
        """A name."""
        found = NAME.match(self.text, self.position)
        if found is None:
            self.fail(message, "write one")
        self.position = found.end()
        return found[0]

    def peek(self, text: str) -> bool:
        """Whether a text is next."""
        return self.text.startswith(text, self.position)

    def peek_word(self, word: str) -> bool:
        """Whether a word is next, and nothing that begins like it."""
        found = NAME.match(self.text, self.position)
        return found is not None and found[0] == word

    def take(self, text: str) -> bool:
        """Pass over a text, if it is next."""
        if not self.peek(text):
            return False
        self.position += len(text)
        return True

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Pass over what means nothing."""
        found = pattern.match(self.text, self.position)
        if found is not None:
            self.position = found.end()

    def enter(self) -> None:
        """One deeper."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.fail("this is nested too deeply", f"at most {_DEEPEST} deep")

    def span(self) -> Span:
        """Where what is next stands."""
        line = self.text.count("\n", 0, self.position) + 1
        column = self.position - self.text.rfind("\n", 0, self.position)
        return Span(self.file, line, column, line, column + 1)

    def fail(self, message: str, help: str, span: Span | None = None) -> NoReturn:
        """Say what is wrong."""
        raise Rejected([Diagnostic(f"this is not HCL: {message}", span or self.span(), help)])
