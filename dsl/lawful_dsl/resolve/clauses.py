"""Clauses: the registers that a module has in use, and the clauses that its texts name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.resolve.modules import Module
from lawful_dsl.resolve.scope import Scope
from lawful_dsl.source import Span


def register(modules: Sequence[Module]) -> tuple[p.Clause, ...]:
    """The clauses of the registers of some modules, in the order of the texts, each id once."""
    found: dict[str, p.Clause] = {}
    for section, clause in _listed(modules):
        found.setdefault(
            clause.id.text,
            p.Clause(
                clause.id.text,
                section,
                clause.modality,
                clause.checkable,
                clause.says.text,
                clause.because.text if clause.because else "",
                clause.span,
            ),
        )
    return tuple(found.values())


def check_clauses(scopes: Collection[Scope]) -> None:
    """Report clauses that are registered twice, and those named that no register in use knows.

    Only where a module in a module's reach has a register; each place is told of once.
    """
    told: set[Span] = set()
    cited = {scope.module: tuple(cited_in(scope.module.parsed.tree)) for scope in scopes}
    for scope in scopes:
        reach = scope.module.reach
        first: dict[str, s.Name] = {}
        own = {clause.id.span for _, clause in _listed([scope.module])}
        listed = (clause for _, clause in _listed(reach))
        for clause in sorted(listed, key=lambda c: (c.id.span in own, c.id.span)):
            other = first.setdefault(clause.id.text, clause.id)
            if other is not clause.id and clause.id.span not in told:
                told.add(clause.id.span)
                scope.error(
                    f"the clause `{clause.id}` is registered twice",
                    clause.id.span,
                    "take one out; what both say belongs on one line",
                    [("registered first here", other.span)],
                )
        if not first:
            continue
        for module in reach:
            for name in cited[module]:
                if name.text in first or name.text in scope.torn or name.span in told:
                    continue
                told.add(name.span)
                near = scope.near_word(name.text, first)
                help = near or "write it into the register of clauses, or mend it"
                scope.error(f"no register in use knows the clause `{name}`", name.span, help)


def _listed(modules: Sequence[Module]) -> Iterator[tuple[str, s.Clause]]:
    for module in modules:
        for block in module.all(s.ClauseList):
            yield from ((block.section.text, clause) for clause in block.clauses)


def cited_in(node: object) -> Iterator[s.Name]:
    """The names of clauses in a piece of a syntax tree, in the order of the text."""
    match node:
        case tuple():
            for item in node:
                yield from cited_in(item)
        case s.Register():
            for row in node.rows:
                for column, cell in zip(node.columns, row.cells, strict=False):
                    if column.text == "clause":
                        yield from cell.names
        case s.Header():
            yield from (name for _, names in node.cited for name in names)
        case s.ClauseList() | s.TermList() | s.Part() | s.Name():
            pass
        case _ if is_dataclass(node):
            for field in fields(node):
                value = getattr(node, field.name)
                if field.name == "clauses":
                    yield from value
                else:
                    yield from cited_in(value)
