"""What is screened out before it is judged is nothing of which a rule would have spoken."""

from __future__ import annotations

import pytest
from hypothesis import given

from lawful.rules import screens
from tests.properties import flows, laws
from tests.properties.agreement import engine_verdicts, understood
from tests.properties.drawn import drawing


@drawing(60)
@given(laws.policies(), flows.systems(10))
def test_a_screen_lets_through_all_that_a_rule_speaks_of(texts: tuple[str, ...], flow: str) -> None:
    both = understood(texts, flow)
    if both is None:
        return
    screened = engine_verdicts(*both)
    with pytest.MonkeyPatch.context() as patch:
        for screen in ("of_data", "of_events", "at_ends"):
            patch.setattr(screens, screen, lambda *_: lambda *_: True)
        patch.setattr(screens, "partners", lambda *_: -1)
        assert engine_verdicts(*both) == screened
