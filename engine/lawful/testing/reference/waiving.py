"""Waiving: whether what was found is waived (44)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.system.model import System, Waiver
from lawful.testing.reference.findings import Concluded
from lawful_dsl.program import Policy


def waived(found: Concluded, system: System, policies: Sequence[Policy], date: str) -> bool:
    """Whether some waiver counts for a finding on a date, and its rule does not refuse it."""
    refused = any(
        rule.about.unwaivable
        for policy in policies
        for rule in policy.rules
        if (policy.name, rule.about.id) == (found.policy, found.rule)
    )
    return not refused and any(
        waiver.owner != "" and waiver.until >= date and _is_about(waiver, found)
        for waiver in system.waivers
    )


def _is_about(waiver: Waiver, found: Concluded) -> bool:
    named = [pattern for pattern in waiver.at if _stands_for(pattern, found.carrier)]
    return (found.policy, found.rule) in waiver.rules and (not waiver.at or bool(named))


def _stands_for(pattern: str, id: str) -> bool:
    literal = (re.escape(piece) for piece in pattern.split("*"))
    return re.fullmatch(".*".join(literal), id) is not None
