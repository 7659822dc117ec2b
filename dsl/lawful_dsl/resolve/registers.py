"""Registers: a closed block written as a table; every row a permit, and maybe a bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.resolve import words
from lawful_dsl.resolve.conditions import HERE, both, read_parts
from lawful_dsl.resolve.periods import read_period
from lawful_dsl.resolve.prose import one_line
from lawful_dsl.resolve.scope import Scope

#: The cell word that leaves a column open.
ALL = "all"


@frozen
class Bound:
    """What the `retention` column of a row asks: of which data, collected for which purposes."""

    row: s.Row
    event: p.All
    bound: str
    period: s.Period
    clauses: tuple[str, ...]


def read_register(
    scope: Scope, register: s.Register, first: int
) -> Iterator[tuple[p.Permit, Bound | None]]:
    """The rows of a register as permits, numbered from `first`, and their bounds on retention."""
    for i, column in enumerate(register.columns):
        if column.text in [c.text for c in register.columns[:i]]:
            scope.error(
                f"the column `{column}` stands twice", column.span, "write both into one column"
            )
    for number, row in enumerate(register.rows, first):
        if len(row.cells) == len(register.columns):
            yield _row(scope, register.columns, row, number)
            continue
        cells = f"{len(row.cells)} cell{'s' * (len(row.cells) != 1)}"
        scope.error(
            f"this row has {cells}, and its header {len(register.columns)}",
            row.span,
            "a row has one cell for each column: "
            + ", ".join(f"`{column}`" for column in register.columns),
        )


def _row(
    scope: Scope, columns: Sequence[s.Name], row: s.Row, number: int
) -> tuple[p.Permit, Bound | None]:
    parts: list[s.Part] = []
    anything: list[str] = []
    clauses: tuple[str, ...] = ()
    bound: tuple[str, s.Period] | None = None
    for column, cell in zip(columns, row.cells, strict=True):
        cell = cell if cell.span.line else replace(cell, span=row.span)
        _check(scope, column.text, cell)
        if column.text == "clause":
            clauses = tuple(name.text for name in cell.names)
        elif column.text == "retention":
            bound = (cell.bound, cell.period) if cell.period else None
        elif [name.text for name in cell.names] == [ALL] and column.text != "of":
            anything.append(column.text)
        else:
            parts.append(_part(scope, column.text, cell))
    said = read_parts(scope, parts, HERE)
    said += tuple((word, p.TRUE) for word in anything)
    order = [column.text for column in columns]
    said = tuple(sorted(said, key=lambda item: order.index(item[0].split()[0])))
    condition = both(condition for _, condition in said)
    text = one_line(scope.module.parsed.source, row.span)
    permit = p.Permit(condition, said, (), clauses, number, text, row.span)
    if bound is None:
        return permit, None
    word, period = bound
    return permit, Bound(row, _stored(said), word, read_period(scope, period), clauses)


def _stored(said: Sequence[tuple[str, p.Condition]]) -> p.All:
    """The storage of a row's data that was collected for the row's purposes."""
    data = [c for _, c in said if isinstance(c, p.DataIn)]
    purposes = [p.CollectedFor(c.terms) for _, c in said if isinstance(c, p.PurposeIn)]
    return p.All((p.EventIs(p.EventKind.STORAGE), *data, *purposes))


def _check(scope: Scope, column: str, cell: s.Cell) -> None:
    """Report what a column cannot say."""
    if column == "retention":
        if cell.names or cell.excluded:
            scope.error(
                "the column `retention` holds a bound and a period",
                cell.span,
                "write `at most 6 months`, `at least ...` or `exactly ...`",
            )
    elif cell.period:
        scope.error(
            f"a period does not belong into the column `{column}`",
            cell.span,
            "write it into a column `retention`",
        )
    elif cell.excluded and column != "of":
        scope.error(
            f"the column `{column}` has no `except`",
            cell.excluded[0].span,
            "`define` a name for what you mean, and write that",
        )
    elif not cell.names and column != "clause":
        scope.error(
            f"the cell `{column}` of this row is empty",
            cell.span,
            f"write `{ALL}` where the row holds for all",
        )


def _part(scope: Scope, column: str, cell: s.Cell) -> s.Part:
    names = cell.names
    if column == "of":
        for name in names:
            if name.text == ALL and len(names) > 1:
                scope.error(f"`{ALL}` stands beside other names", name.span, "write it alone")
        names = tuple(s.Name(words.EVERYTHING, n.span) if n.text == ALL else n for n in names)
    meanings = [scope.meaning(name.text) for name in names]
    if column == "with" and any(m is not None and m.sort == "consents" for m in meanings):
        column = "with consent"
    return s.Part(column, names, cell.excluded, span=cell.span)
