"""Parts: the exceptions and permits of rules, each with what its rule is without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from lawful_dsl.frozen import frozen
from lawful_dsl.program import Assert, Closed, Readings, Rule, Unless
from lawful_dsl.source import Span


class Kind(StrEnum):
    """What a part is."""

    EXCEPTION = "exception"
    PERMIT = "permit"


@frozen
class Part:
    """An exception or a permit, where it stands, and its clauses.

    `rule` is its rule (of one with readings, as its text alone has it), `without` the same without
    it; of a permit, `alone` is its rule with no other, and `none` its rule with none at all.
    """

    kind: Kind
    name: str
    span: Span
    clauses: tuple[str, ...]
    rule: Rule
    without: Rule
    alone: Rule | None = None
    none: Rule | None = None


def parts_of(rule: Rule) -> Iterator[Part]:
    """The parts of a rule, in the order of its text."""
    if isinstance(rule, Closed):
        yield from _parts_of_block(rule)
    elif isinstance(rule, Readings):
        for texts, reading in rule.readings:
            if reading is not None:
                alone = replace(rule, readings=((texts, reading),))
                for part in parts_of(reading):
                    left = replace(rule, readings=((texts, part.without),))  # type: ignore[arg-type]
                    yield replace(part, rule=alone, without=left)
    elif not isinstance(rule, Assert):
        for item, kept in _exceptions(rule.exceptions):
            yield _exception(item, rule, replace(rule, exceptions=kept))


def _parts_of_block(rule: Closed) -> Iterator[Part]:
    number = 0
    none = replace(rule, permits=(), admits=())
    for place, permit in enumerate(rule.permits):
        before, after = rule.permits[:place], rule.permits[place + 1 :]
        number += not permit.row
        name = f"row {permit.row}" if permit.row else f"permit {number}"
        yield Part(
            Kind.PERMIT,
            name,
            permit.span,
            permit.clauses,
            rule,
            replace(rule, permits=(*before, *after)),
            replace(none, permits=(permit,)),
            none,
        )
        for item, kept in _exceptions(permit.exceptions):
            less = replace(permit, exceptions=kept)
            yield _exception(item, rule, replace(rule, permits=(*before, less, *after)))


def _exception(item: Unless, rule: Rule, without: Rule) -> Part:
    name = Kind.EXCEPTION.value
    return Part(Kind.EXCEPTION, name, item.span, item.clauses, rule, without)


def _exceptions(items: Sequence[Unless]) -> Iterator[tuple[Unless, tuple[Unless, ...]]]:
    """Each exception, however deep, with what is left without it."""
    for place, item in enumerate(items):
        before, after = items[:place], items[place + 1 :]
        yield item, (*before, *after)
        for inner, kept in _exceptions(item.nested):
            yield inner, (*before, replace(item, nested=kept), *after)
