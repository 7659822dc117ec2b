"""Models of xDECAF: what becomes of vertices, flows, behaviours and constraints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.cli import main
from lawful.findings import Verdict
from lawful.importers import find
from lawful_dsl import syntax as s
from lawful_dsl.format import print_flow
from lawful_dsl.source import Source
from tests.importers.agreement import Checked, checked
from tests.importers.models import chain, model, written


def brought_in(folder: Path, value: object) -> Checked:
    (folder / "m.json").write_text(written(value), "utf-8")
    assert main(["import", str(folder / "m.json"), "-o", str(folder / "out")]) == 0
    return checked(folder / "out" / "m.flow")


@pytest.mark.parametrize(
    ("start", "behaviour", "constraint", "broken"),
    [
        ("set A.x", "forward f", "data A.x", True),
        ("set A.x", "forward f", "data A.y", False),
        ("set A.x", "forward f", "data !A.y", True),
        ("set A.x", "forward f", "data !A.x", False),
        ("set A.x", "forward f", "data A.y,A.x", True),
        ("set A.x", "forward f", "data A.x A.y", False),
        ("set A.x,A.y", "forward f", "data A.x A.y", True),
        ("set A.x", "forward f", "data A.x !A.y", True),
        ("set A.x", "forward f", "data !A.x,A.y", False),
        ("set A.z", "forward f", "data !A.x,A.y", True),
        ("set A.x", "forward f\nset A.y", "data A.y", True),
        ("set A.x", "forward f\nunset A.x", "data A.x", False),
        ("set A.x", "unset A.x\nforward f", "data A.x", True),
        ("set A.x", "set A.y", "data A.x", False),
        ("set A.x", "set A.y", "data A.y", True),
        ("set A.x", "forward g", "data !A.x", True),
        ("set A.x", "forward", "data !A.x", True),
        ("set A.x", "", "data !A.x", False),
        ("set A.x", "assign A.x if A.x from f", "data A.x", True),
        ("set A.x", "assign A.y if TRUE from f", "data A.y", True),
        ("set A.x", "forward f\nassign A.x if FALSE from f", "data A.x", False),
        ("set A.x", "assign A.y if A.x from f", "data A.y", True),
        ("set A.x", "assign A.y if A.x from f", "data A.x", False),
        ("set A.z", "assign A.y if A.x from f", "data A.y", False),
        ("set A.z", "assign A.y if A.x from f", "data !A.y", True),
        ("set A.x", "assign A.y if A.x from f", "data !A.y", False),
        ("set A.x", "assign A.y if A.x && A.z from f", "data A.y", False),
        ("set A.x,A.z", "assign A.y if A.x && A.z from f", "data A.y", True),
        ("set A.x", "assign A.y if (A.z || A.x) && !A.w from f", "data A.y", True),
        ("set A.x,A.w", "assign A.y if (A.z || A.x) && !A.w from f", "data A.y", False),
        ("set A.x", "assign A.x if !A.x from f", "data A.x", False),
        ("set A.z", "assign A.x if !A.x from f", "data A.x", True),
        ("set A.x", "forward f\nassign A.y if A.x from f\nunset A.x", "data A.y !A.x", True),
        ("set A.x", "forward f\nassign A.y if !A.x from f", "data A.x A.y", False),
        # what is no line, and how older versions wrote the lines
        ("set A.x", "# nothing yet\n\nforward f // but this is a name", "data A.x", False),
        ("set A.x", "// nothing yet\r\n  forward f\r\n", "data A.x", True),
        ("set A.x", "Forwarding({f})", "data A.x", True),
        ("set A.x", "Forwarding({g, f})", "data A.x", True),
        ("set A.x", "Assignment({f};TRUE;{A.y})", "data A.y", True),
        ("set A.x", "Assignment({f}; A.x && !A.z ;{A.y, A.w})", "data A.w A.y", True),
        ("set A.x", "Forwarding({f})\nAssignment({};FALSE;{A.x})", "data A.x", False),
        ("set A.x", "forward f\nset A.y = TRUE", "data A.x A.y", True),
        ("set A.x", "forward f\nset A.x = FALSE", "data A.x", False),
        ("set A.x", "set A.y = f.A.x || A.z", "data A.y", True),
        ("set A.x", "set A.y = !f.A.x", "data A.y", False),
        # a label at an input
        ("set A.x", "assign A.y if f.A.x from f", "data A.y", True),
        ("set A.z", "assign A.y if f.A.x from f", "data A.y", False),
        ("set A.x", "assign A.y if !(f.A.x && f.A.z) from f", "data A.y", True),
    ],
)
def test_an_output_emits_what_its_behaviour_says(
    start: str, behaviour: str, constraint: str, broken: bool, tmp_path: Path
) -> None:
    found = brought_in(tmp_path, chain(behaviour, start, constraint))
    assert found.violating == (frozenset({"end"}) if broken else frozenset())
    assert found.report.verdict is not Verdict.UNDETERMINED


def test_a_vertex_selector_may_be_inverted(tmp_path: Path) -> None:
    value = chain("forward f")
    value["constraints"] = [{"name": "r", "constraint": "data A.x neverFlows vertex !V.x !V.y"}]
    assert brought_in(tmp_path, value).violating == {"middle"}


def test_an_input_that_several_flows_share_is_forwarded_whole(tmp_path: Path) -> None:
    value = model(
        {"a": "", "b": "", "middle": "", "end": "x"},
        [
            ("f", "a", "oa", "middle.i"),
            ("h", "b", "ob", "middle.i"),
            ("g", "middle", "o", "end.i"),
        ],
        {"oa": "set A.x", "ob": "set A.y", "o": "forward f"},
        {"r": "data A.y neverFlows vertex V.x", "t": "data A.x A.y neverFlows vertex V.x"},
    )
    found = brought_in(tmp_path, value)
    assert found.violating == {"end"}
    assert [r.verdict for r in found.report.rules] == [Verdict.BROKEN, Verdict.KEPT]


def test_what_is_only_read_goes_nowhere(tmp_path: Path) -> None:
    value = model(
        {"a": "", "b": "", "middle": "", "end": "x"},
        [("f", "a", "oa", "middle.i"), ("h", "b", "ob", "middle.j"), ("g", "middle", "o", "end.i")],
        {"oa": "set A.x", "ob": "set A.y", "o": "forward h\nassign A.z if TRUE from f"},
        {"r": "data A.x neverFlows vertex V.x", "t": "data A.z A.y neverFlows vertex V.x"},
    )
    assert [r.verdict for r in brought_in(tmp_path, value).report.rules] == [
        Verdict.KEPT,
        Verdict.BROKEN,
    ]


def test_a_label_at_an_input_is_that_of_what_arrives_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = model(
        {"a": "", "b": "", "middle": "", "end": "x"},
        [
            ("f", "a", "oa", "middle.i"),
            ("k", "a", "oa", "middle.i"),
            ("h", "b", "ob", "middle.j"),
            ("g", "middle", "o", "end.i"),
        ],
        {"oa": "set A.x", "ob": "set A.x,A.y", "o": "assign A.z if f|k.A.x from f,h\nforward h"},
        {"r": "data A.z !A.y neverFlows vertex V.x", "t": "data A.z A.y neverFlows vertex V.x"},
    )
    found = brought_in(tmp_path, value)
    assert [r.verdict for r in found.report.rules] == [Verdict.BROKEN, Verdict.KEPT]
    assert "notice: 1 outputs with a condition on several inputs" in capsys.readouterr().err


def test_what_is_null_is_not_there(tmp_path: Path) -> None:
    """The server of the tool writes all keys, with `null` where it has nothing."""
    value = chain("forward f", constraint="data A.x")
    for child in value["model"]["children"]:
        child.update(annotations=None, children=[], **dict.fromkeys(("x", "y")))
        if child["type"] == "edge:arrow":
            child.update(labels=None, ports=None)
        else:
            child.update(sourceId=None, targetId=None, labels=child["labels"] or None)
        for port in child["ports"] or ():
            port.setdefault("behavior", None)
    value.update(mode=None, violations=None)
    assert brought_in(tmp_path, value).violating == {"end"}


def circle(entered: bool) -> dict[str, Any]:
    flows = [("round", "a", "oa", "b.i"), ("back", "b", "ob", "a.i")]
    flows += [("in", "start", "os", "a.i")] if entered else []
    return model(
        {"a": "x", "b": "", "start": ""},
        flows,
        {"oa": "forward back", "ob": "forward round\nset A.y", "os": "set A.x"},
        {"r": "data A.y neverFlows vertex V.x"},
    )


def test_cycles_are_followed_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert brought_in(tmp_path, circle(entered=True)).violating == {"a"}
    assert "cycles" not in capsys.readouterr().err


def test_on_a_cycle_that_nothing_enters_data_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = brought_in(tmp_path, circle(entered=False))
    assert found.violating == {"a"}
    assert found.report.verdict is Verdict.BROKEN
    assert "notice: 2 outputs on cycles that nothing enters" in capsys.readouterr().err


def test_what_is_not_taken_over_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = chain("")
    value["model"]["children"].append({"type": "label", "id": "l"})
    brought_in(tmp_path, value)
    notices = capsys.readouterr().err.splitlines()
    assert [notice.split()[1] for notice in notices] == ["1", "1"]
    text = (tmp_path / "out" / "m.flow").read_text("utf-8")
    assert all(notice.removeprefix("notice: ") in text for notice in notices)


def test_the_order_in_which_a_diagram_is_drawn_says_nothing(tmp_path: Path) -> None:
    forth = chain("forward f\nset A.y", start="set A.x")
    back = json.loads(written(forth))
    back["model"]["children"].reverse()
    for each in back["model"]["children"]:
        each.get("ports", []).reverse()
    texts = []
    for name, value in (("forth", forth), ("back", back)):
        (tmp_path / name).mkdir()
        brought_in(tmp_path / name, value)
        texts.append((tmp_path / name / "out" / "m.flow").read_text("utf-8"))
    assert texts[0] == texts[1]


def test_labels_that_exclude_others_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = chain("forward f")
    value["labelTypes"][0]["values"][0]["excludes"] = [{"labelTypeValueId": "Ay"}]
    brought_in(tmp_path, value)
    assert "1 labels that exclude others" in capsys.readouterr().err


def test_names_are_those_of_the_model_as_far_as_a_name_can_hold_them(tmp_path: Path) -> None:
    value = chain("set A.it's", start="set A.x", constraint="data A.it's")
    value["labelTypes"][0]["values"][1]["text"] = "it's"
    value["model"]["children"][2]["text"] = 'عميل "one"\nand two'
    value["constraints"].append({"constraint": "data A.x neverFlows vertex V.x"})
    assert brought_in(tmp_path, value).violating == {"end"}
    text = (tmp_path / "out" / "m.flow").read_text("utf-8")
    assert 'service end "عميل ”one” and two"' in text


def test_both_forms_say_the_same_and_are_in_the_one_style(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(written(chain("assign A.y if A.x from f")), "utf-8")
    source = str(tmp_path / "m.json")
    assert main(["import", source, "-o", str(tmp_path / "flow")]) == 0
    assert main(["import", source, "-o", str(tmp_path / "json"), "--format", "json"]) == 0
    assert main(["import", source, "-o", str(tmp_path / "other.flow")]) == 0
    assert main(["fmt", "--check", str(tmp_path / "flow")]) == 0
    assert (tmp_path / "other.law").exists()
    told = [checked(tmp_path / f"{form}/m.{form}") for form in ("flow", "json")]
    assert told[0].violating == told[1].violating == {"end"}


def test_every_fact_points_to_where_it_stands() -> None:
    value = chain("assign A.y if A.x from f")
    imported = find("xdecaf").read([Source("m.json", json.dumps(value))], name="m")
    assert imported.law is not None
    for statement in (*imported.flows.statements, *imported.law.statements):
        if isinstance(statement, s.NodeDecl | s.FlowDecl | s.Forbid):
            found: Any = value
            for key in statement.span.pointer.split("/")[1:]:
                found = found[int(key) if isinstance(found, list) else key]
            assert statement.id is not None
            assert found.get("id", found.get("name")) == statement.id.text


def test_a_label_may_have_the_sign_of_an_assignment_in_it(tmp_path: Path) -> None:
    value = json.dumps(
        {
            "model": {
                "children": [
                    {
                        "id": "e",
                        "type": "edge:arrow",
                        "sourceId": "o",
                        "targetId": "i",
                        "text": "f",
                    },
                    {
                        "id": "a",
                        "type": "node:input-output",
                        "text": "A",
                        "labels": [],
                        "ports": [
                            {"id": "o", "type": "port:dfd-output", "behavior": "set A.x = y = TRUE"}
                        ],
                    },
                    {
                        "id": "b",
                        "type": "node:function",
                        "text": "B",
                        "labels": [],
                        "ports": [{"id": "i", "type": "port:dfd-input"}],
                    },
                ]
            },
            "labelTypes": [{"id": "t", "name": "A", "values": [{"id": "v", "text": "x = y"}]}],
        }
    )
    imported = find("xdecaf").read((Source("a.json", value),), name="it")
    assert "mark 'A.x = y'" in print_flow(imported.flows)
