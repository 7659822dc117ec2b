"""`lawful fmt`: texts in the one style."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.output import put, say, write
from lawful.failure import Failure


@click.command(
    cls=Command,
    examples=("lawful fmt", "lawful fmt policies flows", "lawful fmt --check flows/callbridge"),
)
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]...", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
def command(paths: tuple[Path, ...], check: bool) -> int:
    """Write texts in the one style.

    It goes over each FILE, and those in and below each FOLDER; without arguments, over the working
    directory. Comments are kept, tables aligned. A text with errors is left as it is, and the errors
    are told.
    """
    from lawful.cli.texts import find_texts

    files = find_texts(paths or (Path(),))
    changed, failures = [], []
    for path in files:
        try:
            before, after = _formatted(path)
        except Failure as failure:
            failures.append(str(failure))
            continue
        if before != after:
            changed.append(path)
            if not check:
                write(path, after)
            put(f"{'would change' if check else 'changed'} {path}\n")
    if failures:
        say("\n\n".join(failures))
        return 2
    if not changed:
        put(f"nothing to change in {len(files)} {'file' if len(files) == 1 else 'files'}\n")
    return 1 if check and changed else 0


def _formatted(path: Path) -> tuple[str, str]:
    """The text of a file, and the same in the one style."""
    from lawful.cli.texts import LAW
    from lawful_dsl.diagnostics import render_all
    from lawful_dsl.format import format_flow, format_law
    from lawful_dsl.parser import parse_flow, parse_law, read

    source, diagnostics = read(path)
    if source is None:
        raise Failure(render_all(diagnostics, {}))
    law = parse_law(source) if path.suffix == LAW else None
    parsed = law or parse_flow(source)
    if any(diagnostic.is_error for diagnostic in parsed.diagnostics):
        raise Failure(render_all(parsed.diagnostics, {source.file: source}))
    return source.text, format_law(law) if law else format_flow(parse_flow(source))
