"""The words of which texts are drawn, all of the vocabulary of the cases and of the one below it, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

#: What is drawn follows from the seed of one of these, whatever else is drawn: quick, and the same again.
Draw = Random
Word = TypeVar("Word")
Drawn = TypeVar("Drawn")

#: Sites, definitions and attributes beside those of the cases, so that rules and systems may speak of them.
WIDE = """vocabulary wide

use tiny

sites
  shop
  forum

attribute rotation of node: period
attribute joined of subject: date
attribute notice of system: period
attribute insured of system: yes_no silence none

define minor as person when age < 16
define abroad as US, CH
define risky as company when trust = low
define sale as disclosure of personal to third_party when consideration = money
"""

DATA = ("personal", "contact", "email", "phone", "card", "card_last4", "usage", "clicks", "profile")
#: The categories below which there are none: of what is one of them, nothing is coarse.
LEAVES = ("email", "phone", "card", "card_last4", "clicks", "views", "profile")
SUBJECTS = ("adult", "child", "parent", "person")
PURPOSES = ("serving", "support", "billing", "marketing", "ads", "newsletter")
PLACES = ("EU", "FR", "DE", "US", "CH")
KINDS = ("company", "vendor", "ad_firm", "host")
ROLES = ("controller", "processor", "sub_processor", "conduit")
BASES = ("consent", "contract", "interest")
CONSENTS = ("express", "implied")
MECHANISMS = ("scc", "dpf", "derogation")
MEASURES = ("tls", "encryption")
CHANNELS = ("mail", "sms")
FORMS = ("encrypted", "pseudonymised", "aggregated", "anonymised", "decrypting")
STATES = ("opted_out of ads", "opted_out of ads per browser", "enabled")
PERIODS = (
    "3 months",
    "90 days",
    "1 year",
    "contract_term",
    "trial",
    "unlimited",
    "contract_term + 30 days",
    "longer of trial, 3 months",
    "shorter of contract_term, 1 year",
    "(90 days else 1 year)",
)


def seeded(drawn: Callable[[Draw], Drawn]) -> st.SearchStrategy[Drawn]:
    """What is drawn of any seed, for the properties that Hypothesis runs."""
    return st.integers(0, 2**32).map(lambda seed: drawn(Random(seed)))


def maybe(draw: Draw, text: str, percent: int) -> str:
    """A text, so many times of a hundred; else nothing."""
    return text if draw.randint(0, 99) < percent else ""


def some(draw: Draw, words: Sequence[str], most: int = 2) -> str:
    """A few of the words, as a list."""
    return ", ".join(several(draw, words, most))


def several(draw: Draw, words: Sequence[Word], most: int) -> list[Word]:
    """A few of the words, at least one."""
    return draw.sample(words, draw.randint(1, min(most, len(words))))


def one(draw: Draw, words: Sequence[str]) -> str:
    """One of the words."""
    return draw.choice(words)


def fact(draw: Draw, words: Sequence[str], told: bool = False) -> str:
    """A fact: mostly a whole list, else an open one, none, or unknown; always whole where all is told."""
    kind = 9 if told else draw.randint(0, 9)
    if kind == 0:
        return one(draw, ("none", "unknown"))
    return some(draw, words) + (" ..." if kind == 1 else "")


def weighted(draw: Draw, shares: Sequence[tuple[int, str]]) -> str:
    """One of some words, each as often as its share says."""
    return one(draw, [word for share, word in shares for _ in range(share)])


def joined(*words: str) -> str:
    """The words that are not empty, as one line."""
    return " ".join(word for word in words if word)
