"""Compiled: what was read of the texts that are shipped, kept beside them so that nobody waits for it twice.

A kept value begins with two digests: of all that it was made from, and of itself. Where one of them
is not as it should be, it is as if there were none, and the texts are read.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "find", "keep"]

#: Where the values are kept: here, in a file each.
FOLDER = Path(__file__).parent
SUFFIX = ".kept"
_SIZE = hashlib.sha256().digest_size


def find(name: str, made_with: str = "") -> Any:
    """The value that is kept under a name, if it was made by this code, `made_with` the same; else None.

    The name is one of ours, never a user's: what is kept may be anything that Python can make.
    """
    try:
        raw = _file(name).read_bytes()
    except OSError:
        return None
    value = raw[2 * _SIZE :]
    whole = raw[:_SIZE] == _origin(made_with) and raw[_SIZE : 2 * _SIZE] == _digest(value)
    return pickle.loads(value) if whole else None


def keep(name: str, value: object, made_with: str = "") -> None:
    """Keep a value under a name, in place of what was kept before."""
    path = _file(name)
    raw = pickle.dumps(value, protocol=5)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(_origin(made_with) + _digest(raw) + raw)
    beside.replace(path)


def _file(name: str) -> Path:
    return FOLDER / f"{name}{SUFFIX}"


def _origin(made_with: str) -> bytes:
    return _digest(_code() + made_with.encode())


def _digest(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


@cache
def _code() -> bytes:
    """The digest of all that decides what a text becomes: the grammars, and this package."""
    found = hashlib.sha256()
    for where, folders, names in os.walk(Path(__file__).parents[1]):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".lark")):
                raw = Path(where, name).read_bytes()
                found.update(f"{len(raw)} {name}\n".encode() + raw)
    return found.digest()
