"""A small vocabulary, and texts as systems or as what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lawful.system.link import link
from lawful.system.model import System
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import Policy
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows
from lawful_dsl.vocabulary import AttributeDefinition, Parent, Term, Vocabulary

WORDS = {
    "data": "personal_data account_data email_address password card_data card_number card_last4 "
    "card_token recording ip_address profile erasure_request marketing_cookie",
    "subjects": "person subscriber child parent",
    "purposes": "any_purpose sign_up billing support marketing advertising hosting",
    "parties": "hosting_provider advertiser auditor",
    "places": "CA US EU IE DE",
    "environments": "production development",
    "bases": "contract consent legitimate_interest",
    "consents": "express implied",
    "mechanisms": "dpa scc",
    "measures": "tls encryption_at_rest two_factor",
    "certificates": "soc2 iso_27001",
    "channels": "email phone",
    "marks": "verified refused",
    "states": "opted_out enabled",
    "products": "consent_gate calendar",
    "sites": "shop_com",
    "periods": "contract_term account_life",
}
ABOVE = {
    "account_data": "personal_data",
    "email_address": "account_data",
    "password": "account_data",
    "card_data": "personal_data",
    "card_number": "card_data",
    "recording": "personal_data",
    "subscriber": "person",
    "child": "person",
    "marketing": "any_purpose",
    "advertising": "marketing",
    "billing": "any_purpose",
    "IE": "EU",
    "DE": "EU",
}
MADE = {"card_last4": ("card_number", "masking"), "card_token": ("card_number", "tokenising")}
ATTRIBUTES = (
    AttributeDefinition("risk", "node", "one of", ("low", "high")),
    AttributeDefinition("audited", "party", "yes_no"),
    AttributeDefinition("volume", "flow", "number"),
    AttributeDefinition("reviewed", "flow", "date"),
    AttributeDefinition("notice", "subject", "period"),
    AttributeDefinition("breach_notice", "system", "period"),
    AttributeDefinition("has_officer", "system", "yes_no"),
)


def _vocabulary() -> Vocabulary:
    terms = {}
    for kind, words in WORDS.items():
        for name in words.split():
            parents = (Parent(ABOVE[name]),) if name in ABOVE else ()
            source, operation = MADE.get(name, ("", ""))
            terms[name] = Term(kind, name, parents, source=source, operation=operation)
    return Vocabulary(
        terms,
        aliases={"user.contact.email": "email_address"},
        attributes={each.name: each for each in ATTRIBUTES},
    )


VOCABULARY = _vocabulary()


def _parsed(texts: tuple[str, ...]) -> list[Flows]:
    found = []
    for number, text in enumerate(texts):
        parsed = parse_flow(Source(f"{'abcdef'[number]}.flow", text))
        assert not parsed.diagnostics, parsed.diagnostics
        found.append(parsed.tree)
    return found


@pytest.fixture
def vocabulary() -> Vocabulary:
    return VOCABULARY


@pytest.fixture
def parsed() -> Callable[..., list[Flows]]:
    return lambda *texts: _parsed(texts)


@pytest.fixture
def told() -> Callable[..., System]:
    """The system that texts tell, without an error."""

    def tell(*texts: str, policies: tuple[Policy, ...] = ()) -> System:
        system, diagnostics = link(_parsed(texts), VOCABULARY, policies=policies)
        assert [d.message for d in diagnostics] == []
        return system

    return tell


@pytest.fixture
def wrong() -> Callable[..., tuple[Diagnostic, ...]]:
    """What is wrong with texts."""

    def find(*texts: str, policies: tuple[Policy, ...] = ()) -> tuple[Diagnostic, ...]:
        return link(_parsed(texts), VOCABULARY, policies=policies)[1]

    return find
