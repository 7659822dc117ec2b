"""Further tests to put mutants to: numbered systems, on which engine and reference agree, and a policy's cases.

No run of all tests has them (they are in it elsewhere, in larger pieces): `--tests tests/mutation/further.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.cli import main
from tests.properties.agreement import compare, understood
from tests.properties.numbered import numbered

#: How many pieces there are, and how many systems in each.
PIECES, SYSTEMS = 12, 10
CASES = Path(__file__).parents[2] / "policies" / "appointlet" / "cases"


@pytest.mark.parametrize("piece", range(PIECES))
def test_engine_and_reference_agree(piece: int) -> None:
    for number in range(piece * SYSTEMS, (piece + 1) * SYSTEMS):
        laws, statements = numbered(number)
        both = understood(laws, *statements)
        assert both is None or not compare(*both).differences


@pytest.mark.parametrize("path", sorted(CASES.glob("*.flow")), ids=lambda path: path.stem)
def test_the_cases_of_a_policy_hold(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["test", str(path)])
    assert status == 0, capsys.readouterr().out
