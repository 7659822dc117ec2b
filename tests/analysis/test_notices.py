"""Notices of a gate: a kind that was counted before is no news, and what it lists for the first time is."""

from __future__ import annotations

import pytest

from lawful.analysis.notices import new_notices

KIND = "resources are of types that are not known"


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ((f"3 {KIND}: a (2), b",), (f"3 {KIND}: b, a (2)",), ()),
        ((f"3 {KIND}: a (2), b",), (f"2 {KIND}: a (2)",), ()),
        (
            (f"2 {KIND}: a (2)",),
            (f"3 {KIND}: a, c (2)",),
            (f"2 {KIND}: c (2)", f"3 {KIND} (2 before)"),
        ),
        ((f"1 {KIND}: a",), (f"9 {KIND}: a (9)",), (f"9 {KIND} (1 before)",)),
        (("4 names: no flow",), ("5 names: no flow",), ("5 names (4 before)",)),
        (("1 names: no flow", "1 names: no flow"), ("2 names: no flow",), ()),
        ((), (f"1 {KIND}: a",), (f"1 {KIND}: a",)),
        (("`a` is a name",), ("`a` is a name", "`b` is a name"), ("`b` is a name",)),
    ],
)
def test_what_is_new(before: tuple[str, ...], after: tuple[str, ...], new: tuple[str, ...]) -> None:
    told = tuple(
        each.removeprefix("as before, and more of it: ") for each in new_notices(before, after)
    )
    assert told == new


def test_all_that_counts_more_is_one_notice() -> None:
    before, after = ("1 a: x", "2 b", "3 c"), ("2 a: x", "3 b", "3 c")
    assert new_notices(before, after) == (
        "as before, and more of it: 2 a (1 before); 3 b (2 before)",
    )
