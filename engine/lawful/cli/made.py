"""Made: what a change makes was not there before, whatever our own texts say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from lawful.importers import Imported
from lawful_dsl import syntax as s

#: The id of a node, or both ends of a flow.
Thing = tuple[str, ...]


def things(imported: Iterable[Imported]) -> set[Thing]:
    """The nodes and flows that are declared."""
    return {thing for each in imported for one in each.flows.statements for thing in _of(one)}


def _of(statement: s.FlowStatement) -> Iterator[Thing]:
    """What a statement declares, or speaks of."""
    if isinstance(statement, s.FlowDecl):
        yield statement.source.text, statement.target.text
    elif isinstance(statement, s.NodeDecl):
        yield (statement.id.text,)
    elif isinstance(statement, s.Correct | s.Ignore):
        yield tuple(statement.id.text.split(" -> ", 1))


def moved(imported: Iterable[Imported]) -> dict[str, str]:
    """The ids that nodes have, by those that they had."""
    return {
        was.text: each.id.text
        for told in imported
        for each in told.flows.statements
        if isinstance(each, s.NodeDecl)
        for prop in each.props
        if isinstance(prop, s.Property) and prop.word == "formerly"
        for was in prop.names.items
    }


def called(tree: s.Flows, now: Mapping[str, str]) -> s.Flows:
    """A text with what it says of nodes under their old ids said of them under their new ones."""

    def name(said: s.Name) -> s.Name:
        ends = (now.get(end, end) for end in said.text.split(" -> ", 1))
        return replace(said, text=" -> ".join(ends))

    def one(statement: s.FlowStatement) -> s.FlowStatement:
        if isinstance(statement, s.FlowDecl):
            ends = name(statement.source), name(statement.target)
            id = name(statement.id) if statement.id else None
            return s.FlowDecl(id, *ends, statement.carry, statement.props, statement.span)
        if isinstance(statement, s.NodeDecl):
            return node(statement)
        if isinstance(statement, s.Owned):
            return s.Owned(statement.owner, tuple(map(node, statement.nodes)), statement.span)
        if isinstance(statement, s.Correct | s.Ignore):
            return replace(statement, id=name(statement.id))
        return statement

    def node(said: s.NodeDecl) -> s.NodeDecl:
        return s.NodeDecl(said.kind, name(said.id), said.label, said.owner, said.props, said.span)

    if not now:
        return tree
    return s.Flows(tuple(map(one, tree.statements)), tree.span)


def without(tree: s.Flows, made: Set[Thing]) -> s.Flows:
    """A text without what it says of things that were not there, and of flows that end at one."""

    def stays(statement: s.FlowStatement) -> bool:
        things = list(_of(statement))
        ends = [(end,) for thing in things for end in thing]
        return made.isdisjoint([*things, *ends])

    statements: list[s.FlowStatement] = []
    for each in tree.statements:
        if isinstance(each, s.Owned):
            nodes = tuple(node for node in each.nodes if stays(node))
            statements.append(s.Owned(each.owner, nodes, each.span))
        elif stays(each):
            statements.append(each)
    return s.Flows(tuple(statements), tree.span)
