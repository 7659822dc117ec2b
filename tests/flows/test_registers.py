"""Registers: the two tables of the policy of Callbridge, against those read from the documents."""

from __future__ import annotations

import pytest

from lawful_dsl.program import Closed, DataIn, Permit
from tests.flows.registers import FILE, Row, rows
from tests.flows.services import CALLBRIDGE

pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the tables do not lie beside the checkout"
)

#: Where the policy reads a cell of the documents more closely than the tables do.
BESIDES = {
    ("processing", 4): {"session_recording"},
    ("subprocessors", 1): {"user_base_management"},
    ("subprocessors", 5): {"data_transport"},
    ("subprocessors", 7): {"reporting"},
}


def permits(block: str) -> list[Permit]:
    found = []
    for version in CALLBRIDGE.policy().policies:
        [rule] = [r for r in version.rules if r.about.id == block]
        found.append(rule)
    # Both versions of the document have the same tables, from the pack that they share.
    rule = found[0]
    assert found == [rule, rule]
    assert isinstance(rule, Closed)
    return [permit for permit in rule.permits if permit.row]


def cell(permit: Permit, word: str) -> tuple[str, ...]:
    [terms] = [getattr(condition, "terms", ()) for at, condition in permit.columns if at == word]
    return tuple(terms)


def tables() -> list[tuple[str, Row, Permit]]:
    """Each row of the tables, with the block that has it and the permit of its number."""
    found = []
    for block, table, count in (
        ("processing", "processing_table", 6),
        ("subprocessors", "subprocessor_table", 8),
    ):
        read, written = rows(table), permits(block)
        assert [row.number for row in read] == list(range(1, count + 1))
        assert [permit.row for permit in written] == list(range(1, count + 1))
        found += [(block, *pair) for pair in zip(read, written, strict=True)]
    return found


def test_the_policy_has_every_row_with_its_clauses() -> None:
    for block, row, permit in tables():
        # What limits the place to where people are is said beneath the row.
        assert set(row["clause"]) - {"CB-SUB-15"} <= set(permit.clauses), (block, row.number)


def test_the_data_of_each_row() -> None:
    for block, row, permit in tables():
        [data] = [c for word, c in permit.columns if word == "of"]
        assert isinstance(data, DataIn)
        assert data.excluded == row["exclusions"], (block, row.number)
        assert data.terms == (() if row["data"] == ("all_data",) else row["data"])


def test_the_purposes_of_each_row() -> None:
    for block, row, permit in tables():
        beside = BESIDES.get((block, row.number), set())
        assert set(cell(permit, "for")) == set(row["purposes"]) | beside, (block, row.number)


def test_who_where_and_on_which_basis() -> None:
    for block, row, permit in tables():
        if block == "processing":
            assert cell(permit, "from") == row["source"]
            assert cell(permit, "on") == row["lawful_bases"]
        else:
            assert cell(permit, "to") == row["recipient_kind"]
            places = set(row["transfer_countries"]) - {"associated_global_jurisdiction"}
            assert set(cell(permit, "in")) == places
