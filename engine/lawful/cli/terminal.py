"""The terminal: how wide it is, and whether it is one that shows colours to a person."""

from __future__ import annotations

import os
import shutil
import sys

#: Wider lines are hard to read.
WIDEST = 100
#: The width of what goes into a file or a pipe.
USUAL = 80


def coloured() -> bool:
    """Whether what goes to the standard output may have colours."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def width() -> int:
    """The width of lines on the standard output."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else USUAL
