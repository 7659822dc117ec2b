"""Targets: the files that a command writes, no two of them the same, and none that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from lawful.failure import Failure

#: How the names of our texts end.
_POLICY, _SYSTEM = ".law", ".flow"


class Target(click.ParamType[Path]):
    """A file that is written. One that `replaces` may be a text of ours, made anew."""

    name = "FILE"

    def __init__(self, *, replaces: bool = False) -> None:
        self.replaces = replaces

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a failure where it says what no path does."""
        if str(value) == "-":
            self.fail("`-` is no file; that of the standard output is `/dev/stdout`", param, ctx)
        return Path(value)


class FormAndFile(click.ParamType[tuple[str, Path]]):
    """`FORM=FILE`: the name of a form, and where what is made in it goes."""

    name = "FORM=FILE"

    def __init__(self, form: click.ParamType[str], example: str) -> None:
        self._form = form
        self._example = example

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """The two, or a failure that says how they are written."""
        form, equals, file = str(value).partition("=")
        if not (equals and file):
            self.fail(f"`{value}` is not a form and a file, such as {self._example}", param, ctx)
        return self._form.convert(form, param, ctx), Target().convert(file, param, ctx)


def refuse_overlaps(context: click.Context) -> None:
    """A failure where a command would write a file twice, or over one that it reads."""
    read = list(_read(context))
    files = {path.resolve() for path in read if path.is_file()}
    folders = {path.resolve() for path in read if path.is_dir()}
    written: dict[Path, str] = {}
    for option, path, replaces in _written(context):
        target = path.resolve()
        if path.exists() and not path.is_file():
            continue  # a device takes all that comes, and a folder is told as one
        if target in written:
            raise Failure(
                f"error: `{path}` would be written twice, by {written[target]} and by {option}\n"
                "   = help: name a file for each"
            )
        written[target] = option
        ours = path.is_file() and not replaces
        in_folder = target.suffix == _SYSTEM and not folders.isdisjoint(target.parents)
        if target in files or (ours and (in_folder or target.suffix == _POLICY)):
            raise Failure(
                f"error: `{path}` is a file that is read, and {option} would write over it\n"
                "   = help: name another file"
            )


def _written(context: click.Context) -> Iterator[tuple[str, Path, bool]]:
    """Each file that is written, by the option that names it, and whether it may replace a text of ours."""
    for param in context.command.params:
        value = context.params.get(param.name or "")
        if isinstance(param.type, Target) and value is not None:
            yield param.opts[-1], value, param.type.replaces
        elif isinstance(param.type, FormAndFile):
            yield from ((param.opts[-1], path, False) for _, path in value or ())


def _read(context: click.Context) -> Iterator[Path]:
    """Each path that is read."""
    for param in context.command.params:
        value = context.params.get(param.name or "")
        several = value if isinstance(value, tuple) else (value,)
        if isinstance(param.type, click.Path) and not isinstance(param.type, Target):
            yield from (path for path in several if path is not None)
        elif param.name == "policies":
            yield from map(Path, several)
