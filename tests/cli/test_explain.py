"""`lawful explain`: rules, findings, words."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def fingerprints(lawful: Run) -> list[str]:
    report = json.loads(lawful("check", ".", "--format", "json").out)
    return [finding["fingerprint"] for finding in report["reports"][0]["findings"]]


def test_a_rule(lawful: Run, shop: Path) -> None:
    outcome = lawful("explain", "recipients")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        "recipients: a rule of our_policy\n"
        "  says (en)  Data goes only to those recipients, for those purposes and in those\n"
        "             places that the table names.\n"
        "  severity   high\n"
        "  clauses    P-1\n"
        "  document   Our privacy policy: Who receives your data\n"
        "  where      our_policy.law:11\n"
        "\n"
        "  closed recipients: disclosure of all_data  clause P-1\n"
        "    severity high\n"
        '    cite "Who receives your data"\n'
        '    because en "Data goes only to those recipients, for those purposes and in those'
        ' places that the table names."\n'
        "    | to               | of                                           | for             "
        "| in | clause |\n"
        "    | hosting_provider | all_data except card_number                  | hosting         "
        "| EU | P-2    |\n"
        "    | card_processor   | card_number, card_expiry, card_security_code | card_processing "
        "| EU | P-3    |\n"
    )


def test_a_rule_on_a_system(lawful: Run, broken: Path) -> None:
    outcome = lawful("explain", "cards_in_development", ".")
    assert outcome.status == 0
    assert "cards_in_development  broken        3  P-4" in outcome.out
    assert "customers -> test_copy" in outcome.out


def test_a_rule_that_is_kept_on_a_system(lawful: Run, shop: Path) -> None:
    outcome = lawful("explain", "cards_in_development", ".")
    assert outcome.status == 0
    assert "cards_in_development  kept          3  P-4" in outcome.out


def test_a_finding(lawful: Run, broken: Path) -> None:
    for fingerprint in fingerprints(lawful):
        whole = lawful("explain", fingerprint, ".")
        begun = lawful("explain", fingerprint[:6], ".")
        assert whole.status == 0
        assert whole.out == begun.out
        assert f"  id       {fingerprint}\n" in whole.out
        assert "  facts    " in whole.out
        assert "  path     " in whole.out


def test_a_finding_without_its_system(lawful: Run, broken: Path) -> None:
    fingerprint = fingerprints(lawful)[0]
    outcome = lawful("explain", fingerprint)
    assert (outcome.status, outcome.out) == (2, "")
    assert f"name the system: lawful explain {fingerprint} SYSTEM" in outcome.err


def test_a_finding_that_is_none(lawful: Run, broken: Path) -> None:
    outcome = lawful("explain", "0123456789abcdef", ".")
    assert (outcome.status, outcome.out) == (2, "")
    assert "no finding of `.` has an id that begins so" in outcome.err


def test_a_word(lawful: Run, here: Path) -> None:
    outcome = lawful("explain", "card_last_four")
    assert outcome.status == 0
    assert outcome.out.startswith(
        "card_last_four: a data category\n  label (en) Last four digits of a card number\n"
    )
    assert "  made       from card_number by masking\n" in outcome.out


def test_what_is_nothing(lawful: Run, shop: Path) -> None:
    for arguments in (["explain", "recipient"], ["explain", "recipient", "."]):
        outcome = lawful(*arguments)
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err.startswith("error: there is no rule, finding or word `recipient`\n")
        assert "did you mean `recipients`?" in outcome.err


def test_the_node_of_unknown_data(lawful: Run, shop: Path) -> None:
    system = shop / "our_system.flow"
    text = system.read_text().replace(
        "  service orders ", "  service attic  development\n  service orders "
    )
    system.write_text(text + "\nattic -> test_copy\n")
    outcome = lawful("explain", "unknown-data", ".")
    assert outcome.status == 0
    assert "holds of attic: unknown" in outcome.out


def test_the_attributes_of_a_category(lawful: Run, shop: Path) -> None:
    words = "vocabulary words\n\nattribute risk of data: yes_no\n\ndata\n  scan  risk = yes\n  iris is scan\n"
    Path("words.law").write_text(words, "utf-8")
    assert "attribute  risk = yes\n" in lawful("explain", "scan", "--policy", "words.law").out
    outcome = lawful("explain", "iris", "--policy", "words.law")
    assert "attribute  risk = yes, as what it is\n" in outcome.out


def test_a_definition(lawful: Run, shop: Path) -> None:
    policy = shop / "our_policy.law"
    lines = '\ndefine young_buyer "Child" as data_subject when age < 16  clause P-9\n'
    policy.write_text(policy.read_text("utf-8") + lines, "utf-8")
    outcome = lawful("explain", "young_buyer")
    assert (outcome.status, outcome.err) == (0, "")
    line = policy.read_text("utf-8").count("\n")
    assert outcome.out == (
        "young_buyer: a definition of our_policy\n"
        "  label      Child\n"
        "  clauses    P-9\n"
        f"  where      our_policy.law:{line}\n"
        "\n"
        '  define young_buyer "Child" as data_subject when age < 16  clause P-9\n'
    )
    assert "did you mean `young_buyer`?" in lawful("explain", "yung_buyer").err
