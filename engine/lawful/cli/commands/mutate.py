"""`lawful mutate`: small changes to a policy that no case of it notices."""

from __future__ import annotations

import click

from lawful.cli.group import Command
from lawful.cli.options import version_argument
from lawful.cli.output import put
from lawful.cli.progress import progress


@click.command(
    cls=Command,
    examples=(
        "lawful mutate appointlet --rule sale",
        "lawful mutate callbridge --jobs 2",
        "lawful mutate policies/appointlet/appointlet-2020-05-01.law --rule minors --at-least 95",
    ),
)
@version_argument
@click.option(
    "--rule", "rules", multiple=True, metavar="ID", help="Change this rule; again for more."
)
@click.option(
    "--at-least",
    type=click.FloatRange(0, 100),
    default=100,
    show_default=True,
    metavar="PERCENT",
    help="The share of changes that cases are to notice.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="NUMBER",
    help="How many processes try changes.",
)
def command(policy: str, on: str, rules: tuple[str, ...], at_least: float, jobs: int) -> int:
    """List small changes to a policy that none of its cases notices.

    A rule, an exception, a row, a cell, a treatment or a precedence is dropped; in a permit or an
    exception a category becomes the one above it, a purpose or a place is added; a rule is about
    less, or requires less; a period is lengthened. After each change the cases in the folder
    `cases` beside the policy are run. A change that none of them notices is a promise that no case
    holds to its word.

    Exits with 0 if enough of the changes are noticed, with 1 if not, with 2 if it could not be told.
    """
    from lawful.cli.mutating import read_survey, tell_survey

    with progress() as doing:
        survey = read_survey(policy, on, rules, jobs, doing)
    put(tell_survey(survey))
    return 0 if 100 * survey.score >= at_least else 1
