"""Clauses: the register of a document's clauses, its columns aligned."""

from __future__ import annotations

from collections.abc import Iterator

from lawful_dsl.format.comments import INDENT, Item
from lawful_dsl.format.lines import align, fits, pad
from lawful_dsl.format.page import Page
from lawful_dsl.format.words import write_name, write_string
from lawful_dsl.syntax import ClauseList


def print_clauses(clauses: ClauseList, page: Page) -> Iterator[Item]:
    """The section, and a line for each of its clauses; a reason that has no room stands beneath."""
    yield Item(0, (f"clauses {write_string(clauses.section.text)}",), page.at(clauses.span.line))
    rows = [(write_name(c.id), c.modality, c.checkable) for c in clauses.clauses]
    widths = align(rows)
    for clause, row in zip(clauses.clauses, rows, strict=True):
        columns = " ".join(map(pad, row, widths))
        written = f"{' ' * INDENT}{columns} {write_string(clause.says.text)}"
        at = page.at(clause.id.span.line)
        if clause.because is None:
            yield Item(INDENT, (written,), at)
            continue
        why = f"because {write_string(clause.because.text)}"
        place = clause.because.span
        beneath = page.at(place.line, place.column if place.line == at[0] else 1)
        if fits(f"{written} {why}"):
            also = () if place.line == at[0] else (beneath,)
            yield Item(INDENT, (f"{written} {why}",), at, also)
        else:
            yield Item(INDENT, (written,), at)
            yield Item(2 * INDENT, (" " * 2 * INDENT + why,), beneath)
