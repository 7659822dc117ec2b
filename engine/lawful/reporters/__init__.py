"""Reporters: from reports to a text, one file per form.

A reporter is a module with a docstring, which is its documentation, and one function, `render`.
It is found by its name: first among the files of this folder, then among the entry points of the
group `lawful.reporters`, so that another distribution can add its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from lawful.findings import Report
from lawful.wording import Wording

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

__all__ = ["Reporter", "find", "names", "ours"]

GROUP = "lawful.reporters"


class Reporter(Protocol):
    """What a module must have to be a reporter."""

    def render(
        self,
        reports: Sequence[Report],
        *,
        width: int,
        colour: bool,
        strict: bool,
        wording: Wording,
    ) -> str:
        """The reports as one text.

        `width` in cells, `colour` and `wording` are for forms that people read; `strict` says that
        what is undetermined fails the check, too.
        """


def names() -> tuple[str, ...]:
    """The names of all reporters, sorted."""
    return tuple(sorted({*ours(), *_others().names}))


def ours() -> tuple[str, ...]:
    """The names of those in this folder."""
    return tuple(m.name for m in iter_modules(__path__) if not m.name.startswith("_"))


def find(name: str) -> Reporter:
    """The reporter of a name that `names` lists; our own come first."""
    if name in ours():
        return cast(Reporter, import_module(f"{__name__}.{name}"))
    for point in _others().select(name=name):
        return cast(Reporter, point.load())
    raise LookupError(name)


def _others() -> EntryPoints:
    from importlib.metadata import entry_points  # it reads what every distribution says of itself

    return entry_points(group=GROUP)
