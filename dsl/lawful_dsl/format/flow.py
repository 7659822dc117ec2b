"""Flow: `.flow` texts in their one style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawful_dsl.format.comments import INDENT, Entry, Item, Row, join, weave
from lawful_dsl.format.lines import HANG, align, fill, fits, pad, split_flow
from lawful_dsl.format.page import NO_PLACE, Page, Place
from lawful_dsl.format.properties import (
    FOLLOWING,
    FORM_WORDS,
    list_names,
    write_listing,
    write_properties,
)
from lawful_dsl.format.words import NONE_RESERVED, reserve, write_name, write_string, write_worth
from lawful_dsl.syntax import (
    Carry,
    Correct,
    Each,
    Expect,
    FactDecl,
    FlowDecl,
    Flows,
    FlowStatement,
    Ignore,
    NodeDecl,
    Owned,
    PartyDecl,
    System,
    Test,
    Text,
    Use,
    Waive,
)

#: Words with which a statement begins, so that a name there needs quotes.
_STARTS = reserve(
    "system use party subject client device service store source recipient each fact correct ignore waive "
    "test expect"
)


def lay_out(flows: Flows, page: Page) -> str:
    """The text of the tree, with what the page has beside it."""
    return join(_align(weave(list(_print_all(flows.statements, page, 0)), page)))


# --- statements -----------------------------------------------------------------------------------


def _print_all(statements: Sequence[FlowStatement], page: Page, indent: int) -> Iterator[Item]:
    """The statements, one after the other, with room between those of different kinds."""
    before = ""
    for statement in statements:
        first, *rest = _print_statement(statement, page, indent)
        kind = first.row.kind if first.row else type(statement).__name__
        loose = bool(before) and (before != kind or bool(rest))
        yield from (replace(first, loose=loose), *rest)
        before = kind


def _print_statement(statement: FlowStatement, page: Page, indent: int) -> Iterator[Item]:
    at = page.at(statement.span.line)
    match statement:
        case Owned():
            yield from _print_owned(statement, page, indent)
        case Test():
            clauses = statement.clauses
            tail = f"  clause {list_names(clauses)}" if clauses else ""
            yield _line(indent, f"test {write_string(statement.label.text)}{tail} {{", at)
            inside = (*statement.given, *statement.expected)
            yield from _print_all(inside, page, indent + INDENT)
            yield _close(statement, page, indent)
        case Expect():
            head = f"expect {statement.verdict} {list_names(statement.rules)}"
            head += f" on {statement.on}" if statement.on else ""
            yield _line(indent, f"{head} {{" if statement.added else head, at)
            if statement.added:
                yield from _print_all(statement.added, page, indent + INDENT)
                yield _close(statement, page, indent)
        case _:
            yield Item(indent, at=at, row=_print_row(statement))


def _print_row(
    statement: System
    | Use
    | PartyDecl
    | NodeDecl
    | FlowDecl
    | Each
    | FactDecl
    | Correct
    | Ignore
    | Waive,
) -> Row:
    match statement:
        case System():
            policies = statement.policies
            tail = [f"for policy {list_names(policies)}"] if policies else []
            tail += [f"as of {statement.as_of}"] if statement.as_of else []
            head = f"system {write_name(statement.name)}{_label(statement.label)}"
            return Row("system", (head,), tuple(tail))
        case Use():
            return Row("use", (f"use {list_names(statement.names)}",))
        case PartyDecl():
            head = f"party {write_name(statement.id)}{_label(statement.label)}"
            return Row("who", (head,), write_properties(statement.props))
        case NodeDecl():
            head = f"{statement.kind} {write_name(statement.id)}{_label(statement.label)}"
            return Row("who", (head,), write_properties(statement.props, FORM_WORDS))
        case FlowDecl():
            return _print_flow(statement)
        case Each():
            forms = NONE_RESERVED if statement.what == "flow" else FORM_WORDS
            carried = (f": {write_carry(statement.carry)}",) if statement.carry else ()
            cells = (f"each {statement.what}", write_name(statement.pattern), *carried)
            return Row("each", cells, write_properties(statement.props, forms))
        case FactDecl():
            fact = f"fact {write_name(statement.name)}"
            if statement.value is not None:
                fact += f" {write_worth(statement.value, FOLLOWING)}"
            return Row("fact", (fact,))
        case Correct():
            head = f"correct {write_name(statement.id)} {write_name(statement.word, FOLLOWING)}"
            ends = f"from {write_listing(statement.old)} to {write_listing(statement.new)}"
            why = f"because {write_string(statement.because.text)}"
            return Row("correct", (f"{head} {ends}",), (why,))
        case Ignore():
            head = f"ignore {write_name(statement.id)}"
            why = f"because {write_string(statement.because.text)}"
            return Row("ignore", (head,), (why,))
        case Waive():
            head = f"waive {write_name(statement.rule)}"
            of = f" of {list_names(statement.of)}" if statement.of else ""
            at = f" at {list_names(statement.at)}" if statement.at else ""
            owner = [f"owner {write_string(statement.owner.text)}"] if statement.owner else []
            why = f"because {write_string(statement.because.text)}"
            return Row("waive", (head + of + at,), (*owner, why, f"until {statement.until}"))


def _print_owned(owned: Owned, page: Page, indent: int) -> Iterator[Item]:
    at = page.at(owned.span.line)
    yield _line(indent, f"{write_name(owned.owner, _STARTS)} {{", at)
    for node in owned.nodes:
        cells = (node.kind, f"{write_name(node.id)}{_label(node.label)}")
        row = Row("node", cells, write_properties(node.props, FORM_WORDS))
        yield Item(indent + INDENT, at=page.at(node.span.line), row=row)
    yield _close(owned, page, indent)


def _close(block: Owned | Test | Expect, page: Page, indent: int) -> Item:
    """The brace that ends a block."""
    lines = range(block.span.end_line, block.span.line, -1)
    end = next((page.at(line) for line in lines if page.opens_with(line, "}")), NO_PLACE)
    return replace(_line(indent, "}", end), closes=True)


def _line(indent: int, text: str, at: Place) -> Item:
    return Item(indent, (" " * indent + text,), at)


def _print_flow(flow: FlowDecl) -> Row:
    id = f"{write_name(flow.id, _STARTS)}: " if flow.id else ""
    source = write_name(flow.source, NONE_RESERVED if flow.id else _STARTS)
    carried = f": {write_carry(flow.carry)}" if flow.carry else ""
    cells = (f"{id}{source}", f"-> {write_name(flow.target)}", carried)
    return Row("flow", cells, write_properties(flow.props))


def write_carry(carry: Carry) -> str:
    """What a flow carries, without the colon before it."""
    whose = f" of {list_names(carry.whose)}" if carry.whose else ""
    if not carry.all:
        return list_names(carry.names, reserve("all")) + whose
    return f"all except {list_names(carry.excluded)}{whose}" if carry.excluded else f"all{whose}"


def _label(label: Text | None) -> str:
    return f" {write_string(label.text)}" if label else ""


# --- columns --------------------------------------------------------------------------------------


def _align(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with the lines of their rows: neighbours of one kind have common columns."""
    aligned = list(entries)
    group: list[int] = []
    for index, entry in enumerate(entries):
        kind = entry.item.row.kind if entry.item and entry.item.row else None
        if group and (entry.blank or (entry.item and kind != _kind(entries[group[0]]))):
            _align_group(aligned, group)
            group = []
        if kind is not None:
            group.append(index)
    _align_group(aligned, group)
    return tuple(aligned)


def _kind(entry: Entry) -> str:
    return entry.item.row.kind if entry.item and entry.item.row else ""


def _align_group(entries: list[Entry], group: Sequence[int]) -> None:
    items = [item for index in group if (item := entries[index].item) and item.row]
    rows = [(item, item.row) for item in items if item.row]
    widths = _columns([(item, row) for item, row in rows if _fits(row, item)])
    for index, (item, row) in zip(group, rows, strict=True):
        lines = (
            (" " * item.indent + _write_row(row, widths),)
            if _fits(row, item)
            else _break_row(row, widths, item.indent)
        )
        entries[index] = replace(entries[index], item=replace(item, lines=lines))


def _columns(rows: Sequence[tuple[Item, Row]]) -> tuple[int, ...]:
    """The widths of the columns that are aligned: as many as leave room for each row, from the left."""
    widths = align([row.cells for _, row in rows])
    while widths and not all(_fits(row, item, widths) for item, row in rows):
        widths = widths[:-1]
    return widths


def _fits(row: Row, item: Item, widths: Sequence[int] = ()) -> bool:
    return fits(_write_row(row, widths), item.indent)


def _write_row(row: Row, widths: Sequence[int]) -> str:
    """A row on one line, its first cells as wide as their columns."""
    head = _write_head(row.cells, widths)
    return "  ".join([head if row.tail else head.rstrip(), *row.tail])


def _write_head(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = list(map(pad, cells, widths))
    return " ".join([*aligned, *(cell for cell in cells[len(aligned) :] if cell)])


def _break_row(row: Row, widths: Sequence[int], indent: int) -> tuple[str, ...]:
    """A row on several lines: its ends are aligned, where it is broken between its properties."""
    cells = [cell for cell in row.cells if cell]
    head = _write_head(cells, widths[: len(cells) - 1])
    pieces: list[tuple[str, str]] = []
    for part in (head, *row.tail):
        gap = "  "
        whole = fits(part, indent + HANG)
        for piece in (part,) if whole else split_flow(part):
            pieces.append((gap, piece))
            gap = " "
    return fill(pieces, indent, indent + HANG)
