"""What a change of Terraform hides is there still, by somebody who is not known: any value that made something flow."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from lawful.importers import Imported
from lawful.importers._since import before, since
from lawful_dsl import syntax as s
from tests.importers.imported import told, written
from tests.importers.plans import block, change, flows, flows_of, imported, plan

OURS = 'provider "aws" { allowed_account_ids = ["111111111111"] }\nvariable "h" {}\n'
BUCKET = 'resource "aws_s3_bucket" "b" { bucket = "docs" }\n'
POLICY = """
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Statement = [{
    Effect = "Allow", Principal = { AWS = "222222222222" }, Action = "s3:GetObject", Resource = "*" }] })
}
"""
FUNCTION = """
resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = { MAIL_HOST = "smtp.partner.com" }
  }
}
"""
CALLED = """
resource "aws_lambda_permission" "p" {
  function_name = aws_lambda_function.f.function_name
  principal     = "*"
  action        = "lambda:InvokeFunction"
}
"""
DOCUMENT = """
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["222222222222"]
    }
  }
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = data.aws_iam_policy_document.d.json
}
"""
BASE = 'resource "aws_db_instance" "d" { publicly_accessible = true }\n'
MACHINE = """
resource "aws_security_group" "g" {
  ingress { cidr_blocks = ["0.0.0.0/0"] }
}
resource "aws_instance" "i" {
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.g.id]
}
"""
PARAMETER = 'resource "aws_ssm_parameter" "m" { value = %s }\n'
TASK = """
resource "aws_ecs_service" "s" { task_definition = aws_ecs_task_definition.t.arn }
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{ name = "web", %s }])
}
"""
SHARED = "aws_s3_bucket.b -> aws_s3_bucket.b shared"
MAIL = "aws_lambda_function.f -> smtp.partner.com"
#: The files before, what of them is another text now, the flow that is told no more, and who may be an end of it.
HIDDEN: dict[str, tuple[str, str, str, str, str]] = {
    "whose a policy is": (
        BUCKET + POLICY,
        "aws_s3_bucket.b.id",
        "var.h",
        SHARED,
        "aws_s3_bucket.b -> aws_s3_bucket_policy.b.bucket",
    ),
    "what a bucket that is named so is called": (
        BUCKET + POLICY.replace("aws_s3_bucket.b.id", '"docs"'),
        '{ bucket = "docs" }',
        "{ bucket = var.h }",
        SHARED,
        "aws_s3_bucket.b -> aws_s3_bucket.b.bucket",
    ),
    "who is named in a document": (
        BUCKET + DOCUMENT,
        '["222222222222"]',
        "[var.h]",
        SHARED,
        "aws_s3_bucket.b -> data.aws_iam_policy_document.d.statement.principals.identifiers",
    ),
    "a policy in a file": (
        BUCKET + POLICY,
        POLICY[POLICY.index("jsonencode") : -3],
        'file("policy.json")',
        SHARED,
        "aws_s3_bucket.b -> aws_s3_bucket_policy.b.policy",
    ),
    "a policy under another name, of who knows what": (
        BUCKET + POLICY,
        'policy" "b" {\n  bucket = aws_s3_bucket.b.id',
        'policy" "c" {\n  bucket = var.h',
        SHARED,
        "aws_s3_bucket.b -> aws_s3_bucket_policy.c.bucket",
    ),
    "a policy in a module that is not here": (
        BUCKET + POLICY,
        POLICY,
        'module "p" { source = "x/y/z" }',
        SHARED,
        "aws_s3_bucket.b -> module.p",
    ),
    "whose a right to call is": (
        FUNCTION + CALLED,
        "aws_lambda_function.f.function_name",
        "var.h",
        "internet -> aws_lambda_function.f",
        "aws_lambda_permission.p.function_name -> aws_lambda_function.f",
    ),
    "whether anyone may come": (
        BASE,
        "true",
        "var.h",
        "internet -> aws_db_instance.d",
        "aws_db_instance.d.publicly_accessible -> aws_db_instance.d",
    ),
    "from where one may come": (
        MACHINE,
        '["0.0.0.0/0"]',
        "var.h",
        "internet -> aws_instance.i",
        "aws_security_group.g.ingress.cidr_blocks -> aws_instance.i",
    ),
    "a host under a key that is called after nothing": (
        FUNCTION,
        "MAIL_HOST",
        "MAIL",
        MAIL,
        "aws_lambda_function.f -> aws_lambda_function.f.environment",
    ),
    "a host in what is kept for those who know of it": (
        FUNCTION + PARAMETER % '"nobody"',
        FUNCTION + PARAMETER % '"nobody"',
        FUNCTION.replace('MAIL_HOST = "smtp.partner.com"', "MAIL = aws_ssm_parameter.m.name")
        + PARAMETER % "var.h",
        MAIL,
        "aws_lambda_function.f -> aws_lambda_function.f.environment.variables.MAIL",
    ),
    "a host that stands in what is kept for those who know of it": (
        FUNCTION,
        FUNCTION,
        FUNCTION.replace('MAIL_HOST = "smtp.partner.com"', "") + PARAMETER % '"smtp.partner.com"',
        MAIL,
        "aws_lambda_function.f -> aws_ssm_parameter.m.value",
    ),
    "where a value is kept": (
        FUNCTION,
        'MAIL_HOST = "smtp.partner.com"',
        'MAIL = "arn:aws:secretsmanager:eu-west-3:111111111111:secret:mail"',
        MAIL,
        "aws_lambda_function.f -> aws_lambda_function.f.environment.variables.MAIL",
    ),
    "a value of a container that is kept elsewhere": (
        TASK % 'environment = [{ name = "MAIL_HOST", value = "smtp.partner.com" }]',
        'environment = [{ name = "MAIL_HOST", value = "smtp.partner.com" }]',
        'secrets = [{ name = "MAIL_HOST", valueFrom = "/shop/mail" }]',
        "aws_ecs_service.s -> smtp.partner.com",
        "aws_ecs_service.s -> aws_ecs_task_definition.t.container_definitions.secrets.valueFrom",
    ),
    "what is looked up by a name that is not known": (
        BUCKET + POLICY,
        POLICY,
        POLICY.replace("aws_s3_bucket.b.id", "data.aws_s3_bucket.d.id")
        + 'data "aws_s3_bucket" "d" { bucket = var.h }',
        SHARED,
        "aws_s3_bucket.b -> aws_s3_bucket_policy.b.bucket",
    ),
    "a variable in a block that is made in a loop": (
        FUNCTION,
        'environment {\n    variables = { MAIL_HOST = "smtp.partner.com" }\n  }',
        'dynamic "environment" {\n    for_each = var.h\n    content { variables = environment.value }\n  }',
        MAIL,
        "aws_lambda_function.f -> aws_lambda_function.f.environment.variables",
    ),
}


def of(folder: Path, text: str) -> Imported:
    return told("terraform_hcl", *written(folder, {"main.tf": OURS + text})).imported


def unknown(found: Imported) -> set[str]:
    """The flows of those of whom it is not known who they are."""
    nodes = [each for each in found.flows.statements if isinstance(each, s.NodeDecl)]
    later = {each.id.text for each in nodes if "known_later" in str(each.props)}
    return {flow for flow in flows_of(found) if later & {*flow.split(" -> ")}}


@pytest.mark.parametrize(
    ("was", "out", "put", "gone", "somebody"), HIDDEN.values(), ids=HIDDEN.keys()
)
def test_what_flowed_may_flow_still(
    was: str, out: str, put: str, gone: str, somebody: str, tmp_path: Path
) -> None:
    then = of(tmp_path, was)
    now = of(tmp_path, was.replace(out, put))
    assert gone in flows_of(then) - flows_of(now)
    assert unknown(since(now, before([then]), ())) == {somebody}
    assert not unknown(since(now, before([now]), ()))


ROLE = 'resource "aws_iam_role" "r" { name = "r" }\n'
MENDED = {
    "a stranger gives way to a role of one's own": (
        BUCKET + POLICY,
        '"222222222222"',
        "aws_iam_role.r.arn",
    ),
    "a policy that goes": (BUCKET + POLICY, POLICY, ""),
    "a host that goes": (FUNCTION, 'MAIL_HOST = "smtp.partner.com"', "LEVEL = 3"),
    "another host": (FUNCTION, "smtp.partner.com", "localhost"),
    "what is not public any more": (BASE, "true", "false"),
}


@pytest.mark.parametrize(("was", "out", "put"), MENDED.values(), ids=MENDED.keys())
def test_what_is_known_to_be_gone_is_gone(was: str, out: str, put: str, tmp_path: Path) -> None:
    then, now = (of(tmp_path, ROLE + text) for text in (was, was.replace(out, put)))
    assert flows_of(then) - flows_of(now)
    assert not unknown(since(now, before([then]), ()))


def test_a_module_from_elsewhere_that_is_given_something_else_may_do_what_is_gone(
    tmp_path: Path,
) -> None:
    module = 'module "p" {\n  source = "x/y/z"\n  policy = %s\n}\n'
    then = of(tmp_path, BUCKET + POLICY + module % "null")
    same, other = (of(tmp_path, BUCKET + module % said) for said in ("null", "var.h"))
    assert not unknown(since(same, before([then]), ()))
    assert unknown(since(other, before([then]), ())) == {"aws_s3_bucket.b -> module.p"}


def test_of_two_roots_each_is_told_again_by_its_own(tmp_path: Path) -> None:
    def both(one: str, other: str) -> Imported:
        files = {"one/main.tf": OURS + one, "other/main.tf": OURS + other}
        return told("terraform_hcl", *written(tmp_path, files)).imported

    shared, kept = BUCKET + POLICY, BUCKET + POLICY.replace('"222222222222"', '"111111111111"')
    hidden = shared.replace("aws_s3_bucket.b.id", "var.h")
    for files in ((kept, shared), (shared, kept)):
        now = [hidden if text is shared else text for text in files]
        found = unknown(since(both(*now), before([both(*files)]), ()))
        [(end, _)] = [each.split(" -> ") for each in found]
        assert end == ("other" if files[1] is shared else "one") + "/aws_s3_bucket.b"


NAME = "aws_lambda_function.f"


def changed(address: str, was: Any, now: Any, unknown: Any = None) -> Any:
    return change(
        address, now, before=copy.deepcopy(was), unknown=unknown or {}, actions=["update"]
    )


def test_a_plan_tells_again_what_was_before_it() -> None:
    host = {"environment": [{"variables": {"MAIL_HOST": "smtp.partner.com"}}]}
    odd = {"environment": [{"variables": {"MAIL": "smtp.partner.com"}}]}
    assert flows(plan(changed(NAME, host, odd))) == {f"{NAME} -> {NAME}.environment"}
    assert not flows(plan(changed(NAME, host, {})))
    right = "aws_lambda_permission.p"
    anyone = {"function_name": "till", "principal": "*", "action": "lambda:InvokeFunction"}
    rest = {key: anyone[key] for key in ("principal", "action")}
    function = changed(NAME, {"function_name": "till"}, {"function_name": "till"})
    hidden = changed(right, anyone, rest, {"function_name": True})
    lost = block(right, function_name="local.who")
    assert flows(plan(function, hidden, root=[lost])) == {f"{right}.function_name -> {NAME}"}
    told = block(right, function_name="aws_lambda_function.f.function_name")
    assert flows(plan(function, hidden, root=[told])) == {f"internet -> {NAME}"}
    assert "known_later" not in str(imported(plan(function, hidden, root=[told])).flows)
