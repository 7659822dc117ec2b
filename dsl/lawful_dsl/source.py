"""Where text comes from: a source file, and the span of a piece of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from lawful_dsl.frozen import frozen


@frozen(order=True)
class Span:
    """A stretch of a file, lines and columns counted from 1; `pointer` is used where a file is JSON.

    `end_column` is one past the last character.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    pointer: str = ""

    def __str__(self) -> str:
        """`file:line:column`, or `file#pointer` for JSON, or the file alone."""
        if self.pointer:
            return f"{self.file}#{self.pointer}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def to(self, other: Span) -> Span:
        """From the beginning of this span to the end of the other."""
        return Span(
            self.file, self.line, self.column, other.end_line, other.end_column, self.pointer
        )


#: The span of what was built in Python and has no file.
NOWHERE = Span("<python>")


@dataclass(frozen=True)
class Source:
    """The text of a file under the name by which messages call it.

    `called` is a name that was given with it, for what it tells to be told from what others do; mostly empty.
    """

    file: str
    text: str = field(repr=False)
    called: str = ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")

    def line(self, number: int) -> str:
        """Line `number`, counted from 1; empty when there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""
