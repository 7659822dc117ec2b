"""The machines of Callbridge: the plan keeps what is asked of it, and the change breaks three things."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.cli import main

HERE = Path("flows/callbridge/infrastructure")
#: What the change comes to, by rule: the verdict, where, of which data, over which nodes, and the clause.
EXPECTED = {
    "where_hosted": (
        "broken",
        "aws_db_instance.accounts_replica",
        {"email_address", "username"},
        ["aws_lb.web", "aws_ecs_service.web_app", "aws_db_instance.accounts"],
        ["CB-SUB-02"],
    ),
    "cards_in_development": (
        "broken",
        "aws_cloudwatch_log_group.payments -> aws:logs:us-east-1:destination:development-logs"
        " of account ~8aeee1",
        {"card_number"},
        ["aws_lb.web", "aws_ecs_service.payments", "aws_cloudwatch_log_group.payments"],
        ["CB-SUB-12"],
    ),
    "encrypted": (
        "undetermined",
        "aws_s3_bucket.exports",
        {"conference_cdr"},
        [
            "aws_lb.web",
            "aws_ecs_service.web_app",
            "aws_sqs_queue.call_events",
            "aws_lambda_function.rating",
        ],
        ["CB-SEC-02"],
    ),
}


@pytest.fixture
def told(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """What the gate says of the change."""
    monkeypatch.chdir(root)
    files = ["--with", str(HERE / "overlay.flow"), "--with", str(HERE / "change.flow")]
    assert main(["gate", str(HERE / "change.json"), *files, "--format", "json"]) == 1
    return json.loads(capsys.readouterr().out)


def test_the_plan_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    plan = HERE / "plan.json"
    assert len(json.loads(plan.read_text("utf-8"))["resource_changes"]) == 60
    assert main(["check", str(plan), "--with", str(HERE / "overlay.flow")]) == 0
    assert capsys.readouterr().out.startswith("kept: callbridge_infrastructure")


def test_the_gate_names_these_causes_and_no_other(told: Any) -> None:
    assert len(told["causes"]) == 3
    assert {cause["rule"] for cause in told["causes"]} == EXPECTED.keys()
    assert not told["mended"]


@pytest.mark.parametrize("rule", EXPECTED)
def test_each_with_witness_and_clause(told: Any, rule: str) -> None:
    verdict, carrier, data, nodes, clauses = EXPECTED[rule]
    found = [new["finding"] for new in told["new"] if new["finding"]["rule"] == rule]
    assert {finding["data"]["category"] for finding in found} == data
    for finding in found:
        assert (finding["verdict"], finding["event"]["carrier"]["id"]) == (verdict, carrier)
        assert [step["source"] for step in finding["witness"]][1:] == nodes
        assert finding["clauses"] == clauses


def test_what_mends_it(told: Any) -> None:
    by_rule = {new["finding"]["rule"]: new["finding"] for new in told["new"]}
    logs, exports, replica = (
        by_rule[rule] for rule in ("cards_in_development", "encrypted", "where_hosted")
    )
    assert logs["repair"]["changes"][0]["action"] == "masking"
    assert replica["repair"]["changes"][0]["action"] == "drop"
    assert [fact["of"] for fact in exports["missing"]] == ["aws_s3_bucket.exports"]
