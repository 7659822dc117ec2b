"""Registers: the tables of the policies against those read from the documents."""

from __future__ import annotations

import pytest

from lawful_dsl.program import Closed, DataIn, Forbid, Permit
from tests.flows.registers import FILE, Row, rows
from tests.flows.services import CALLBRIDGE, MESSAGEBIRD, Service

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


def permits(block: str, service: Service = CALLBRIDGE) -> list[Permit]:
    found = []
    for version in service.policy().policies:
        [rule] = [r for r in version.rules if r.about.id == block]
        found.append(rule)
    # All versions of a document have the same tables, from the pack that they share.
    rule = found[0]
    assert all(other == rule for other in found)
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


def end_users() -> list[tuple[Row, Permit]]:
    """The rows on end users' data, each with the permit of its number."""
    read, written = rows("end_user_data_per_service"), permits("services", MESSAGEBIRD)
    assert [row.number for row in read] == list(range(1, 12))
    assert [permit.row for permit in written] == list(range(1, 12))
    return list(zip(read, written, strict=True))


def test_end_users_data_of_each_service() -> None:
    for row, permit in end_users():
        assert cell(permit, "to") == row["product"], row.number
        assert permit.clauses == row["clause"], row.number
        [data] = [c for word, c in permit.columns if word == "of"]
        assert isinstance(data, DataIn)
        assert data.excluded == ()
        # Of Numbers the table says that there is none, which the policy says of personal data.
        assert data.terms == (row["data"] or ("non_personal_data",)), row.number


def test_what_the_table_marks_as_optional_takes_a_choice() -> None:
    [policy] = MESSAGEBIRD.policy().policies
    chosen = {
        term
        for rule in policy.rules
        if isinstance(rule, Forbid) and rule.about.id in ("options", "guests_phone")
        for condition in getattr(rule.event, "items", ())
        if isinstance(condition, DataIn)
        for term in condition.terms
    }
    assert chosen == {term for row, _ in end_users() for term in row["optional"]}
