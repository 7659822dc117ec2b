"""The naive reference checker, written from the contract: sets of tuples, brute force, no cleverness.

What the engine finds must equal what this finds, on every small system.
"""

from lawful.testing.reference.findings import (
    Asserted,
    Concluded,
    assertions,
    conclude,
)
from lawful.testing.reference.judging import Examined, Judged, examine, judge
from lawful.testing.reference.waiving import waived

__all__ = [
    "Asserted",
    "Concluded",
    "Examined",
    "Judged",
    "assertions",
    "conclude",
    "examine",
    "judge",
    "waived",
]
