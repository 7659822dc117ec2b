"""A change of files of Terraform that hides whom a setting names: undetermined, and never mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_gate_hidden import POLICY

FUNCTION = """\
provider "aws" { region = "eu-west-3" }
resource "aws_lambda_function" "f" {
  environment {
    variables = { %s }
  }
}
"""
OVERLAY = """\
system shop  for policy stays

party shop "The shop"  controller  in FR
subject buyer  is customer  in FR

shop {
  service aws_lambda_function.f  extern
}
buyer -> aws_lambda_function.f : email_address
"""
THERE = "each recipient api.mail.com  in US\n"
MAIL = 'MAIL = "https://api.mail.com"'
VARIABLE = 'variable "m" {}\n'
SENSITIVE = 'variable "m" {\n  default = "https://api.mail.com"\n  sensitive = true\n}\n'


@pytest.fixture
def sides(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a change, with what both sides have beside their files of Terraform."""
    for side in ("base", "head"):
        folder = here / side
        folder.mkdir()
        (folder / "stays.law").write_text(POLICY, "utf-8")
        (folder / "over.flow").write_text(OVERLAY + (THERE if side == "base" else ""), "utf-8")
    monkeypatch.chdir(here / "head")
    return here


def put(sides: Path, base: str, head: str) -> None:
    (sides / "base" / "main.tf").write_text(base, "utf-8")
    (sides / "head" / "main.tf").write_text(head, "utf-8")


GATE = ("gate", "main.tf", "--with", "over.flow")
BASE = ("--base", "../base/main.tf")
HIDING = {
    "a variable": VARIABLE + FUNCTION % "MAIL = var.m",
    "a variable that is sensitive": SENSITIVE + FUNCTION % "MAIL = var.m",
    "under another name": VARIABLE + FUNCTION % "M = var.m, LEVEL = 3",
    "all of it": VARIABLE + FUNCTION.replace("{ %s }", "var.m"),
    "what is looked up": FUNCTION % "MAIL = data.aws_ssm_parameter.m.value"
    + 'data "aws_ssm_parameter" "m" { name = "m" }\n',
    "a module that is not here": FUNCTION % "MAIL = module.m.url"
    + 'module "m" { source = "x/y/z" }\n',
}


@pytest.mark.parametrize("head", HIDING.values(), ids=HIDING)
def test_whom_a_change_hides_is_not_mended(sides: Path, lawful: Run, head: str) -> None:
    put(sides, FUNCTION % MAIL, head)
    result = lawful(*GATE, *BASE)
    assert result.status == 1
    assert "`abroad` was broken, and is undetermined" in result.out
    assert "it is not told who is named" in result.out


def test_a_baseline_knows_whom_a_change_hides(
    sides: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(sides, FUNCTION % MAIL, HIDING["a variable"])
    monkeypatch.chdir(sides / "base")
    assert lawful(*GATE, "--write-baseline", "../known.json").status == 0
    monkeypatch.chdir(sides / "head")
    result = lawful(*GATE, "--baseline", "../known.json")
    assert result.status == 1
    assert "`abroad` was broken, and is undetermined" in result.out


UNKNOWN = "X = var.x"
MENDING = {
    "nothing in its place": (FUNCTION % MAIL, FUNCTION % ""),
    "another address": (FUNCTION % MAIL, FUNCTION % 'MAIL = "http://localhost"'),
    "a value that is known": (
        FUNCTION % MAIL,
        'variable "m" { default = "http://localhost" }\n' + FUNCTION % "MAIL = var.m",
    ),
    "a resource that is here": (
        FUNCTION % MAIL,
        FUNCTION % "MAIL = aws_sqs_queue.q.url" + 'resource "aws_sqs_queue" "q" {}\n',
    ),
    "beside what was unknown before": (FUNCTION % f"{MAIL}, {UNKNOWN}", FUNCTION % UNKNOWN),
}


@pytest.mark.parametrize(("base", "head"), MENDING.values(), ids=MENDING)
def test_what_is_taken_out_is_mended(sides: Path, lawful: Run, base: str, head: str) -> None:
    put(sides, base, head)
    result = lawful(*GATE, *BASE)
    assert "1 mended" in result.out
    assert "undetermined, as" not in result.out


QUEUE = "https://sqs.eu-west-3.amazonaws.com/%s/orders"
OF_QUEUE = "store 'aws:sqs:eu-west-3:orders' extern  in FR\n"


def test_another_account_is_somebody_else(sides: Path, lawful: Run) -> None:
    texts = [FUNCTION % f'Q = "{QUEUE % account}"' for account in ("111122223333", "444455556666")]
    put(sides, *texts)
    for side in ("base", "head"):
        (sides / side / "over.flow").write_text(OVERLAY + OF_QUEUE, "utf-8")
    result = lawful(*GATE, *BASE)
    assert "node aws:sqs:eu-west-3:orders of account ~" in result.out
    assert "444455556666" not in result.out
    put(sides, texts[0], texts[0])
    assert "account" not in lawful(*GATE, *BASE).out


def test_what_a_mapping_names_is_hidden_where_it_flows_from(sides: Path, lawful: Run) -> None:
    mapping = (
        'resource "aws_lambda_event_source_mapping" "m" {\n  event_source_arn = %s\n'
        "  function_name = aws_lambda_function.f.arn\n}\n"
    )
    stream = '"arn:aws:kinesis:us-east-1:111122223333:stream/clicks"'
    put(sides, FUNCTION % "" + mapping % stream, VARIABLE + FUNCTION % "" + mapping % "var.m")
    out = lawful(*GATE, *BASE).out
    hidden = "aws_lambda_event_source_mapping.m.event_source_arn"
    assert f"flow {hidden} -> aws_lambda_function.f: comes" in " ".join(out.split())


def test_what_goes_into_a_module_that_is_not_here_is_not_gone(sides: Path, lawful: Run) -> None:
    there = FUNCTION % "Q = aws_sqs_queue.q.url" + 'resource "aws_sqs_queue" "q" {}\n'
    module = 'module "q" { source = "x/y/z" }\n'
    put(sides, there, FUNCTION % "" + module)
    out = " ".join(lawful(*GATE, *BASE).out.split())
    assert "node aws_sqs_queue.q: goes" not in out
    assert "node module.q: comes" in out
    put(sides, there + module, FUNCTION % "" + module)
    assert "node aws_sqs_queue.q: goes" in " ".join(lawful(*GATE, *BASE).out.split())


def test_of_two_roots_each_has_its_own_settings(sides: Path, lawful: Run) -> None:
    for side, text in (("base", FUNCTION % MAIL), ("head", HIDING["a variable"])):
        for root, said in (("a", text), ("b", FUNCTION % MAIL)):
            (sides / side / root).mkdir()
            (sides / side / root / "main.tf").write_text(said, "utf-8")
        over = sides / side / "over.flow"
        over.write_text(OVERLAY.replace("aws_lambda_function.f", "'a/aws_lambda_function.f'"))
    files = ("a/main.tf", "--with", "b/main.tf", "--with", "over.flow")
    result = lawful("gate", *files, "--base", "../base/a/main.tf")
    hidden = "a/aws_lambda_function.f.environment.variables.MAIL"
    assert f"flow a/aws_lambda_function.f -> {hidden}: comes" in " ".join(result.out.split())


OF_RIGHTS = """\
system shop  for policy stays
party shop "The shop"  controller  in FR
subject buyer  is customer  in FR
shop {
  store aws_s3_bucket.b  extern
}
buyer -> aws_s3_bucket.b : email_address
"""
RIGHT = """\
provider "aws" {
  region              = "eu-west-3"
  allowed_account_ids = ["111111111111"]
}
resource "aws_s3_bucket" "b" { bucket = "docs" }
resource "aws_s3_bucket_policy" "p" {
  bucket = %s
  policy = jsonencode({ Statement = [{
    Effect = "Allow", Principal = { AWS = "222222222222" }, Action = "s3:GetObject", Resource = "*" }] })
}
"""


@pytest.mark.parametrize("baseline", [True, False])
def test_whose_a_right_is_that_is_hidden_is_not_mended(
    sides: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch, baseline: bool
) -> None:
    put(sides, RIGHT % "aws_s3_bucket.b.id", VARIABLE + RIGHT % "var.m")
    shared = "recipient 'aws_s3_bucket.b shared'  in US\n"
    (sides / "base" / "over.flow").write_text(OF_RIGHTS + shared, "utf-8")
    (sides / "head" / "over.flow").write_text(OF_RIGHTS, "utf-8")
    monkeypatch.chdir(sides / "base")
    assert lawful(*GATE, "--write-baseline", "../known.json").status == 0
    monkeypatch.chdir(sides / "head")
    result = lawful(*GATE, *(("--baseline", "../known.json") if baseline else BASE))
    assert result.status == 1
    assert "it is not told who is named" in result.out
    assert "flow aws_s3_bucket.b -> aws_s3_bucket_policy.p.bucket: comes" in result.out
