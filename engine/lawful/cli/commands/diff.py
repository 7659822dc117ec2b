"""`lawful diff`: what changed from one policy, or version of it, to another."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import output_option
from lawful.cli.output import put
from lawful.cli.progress import progress
from lawful.cli.terminal import coloured, width


@click.command(
    cls=Command,
    examples=(
        "lawful diff callbridge@2023-12-01 callbridge@2024-04-08",
        "lawful diff callbridge@2023-12-01 callbridge@2024-04-08 flows/callbridge",
        "lawful diff our_policy.law our_policy.law --format json",
    ),
)
@click.argument("before", metavar="POLICY[@DATE]")
@click.argument("after", metavar="POLICY[@DATE]")
@click.argument("systems", nargs=-1, metavar="[SYSTEM]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="The form of the comparison.",
)
@output_option
def command(
    before: str, after: str, systems: tuple[Path, ...], form: str, output: Path | None
) -> None:
    """Say what changed between two policies.

    POLICY is a name or a `.law` file; of several versions the one in effect on DATE is taken, or the
    latest. Rule by rule: what was added, removed, changed, or only reworded. With SYSTEM, also which
    findings come and go, and which verdicts change, when the one takes the place of the other.
    """
    from lawful.cli.differences import as_json, render
    from lawful.cli.versions import compare

    with progress() as doing:
        comparison = compare(before, after, systems, doing)
    if form == "json":
        put(as_json(comparison), output)
    else:
        put(render(comparison, width=width(), colour=output is None and coloured()), output)
