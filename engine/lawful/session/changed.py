"""Changed: what two reports do not have in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import field
from typing import TypeVar

from lawful.findings import Finding, Report, RuleResult
from lawful_dsl.frozen import frozen

Value = TypeVar("Value")


@frozen
class Changed:
    """What a report no longer has (`gone`), and what it has now (`new`), each in the order of a report.

    A finding or a result that is told otherwise is among both. `undeclared` are arrivals that a node's
    declaration does not expect. `whole` says whether everything was checked again, `looked_at` at how many flows and
    nodes, of each policy.
    """

    gone: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    results_gone: tuple[RuleResult, ...] = ()
    results_new: tuple[RuleResult, ...] = ()
    undeclared_gone: tuple[str, ...] = ()
    undeclared_new: tuple[str, ...] = ()
    whole: bool = field(default=False, compare=False)
    looked_at: int = field(default=0, compare=False)

    def __bool__(self) -> bool:
        """Whether anything has changed at all."""
        return self != Changed()


def changed(before: Report, after: Report, *, looked_at: int = 0) -> Changed:
    """What has changed from one report to another: everything was checked again."""
    were, are = _where_they_differ(before.findings, after.findings)
    return Changed(
        _only(were, are, _of_finding),
        _only(are, were, _of_finding),
        _only(before.rules, after.rules, _of_result),
        _only(after.rules, before.rules, _of_result),
        tuple(sorted(_only(before.undeclared, after.undeclared, str))),
        tuple(sorted(_only(after.undeclared, before.undeclared, str))),
        whole=True,
        looked_at=looked_at,
    )


def _where_they_differ(
    one: Sequence[Value], other: Sequence[Value]
) -> tuple[Sequence[Value], Sequence[Value]]:
    """Two sequences, in which nothing is twice, from where they differ to where they do no more."""
    pairs = enumerate(zip(one, other, strict=False))
    start = next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    backwards = enumerate(zip(reversed(one), reversed(other), strict=False))
    same = next((i for i, (a, b) in backwards if a != b), min(len(one), len(other)))
    return one[: len(one) - same], other[: len(other) - same]


def _only(
    these: Iterable[Value], others: Iterable[Value], key: Callable[[Value], Hashable]
) -> tuple[Value, ...]:
    """Those of some that are not among others; only what has the same key is compared."""
    known: dict[Hashable, list[Value]] = {}
    for other in others:
        known.setdefault(key(other), []).append(other)
    return tuple(each for each in these if each not in known.get(key(each), ()))


def _of_finding(finding: Finding) -> Hashable:
    return finding.policy, finding.rule, finding.event.carrier, finding.datum


def _of_result(result: RuleResult) -> Hashable:
    return result.policy, result.rule
