"""Output: files that are written whole or not at all, and words for the person who ran the command."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from lawful.failure import Failure

if TYPE_CHECKING:
    from pathlib import Path


def say(text: str) -> None:
    """Say something on the standard error, if there is anyone to read it."""
    from lawful_dsl.diagnostics import shown  # the version is told without the language

    text = "\n".join(map(shown, text.split("\n")))
    with contextlib.suppress(OSError):
        print(_encodable(text, sys.stderr.encoding), file=sys.stderr, flush=True)  # noqa: T201


def put(content: str | bytes, path: Path | None = None) -> None:
    """Write to a file, or to the standard output where none is named.

    A reader that closed the pipe has what it wanted: the command goes on to its exit status.
    """
    if path is not None:
        write(path, content)
    elif isinstance(content, bytes):
        raise TypeError("bytes go to a file")
    else:
        try:
            print(_encodable(content, sys.stdout.encoding), end="", flush=True)  # noqa: T201
        except BrokenPipeError:
            discard_output()


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place."""
    raw = content.encode() if isinstance(content, str) else content
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            _write_through(target, raw)
        else:
            _replace(target, raw)
    except OSError as error:
        raise Failure(f"error: cannot write `{path}`: {_reason(error)}") from error


def discard_output() -> None:
    """Send what is still to be written nowhere, so that leaving is quiet."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _replace(target: Path, raw: bytes) -> None:
    import tempfile  # most runs of the command write no file
    from pathlib import Path

    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _write_through(target: Path, raw: bytes) -> None:
    """Into a device or a pipe, which nothing may replace."""
    if target.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    with target.open("wb") as file:
        file.write(raw)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "its folder does not exist"
    return error.strerror or str(error)


def _encodable(text: str, encoding: str | None) -> str:
    """The text in what the terminal can show, the rest as escapes."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
