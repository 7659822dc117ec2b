"""`lawful test`: whether the rules of a policy come to the verdicts that its tests expect."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import output_option, policy_option
from lawful.cli.output import put
from lawful.cli.progress import progress
from lawful.cli.terminal import coloured, width


@click.command(
    cls=Command,
    examples=(
        "lawful test policies/appointlet",
        "lawful test policies/callbridge/cases/sub_processors.flow",
        "lawful test policies/callbridge --coverage",
        "lawful test policies/callbridge --coverage --format json -o tests.json",
    ),
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path)
)
@policy_option
@click.option(
    "--coverage",
    is_flag=True,
    help="Tell, too, which rules, exceptions and permits the cases put to the test.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text"]),
    default="text",
    show_default=True,
    help="The form in which it is told.",
)
@output_option
def command(
    paths: tuple[Path, ...],
    policies: tuple[str, ...],
    coverage: bool,
    form: str,
    output: Path | None,
) -> int:
    """Run the tests of policies.

    A test is a small system in a `.flow` text, with the verdicts that are expected of some rules
    on it. FILE has tests; of a FOLDER, every `.flow` file in and below it that has some is run.

    The coverage is that of the texts of the policies, by all cases that hold. A rule is covered if
    a case has it broken and another kept; an exception if an event of a case is judged otherwise
    without it; a permit, or a row of a register, if it keeps an event of a case. `lawful coverage`
    is about the clauses of the document instead, and runs nothing.

    Exits with 0 if every expectation holds, with 1 if one does not, with 2 if one could not be run.
    """
    from lawful.cli.testing import run_files, tell_tests

    with progress() as doing:
        tested = run_files(paths, policies, doing)
        found = tested.exercise(doing) if coverage else None
    if form == "json":
        from lawful.cli.tests_document import render

        put(render(tested.outcomes, files=len(tested.suites), exercise=found), output)
    else:
        colour = output is None and coloured()
        put(tell_tests(tested, found, width=width(), colour=colour), output)
    return 1 if any(outcome.otherwise for outcome in tested.outcomes) else 0
