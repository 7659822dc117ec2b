"""The labels of the shipped vocabularies: one in each language, in its script, and of one term only."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

import pytest

from lawful_dsl.library import shipped
from lawful_dsl.parser import parse_law
from lawful_dsl.source import Source
from lawful_dsl.syntax import TermList

LANGUAGES = ("en", "ar", "sq", "nl")


@dataclass(frozen=True)
class Label:
    """A label with the term that has it."""

    list: str
    term: str
    language: str
    text: str


def labels() -> list[Label]:
    """All labels of all texts that are shipped."""
    folder = shipped()
    assert folder
    found = []
    for path in sorted(folder.rglob("*.law")):
        tree = parse_law(Source(path.name, path.read_text("utf-8"))).tree
        for block in (s for s in tree.statements if isinstance(s, TermList)):
            for term in block.terms:
                texts = ((term.label,) if term.label else ()) + term.labels
                for text in texts:
                    language = text.language or "en"
                    found.append(Label(block.list, term.name.text, language, text.text))
                # A term without any label is to be missed in every language.
                found.append(Label(block.list, term.name.text, "", ""))
    return found


LABELS = labels()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_label(language: str) -> None:
    labelled = {label.term for label in LABELS if label.language == language}
    assert sorted({label.term for label in LABELS} - labelled) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_terms_of_a_list_share_a_label(language: str) -> None:
    terms = defaultdict(set)
    for label in LABELS:
        if label.language == language:
            terms[label.list, label.text.casefold()].add(label.term)
    assert {key: shared for key, shared in terms.items() if len(shared) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_in_the_script_of_the_language(language: str) -> None:
    assert [each for each in LABELS if each.language == language and not in_script(each)] == []


def test_labels_have_nothing_that_cannot_be_seen() -> None:
    assert [label for label in LABELS if not plain(label.text)] == []


def in_script(label: Label) -> bool:
    """Whether the letters are those of the language.

    An Arabic label begins in Arabic, which lays it out from right to left; the names of firms,
    standards and protocols in it may be in Latin.
    """
    letters = [c for c in label.text if c.isalpha()]
    if label.language == "ar":
        return arabic(label.text[0]) and all(arabic(c) or latin(c) for c in letters)
    return bool(letters) and all(latin(c) for c in letters)


def arabic(letter: str) -> bool:
    """Whether a letter is of the Arabic alphabet: none of Persian, no presentation form, no tatweel."""
    return "\N{ARABIC LETTER HAMZA}" <= letter <= "\N{ARABIC LETTER YEH}" and letter != "ـ"


def latin(letter: str) -> bool:
    """Whether a letter is Latin."""
    return unicodedata.name(letter).startswith("LATIN ")


def plain(text: str) -> bool:
    """Whether a text has no controls (those of direction are controls too) and no space astray."""
    return text.isprintable() and text == " ".join(text.split()) == unicodedata.normalize(
        "NFC", text
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "Kaartnummer"),
        ("ar", "PCI DSS معيار"),
        ("ar", "بیانات"),
        ("ar", "ﺑﻴﺎﻧﺎﺕ"),
        ("sq", "البيانات"),
        ("nl", "Kаart"),
        ("nl", "123"),
    ],
)
def test_a_label_in_another_script_is_told(language: str, text: str) -> None:
    assert not in_script(Label("data", "term", language, text))


@pytest.mark.parametrize(
    "text", ["\u200fبيانات", "\u2068Data\u2069", "Data ", "two  spaces", "e\u0308"]
)
def test_what_cannot_be_seen_is_told(text: str) -> None:
    assert not plain(text)
