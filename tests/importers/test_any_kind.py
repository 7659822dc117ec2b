"""What holds of files of every kind that is drawn, modelled or written: cut, empty, wide, in both forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawful.cli import main
from lawful.importers import find
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source
from tests.importers.bringing import body, both_forms, brought_in

CHART = """---
title: A shop
---
flowchart LR
  %% a remark
  buyer([Buyer]):::red -- "pays #quot;now#quot;" --> till{{Till}} & page["`The **page**`"]
  subgraph back ["Back office"]
    till -.-> db[(Orders)] <==> tape@{ shape: lin-cyl, label: "Tape" }
  end
  back e1@-->|"in (full)"| bank>Bank]
  classDef red fill:#f00
"""
TERRAFORM = """# A shop
variable "region" { default = "eu-west-1" }
locals { queues = { in = aws_sqs_queue.in } }
provider "aws" { region = var.region }
resource "aws_sqs_queue" "in" { tags = merge({ a = "x" }, { env = "prod" }) }
resource "aws_lambda_function" "till" {
  environment {
    variables = { Q = "${local.queues["in"].url}/x", P = <<-END
      https://api.payments.com/%{ if true }a%{ endif }
    END
    }
  }
  dynamic "file_system_config" {
    for_each = [for k, v in local.queues : v.arn if k != "in"]
    content { arn = file_system_config.value }
  }
}
"""
WORKSPACE = json.dumps(
    {
        "name": "A shop",
        "model": {
            "people": [
                {
                    "id": "1",
                    "name": "Buyer",
                    "relationships": [
                        {"id": "9", "sourceId": "1", "destinationId": "2", "technology": "HTTPS"}
                    ],
                }
            ],
            "softwareSystems": [{"id": "2", "name": "Shop", "group": "Inside"}],
            "deploymentNodes": [
                {
                    "id": "3",
                    "name": "eu-west-1",
                    "environment": "Live",
                    "softwareSystemInstances": [{"id": "4", "softwareSystemId": "2"}],
                }
            ],
        },
    },
    indent=1,
)
MODEL = json.dumps(
    {
        "specification": {"elements": {"shelf": {"style": {"shape": "storage"}}}},
        "elements": {
            "buyer": {"id": "buyer", "kind": "actor", "title": "Buyer"},
            "shop": {"id": "shop", "kind": "shelf", "title": "Shop"},
        },
        "relations": {
            "r": {
                "id": "r",
                "source": {"model": "buyer"},
                "target": {"model": "shop"},
                "title": "buys",
            }
        },
        "deployments": {
            "elements": {
                "eu": {"id": "eu", "kind": "region", "title": "EU"},
                "eu.shop": {"id": "eu.shop", "element": "shop"},
            }
        },
    },
    indent=1,
)
WHOLE = {
    "likec4": ("model.json", MODEL),
    "mermaid": ("shop.mmd", CHART),
    "structurizr": ("workspace.json", WORKSPACE),
    "terraform_hcl": ("main.tf", TERRAFORM),
}


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_a_text_that_is_cut_anywhere_is_read_or_refused(kind: str) -> None:
    name, text = WHOLE[kind]
    importer = find(kind)
    messages: list[str] = []
    for end in range(len(text)):
        source = Source(name, text[:end])
        importer.recognises(source)
        try:
            importer.read([source], name="shop")
        except Rejected as rejected:
            messages += (each.message for each in rejected.diagnostics)
    assert len(messages) > len(text) // 4
    assert all(messages)


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_an_empty_file_is_refused_whatever_kind_it_is_said_to_be(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / WHOLE[kind][0]
    path.write_text("", "utf-8")
    assert main(["import", str(path), "-o", str(tmp_path / "out"), "--kind", kind]) == 2
    assert capsys.readouterr().err.count("error:") == 1


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_a_wide_file_and_one_with_a_mark_are_the_same(kind: str, tmp_path: Path) -> None:
    name, text = WHOLE[kind]
    told = []
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path = tmp_path / encoding / name
        path.parent.mkdir()
        path.write_bytes(text.encode(encoding))
        told.append(body(brought_in([path], path.parent).flow))
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_both_forms_say_the_same(kind: str, tmp_path: Path) -> None:
    name, text = WHOLE[kind]
    (tmp_path / name).write_text(text, "utf-8")
    one, other = both_forms([tmp_path / name], tmp_path)
    assert (one.nodes, one.flows) == (other.nodes, other.flows)
    assert one.flows
