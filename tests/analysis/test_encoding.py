"""What stands for a clause, and a program without it."""

from __future__ import annotations

from dataclasses import replace

from lawful.analysis.encoding import encodings, without_clause
from lawful_dsl.program import Closed, Forbid, Policy, Program, Readings, Rule
from tests.dsl.words import resolved

PACK = """pack house
use words
forbid affirmed: disclosure of card to vendor
"""
TEXT = """policy mine
  by us clause H-1
  governs subject person clause H-2
  effective 2024-01-01 until 2025-01-01 clause H-3
  text en, nl clause H-4
use words, house
define minor as person when age < 16 clause D-1
treat minor as subscriber clause T-1
forbid ban: use of card clause B-1
  unless of email clause E-1
    unless for support clause E-2
closed block: disclosure of card clause C-1
  permit to vendor clause P-1
  permit for support clause P-2
    unless of email clause E-3
  | to   | clause   | retention      |
  | host | R-1, C-1 | at most 1 year |
readings read clause B-2
  en: forbid use of card clause B-3
  nl: forbid use of email unless for support
ban prevails over affirmed clause V-1
assert officer clause A-1
affirm affirmed clause F-1
"""


def program() -> Program:
    found, wrong = resolved(PACK, TEXT)
    assert wrong == ()
    return found


def without(clause: str) -> Policy:
    (policy,) = without_clause(program(), clause).policies
    return policy


def rule(policy: Policy, id: str) -> Rule:
    (found,) = (each for each in policy.rules if each.about.id == id)
    return found


def ids(policy: Policy) -> list[str]:
    return [each.about.id for each in policy.rules]


def test_what_stands_for_each_clause() -> None:
    (policy,) = program().policies
    assert dict(encodings(policy)) == {
        "A-1": ("A-1",),
        "B-1": ("ban",),
        "B-2": ("read",),
        "B-3": ("read",),
        "C-1": ("block", "block (row 1)", "block.row1"),
        "D-1": ("define minor",),
        "E-1": ("ban (exception)",),
        "E-2": ("ban (exception)",),
        "E-3": ("block (exception)",),
        "F-1": ("affirmed",),
        "H-1": ("by",),
        "H-2": ("governs",),
        "H-3": ("effective",),
        "H-4": ("text",),
        "P-1": ("block (permit 1)",),
        "P-2": ("block (permit 2)",),
        "R-1": ("block (row 1)", "block.row1"),
        "T-1": ("treat minor",),
        "V-1": ("ban prevails over affirmed",),
    }


def test_a_clause_that_nothing_cites_takes_nothing_away() -> None:
    before = program()
    assert without_clause(before, "X-1").policies == before.policies


def test_a_rule_goes_whole_and_an_affirmed_one_too() -> None:
    assert ids(program().policies[0]) == ["ban", "block", "block.row1", "read", "A-1", "affirmed"]
    for clause, gone in (("B-1", "ban"), ("B-2", "read"), ("A-1", "A-1"), ("F-1", "affirmed")):
        left = without(clause)
        assert gone not in ids(left)
        assert gone not in dict(left.homes)
        assert len(left.rules) == 5


def test_an_exception_goes_with_those_within_it() -> None:
    ban = rule(without("E-1"), "ban")
    assert isinstance(ban, Forbid)
    assert ban.exceptions == ()
    ban = rule(without("E-2"), "ban")
    assert isinstance(ban, Forbid)
    assert [each.nested for each in ban.exceptions] == [()]


def test_a_permit_goes_and_the_block_stays() -> None:
    block = rule(without("P-1"), "block")
    assert isinstance(block, Closed)
    assert [permit.clauses for permit in block.permits] == [("P-2",), ("R-1", "C-1")]
    block = rule(without("E-3"), "block")
    assert isinstance(block, Closed)
    assert [permit.exceptions for permit in block.permits] == [(), (), ()]


def test_a_row_goes_with_its_bound() -> None:
    left = without("R-1")
    block = rule(left, "block")
    assert isinstance(block, Closed)
    assert [permit.row for permit in block.permits] == [0, 0]
    assert "block.row1" not in ids(left)
    assert [each for each in ids(without("C-1")) if each.startswith("block")] == []


def test_a_reading_goes_and_its_text_has_nothing() -> None:
    read = rule(without("B-3"), "read")
    assert isinstance(read, Readings)
    (_, english), (_, dutch) = read.readings
    assert english is None
    assert dutch is not None


def test_treatments_and_precedences_go() -> None:
    whole = program().policies[0]
    assert without("T-1") == replace(whole, treats=())
    assert without("V-1") == replace(whole, prevails=())


def test_lines_of_the_header_go() -> None:
    whole = program().policies[0]
    assert without("H-1") == replace(whole, by="")
    assert without("H-2") == replace(whole, governs=())
    assert without("H-3") == replace(whole, effective="", until="")
    assert without("H-4") == replace(whole, texts=())
