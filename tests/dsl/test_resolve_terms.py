"""Resolving: what is said of terms, definitions and mappings that are wrong."""

from __future__ import annotations

import pytest

from tests.dsl.words import resolved, wrong

MINOR = "define minor as person except parent when age < 18\n"


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        (
            "treat person as person",
            "`person` is treated as itself",
            "name another kind of subject",
        ),
        (
            f"{MINOR}treat child as minor",
            "`minor` is a defined kind of subject; `as` names kinds of subject",
            "data are treated as those of a kind of subject that a system declares",
        ),
        (
            "define sensitive as card",
            (
                "`card` is a data category; "
                "`define` names kinds of subject, of party, of place or of event"
            ),
            "declare `sensitive` in a list of terms, and say what `is` it",
        ),
        (
            "define card as person",
            "`card` is a data category already and cannot be defined",
            "rename the definition, or take the term out",
        ),
        (
            "define us as vendor",
            "`us` is a word of the language itself and cannot be declared",
            "choose another name",
        ),
        ("define z as person\ndefine z as US", "`z` is defined twice", "rename one or take it out"),
        ("define z as person, EU", "`EU` is a place; `as` names kinds of subject", ""),
        ("define z as z", "`z` is defined by itself", "define it by terms"),
        (
            "define z as y\ndefine y as z\nforbid use of z",
            "these definitions use each other: `y` uses `z` uses `y`",
            "define one of them by terms",
        ),
        (
            "define z as use, transfer",
            "`z` is defined as two kinds of event",
            "define it as `use` alone; a rule is about one kind of event",
        ),
        (
            "data\n  a is b\n  b is a",
            "these terms are each other: `a` is `b` is `a`",
            "take out one `is` of the cycle",
        ),
        (
            "data\n  a is marketing",
            "`marketing` is a purpose; `is` names data categories",
            "a term and what it `is` are in one list, here `data`",
        ),
        (
            "purposes\n  a valid EU to US",
            "`a` is in the list `purposes`; only a mechanism is `valid`",
            "take `valid` out, or move the term to `mechanisms`",
        ),
        (
            'data\n  a "A"\n    en "B"',
            "`a` has two labels in `en`",
            "keep one",
        ),
        (
            'mapping m\n  "card" is email',
            "`card` is a data category already",
            "a key of another taxonomy cannot have the name of a term",
        ),
        (
            'mapping m\n  "k" is email\n  "k" is card',
            "`k` is `email` already",
            "a key of another taxonomy is one term",
        ),
        ('mapping m\n  "key" is emial', "`emial` is not known", "did you mean `email`?"),
        (
            'mapping m\n  "user.contact" is card',
            "`user.contact` is `email` already",
            "a key of another taxonomy is one term",
        ),
        (
            "define z as vendor seated in EU\nforbid transfer from z",
            ("`seated in` reads the party that receives, and this definition is used after `from`"),
            "use another definition after `from`, one that does not say it",
        ),
    ],
)
def test_what_is_wrong_is_said_once(text: str, message: str, help: str) -> None:
    assert wrong(text) == [(message, help)]


def test_a_definition_that_would_grow_without_end() -> None:
    lines = ["define d0 as person when age < 18"]
    lines += [f"define d{i} as d{i - 1} when d{i - 1} or not d{i - 1}" for i in range(1, 40)]
    _, found = resolved("\n".join(["policy x", "use words", *lines, "forbid use of d39", ""]))
    assert [d.message for d in found] == ["`d7` is too large with all its definitions written out"]


def test_hierarchies_and_definitions_are_not_bottomless() -> None:
    terms = "".join(f"  t{i} is t{i + 1}\n" for i in range(3000))
    defines = "".join(f"define d{i} as d{i - 1}\n" for i in range(1, 400))
    _, found = resolved(
        f"policy x\nuse words\ndata\n{terms}  t3000\ndefine d0 as person\n{defines}"
    )
    assert [d.message for d in found] == [
        "`t2900` lies more than 100 levels deep",
        "`d50` builds on more than 50 definitions",
    ]
