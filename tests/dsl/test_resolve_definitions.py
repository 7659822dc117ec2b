"""Resolving: definitions, what they mean at each position, and what is said of those that are wrong."""

from __future__ import annotations

import pytest

from lawful_dsl import program as p
from lawful_dsl.program import EventIs, EventKind, PartyIs, PlaceIn, SubjectIs
from tests.dsl.words import resolved, wrong

KINDS = (
    "the kinds are `collection`, `transfer`, `disclosure`, `storage`, `use`, `join`, `placement` "
    "and defined ones"
)
BASES = (
    "`as` names kinds of subject, places, kinds of event, kinds of party, roles, environments, "
    "kinds of product, sites, kinds of node, `us`, `outside`, `third_party` and `own_subject`"
)
TERMS = "kinds of subject, of party, of place or of event"


def event(definitions: str, text: str) -> tuple[p.Condition, ...]:
    """What `forbid transfer TEXT` asks beside the kind of event, with some definitions."""
    program, found = resolved(f"policy x\nuse words\n{definitions}\nforbid transfer {text}\n")
    assert [d.message for d in found] == []
    (rule,) = program.policies[0].rules
    assert isinstance(rule, p.Forbid)
    assert isinstance(rule.event, p.All)
    assert rule.event.items[0] == EventIs(EventKind.TRANSFER)
    return rule.event.items[1:]


LOYAL = p.AttributeIs("subject", "loyal", "=", True)


@pytest.mark.parametrize(
    ("definition", "text", "expected"),
    [
        ("define z as EU", "in z", (PlaceIn("target", ("EU",)),)),
        ("define z as EU", "from z", (PlaceIn("source", ("EU",)),)),
        ("define z as EU", "seated in z", (p.SeatedIn(("EU",)),)),
        ("define z as EU", "residence in z", (p.ResidenceIn("subject", ("EU",)),)),
        # a kind of place or of party asks about the person whose data it is
        ("define z as EU when loyal", "from z", (PlaceIn("source", ("EU",)), LOYAL)),
        ("define z as vendor when loyal", "to z", (PartyIs("target", ("vendor",)), LOYAL)),
        ("define z as vendor when loyal", "from z", (PartyIs("source", ("vendor",)), LOYAL)),
        (
            "define y as vendor when loyal\ndefine z as y",
            "from z",
            (PartyIs("source", ("vendor",)), LOYAL),
        ),
        # and a seat is that of the party that receives
        (
            "define z as EU when risk = high",
            "seated in z",
            (p.SeatedIn(("EU",)), p.AttributeIs("target", "risk", "=", "high")),
        ),
        (
            "define z as vendor",
            "to us, z, outside, host",
            (
                p.AnyOf(
                    (
                        p.UsIs("target"),
                        p.OutsideIs("target"),
                        PartyIs("target", ("vendor",)),
                        PartyIs("target", ("host",)),
                    )
                ),
            ),
        ),
        (
            "define z as person except child when age < 18",
            "of z",
            (
                SubjectIs("subject", ("person",)),
                p.Negation(SubjectIs("subject", ("child",))),
                p.AgeIs("subject", "<", 18),
            ),
        ),
    ],
)
def test_what_a_definition_asks_where_it_is_named(
    definition: str, text: str, expected: tuple[p.Condition, ...]
) -> None:
    assert event(definition, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("define z as zebra", [("`zebra` is not known", BASES)]),
        (
            "define z as zebra when agee < 3",
            [("`zebra` is not known", BASES), ("`agee` is not known", "did you mean `age`?")],
        ),
        (
            "define z as marketing",
            [
                (
                    f"`marketing` is a purpose; `define` names {TERMS}",
                    "declare `z` in a list of terms, and say what `is` it",
                )
            ],
        ),
        ("define z as tls", [(f"`tls` is a measure; `define` names {TERMS}", "")]),
        (
            "define z as use except crd, transfer",
            [
                ("`crd` is not known", KINDS),
                (
                    "`except transfer` leaves nothing out, or everything",
                    "name a defined kind of `use`",
                ),
            ],
        ),
        (
            "define z as use except use",
            [("`except use` leaves nothing out, or everything", "name a defined kind of `use`")],
        ),
        (
            "define all_use as use\ndefine z as use except all_use",
            [
                (
                    "`except all_use` leaves nothing out, or everything",
                    "name a defined kind of `use`",
                )
            ],
        ),
        (
            "define sale as disclosure of card to vendor\ndefine z as use except sale",
            [("`except sale` leaves nothing out, or everything", "name a defined kind of `use`")],
        ),
        ("define z as usee except transfer", [("`usee` is not known", "did you mean `use`?")]),
        (
            "define all_data as person",
            [
                (
                    "`all_data` is a word of the language itself and cannot be declared",
                    "choose another name",
                )
            ],
        ),
        (
            "define a as person when b\ndefine b as person when a or c\n"
            "define c as person when b or zebra",
            [
                (
                    "these definitions use each other: `a` uses `b` uses `a`",
                    "define one of them by terms",
                )
            ],
        ),
        (
            "define a as person when a\ndefine z as person when a and loyal",
            [("`a` is defined by itself", "define it by terms")],
        ),
    ],
)
def test_what_is_wrong_with_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    assert wrong(text) == expected


def test_of_two_definitions_in_modules_that_are_used_together_one_is_too_many() -> None:
    packs = [f"pack {name}\nuse words\ndefine z as person\n" for name in ("one", "two")]
    _, (found,) = resolved(*packs, "policy x\nuse one, two\n")
    assert (found.message, str(found.span)) == ("`z` is defined twice", "2.law:3:8")
    assert [(said, str(at)) for said, at in found.related] == [("defined first here", "1.law:3:8")]


def test_definitions_are_as_deep_as_they_may_be() -> None:
    deep = "".join(f"define d{i} as d{i - 1} when d0 or loyal\n" for i in range(1, 50))
    program, found = resolved(
        f"policy x\nuse words\ndefine d0 as person\n{deep}forbid use of d49\n"
    )
    assert found == ()
    (rule,) = program.policies[0].rules
    assert isinstance(rule, p.Forbid)
    assert SubjectIs("subject", ("person",)) in rule.event.items  # type: ignore[union-attr]
    assert wrong(f"define d0 as person\n{deep}define d50 as d49 when d0") == [
        ("`d50` builds on more than 50 definitions", "define it by terms")
    ]


def test_definitions_are_as_large_as_they_may_be() -> None:
    def told(conditions: int) -> list[tuple[str, str]]:
        # beside the ages count the kind of subject, the `or` of the ages, and the two together
        ages = " or ".join(f"age = {i}" for i in range(conditions - 3))
        return wrong(f"define z as person when {ages}\nforbid use of z")

    assert told(5000) == []
    assert told(5001) == [
        (
            "`z` is too large with all its definitions written out",
            "use fewer definitions within it",
        )
    ]


def test_what_uses_a_definition_that_is_too_large_is_not_too_large_itself() -> None:
    ages = " or ".join(f"age = {i}" for i in range(5000))
    text = f"define z as person when {ages}\ndefine y as person when z or not z"
    said = "`z` is too large with all its definitions written out"
    assert [message for message, _ in wrong(text)] == [said]
