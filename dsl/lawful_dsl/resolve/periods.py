"""Periods: lengths and named periods, each name known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawful_dsl import syntax as s

if TYPE_CHECKING:
    from lawful_dsl.resolve.scope import Scope


def read_period(scope: Scope, period: s.Period) -> s.Period:
    """The period with the names of its symbols resolved."""
    match period:
        case s.Symbol(name, plus, span):
            meaning = scope.read(name, ("periods",), "a period")
            return s.Symbol(s.Name(meaning.name, name.span), plus, span) if meaning else period
        case s.Choice(word, items, span):
            return s.Choice(word, tuple(read_period(scope, item) for item in items), span)
        case _:
            return period
