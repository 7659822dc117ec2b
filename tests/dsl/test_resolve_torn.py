"""Resolving: what a line that cannot be read may have said is not missed elsewhere."""

from __future__ import annotations

import pytest

from lawful_dsl.parser import parse_law
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from tests.dsl.words import WORDS

PACK = """pack house
use words
forbid cards usee card
closed block usee card
"""


def said(*texts: str) -> list[str]:
    """What is said of texts that use the vocabulary, beside what cannot be read in them."""
    laws = [parse_law(Source(f"{i}.law", text)) for i, text in enumerate((WORDS, *texts))]
    assert any(law.diagnostics for law in laws)
    return [each.message for each in resolve(laws)[1]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("affirm {} clause C-1", "there is no rule `{}` to affirm"),
        ("{} prevails over x", "there is no rule, policy or pack `{}`"),
        ("forbid a: use\n  in place of {}", "there is no rule `{}` to stand in place of"),
        ("closed a: use\n  admits {}", "`{}` is not known"),
    ],
)
def test_a_rule_that_is_not_missed(text: str, message: str) -> None:
    for name in ("cards", "block"):
        assert said(PACK, f"policy x\nuse house\n{text.format(name)}\n") == []
    assert said(PACK, f"policy x\nuse house\n{text.format('zebra')}\n") == [message.format("zebra")]


def test_a_clause_that_is_not_missed() -> None:
    register = 'vocabulary promises\nclauses "S"\n  P-1 graph graph "a"\n  P-2 right graph "b"\n'
    policy = "policy x\nuse promises, words\nforbid a: use clause P-1, P-2, P-3\n"
    assert said(register, policy) == ["no register in use knows the clause `P-3`"]


def test_a_term_that_is_not_missed() -> None:
    more = "vocabulary more\ndata\n  token iss email\n"
    policy = 'policy x\nuse words, more\nmapping m\n  "k" is token\n  "j" is zebra\n'
    assert said(more, f"{policy}forbid use of token, zebra\n") == [
        "`zebra` is not known",
        "`zebra` is not known",
    ]


def test_a_module_that_is_not_missed() -> None:
    assert said("vocabulary more:\ndata\n  token\n", "policy x\nuse more, words, zebra\n") == [
        "there is no module `zebra`"
    ]
