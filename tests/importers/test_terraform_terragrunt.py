"""Files of Terragrunt: refused with what to do by themselves, and counted beside those of Terraform."""

from __future__ import annotations

import pytest

from lawful import importers
from lawful.importers import terraform_hcl
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source

LIVE = Source("live/terragrunt.hcl", 'terraform {\n  source = "../modules//shop"\n}\n')


@pytest.mark.parametrize(
    ("file", "text", "known"),
    [
        ("terragrunt.hcl", "", ("terraform_hcl",)),
        ("root.hcl", "inputs = { region = \"eu-west-1\" }\n", ("terraform_hcl",)),
        ("app.hcl", "dependency \"db\" {\n  config_path = \"../db\"\n}\n", ("terraform_hcl",)),
        ("image.pkr.hcl", "source \"amazon-ebs\" \"x\" {}\n", ()),
    ],
)  # fmt: skip
def test_they_are_known(file: str, text: str, known: tuple[str, ...]) -> None:
    """By the name, or what stands in no other file that ends so."""
    source = Source(file, text)
    assert importers.detect(source) == known
    assert not known or not terraform_hcl.reads(source)


def test_alone_they_are_refused_with_what_to_do() -> None:
    """What they give to modules is in a plan."""
    with pytest.raises(Rejected) as refused:
        terraform_hcl.read([LIVE], name="x")
    said = refused.value.diagnostics[0]
    assert "Terragrunt" in said.message
    assert "terragrunt show -json" in said.help


def test_beside_others_they_are_counted() -> None:
    """Their own blocks are none of the module's."""
    told = terraform_hcl.read(
        [LIVE, Source("live/main.tf", 'resource "aws_sqs_queue" "q" {}\n')], name="x"
    )
    assert [n.count for n in told.notices if "Terragrunt" in n.text] == [1]
