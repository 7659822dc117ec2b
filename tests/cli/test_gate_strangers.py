"""Who comes to those with whom something is shared: somebody else, of whom nothing is told, and never as before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_gate_hidden import POLICY
from tests.importers.plans import block, change, plan

SHARED = """\
provider "aws" { allowed_account_ids = ["111111111111"] }
resource "aws_s3_bucket" "b" { bucket = "b" }
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Statement = [{
    Effect = "Allow", Principal = { AWS = [%s] }, Action = "s3:GetObject", Resource = "*" }] })
}
"""
OVERLAY = """\
system shop  for policy stays

party shop "The shop"  controller  in FR
subject buyer  is customer  in FR

shop {
  store aws_s3_bucket.b  extern  in FR
}
buyer -> aws_s3_bucket.b : email_address
"""
ONE, TWO, THREE = '"222222222222"', '"333333333333"', '"444444444444"'
#: Of whom a digest tells that they are another.
SECOND, THIRD = "account ~5080b6", "account ~6b6712"
GATE = ("gate", "main.tf", "--with", "over.flow")


@pytest.fixture
def sides(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a change; both sides say the same beside their files."""
    for side in ("base", "head"):
        folder = here / side
        folder.mkdir()
        (folder / "stays.law").write_text(POLICY, "utf-8")
        (folder / "over.flow").write_text(OVERLAY, "utf-8")
    monkeypatch.chdir(here / "head")
    return here


def put(side: Path, *who: str) -> None:
    (side / "main.tf").write_text(SHARED % ", ".join(who), "utf-8")


@pytest.fixture(params=["--base", "--baseline"])
def compared(request: pytest.FixtureRequest, sides: Path, lawful: Run) -> tuple[str, str]:
    """What is shared with one account, and how that is compared with."""
    put(sides / "base", ONE)
    put(sides / "head", ONE)
    if request.param == "--base":
        return "--base", "../base/main.tf"
    assert lawful(*GATE, "--write-baseline", "../known.json").status == 0
    assert "222222222222" not in (sides / "known.json").read_text("utf-8")
    return "--baseline", "../known.json"


def test_who_comes_to_others_does_not_pass(
    sides: Path, lawful: Run, compared: tuple[str, str]
) -> None:
    same = lawful(*GATE, *compared)
    assert (same.status, "shared of" in same.out) == (0, False)
    put(sides / "head", ONE, TWO, THREE)
    result = lawful(*GATE, *compared)
    out = " ".join(result.out.split())
    assert result.status == 1
    assert "undetermined, as it is not told who is named: 2" in out
    for who in (SECOND, THIRD):
        assert f"node aws_s3_bucket.b shared of {who}: comes" in out
    put(sides / "head", TWO)
    replaced = lawful(*GATE, *compared)
    assert replaced.status == 1
    assert "1 newly undetermined, 1 mended" in " ".join(replaced.out.split())
    assert "333333333333" not in replaced.out


def test_who_comes_may_be_told(sides: Path, lawful: Run, compared: tuple[str, str]) -> None:
    put(sides / "head", ONE, TWO)
    with Path("over.flow").open("a", encoding="utf-8") as file:
        file.write(f"recipient 'aws_s3_bucket.b shared of {SECOND}'  in FR  extern\n")
    assert lawful(*GATE, *compared).status == 0
    put(sides / "head", ONE, TWO, THREE)  # nobody else hides behind them
    result = lawful(*GATE, *compared)
    assert result.status == 1
    assert f"shared of {THIRD}: comes" in " ".join(result.out.split())


def test_an_old_baseline_does_not_know_who_was_there(sides: Path, lawful: Run) -> None:
    put(sides / "head", ONE)
    assert lawful(*GATE, "--write-baseline", "../known.json").status == 0
    known = json.loads(Path("../known.json").read_text("utf-8"))
    del known["record"]["accounts"]
    Path("../known.json").write_text(json.dumps(known), "utf-8")
    put(sides / "head", ONE, TWO)
    result = lawful(*GATE, "--baseline", "../known.json")
    assert "who comes to those with whom something is shared" in " ".join(result.out.split())
    put(sides / "head")
    assert "who comes to those" not in lawful(*GATE, "--baseline", "../known.json").out


def shared_by_plan(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """A plan of the same bucket."""
    statements = [
        json.dumps(
            {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": [json.loads(each) for each in who]},
                        "Action": "s3:GetObject",
                        "Resource": "*",
                    }
                ]
            }
        )
        for who in (before, after)
    ]
    bucket = {"bucket": "b", "arn": "arn:aws:s3:::b"}
    logs = {"name": "l", "arn": "arn:aws:logs:eu-west-3:111111111111:log-group:l"}
    was, now = ({"bucket": "b", "policy": policy} for policy in statements)
    return json.dumps(
        plan(
            change("aws_s3_bucket.b", bucket, before=bucket, actions=["no-op"]),
            change("aws_cloudwatch_log_group.l", logs, before=logs, actions=["no-op"]),
            change("aws_s3_bucket_policy.b", now, before=was, actions=["update"]),
            root=[block("aws_s3_bucket_policy.b", bucket="aws_s3_bucket.b.id")],
        )
    )


def test_who_came_by_one_plan_is_the_same_in_the_next(sides: Path, lawful: Run) -> None:
    gate = ("gate", "plan.json", "--with", "over.flow")
    Path("plan.json").write_text(shared_by_plan((ONE,), (ONE, TWO)), "utf-8")
    assert lawful(*gate).status == 1
    assert lawful(*gate, "--write-baseline", "../known.json").status == 0
    Path("plan.json").write_text(shared_by_plan((ONE, TWO), (ONE, TWO)), "utf-8")
    passes = "passes: shop: 0 newly broken, 0 newly undetermined, 0 mended, 2 as before"
    assert lawful(*gate, "--baseline", "../known.json").out.startswith(passes)
    Path("plan.json").write_text(shared_by_plan((ONE, TWO), (ONE, TWO, THREE)), "utf-8")
    result = lawful(*gate, "--baseline", "../known.json")
    assert (result.status, f"shared of {THIRD}: comes" in " ".join(result.out.split())) == (1, True)


def test_a_plan_is_compared_with_another_one(sides: Path, lawful: Run) -> None:
    """Who was there before the second plan was not there after the first one."""
    gate = ("gate", "plan.json", "--with", "over.flow", "--base", "../base/plan.json")
    (sides / "base" / "plan.json").write_text(shared_by_plan((ONE,), (ONE,)), "utf-8")
    Path("plan.json").write_text(shared_by_plan((ONE, TWO), (ONE, TWO)), "utf-8")
    result = lawful(*gate)
    assert (result.status, f"shared of {SECOND}: comes" in " ".join(result.out.split())) == (
        1,
        True,
    )
