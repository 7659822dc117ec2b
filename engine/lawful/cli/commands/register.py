"""`lawful register`: the registers that a system's flows really amount to."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import (
    date_option,
    output_option,
    policy_option,
    system_argument,
    with_option,
)
from lawful.cli.output import put
from lawful.cli.progress import progress

FORMS = ("markdown", "csv", "json")
PARTS = ("processing", "recipients", "comparison")


@click.command(
    cls=Command,
    examples=(
        "lawful register flows/callbridge",
        "lawful register flows/callbridge --only comparison",
        "lawful register flows/callbridge --only recipients --format csv -o recipients.csv",
    ),
)
@system_argument
@with_option
@policy_option
@date_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="markdown",
    show_default=True,
    help="The form of the registers; a CSV text has the one part that --only names.",
)
@click.option("--only", type=click.Choice(PARTS), help="This part alone, in place of all.")
@output_option
def command(
    system: Path,
    beside: tuple[Path, ...],
    policies: tuple[str, ...],
    on: str,
    form: str,
    only: str | None,
    output: Path | None,
) -> None:
    """Write the registers that a system's flows really amount to.

    `processing` is the record of Article 30(1) GDPR, purpose by purpose: lawful bases, data subjects,
    personal data, recipients, transfers, retention, measures. `recipients` lists who gets what, with
    processors and sub-processors first. `comparison` lays the policy's own registers beside that: what
    each row lets through, rows that no flow uses, flows that no row allows.

    What nobody has declared is written as such.
    """
    from lawful.analysis.register import registers
    from lawful.cli import registers as texts
    from lawful.cli.given import read_system

    if form == "csv" and only is None:
        raise click.UsageError("a CSV text has one table: say which with --only")
    with progress() as doing:
        given = read_system(system, policies, on, doing, beside=beside)
        doing(f"following the data of {given.system.name}")
        found = registers(given.program, given.system, policies=given.policies, on=given.date)
    write = {"markdown": texts.markdown, "csv": texts.comma_separated, "json": texts.as_json}[form]
    put(write(found, (only,) if only else PARTS), output)
