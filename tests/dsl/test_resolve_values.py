"""Resolving: what terms say of themselves, and what is said where it is wrong."""

from __future__ import annotations

import pytest

from lawful_dsl import syntax as s
from lawful_dsl.resolve.values import typed
from lawful_dsl.vocabulary import AttributeDefinition, Term, Validity
from tests.dsl.words import resolved, wrong

ATTRIBUTES = """attribute told of data: yes_no
attribute level of data: number
attribute born of data: date
attribute kept of data: period
attribute kind of data: one of red, blue
"""


def terms(text: str) -> dict[str, Term]:
    program, found = resolved(f"vocabulary x\nuse words\n{ATTRIBUTES}{text}\n")
    assert found == ()
    return dict(program.vocabulary.terms)


def test_values_are_typed() -> None:
    found = terms(
        'mapping m\n  "k.term" is contract_term\n'
        "data\n  a  told = yes  level = 3  kind = red  born = 2020-01-01  kept = 'k.term'\n"
        "  b  told = no  kept = 2 days\n  c"
    )
    assert found["a"].values == (
        ("born", "2020-01-01"),
        ("kept", s.Symbol(s.Name("contract_term"))),
        ("kind", "red"),
        ("level", 3),
        ("told", True),
    )
    assert found["b"].values == (("kept", s.Length(2, "days")), ("told", False))
    assert found["c"].values == ()


def test_a_name_alone_says_yes() -> None:
    assert typed(AttributeDefinition("told", "data", "yes_no"), None) is True
    assert typed(AttributeDefinition("level", "data", "number"), None) is None


OF_DATA = "name one that a vocabulary declares: `attribute NAME of data`"


@pytest.mark.parametrize(
    ("value", "message", "help"),
    [
        ("told = 3", "`told` is `yes` or `no`", "write the word, without quotes"),
        ("level = yes", "`level` is a whole number", "write it in digits, with no unit"),
        ("born = 3", "`born` is a date such as 2024-04-08", "write year, month and day"),
        (
            "kept = 3",
            "`kept` is a period such as `6 months`",
            "write a number and a unit, or a term of `periods`",
        ),
        ("kind = 3", "`kind` is one of some words", "one of: `red`, `blue`"),
        ("kind = green", "`kind` is one of some words", "one of: `red`, `blue`"),
        ("told = maybe", "`told` is `yes` or `no`", "write the word, without quotes"),
        ("kept = zebra", "`zebra` is not known", "`a period` names periods"),
        ("zebra = 3", "`zebra` is not known", "declare it: `attribute zebra of data: yes_no`"),
        ("lvel = 3", "`lvel` is not known", "did you mean `level`?"),
        ("card = 3", "`card` is a data category; an attribute of data is expected here", OF_DATA),
        (
            "loyal = yes",
            "`loyal` is an attribute of a subject; an attribute of data is expected here",
            OF_DATA,
        ),
    ],
)
def test_a_value_that_is_wrong(value: str, message: str, help: str) -> None:
    assert wrong(f"{ATTRIBUTES}data\n  a  {value}") == [(message, help)]


@pytest.mark.parametrize("first", ["level = 3  level = 4", "zebra = 3", "level = yes"])
def test_each_value_is_looked_at(first: str) -> None:
    found = wrong(f"{ATTRIBUTES}data\n  a  {first}  born = 3")
    assert len(found) == 2
    assert found[1] == ("`born` is a date such as 2024-04-08", "write year, month and day")


def test_what_is_said_first_holds() -> None:
    program, found = resolved(f"vocabulary x\n{ATTRIBUTES}data\n  a  level = 3  level = 4\n")
    assert len(found) == 1
    assert program.vocabulary.terms["a"].values == (("level", 3),)


LEVELS = "data\n  none_said\n  one  level = 1\n  two  level = 2\n  three  level = 3\n"


@pytest.mark.parametrize(
    ("parents", "differing"),
    [
        ("one, two", ("one", "two")),
        # those that say nothing do not differ, nor do those that say the same
        ("none_said, one, two", ("one", "two")),
        ("one, none_said, two", ("one", "two")),
        ("one, none_said", None),
        ("one, as_one, two", ("one", "two")),
        ("one, as_one", None),
        # only what holds at one time can differ
        ("three from 2024-01-01, one, two", ("one", "two")),
        ("one until 2020-01-01, two", ("one", "two")),
        ("one, two from 2024-01-01", ("one", "two")),
        ("one until 2020-01-01, two from 2024-01-01", None),
        # what differs is told where it begins to
        ("torn", None),
        ("torn, one", None),
    ],
)
def test_parents_that_differ(parents: str, differing: tuple[str, str] | None) -> None:
    more = "  as_one is one\n  torn is two, three\n"
    found = wrong(f"{ATTRIBUTES}{LEVELS}{more}  x is {parents}")
    told = [(message, help) for message, help in found if message.startswith("`x`")]
    expected = []
    if differing:
        first, second = differing
        message = f"`x` is `{first}` and `{second}`, which differ in `level`"
        expected = [(message, "say its own after its name: `level = ...`")]
    assert told == expected
    assert len(found) == len(told) + 1


def test_a_mechanism_says_where_it_is_valid() -> None:
    found = terms("mechanisms\n  m valid EU to US, FR\n  n")
    assert found["m"].valid == (Validity(("EU",), ("US", "FR"), "", "", ""),)
    assert found["n"].valid == ()
    assert found["scc"].valid == (Validity(("EU",), ("US",), "dpf_list", "2023-07-10", ""),)


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        (
            "purposes\n  x from card by masking",
            "`x` is in the list `purposes`; only a data category comes from another",
            "take out `from card by masking`",
        ),
        ("data\n  x from zebra by masking", "`zebra` is not known", "`from ... by` names data categories"),
        (
            "data\n  x is email from 2024-01-01 until 2023-01-01",
            "this ends on 2023-01-01, before it begins on 2024-01-01",
            "the later date stands after `until`",
        ),
        (
            "mechanisms\n  x valid EU to US from 2024-01-01 until 2023-01-01",
            "this ends on 2023-01-01, before it begins on 2024-01-01",
            "the later date stands after `until`",
        ),
        (
            "purposes\n  x valid EU to US",
            "`x` is in the list `purposes`; only a mechanism is `valid`",
            "take `valid` out, or move the term to `mechanisms`",
        ),
    ],
)  # fmt: skip
def test_of_a_term_that_is_wrong_what_is_right_is_kept(text: str, message: str, help: str) -> None:
    program, (found,) = resolved(f"vocabulary x\nuse words\n{text}\n")
    assert (found.message, found.help) == (message, help)
    made = program.vocabulary.terms["x"]
    assert (made.source, made.operation) == ("", "")
    assert bool(made.valid) == text.startswith("mechanisms")


@pytest.mark.parametrize("dates", ["until 2023-01-01", "from 2023-01-01 until 2023-01-01"])
def test_dates_that_are_right(dates: str) -> None:
    assert wrong(f"data\n  x is email {dates}") == []


def test_a_cycle_through_a_key_of_another_taxonomy() -> None:
    text = "data\n  x is 'k.x'\n  y is x\nmapping m\n  \"k.x\" is y\n"
    _, (found,) = resolved(f"policy p\nuse words\n{text}")
    assert found.message == "these terms are each other: `x` is `y` is `x`"
    assert [said for said, _ in found.related] == ["`y` is `x`"]


def test_a_shortest_cycle_is_told() -> None:
    ((message, _),) = wrong("data\n  a is b\n  b is c\n  c is b, d\n  d is a")
    assert message == "these terms are each other: `a` is `b` is `c` is `d` is `a`"


def test_what_lies_too_deep_is_cut_off() -> None:
    lines = "".join(f"  t{i} is personal_data, t{i + 1}\n" for i in range(101))
    program, (found,) = resolved(f"vocabulary x\nuse words\ndata\n{lines}  t101\n")
    assert found.message == "`t1` lies more than 100 levels deep"
    assert found.help == "a hierarchy as deep as this is a mistake"
    made = program.vocabulary.terms
    assert [parent.name for parent in made["t2"].parents] == ["personal_data", "t3"]
    assert made["t1"].parents == made["t0"].parents == ()
