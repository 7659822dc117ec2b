"""Layout: which line ends count, and what indentation means, between Lark's lexer and its parser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lark import Token
from lark.exceptions import UnexpectedToken


class Misplaced(Exception):
    """A line whose indentation fits nothing; or a text nested deeper than anyone writes."""

    def __init__(self, message: str, token: Token, help: str) -> None:
        super().__init__(message)
        self.message, self.token, self.help = message, token, help


#: Brackets and indentation may nest this deep.
DEEPEST = 64


class _Layout:
    """Drops the line ends inside parentheses and after a comma.

    It never looks ahead: the lexer reads a token in the light of what the parser has been given.
    """

    always_accept = ("_NL",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens with the line ends that count."""
        depth = 0
        last: Token | None = None
        for token in stream:
            if token.type == "_NL":
                if last is None:
                    self.first(token)
                elif depth == 0 and last.type != "COMMA":
                    yield from self.line_end(token, last)
                    last = token
                continue
            if token.type == "DATE":
                _check_date(token)
            if token == "''":
                raise Misplaced(
                    "a name has at least one character", token, "write it between the quotes"
                )
            if token == "(":
                depth += 1
                if depth > DEEPEST:
                    raise Misplaced(
                        "the parentheses are nested too deeply",
                        token,
                        f"write it with at most {DEEPEST} levels; `define` gives a part a name",
                    )
            elif token == ")":
                depth = max(0, depth - 1)
            yield token
            last = token
        if last is not None:
            yield from self.end(last)

    def first(self, line_end: Token) -> None:
        """Take note of the margin at which the text begins."""
        raise AssertionError

    def line_end(self, line_end: Token, before: Token) -> Iterator[Token]:
        """What a line end that counts becomes."""
        raise AssertionError

    def end(self, last: Token) -> Iterator[Token]:
        """What the end of the text becomes."""
        raise AssertionError


def _check_date(token: Token) -> None:
    try:
        date.fromisoformat(token)
    except ValueError:
        raise Misplaced(
            f"`{token}` is no date of the calendar", token, "write year, month and day: 2024-04-08"
        ) from None


def _indentation(line_end: Token) -> int:
    """Of the line after it; a comment or nothing at the very end stands at the margin."""
    margin = line_end.rsplit("\n", 1)[1]
    return 0 if "#" in margin else len(margin.expandtabs(4))


def _parted(stream: Iterator[Token]) -> Iterator[Token]:
    """The same tokens; `anything` before `from` is no name, though the lexer took it for one."""
    before: Token | None = None
    for token in stream:
        taken = before is not None and before.type == "NAME" and before == "anything"
        if taken and token.type == "FROM" and before is not None and token.line == before.line:
            raise UnexpectedToken(token, set())  # type: ignore[no-untyped-call]
        yield token
        before = token


class LawLayout(_Layout):
    """Of `.law`: deeper indentation opens a block, as in Python."""

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens with line ends, indents and dedents."""
        self.levels = [0]
        self.margins = [""]
        yield from super().process(_parted(stream))

    def first(self, line_end: Token) -> None:
        """A text begins at the margin."""
        if _indentation(line_end):
            raise Misplaced(
                "the first line is indented, but nothing above it opens a block",
                line_end,
                "begin it at the margin",
            )

    def line_end(self, line_end: Token, before: Token) -> Iterator[Token]:
        """A line end, then the blocks that it opens or closes."""
        yield line_end
        width = _indentation(line_end)
        margin = line_end.rsplit("\n", 1)[1] if width else ""
        if not (margin.startswith(self.margins[-1]) or self.margins[-1].startswith(margin)):
            raise Misplaced(
                "this line is indented with other characters (tabs, spaces) than the line above it",
                line_end,
                "indent with spaces only",
            )
        if width > self.levels[-1]:
            self.levels.append(width)
            self.margins.append(margin)
            if len(self.levels) > DEEPEST:
                raise Misplaced("the blocks are nested too deeply", line_end, "use fewer levels")
            yield Token.new_borrow_pos("_INDENT", "", line_end)
        while width < self.levels[-1]:
            self.levels.pop()
            self.margins.pop()
            yield Token.new_borrow_pos("_DEDENT", "", line_end)
        if width != self.levels[-1]:
            raise Misplaced(
                "the indentation of this line fits no block above it",
                line_end,
                "align it with the line that it belongs beside",
            )

    def end(self, last: Token) -> Iterator[Token]:
        """A last line end where there is none, and every block closed."""
        if last.type != "_NL":
            yield Token.new_borrow_pos("_NL", "", last)
        while len(self.levels) > 1:
            self.levels.pop()
            yield Token.new_borrow_pos("_DEDENT", "", last)


class FlowLayout(_Layout):
    """Of `.flow`: a line indented deeper than its statement continues it."""

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens with the line ends that end a statement."""
        self.margin = 0
        yield from super().process(stream)

    def first(self, line_end: Token) -> None:
        """Any margin is as good as another."""
        self.margin = _indentation(line_end)

    def line_end(self, line_end: Token, before: Token) -> Iterator[Token]:
        """A line end, unless the next line continues this statement."""
        width = _indentation(line_end)
        if before.type in ("LBRACE", "RBRACE", "_NL") or width <= self.margin:
            self.margin = width
            yield line_end

    def end(self, last: Token) -> Iterator[Token]:
        """A last line end where there is none."""
        if last.type != "_NL":
            yield Token.new_borrow_pos("_NL", "", last)
