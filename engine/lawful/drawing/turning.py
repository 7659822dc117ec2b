"""Turning: edges that lead back are laid out the other way round, and turned back once they have a place.

Graphviz breaks each cycle where it happens upon it, which may put a client to the right of all that it
feeds. With these edges turned there is no cycle left to break; in the text of the picture, and in what
is drawn in the end, each has the direction of its flow.
"""

from __future__ import annotations

from collections.abc import Iterator

from lawful.drawing.tokens import Edit, Statement, edited, statements

__all__ = ["BACK", "turn", "turn_back"]

#: The attribute by which the picture marks them. Graphviz keeps what it does not know.
BACK = "leads_back"


def turn(text: str) -> str:
    """The DOT text to be laid out.

    >>> turn("digraph { a -> b [leads_back=true] }")
    'digraph { b -> a [dir=back leads_back=true] }'
    """
    return edited(text, _turned(text))


def _turned(text: str) -> Iterator[Edit]:
    for statement in _marked(text):
        yield from _swapped(text, statement)
        yield Edit(statement.start, statement.start, "dir=back ")


def turn_back(text: str) -> str:
    """The laid out text, with each edge and its curve in the direction of its flow."""
    return edited(text, _turned_back(text))


def _turned_back(text: str) -> Iterator[Edit]:
    for statement in _marked(text):
        yield from _swapped(text, statement)
        for name, value in (("dir", "forward"), ("pos", _reversed(statement.value("pos")))):
            token = statement.attributes.get(name)
            if token is not None:
                yield Edit(token.start, token.end, f'"{value}"')


def _marked(text: str) -> Iterator[Statement]:
    return (s for s in statements(text) if s.is_edge and s.value(BACK) == "true")


def _swapped(text: str, statement: Statement) -> Iterator[Edit]:
    tail, head = statement.ends
    yield Edit(tail.start, tail.end, text[head.start : head.end])
    yield Edit(head.start, head.end, text[tail.start : tail.end])


def _reversed(curve: str) -> str:
    """The curve from its end to its start.

    >>> _reversed("s,0,0 1,1 2,2 3,3 4,4")
    'e,0,0 4,4 3,3 2,2 1,1'
    """
    return ";".join(_reversed_piece(piece) for piece in reversed(curve.split(";")))


def _reversed_piece(curve: str) -> str:
    pieces = curve.split()
    marks = [piece for piece in pieces if piece[:2] in ("s,", "e,")]
    turned = [("e" if mark[0] == "s" else "s") + mark[1:] for mark in reversed(marks)]
    return " ".join([*turned, *reversed(pieces[len(marks) :])])
