"""Idle: rules that nothing can break, permits and exceptions that nothing can meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawful_dsl import program as p
from lawful_dsl.diagnostics import Diagnostic, Severity
from lawful_dsl.lint.contradiction import Contradictions
from lawful_dsl.source import Span


def find_idle(program: p.Program) -> Iterator[Diagnostic]:
    """What the hierarchies of the vocabulary rule out, in the rules of all policies."""
    contradictions = Contradictions(program.vocabulary)
    for policy in program.policies:
        for rule in policy.rules:
            for simple in _simple(rule):
                yield from _rule(simple, contradictions)


def _simple(rule: p.Rule) -> Iterator[p.Simple | p.Closed]:
    if isinstance(rule, p.Readings):
        yield from (reading for _, reading in rule.readings if reading is not None)
    else:
        yield rule


def _rule(rule: p.Simple | p.Closed, contradictions: Contradictions) -> Iterator[Diagnostic]:
    if isinstance(rule, p.Assert):
        return
    if contradictions.contradict(rule.event):
        yield _warning(
            "vacuous-rule",
            f"nothing can break `{rule.about.id}`: no event can be all that it names",
            rule.about.span,
            "two of its parts exclude each other; take one out or widen it",
        )
    elif isinstance(rule, p.Closed):
        for permit in rule.permits:
            yield from _permit(rule, permit, contradictions)
    else:
        yield from _exceptions([rule.event], rule.exceptions, contradictions)
        for exception in rule.exceptions:
            if _covers([rule.event], exception, contradictions):
                yield _warning(
                    "total-exception",
                    f"nothing can break `{rule.about.id}`: this exception covers all of it",
                    exception.span,
                    "narrow the exception, or take the rule out",
                )


def _permit(
    closed: p.Closed, permit: p.Permit, contradictions: Contradictions
) -> Iterator[Diagnostic]:
    block = f"`{closed.about.id}`"
    what = f"row {permit.row} of {block}" if permit.row else f"this permit of {block}"
    if contradictions.contradict(closed.event, permit.condition):
        yield _warning(
            "idle-permit",
            f"{what} admits nothing: no event of the block is what it names",
            permit.span,
            "nothing that the block closes is opened by it; mend it or move it to another block",
        )
        return
    inside = [closed.event, permit.condition]
    yield from _exceptions(inside, permit.exceptions, contradictions)
    if any(_covers(inside, exception, contradictions) for exception in permit.exceptions):
        yield _warning(
            "idle-permit",
            f"{what} admits nothing: its exception covers all of it",
            permit.span,
            "narrow the exception, or take the permit out",
        )


def _exceptions(
    inside: list[p.Condition], exceptions: Iterable[p.Unless], contradictions: Contradictions
) -> Iterator[Diagnostic]:
    """The exceptions that are none, since nothing to which they could apply meets them."""
    for exception in exceptions:
        within = [*inside, exception.condition]
        if contradictions.contradict(*within):
            yield _warning(
                "idle-exception",
                "this exception never applies: no event of the rule is what it names",
                exception.span,
                "it excludes what it is an exception from; mend it or take it out",
            )
        else:
            yield from _exceptions(within, exception.nested, contradictions)


def _covers(inside: list[p.Condition], exception: p.Unless, contradictions: Contradictions) -> bool:
    """Whether the exception holds for all that is inside, whatever its own exceptions."""
    return not exception.nested and contradictions.contradict(
        *inside, p.Negation(exception.condition)
    )


def _warning(code: str, message: str, span: Span, help: str) -> Diagnostic:
    return Diagnostic(message, span, help, Severity.WARNING, code=code)
