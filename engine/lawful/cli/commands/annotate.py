"""`lawful annotate`: what a system does not say and its policies ask, as an overlay to fill in."""

from __future__ import annotations

from functools import partial
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
from lawful.cli.targets import Target


@click.command(
    cls=Command,
    examples=(
        "lawful annotate flows/callbridge",
        "lawful annotate shop.flow --policy our_policy.law -o overlay.flow",
    ),
)
@system_argument
@with_option
@policy_option
@date_option
@partial(output_option, type=Target(replaces=True))  # none that is there is written over anyway
def command(
    system: Path,
    beside: tuple[Path, ...],
    policies: tuple[str, ...],
    on: str,
    output: Path | None,
) -> None:
    """List what a system does not say and its policies ask.

    It is written as an overlay: a `.flow` text with a blank for each fact on which undetermined
    findings turn, those on which most turn first. A blank is a comment, and changes nothing until it
    is filled in. `lawful check SYSTEM OVERLAY` then checks both as one.

    A file that is there is not overwritten: what was filled in there would be lost.
    """
    from lawful.analysis.blanks import blanks
    from lawful.check import check
    from lawful.cli.annotating import overlay
    from lawful.cli.given import read_system
    from lawful.failure import Failure
    from lawful.findings import Verdict

    if output is not None and output.exists():
        raise Failure(
            f"error: `{output}` is there already, and may have been filled in\n"
            f"   = help: name another file; what `{output}` says is read with `--with {output}`"
        )
    with progress() as doing:
        given = read_system(system, policies, on, doing, beside=beside)
        doing(f"checking {given.system.name}")
        report = check(given.program, given.system, policies=given.policies, on=given.date)
    owners = {name: own.owner for name, own in given.program.vocabulary.attributes.items()}
    found = blanks(report, given.system, owners)
    lacking = sum(
        bool(each.missing) for each in report.findings if each.verdict is Verdict.UNDETERMINED
    )
    put(overlay(given.system.name.split(" + ")[0], found, lacking), output)
