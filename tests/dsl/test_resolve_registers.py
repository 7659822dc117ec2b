"""Resolving: registers, whose rows are permits and bounds on retention, and readings of several texts."""

from __future__ import annotations

import pytest

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from tests.dsl.words import resolved

TABLE = "closed c: join\n  | {} |\n  | {} |\n"


def told(text: str, header: str = "policy x\n") -> list[tuple[str, str, str]]:
    """What is said of a text: the place in it, the message and the help."""
    _, found = resolved(f"{header}use words\n{text}\n")
    return [(f"{d.span.line - 2}:{d.span.column}", d.message, d.help) for d in found]


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        (
            "with | with",
            "email | card",
            ("2:12", "the column `with` stands twice", "write both into one column"),
        ),
        (
            "to | of",
            "vendor | card, all",
            ("3:20", "`all` stands beside other names", "write it alone"),
        ),
        (
            "to | retention",
            "vendor | except card",
            (
                "3:14",
                "the column `retention` holds a bound and a period",
                "write `at most 6 months`, `at least ...` or `exactly ...`",
            ),
        ),
        (
            "to | clause",
            "vendor | at most 1 day",
            (
                "3:14",
                "a period does not belong into the column `clause`",
                "write it into a column `retention`",
            ),
        ),
        (
            "to | with",
            "vendor | zebra",
            ("3:14", "`zebra` is not known", "`with` names data categories"),
        ),
        (
            "to | with",
            "vendor | zebra, express",
            ("3:14", "`zebra` is not known", "`with` names consent kinds"),
        ),
        (
            "to | with",
            "vendor | express, email",
            ("3:23", "`email` is a data category; `with` names consent kinds", "write `of email`"),
        ),
        (
            "to | by",
            "vendor | express",
            (
                "3:14",
                "`express` is a consent kind; `by` names channels",
                "write `with express consent`",
            ),
        ),
    ],
)
def test_a_register_that_is_wrong(columns: str, row: str, expected: tuple[str, str, str]) -> None:
    assert told(TABLE.format(columns, row)) == [expected]


def test_each_cell_of_a_row_is_looked_at() -> None:
    found = told(TABLE.format("to | of | for | on", "vendor except host | crd | at most 1 day | "))
    assert [(place, message) for place, message, _ in found] == [
        ("3:3", "the cell `on` of this row is empty"),
        ("3:19", "the column `to` has no `except`"),
        ("3:26", "`crd` is not known"),
        ("3:32", "a period does not belong into the column `for`"),
    ]


def only_rules(text: str, header: str = "policy x\n") -> tuple[p.Rule, ...]:
    program, found = resolved(f"{header}use words\n{text}\n")
    assert found == ()
    return program.policies[0].rules


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("with", "email", ("with", p.JoinedWith(("email",)))),
        ("with", "express", ("with consent", p.ConsentIs(("express",)))),
        ("with", "all", ("with", p.TRUE)),
        ("of", "all", ("of", p.DataIn(()))),
        ("in", "encrypted", ("in", p.DataIn((), (), frozenset({p.Form.ENCRYPTED})))),
        ("by", "mail", ("by", p.ChannelIn(("mail",)))),
    ],
)
def test_what_a_cell_asks(column: str, cell: str, said: tuple[str, p.Condition]) -> None:
    (block,) = only_rules(TABLE.format(column, cell))
    assert isinstance(block, p.Closed)
    assert [permit.columns for permit in block.permits] == [(said,)]


def test_rows_are_numbered_through_all_registers_of_a_block() -> None:
    block, bound = only_rules(
        "closed c: use\n  permit for support\n  | of |\n  | card |\n  | email |\n"
        "  | for | retention |\n  | support | at most longer of 1 day, contract_term |"
    )
    assert isinstance(block, p.Closed)
    assert [permit.row for permit in block.permits] == [0, 1, 2, 3]
    assert isinstance(bound, p.Retain)
    assert bound.about.id == "c.row3"
    term = s.Symbol(s.Name("contract_term"))
    assert bound.period == s.Choice("longer", (s.Length(1, "days"), term))


@pytest.mark.parametrize(
    "text",
    [
        "forbid c.row1: use\nclosed c: use\n  | of | retention |\n  | card | at most 1 day |",
        "forbid r: use\nclosed r: use\n  permit for support",
        "forbid r: use\nreadings r\n  nl: nothing",
    ],
)
def test_what_has_a_name_of_its_own_may_get_another(text: str) -> None:
    ((_, message, help),) = told(text, "policy x\n  text nl\n")
    assert message.startswith("two rules are called")
    assert help == "give one of them another id"


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("require passage through gate before use", "require"),
        ("require reach of email to storage", "require"),
        ("require basis in consent for use", "require"),
        ("retain card at most 1 day", "retain"),
        ("assert officer", "assert"),
    ],
)
def test_what_is_called_by_a_clause_may_get_a_name(rule: str, word: str) -> None:
    ((_, _, help),) = told(f"forbid use clause K-1\n{rule} clause K-1")
    assert help == (
        f"a rule is called by its first clause; give one a name of its own: `{word} NAME: ...`"
    )


def test_a_permit_says_something_by_its_condition_or_its_exceptions() -> None:
    assert told("closed r: use\n  permit when loyal\n  permit\n    unless for support") == []


# --- readings -------------------------------------------------------------------------------------

TEXTS = "policy x\n  text nl, sq, ar\n"


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("nl, nl: forbid use", "the text `nl` has two readings", "a text has one"),
        ("nl: forbid use\n  nl: nothing", "the text `nl` has two readings", "a text has one"),
        ("nll: forbid use", "`nll` is no text of `x`", "did you mean `nl`?"),
        ("zz: forbid use", "`zz` is no text of `x`", "add it to the policy: `text zz`"),
        (
            "nl: closed c: use",
            "a reading is one rule, not a block of its own",
            "write the block once for each text, or the readings within it as `forbid`",
        ),
    ],
)
def test_readings_that_are_wrong(text: str, message: str, help: str) -> None:
    assert [each[1:] for each in told(f"readings r\n  {text}", TEXTS)] == [(message, help)]


def test_a_pack_may_read_texts_of_those_who_use_it() -> None:
    assert told("readings r\n  nl: forbid use", "pack house\n") == []


@pytest.mark.parametrize(
    ("readings", "actual"),
    [
        ("nl: forbid use actual\n  sq: forbid use of card actual", True),
        ("nl: forbid use actual\n  sq: nothing", True),
        ("nl: forbid use actual\n  sq: forbid use of card", False),
        ("nl: nothing\n  sq: nothing", False),
    ],
)
def test_readings_are_of_the_actual_subject_if_all_are(readings: str, actual: bool) -> None:
    (rule,) = only_rules(f"readings r\n  {readings}", TEXTS)
    assert rule.about.actual is actual


BLOCK = (
    'severity low\n  because en "block"\n  cite "block"\n  formerly block_before\n'
    "  clause BLOCK\n  in place of other\n"
)


def test_a_reading_says_what_its_block_says_unless_it_says_so_itself() -> None:
    rules = only_rules(
        "forbid other: use\nforbid third: use\nreadings r\n  " + BLOCK + "  nl: forbid use\n"
        "  sq: forbid use of card clause OWN\n"
        '    severity high\n    because en "own"\n    cite "own"\n    formerly own_before\n'
        "    in place of third\n",
        TEXTS,
    )
    read = rules[-1]
    assert isinstance(read, p.Readings)
    (_, of_block), (_, own) = read.readings
    assert of_block is not None
    assert own is not None
    told_of = [
        (
            each.about.id,
            each.about.severity,
            each.about.messages,
            each.about.citation,
            each.about.formerly,
            each.about.clauses,
            each.about.replaces,
        )
        for each in (read, of_block, own)
    ]
    block = ("r", "low", (("en", "block"),), "block", ("block_before",), ("BLOCK",), "other")
    assert told_of[:2] == [block, block]
    assert told_of[2] == (
        "r", "high", (("en", "own"),), "own", ("own_before",), ("OWN",), "third",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("of_block", "own", "expected"),
    [("", "", False), ("  unwaivable\n", "", True), ("", "    unwaivable\n", True)],
)
def test_a_reading_is_unwaivable_if_it_or_its_block_is(
    of_block: str, own: str, expected: bool
) -> None:
    (rule,) = only_rules(f"readings r\n{of_block}  nl: forbid use\n{own}  sq: nothing\n", TEXTS)
    assert isinstance(rule, p.Readings)
    (_, reading), _ = rule.readings
    assert reading is not None
    assert reading.about.unwaivable is expected
