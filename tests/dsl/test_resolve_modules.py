"""Resolving: what modules take from each other, and what is said where that fails."""

from __future__ import annotations

import pytest

from lawful_dsl.parser import parse_law
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source, Span
from tests.dsl.words import WORDS, resolved

PACK = """pack house
use words
define minor as person when age < 18
closed inner: disclosure of card
  permit to vendor
forbid P-1: use of card of minor
treat minor as subscriber
"""


def test_a_policy_takes_what_it_uses() -> None:
    program, found = resolved(
        PACK,
        "policy mine\nuse house\nclosed outer: disclosure\n  admits inner\n"
        "forbid M-1: use of minor\n  in place of P-1\nmine prevails over house\n",
    )
    assert found == ()
    (mine,) = program.policies
    assert [item.about.id for item in mine.rules] == ["outer", "M-1", "inner", "P-1"]
    assert dict(mine.homes) == {"outer": "mine", "M-1": "mine", "inner": "house", "P-1": "house"}
    assert [treat.name for treat in mine.treats] == ["minor"]
    assert mine.rules[1].about.replaces == "P-1"
    assert [known.name for known in mine.definitions] == ["minor"]


def test_only_the_roots_are_policies_of_the_program() -> None:
    other = "policy other\nuse house\nforbid O-1: use\n"
    mine = "policy mine\nuse other\n"
    program, found = resolved(PACK, other, mine, roots=["mine"])
    assert found == ()
    assert [item.name for item in program.policies] == ["mine"]
    assert [item.about.id for item in program.policies[0].rules] == ["O-1", "inner", "P-1"]
    program, _ = resolved(PACK, other, mine, roots=["house"])
    assert [item.name for item in program.policies] == ["house"]


def test_every_version_of_a_policy() -> None:
    version = (
        "policy v\n  effective {}\nuse words\ndata\n  extra is email\nforbid {}: use of extra\n"
    )
    user = "policy user\n  effective 2021-06-01\nuse v\n"
    program, found = resolved(
        version.format("2022-01-01", "V-2"), version.format("2020-01-01", "V-1"), user
    )
    assert found == ()
    versions = [(v.name, v.effective, v.rules[0].about.id) for v in program.policies]
    assert versions == [
        ("user", "2021-06-01", "V-1"),  # of the version in effect on its own date
        ("v", "2020-01-01", "V-1"),
        ("v", "2022-01-01", "V-2"),
    ]


def test_versions_declare_the_same_or_it_is_told() -> None:
    def told(first: str, second: str) -> list[tuple[str, str]]:
        version = "policy v\n  effective {}\nuse words\n{}\nforbid {}: use when level = 3\n"
        level = "attribute level of data: number"
        _, found = resolved(
            version.format("2020-01-01", f"{level}\n{first}", "V-1"),
            version.format("2022-01-01", f"{level}\n{second}", "V-2"),
        )
        return [(str(d.span), d.message) for d in found]

    told_of = {
        "data\n  x is email": ["data\n  x is card", "data\n  x", 'data\n  x is email\n    nl "X"'],
        "data\n  x  level = 3": ["data\n  x  level = 4", "data\n  x"],
        "data\n  x from card by masking": ["data\n  x from email by masking", "data\n  x"],
        "mechanisms\n  x valid EU to US": ["mechanisms\n  x valid US to EU", "mechanisms\n  x"],
    }
    for first, others in told_of.items():
        assert told(first, first) == []
        for other in others:
            what = "a data category" if first.startswith("data") else "a transfer mechanism"
            assert told(first, other) == [
                ("2.law:6:3", f"`x` is declared twice: as {what} here"),
            ]
    assert told("", "attribute kind of data: number") == []
    number, date = "attribute kind of data: number", "attribute kind of data: date"
    assert told(number, date) == [
        ("2.law:5:11", "`kind` is declared twice: as an attribute here"),
    ]


def test_vocabularies_may_not_declare_the_same() -> None:
    text = "vocabulary {}\nuse words\nattribute level of data: number\ndata\n  extra is email\n"
    _, found = resolved(text.format("one"), text.format("two"))
    assert [(str(d.span), d.message) for d in found] == [
        ("2.law:3:11", "`level` is declared twice: as an attribute here"),
        ("2.law:5:3", "`extra` is declared twice: as a data category here"),
    ]


def test_the_version_in_effect_on_the_very_day_is_used() -> None:
    version = "policy v\n  effective {}\nforbid {}: use\n"
    versions = version.format("2020-01-01", "V-1"), version.format("2022-01-01", "V-2")
    user = "policy user\n  effective {}\nuse v\n"
    for date, rule in (("2021-12-31", "V-1"), ("2022-01-01", "V-2"), ("2019-01-01", "V-2")):
        program, _ = resolved(*versions, user.format(date))
        assert [each.about.id for each in program.policies[0].rules] == [rule]


def test_vocabularies_may_use_each_other() -> None:
    program, found = resolved(
        "vocabulary one\nuse two\ndata\n  a is b\n", "vocabulary two\nuse one\ndata\n  b\n"
    )
    assert found == ()
    assert [parent.name for parent in program.vocabulary.terms["a"].parents] == ["b"]


def test_the_order_of_files_changes_nothing() -> None:
    texts = [PACK, "policy mine\nuse house\n", WORDS]
    laws = [parse_law(Source(f"{i}.law", text)) for i, text in enumerate(texts)]
    first, second = resolve(laws), resolve(laws[::-1])
    assert first[0].policies == second[0].policies
    assert first[1] == second[1] == ()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["policy x\nforbid use of card\n"],
            ("`card` is not known", "`words` has it; write `use words`"),
        ),
        (
            ["policy x\nuse wrds\n"],
            ("there is no module `wrds`", "did you mean `words`?"),
        ),
        (
            ["policy x\nuse hous\n", "pack house\n"],
            ("there is no module `hous`", "did you mean `house`?"),
        ),
        (  # no module is meant by what is near to its own name
            ["pack house\nuse hous\n"],
            (
                "there is no module `hous`",
                "add the folder that holds it, or mend its header line",
            ),
        ),
        (["policy x\nuse x\n"], ("`x` uses itself", "take the name out of this `use`")),
        (
            ["forbid use\n"],
            (
                "this text does not say what it is",
                "begin it with `vocabulary`, `pack` or `policy` and its name",
            ),
        ),
        (
            ["policy x\npolicy y\n"],
            ("this file is `policy x` already", "put `policy y` into a file of its own"),
        ),
        (
            ["use words\npolicy x\n"],
            ("`policy x` must stand first in its file", "move it above all else"),
        ),
        *(
            (
                [f"vocabulary y\n  {line}\nuse words\n"],
                (
                    f"a vocabulary says no `{line.split()[0]}`",
                    "only a policy or a pack does; take the line out",
                ),
            )
            for line in ("by us", "governs site shop", "effective 2024-01-01", "text nl")
        ),
        (
            ["policy x\n  effective 2024-01-01 until 2023-01-01\n"],
            (
                "`x` ends on 2023-01-01, before it begins on 2024-01-01",
                "the later date stands after `until`",
            ),
        ),
        (
            ["vocabulary y\nuse words\nforbid use of card\n"],
            (
                "`y` is a vocabulary and has no rules",
                "move the rules into a policy or a pack, or make this a pack",
            ),
        ),
        (
            ["vocabulary words\n"],
            (
                "two files declare `words`",
                "give one of them another name; only a policy has versions",
            ),
        ),
        (
            ["policy x\n  effective 2024-01-01\n", "policy x\n  effective 2024-01-01\n"],
            (
                "two versions of the policy `x` are effective 2024-01-01",
                "versions of a policy differ in `effective`",
            ),
        ),
        (
            [PACK, "vocabulary v\nuse house\n"],
            (
                "`house` is a pack, and a vocabulary uses vocabularies only",
                "make `v` a pack, or use the vocabulary that `house` uses",
            ),
        ),
    ],
)
def test_a_module_that_is_wrong(texts: list[str], expected: tuple[str, str]) -> None:
    _, found = resolved(*texts)
    assert [(d.message, d.help) for d in found] == [expected]


def test_a_text_that_does_not_say_what_it_is_is_read_as_a_policy() -> None:
    program, (found,) = resolved("forbid a: use\n")
    assert found.span.line == 1
    (policy,) = program.policies
    said = (policy.name, policy.label, policy.by, policy.effective, policy.until, policy.texts)
    assert said == ("1", "", "", "", "", ())
    assert [rule.about.id for rule in policy.rules] == ["a"]
    _, (found,) = resolved("")
    assert found.span == Span("1.law", 1, 1, 1, 2)


def test_a_text_without_a_date_comes_before_those_with_one() -> None:
    dated = "policy v\n  effective 2024-01-01\nforbid a: use\n"
    laws = [
        parse_law(Source("v.law", "forbid b: use\n")),
        parse_law(Source("1.law", dated)),
        parse_law(Source("2.law", "policy x\nuse v\nforbid c: use\n  in place of a\n")),
    ]
    _, (found,) = resolve(laws)
    assert found.message == "this text does not say what it is"


def test_what_a_policy_does_not_say_is_empty() -> None:
    program, _ = resolved("policy x\n")
    (policy,) = program.policies
    said = (policy.label, policy.by, policy.effective, policy.until, policy.texts, policy.cited)
    assert said == ("", "", "", "", (), ())


def test_a_version_may_hold_for_a_day() -> None:
    _, found = resolved("policy x\n  effective 2024-01-01 until 2024-01-01\n")
    assert found == ()


def test_each_file_that_is_one_too_many_is_told() -> None:
    _, found = resolved("vocabulary words\n", "vocabulary words\n", "policy x\n", "policy x\n")
    assert [(str(d.span), d.message) for d in found] == [
        ("1.law:1:12", "two files declare `words`"),
        ("2.law:1:12", "two files declare `words`"),
        ("4.law:1:8", "two versions of the policy `x` are without a date"),
    ]


def test_no_vocabulary_is_a_policy() -> None:
    program, _ = resolved("policy x\n", roots=["words", "x"])
    assert [policy.name for policy in program.policies] == ["x"]
    _, (found,) = resolved("policy x\nuse words\nforbid a: use\nwords prevails over a\n")
    assert found.message == "there is no rule, policy or pack `words`"


def test_policies_that_do_not_use_each_other_may_prevail() -> None:
    _, found = resolved("policy x\n", "policy y\ny prevails over x\n")
    assert found == ()


@pytest.mark.parametrize(
    "statement",
    ["treat person as child", "a prevails over b", "affirm a clause C-1", "forbid a: use"],
)
def test_a_vocabulary_lays_nothing_down(statement: str) -> None:
    for text in (statement, f"{statement}\nforbid z: use", f"{statement}\naffirm c clause C-2"):
        _, (found,) = resolved(f"vocabulary y\nuse words\n{text}\n")
        assert found.message == "`y` is a vocabulary and has no rules"
        assert found.span.line == 3


def test_a_second_declaration_shows_both_places() -> None:
    program, (found,) = resolved("vocabulary more\npurposes\n  vendor\n")
    assert program.vocabulary.terms["vendor"].list == "purposes"  # the first holds
    assert found.message == "`vendor` is declared twice: as a kind of party here"
    assert str(found.span) == "0.law:16:3"
    ((said, place),) = found.related
    assert (said, str(place)) == ("and as a purpose here", "1.law:3:3")


def test_a_word_that_could_not_be_parsed_is_no_unknown_name() -> None:
    laws = [
        parse_law(Source("0.law", "vocabulary v\ndata\n  card iss email\n  email\n")),
        parse_law(Source("1.law", "policy x\nuse v\nforbid use of card, emial\n")),
    ]
    _, found = resolve(laws)
    assert [d.message for d in laws[0].diagnostics] == [
        (
            "`iss` does not belong here; expected `from`, `iri`, `is`, `valid` "
            "or an attribute such as `risk = high`"
        )
    ]
    assert [(d.message, d.help) for d in found] == [
        ("`emial` is not known", "did you mean `email`?")
    ]
