"""Versions: the policies that are named with a date, and the comparison of two of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lawful.analysis.difference import count_alike, difference, moved
from lawful.check import check, in_force
from lawful.cli.differences import Comparison
from lawful.cli.given import read_system
from lawful.cli.progress import Progress
from lawful.dates import is_date
from lawful.failure import Failure
from lawful.given import read_policies
from lawful_dsl.program import Policy, Program


def compare(before: str, after: str, systems: Sequence[Path], doing: Progress) -> Comparison:
    """Two policies, each named as `NAME`, `FILE` or with `@DATE`, and what they make of the systems."""
    doing("reading the policies")
    one, first = _version(before)
    other, second = _version(after)
    alike = count_alike(first, second)
    changes = []
    for path in systems:
        reports = []
        for name, policy in ((one, first), (other, second)):
            # A version that is not yet in effect on the system's own date is judged on its first day.
            given = read_system(path, (name,), policy.effective, doing)
            doing(f"checking {path} under {policy.name} of {policy.effective or 'no date'}")
            reports.append(
                check(given.program, given.system, policies=given.policies, on=given.date)
            )
        changes.append(moved(*reports))
    return Comparison(first, second, difference(first, second), alike, tuple(changes))


def _version(said: str) -> tuple[str, Policy]:
    """The name or file that is meant, and its version in effect on the date."""
    name, _, day = said.partition("@")
    program = read_policies((name,), Path()).program
    return name, _in_effect(program, said, name, day)


def _in_effect(program: Program, said: str, name: str, day: str) -> Policy:
    names = sorted({policy.name for policy in program.policies})
    if not names:
        raise Failure(f"error: `{name}` is a vocabulary, and has no rules to compare")
    if day and not is_date(day):
        raise Failure(
            f"error: `{day}` in `{said}` is not a date such as 2024-04-08\n"
            f"   = help: write {name}@2024-04-08"
        )
    if not day:
        return max(program.policies, key=lambda policy: policy.effective)
    found = in_force(program, names, day)
    if not found:
        dates = ", ".join(sorted(policy.effective for policy in program.policies))
        raise Failure(
            f"error: no version of `{name}` is in effect on {day}\n"
            f"   = help: its versions are effective from {dates}"
        )
    return found[0]
