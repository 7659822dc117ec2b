"""`lawful init`: a policy and a system to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.output import put, write
from lawful.failure import Failure

STARTER = ("our_policy.law", "our_system.flow")


@click.command(cls=Command, examples=("lawful init", "lawful init shop"))
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def command(folder: Path) -> None:
    """Write a policy and a system to start from.

    They have comments, and check as they are. Nothing that is in FOLDER already is overwritten.
    """
    there = [str(folder / name) for name in STARTER if (folder / name).exists()]
    if there:
        raise Failure(f"error: `{there[0]}` is there already, and is left as it is")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"error: cannot make the folder `{folder}`: {error.strerror}") from error
    for name in STARTER:
        write(folder / name, (files("lawful.cli") / "starter" / name).read_text("utf-8"))
        put(f"wrote {folder / name}\n")
    put(f"now try: lawful check {folder}\n")
