"""`lawful fuzz`: a change of flows, harmless one by one, that break a promise together."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import date_option
from lawful.cli.output import put
from lawful.cli.progress import progress
from lawful.cli.targets import Target
from lawful.cli.terminal import coloured, width


@click.command(
    cls=Command,
    examples=(
        "lawful fuzz appointlet --rule minors",
        "lawful fuzz callbridge flows/callbridge",
        "lawful fuzz callbridge flows/callbridge --rule secrets_at_development --seed 7",
        "lawful fuzz our_policy.law shop.flow --tries 50 --seconds 60 -o break.flow",
    ),
)
@click.argument("policy")
@date_option
@click.argument("system", required=False, type=click.Path(path_type=Path))
@click.option("--rule", metavar="ID", help="Look for a break of this rule alone.")
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="What is tried, and in which order: with the same seed the same.",
)
@click.option(
    "--tries",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    metavar="N",
    help="Try so many changes at most.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0, min_open=True),
    default=120,
    show_default=True,
    metavar="N",
    help="Begin no further try after so long. How far a search gets by then differs from run to run.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text"]),
    default="text",
    show_default=True,
    help="The form in which it is told.",
)
@click.option(
    "-o",
    "--output",
    type=Target(),
    metavar="FILE",
    help="Write the system that was found to this `.flow` file.",
)
def command(
    policy: str,
    system: Path | None,
    on: str,
    rule: str | None,
    seed: int,
    tries: int,
    seconds: float,
    form: str,
    output: Path | None,
) -> int:
    """Search for a change that breaks a promise some hops away.

    POLICY is a name or a file. The change is two or three flows. Added to SYSTEM alone, none of them
    breaks or leaves undecided anything that was not; added together they break a rule, and the datum
    takes all of them on its way. Without SYSTEM the search starts from small systems made for the
    policy. What is found is told as a small system that `lawful check` finds broken.

    That nothing was found means that nothing was found: it is no proof.

    Exits with 0 if nothing was found, with 1 if something was, with 2 if it could not be searched.
    """
    from lawful.cli.fuzzing import read_search, tell_search

    with progress() as doing:
        found = read_search(
            policy, system, on, rule or "", (seed, tries, seconds), doing, output=output
        )
    if output is not None and found.run.found is not None:
        put(found.run.found.text, output)
    if form == "json":
        from lawful.cli.fuzz_document import render

        put(render(found))
    else:
        put(tell_search(found, width=width(), colour=coloured()))
    return 1 if found.run.found is not None else 0
