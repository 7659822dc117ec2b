"""Published scenarios of xDECAF: what its own tests expect is what the check finds of each.

The scenarios lie beside the repository, and are not part of it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawful.cli import main
from lawful.findings import Verdict
from tests.importers.agreement import checked

BESIDE = (Path(__file__).parents[3] / "shared", Path(__file__).parents[4] / "shared")
CORPUS = next(
    (folder for shared in BESIDE if (folder := shared / "corpus" / "xdecaf").is_dir()), None
)
EXPECTED = json.loads((CORPUS / "expected.json").read_text("utf-8")) if CORPUS else {}


@pytest.mark.skipif(CORPUS is None, reason="the scenarios are not beside the repository")
def test_there_are_scenarios_with_and_without_violations() -> None:
    verdicts = [bool(said["violating_vertices"]) for said in EXPECTED.values()]
    assert any(verdicts)
    assert not all(verdicts)


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_the_violating_vertices_are_those_expected(file: str, tmp_path: Path) -> None:
    assert CORPUS is not None
    assert main(["import", str(CORPUS / file), "-o", str(tmp_path)]) == 0
    found = checked((tmp_path / file).with_suffix(".flow"))
    expected = set(EXPECTED[file]["violating_vertices"])
    assert found.violating == expected
    assert (found.report.verdict is Verdict.BROKEN) == bool(expected)
    assert found.report.verdict is not Verdict.UNDETERMINED
    assert {finding.event.target for finding in found.report.findings} <= expected
