"""The report for people."""

from __future__ import annotations

import dataclasses

import pytest

from lawful.findings import Report, RuleResult, Verdict
from lawful.reporters.text import render


def first_line(report: Report) -> str:
    return render([report]).split("\n")[0]


def test_the_first_line_is_the_verdict(shop: Report, kept: Report, untouched: Report) -> None:
    assert first_line(shop) == "broken: shop: 2 findings broken, 2 undetermined"
    assert first_line(kept) == "kept: good_shop: nothing is broken, and nothing undetermined"
    assert first_line(untouched) == "nothing was checked: no rule met an event of empty_shop"


def test_undetermined_is_not_called_kept(shop: Report) -> None:
    undetermined = dataclasses.replace(
        shop,
        findings=shop.findings[1:2],
        rules=tuple(r for r in shop.rules if r.verdict is not Verdict.BROKEN),
    )
    assert first_line(undetermined) == "undetermined: shop: 1 finding undetermined, none broken"


def test_a_policy_of_which_no_rule_met_an_event_is_named(kept: Report) -> None:
    report = dataclasses.replace(
        kept,
        policies=("group_policy", "shop_policy"),
        rules=(RuleResult("group_policy", "no_sale", Verdict.NOT_EXERCISED), *kept.rules),
    )
    assert "no rule of group_policy met an event" in render([report])


def test_a_rule_that_was_not_exercised_is_never_printed_as_kept(untouched: Report) -> None:
    assert "kept" not in render([untouched]).replace("Kept", "")


def test_ignored_flows_and_undeclared_arrivals_are_listed(shop: Report) -> None:
    text = render([shop])
    assert "the flow `billing -> old_ledger` is ignored" in text
    assert "`phone_number` of `buyer` arrives at `billing` but is not declared there" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_asked(shop: Report, width: int) -> None:
    assert max(map(len, render([shop], width=width).split("\n"))) <= width


def test_colour_changes_nothing_but_colour(shop: Report) -> None:
    import re

    coloured = render([shop], colour=True)
    plain = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    lines = [line.rstrip() for line in plain.split("\n")]
    assert "\x1b[" in coloured
    assert lines == render([shop]).split("\n")


def test_markup_in_names_is_text(shop: Report) -> None:
    assert "[red]node: - {a: <b>}" in render([shop])
