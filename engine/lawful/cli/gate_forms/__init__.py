"""The forms in which a gate is told: from what a change brings to a text, one file per form.

A form is a module with one function, `render`, and is found by the name of its file, as reporters
are. Those that `lawful check` has too are made with the same parts.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from lawful.analysis.gate import Gate
    from lawful.analysis.passing import Terms
    from lawful.wording import Wording

__all__ = ["Form", "find", "names"]


class Form(Protocol):
    """What a module must have to be a form."""

    def render(
        self, gate: Gate, terms: Terms, *, width: int, colour: bool, wording: Wording
    ) -> str:
        """What a change brings, and whether it passes under some terms, as one text.

        `width` in cells, `colour` and `wording` are for forms that people read.
        """


def names() -> tuple[str, ...]:
    """The names of all forms, sorted."""
    return tuple(sorted(m.name for m in iter_modules(__path__) if not m.name.startswith("_")))


def find(name: str) -> Form:
    """The form of a name that `names` lists."""
    return cast(Form, import_module(f"{__name__}.{name}"))
