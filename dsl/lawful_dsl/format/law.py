"""Law: `.law` texts in their one style."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lawful_dsl.format.clauses import print_clauses
from lawful_dsl.format.comments import Item, join, weave
from lawful_dsl.format.conditions import write_event, write_parts
from lawful_dsl.format.exceptions import write_clauses
from lawful_dsl.format.lines import wrap, wrap_condition
from lawful_dsl.format.page import Page
from lawful_dsl.format.rules import OPENINGS, print_rule
from lawful_dsl.format.terms import print_header, print_mapping, print_terms, write_attribute
from lawful_dsl.format.words import write_name, write_names, write_string
from lawful_dsl.syntax import (
    Attribute,
    ClauseList,
    Define,
    Header,
    Law,
    LawStatement,
    Mapping,
    Prevails,
    TermList,
    Treat,
    Use,
)


def lay_out(law: Law, page: Page) -> str:
    """The text of the tree, with what the page has beside it."""
    items: list[Item] = []
    before = ""
    several = False
    for statement in law.statements:
        first, *rest = _print_statement(statement, page)
        kind = _kind(statement)
        loose = bool(before) and (several or bool(rest) or kind != before)
        items += [replace(first, loose=loose), *rest]
        before, several = kind, bool(rest)
    return join(weave(items, page))


def _kind(statement: LawStatement) -> str:
    match statement:
        case Define() | Treat():
            return "definition"
        case Header() | TermList() | ClauseList() | Mapping() | Use() | Attribute() | Prevails():
            return type(statement).__name__
        case _:
            return "rule"


def _print_statement(statement: LawStatement, page: Page) -> Iterator[Item]:
    at = page.at(statement.span.line)
    match statement:
        case Header():
            yield from print_header(statement, page)
        case TermList():
            yield from print_terms(statement, page)
        case ClauseList():
            yield from print_clauses(statement, page)
        case Mapping():
            yield from print_mapping(statement, page)
        case Use():
            yield Item(0, wrap(f"use {write_names(statement.names)}"), at)
        case Attribute():
            yield Item(0, wrap(write_attribute(statement)), at)
        case Define():
            yield Item(0, wrap_condition(lambda broken: _write_define(statement, broken)), at)
        case Treat():
            yield Item(0, wrap_condition(lambda broken: _write_treat(statement, broken)), at)
        case Prevails():
            yield Item(0, wrap_condition(lambda broken: _write_prevails(statement, broken)), at)
        case rule:
            yield from print_rule(rule, page)


def _write_define(define: Define, breakable: bool) -> str:
    label = f" {write_string(define.label.text)}" if define.label else ""
    excluded = f" except {write_names(define.excluded)}" if define.excluded else ""
    return (
        f"define {write_name(define.name)}{label} as {write_names(define.bases)}{excluded}"
        f"{write_parts(define.parts, define.when, breakable)}{write_clauses(define.clauses)}"
    )


def _write_treat(treat: Treat, breakable: bool) -> str:
    return (
        f"treat {write_name(treat.name)} as {write_name(treat.as_)}"
        f"{write_parts((), treat.when, breakable)}{write_clauses(treat.clauses)}"
    )


def _write_prevails(prevails: Prevails, breakable: bool) -> str:
    event = f" for {write_event(prevails.event, breakable)}" if prevails.event else ""
    return (
        f"{write_name(prevails.over, OPENINGS)} prevails over {write_name(prevails.under)}{event}"
        f"{write_clauses(prevails.clauses)}"
    )
