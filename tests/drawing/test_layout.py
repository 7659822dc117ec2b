"""Large systems can be read: nothing that has text lies over anything else that has."""

from __future__ import annotations

import pytest

from lawful.drawing import dot, render
from lawful.drawing.layout import Box, read_layout
from lawful.drawing.order import leading_back
from lawful.drawing.placing import place_labels
from lawful.drawing.turning import turn, turn_back
from lawful.findings import Report
from lawful.system.model import System
from tests.drawing import samples
from tests.drawing.boxes import named_boxes, overlaps

CASES = {
    "conferencing": (samples.conferencing(), samples.checked()),
    "sixty nodes": (samples.generated(60, 110), None),
    "few parties": (samples.generated(60, 110, parties=3), None),
    "one party": (samples.generated(60, 130, parties=1), None),
    "two hundred nodes": (samples.generated(200, 420, parties=20), None),
}


@pytest.mark.parametrize("name", CASES)
def test_no_label_overlaps_another_or_a_node(name: str) -> None:
    system: System
    report: Report | None
    system, report = CASES[name]
    picture = render(dot(system, report), "svg")
    boxes = named_boxes(picture.content.decode("utf-8"))
    labels = [box for box in boxes if box.startswith("edge ")]
    nodes = [box for box in boxes if box.startswith("node ")]
    labelled = sum(flow.kind != "hosting" for flow in system.flows)
    assert len(labels) == labelled
    assert len(nodes) >= len(system.nodes)
    assert picture.notices == ()
    assert overlaps(boxes) == []


def test_the_boxes_would_show_an_overlap() -> None:
    """What the test above rests on: two labels set on one place are seen to overlap."""
    text = render(dot(samples.conferencing()), "svg").content.decode("utf-8")
    boxes = named_boxes(text)
    first, second = [name for name in boxes if name.startswith("edge ")][:2]
    assert overlaps({**boxes, first: boxes[second]}) != []


def test_data_flows_from_left_to_right() -> None:
    boxes = named_boxes(render(dot(samples.conferencing()), "svg").content.decode("utf-8"))
    frames = sorted((box[0], name) for name, box in boxes.items() if name.startswith("node "))
    assert len(frames) > 40
    system = samples.conferencing()
    back = leading_back(system.nodes, system.flows)
    assert "recordings -> web_app" in back
    assert "subscriber -> web_app" not in back


def test_without_the_flows_that_lead_back_there_is_no_cycle() -> None:
    system = samples.generated(60, 160)
    back = leading_back(system.nodes, system.flows)
    left = {(f.source, f.target) for f in system.flows if f.id not in back}
    nodes = set(system.nodes)
    while free := nodes - {target for source, target in left if source in nodes}:
        nodes -= free
    assert nodes == set()


def test_turning_twice_is_no_change() -> None:
    text = 'digraph {\n"x y" -> b [leads_back=true pos="s,0,0 1,1 2,2 3,3 4,4"]\na -> b [pos="e,4,4 0,0"]\n}'
    turned = turn(text)
    assert 'b -> "x y" [dir=back' in turned
    assert turn_back(turned).replace('dir="forward" ', "") == text.replace(
        "s,0,0 1,1 2,2 3,3 4,4", "e,0,0 4,4 3,3 2,2 1,1"
    )


def test_a_text_without_places_is_no_layout() -> None:
    with pytest.raises(ValueError, match="bounding box"):
        read_layout("digraph { a -> b [label=x] }")
    with pytest.raises(ValueError, match="no"):
        place_labels("digraph { graph [bb=no]; a -> b }")


def test_boxes() -> None:
    box = Box.around((10, 10), 4, 2)
    assert box == Box(8, 9, 12, 11)
    assert box.meets(Box(11, 10, 20, 20))
    assert not box.meets(Box(12, 9, 20, 20))
    assert box.within(box.grown(1))
    assert not box.grown(1).within(box)
