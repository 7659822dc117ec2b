"""Resolving: what modules take from each other, and what is said where that fails."""

from __future__ import annotations

import pytest

from lawful_dsl.parser import parse_law
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
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
        (
            ["vocabulary y\n  effective 2024-01-01\n"],
            ("a vocabulary says no `effective`", "only a policy or a pack does; take the line out"),
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


def test_a_second_declaration_shows_both_places() -> None:
    _, (found,) = resolved("vocabulary more\npurposes\n  vendor\n")
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
