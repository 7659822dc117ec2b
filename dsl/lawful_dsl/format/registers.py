"""Registers: tables, their columns aligned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawful_dsl.format.comments import Item
from lawful_dsl.format.lines import align, pad
from lawful_dsl.format.page import Page
from lawful_dsl.format.words import reserve, write_names, write_period
from lawful_dsl.syntax import Cell, Register

#: Words with which a cell that says something else begins.
_STARTS = reserve("except  at  exactly")
#: The words of columns; a cell with nothing but one of them would be read as a header.
_COLUMNS = reserve("of to from in for on with under by using clause retention")


def print_register(register: Register, indent: int, page: Page) -> Iterator[Item]:
    """The header and the rows."""
    cells = [[str(column) for column in register.columns]]
    cells += [[_write_cell(cell) for cell in row.cells] for row in register.rows]
    lines = [register.columns[0].span.line, *(row.span.line for row in register.rows)]
    widths = align(cells)
    for line, row in zip(lines, cells, strict=True):
        yield Item(indent, (" " * indent + _write_row(row, widths),), page.at(line))


def _write_row(row: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(map(pad, row, widths))} |"


def _write_cell(cell: Cell) -> str:
    if cell.period:
        return f"{cell.bound} {write_period(cell.period)}"
    alone = len(cell.names) == 1 and not cell.excluded
    names = write_names(cell.names, _STARTS | _COLUMNS if alone else _STARTS)
    less = f"except {write_names(cell.excluded)}" if cell.excluded else ""
    return f"{names} {less}".strip()
