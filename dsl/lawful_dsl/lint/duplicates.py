"""Duplicates: rules that say what another rule of the same policy says."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import fields, is_dataclass

from lawful_dsl import program as p
from lawful_dsl.diagnostics import Diagnostic, Severity


def find_duplicates(program: p.Program) -> Iterator[Diagnostic]:
    """The later of two rules that are the same but for their ids, clauses, messages and severity."""
    for policy in program.policies:
        first: dict[Hashable, p.Rule] = {}
        for rule in sorted(policy.rules, key=lambda rule: rule.about.span):
            if isinstance(rule, p.Readings):
                continue
            other = first.setdefault(_content(rule), rule)
            if other is not rule:
                yield Diagnostic(
                    f"`{rule.about.id}` says what `{other.about.id}` says already",
                    rule.about.span,
                    "take it out, and let the other rule cite the clauses of both",
                    Severity.WARNING,
                    ((f"`{other.about.id}` is here", other.about.span),),
                    "duplicate-rule",
                )


def _content(value: object) -> Hashable:
    """What a rule or a condition says, whatever the order in which it says so."""
    match value:
        case p.About():
            return (value.replaces, value.actual)
        case p.All() | p.AnyOf():
            return (type(value).__name__, frozenset(map(_content, value.items)))
        case p.Permit():
            return ("Permit", _content(value.condition), _set(value.exceptions))
        case p.Unless():
            return ("Unless", _content(value.condition), _set(value.nested))
        case tuple():
            return _set(value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            named = (field.name for field in fields(value) if field.compare)
            parts = tuple((name, _content(getattr(value, name))) for name in named)
            return (type(value).__name__, parts)
        case _:
            assert isinstance(value, Hashable)
            return value


def _set(values: Iterable[object]) -> Hashable:
    return frozenset(map(_content, values))
