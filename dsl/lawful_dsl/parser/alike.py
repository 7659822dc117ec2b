"""Alike: a `.flow` text of which what is written as something above it is parsed once.

Flows and nodes whose words, but for their ids, labels and ends, are those of one above are left out of
what the parser is given, their lines empty, and put back as briefs. All else, and each such statement
the first time, it parses where it stands. Of a text in which something is wrong it is given all.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from typing import Any

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.frozen import frozen
from lawful_dsl.parser.copies import FlowCopy, NodeCopy, Original
from lawful_dsl.parser.outline import Stretch, outline
from lawful_dsl.parser.parse import LONGEST_LINE, parse_flow
from lawful_dsl.parser.tables import parser_of
from lawful_dsl.source import Source, Span
from lawful_dsl.syntax.brief import in_brief

#: White space and characters for which a text is given to the parser as it is.
_ODD = re.compile(r"[\r\f\u202a-\u202e\u2066-\u2069]")


@frozen
class _Words:
    """The words of a statement besides what is its own; `owner` is that of the block around it."""

    rest: str
    kind: str = ""
    owner: str = ""


@dataclass(slots=True)
class _Alike:
    """A statement that says what another does, and how it begins."""

    stretch: Stretch
    head: re.Match[str]
    words: _Words


def parse_system(source: Source) -> tuple[s.Flows, tuple[Diagnostic, ...]]:
    """The syntax tree of a `.flow` text, and what is wrong with it: those that `parse_flow` gives."""
    found = alike(source)
    if found is not None:
        return found, ()
    parsed = parse_flow(source)
    return parsed.tree, parsed.diagnostics


def alike(source: Source) -> s.Flows | None:
    """The tree, where some statements are alike and nothing is wrong."""
    lines = source.lines
    if _ODD.search(source.text) or max(map(len, lines)) > LONGEST_LINE:
        return None
    stretches = list(outline(lines))
    first, copies = _alike(lines, stretches)
    if not copies:
        return None
    left = list(lines)
    for copy in copies:
        at, after = copy.stretch.first - 1, copy.stretch.last
        left[at:after] = [""] * (after - at)
    parsed = parse_flow(Source(source.file, "\n".join(left)))
    return None if parsed.diagnostics else _whole(source, parsed.tree, stretches, first, copies)


# --- what is alike --------------------------------------------------------------------------------


def _alike(
    lines: Sequence[str], stretches: Sequence[Stretch]
) -> tuple[Mapping[_Words, _Alike], list[_Alike]]:
    """The first statement of each words, and the others; the last of the text is none of them."""
    first: dict[_Words, _Alike] = {}
    copies = []
    for stretch in stretches[:-1]:
        head = _heads().match(lines[stretch.first - 1])
        words = _words(lines, stretch, head) if head is not None else None
        if head is None or words is None:
            continue
        copy = _Alike(stretch, head, words)
        if first.setdefault(words, copy) is not copy:
            copies.append(copy)
    return first, copies


def _words(lines: Sequence[str], stretch: Stretch, head: re.Match[str]) -> _Words | None:
    rest = lines[stretch.first - 1][head.end() :]
    if stretch.last > stretch.first:
        rest = "\n".join((rest, *lines[stretch.first : stretch.last]))
    kind = head["kind"] or ""
    if not kind:
        word = head["flow"] or head["source"]
        return None if stretch.depth or word in _reserved() else _Words(rest)
    if '"' in rest or stretch.depth > 1:
        return None
    block = _owner().fullmatch(stretch.block) if stretch.depth else None
    if stretch.depth and (block is None or block[1] in _reserved()):
        return None
    return _Words(rest, kind, block[1] if block else "")


@cache
def _terminals() -> Mapping[str, str]:
    parser, _ = parser_of("flow")
    return {terminal.name: terminal.pattern.to_regexp() for terminal in parser.terminals}


@cache
def _heads() -> re.Pattern[str]:
    """How a flow or a node begins: all that may be its own."""
    known = _terminals()
    name = f"(?:{known['NAME']}|{known['QUOTED']})"
    flow = rf"(?:(?P<flow>{name})[ \t]*:[ \t]*)?(?P<source>{name})[ \t]*->[ \t]*(?P<target>{name})"
    node = (
        rf"(?P<kind>{known['NODE_KIND']})[ \t]+(?P<node>{name})"
        rf"(?:[ \t]+(?P<label>{known['STRING']}))?"
    )
    return re.compile(rf"[ \t]*(?:{node}(?=[ \t]|$)|{flow}(?=[ \t:]|$))")


@cache
def _owner() -> re.Pattern[str]:
    known = _terminals()
    return re.compile(rf"({known['NAME']}|{known['QUOTED']})[ \t]*\{{")


@cache
def _reserved() -> frozenset[str]:
    """Words that are no names where a statement begins, some of them at least."""
    names = ("NAME", "QUOTED", "STRING")
    patterns = (pattern for name, pattern in _terminals().items() if name not in names)
    return frozenset(word for pattern in patterns for word in re.findall(r"[a-z_]+", pattern))


# --- the whole ------------------------------------------------------------------------------------


def _whole(
    source: Source,
    tree: s.Flows,
    stretches: Sequence[Stretch],
    first: Mapping[_Words, _Alike],
    copies: Sequence[_Alike],
) -> s.Flows | None:
    """The tree with the copies where they stand; nothing if what they are copies of is not in it."""
    left_out = {copy.stretch.first for copy in copies}
    # What stands before a statement that was left out ends where that begins.
    ends = {
        each.first: (each.next, each.next_column) for each in stretches if each.next in left_out
    }
    statements = [_ended(each, ends) for each in tree.statements]
    there = {node.span.line: node for each in statements for node in _and_nodes(each)}
    shapes: dict[_Words, Original[Any]] = {}
    for words in {copy.words for copy in copies}:
        example = there.get(first[words].stretch.first)
        if not isinstance(example, s.NodeDecl if words.kind else s.FlowDecl):
            return None
        shapes[words] = Original(example, first[words].head.end() + 1)
    top: list[tuple[int, s.FlowStatement]] = []
    inner: dict[int, list[NodeCopy]] = {}
    blocks = [each.span.line for each in statements if isinstance(each, s.Owned)]
    for each in copies:
        line, shape = each.stretch.first, shapes[each.words]
        if not each.words.kind:
            flow = FlowCopy(source, each.stretch, each.head, shape)
            top.append((line, in_brief(s.FlowDecl, flow)))
            continue
        node = NodeCopy(source, each.stretch, each.head, shape)
        if each.stretch.depth:
            inner.setdefault(blocks[bisect(blocks, line) - 1], []).append(node)
        else:
            top.append((line, in_brief(s.NodeDecl, node)))
    top += ((each.span.line, _filled(each, inner)) for each in statements)
    top.sort(key=itemgetter(0))
    return s.Flows(tuple(each for _, each in top), tree.span)


def _and_nodes(statement: s.FlowStatement) -> Iterable[s.FlowStatement]:
    return (statement, *statement.nodes) if isinstance(statement, s.Owned) else (statement,)


def _ended(statement: Any, ends: Mapping[int, tuple[int, int]]) -> Any:
    """A statement that ends where it does in the whole text."""
    if isinstance(statement, s.Owned):
        nodes = tuple(_ended(node, ends) for node in statement.nodes)
        return s.Owned(statement.owner, nodes, statement.span)
    span = statement.span
    if isinstance(statement, s.Test | s.Expect) or span.line not in ends:
        return statement
    line, column = ends[span.line]
    return replace(statement, span=Span(span.file, span.line, span.column, line, column))


def _filled(statement: s.FlowStatement, inner: Mapping[int, Sequence[NodeCopy]]) -> s.FlowStatement:
    """A block with its nodes that are copies."""
    copies = inner.get(statement.span.line, ())
    if not isinstance(statement, s.Owned) or not copies:
        return statement
    for copy in copies:
        copy.owner = statement.owner
    nodes = [(node.span.line, node) for node in statement.nodes]
    nodes += ((copy.span.line, in_brief(s.NodeDecl, copy)) for copy in copies)
    nodes.sort(key=itemgetter(0))
    return s.Owned(statement.owner, tuple(node for _, node in nodes), statement.span)
