"""`lawful import`: a system, and perhaps a policy, from the files of another tool."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.called import NamedPath
from lawful.cli.group import Command
from lawful.cli.output import put, say
from lawful.cli.progress import progress
from lawful.cli.targets import Target


@click.command(
    cls=Command,
    name="import",
    examples=(
        "lawful import model.json -o imported",
        "lawful import model.json -o shop.flow",
        "lawful import plan.json main.tf -o shop.flow",
        "lawful import deployment -o imported --format json",
        "lawful import plan.json -o shop.flow --provenance shop.jsonl",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER...", type=NamedPath())
@click.option(
    "-o",
    "--output",
    required=True,
    type=Target(replaces=True),
    metavar="FOLDER|FILE",
    help="A folder, or a file that ends in .flow or .json; the policy goes beside it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["flow", "json"]),
    help="The form of the system, where the ending of the output does not say it.",
)
@click.option("--kind", metavar="NAME", default="", help="The kind of the files, if not found out.")
@click.option(
    "--provenance",
    type=Target(),
    metavar="FILE",
    help="Write to this file, as lines of JSON, where each fact comes from: declared, derived or unknown.",
)
def command(
    files: tuple[Path, ...], output: Path, form: str | None, kind: str, provenance: Path | None
) -> int:
    """Make a system of the files of another tool.

    What the files tell is written as a system and, where they have rules or words of their own, as a
    policy beside it, whole or not at all. The kind of the files is found out by their content. What
    was not understood is counted on the standard error, and in the texts.

    Of a folder all files are taken that are of a kind that is known, at any depth; the others are
    counted by how their names end. Each kind makes a system of its own.

    Exits with 0 if all was read, with 2 if nothing could be, or a file that is named could not be: then
    nothing is written. With 1 if files of a folder were refused: the rest is written, and says so.
    """
    from lawful.cli.importing import bring_in

    with progress() as doing:
        brought = bring_in(files, output, form, kind, provenance=provenance, doing=doing)
    for text in brought.refused:
        say(f"{text}\n")
    if number := len(brought.refused):
        say(f"files of these folders that are refused, and left out of what is written: {number}\n")
    for notice in brought.notices:
        say(f"notice: {notice}")
    put("".join(f"wrote {path}\n" for path in brought.paths))
    return 1 if brought.refused else 0
