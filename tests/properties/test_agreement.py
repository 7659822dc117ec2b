"""Property 1 of semantics, section 7: the engine finds what the naive reference finds.

`LAWFUL_EXAMPLES` sets how many systems are drawn; `make fuzz` draws many.
"""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import given

from tests.properties import flows, laws
from tests.properties.agreement import Tally, differences
from tests.properties.drawn import drawing

#: How many systems of how many flows: small ones make plain failures, large ones the rare ones.
SIZES = (
    ((int(os.environ["LAWFUL_EXAMPLES"]), 20),)
    if "LAWFUL_EXAMPLES" in os.environ
    else ((60, 6), (6, 16))
)


def test_1_engine_and_reference_agree(capsys: pytest.CaptureFixture[str]) -> None:
    """Every event has one verdict by both, and every finding is made by both."""
    tally = Tally()
    for examples, most in SIZES:

        @drawing(examples)
        @given(laws.policies(), flows.systems(most))
        def agree(texts: tuple[str, ...], flow: str) -> None:
            found = differences(texts, flow, tally)
            assert not found, "\n".join([*found[:8], *texts, flow])

        agree()
    with capsys.disabled():
        sys.stdout.write(f"\nagreement on {tally}\n")
    assert set(tally.verdicts) == {"kept", "broken", "undetermined"}
    assert tally.refused < tally.systems / 4
