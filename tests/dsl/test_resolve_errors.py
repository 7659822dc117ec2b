"""Resolving: what is said of names, conditions and rules that are wrong."""

from __future__ import annotations

import pytest

from tests.dsl.words import resolved, wrong

ENDS = "kinds of party, roles, environments, kinds of product, sites, kinds of node, kinds of subject, "
WORDS_OF_ENDS = "`us`, `outside`, `third_party` and `own_subject`"
KINDS = (
    "the kinds are `collection`, `transfer`, `disclosure`, `storage`, `use`, `join`, `placement` "
    "and defined ones"
)


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("forbid use of crd", "`crd` is not known", "did you mean `card`?"),
        (
            "forbid use of zebra",
            "`zebra` is not known",
            "`of` names data categories and kinds of subject",
        ),
        (
            "forbid transfer to marketing",
            f"`marketing` is a purpose; `to` names {ENDS}{WORDS_OF_ENDS}",
            "write `for marketing`",
        ),
        (
            "forbid transfer to US",
            f"`US` is a place; `to` names {ENDS}{WORDS_OF_ENDS}",
            "write `in US`",
        ),
        (
            "forbid transfer from card",
            f"`card` is a data category; `from` names {ENDS}places, {WORDS_OF_ENDS}",
            "write `of card`",
        ),
        (
            "forbid transfer in development",
            "`development` is an environment; `in` names places and forms",
            "write `to development`",
        ),
        (
            "forbid transfer with express",
            "`express` is a consent kind; `with` names data categories",
            "write `with express consent`",
        ),
        (
            "forbid transfer with card",
            "`with` names what a datum is joined with, and `transfer` is no join",
            "begin with `join`; for consent, write `with ... consent`",
        ),
        (
            "forbid use of card, child",
            "`child` is a kind of subject, beside data categories in one list",
            "say whose data it is in an `of` of its own: `of child`",
        ),
        (
            "forbid use of anything",
            "`anything` is no data category",
            "write `anything from` and the category, without `of`",
        ),
        (
            "forbid use in EU, encrypted",
            "`EU` is a place, beside the form `encrypted`",
            "say each in an `in` of its own",
        ),
        (
            "forbid use of card in encrypted unless in anonymised",
            "this can never hold: the rule is about encrypted data",
            "write `in any form`, or the form, after the `of` of the rule",
        ),
        (
            "forbid use of card when in aggregated",
            "this can never hold: the rule is about identifiable, encrypted and pseudonymised data",
            "write `in any form`, or the form, after the `of` of the rule",
        ),
        ("forbid trnsfer", "`trnsfer` is not known", "did you mean `transfer`?"),
        ("forbid card", "`card` is a data category; an event begins with its kind", KINDS),
        (
            "forbid use when actual",
            "`actual` stands in the event of a rule, before `when`",
            "it says that the whole rule reads the declared subject",
        ),
        (
            "forbid use when disclosure",
            "`disclosure` is a kind of event; a condition cannot name another event",
            "begin the rule with it: `forbid disclosure`",
        ),
        (
            "forbid use when card",
            "`card` is a data category and no condition by itself",
            "write `of card`",
        ),
        ("forbid use when age", "`age` alone is no condition", "compare it: `age < 18`"),
        (
            "forbid use when age < low",
            "`age` is compared with a number of years",
            "write `age < 18`",
        ),
        (
            "forbid use when risk = mid",
            "this comparison cannot hold: `risk` is one of `low`, `high`",
            "write `risk = low`",
        ),
        (
            "forbid use when risk < low",
            "this comparison cannot hold: `risk` is one of `low`, `high`",
            "write `risk = low`",
        ),
        (
            "forbid use when score = 2 days",
            "this comparison cannot hold: `score` is a number",
            "write `score < 10`",
        ),
        (
            "forbid use when since < 10",
            "this comparison cannot hold: `since` is a date",
            "write `since < 2025-01-31`",
        ),
        (
            "forbid use when loyal = yes",
            "this comparison cannot hold: `loyal` is yes or no",
            "write `loyal` or `not loyal`",
        ),
        (
            "forbid use when risk",
            "`risk` is one of `low`, `high`, and no condition by itself",
            "compare it: `risk = low`",
        ),
        (
            "forbid use when officer",
            "`officer` is an attribute of the system, and no event has it",
            "write a rule of its own: `assert officer`",
        ),
        (
            "forbid use when consideration = gold",
            "`consideration` is `money` or `valuable`",
            "write `consideration = money`, or `consideration` for any",
        ),
        (
            "forbid use when card in residence",
            "`card` cannot be compared with the residence",
            "write `place in residence`",
        ),
        (
            "forbid use when card = 3",
            "`card` is a data category and cannot be compared",
            "compare `age`, `consideration` or an attribute",
        ),
        ("forbid use when optd_out", "`optd_out` is not known", "did you mean `opted_out`?"),
        (
            "forbid use when opted_out of zebra",
            "`zebra` is not known",
            "name a term or a kind of event",
        ),
        (
            "forbid use when opted_out per zebra",
            "`zebra` is not known as holder of a state",
            (
                "say who holds it: a term, a kind of node or one of `account`, `application`, "
                "`browser`, `household`, `person`, `session`"
            ),
        ),
        (
            "forbid use when known of card",
            "`known` is no state; only a state is `of` or `per` something",
            "take out what follows it",
        ),
        ("require bases in consent for use", "`bases` cannot be required", "did you mean `basis`?"),
        (
            "require basis in express for use",
            "`express` is a consent kind; `require basis` names lawful bases",
            "",
        ),
        (
            "define z as US\nrequire place in z for use",
            "`z` is a defined place; `require place` names places of a vocabulary",
            "forbid the event instead: `unless in z`",
        ),
        ("require passage through gte before use", "`gte` is not known", "did you mean `gate`?"),
        (
            "retain card at most contract_trm",
            "`contract_trm` is not known",
            "did you mean `contract_term`?",
        ),
        (
            "assert zebra at most 3 days",
            "`zebra` is not known",
            "declare it: `attribute zebra of system: period`",
        ),
        (
            "assert risk",
            "`risk` is an attribute of a party; `assert` names a fact of the system",
            "write a rule about events that reads it after `when`",
        ),
        ("assert region in hre", "`region` is never `hre`", "did you mean `here`?"),
        (
            "assert officer at most 3 days",
            "this cannot hold: `officer` is yes or no",
            "write `assert officer`",
        ),
        (
            "assert breach_notice",
            "this cannot hold: `breach_notice` is a period",
            "write `assert breach_notice at most 72 hours`",
        ),
        (
            "assert staff",
            "this cannot hold: `staff` is a number",
            "declare it as a period, as `yes_no` or as one of some words",
        ),
        (
            "forbid a: use\nforbid a: use of card",
            "two rules are called `a`",
            "give one of them another id",
        ),
        (
            "forbid use clause K-1\nforbid use of card clause K-1",
            "two rules are called `K-1`",
            "a rule is called by its first clause; give one a name of its own: `forbid NAME: ...`",
        ),
        (
            "closed c: use\n  permit",
            "this permit admits everything",
            "say what it permits, or take the block out",
        ),
        (
            "forbid a: use\nclosed c: use\n  admits a",
            "`a` is a rule, but no closed block",
            "`admits` names a closed block of this policy",
        ),
        (
            "closed block_two: use\nclosed c: use\n  admits block_tow",
            "`block_tow` is not known",
            "did you mean `block_two`?",
        ),
        (
            "closed a: use\n  admits b\nclosed b: use\n  admits a",
            "these blocks admit each other: `a` admits `b` admits `a`",
            "let one of them admit the other, not both",
        ),
        (
            "forbid a: use\n  in place of b",
            "there is no rule `b` to stand in place of",
            "name a rule of this policy",
        ),
        (
            "forbid a: use\n  in place of b\nforbid b: use\n  in place of a",
            "these rules stand in place of each other: "
            "`a` stands in place of `b` stands in place of `a`",
            "take out one `in place of`",
        ),
        (
            "define z as US\nrequire purpose in z for use",
            "`z` is a defined place; `require purpose` names purposes",
            "",
        ),
        (
            "assert breach_notice in here",
            "this cannot hold: `breach_notice` is a period",
            "write `assert breach_notice at most 72 hours`",
        ),
        (
            "attribute tone of system: one of red, blue, green\nassert tone",
            "this cannot hold: `tone` is one of some words",
            "write `assert tone in red, blue`",
        ),
        (
            "forbid a: use\nzebra prevails over a",
            "there is no rule, policy or pack `zebra`",
            "name a rule, or `use` the policy",
        ),
        (
            "forbid a: use\nforbid b: use\na prevails over b\nb prevails over a",
            "these prevail over each other: `a` prevails over `b` prevails over `a`",
            "decide which one prevails; `prevails` is an order",
        ),
        ("forbid a: use\na prevails over a", "`a` prevails over itself", "take it out"),
        (
            'forbid use\n  because en "a"\n     en "b"',
            "`because` says the message in `en` twice",
            "keep one",
        ),
        (
            "readings r\n  nl: forbid use",
            "`nl` is no text of `x`",
            "add it to the policy: `text nl`",
        ),
    ],
)
def test_what_is_wrong_is_said_once(text: str, message: str, help: str) -> None:
    assert wrong(text) == [(message, help)]


@pytest.mark.parametrize(
    ("row", "message", "help"),
    [
        (
            "| vendor | card |",
            "this row has 2 cells, and its header 4",
            "a row has one cell for each column: `to`, `of`, `clause`, `retention`",
        ),
        (
            "| vendor | | | |",
            "the cell `of` of this row is empty",
            "write `all` where the row holds for all",
        ),
        (
            "| vendor except host | card | | |",
            "the column `to` has no `except`",
            "`define` a name for what you mean, and write that",
        ),
        (
            "| at most 3 days | card | | |",
            "a period does not belong into the column `to`",
            "write it into a column `retention`",
        ),
        (
            "| vendor | card | | card |",
            "the column `retention` holds a bound and a period",
            "write `at most 6 months`, `at least ...` or `exactly ...`",
        ),
        ("| vendor | card, all | | |", "`all` stands beside other names", "write it alone"),
    ],
)
def test_a_row_that_is_wrong(row: str, message: str, help: str) -> None:
    table = f"closed c: transfer\n  | to | of | clause | retention |\n  {row}"
    _, (found,) = resolved(f"policy x\nuse words\n{table}\n")
    assert (found.message, found.help) == (message, help)
    assert found.span.line == 5


@pytest.mark.parametrize(
    ("governed", "message", "help"),
    [
        ("site shp", "`shp` is not known", "did you mean `shop`?"),
        (
            "product shop",
            "`shop` is a site; `governs product` names kinds of product",
            "write `governs site shop`",
        ),
    ],
)
def test_what_is_governed_is_known(governed: str, message: str, help: str) -> None:
    _, (found,) = resolved(f"policy x\n  governs {governed}\nuse words\n")
    assert (found.message, found.help) == (message, help)


def test_all_errors_of_all_files_at_once() -> None:
    _, found = resolved(
        "policy x\nuse words\nforbid use of crd to marketing for EU\nforbid usee\n",
        "policy y\nuse words\nassert officr\n",
    )
    assert [str(d.span) for d in found] == [
        "1.law:3:15",
        "1.law:3:22",
        "1.law:3:36",
        "1.law:4:8",
        "2.law:3:8",
    ]
