"""`lawful test`: whether the rules of a policy come to the verdicts that its tests expect."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import policy_option
from lawful.cli.output import put
from lawful.cli.progress import progress
from lawful.cli.terminal import coloured, width


@click.command(
    cls=Command,
    examples=(
        "lawful test policies/appointlet",
        "lawful test policies/callbridge/cases/sub_processors.flow",
    ),
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path)
)
@policy_option
def command(paths: tuple[Path, ...], policies: tuple[str, ...]) -> int:
    """Run the tests of policies.

    A test is a small system in a `.flow` text, with the verdicts that are expected of some rules
    on it. FILE has tests; of a FOLDER, every `.flow` file in and below it that has some is run.

    Exits with 0 if every expectation holds, with 1 if one does not, with 2 if one could not be run.
    """
    from lawful.cli.testing import run_files
    from lawful.testing.outcomes import render

    with progress() as doing:
        suites = run_files(paths, policies, doing)
    outcomes = [outcome for suite in suites for outcome in suite]
    put(render(outcomes, files=len(suites), width=width(), colour=coloured()))
    return 1 if any(outcome.otherwise for outcome in outcomes) else 0
