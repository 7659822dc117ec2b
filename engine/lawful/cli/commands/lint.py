"""`lawful lint`: what a text says that does no harm and does no good."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.output import put


@click.command(cls=Command, examples=("lawful lint", "lawful lint policies flows"))
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]...", type=click.Path(path_type=Path))
def command(paths: tuple[Path, ...]) -> int:
    """Warn of what is superfluous in policies.

    Rules that nothing can break, permits that nothing closes, unused terms, messages that lack a
    language, rules without a clause. It goes over each FILE, and those in and below each FOLDER;
    without arguments, over the working directory. Exits with 1 if there is a warning.
    """
    from lawful.cli.linting import lint_files
    from lawful.cli.texts import find_texts

    files = find_texts(paths or (Path(),))
    text, count = lint_files(files)
    if count:
        put(f"{text}\n\n{count} {'warning' if count == 1 else 'warnings'}\n")
        return 1
    put(f"nothing to warn of in {len(files)} {'file' if len(files) == 1 else 'files'}\n")
    return 0
