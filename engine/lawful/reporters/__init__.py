"""Reporters: from reports to a text, one file per form.

A reporter is a module with a docstring, which is its documentation, and one function, `render`.
It is found by its name: first among the files of this folder, then among the entry points of the
group `lawful.reporters`, so that another distribution can add its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import Protocol, cast

from lawful.findings import Report
from lawful.wording import Wording

__all__ = ["Reporter", "find", "names"]

GROUP = "lawful.reporters"


class Reporter(Protocol):
    """What a module must have to be a reporter."""

    def render(
        self, reports: Sequence[Report], *, width: int, colour: bool, wording: Wording
    ) -> str:
        """The reports as one text; `width` in cells, `colour` and `wording` are for forms that people read."""


def names() -> tuple[str, ...]:
    """The names of all reporters, sorted."""
    return tuple(sorted({*_ours(), *(point.name for point in entry_points(group=GROUP))}))


def find(name: str) -> Reporter:
    """The reporter of a name that `names` lists; our own come first."""
    if name in _ours():
        return cast(Reporter, import_module(f"{__name__}.{name}"))
    for point in entry_points(group=GROUP, name=name):
        return cast(Reporter, point.load())
    raise LookupError(name)


def _ours() -> tuple[str, ...]:
    return tuple(m.name for m in iter_modules(__path__) if not m.name.startswith("_"))
