"""Property 1 of semantics, section 7: the engine finds what the naive reference finds.

The first of the systems that `make agreement` goes through.
"""

from __future__ import annotations

import sys

import pytest

from lawful.findings import Verdict
from tests.properties.agree import compared

#: How many systems each part of the test has; the parts run beside one another.
PARTS, SYSTEMS = 4, 750


@pytest.mark.parametrize("part", range(PARTS))
def test_1_engine_and_reference_agree(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Every event has one verdict by both, and every finding is made by both."""
    tally = compared(range(part * SYSTEMS, (part + 1) * SYSTEMS))
    with capsys.disabled():
        sys.stdout.write(f"\n{tally}\n")
    assert not tally.disagreements, "\n".join(tally.disagreements)
    assert set(tally.rules) == set(map(str, Verdict))
    assert tally.refused < SYSTEMS / 4
