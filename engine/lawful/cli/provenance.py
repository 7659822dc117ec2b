"""Provenance: where each fact of an import comes from, and whether it was declared, derived or is unknown.

A line of JSON for each fact. `declared`: the file says it. `derived`: it is worked out from what the
file says, and `by` tells how. `unknown`: the file does not say it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from lawful.importers import Imported
from lawful_dsl import syntax as s
from lawful_dsl.format.flow import write_carry
from lawful_dsl.format.properties import write_properties
from lawful_dsl.source import Span

#: What is asked of nodes and of flows, by the words of the language.
_OF_NODES = ("in", "using", "holds", "owner")
_OF_FLOWS = (":", "for", "using")

#: A fact: what it is called, how it is written, where it stands.
_Fact = tuple[str, str, Span]


def lines(imported: Imported, system: str) -> Iterator[str]:
    """The facts of the nodes and flows of a system, in the order of its text."""
    facts: list[_Fact]
    asked: tuple[str, ...]
    for statement in imported.flows.statements:
        if isinstance(statement, s.NodeDecl):
            thing, asked = statement.id.text, _OF_NODES
            facts = [("", statement.kind, statement.span), *_said(statement)]
            if statement.owner is not None:
                facts.append(("owner", statement.owner.text, statement.owner.span))
        elif isinstance(statement, s.FlowDecl):
            thing, asked = f"{statement.source.text} -> {statement.target.text}", _OF_FLOWS
            facts = [("", "flow", statement.span), *_said(statement)]
            if statement.carry is not None:
                facts.append((":", write_carry(statement.carry), statement.carry.span))
        else:
            continue
        known = {word for word, _, _ in facts}
        for word, text, span in facts:
            by = imported.derived.get((thing, word), "")
            how = {"how": "derived", "by": by} if by else {"how": "declared"}
            yield _line(system, thing, word, {"says": text, **how, "at": str(span)})
        for word in asked:
            if word not in known:
                yield _line(system, thing, word, {"how": "unknown", "at": str(statement.span)})


def _said(statement: s.NodeDecl | s.FlowDecl) -> Iterator[_Fact]:
    """The properties of a node or flow."""
    for prop in statement.props:
        (text,) = write_properties([prop])
        yield text.split(" ", 1)[0], text, prop.span


def _line(system: str, thing: str, word: str, rest: dict[str, str]) -> str:
    fact = {"system": system, "of": thing, "fact": word or "is", **rest}
    return json.dumps(fact, ensure_ascii=False)
