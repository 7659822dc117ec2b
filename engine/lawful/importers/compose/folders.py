"""Folders: which of those of the machine services share, so that what one writes there the others read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from lawful.importers._hosts import UNKNOWN

#: What the machine itself has for whoever runs on it, and sockets.
_OF_MACHINE = re.compile(
    r"/|/(?:bin|boot|dev|etc|lib\w*|proc|run|sbin|sys|usr|var/lib/docker|var/run)(?:/.*)?|.*\.(?:sock|socket)"
)
#: A file by its ending: settings, most likely, which are there for each to read.
_FILE = re.compile(r"[^/]*[^/.]\.\w+")
_PATH = (".", "/", "~", "\\")


def is_folder(source: str) -> bool:
    """Whether what a service mounts lies on the machine, and is no volume."""
    return source.startswith(_PATH)


def shared(source: str, start: str, root: str) -> str:
    """The folder that a service mounts, as it is seen from the root; empty where it is none of the project's own.

    >>> shared("./up/", "shop/mail", "shop"), shared("/srv/up", ".", "."), shared("/var/run", ".", ".")
    ('./mail/up', '/srv/up', '')
    """
    if UNKNOWN in source or not is_folder(source) or "\\" in source:
        return ""
    path = posixpath.normpath(source)
    if source.startswith("."):
        path = posixpath.relpath(posixpath.join(start, source), root)
        path = path if path.startswith("..") else posixpath.join(".", path)
    last = posixpath.basename(path)
    return "" if _OF_MACHINE.fullmatch(path) or _FILE.fullmatch(last) else path


def outermost(path: str, mounted: Iterable[str]) -> str:
    """The outermost of the folders that are mounted in which one lies, or it itself."""
    within = [each for each in mounted if path == each or path.startswith(f"{each}/")]
    return min(within, key=len, default=path)
