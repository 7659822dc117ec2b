"""Published plans: each is read and linked, and what people read in them by hand is what is found.

The plans lie beside the repository, and are not part of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from lawful.importers import detect, terraform_plan
from lawful.system.link import link
from lawful.system.load import load
from lawful_dsl import library
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.format import print_flow
from lawful_dsl.program import Program
from lawful_dsl.source import Source
from tests.importers.truths.scoring import CORPUS, score, truths

PLANS = sorted(CORPUS.rglob("*.json")) if CORPUS else []
#: What is wrong in it is that it is two values of JSON.
INVALID = "hashicorp__terraform-json/testdata/invalid/plan.json"


@cache
def common() -> Program:
    program, faults, _ = library.load(["common", "infrastructure"])
    assert faults == ()
    return program


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.parent.name)
def test_a_plan_is_read_and_linked(path: Path, tmp_path: Path) -> None:
    source = Source(str(path), path.read_text("utf-8-sig"))
    assert detect(source) == ("terraform_plan",)
    if str(path).endswith(INVALID):
        with pytest.raises(Rejected):
            terraform_plan.read([source], name="plan")
        return
    (tmp_path / "plan.flow").write_text(
        print_flow(terraform_plan.read([source], name="plan").flows), "utf-8"
    )
    trees, _, wrong = load([tmp_path / "plan.flow"])
    assert wrong == ()
    _, faults = link(trees, common().vocabulary, policies=common().policies)
    assert [fault.message for fault in faults] == []


@pytest.mark.skipif(CORPUS is None, reason="the plans are not beside the repository")
@pytest.mark.parametrize("truth", truths(), ids=lambda path: path.stem)
def test_what_is_found_is_what_was_read_by_hand(truth: Path) -> None:
    flows, regions = score(truth)
    assert flows.besides == frozenset()
    assert regions.besides == frozenset()
    assert flows.missed == frozenset()
    assert regions.missed == frozenset()
