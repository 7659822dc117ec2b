"""Told: a linked system as a person would write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from lawful.system.model import System
from lawful.system.restate import restate
from lawful_dsl import syntax as s
from lawful_dsl.format import print_flow


def told(system: System, *, header: bool = True) -> str:
    """The text of a system: nodes with their owners, ids only where they are not those of the ends."""
    statements = restate(system).statements
    return print_flow(s.Flows(tuple(_plain(statements if header else statements[1:]))))


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
