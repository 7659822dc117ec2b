"""`lawful draw`: a picture of a system, with what a check finds on it."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import (
    date_option,
    language_option,
    policy_option,
    system_argument,
    with_option,
)
from lawful.cli.output import put, say, write
from lawful.cli.progress import progress
from lawful.cli.targets import Target
from lawful.failure import Failure

FORMATS = ("svg", "png", "pdf", "dot")


@click.command(
    cls=Command,
    examples=(
        "lawful draw flows/callbridge -o callbridge.svg",
        "lawful draw flows/callbridge -o callbridge.pdf --on 2024-06-01",
    ),
)
@system_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=Target(),
    metavar="FILE",
    help=f"The picture; its ending says the form: {', '.join('.' + form for form in FORMATS)}.",
)
@with_option
@policy_option
@date_option
@language_option
def command(
    system: Path,
    output: Path,
    beside: tuple[Path, ...],
    policies: tuple[str, ...],
    on: str,
    lang: str,
) -> None:
    """Draw a system, with what a check finds on it.

    Parties and places are clusters, broken paths are red with their data, and there is a legend.
    """
    form = output.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        known = ", ".join(f"`.{known}`" for known in FORMATS)
        raise Failure(f"error: `{output}` does not end in a form of picture\n   = help: {known}")

    from lawful.cli.given import judge, read_system, wording
    from lawful.drawing import DrawingFailed, dot, render

    with progress() as doing:
        given = read_system(system, policies, on, doing, beside=beside)
        language = wording((given,), lang).language
        report = judge(given, doing)
        doing(f"drawing {given.system.name}")
        try:
            labels = given.program.vocabulary.on(given.date)
            text = dot(given.system, report, language=language, labels=labels)
            picture = render(text, form)
        except DrawingFailed as failed:
            help = f"\n   = help: {failed.help}" if failed.help else ""
            raise Failure(f"error: {failed}{help}") from failed
    write(output, picture.content)
    for notice in picture.notices:
        say(f"warning: {notice}")
    put(f"drew {output}\n")
