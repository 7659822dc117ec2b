"""Reasons: why nothing breaks a rule, so far as the rule itself tells."""

from __future__ import annotations

from dataclasses import replace

from lawful_dsl.lint.idle import find_idle
from lawful_dsl.program import Assert, Policy, Program, Readings, Rule

_BY_HAND = "write a system by hand: what breaks the rule may take more than one datum on its way"


def why_not(rule: Rule, program: Program, policy: Policy) -> str:
    """The message that no system breaks a rule, with the reason, else that none was found."""
    id = rule.about.id
    if isinstance(rule, Assert):
        return _never(id, policy, f"every value of `{rule.fact}` is one that it asserts")
    if isinstance(rule, Readings):
        silent = ["/".join(texts) for texts, reading in rule.readings if reading is None]
        if silent:
            said = f"the text in {', '.join(f'`{text}`' for text in silent)} has no such rule"
            return _never(
                id, policy, f"{said}, and what the texts judge differently is undetermined"
            )
    alone = replace(program, policies=(replace(policy, rules=(rule,)),))
    for idle in find_idle(alone):
        if idle.code in ("vacuous-rule", "total-exception"):
            return _never(id, policy, idle.message.partition(": ")[2])
    return (
        f"error: no system was found that breaks `{id}` of `{policy.name}`\n   = help: {_BY_HAND}"
    )


def _never(id: str, policy: Policy, reason: str) -> str:
    return (
        f"error: no system breaks `{id}` of `{policy.name}`: {reason}\n"
        "   = help: ask for systems that keep it, or that break another rule"
    )
