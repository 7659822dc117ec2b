"""Property 1 of semantics, section 7: the engine finds what the naive reference finds.

`LAWFUL_EXAMPLES` sets how many systems are drawn; `make fuzz` draws many.
"""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.properties import texts
from tests.properties.agreement import Tally, differences

#: How many systems of how many flows: small ones make plain failures, large ones the rare ones.
SIZES = (
    ((int(os.environ["LAWFUL_EXAMPLES"]), 20),)
    if "LAWFUL_EXAMPLES" in os.environ
    else ((100, 6), (6, 16))
)


@pytest.mark.parametrize(("examples", "flows"), SIZES)
def test_engine_and_reference_agree(
    examples: int, flows: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every event has one verdict by both, and every finding is made by both."""
    tally = Tally()

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="LAWFUL_EXAMPLES" not in os.environ,
        phases=(Phase.generate,),  # shrinking such pairs of texts takes longer than reading them
    )
    @given(texts.policies(), texts.systems(flows))
    def agree(law: str, flow: str) -> None:
        found = differences(law, flow, tally)
        assert not found, "\n".join([*found[:8], law, flow])

    agree()
    with capsys.disabled():
        sys.stdout.write(f"\nagreement on {tally}\n")
    assert set(tally.verdicts) == {"kept", "broken", "undetermined"}
    assert tally.refused < tally.systems / 4
