"""Programs: how the Graphviz on the path, or the one that pygraphviz brings along, is started."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec

__all__ = ["bundled", "environment"]


def bundled(*arguments: str) -> list[str] | None:
    """The command that runs `lawful.drawing.bundled`; None where pygraphviz is not installed."""
    if not sys.executable or find_spec("pygraphviz") is None:
        return None
    # -P: a file beside the user's system must not stand in for a module of ours.
    return [sys.executable, "-P", "-m", "lawful.drawing.bundled", *arguments]


def environment() -> Mapping[str, str]:
    """The caller's environment, with our modules found where the caller found them, and no clock.

    The C library writes no time of making where this variable names one.
    """
    paths = os.pathsep.join(path for path in sys.path if path)
    return {**os.environ, "PYTHONPATH": paths, "SOURCE_DATE_EPOCH": "0"}
