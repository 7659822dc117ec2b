"""Registers of clauses, rules of packs that a policy affirms, and definitions that are emptied."""

from __future__ import annotations

from lawful_dsl import program as p
from lawful_dsl.parser import parse_law
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from tests.dsl.words import WORDS, resolved

REGISTER = """vocabulary promises
clauses "Sharing"
  P-1 prohibition graph "Vendors get no cards."
  P-2 notice no "The list may grow." because "It binds nothing."
"""
PACK = """pack house
use words
forbid cards: disclosure of card to vendor
  severity low
  because en "No cards."
          nl "Geen kaarten."
  cite "House, 1"
  formerly plastic
forbid emails: disclosure of email to vendor
  cite "House, 2"
"""


def only_policy(*texts: str) -> p.Policy:
    program, found = resolved(*texts)
    assert [d.message for d in found] == []
    (policy,) = program.policies
    return policy


def test_a_policy_has_the_clauses_of_the_registers_in_its_reach() -> None:
    own = 'policy mine\nuse promises\nclauses "Own"\n  P-3 right process "Who asks is told."\n'
    assert only_policy(REGISTER, own).clauses == (
        p.Clause("P-3", "Own", "right", "process", "Who asks is told."),
        p.Clause("P-1", "Sharing", "prohibition", "graph", "Vendors get no cards."),
        p.Clause(
            "P-2", "Sharing", "notice", "no", "The list may grow.", "It binds nothing."
        ),
    )  # fmt: skip


def test_without_a_register_in_reach_every_clause_will_do() -> None:
    _, found = resolved(REGISTER, "policy mine\nuse words\nforbid x: use of card clause ANY-1\n")
    assert found == ()


def test_each_place_at_which_a_clause_may_stand_is_looked_at() -> None:
    _, found = resolved(
        REGISTER,
        """policy mine
  by us clause X-0
  governs subject person clause X-00
  effective 2024-01-01 clause X-000
  text en clause X-0000
use words, promises
define minor as person when age < 16 clause X-1
treat minor as subscriber clause X-2
forbid a: use of card clause X-3
  unless of email clause X-4
    unless for support clause X-5
forbid b: use of email
  clause X-6
closed c: disclosure of card clause X-7
  permit to vendor clause X-8
    unless for support clause X-9
  | to   | clause |
  | host | X-10   |
readings d clause X-11
  en: forbid use of card clause X-12
a prevails over b clause X-13
retain e: card at most 1 year clause X-14
""",
    )
    assert [d.message for d in found] == [
        f"no register in use knows the clause `X-{number}`"
        for number in ("0", "00", "000", "0000", *range(1, 15))
    ]


def test_a_pack_is_held_to_the_register_of_a_policy_that_uses_it() -> None:
    pack = "pack house\nuse words\nforbid x: use of card clause Q-1\n"
    _, alone = resolved(pack, "policy mine\nuse house\n")
    assert alone == ()
    _, found = resolved(pack, REGISTER, "policy mine\nuse house, promises\n")
    assert [d.message for d in found] == ["no register in use knows the clause `Q-1`"]


def test_each_place_is_told_once_whatever_else_uses_it() -> None:
    pack = "pack house\nuse words\nforbid x: use of card clause Q-1\n"
    register = 'vocabulary {}\nclauses "S"\n  {} right graph "a"\n'
    users = ["policy x\nuse house, first\n", "policy y\nuse house, second\n"]
    # what is near is not the same in both registers
    _, found = resolved(
        pack, register.format("first", "Q-10"), register.format("second", "Z-9"), *users
    )
    assert [(d.message, d.help) for d in found] == [
        ("no register in use knows the clause `Q-1`", "did you mean `Q-10`?")
    ]
    both = [register.format(name, "Q-1") for name in ("first", "second", "third")]
    users = ["policy x\nuse house, first, third\n", "policy y\nuse house, second, third\n"]
    _, found = resolved(*both, pack, *users)
    assert [(d.message, str(d.span), str(d.related[0][1])) for d in found] == [
        ("the clause `Q-1` is registered twice", "3.law:3:3", "1.law:3:3")
    ]


def test_what_is_affirmed_is_added_or_replaced() -> None:
    policy = only_policy(
        PACK,
        REGISTER,
        """policy mine
use house, promises
affirm cards clause P-1
  severity critical
  because nl "Nooit kaarten."
          ar "لا بطاقات."
  cite "Sharing"
  formerly cards_before
""",
    )
    cards, emails = policy.rules
    assert cards.about == p.About(
        "cards",
        "critical",
        (("en", "No cards."), ("nl", "Nooit kaarten."), ("ar", "لا بطاقات.")),
        "Sharing",
        ("P-1",),
        ("plastic", "cards_before"),
    )
    assert (emails.about.citation, emails.about.clauses) == ("House, 2", ())
    assert dict(policy.homes)["cards"] == "house"


def test_what_is_not_said_stays() -> None:
    policy = only_policy(PACK, "policy mine\nuse house\naffirm cards\n")
    unchanged = only_policy(PACK, "policy mine\nuse house\n")
    assert policy.rules == unchanged.rules


def test_what_stands_nearer_is_affirmed_last() -> None:
    between = "pack between\nuse house\naffirm cards clause B-1\n  severity high\n"
    policy = only_policy(
        PACK, between, "policy mine\nuse between\naffirm cards clause M-1\n  severity critical\n"
    )
    about = policy.rules[0].about
    assert (about.severity, about.clauses) == ("critical", ("B-1", "M-1"))


def test_an_emptied_definition_matches_nothing() -> None:
    text = """policy mine
use words
define minor as person when age < 16 clause M-1
define telling as disclosure of email to vendor
forbid a: use of minor
forbid b: use of card when not of minor
forbid c: telling
"""
    laws = [parse_law(Source(f"{i}.law", each)) for i, each in enumerate((WORDS, text))]
    whole, _ = resolve(laws)
    empty, _ = resolve(laws, emptied=["minor", "telling"])
    (before,), (after,) = whole.policies, empty.policies
    assert before.definitions == after.definitions
    assert [(d.name, d.clauses) for d in before.definitions] == [
        ("minor", ("M-1",)),
        ("telling", ()),
    ]
    use, telling = p.EventIs(p.EventKind.USE), p.EventIs(p.EventKind.DISCLOSURE)
    card = p.DataIn(("card",))
    assert [rule.event for rule in after.rules] == [
        p.All((use, p.FALSE)),
        p.All((use, card, p.Negation(p.FALSE))),
        p.All((telling, p.FALSE)),
    ]  # fmt: skip
    assert [rule.event for rule in before.rules] != [rule.event for rule in after.rules]
