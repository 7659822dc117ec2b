"""Texts: the `.law` and `.flow` files that a command is to go over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lawful.failure import Failure
from lawful_dsl.diagnostics import near

LAW = ".law"
FLOW = ".flow"


def find_texts(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files themselves, and those in and below the folders, in order and each once."""
    return tuple(dict.fromkeys(path for given in paths for path in _texts(given)))


def _texts(path: Path) -> Iterator[Path]:
    if path.is_dir():
        below = tuple(_below(path))
        if not below:
            raise Failure(f"error: there are no `{LAW}` or `{FLOW}` files in the folder `{path}`")
        yield from below
    elif path.suffix not in (LAW, FLOW):
        raise Failure(f"error: `{path}` is neither a `{LAW}` nor a `{FLOW}` file")
    elif not path.exists():
        hint = near(path.name, _names(path.parent))
        raise Failure(f"error: there is no file `{path}`{'; ' + hint if hint else ''}")
    else:
        yield path


def _below(folder: Path) -> Iterator[Path]:
    for where, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        yield from (Path(where, n) for n in sorted(names) if n.endswith((LAW, FLOW)))


def _names(folder: Path) -> Iterable[str]:
    return [path.name for path in folder.iterdir()] if folder.is_dir() else ()
