"""Files of Terraform that are written as JSON mean what the same says in HCL."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lawful.importers import Imported, detect, terraform_hcl, terraform_plan
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source
from tests.importers.plans import block, change, plan

IN_HCL = """
provider "aws" { region = var.region }
provider "aws" {
  alias  = "north"
  region = "eu-north-1"
}
variable "region" { default = "eu-west-1" }
locals { queue = aws_sqs_queue.orders }
resource "aws_sqs_queue" "orders" {
  kms_master_key_id = "alias/aws/sqs"
  tags              = { env = "prod" }
}
resource "aws_lambda_function" "till" {
  provider      = aws.north
  function_name = "till"
  environment {
    variables = { QUEUE = local.queue.url, TO = "https://in.partner.com/$${x}" }
  }
}
resource "aws_s3_bucket" "none" { count = 0 }
resource "aws_dynamodb_table" "carts" {
  for_each = { a = { b = "c" } }
  dynamic "replica" {
    for_each = ["us-east-1"]
    content { region_name = "us-east-1" }
  }
}
module "more" {
  source = "./more"
  queue  = aws_sqs_queue.orders.url
}
"""
IN_JSON: dict[str, Any] = {
    "//": "a remark",
    "provider": {"aws": [{"region": "${var.region}"}, {"alias": "north", "region": "eu-north-1"}]},
    "variable": {"region": {"default": "eu-west-1"}},
    "locals": {"queue": "${aws_sqs_queue.orders}"},
    "resource": [
        {
            "aws_sqs_queue": {
                "orders": {"kms_master_key_id": "alias/aws/sqs", "tags": {"env": "prod"}}
            },
            "aws_lambda_function": {
                "till": {
                    "//": "a remark",
                    "provider": "aws.north",
                    "function_name": "till",
                    "environment": {
                        "variables": {
                            "QUEUE": "${local.queue.url}",
                            "TO": "https://in.partner.com/$${x}",
                        }
                    },
                }
            },
        },
        {
            "aws_s3_bucket": {"none": [{"count": 0}]},
            "aws_dynamodb_table": {
                "carts": {
                    "for_each": {"a": {"b": "c"}},
                    "dynamic": {
                        "replica": {
                            "for_each": ["us-east-1"],
                            "content": {"region_name": "us-east-1"},
                        }
                    },
                }
            },
        },
    ],
    "module": {"more": {"source": "./more", "queue": "${aws_sqs_queue.orders.url}"}},
}
MORE = Source(
    "more/main.tf",
    """
variable "queue" {}
resource "aws_lambda_function" "in" {
  environment {
    variables = { QUEUE = var.queue }
  }
}
""",
)


def read(*sources: Source) -> Imported:
    return terraform_hcl.read(list(sources), name="shop")


def test_json_says_what_hcl_says() -> None:
    hcl = read(Source("main.tf", IN_HCL), MORE)
    told = read(Source("main.tf.json", json.dumps(IN_JSON)), MORE)
    assert [_plain(each) for each in told.flows.statements] == [
        _plain(each) for each in hcl.flows.statements
    ]
    assert sorted(map(str, told.notices)) == sorted(map(str, hcl.notices))
    assert any("in.partner.com" in str(_plain(each)) for each in told.flows.statements)


def _plain(statement: Any) -> Any:
    match statement:
        case s.NodeDecl():
            words = [str(prop.names) for prop in statement.props if isinstance(prop, s.Property)]
            return statement.kind, str(statement.id), words
        case s.FlowDecl():
            return str(statement.source), str(statement.target)
    return None


def test_both_stand_in_one_folder_and_facts_stand_at_their_pointers() -> None:
    queue = {"resource": {"aws_sqs_queue": {"orders": {"name": "orders"}}}}
    user = 'resource "aws_lambda_function" "f" { dead_letter_config { target_arn = aws_sqs_queue.orders.arn } }'
    told = read(Source("queue.tf.json", json.dumps(queue)), Source("main.tf", user))
    spans = {str(x.id): x.span for x in told.flows.statements if isinstance(x, s.NodeDecl)}
    assert spans["aws_sqs_queue.orders"].file == "queue.tf.json"
    assert spans["aws_sqs_queue.orders"].pointer == "/resource/aws_sqs_queue/orders"
    flows = [x for x in told.flows.statements if isinstance(x, s.FlowDecl)]
    assert [str(each.target) for each in flows] == ["aws_sqs_queue.orders"]


def test_values_as_json_and_overrides() -> None:
    text = 'variable "to" {}\nresource "aws_transfer_connector" "c" { url = var.to }'
    given = Source("terraform.tfvars.json", '{"to": "https://in.partner.com"}')
    override = {"resource": {"aws_transfer_connector": {"c": {"url": "https://other.partner.com"}}}}
    over = Source("main_override.tf.json", json.dumps(override))
    assert "in.partner.com" in str(
        [*map(_plain, read(Source("main.tf", text), given).flows.statements)]
    )
    told = str([*map(_plain, read(Source("main.tf", text), given, over).flows.statements)])
    assert "other.partner.com" in told
    assert "in.partner.com" not in told


def test_a_plan_stands_at_the_pointers_of_the_json_beside_it() -> None:
    queue = {"resource": {"aws_sqs_queue": {"orders": {"name": "orders"}}}}
    value = plan(
        change("aws_sqs_queue.orders", {"name": "orders"}), root=[block("aws_sqs_queue.orders")]
    )
    files = [Source("plan.json", json.dumps(value)), Source("main.tf.json", json.dumps(queue))]
    told = terraform_plan.read(files, name="shop")
    (node,) = (each for each in told.flows.statements if isinstance(each, s.NodeDecl))
    assert (node.span.file, node.span.pointer) == ("main.tf.json", "/resource/aws_sqs_queue/orders")


def test_what_is_recognised_and_what_is_refused() -> None:
    assert detect(Source("x/main.tf.json", '{"resource": {}}')) == ("terraform_hcl",)
    assert not terraform_hcl.recognises(Source("main.json", '{"resource": {}}'))
    for text, place in (
        ('{"resource": {"aws_sqs_queue": {"q": 3}}}', "/resource/aws_sqs_queue/q"),
        (
            '{"resource": {"aws_sqs_queue": {"q": {"name": "${"}}}}',
            "/resource/aws_sqs_queue/q/name",
        ),
    ):
        with pytest.raises(Rejected) as refused:
            read(Source("main.tf.json", text))
        assert refused.value.diagnostics[0].span.pointer == place
    with pytest.raises(Rejected):
        read(Source("main.tf.json", "[" * 5000))
