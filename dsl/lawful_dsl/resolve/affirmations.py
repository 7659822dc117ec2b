"""Affirmations: rules of packs that a document makes its own, and what it adds to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.resolve.rules import read_messages
from lawful_dsl.resolve.scope import Scope
from lawful_dsl.source import Span


@frozen
class Affirmed:
    """What a document says of a rule that it takes from elsewhere; empty where it says nothing."""

    rule: s.Name
    severity: str
    messages: tuple[tuple[str, str], ...]
    citation: str
    clauses: tuple[str, ...]
    formerly: tuple[str, ...]
    unwaivable: bool
    span: Span


def read_affirmations(scope: Scope) -> tuple[Affirmed, ...]:
    """The affirmations of a module."""
    return tuple(
        Affirmed(
            item.rule,
            item.meta.severity,
            tuple(read_messages(scope, item.meta).items()),
            item.meta.cite.text if item.meta.cite else "",
            tuple(name.text for name in item.meta.clauses),
            tuple(name.text for name in item.meta.formerly),
            item.meta.unwaivable,
            item.span,
        )
        for item in scope.module.all(s.Affirm)
    )


def check_affirmations(
    scope: Scope, affirmed: Iterable[Affirmed], own: Collection[str], used: Collection[str]
) -> None:
    """Report rules that cannot be affirmed: unknown ones, the module's own, one affirmed before."""
    first: dict[str, s.Name] = {}
    for rule in (item.rule for item in affirmed):
        other = first.setdefault(rule.text, rule)
        if other is not rule:
            scope.error(
                f"`{rule}` is affirmed twice",
                rule.span,
                "say all of it in one place",
                [("affirmed first here", other.span)],
            )
        elif rule.text in own:
            scope.error(
                f"`{rule}` is a rule of `{scope.module.name}` itself, and none that it uses",
                rule.span,
                "write its clauses on its own line; `affirm` names a rule of a pack",
            )
        elif rule.text not in used and rule.text not in scope.torn:
            scope.error(
                f"there is no rule `{rule}` to affirm",
                rule.span,
                scope.near_word(rule.text, used) or "name a rule of a pack, and `use` the pack",
            )


def affirm(rules: Iterable[p.Rule], affirmed: Iterable[Affirmed]) -> tuple[p.Rule, ...]:
    """The rules with what is affirmed of them."""
    said: Mapping[str, Affirmed] = {item.rule.text: item for item in affirmed}
    return tuple(
        _affirm(rule, said[rule.about.id]) if rule.about.id in said else rule for rule in rules
    )


def _affirm(rule: p.Rule, affirmed: Affirmed) -> p.Rule:
    about = rule.about
    messages = {**dict(about.messages), **dict(affirmed.messages)}
    told = replace(
        about,
        severity=affirmed.severity or about.severity,
        messages=tuple(messages.items()),
        citation=affirmed.citation or about.citation,
        clauses=tuple(dict.fromkeys((*about.clauses, *affirmed.clauses))),
        formerly=tuple(dict.fromkeys((*about.formerly, *affirmed.formerly))),
        unwaivable=affirmed.unwaivable or about.unwaivable,
    )
    return replace(rule, about=told)
