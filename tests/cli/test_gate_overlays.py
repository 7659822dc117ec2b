"""`lawful gate`: somebody is to accept what overlays say otherwise of what was there; what comes needs its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_gate import told

POLICY = """\
policy stays "Stays"
  by shop
  effective 2025-01-01

use common, words

forbid abroad: transfer of personal_data unless in EEA
"""
WORDS = "vocabulary words\n\nuse common\n\nattribute audited of system: yes_no\n"
COMPOSE = """\
services:
  web:
    image: shop/web
    environment: {DB: 'postgres://db:5432/shop'}
  db:
    image: postgres:16
"""
MAILED = COMPOSE.replace("shop'}", "shop', MAIL: 'https://api.mail.com'}")
OVERLAY = """\
system compose  for policy stays

party shop "The shop"  controller  in FR
party mail_house  in FR
subject buyer  is customer  in FR

shop {
  service web  extern  in FR
  store db  extern  in FR  retention 30 days
}
buyer -> web : email_address  for account_management
each flow 'web -> db'  : email_address  for account_management
"""
OF_MAIL = """
mail_house {
  recipient api.mail.com  extern  in FR
}
each flow 'web -> api.mail.com'  : email_address  for account_management
"""
GATE = ("compose.yaml", "--with", "over.flow")
WEB = "  service web  extern  in FR\n"
BUYS = "buyer -> web : email_address  for account_management\n"
KEEPS = "  retention 30 days"


@pytest.fixture
def sides(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a change, both sides of it alike; the working directory is that of the head."""
    for side in ("base", "head"):
        (here / side).mkdir()
        put(here, side, COMPOSE, OVERLAY)
    monkeypatch.chdir(here / "head")
    return here


def put(sides: Path, side: str, compose: str, overlay: str) -> None:
    folder = sides / side
    (folder / "stays.law").write_text(POLICY, "utf-8")
    (folder / "words.law").write_text(WORDS, "utf-8")
    (folder / "compose.yaml").write_text(compose, "utf-8")
    (folder / "over.flow").write_text(overlay, "utf-8")


CHANGED = {
    "a place": ("in FR  retention", "in DE  retention", "changed node db"),
    "a fact that goes": (KEEPS, "", "changed node db"),
    "a fact that comes": (WEB, WEB.replace("in FR", "in FR  tls"), "changed node web"),
    "an owner": ("shop {\n" + WEB, "mail_house {\n" + WEB + "}\nshop {\n", "changed node web"),
    "a party": ("controller  in FR", "controller  in DE", "changed party shop"),
    "a subject": ("customer  in FR", "customer  in DE", "changed node buyer"),
    "of a flow": ("'  : email_address  for", "'  : postal_address  for", "changed flow web -> db"),
    "a flow of its own that goes": (BUYS, "", "removed flow buyer -> web"),
    "a flow of its own between what was there": (
        BUYS,
        f"{BUYS}buyer -> db : email_address\n",
        "added flow buyer -> db",
    ),
    "by a pattern": (BUYS, f"each service '*'  using tls\n{BUYS}", "changed node web"),
    "what it asserts": (BUYS, f"{BUYS}fact audited\n", "added system"),
}


@pytest.mark.parametrize(("old", "new", "said"), CHANGED.values(), ids=CHANGED)
def test_what_an_overlay_says_otherwise_of_what_was_there_is_to_be_accepted(
    sides: Path, lawful: Run, old: str, new: str, said: str
) -> None:
    assert old in OVERLAY
    put(sides, "head", COMPOSE, OVERLAY.replace(old, new))
    found = told(lawful, *GATE, "--base", "../base/compose.yaml")
    said_why = "what overlays say otherwise of what was there: 1, and that is not accepted"
    assert said_why in found["why"]
    [one] = found["overlays"]
    assert f"{one['change']} {one['name']}" == said


def test_who_accepts_policies_accepts_overlays_and_not_the_other_way_round(
    sides: Path, lawful: Run
) -> None:
    put(sides, "head", COMPOSE, OVERLAY.replace(KEEPS, ""))
    (sides / "head" / "stays.law").write_text(POLICY.replace("2025-01-01", "2024-01-01"), "utf-8")
    base = ("--base", "../base/compose.yaml", "--on", "2025-03-01")
    found = told(lawful, *GATE, *base, "--accept-overlay-change")
    assert found["why"] == ["the policy `stays` changed, and that is not accepted"]
    assert len(found["overlays"]) == 1
    outcome = lawful("gate", *GATE, *base, "--accept-policy-change")
    assert outcome.status == 0
    assert "What overlays say otherwise of what was there\nchanged  overlay  node db" in outcome.out


def test_what_comes_needs_its_lines_and_what_goes_loses_them(sides: Path, lawful: Run) -> None:
    sent = "device till  in FR\ntill -> api.mail.com : email_address\n"
    put(sides, "head", MAILED, OVERLAY + OF_MAIL + sent)
    assert told(lawful, *GATE, "--base", "../base/compose.yaml")["overlays"] == []
    put(sides, "base", MAILED, OVERLAY + OF_MAIL + sent)
    put(sides, "head", COMPOSE, OVERLAY)
    assert told(lawful, *GATE, "--base", "../base/compose.yaml")["overlays"] == []
    put(sides, "head", MAILED, OVERLAY)
    found = told(lawful, *GATE, "--base", "../base/compose.yaml")["overlays"]
    assert [(one["change"], one["name"]) for one in found] == [
        ("removed", "flow till -> api.mail.com"),
        ("removed", "flow web -> api.mail.com"),
        ("removed", "node api.mail.com"),
        ("removed", "node till"),
    ]


def test_the_same_in_other_words_is_the_same(sides: Path, lawful: Run) -> None:
    text = OVERLAY.replace(WEB, '  service web "Our shop"  in FR  extern\n').replace(BUYS, "")
    text = text.replace("  in FR  retention", "  retention").replace("each", f"{BUYS}\neach")
    put(sides, "head", COMPOSE, f"{text}each store 'd*'  in FR\n")
    found = told(lawful, *GATE, "--base", "../base/compose.yaml")
    assert (found["passes"], found["overlays"]) == (True, [])


def test_a_baseline_knows_what_overlays_said(sides: Path, lawful: Run) -> None:
    assert lawful("gate", *GATE, "--write-baseline", "was.json").status == 0
    assert told(lawful, *GATE, "--baseline", "was.json")["passes"]
    put(sides, "head", COMPOSE, OVERLAY.replace(KEEPS, ""))
    [one] = told(lawful, *GATE, "--baseline", "was.json")["overlays"]
    assert (one["before"], one["after"]) == ("in FR; of shop; retention 30 days", "in FR; of shop")


def test_a_text_with_nothing_imported_is_the_system(sides: Path, lawful: Run) -> None:
    more = "web -> db : email_address  for account_management\n"
    text = OVERLAY.replace("  extern", "").replace("each flow", "#") + more
    for side in ("base", "head"):
        (sides / side / "shop.flow").write_text(text, "utf-8")
    head = sides / "head" / "shop.flow"
    head.write_text(head.read_text("utf-8").replace(KEEPS, ""), "utf-8")
    found = told(lawful, "shop.flow", "--base", "../base/shop.flow")
    assert (found["passes"], found["overlays"]) == (True, [])
    assert [said["fact"] for said in found["says"]] == ["kept"]
    said = told(lawful, *GATE, "--base", "../base/shop.flow", "--base-root", "../base")["notices"]
    assert any("what overlays say is not compared" in notice for notice in said)
