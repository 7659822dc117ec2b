"""Changed: what two reports do not have in common."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from lawful.findings import Finding, Report, RuleResult

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a report no longer has (`gone`), and what it has now (`new`), each in the order of a report.

    A finding or a result that is told otherwise is among both. `undeclared` are arrivals that a node's
    declaration does not expect. `whole` says whether everything was checked again.
    """

    gone: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    results_gone: tuple[RuleResult, ...] = ()
    results_new: tuple[RuleResult, ...] = ()
    undeclared_gone: tuple[str, ...] = ()
    undeclared_new: tuple[str, ...] = ()
    whole: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        """Whether anything has changed at all."""
        return self != Changed()


def changed(before: Report, after: Report, *, whole: bool = False) -> Changed:
    """What has changed from one report to another."""
    return Changed(
        _only(before.findings, after.findings),
        _only(after.findings, before.findings),
        _only(before.rules, after.rules),
        _only(after.rules, before.rules),
        tuple(sorted(_only(before.undeclared, after.undeclared))),
        tuple(sorted(_only(after.undeclared, before.undeclared))),
        whole,
    )


def _only(these: Iterable[Value], others: Collection[Value]) -> tuple[Value, ...]:
    known = set(others)
    return tuple(each for each in these if each not in known)
