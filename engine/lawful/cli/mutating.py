"""Mutating: a policy and its cases read, changed in many ways, and what nobody noticed told."""

from __future__ import annotations

from collections.abc import Sequence

from lawful.cli.covering import read_cases
from lawful.cli.progress import Progress
from lawful.failure import Failure
from lawful.prose import count
from lawful.testing.mutation import Survey, survey
from lawful_dsl.diagnostics import near, shown


def read_survey(name: str, on: str, rules: Sequence[str], jobs: int, doing: Progress) -> Survey:
    """The changes to a policy, by name or as a file, that its cases do not notice."""
    known, policy, cases = read_cases(name, on, doing)
    if not cases:
        raise Failure(
            f"error: `{policy.name}` has no cases, so nothing can notice a change\n"
            "   = help: write some into the folder `cases` beside it; `lawful test` runs them"
        )
    ids = {rule.about.id for rule in policy.rules}
    for rule in rules:
        if rule not in ids:
            help = near(rule, ids) or "`lawful coverage` lists the rules"
            raise Failure(f"error: `{policy.name}` has no rule `{rule}`\n   = help: {help}")
    found = survey(
        known.program,
        policy,
        cases,
        date=on or policy.effective,
        only=frozenset(rules),
        jobs=jobs,
        doing=lambda number, of: doing(
            f"{number} of {count(of, 'change')} to {policy.name} tried on {count(len(cases), 'case')}"
        ),
    )
    if found.failing:
        first = found.failing[0]
        hold = "does" if len(found.failing) == 1 else "do"
        raise Failure(
            f"error: {count(len(found.failing), 'case')} of `{policy.name}` {hold} not hold before any change,"
            f" the first at {first.span.file}:{first.span.line}\n"
            "   = help: `lawful test` tells why"
        )
    return found


def tell_survey(found: Survey) -> str:
    """The survivors, one on a line, and the score."""
    lines = [
        f"{shown(f'{mutant.span.file}:{mutant.span.line}')}  "
        f"{shown(mutant.rule) + ': ' if mutant.rule else ''}{shown(mutant.what)}"
        for mutant in found.survivors
    ]
    noticed = found.tried - len(found.survivors)
    if lines:
        lines += [""]
    lines += [f"{noticed} of {count(found.tried, 'change')} noticed: {100 * found.score:.1f} %", ""]
    return "\n".join(lines)
