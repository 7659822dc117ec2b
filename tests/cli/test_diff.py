"""`lawful diff`: two versions of a policy, and what changes on a system."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def versions(shop: Path) -> Path:
    """The starter's policy with a version a year before, whose cards went to development, too."""
    text = (shop / "our_policy.law").read_text("utf-8")
    assert "severity critical" in text
    earlier = text.replace("effective 2025-01-01", "effective 2024-01-01")
    earlier = earlier.replace("contract_term + 6 months", "contract_term + 30 days").replace(
        "| hosting_provider | all_data except card_number ",
        "| hosting_provider | all_data except card_number, card_last_four ",
    )
    (shop / "earlier.law").write_text(earlier, "utf-8")
    return shop


def test_what_changed_word_by_word(lawful: Run, versions: Path) -> None:
    outcome = lawful("diff", "our_policy@2024-06-01", "our_policy@2025-06-01")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        "our_policy@2024-01-01 -> our_policy@2025-01-01: 2 changed; 6 statements alike\n"
        "\n"
        "changed  permit  recipients (row 1)  P-2\n"
        "  | hosting_provider | all_data except [-card_number, card_last_four-]\n"
        "  {+card_number+} | hosting | EU …\n"
        "\n"
        "changed  rule  how_long  P-7\n"
        "  … at most contract_term + [-30 days-] {+6 months+} clause P-7\n"
    )


def test_on_a_system(lawful: Run, versions: Path) -> None:
    outcome = lawful("diff", "our_policy@2025-06-01", "our_policy@2024-06-01", "our_system.flow")
    assert outcome.status == 0
    assert "our_system: 1 finding comes, 0 go\n  recipients: kept -> broken\n" in outcome.out
    assert "comes: broken  high  our_policy  recipients" in outcome.out
    back = lawful("diff", "our_policy@2024-06-01", "our_policy", "our_system.flow")
    assert "our_system: 0 findings come, 1 goes\n  recipients: broken -> kept\n" in back.out
    assert "goes: broken  recipients  customers on cloud_house: card_last_four of buyer" in back.out


def test_as_json(lawful: Run, versions: Path) -> None:
    said = lawful("diff", "earlier.law", "our_policy.law", "our_system.flow", "--format", "json")
    found = json.loads(said.out)
    assert found["before"] == {"policy": "our_policy", "effective": "2024-01-01"}
    assert [each["name"] for each in found["differences"]] == ["recipients (row 1)", "how_long"]
    [system] = found["systems"]
    assert [each["rule"] for each in system["goes"]] == ["recipients"]


def test_a_policy_and_itself(lawful: Run, shop: Path) -> None:
    outcome = lawful("diff", "our_policy", "our_policy.law")
    assert outcome.out == (
        "our_policy@2025-01-01 -> our_policy@2025-01-01: nothing changed; 8 statements\nalike\n"
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("our_policy@2020-01-01", "no version of `our_policy` is in effect on 2020-01-01"),
        ("our_policy@soon", "`soon` in `our_policy@soon` is not a date such as 2024-04-08"),
        ("our_polcy", "did you mean `our_policy`?"),
        ("common", "`common` is a vocabulary, and has no rules to compare"),
    ],
)
def test_a_policy_that_is_none(lawful: Run, shop: Path, said: str, message: str) -> None:
    outcome = lawful("diff", said, "our_policy")
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
