"""Strategies for Hypothesis: systems in the words of a policy, changes to them, systems that keep or break it.

What is drawn is a `.flow` text, so that a failing example reads as a person would have written it. It shrinks
towards few nodes, few flows and the words that the policy names first.

>>> from hypothesis import given
>>> from lawful.testing import assert_lawful
>>> @given(compliant_systems("appointlet"))
... def test_what_keeps_all_passes(system):
...     assert_lawful(system, strict=True)
"""

try:
    import hypothesis  # noqa: F401
except ModuleNotFoundError as missing:  # pragma: no cover
    raise ModuleNotFoundError(
        "lawful.testing.strategies is for Hypothesis: pip install 'lawful[test]'",
        name=missing.name,
    ) from missing

from lawful.testing.strategies.drawn import (
    breaking_systems,
    changes,
    compliant_systems,
    flows,
    systems,
)
from lawful.testing.strategies.text import FlowText

__all__ = ["FlowText", "breaking_systems", "changes", "compliant_systems", "flows", "systems"]
