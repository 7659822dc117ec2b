"""A vocabulary for the tests of the resolver, and a way to resolve texts that use it."""

from __future__ import annotations

from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.parser import parse_law
from lawful_dsl.program import Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source

WORDS = """vocabulary words
data
  personal_data
  email is personal_data
  card is personal_data
  card_last4 is personal_data from card by masking
subjects
  person
  subscriber is person
  child is person
  parent is person
purposes
  marketing
  support
parties
  vendor
  host is vendor
places
  EU
  FR is EU
  US
environments
  development
bases
  consent
  contract
consents
  express
mechanisms
  scc valid EU to US needs dpf_list from 2023-07-10
measures
  tls
  dpa
certificates
  dpf_list
channels
  mail
marks
  verified
states
  opted_out
products
  gate
sites
  shop
periods
  contract_term
attribute risk of party: one of low, high
attribute score of node: number
attribute audited of flow: yes_no silence none
attribute loyal of subject: yes_no
attribute since of party: date
attribute notice of flow: period
attribute breach_notice of system: period
attribute officer of system: yes_no
attribute region of system: one of here, there
attribute staff of system: number
mapping fides
  "user.contact" is email
"""


def resolved(*texts: str, roots: list[str] | None = None) -> tuple[Program, tuple[Diagnostic, ...]]:
    laws = [parse_law(Source(f"{i}.law", text)) for i, text in enumerate((WORDS, *texts))]
    for law in laws:
        assert not law.diagnostics
    return resolve(laws, roots=roots)


def wrong(text: str) -> list[tuple[str, str]]:
    """The messages and helps for a policy that uses the vocabulary."""
    _, found = resolved(f"policy x\nuse words\n{text}\n")
    return [(d.message, d.help) for d in found]
