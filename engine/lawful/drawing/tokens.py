"""Tokens of DOT: enough of it to count edges, and to read and change what Graphviz itself writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lawful_dsl.frozen import frozen

__all__ = ["Edit", "Statement", "Token", "count_edges", "edited", "statements", "tokens"]

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*|^\#[^\n]*)
    |"(?P<quoted>(?:\\.|[^"\\])*)"
    |(?P<markup><)
    |(?P<sign>->|[\[\]{}=;,:])
    |(?P<word>[^\s"<>\[\]{}=;,:]+?(?=->|[\s"<>\[\]{}=;,:]|$))""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_KEYWORDS = ("graph", "node", "edge")
_BRACKET = re.compile("[<>]")


@frozen
class Token:
    """A token: its kind (`sign`, `word`, `quoted`, `markup`), its text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a DOT text, without comments."""
    position = 0
    while found := _TOKEN.search(text, position):
        position = found.end()
        if found["sign"]:
            yield Token("sign", found["sign"], found.start(), position)
        elif found["markup"]:
            position = _after_markup(text, position)
            yield Token("markup", text[found.end() : position - 1], found.start(), position)
        elif found["word"]:
            yield Token("word", found["word"], found.start(), position)
        elif found["quoted"] is not None:
            unfolded = found["quoted"].replace("\\\n", "").replace('\\"', '"')
            yield Token("quoted", unfolded, found.start(), position)


def _after_markup(text: str, position: int) -> int:
    """Where the HTML-like string ends that is open at a position."""
    depth = 1
    while depth and (bracket := _BRACKET.search(text, position)):
        depth += 1 if bracket[0] == "<" else -1
        position = bracket.end()
    return position


def count_edges(text: str) -> int:
    """How many edges a DOT text has, each being one statement.

    >>> count_edges('digraph { a->b [label="x -> y", tooltip=<p // q>]; b -> a }')
    2
    """
    return sum(token.text == "->" and token.kind == "sign" for token in tokens(text))


@frozen
class Statement:
    """A statement with attributes: of a node or an edge by its ends, of a graph, of what follows.

    `start` is where the attributes start.
    """

    ends: tuple[Token, ...]
    attributes: dict[str, Token]
    start: int

    @property
    def names(self) -> tuple[str, ...]:
        """The text of the ends."""
        return tuple(token.text for token in self.ends)

    @property
    def keyword(self) -> str:
        """`graph`, `node` or `edge` where it is of these, and not of something of that name."""
        plain = len(self.ends) == 1 and self.ends[0].kind == "word"
        return self.ends[0].text if plain and self.ends[0].text in _KEYWORDS else ""

    @property
    def is_edge(self) -> bool:
        """Whether it is of an edge."""
        return len(self.ends) == 2

    def value(self, name: str) -> str:
        """The text of an attribute, or nothing."""
        found = self.attributes.get(name)
        return found.text if found is not None else ""


def statements(text: str) -> Iterator[Statement]:
    """The statements that have attributes, as Graphviz writes them: no chains of edges."""
    ends: list[Token] = []
    inside: dict[str, Token] | None = None
    name, start, port = "", 0, False
    for token in tokens(text):
        sign = token.text if token.kind == "sign" else ""
        if inside is not None:
            if sign == "]":
                yield Statement(tuple(ends), inside, start)
                ends, inside, name = [], None, ""
            elif not sign and name:
                inside[name], name = token, ""
            elif not sign:
                name = token.text
        elif sign == "[":
            inside, start = {}, token.end
        elif sign in ("{", "}", ";"):
            ends = []
        elif sign == ":":
            port = True
        elif not sign:
            ends += [] if port else [token]
            port = False


@frozen(order=True)
class Edit:
    """Other text in the place of a stretch of a text."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits, which do not overlap.

    >>> edited("abc", [Edit(2, 3, "C"), Edit(0, 1, "A")])
    'AbC'
    """
    pieces, position = [], 0
    for edit in sorted(edits):
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])
