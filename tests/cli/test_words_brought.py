"""Files that bring words with them, which are checked as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MODEL = {
    "nodes": [
        {"unique-id": "shop", "node-type": "service", "name": "Shop", "description": ""},
        {
            "unique-id": "orders",
            "node-type": "database",
            "name": "Orders",
            "description": "",
            "data-classification": "Confidential",
        },
    ],
    "relationships": [
        {
            "unique-id": "shop-orders",
            "description": "",
            "relationship-type": {
                "connects": {"source": {"node": "shop"}, "destination": {"node": "orders"}}
            },
        }
    ],
}
POLICY = """\
policy till
  effective 2026-01-01

use common

forbid none_abroad: storage of personal_data in US
"""
#: Where its data lie, and what more is there; the words are those that the model brings.
OVERLAY = """\
system till for policy till

store orders in US
service shop
subject customer in FR
customer -> shop : 'classified Confidential', contact_data
shop -> orders : 'classified Confidential', contact_data
"""
WITH = ("model.calm.json", "--with", "till.flow")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("model.calm.json").write_text(json.dumps(MODEL), "utf-8")
    Path("till.law").write_text(POLICY, "utf-8")
    Path("till.flow").write_text(OVERLAY, "utf-8")


@pytest.mark.parametrize("policy", [(), ("--policy", "till"), ("--policy", "till.law")])
def test_its_words_are_known_where_the_policy_is_called_as_the_system(
    policy: tuple[str, ...], lawful: Run
) -> None:
    outcome = lawful("check", *WITH, *policy)
    assert "not known" not in outcome.err
    assert outcome.status == 1
    assert "none_abroad" in outcome.out


@pytest.mark.parametrize(
    "command",
    [
        ("annotate", *WITH),
        ("check", *WITH, "--format", "sarif"),
        ("draw", *WITH, "-o", "till.svg"),
        ("explain", "none_abroad", *WITH),
        ("gate", *WITH, "--base", "model.calm.json"),
        ("register", *WITH),
        ("trace", "contact_data", *WITH),
    ],
    ids=lambda command: command[0],
)
def test_every_command_knows_them(command: tuple[str, ...], lawful: Run) -> None:
    outcome = lawful(*command)
    assert "words of" not in outcome.out + outcome.err
    assert outcome.status in (0, 1), outcome.err


def test_it_needs_nothing_beside_it_but_a_policy(lawful: Run) -> None:
    outcome = lawful("check", "model.calm.json", "--policy", "till")
    assert "not known" not in outcome.err
    assert "undetermined" in outcome.out


def test_rules_are_imported_first(lawful: Run) -> None:
    rules = {
        "policy": [
            {
                "fides_key": "p",
                "rules": [
                    {
                        "name": "r",
                        "data_categories": {"matches": "ANY", "values": ["user.contact"]},
                        "data_uses": {"matches": "ANY", "values": ["marketing"]},
                        "data_subjects": {"matches": "ANY", "values": ["customer"]},
                    }
                ],
            }
        ],
        "system": [{"fides_key": "s", "name": "S", "system_type": "Service"}],
    }
    Path("fides.json").write_text(json.dumps(rules), "utf-8")
    outcome = lawful("check", "fides.json", "--policy", "till")
    assert outcome.status == 2
    assert "`fides.json` has rules of its own" in outcome.err
    assert "lawful import fides.json" in outcome.err
