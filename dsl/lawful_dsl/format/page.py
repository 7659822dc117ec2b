"""The page: what a source shows that its tree does not say: margins, blank lines, comments."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from lawful_dsl.source import Source, Span

#: A line and a column, counted from 1.
Place = tuple[int, int]
NO_PLACE: Place = (0, 0)


class Page:
    """The lines of a source and its comments; a page without a source has none of either."""

    def __init__(
        self, source: Source | None = None, comments: tuple[tuple[Span, str], ...] = ()
    ) -> None:
        self._lines = source.lines if source else []
        self.comments = comments
        self._codes = list(self._lines)
        for span, _ in comments:
            self._codes[span.line - 1] = self._codes[span.line - 1][: span.column - 1]

    @cached_property
    def code(self) -> list[int]:
        """The lines on which something stands beside a comment."""
        return [number for number, line in enumerate(self._codes, 1) if line.strip()]

    def at(self, line: int, column: int = 1) -> Place:
        """The place, if the page has it."""
        return (line, column) if 0 < line <= len(self._lines) else NO_PLACE

    def starts(self, line: int, column: int) -> bool:
        """Whether nothing stands before the column on its line."""
        return not self._codes[line - 1][: column - 1].strip()

    def is_blank(self, line: int) -> bool:
        """Whether there is such a line, and nothing on it."""
        return 0 < line <= len(self._lines) and not self._lines[line - 1].strip()

    def margin(self, line: int, column: int = 0) -> int:
        """How far from the margin the line, or what stands at the column, begins."""
        if not 0 < line <= len(self._lines):
            return 0
        text = self._lines[line - 1]
        width = column - 1 if column else len(text) - len(text.lstrip())
        return len(text[:width].expandtabs(4))

    def opens_with(self, line: int, word: str) -> bool:
        """Whether the word is the first of the line."""
        return 0 < line <= len(self._codes) and bool(
            re.match(rf"\s*{word}(?![\w-])", self._codes[line - 1])
        )

    def openings(self, word: str, span: Span) -> tuple[Place, ...]:
        """The lines of the span that begin with the word, of those the least indented."""
        found = [line for line in self._within(span) if self.opens_with(line, word)]
        least = min(map(self.margin, found), default=0)
        return tuple((line, 1) for line in found if self.margin(line) == least)

    def find(self, word: str, span: Span) -> tuple[Place, ...]:
        """Where the word stands in the lines of the span beneath the first."""
        return tuple(
            (line, match.start() + 1)
            for line in self._within(span)[1:]
            for match in re.finditer(rf"(?<![\w-]){word}(?![\w-])", self._codes[line - 1])
        )

    def _within(self, span: Span) -> range:
        # a statement reaches to where the next begins, on a line that is not its own
        last = min(span.end_line, len(self._codes))
        own = last > span.line and not self.starts(last, span.end_column)
        return range(span.line, last + own) if last > span.line else range(span.line, last + 1)

    def last_code(self, first: int, before: int) -> int:
        """The last line with something on it from the first, which has, to the one before."""
        index = bisect_left(self.code, before) - 1
        return max(first, self.code[index]) if index >= 0 else first

    def next_code(self, line: int) -> int:
        """The first line after this one that has something on it, or the one after the last."""
        index = bisect_right(self.code, line)
        return self.code[index] if index < len(self.code) else len(self._lines) + 1

    def comments_in(self, first: int, before: int) -> tuple[Span, ...]:
        """Where comments stand, from the first line to the one before."""
        low = bisect_left(self._comment_lines, first)
        high = bisect_left(self._comment_lines, before)
        return tuple(span for span, _ in self.comments[low:high])

    @cached_property
    def _comment_lines(self) -> list[int]:
        return [span.line for span, _ in self.comments]
