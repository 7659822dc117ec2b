"""Where each fact of an import comes from, and whether it was declared, derived or is unknown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.cli import main
from tests.importers.plans import block, change, plan

QUEUE, FUNCTION = "aws_sqs_queue.q", "aws_lambda_function.f"
MAPPING = "aws_lambda_event_source_mapping.m"
PLAN = plan(
    change(QUEUE, {"sqs_managed_sse_enabled": True, "region": "eu-west-1"}),
    change(FUNCTION),
    change(MAPPING),
    root=[
        block(MAPPING, event_source_arn=f"{QUEUE}.arn", function_name=f"{FUNCTION}.arn"),
        block(FUNCTION),
    ],
)


@pytest.fixture
def facts(tmp_path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The facts of a plan, by what they are of and what they are called."""
    (tmp_path / "plan.json").write_text(json.dumps(PLAN))
    lines = tmp_path / "facts.jsonl"
    files = [str(tmp_path / "plan.json"), "-o", str(tmp_path / "shop.flow")]
    assert main(["import", *files, "--provenance", str(lines)]) == 0
    found = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    return {(fact["of"], fact["fact"]): fact for fact in found}


def test_what_the_file_says_is_declared(facts: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert facts[QUEUE, "is"]["how"] == facts[QUEUE, "in"]["how"] == "declared"
    assert facts[QUEUE, "in"]["says"] == "in IE"
    assert facts[QUEUE, "using"]["says"] == "using encryption_at_rest ..."
    assert facts[QUEUE, "is"]["at"].endswith("plan.json#/resource_changes/0/change/after")


def test_what_is_worked_out_is_derived(facts: dict[tuple[str, str], dict[str, Any]]) -> None:
    place = facts[FUNCTION, "in"]
    assert (place["how"], place["by"]) == ("derived", "the region of its provider")
    flow = facts[f"{QUEUE} -> {FUNCTION}", "is"]
    assert (flow["how"], flow["by"]) == ("derived", "what its setting names")
    assert "/resource_changes/2/" in flow["at"]


def test_what_the_file_does_not_say_is_unknown(
    facts: dict[tuple[str, str], dict[str, Any]],
) -> None:
    unknown = {key for key, fact in facts.items() if fact["how"] == "unknown"}
    assert {(QUEUE, "holds"), (QUEUE, "owner"), (FUNCTION, "using")} <= unknown
    assert {(f"{QUEUE} -> {FUNCTION}", word) for word in (":", "for")} <= unknown
    assert (QUEUE, "using") not in unknown
    assert all("says" not in facts[key] for key in unknown)


def test_it_is_not_written_over_the_system(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(PLAN))
    shop = str(tmp_path / "shop.flow")
    files = [str(tmp_path / "plan.json"), "-o", shop, "--provenance", shop]
    assert main(["import", *files]) == 2
    assert "written twice, by --output and by --provenance" in capsys.readouterr().err
    assert not Path(shop).exists()
