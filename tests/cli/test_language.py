"""`--lang`: messages and labels in a language, and text from right to left that leaves its line whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MESSAGE = 'because en "Card numbers never reach development, in no copy and in no log."'
ISOLATED = "\u2067{}\u2069"


@pytest.fixture
def spoken(broken: Path) -> Path:
    """The broken shop, whose policy speaks Arabic and Dutch, and labels a term of its own in Arabic."""
    policy = broken / "our_policy.law"
    text = policy.read_text("utf-8")
    assert MESSAGE in text
    said = f'{MESSAGE}\n          ar "لا تصل أرقام البطاقات إلى التطوير."\n          nl "Geen kaartnummers."'
    text = text.replace(MESSAGE, said).replace("| card_number, card_expiry", "| pan, card_expiry")
    text = text.replace("card_number", "pan").replace(
        "use common",
        'use common\n\ndata\n  pan "Card number" is payment_data\n    ar "رقم البطاقة"\n',
        1,
    )
    policy.write_text(text, "utf-8")
    system = broken / "our_system.flow"
    system.write_text(system.read_text("utf-8").replace("card_number", "pan"), "utf-8")
    return broken


def test_a_message_is_told_in_the_language(lawful: Run, spoken: Path) -> None:
    assert "\n  Geen kaartnummers.\n" in lawful("check", ".", "--lang", "nl").out
    assert "\n  Card numbers never reach development" in lawful("check", ".").out


def test_what_is_not_said_in_the_language_is_said_in_english(lawful: Run, spoken: Path) -> None:
    out = lawful("check", ".", "--lang", "ar").out
    assert "Data goes only to those recipients" in out


def test_a_label_stands_beside_the_name_kept_apart(lawful: Run, spoken: Path) -> None:
    out = lawful("check", ".", "--lang", "ar").out
    assert f"\n  {ISOLATED.format('لا تصل أرقام البطاقات إلى التطوير.')}\n" in out
    assert f"data     pan ({ISOLATED.format('رقم البطاقة')}), identifiable, of buyer" in out
    # Each line that has an isolate closes it: the lines below are left as they are.
    assert all(line.count("\u2067") == line.count("\u2069") for line in out.split("\n"))
    assert "\u2067" not in lawful("check", ".").out + lawful("check", ".", "--lang", "nl").out


def test_a_text_that_is_broken_into_lines_is_kept_apart_on_each(lawful: Run, spoken: Path) -> None:
    policy = spoken / "our_policy.law"
    text = policy.read_text("utf-8")
    policy.write_text(text.replace('"رقم البطاقة"', f'"{" ".join(["رقم البطاقة"] * 12)}"'), "utf-8")
    lines = lawful("check", ".", "--lang", "ar").out.split("\n")
    arabic = [line for line in lines if "البطاقة" in line]
    assert len(arabic) > 2
    for line in arabic:
        # Outside the isolates there is no Arabic, which would turn the words around it.
        assert not re.search(r"[\u0621-\u064a]", re.sub("\u2067[^\u2067\u2069]+\u2069", "", line))


def test_a_term_is_explained_with_its_labels_kept_apart(lawful: Run, spoken: Path) -> None:
    out = lawful("explain", "pan", ".").out
    assert f"label (ar) {ISOLATED.format('رقم البطاقة')}\n" in out


def test_the_json_has_the_message_in_the_language_and_all_of_them(
    lawful: Run, spoken: Path
) -> None:
    said = json.loads(lawful("check", ".", "--lang", "nl", "--format", "json").out)
    [cards] = [f for f in said["reports"][0]["findings"] if f["rule"] == "cards_in_development"]
    assert cards["message"] == "Geen kaartnummers."
    assert set(cards["messages"]) == {"en", "ar", "nl"}


def test_a_language_in_which_nothing_is_said(lawful: Run, spoken: Path) -> None:
    outcome = lawful("check", ".", "--lang", "xx")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: there are no messages and no labels in `xx`\n")
    assert "nl" in outcome.err.split("\n")[1]


def test_a_picture_in_the_language(lawful: Run, spoken: Path) -> None:
    outcome = lawful("draw", ".", "-o", "shop.svg", "--lang", "ar")
    assert outcome.status == 0, outcome.err
    assert "رقم البطاقة" in (spoken / "shop.svg").read_text("utf-8")
