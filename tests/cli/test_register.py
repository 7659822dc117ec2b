"""`lawful register`: the three parts, in the three forms."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.conftest import Run


def test_the_whole_as_markdown(lawful: Run, shop: Path) -> None:
    outcome = lawful("register", ".")
    assert (outcome.status, outcome.err) == (0, "")
    assert [line for line in outcome.out.split("\n") if line.startswith("#")] == [
        "# What our_system does with personal data",
        "## Processing, purpose by purpose (Article 30(1) GDPR)",
        "## Recipients, processors first (Article 30(1)(d) and 30(2) GDPR)",
        "## Beside the register of the policy",
    ]
    row = next(line for line in outcome.out.split("\n") if line.startswith("| promotional_email"))
    cells = [cell.strip() for cell in row.split("|")[1:-1]]
    assert cells[:5] == ["promotional_email", "consent", "customer", "email_address", "buyer"]


def test_a_row_that_nothing_uses_is_named(lawful: Run, shop: Path) -> None:
    system = shop / "our_system.flow"
    lines = [line for line in system.read_text().split("\n") if "-> card_house" not in line]
    system.write_text("\n".join(lines))
    outcome = lawful("register", ".", "--only", "comparison")
    assert "Rows that no flow uses:\n\n- recipients, row 2: | card_processor |" in outcome.out


def test_a_flow_without_a_row_is_named(lawful: Run, broken: Path) -> None:
    outcome = lawful("register", ".", "--only", "comparison")
    assert outcome.status == 0
    assert "- `customers on cloud_house`: broken under recipients" in outcome.out


def test_one_part_as_csv(lawful: Run, shop: Path) -> None:
    outcome = lawful("register", ".", "--only", "recipients", "--format", "csv", "-o", "r.csv")
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    with (shop / "r.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["party"], row["roles"], row["places"]) for row in rows] == [
        ("card_house", "processor", "IE"),
        ("cloud_house", "processor", "DE"),
    ]


def test_json_has_the_parts_that_are_wanted(lawful: Run, shop: Path) -> None:
    [everything] = json.loads(lawful("register", ".", "--format", "json").out)["registers"]
    assert {"activities", "recipients", "rows", "unlisted"} <= everything.keys()
    only = lawful("register", ".", "--format", "json", "--only", "processing").out
    [part] = json.loads(only)["registers"]
    assert "activities" in part
    assert not {"recipients", "rows", "unlisted"} & part.keys()


def test_a_csv_has_one_part(lawful: Run, shop: Path) -> None:
    outcome = lawful("register", ".", "--format", "csv")
    assert (outcome.status, outcome.out) == (2, "")
    assert "a CSV text has one table: say which with --only" in outcome.err


def test_a_flow_that_another_rule_forbids_is_no_flow_that_is_in_order(
    lawful: Run, root: Path
) -> None:
    path = root / "flows" / "callbridge" / "broken" / "card-number-through-log-pipeline.flow"
    out = lawful("register", path, "--only", "comparison").out
    assert "- `log_shipper -> dev_tickets`: broken under secrets_at_development" in out
    assert "no rule forbids one" not in out
