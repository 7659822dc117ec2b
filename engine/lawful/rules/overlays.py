"""Overlays that are about nothing: what is said of all that a pattern stands for, where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawful.findings import OVERLAY, Datum, Event, Finding, Reason, Verdict
from lawful.system.model import System
from lawful_dsl.program import Policy

#: Under this name it is reported.
UNMATCHED = "unmatched-pattern"


def about_nothing(system: System, policies: Sequence[Policy]) -> Iterator[Finding]:
    """A finding, of the first policy, for each such statement: what it was for is gone, or is called otherwise."""
    for each in system.unmatched if policies else ():
        yield Finding(
            Verdict.UNDETERMINED,
            min(policy.name for policy in policies),
            UNMATCHED,
            "medium",
            Datum("", "", "", "", ""),
            Event(OVERLAY, each.text, each.text, each.text),
            Reason.UNMATCHED,
            f"`{each.text}` is about nothing: what it was for is gone, or is called otherwise now; "
            "take it out, or mend its pattern",
            span=each.span,
        )
