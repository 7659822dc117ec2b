"""`lawful schema`: the JSON Schemas of the documents that are read and written."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import output_option
from lawful.cli.output import put

DOCUMENTS = (
    "baseline",
    "coverage",
    "fuzz",
    "gate",
    "gate-jsonl",
    "jsonl",
    "report",
    "system",
    "tests",
)


@click.command(
    cls=Command,
    examples=("lawful schema report", "lawful schema system -o system.schema.json"),
)
@click.argument("document", type=click.Choice(DOCUMENTS))
@output_option
def command(document: str, output: Path | None) -> None:
    """Print a JSON Schema.

    It describes the baseline of a gate, the coverage of a policy, what a search for a break found,
    what a change brings as a whole or (gate-jsonl) a line of it, the report of a check as a whole or
    (jsonl) a line of it, a system, or what came of tests.
    """
    if document == "baseline":
        from lawful.cli.baseline import schema as schema_of_baseline

        text = schema_of_baseline()
    elif document == "coverage":
        from lawful.cli.coverage_document import schema as schema_of_coverage

        text = schema_of_coverage()
    elif document == "fuzz":
        from lawful.cli.fuzz_document import schema as schema_of_fuzz

        text = schema_of_fuzz()
    elif document == "gate":
        from lawful.cli.gate_forms.json import schema as schema_of_gate

        text = schema_of_gate()
    elif document == "gate-jsonl":
        from lawful.cli.gate_forms.jsonl import schema as schema_of_gate_lines

        text = schema_of_gate_lines()
    elif document == "jsonl":
        from lawful.reporters.jsonl import schema as schema_of_lines

        text = schema_of_lines()
    elif document == "report":
        from lawful.report_document import schema as schema_of_report

        text = schema_of_report()
    elif document == "tests":
        from lawful.cli.tests_document import schema as schema_of_tests

        text = schema_of_tests()
    else:
        from lawful.system.document import schema as schema_of_system

        text = json.dumps(schema_of_system(), indent=2, ensure_ascii=False) + "\n"
    put(text, output)
