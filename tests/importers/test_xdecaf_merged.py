"""What comes of the published scenarios if a vertex has one set of labels instead of data one by one.

This is no way in which anything here judges: it is why data are kept apart.
"""

from __future__ import annotations

import pytest

from lawful.importers.xdecaf.behaviour import Output
from lawful.importers.xdecaf.constraints import Selector
from lawful.importers.xdecaf.model import Model, read_model
from lawful.system.document.pointed import read_object
from lawful_dsl.source import Source
from tests.importers.test_xdecaf_corpus import CORPUS, EXPECTED

pytestmark = pytest.mark.skipif(
    CORPUS is None, reason="the scenarios are not beside the repository"
)
Sets = dict[str, frozenset[str]]


def merged(model: Model) -> Sets:
    """For each vertex all labels that arrive, where a vertex sends on what it has by every output."""
    sent: Sets = {vertex.id: frozenset() for vertex in model.vertices}
    while True:
        arriving: dict[str, frozenset[str]] = {}
        for arrow in (a for arrows in model.feeding.values() for a in arrows):
            source, target = model.homes[arrow.output], model.homes[arrow.input]
            arriving[target] = arriving.get(target, frozenset()) | sent[source]
        now = {v: _sent(arriving.get(v, frozenset()), model.outputs_of.get(v, [])) for v in sent}
        if now == sent:
            return arriving
        sent = now


def _sent(arrived: frozenset[str], outputs: list[Output]) -> frozenset[str]:
    labels = arrived
    for output in outputs:
        pins = {pin for line in output.lines for pin in line.pins} or {""}
        for label in output.mentioned():
            has = any(output.value(label, pin, arrived) for pin in pins)
            labels = labels | {label} if has else labels - {label}
    return labels


def violating(model: Model) -> set[str]:
    """The vertices at which a constraint is broken by what arrives, taken as one datum."""
    arrived = merged(model)
    return {
        vertex.id
        for vertex in model.vertices
        for constraint in model.constraints
        if vertex.id in arrived
        and _all(constraint.vertex, frozenset(vertex.labels))
        and _all(constraint.data, arrived[vertex.id])
    }


def _all(selectors: tuple[Selector, ...], labels: frozenset[str]) -> bool:
    return all(any(a.key in labels for a in s.atoms) != s.inverted for s in selectors)


def test_merged_at_vertices_nine_scenarios_go_wrong() -> None:
    assert CORPUS is not None
    alarms, missed = set(), set()
    for file, said in EXPECTED.items():
        text = (CORPUS / file).read_text("utf-8")
        found = violating(read_model(read_object(Source(file, text))))
        expected = set(said["violating_vertices"])
        alarms |= {file.removesuffix(".json")} if found - expected else set()
        missed |= {file.removesuffix(".json")} if expected - found else set()
    assert sorted(alarms) == [
        "AC-MilitaryAircraftController-violation",
        "AC-TravelPlanner-no-violation",
        "AC-TravelPlanner-violation",
        "AC-abac-no-violation",
        "CWA-NoViolation",
        "CWA-PersonalDataViolation",
        "CWA-RPIViolation",
    ]
    assert sorted(missed) == ["AC-ContactSMS-violation", "AC-DistanceTracker-violation"]
