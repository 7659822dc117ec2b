"""The linter: what it warns of, and that it is silent where it is not certain."""

from __future__ import annotations

import pytest

from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.lint import lint
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from tests.dsl.words import WORDS

IDLE = {
    "vacuous-rule",
    "total-exception",
    "idle-exception",
    "idle-permit",
    "duplicate-rule",
}


def warnings(*texts: str, flow: str = "", only: tuple[str, ...] | None = None) -> list[Diagnostic]:
    laws = {f"{i}.law": parse_law(Source(f"{i}.law", text)) for i, text in enumerate(texts)}
    program, wrong = resolve(list(laws.values()))
    assert [d.message for law in laws.values() for d in law.diagnostics] == []
    assert [d.message for d in wrong] == []
    systems = [parse_flow(Source("a.flow", flow))] if flow else []
    return list(lint(program, laws, systems=systems, only=only))


def codes(text: str) -> list[tuple[str, int]]:
    """The codes and lines of the warnings on the rules of a policy, their sources aside."""
    found = warnings(WORDS, f"policy x\nuse words\n{text}\n", only=("1.law",))
    return [(d.code, d.span.line - 2) for d in found if d.code in IDLE]


# --- rules that nothing can break -----------------------------------------------------------------


@pytest.mark.parametrize(
    "event",
    [
        "use of card of email",
        "use of card when of email",
        "use of personal_data except personal_data",
        "use of card except personal_data",
        "use of card when not of personal_data",
        "use of card when of email or (not of card)",
        "use for marketing for support",
        "transfer in FR in US",
        "transfer in FR when not in EU",
        "transfer of child when age < 13 and age >= 18",
        "transfer when age = 13 and age != 13",
        "transfer when opted_out and not opted_out",
        "transfer of child of parent",
        "transfer to processor to controller",
        "transfer to store to client",
        "transfer to us to third_party",
        "transfer from us from outside",
        "disclosure to us",
        "disclosure from outside",
        "storage to client",
    ],
)
def test_a_rule_that_no_event_can_meet(event: str) -> None:
    assert codes(f"forbid {event}") == [("vacuous-rule", 1)]
    assert codes(f"require channel in mail for {event}") == [("vacuous-rule", 1)]


@pytest.mark.parametrize(
    "event",
    [
        "use of card when of personal_data",
        "use of personal_data except card",
        "use of card when of email or of card",
        "use of card when not in encrypted",
        "use when not of personal_data",
        "use anything from card of email",
        "use for marketing",
        "transfer in EU in FR",
        "transfer in EU when not in FR",
        "transfer from EU from US",
        "transfer when residence in EU and residence in US",
        "transfer of child when age >= 13 and age < 18",
        "transfer of person of child",
        "transfer to vendor to host",
        "transfer on consent on contract",
        "transfer under scc under dpa",
        "transfer to us from us",
        "storage to store",
        "transfer when opted_out and not opted_out of marketing",
    ],
)
def test_a_rule_that_some_event_may_meet(event: str) -> None:
    assert codes(f"forbid {event}") == []


def test_parents_with_dates_make_nothing_certain() -> None:
    dated = """vocabulary dated
data
  a
  b is a until 2020-12-31
  c
"""
    for event, expected in (
        ("use of a of b", []),
        ("use of b except a", []),
        ("use of a of c", ["vacuous-rule"]),
    ):
        found = warnings(dated, f"policy x\nuse dated\nforbid {event}\n", only=("1.law",))
        assert [d.code for d in found if d.code in IDLE] == expected


def test_a_condition_with_too_many_alternatives_is_taken_to_be_possible() -> None:
    either = " and ".join(f"(of card or of email or age = {n})" for n in range(6))
    assert codes(f"forbid use of personal_data when {either} and not of personal_data") == []


# --- exceptions, permits and twins ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("forbid use of card unless of personal_data", ["total-exception"]),
        ("forbid use of card for marketing unless for marketing", ["total-exception"]),
        ("forbid use of card\n  unless of personal_data\n    unless in US", []),
        ("forbid use of card unless of email", ["idle-exception"]),
        ("forbid use\n  unless in US\n    unless in EU", ["idle-exception"]),
        ("forbid use of card unless of card in encrypted", []),
        ("forbid use of card unless in EU", []),
        ("forbid use of personal_data unless of card", []),
        ("closed b: use of card\n  permit of email\n  permit of personal_data", ["idle-permit"]),
        ("closed b: use of card\n  permit for marketing unless of card", ["idle-permit"]),
        ("closed b: use of card\n  permit for marketing unless in EU", []),
        (
            "closed b: use of card in any form\n  | of | for |\n  | email | support |",
            ["idle-permit"],
        ),
        ("closed b: use of card\n  | of | for |\n  | all | support |", []),
        ("forbid use of card in EU\nforbid use in EU of card\n  severity low", ["duplicate-rule"]),
        ("forbid use of card\nforbid use of card in EU", []),
        ("forbid use of card, email\nforbid use of email, card", ["duplicate-rule"]),
        ("retain card at most 1 day\nretain card at least 1 day", []),
        ("assert officer\nassert n: officer", ["duplicate-rule"]),
    ],
)
def test_what_has_no_effect(rule: str, expected: list[str]) -> None:
    assert [code for code, _ in codes(rule)] == expected


def test_an_idle_permit_is_shown_with_its_row() -> None:
    text = "closed b: use of card\n  | of | for |\n  | card | support |\n  | email | support |"
    (found,) = (
        d
        for d in warnings(WORDS, f"policy x\nuse words\n{text}\n", only=("1.law",))
        if d.code == "idle-permit"
    )
    assert found.message == "row 2 of `b` admits nothing: no event of the block is what it names"
    assert found.span.line == 6
    assert found.help
    assert not found.is_error


def test_readings_of_one_rule_may_be_alike() -> None:
    text = "readings r\n  a: forbid use of card\n  b: forbid use of card"
    found = warnings(WORDS, f"policy x\n  text a, b\nuse words\n{text}\n", only=("1.law",))
    assert [d.code for d in found] == ["no-clause"]


# --- sources and messages -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("forbid use", ["no-clause"]),
        ("forbid use clause A", []),
        ("forbid use\n  clause A", []),
        ('forbid use\n  cite "Section 2"', []),
        ("forbid use\n  unless in EU clause A", []),
        ("assert officer", ["no-clause"]),
        ("closed b: use\n  permit in EU clause A", []),
        ("closed b: use\n  permit in EU clause A\n  permit in US", ["no-clause"]),
        ("closed b: use\n  | in | clause |\n  | EU | A |", []),
        ("closed b: use\n  | in |\n  | EU |", ["no-clause"]),
        ("readings r\n  en: forbid use clause A\n  nl: nothing", []),
        ("readings r\n  en: forbid use\n  nl: nothing", ["no-clause"]),
        ('forbid use clause A\n  because en "No"', ["message-missing"]),
        ('forbid use clause A\n  because nl "Nee"', ["message-missing"]),
        ('forbid use clause A\n  because nl "Nee"\n          en "No"', []),
        (
            'readings r clause A\n  en: forbid use\n    because en "No"\n  nl: nothing',
            ["message-missing"],
        ),
    ],
)
def test_sources_and_messages(rule: str, expected: list[str]) -> None:
    found = warnings(WORDS, f"policy x\n  text nl, en\nuse words\n{rule}\n", only=("1.law",))
    assert [d.code for d in found] == expected


def test_a_missing_message_names_the_languages() -> None:
    text = 'policy x\n  text nl, ar\nuse words\nforbid r: use  clause A\n  because nl "Nee"\n'
    (found,) = warnings(WORDS, text, only=("1.law",))
    assert found.message == "the message of `r` is missing in `en`, `ar`"


# --- what nothing uses ----------------------------------------------------------------------------


def unused(*texts: str, flow: str = "") -> list[tuple[str, str]]:
    found = warnings(*texts, flow=flow)
    return [(d.code, d.message) for d in found if d.code.startswith("unused")]


LISTS = """vocabulary lists
data
  a
  b is a
  c from b by masking
  d
purposes
  p
  q
"""


def test_a_vocabulary_may_have_terms_for_others() -> None:
    assert unused(LISTS, "policy x\nuse lists\nforbid use of b\n") == []


def test_with_systems_terms_that_nothing_uses_are_named() -> None:
    policy = "policy x\nuse lists\nforbid use of b\n"
    flow = "use lists\nx -> y : a for p\n"
    messages = [
        "nothing uses the data category `d`, nor what it is or what is it",
        "nothing uses the purpose `q`, nor what it is or what is it",
    ]
    assert unused(LISTS, policy, flow=flow) == [("unused-term", m) for m in messages]


@pytest.mark.parametrize(("rule", "passed_over"), [("use of b", True), ("use", False)])
def test_what_a_system_has_and_no_rule_reaches_is_named(rule: str, passed_over: bool) -> None:
    policy = f"policy x\nuse lists\nforbid {rule}\n"
    found = warnings(LISTS, policy, flow="use lists\nx -> y : a, d for p\n")
    message = "no rule reaches the data category `d`, though a system has it"
    told = [(d.code, d.message) for d in found if d.code == "unreached-term"]
    assert told == [("unreached-term", message)] * passed_over


def test_terms_of_a_policy() -> None:
    policy = "policy x\ndata\n  a\n  b is a\n  c\nforbid use of a\n"
    message = "nothing uses the data category `c`, nor what it is or what is it"
    assert unused(policy) == [("unused-term", message)]


@pytest.mark.parametrize(
    ("terms", "rule"),
    [
        ("data\n  c", "forbid use"),
        ("data\n  c", "forbid use of all_data"),
        ("data\n  c", "forbid use of s"),
        ("purposes\n  c", "forbid use of d unless for within collected for"),
        ("places\n  c", "forbid use of d when place in residence"),
        ("bases\n  c", "require basis only e for use of d"),
    ],
)
def test_rules_to_which_every_term_matters(terms: str, rule: str) -> None:
    if terms.startswith("bases"):
        terms += "\n  e"
    elif terms.startswith("data"):
        terms += "\n  d"
    base = "" if terms.startswith("data") else "data\n  d\n"
    policy = f"policy x\n{base}subjects\n  s\n{terms}\n{rule}\nforbid use of s of d\n"
    assert unused(policy) == []


def test_definitions_and_attributes() -> None:
    policy = """policy x
subjects
  s
define young as s when age < 18
define small as young when level < 3
attribute level of subject: number
attribute height of subject: number
attribute officer of system: yes_no
assert officer
"""
    assert unused(policy) == [
        ("unused-definition", "nothing uses the definition `small`"),
        ("unused-attribute", "nothing reads the attribute `height`"),
    ]


def test_packs_that_no_policy_uses() -> None:
    pack = "pack children\nforbid use\n"
    assert unused(pack) == []
    assert unused(pack, "policy x\nforbid collection\n") == [
        ("unused-module", "nothing uses the pack `children`")
    ]
    assert unused(pack, "policy x\nuse children\nforbid collection\n") == []


@pytest.mark.parametrize(
    "rule", ["forbid use of email", "forbid use of 'user.contact'", "assert officer"]
)
def test_a_use_that_brings_something(rule: str) -> None:
    found = unused(WORDS, f"policy x\nuse words\n{rule}\n")
    assert "unused-use" not in {code for code, _ in found}


def test_a_use_that_brings_nothing() -> None:
    animals = "vocabulary animals\nsubjects\n  dog\n"
    policy = "policy x\nuse lists, animals, lists\nforbid use of a\n"
    assert unused(LISTS, animals, policy) == [
        ("unused-use", "nothing in `x` comes from `animals`"),
        ("unused-use", "`lists` is used already"),
    ]


def test_a_use_that_only_extends_what_is_named() -> None:
    more = "vocabulary more\nuse lists\ndata\n  e is a\n"
    policy = "policy x\nuse lists, more\nforbid use of a\n"
    assert unused(LISTS, more, policy) == []


def test_only_some_files() -> None:
    texts = (LISTS, "policy x\nuse lists\nforbid use of b\n")
    assert warnings(*texts, only=("0.law",)) == []
    assert [d.code for d in warnings(*texts, only=("1.law",))] == ["no-clause"]
