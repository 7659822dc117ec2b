"""Resolving: where a message stands, and what it points to elsewhere."""

from __future__ import annotations

import pytest

from tests.dsl.words import resolved

Notes = list[tuple[str, str]]


@pytest.mark.parametrize(
    ("text", "message", "place", "notes"),
    [
        (
            'mapping m\n  "k" is email\n  "k" is card',
            "`k` is `email` already",
            "5:3",
            [("said first here", "1.law:4:3")],
        ),
        (
            'mapping m\n  "user.contact" is card',
            "`user.contact` is `email` already",
            "4:3",
            [("said here too", "0.law:59:3")],
        ),
        (
            'mapping m\n  "card" is email',
            "`card` is a data category already",
            "4:3",
            [("declared here", "0.law:5:3")],
        ),
        (
            "define card as person",
            "`card` is a data category already and cannot be defined",
            "3:8",
            [("declared here", "0.law:5:3")],
        ),
        (
            "define loyal as person",
            "`loyal` is an attribute already and cannot be defined",
            "3:8",
            [("declared here", "0.law:51:11")],
        ),
        (
            "data\n  risk is email",
            "`risk` is declared twice: as a data category here",
            "4:3",
            [("and as an attribute here", "0.law:48:11")],
        ),
        (
            "attribute email of data: number",
            "`email` is declared twice: as an attribute here",
            "3:11",
            [("and as a data category here", "0.law:4:3")],
        ),
        (
            "define z as person\ndefine z as US",
            "`z` is defined twice",
            "4:8",
            [("defined first here", "1.law:3:8")],
        ),
        (
            "define z as y\ndefine y as w\ndefine w as z",
            "these definitions use each other: `w` uses `z` uses `y` uses `w`",
            "5:8",
            [("`z` is defined here", "1.law:3:8"), ("`y` is defined here", "1.law:4:8")],
        ),
        (
            "data\n  a is b\n  b is c\n  c is a",
            "these terms are each other: `a` is `b` is `c` is `a`",
            "4:3",
            [
                ("`a` is `b`", "1.law:4:8"),
                ("`b` is `c`", "1.law:5:8"),
                ("`c` is `a`", "1.law:6:8"),
            ],
        ),
        ("data\n  a is a", "`a` is itself", "4:3", [("`a` is `a`", "1.law:4:8")]),
        (
            "forbid a: use\nforbid a: use of card",
            "two rules are called `a`",
            "4:8",
            [("the other one is here", "1.law:3:8")],
        ),
        (
            "forbid a: use\nforbid b: use\nforbid c: use\n"
            "a prevails over b\nb prevails over c\nc prevails over a",
            "these prevail over each other: "
            "`a` prevails over `b` prevails over `c` prevails over `a`",
            "6:17",
            [
                ("`b` prevails over `c`", "1.law:7:17"),
                ("`c` prevails over `a`", "1.law:8:17"),
            ],
        ),
        ("closed a: use\n  admits a", "`a` admits itself", "4:10", []),
        (
            "forbid a: use\n  in place of b\nforbid b: use\n  in place of a",
            "these rules stand in place of each other: "
            "`a` stands in place of `b` stands in place of `a`",
            "4:15",
            [("`b` stands in place of `a`", "1.law:6:15")],
        ),
        (
            "forbid use when officer",
            "`officer` is an attribute of the system, and no event has it",
            "3:17",
            [("declared here", "0.law:55:11")],
        ),
        (
            "forbid use when risk",
            "`risk` is one of `low`, `high`, and no condition by itself",
            "3:17",
            [("declared here", "0.law:48:11")],
        ),
        (
            "forbid use when risk = mid",
            "this comparison cannot hold: `risk` is one of `low`, `high`",
            "3:17",
            [("declared here", "0.law:48:11")],
        ),
        (
            "assert risk",
            "`risk` is an attribute of a party; `assert` names a fact of the system",
            "3:8",
            [("declared here", "0.law:48:11")],
        ),
        (
            "assert region in hre",
            "`region` is never `hre`",
            "3:18",
            [("declared here", "0.law:56:11")],
        ),
        (
            "assert staff",
            "this cannot hold: `staff` is a number",
            "3:8",
            [("declared here", "0.law:57:11")],
        ),
        (
            "data\n  t  loyal = yes",
            "`loyal` is an attribute of a subject; an attribute of data is expected here",
            "4:6",
            [("declared here", "0.law:51:11")],
        ),
        (
            "attribute level of data: yes_no\ndata\n  t  level = yes  level = no",
            "`level` is said twice",
            "5:19",
            [("first said here", "1.law:5:6")],
        ),
        (
            "attribute level of data: one of low, high\ndata\n  t  level = mid",
            "`level` is one of some words",
            "5:6",
            [("declared here", "1.law:3:11")],
        ),
        (
            "attribute level of data: number\n"
            "data\n  a  level = 1\n  b  level = 2\n  c is a, b",
            "`c` is `a` and `b`, which differ in `level`",
            "7:3",
            [("`a` is declared here", "1.law:5:3"), ("`b` is declared here", "1.law:6:3")],
        ),
        (
            'clauses "s"\n  C-1 right graph "a"\n  C-1 right graph "b"',
            "the clause `C-1` is registered twice",
            "5:3",
            [("registered first here", "1.law:4:3")],
        ),
    ],
)  # fmt: skip
def test_where_it_is_said(text: str, message: str, place: str, notes: Notes) -> None:
    _, found = resolved(f"policy x\nuse words\n{text}\n")
    told = [(d.message, str(d.span), [(n, str(at)) for n, at in d.related]) for d in found]
    assert told == [(message, f"1.law:{place}", notes)]


@pytest.mark.parametrize(
    ("texts", "message", "place", "notes"),
    [
        (
            ["vocabulary words\n"],
            "two files declare `words`",
            "1.law:1:12",
            [("the vocabulary `words` is declared here", "0.law:1:12")],
        ),
        (
            ["policy x\n", "policy x\n"],
            "two versions of the policy `x` are without a date",
            "2.law:1:8",
            [("the other one is here", "1.law:1:8")],
        ),
        (
            ["policy x\npolicy y\n"],
            "this file is `policy x` already",
            "1.law:2:8",
            [("said first here", "1.law:1:8")],
        ),
        (
            [
                "pack house\nuse words\nforbid a: use\n",
                "policy x\nuse house\naffirm a clause C-1\naffirm a clause C-2\n",
            ],
            "`a` is affirmed twice",
            "2.law:4:8",
            [("affirmed first here", "2.law:3:8")],
        ),
        (
            ["policy x\n  text nl, sq\nreadings r\n  nl, sq: forbid use\n  nl: nothing\n"],
            "the text `nl` has two readings",
            "1.law:5:3",
            [("the other one is here", "1.law:4:3")],
        ),
    ],
)
def test_where_it_is_said_of_a_file(
    texts: list[str], message: str, place: str, notes: Notes
) -> None:
    _, found = resolved(*texts)
    told = [(d.message, str(d.span), [(n, str(at)) for n, at in d.related]) for d in found]
    assert told == [(message, place, notes)]
