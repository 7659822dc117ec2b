"""Property 1 of semantics, section 7: the engine finds what the naive reference finds.

`LAWFUL_EXAMPLES` sets how many systems are drawn; `make fuzz` draws many.
"""

from __future__ import annotations

import os
import sys

from hypothesis import HealthCheck, Phase, given, settings

from tests.properties import texts
from tests.properties.agreement import Tally, differences

EXAMPLES = int(os.environ.get("LAWFUL_EXAMPLES", "150"))
#: The reference is slow where much flows: the long run draws the large systems.
FLOWS = 20 if "LAWFUL_EXAMPLES" in os.environ else 6


def test_engine_and_reference_agree(capsys) -> None:  # type: ignore[no-untyped-def]
    """Every event has one verdict by both, and every finding is made by both."""
    tally = Tally()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="LAWFUL_EXAMPLES" not in os.environ,
        phases=(Phase.generate,),  # shrinking such pairs of texts takes longer than reading them
    )
    @given(texts.policies(), texts.systems(FLOWS))
    def agree(law: str, flow: str) -> None:
        found = differences(law, flow, tally)
        assert not found, "\n".join([*found[:8], law, flow])

    agree()
    with capsys.disabled():
        sys.stdout.write(f"\nagreement on {tally}\n")
    assert set(tally.verdicts) == {"kept", "broken", "undetermined"}
    assert tally.refused < tally.systems / 4
