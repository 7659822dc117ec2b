"""Plans: what a large plan of Terraform takes, in seconds of the processor and in memory at its height.

    python -m tests.bench.plans --megabytes 200

The plan is made up: services with a function, a queue that sets it off, a table, a bucket, logs, and rights, on one
line as `terraform show -json` writes it. All is there before and after, and again as planned and as it was.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from tests.bench.checks import run
from tests.bench.estates import ROOT

Object = dict[str, Any]
#: What one service takes in the file, so that the file gets its size.
_EACH = 46_500
_OVERLAY = """\
system large  for policy cards

party shop "The shop"  controller  in FR
subject buyer  is customer  in FR

shop {
  service aws_lambda_function.f0  extern
}
each node 'aws_*'  of shop
buyer -> aws_lambda_function.f0 : card_number  for card_processing on contract
"""
_POLICY = """\
policy cards "Cards"
  by shop
  effective 2025-01-01

use common

require cards_stay_home: place in FR for storage of card_number
"""


def resources(number: int) -> Iterator[tuple[str, Object]]:
    """The resources of a service: their addresses, and what is set."""
    arn = f"arn:aws:%s:eu-west-3:111122223333:%s{number}"
    tags = {f"tag_{each}": f"what is said of service {number} under {each}" for each in range(12)}
    rights = {
        "Action": [f"dynamodb:Operation{each}" for each in range(40)],
        "Resource": arn % ("dynamodb", "t"),
    }
    settings: dict[str, Object] = {
        "aws_lambda_function.f": {
            "arn": arn % ("lambda", "function:f"),
            "environment": [
                {"variables": {"TABLE": f"carts{number}", "BUCKET": f"receipts-{number}"}}
            ],
        },
        "aws_sqs_queue.q": {"arn": arn % ("sqs", "q"), "name": f"orders{number}"},
        "aws_lambda_event_source_mapping.m": {
            "event_source_arn": arn % ("sqs", "q"),
            "function_name": arn % ("lambda", "function:f"),
        },
        "aws_dynamodb_table.t": {"arn": arn % ("dynamodb", "table/t"), "name": f"carts{number}"},
        "aws_s3_bucket.b": {
            "arn": f"arn:aws:s3:::receipts-{number}",
            "bucket": f"receipts-{number}",
        },
        "aws_cloudwatch_log_group.l": {
            "arn": arn % ("logs", "log-group:l"),
            "retention_in_days": 30,
        },
        "aws_iam_role_policy.p": {"policy": json.dumps({"Statement": [rights]})},
    }
    for address, said in settings.items():
        yield f"{address}{number}", {**said, "tags": tags, "tags_all": tags, "id": f"id-{number}"}


def write_plan(path: Path, megabytes: int) -> None:
    """A plan of about so many megabytes, as one line."""
    services = range(max(1, megabytes * 1_000_000 // _EACH))

    def each(file: TextIO, made: Iterator[Object]) -> None:
        for number, one in enumerate(made):
            text = json.dumps(one, separators=(",", ":"))
            file.write(f",{text}" if number else text)

    def named(address: str) -> Object:
        type, name = address.split(".")
        return {"address": address, "mode": "managed", "type": type, "name": name}

    def stated() -> Iterator[Object]:
        for number in services:
            for address, values in resources(number):
                yield {**named(address), "provider_name": "aws", "values": values}

    def changes() -> Iterator[Object]:
        for number in services:
            for address, values in resources(number):
                change = {
                    "actions": ["no-op"],
                    "before": values,
                    "after": values,
                    "after_unknown": {},
                }
                yield {**named(address), "provider_name": "aws", "change": change}

    def blocks() -> Iterator[Object]:
        for number in services:
            for address, values in resources(number):
                expressions = {
                    key: {"references": [f"local.{key}"]} for key in values if key != "id"
                }
                yield {**named(address), "provider_config_key": "aws", "expressions": expressions}

    with path.open("w", encoding="utf-8") as file:
        file.write(
            '{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":['
        )
        each(file, stated())
        file.write(']}},"resource_changes":[')
        each(file, changes())
        file.write('],"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[')
        each(file, stated())
        file.write(']}}},"configuration":{"provider_config":{"aws":{"name":"aws","expressions":')
        file.write('{"region":{"constant_value":"eu-west-3"}}}},"root_module":{"resources":[')
        each(file, blocks())
        file.write("]}}}\n")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.plans", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--commands", default="import,check,gate", help="with commas between")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_plan(folder / "plan.json", given.megabytes)
        (folder / "large.flow").write_text(_OVERLAY, "utf-8")
        (folder / "cards.law").write_text(_POLICY, "utf-8")
        size = (folder / "plan.json").stat().st_size / 1e6
        print(f"a plan of {size:.0f} MB")  # noqa: T201
        for command in given.commands.split(","):
            beside = ("-o", "x.flow") if command == "import" else ("--with", "large.flow")
            words = (sys.executable, "-m", "lawful", command, "plan.json", *beside)
            paths = {"PYTHONPATH": f"{ROOT / 'dsl'}:{ROOT / 'engine'}"}
            took = run(words, cwd=folder, env=paths)
            print(f"{command}: {took.seconds:.0f} s, {took.megabytes:.0f} MB at its height")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
