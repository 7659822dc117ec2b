"""Exercising: what cases show of the texts of policies, told as a text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawful.analysis.parts import Kind
from lawful.prose import MARGIN, open_console, position, read_console
from lawful.testing.exercise import RULE, Exercise, Line
from lawful_dsl.diagnostics import shown

#: The columns of the table, and what they count.
_COLUMNS = {"Rules": RULE, "Exceptions": Kind.EXCEPTION, "Permits": Kind.PERMIT}


def tell_exercise(exercise: Exercise, *, width: int, colour: bool) -> str:
    """The figures file by file, then what the cases do not show, with its place."""
    console = open_console(width=width, colour=colour)
    console.print()
    console.print(_table(exercise))
    lacking = [line for line in exercise.lines if not line.covered]
    if lacking:
        console.print()
        console.print(Text("Not covered", "bold"))
        for line in lacking:
            said = f"{position(line.span)}  {shown(line.name)}: {line.lacks}"
            console.print(Padding(Text(said), (0, 0, 0, MARGIN)))
    return read_console(console)


def _table(exercise: Exercise) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("Policy text", overflow="fold")
    for word in (*_COLUMNS, "Covered"):
        table.add_column(word, justify="right", no_wrap=True)
    for file, lines in groupby(exercise.lines, lambda line: line.span.file):
        _row(table, shown(file), tuple(lines))
    _row(table, "All", exercise.lines)
    return table


def _row(table: Table, title: str, lines: Sequence[Line]) -> None:
    style = "" if all(line.covered for line in lines) else "red"
    figures = [_figure(line for line in lines if line.kind == kind) for kind in _COLUMNS.values()]
    share = f"{100 * Exercise(tuple(lines)).score:.1f} %"
    table.add_row(Text(title), *figures, Text(share, style))


def _figure(lines: Iterable[Line]) -> Text:
    """How many of some lines are covered; nothing where there are none."""
    found = tuple(lines)
    covered = sum(line.covered for line in found)
    said = f"{covered} of {len(found)}" if found else ""
    return Text(said, "" if covered == len(found) else "red")
