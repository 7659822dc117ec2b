"""Resolving: conditions that are wrong in themselves, and what a word means in them."""

from __future__ import annotations

import pytest

from tests.dsl.words import resolved, wrong

KINDS = (
    "the kinds are `collection`, `transfer`, `disclosure`, `storage`, `use`, `join`, `placement` "
    "and defined ones"
)
NO_STATE = "no state; only a state is `of` or `per` something"
HOLDERS = (
    "say who holds it: a term, a kind of node or one of `account`, `application`, "
    "`browser`, `household`, `person`, `session`"
)
ELSEWHERE = "use another definition after `from`, one that does not say it"
NO_JOIN = "`with` names what a datum is joined with, and `use` is no join"
BEGIN_WITH_JOIN = "begin with `join`; for consent, write `with ... consent`"
NEVER = "this can never hold: the rule is about encrypted data"


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        # near names, of each sort that a condition may be
        ("forbid use when loyl", "`loyl` is not known", "did you mean `loyal`?"),
        ("forbid use when knwn", "`knwn` is not known", "did you mean `known`?"),
        (
            "define minor as person when age < 18\nforbid use when minr",
            "`minr` is not known",
            "did you mean `minor`?",
        ),
        (
            "forbid use when zebra",
            "`zebra` is not known",
            "`when` is followed by a state, an attribute, a comparison or a part such as `in US`",
        ),
        ("forbid use when agee < 18", "`agee` is not known", "did you mean `age`?"),
        ("forbid use when scoore < 18", "`scoore` is not known", "did you mean `score`?"),
        (
            "forbid use when zebra < 18",
            "`zebra` is not known",
            "compare `age`, `consideration` or an attribute",
        ),
        ("forbid use when opted_out of crd", "`crd` is not known", "did you mean `card`?"),
        ("forbid use when opted_out of disclosre", "`disclosre` is not known", "did you mean `disclosure`?"),
        ("forbid use in encrypted, zebra", "`zebra` is not known", "`in` names places, or forms"),
        ("forbid use in encrypted, encryptd", "`encryptd` is not known", "did you mean `encrypted`?"),
        ("forbid use guard optd_out", "`optd_out` is not known", "did you mean `opted_out`?"),
        ("forbid use guard zebra", "`zebra` is not known", "`guard` names states"),
        ("forbid zebra", "`zebra` is not known", KINDS),
        # comparisons
        (
            "forbid use when risk > high",
            "this comparison cannot hold: `risk` is one of `low`, `high`",
            "write `risk = high`",
        ),
        (
            "forbid use when risk = hgh",
            "this comparison cannot hold: `risk` is one of `low`, `high`",
            "did you mean `high`?",
        ),
        (
            "forbid use when risk = 3",
            "this comparison cannot hold: `risk` is one of `low`, `high`",
            "write `risk = low`",
        ),
        (
            "forbid use when notice = 3",
            "this comparison cannot hold: `notice` is a period",
            "write `notice < 6 months`",
        ),
        ("forbid use when notice < contrct_term", "`contrct_term` is not known", "did you mean `contract_term`?"),
        (
            "forbid use when score",
            "`score` is a number, and no condition by itself",
            "compare it: `score < 10`",
        ),
        (
            "forbid use when place = 3",
            "`place` is a word of conditions and cannot be compared",
            "compare `age`, `consideration` or an attribute",
        ),
        (
            "forbid use when consideration < money",
            "`consideration` is `money` or `valuable`",
            "write `consideration = money`, or `consideration` for any",
        ),
        (
            "forbid use when consideration = 3",
            "`consideration` is `money` or `valuable`",
            "write `consideration = money`, or `consideration` for any",
        ),
        ("forbid use when place", "`place` alone is no condition", "write `place in residence`"),
        (
            "forbid use when 'residence'",
            "`residence` alone is no condition",
            "write `residence in` and a place",
        ),
        # states
        ("forbid use when loyal of card", f"`loyal` is {NO_STATE}", "take out what follows it"),
        ("forbid use when loyal per browser", f"`loyal` is {NO_STATE}", "take out what follows it"),
        (
            "define minor as person when age < 18\nforbid use when opted_out of minor",
            "`minor` is a defined kind of subject; a state is about a term or a kind of event",
            "name what the state is about, such as a purpose",
        ),
        (
            "forbid use when opted_out per us",
            "`us` is not known as holder of a state",
            HOLDERS,
        ),
        # what is read of a recipient
        (
            "define z as vendor under scc, dpa\nforbid transfer from z",
            "`under` reads the party that receives, and this definition is used after `from`",
            ELSEWHERE,
        ),
        (
            "define z as vendor when certified dpf_list\nforbid transfer from z",
            "`certified` reads the party that receives, and this definition is used after `from`",
            ELSEWHERE,
        ),
        # lists of two sorts
        (
            "forbid use of anything, card",
            "`anything` is no data category",
            "write `anything from` and the category, without `of`",
        ),
        ("forbid use of crd, child", "`crd` is not known", "did you mean `card`?"),
        # what no event of the rule can meet
        ("forbid use when not with card", NO_JOIN, BEGIN_WITH_JOIN),
        ("forbid use\n  unless for support\n    unless with card", NO_JOIN, BEGIN_WITH_JOIN),
        ("closed c: use\n  permit with email", NO_JOIN, BEGIN_WITH_JOIN),
        ("closed c: use when with email", NO_JOIN, BEGIN_WITH_JOIN),
        ("closed c: use\n  permit for support\n    unless with email", NO_JOIN, BEGIN_WITH_JOIN),
        (
            "forbid use in encrypted when known or for support and in anonymised",
            NEVER,
            "write `in any form`, or the form, after the `of` of the rule",
        ),
        (
            "forbid use anything from card in encrypted when in anonymised",
            NEVER,
            "write `in any form`, or the form, after the `of` of the rule",
        ),
        (
            "forbid use in encrypted\n  unless anything from card in anonymised",
            NEVER,
            "write `in any form`, or the form, after the `of` of the rule",
        ),
        ("forbid card when with card", "`card` is a data category; an event begins with its kind", KINDS),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_once(text: str, message: str, help: str) -> None:
    assert wrong(text) == [(message, help)]


@pytest.mark.parametrize(
    "text",
    [
        "forbid use when opted_out of all_data",
        "forbid use when opted_out of vendor per store",
        "forbid use when opted_out of transfer per account",
        "define sale as disclosure\nforbid use when opted_out of sale per vendor",
        "forbid use when risk != high",
        "data\n  anything\nforbid use of anything",
        "define z as vendor under scc\nforbid transfer from z",
        "define z as join\nforbid z with card unless with email",
        'mapping m\n  "card" is card\n  "k" is email\n  "k" is email',
    ],
)
def test_nothing_is_wrong(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    "use",
    [
        "forbid z",
        "forbid use of z",
        "forbid use when z",
        "forbid use when z < 3",
        "forbid use when opted_out of z",
        "forbid use when opted_out per z",
        "define y as z\nforbid use of y",
        "define y as use except z\nforbid y",
    ],
)
def test_of_a_definition_that_is_wrong_no_more_is_said(use: str) -> None:
    assert [message for message, _ in wrong(f"define z as zebra\n{use}")] == [
        "`zebra` is not known"
    ]


def test_a_near_name_is_looked_for_where_something_is_known() -> None:
    text = "\n".join(f"forbid use of zebra{number}" for number in range(250))
    _, found = resolved(f"policy x\nuse words\nforbid use of crd\n{text}\nforbid use of emial\n")
    assert found[0].help == "did you mean `card`?"
    assert found[-1].help == "`of` names data categories and kinds of subject"
