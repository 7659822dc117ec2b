"""Reports made by hand, with something of everything that a report can say."""

from __future__ import annotations

import pytest

from lawful.findings import (
    Change,
    Datum,
    Event,
    Finding,
    NearRow,
    Reason,
    Repair,
    Report,
    RuleResult,
    Step,
    UsedFact,
    Verdict,
)
from lawful_dsl.source import Span


def at(line: int, file: str = "flows/shop/shop.flow") -> Span:
    return Span(file, line, 1, line, 40)


CARDS = Finding(
    verdict=Verdict.BROKEN,
    policy="shop_policy",
    rule="no_cards_in_development",
    severity="critical",
    datum=Datum("card_number", "identifiable", "buyer", "customer", "buyer -> web_shop"),
    event=Event("transfer", "billing -> tickets", "billing", "tickets", "debugging", "US"),
    clauses=("SP-12", "SP-13"),
    citation="Processors, row 3",
    messages=(
        ("en", "Development platforms get neither card numbers nor passwords, in any copy or log."),
        ("ar", "لا تحصل منصات التطوير على أرقام البطاقات."),
    ),
    witness=(
        Step(
            "buyer -> web_shop",
            "buyer",
            "web_shop",
            "card_number",
            ("collected for payment",),
            at(14),
        ),
        Step("web_shop -> billing", "web_shop", "billing", "card_number", (), at(16)),
        Step(
            "billing -> tickets", "billing", "tickets", "card_number", ("carried by `all`",), at(18)
        ),
    ),
    facts=(UsedFact("tickets", "environment", "development", at(9)),),
    rows=(
        NearRow(
            "processors",
            3,
            "| development_platform | all except card_number | debugging | US |",
            ("of",),
            ("SP-03",),
            at(31, "shop_policy.law"),
        ),
    ),
    precedence=("shop_policy prevails over group_policy: it does not permit this event",),
    beneath=3,
    repair=Repair(
        (
            Change(
                "mask", "billing -> tickets", "mask card_number as card_last4 on billing -> tickets"
            ),
        )
    ),
    span=at(40, "shop_policy.law"),
)

BASIS = Finding(
    verdict=Verdict.UNDETERMINED,
    policy="shop_policy",
    rule="basis_for_collection",
    severity="medium",
    datum=Datum("email_address", "encrypted", "", "", "mailbox", ("consented", "fresh"), True),
    event=Event("storage", "mailbox", "mailbox", "mailbox"),
    reason=Reason.UNDECLARED,
    detail="It is not known on which basis `email_address` is kept.",
    missing=(
        UsedFact("mailbox", "basis", "", at(11)),
        UsedFact("someone", "contract", "", Span("facts.json", pointer="/parties/3/contracts")),
    ),
    witness=(Step("mailbox", "mailbox", "mailbox", "email_address"),),
    repair=Repair((Change("obtain", "mailbox", "obtain a contract"),), pruned=True),
    beneath=1,
)

HOSTILE = Finding(
    verdict=Verdict.BROKEN,
    policy="shop_policy",
    rule="'[red]node: - {a: <b>}'",
    severity="low",
    datum=Datum("personal_data except name", "pseudonymised", "x\x1b[31m", "customer", "a"),
    event=Event("disclosure", "a -> b", "a", "b", "", "", "email"),
    messages=(("sq", "Të dhënat personale nuk u jepen palëve të treta."),),
    witness=(
        Step(
            "a_rather_long_identifier_of_a_flow -> another_one_as_long_as_that",
            "a",
            "b",
            "name",
            (),
            at(1234, "flows/somewhere/quite/deep/in/a/folder/system.flow"),
        ),
    ),
)

NOTICE = Finding(
    verdict=Verdict.UNDETERMINED,
    policy="shop_policy",
    rule="breach_notice",
    severity="high",
    datum=Datum("", "", "", "", "shop"),
    event=Event("assertion", "shop", "shop", "shop"),
    reason=Reason.UNDECLARED,
    detail="the system does not declare `breach_notice`",
    missing=(UsedFact("shop", "breach_notice", "not declared"),),
    span=at(50, "shop_policy.law"),
)

SHOP = Report(
    system="shop",
    date="2024-04-08",
    policies=("shop_policy",),
    rules=(
        RuleResult(
            "shop_policy", "basis_for_collection", Verdict.UNDETERMINED, 4, 0, 1, ("SP-01",)
        ),
        RuleResult("shop_policy", "breach_notice", Verdict.UNDETERMINED, 0, 0, 1, (), "high"),
        RuleResult(
            "shop_policy",
            "no_cards_in_development",
            Verdict.BROKEN,
            0,
            4,
            0,
            ("SP-12",),
            "critical",
        ),
        RuleResult("shop_policy", "no_sale", Verdict.NOT_EXERCISED, 0, 0, 0, ("SP-20",), "high"),
        RuleResult("shop_policy", "retention", Verdict.KEPT, 12, 0, 0, ("SP-01",), "low"),
    ),
    findings=(CARDS, BASIS, HOSTILE, NOTICE),
    notices=(
        'the flow `billing -> old_ledger` is ignored because "it was switched off" (shop.flow:40)',
    ),
    undeclared=("`phone_number` of `buyer` arrives at `billing` but is not declared there",),
)

UNTOUCHED = Report(
    system="empty_shop",
    date="2024-04-08",
    policies=("shop_policy", "group_policy"),
    rules=(
        RuleResult("group_policy", "no_sale", Verdict.NOT_EXERCISED),
        RuleResult("shop_policy", "retention", Verdict.NOT_EXERCISED),
    ),
    findings=(),
)

KEPT = Report(
    system="good_shop",
    date="2024-04-08",
    policies=("shop_policy",),
    rules=(RuleResult("shop_policy", "retention", Verdict.KEPT, 12),),
    findings=(),
)


@pytest.fixture
def shop() -> Report:
    return SHOP


@pytest.fixture
def untouched() -> Report:
    return UNTOUCHED


@pytest.fixture
def kept() -> Report:
    return KEPT
