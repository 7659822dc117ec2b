"""Lawful: check that a system's data flows keep what its privacy policies promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lawful.session import Session

__all__ = ["Session", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """What is imported when it is asked for, since a command of which it is no part starts without."""
    if name == "Session":
        from lawful.session import Session

        return Session
    raise AttributeError(f"module `lawful` has no `{name}`")
