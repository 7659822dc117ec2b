"""Constraints of xDECAF: each thing that its language can say, on a model made up for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.cli import main
from lawful.findings import Verdict
from tests.importers.agreement import checked
from tests.importers.models import model, written


def drawn() -> dict[str, Any]:
    """Two ways into one store: of what is x by a vertex x, and of what is y and z by a vertex y."""
    value = model(
        {"a": "z", "left": "x", "right": "y", "store": "x w", "b": ""},
        [
            ("in", "a", "oa", "left.i"),
            ("on", "left", "ol", "store.i"),
            ("other", "b", "ob", "right.i"),
            ("side", "right", "or", "store.j"),
        ],
        {"oa": "set A.x", "ol": "forward in", "ob": "set A.y,A.z", "or": "forward other"},
        {},
    )
    kinds = {"a": "node:input-output", "store": "node:storage"}
    for child in value["model"]["children"]:
        child["type"] = kinds.get(child["id"], child["type"])
    return value


def violating(constraint: str, folder: Path) -> set[str]:
    """The vertices at which the one constraint is broken; nothing is ever undetermined."""
    value = drawn()
    value["constraints"] = [{"name": "r", "constraint": constraint}]
    (folder / "m.json").write_text(written(value), "utf-8")
    assert main(["import", str(folder / "m.json"), "-o", str(folder / "out")]) == 0
    found = checked(folder / "out" / "m.flow")
    assert found.report.verdict is not Verdict.UNDETERMINED
    return set(found.violating)


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        # labels, alone and in lists, inverted or not
        ("data A.x neverFlows vertex V.w", "store"),
        ("data A.w neverFlows vertex V.w", ""),
        ("data A.x neverFlows", "left store"),
        ("data A.x,A.y neverFlows vertex V.x,V.y", "left right store"),
        ("data A.x, A.y neverFlows vertex V.x , V.y", "left right store"),
        ("data A.y A.z neverFlows vertex V.w", "store"),
        ("data A.y !A.z neverFlows vertex V.w", ""),
        ("data !A.x,A.y neverFlows vertex V.w", ""),
        ("data A.x neverFlows vertex !V.w", "left"),
        ("data A.x neverFlows vertex ! V.w", "left"),
        ("data A.x neverFlows vertex V.x V.w", "store"),
        ("data A.x neverFlows vertex V.x !V.w", "left"),
        ("- Name: data A.x neverFlows vertex V.w", "store"),
        ("Name: data A.x neverFlows to vertex V.w", "store"),
        # types and names of vertices, names of inputs
        ("data A.x neverFlows vertex type STORE", "store"),
        ("data A.x neverFlows vertex type !STORE", "left"),
        ("data A.x neverFlows vertex !type STORE", "left"),
        ("data A.x neverFlows vertex type PROCESS", "left"),
        ("data A.x neverFlows vertex type EXTERNAL", ""),
        ("data A.x neverFlows vertex named Store", "store"),
        ("data A.x neverFlows vertex !named STORE", "left"),
        ("data named side neverFlows vertex type STORE", "store"),
        ("data named side A.x neverFlows vertex type STORE", ""),
        ("data !named side A.x neverFlows vertex type STORE", "store"),
        # where data come from
        ("vertex V.z neverFlows vertex V.w", "store"),
        ("vertex V.z neverFlows vertex V.x !V.w", "left"),
        ("vertex V.x,V.y neverFlows vertex V.w", "store"),
        ("vertex type STORE neverFlows vertex V.w", ""),
        ("vertex type EXTERNAL neverFlows vertex V.x", "left store"),
        ("vertex named B neverFlows", "right store"),
        ("vertex !V.x,V.y,V.z neverFlows vertex V.w", "store"),
        ("vertex V.y data A.x neverFlows vertex V.w", ""),
        ("data A.y vertex V.y neverFlows vertex V.w", "store"),
        ("vertex V.w neverFlows", ""),
        # variables
        ("data A.$a neverFlows vertex V.$a", "left right store"),
        ("data A.$a neverFlows vertex V.w", "store"),
        ("data !A.$a neverFlows vertex V.w", ""),
        ("data A.x A.$a neverFlows vertex V.$a V.w", "store"),
        ("data A.y A.$a neverFlows vertex V.$a V.w", ""),
        ("vertex V.$a neverFlows vertex V.$a", "store"),
        ("vertex V.$a neverFlows vertex !V.$a", "left store"),
        # conditions
        ("data A.$a neverFlows vertex V.w where present $a", "store"),
        ("data A.$a neverFlows vertex V.w where present !$a", ""),
        ("data A.$a neverFlows vertex V.$v where empty intersection($a,$v)", "store"),
        ("data A.x A.$a neverFlows vertex V.$v where empty intersection($a, $v)", ""),
        (
            "data A.$a neverFlows vertex V.$v where present $a present $v"
            " empty intersection( a , v )",
            "store",
        ),
    ],
)
def test_a_constraint_is_broken_where_it_says(
    constraint: str, expected: str, tmp_path: Path
) -> None:
    assert violating(constraint, tmp_path) == set(expected.split())


def test_a_model_without_constraints_is_told_and_no_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = drawn()
    value["constraints"] = [{"name": "blank", "constraint": " "}]
    (tmp_path / "m.json").write_text(written(value), "utf-8")
    assert main(["import", str(tmp_path / "m.json"), "-o", str(tmp_path / "out")]) == 0
    assert "notice: 1 model without constraints" in capsys.readouterr().err
    system, policy = (str(tmp_path / "out" / f"m.{form}") for form in ("flow", "law"))
    assert main(["check", system, "--policy", policy]) == 2


def test_constraints_of_one_name_are_told_apart(tmp_path: Path) -> None:
    value = drawn()
    value["constraints"] = [
        {"name": "r", "constraint": "data A.x neverFlows vertex V.w"},
        {"name": "r", "constraint": "data A.w neverFlows vertex V.w"},
        {"constraint": "- last: data A.z neverFlows vertex V.w"},
        {"constraint": "data A.z neverFlows vertex V.w"},
    ]
    (tmp_path / "m.json").write_text(json.dumps(value), "utf-8")
    assert main(["import", str(tmp_path / "m.json"), "-o", str(tmp_path / "out")]) == 0
    report = checked(tmp_path / "out" / "m.flow").report
    assert {rule.rule: rule.verdict for rule in report.rules} == {
        "r": Verdict.BROKEN,
        "r 2": Verdict.KEPT,
        "last": Verdict.BROKEN,
        "constraint 4": Verdict.BROKEN,
    }
