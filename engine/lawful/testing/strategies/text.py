"""Text: what strategies draw, a `.flow` text that is shown as it reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from lawful.system.model import System
from lawful.system.restate import restate
from lawful_dsl import syntax as s
from lawful_dsl.format import print_flow
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source


class FlowText(str):
    """A `.flow` text, whose representation is itself between three quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f'"""\n{self}"""'

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """As Hypothesis shows it, where an example fails."""
        del cycle
        for number, line in enumerate(repr(self).split("\n")):
            if number:
                printer.break_()
            printer.text(line)


def printed(system: System, *, header: bool = True) -> FlowText:
    """The text of a linked system: nodes with their owners, ids only where they are not those of the ends."""
    told = restate(system).statements
    return FlowText(print_flow(s.Flows(tuple(_plain(told if header else told[1:])))))


def tidied(text: str) -> FlowText:
    """A text in the one style."""
    return FlowText(print_flow(parse_flow(Source("<drawn>", text)).tree))


def _plain(statements: Iterable[s.FlowStatement]) -> Iterator[s.FlowStatement]:
    told = list(statements)
    sent = {
        name.text
        for each in told
        if isinstance(each, s.FlowDecl)
        for prop in each.props
        if isinstance(prop, s.Property) and prop.word == "from"
        for name in prop.names.items
    }
    owned = [each for each in told if isinstance(each, s.NodeDecl) and each.owner]
    for owner, nodes in groupby(sorted(owned, key=_owner), key=_owner):
        within = tuple(replace(node, owner=None) for node in nodes)
        block = s.Owned(s.Name(owner), within)
        told.insert(told.index(next(n for n in owned if _owner(n) == owner)), block)
    for each in told:
        if isinstance(each, s.NodeDecl) and each.owner:
            continue
        if isinstance(each, s.FlowDecl) and each.id:
            ends = f"{each.source.text} -> {each.target.text}"
            derived = each.id.text.startswith(ends) and each.id.text not in sent
            yield replace(each, id=None) if derived else each
        else:
            yield each


def _owner(node: s.NodeDecl) -> str:
    return node.owner.text if node.owner else ""
