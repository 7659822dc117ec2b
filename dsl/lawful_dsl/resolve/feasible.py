"""Feasible: conditions that no event of their rule can meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawful_dsl import program as p
from lawful_dsl.resolve.scope import Scope
from lawful_dsl.source import Span


def check_feasible(scope: Scope, event: p.All, span: Span, exceptions: Iterable[p.Unless]) -> None:
    """Report what cannot hold in the event of a rule or in its exceptions."""
    kinds = [item.kind for item in event.items if isinstance(item, p.EventIs)]
    data = [item for item in event.items if isinstance(item, p.DataIn | p.LineageIn)]
    forms = data[0].forms if data else frozenset(p.FORMS)
    inner = [(c, span) for item in event.items for c in _within(item)]
    inner += [(c, where) for item in exceptions for c, where in _of_exception(item)]
    for condition, where in inner:
        if isinstance(condition, p.JoinedWith) and kinds and kinds[0] is not p.EventKind.JOIN:
            scope.error(
                f"`with` names what a datum is joined with, and `{kinds[0]}` is no join",
                where,
                "begin with `join`; for consent, write `with ... consent`",
            )
        if isinstance(condition, p.DataIn | p.LineageIn) and not condition.forms & forms:
            scope.error(
                f"this can never hold: the rule is about {_said(forms)} data",
                where,
                "write `in any form`, or the form, after the `of` of the rule",
            )


def _said(forms: frozenset[p.Form]) -> str:
    named = [form.value for form in p.FORMS if form in forms]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _of_exception(exception: p.Unless) -> Iterator[tuple[p.Condition, Span]]:
    for condition in _within(exception.condition):
        yield condition, exception.span
    for nested in exception.nested:
        yield from _of_exception(nested)


def _within(condition: p.Condition) -> Iterator[p.Condition]:
    waiting = [condition]
    while waiting:
        item = waiting.pop()
        if isinstance(item, p.All | p.AnyOf):
            waiting.extend(item.items)
        elif isinstance(item, p.Negation):
            waiting.append(item.item)
        else:
            yield item
