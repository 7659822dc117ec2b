"""Called: `NAME=FILE`, a file whose ids have a name of ours before them, whatever the file is called."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _Path = Path
else:
    _Path = type(Path())

_NAMED = re.compile(r"([A-Za-z_][\w.-]*)=(.+)", re.DOTALL)


class _Called(_Path):
    """A path with a name of ours; what is made of it has none."""

    called = ""


def call(path: Path, name: str) -> Path:
    """The path, to be called by a name; the path itself where that is empty."""
    if not name:
        return path
    made = _Called(path)
    made.called = name
    return made


def called(path: Path) -> str:
    """The name that was given with a path; empty where none was."""
    return path.called if isinstance(path, _Called) else ""


class NamedPath(click.Path):
    """A file or folder, or `NAME=FILE`. A file that there is of that whole name is that file."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, with its name if it has one."""
        named = _NAMED.fullmatch(str(value))
        if named is None or Path(value).exists():
            return Path(str(super().convert(value, param, ctx)))
        return call(Path(str(super().convert(named[2], param, ctx))), named[1])
