"""Resolving: the text of a rule in one line, as explanations quote it."""

from __future__ import annotations

import pytest

from lawful_dsl.resolve.prose import one_line
from lawful_dsl.source import Source, Span


def whole(text: str, *, head: bool = False) -> str:
    """The text of all lines in one."""
    lines = text.split("\n")
    span = Span("a.law", 1, 1, len(lines), len(lines[-1]) + 1)
    return one_line(Source("a.law", text), span, head=head)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forbid a: use of card", "forbid a: use of card"),
        ("forbid a: use   of card,\n    email", "forbid a: use of card, email"),
        # comments, also within the block, and empty lines
        ("forbid a: use of card, # one\n  # two\n\n    email # three", "forbid a: use of card, email"),
        ("forbid a: use of 'card #1' # one", "forbid a: use of 'card #1'"),
        ('assert a in "b # c" # d', 'assert a in "b # c"'),
        ("forbid a: use of l'a # one", "forbid a: use of l'a"),
        # what a rule says of itself, with the lines that continue it, and what follows
        (
            'forbid a: use\n  severity low\n  because en "No."\n          nl "Nee."\n'
            "  unless of card\n    unless in EU\n  unless of email",
            "forbid a: use unless of card unless in EU unless of email",
        ),
        (
            'forbid a: use\n  cite "Section 1"\n  clause C-1,\n      C-2\n  formerly b\n'
            "  in  place of c\n  unless of card",
            "forbid a: use unless of card",
        ),
        # words of it that begin no such line
        ("forbid a: use\n  unless in EU clause C-1", "forbid a: use unless in EU clause C-1"),
        ("forbid a: use of card,\n    clauses", "forbid a: use of card, clauses"),
        ("severity a: use", "severity a: use"),
        ("closed a: use\n  permit of card\n  admits b", "closed a: use permit of card admits b"),
    ],
)  # fmt: skip
def test_a_text_in_one_line(text: str, expected: str) -> None:
    assert whole(text) == expected


@pytest.mark.parametrize(
    "within",
    [
        "permit of card",
        "permit of card\n    unless in EU",
        "admits b",
        "| of |\n  | card |",
        "severity low\n  permit of card",
    ],
)
def test_the_head_of_a_block(within: str) -> None:
    for more in ("", "\n  permit of email"):
        text = f"closed a: use of card,\n    email\n  {within}{more}"
        assert whole(text, head=True) == "closed a: use of card, email"
    assert whole("permit of card\n  unless in EU", head=True) == "permit of card unless in EU"


def test_no_more_than_the_span() -> None:
    source = Source("a.law", "  a b c d\n  e f g h\n")
    assert one_line(source, Span("a.law", 1, 5, 1, 8)) == "b c"
    assert one_line(source, Span("a.law", 1, 5, 2, 6)) == "b c d e f"
