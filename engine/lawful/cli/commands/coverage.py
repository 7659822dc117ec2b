"""`lawful coverage`: clause by clause, the rules and the cases of a policy."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import output_option, version_argument
from lawful.cli.output import put
from lawful.cli.progress import progress
from lawful.cli.terminal import coloured, width


@click.command(
    cls=Command,
    examples=(
        "lawful coverage appointlet",
        "lawful coverage appointlet --format json -o coverage.json",
        "lawful coverage policies/appointlet/appointlet-2020-05-01.law",
    ),
)
@version_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text"]),
    default="text",
    show_default=True,
    help="The form of the list.",
)
@output_option
def command(policy: str, on: str, form: str, output: Path | None) -> int:
    """List which clauses of a policy have rules and cases.

    It goes through the register of clauses of the policy, and says of each what stands for it, and
    how many cases expect it broken, kept or undetermined: those in the folder `cases` beside the
    policy whose test names it. It does not run them; `lawful test` does, and with `--coverage` tells
    which rules, exceptions and permits they put to the test.

    Exits with 0 if every clause that is graph, metadata or process has a rule and a case, with 1 if
    one lacks either, with 2 if it could not be told.
    """
    from lawful.cli.covering import read_coverage, tell_coverage

    with progress() as doing:
        coverage = read_coverage(policy, on, doing)
    if form == "json":
        from lawful.cli.coverage_document import render

        put(render(coverage), output)
    else:
        on_terminal = output is None
        colour = on_terminal and coloured()
        put(tell_coverage(coverage, width=width(), colour=colour), output)
    return 0 if coverage.whole else 1
