"""Models of Threat Dragon, in both versions, of the Threat Model Library, and as bills of materials."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.importers import detect
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source
from tests.importers.sketches import CORPUS, attempt, corpus, of_sources, read


def shape(id: str, kind: str, name: str, **more: Any) -> dict[str, Any]:
    data = {"type": f"tm.{kind}", "name": name, **more}
    return {"id": id, "shape": kind.lower(), "zIndex": 1, "data": data}


def flow(id: str, source: str, target: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        **shape(id, "Flow", name, **more),
        "source": {"cell": source},
        "target": {"cell": target},
    }


CELLS = [
    shape("p1", "Process", "Till"),
    shape("s1", "Store", "Orders", isEncrypted=True, threats=[{"title": "x"}]),
    shape("a1", "Actor", "Buyer", outOfScope=True),
    shape("b1", "BoundaryBox", "Back office", containedElements=["s1"]),
    shape("b2", "Boundary", ""),
    flow("f1", "a1", "p1", "buys", isEncrypted=True, protocol="HTTPS", isBidirectional=True),
    flow("f2", "p1", "s1", "keeps", isEncrypted=True, protocol="SQL"),
    flow("f3", "s1", "p1", "looks", isEncrypted=False, isPublicNetwork=True),
    {**flow("f4", "p1", "s1", "nowhere"), "target": {"x": 1, "y": 2}},
    {"id": "t", "shape": "td-text-block", "data": {"type": "tm.Text", "name": "Hello"}},
]


def two(*cells: dict[str, Any], **diagram: Any) -> str:
    diagrams = [{"id": 0, "title": "D", "cells": list(cells or CELLS), **diagram}]
    model = {
        "version": "2.3.0",
        "summary": {"title": "A shop", "owner": "Rosa Baker"},
        "detail": {"contributors": [{"name": "Rosa"}], "diagrams": diagrams},
    }
    return json.dumps(model)


def one() -> str:
    """The same as it was written in version 1."""

    def old(cell: dict[str, Any]) -> dict[str, Any]:
        data = dict(cell["data"])
        text = {"text": {"text": data.pop("name")}}
        ends = {
            word: {"id": cell[word]["cell"]} if "cell" in cell[word] else cell[word]
            for word in ("source", "target")
            if word in cell
        }
        label = {"labels": [{"attrs": text}]} if ends else {"attrs": text}
        return {"id": cell["id"], **data, **label, **ends}

    diagrams = [{"id": 0, "diagramJson": {"cells": [old(cell) for cell in CELLS]}}]
    return json.dumps({"summary": {"title": "A shop"}, "detail": {"diagrams": diagrams}})


def library(**more: Any) -> str:
    model = {
        "version": "1",
        "scope": {"title": "A shop"},
        "trust_zones": [{"symbolic_name": "inside"}],
        "trust_boundaries": [],
        "actors": [
            {"symbolic_name": "buyer", "title": "Buyer", "type": "user"},
            {"symbolic_name": "bank", "title": "Bank", "type": "third_party"},
        ],
        "components": [{"symbolic_name": "till", "title": "Till", "trust_zone": "inside"}],
        "data_stores": [{"symbolic_name": "orders", "title": "Orders", "type": "sql"}],
        "data_sets": [
            {
                "symbolic_name": name,
                "title": name,
                "placements": [{"data_store": "orders", "encrypted": True}],
                "data_sensitivity": codes,
            }
            for name, codes in (("cards", ["pci"]), ("addresses", ["pii"]), ("plans", ["biz"]))
        ],
        "data_flows": [
            {
                "symbolic_name": "f",
                "source": {"type": "component", "object": "till"},
                "destination": {"type": "data_store", "object": "orders"},
                "encrypted": True,
            }
        ],
    }
    return json.dumps({**model, **more})


@pytest.mark.parametrize("text", [one(), two()], ids=["version 1", "version 2"])
def test_both_versions_tell_the_same(text: str, tmp_path: Path) -> None:
    told = read("threat_dragon", tmp_path, text)
    nodes = told.system.nodes
    assert {id: node.kind for id, node in nodes.items()} == {
        "Buyer": "client",
        "Orders": "store",
        "Till": "service",
    }
    assert nodes["Orders"].measures.values == ("encryption_at_rest",)
    assert nodes["Orders"].attributes["m_boundary"] == "Back office"
    flows = {f.id: (f.source, f.target, f.measures.values) for f in told.system.flows}
    assert flows == {
        "buys": ("Buyer", "Till", ("tls",)),
        "buys (back)": ("Till", "Buyer", ("tls",)),
        "keeps": ("Till", "Orders", ("encryption_in_transit",)),
        "looks": ("Orders", "Till", ()),
    }
    assert all(f.carries is None for f in told.system.flows)
    for text in (
        "1 flows with an end at no element",
        "1 threats: left out",
        "1 texts and other shapes",
        "1 trust boundaries that are drawn",
        "4 flows of which the file does not say what they carry",
        "1 flows over a public network",
    ):
        assert text in told.notices
    assert "Rosa" not in told.flow + told.law + told.notices


def test_things_of_one_name_are_told_apart(tmp_path: Path) -> None:
    cells = [shape("1", "Store", "Disk"), shape("2", "Store", "Disk"), shape("3", "Process", "")]
    cells += [flow("4", "1", "2", "copy"), flow("5", "2", "1", "copy")]
    told = read("threat_dragon", tmp_path, two(*cells))
    assert sorted(told.system.nodes) == ["3", "Disk (1)", "Disk (2)"]
    assert sorted(f.id for f in told.system.flows) == ["copy (4)", "copy (5)"]
    again = read("threat_dragon", tmp_path, two(*reversed(cells)))
    assert again.flow == told.flow


def test_a_flow_that_is_called_as_a_node_is_told_apart(tmp_path: Path) -> None:
    cells = [shape("1", "Store", "copy"), shape("2", "Store", "b"), flow("3", "1", "2", "copy")]
    told = read("threat_dragon", tmp_path, two(*cells))
    assert [f.id for f in told.system.flows] == ["copy (flow)"]


def test_boxes_say_which_data_are_there_and_a_protocol_that_a_flow_is_protected(
    tmp_path: Path,
) -> None:
    cells = [
        shape("1", "Store", "Keys", storesCredentials=True, isALog=True, storesInventory=False),
        shape("2", "Process", "Till", handlesCardPayment=True, privilegeLevel="root of all"),
        flow("3", "1", "2", "a", protocol="HTTPS"),
        flow("4", "1", "2", "b", protocol="HTTP or HTTPS", isEncrypted=False),
    ]
    told = read("threat_dragon", tmp_path, two(*cells))
    held = {id: [o.term for o in node.origins] for id, node in told.system.nodes.items()}
    assert held == {"Keys": ["login_data"], "Till": ["card_data"]}
    assert {f.id: f.measures.values for f in told.system.flows} == {"a": ("tls",), "b": ()}
    assert "1 `isALog` of elements" in told.notices
    assert "1 `privilegeLevel` of elements" in told.notices
    assert "storesInventory" not in told.notices
    assert "root of all" not in told.flow + told.notices


def test_a_boundary_that_a_flow_crosses_says_not_who_is_within(tmp_path: Path) -> None:
    cells = [
        shape("1", "Store", "a", trustBoundaryIds=["b"]),
        shape("2", "Store", "c"),
        shape("b", "BoundaryBox", "Room"),
        shape("w", "Boundary", "Wall"),
        flow("3", "1", "2", "copy", trustBoundaryIds=["w"]),
    ]
    told = read("threat_dragon", tmp_path, two(*cells))
    assert told.system.nodes["a"].attributes["m_boundary"] == "Room"
    assert "1 trust boundaries that are drawn: who is within them is not said" in told.notices


def test_what_the_canvas_embeds_in_a_boundary_is_within_it(tmp_path: Path) -> None:
    cells = [
        {**shape("b", "BoundaryBox", "Room"), "children": ["1"]},
        shape("1", "Store", "a"),
        {**shape("2", "Store", "c"), "parent": "b"},
        {**shape("3", "Store", "d"), "parent": "1"},
    ]
    told = read("threat_dragon", tmp_path, two(*cells))
    where = {id: node.attributes.get("m_boundary") for id, node in told.system.nodes.items()}
    assert where == {"a": "Room", "c": "Room", "d": None}
    assert "trust boundaries that are drawn" not in told.notices


def test_a_copied_diagram_has_the_same_ids(tmp_path: Path) -> None:
    diagram = {"cells": [shape("1", "Store", "Disk")]}
    text = json.dumps({"summary": {}, "detail": {"diagrams": [diagram, diagram]}})
    told = read("threat_dragon", tmp_path, text)
    assert sorted(told.system.nodes) == ["Disk (1, diagram 1)", "Disk (1, diagram 2)"]


def test_the_library_has_data_with_their_sensitivity(tmp_path: Path) -> None:
    told = read("threat_dragon", tmp_path, library())
    assert {id: node.kind for id, node in told.system.nodes.items()} == {
        "bank": "recipient",
        "buyer": "client",
        "orders": "store",
        "till": "service",
    }
    assert told.system.nodes["orders"].measures.values == ("encryption_at_rest",)
    assert told.system.nodes["till"].attributes["m_boundary"] == "inside"
    for line in (
        '"data.cards" is card_data',
        '"data.addresses" is personal_data',
        '"data.plans" is all_data',
    ):
        assert line in told.law
    (only,) = told.system.flows
    assert (only.id, only.measures.values) == ("f", ("encryption_in_transit",))


def test_a_store_is_encrypted_where_all_that_is_placed_there_is(tmp_path: Path) -> None:
    sets = json.loads(library())["data_sets"]
    sets[0]["placements"][0]["encrypted"] = False
    told = read("threat_dragon", tmp_path, library(data_sets=sets))
    assert not told.system.nodes["orders"].measures.values
    assert "1 placements that are not encrypted" in told.notices


def test_of_several_sensitivities_the_category_is_what_they_have_in_common(tmp_path: Path) -> None:
    sets = [
        {"symbolic_name": name, "data_sensitivity": codes}
        for name, codes in (("a", ["pii", "pci"]), ("b", ["biz", "phi"]), ("c", ["ip", "gov"]))
    ]
    told = read("threat_dragon", tmp_path, library(data_sets=sets))
    for line in (
        '"data.a" is personal_data',
        '"data.b" is health_data',
        '"data.c" is all_data',
    ):
        assert line in told.law


def test_a_store_has_access_control_where_all_that_is_placed_there_has(tmp_path: Path) -> None:
    sets = json.loads(library())["data_sets"]
    for each in sets:
        each["access_control_methods"] = ["rbac"]
    told = read("threat_dragon", tmp_path, library(data_sets=sets))
    assert told.system.nodes["orders"].measures.values == ("access_control", "encryption_at_rest")
    sets[1]["access_control_methods"] = ["none"]
    again = read("threat_dragon", tmp_path, library(data_sets=sets))
    assert again.system.nodes["orders"].measures.values == ("encryption_at_rest",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (two(flow("1", "x", "y", "f")), "there is no cell `x`"),
        (two(shape("1", "Store", "a"), shape("1", "Store", "b")), "the id of two cells"),
        (two({"shape": "store"}), "the key `id` is missing"),
        (two(cells={}), "`cells` is not what is expected"),
        (json.dumps({"summary": {}, "detail": {"diagrams": []}}), "no elements"),
        (json.dumps({"summary": {"diagrams": 1, "detail": 2}}), "the key `detail` is missing"),
        (library(data_flows=[{"symbolic_name": "f"}]), "the key `source` is missing"),
        (library(data_stores=[{"symbolic_name": "till"}]), "`till` is said twice"),
        (two()[:400], "this is not JSON"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=message):
        read("threat_dragon", tmp_path, text)


def test_a_placement_may_name_no_store(tmp_path: Path) -> None:
    value = json.loads(library())
    value["data_sets"][0]["placements"].append({"encrypted": True})
    told = read("threat_dragon", tmp_path, json.dumps(value))
    assert "1 placements of data at no store: left out" in told.notices


def part(ref: str, name: str, *parts: Any, **said: str) -> dict[str, Any]:
    """A component of a bill of a threat model; properties of flows begin with `flow_`."""
    keys = {key: key.replace("flow_", "dataflow:") for key in said}
    properties = [{"name": f"cdx:model:{keys[key]}", "value": said[key]} for key in said]
    inner = {"components": list(parts)} if parts else {}
    head = {"type": "threat-model", "bom-ref": ref, "name": name, "properties": properties}
    return {**head, **inner}


def bill(*parts: Any) -> str:
    return json.dumps({"bomFormat": "CycloneDX", "components": [part("m", "A shop", *parts)]})


ENDS = (("source", "u"), ("destination", "t"), ("destination", "partner"))
BILL = (
    part("b", "House", type="boundary"),
    part("u", "Buyer", type="actor"),
    part("t", "Till", type="server", inBoundary="b", hasAccessControl="true", platform="Linux"),
    part("s", "Orders", type="datastore"),
    part("x", "Printer", isHardened="false"),
    part("c", "Cards", type="asset", storedBy="s"),
    part("d", "Picture", type="diagram"),
    part(
        "f",
        "buys",
        type="dataflow",
        flow_source="u",
        flow_destination="t",
        flow_protocol="HTTPS",
        flow_data="Basket",
        flow_isBidirectional="true",
    ),
    part("g", "keeps", type="dataflow", flow_source="t", flow_destination="s", flow_data="c"),
    part("h", "prints", type="dataflow", flow_source="t", flow_destination="x"),
    part("i", "lost", type="dataflow", flow_source="t", flow_destination="nobody"),
)


def test_a_bill_of_a_threat_model_is_one(tmp_path: Path) -> None:
    told = read("threat_dragon", tmp_path, bill(*BILL))
    kinds = {id: node.kind for id, node in told.system.nodes.items()}
    assert kinds == {"Buyer": "client", "Till": "service", "Orders": "store", "Printer": "service"}
    flows = {flow.id: (flow.source, flow.target) for flow in told.system.flows}
    assert flows == {
        "buys": ("Buyer", "Till"),
        "buys (back)": ("Till", "Buyer"),
        "keeps": ("Till", "Orders"),
        "prints": ("Till", "Printer"),
    }
    assert "Buyer -> Till : data.Basket using tls ..." in " ".join(told.flow.split())
    assert "Till -> Orders : data.Cards" in " ".join(told.flow.split())
    assert "store Orders holds data.Cards" in " ".join(told.flow.split())
    till = told.system.nodes["Till"]
    assert (till.attributes["m_boundary"], till.measures.values) == ("House", ("access_control",))
    for text in (
        "1 `platform` of elements, flows and data: left out",
        "1 components of type `diagram`: left out",
        "1 elements of no type that is known",
        "1 ends of flows at no element",
    ):
        assert text in told.notices


def test_what_a_bill_says_of_nobody_is_counted(tmp_path: Path) -> None:
    to = [{"name": f"cdx:model:dataflow:{end}", "value": at} for end, at in ENDS]
    flow = part("f", "buys", type="dataflow")
    flow["properties"] += to
    asset = part("c", "Cards", type="asset", storedBy="nowhere", sensitivity="high")
    text = bill(part("u", "Buyer", type="actor"), part("t", "Till", type="server"), asset, flow)
    told = read("threat_dragon", tmp_path, text.replace("{", '{"services": [], ', 1))
    assert [flow.id for flow in told.system.flows] == ["buys"]
    for said in (
        "1 ends of flows at no element",
        "1 places of assets at no element",
        "1 `sensitivity` of elements, flows and data",
        "1 `services` beside the components",
    ):
        assert said in told.notices


def test_a_bill_that_refers_to_a_threat_model_is_none() -> None:
    refers = {"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "a"}]}
    links = [{"type": "threat-model", "url": "https://example.org"}]
    assert detect(Source("a.json", json.dumps({**refers, "externalReferences": links}))) == ()
    assert detect(Source("a.json", bill(*BILL))) == ("threat_dragon",)


def test_a_model_is_recognised() -> None:
    for text in (one(), two(), library()):
        assert detect(Source("f", text)) == ("threat_dragon",)


@pytest.mark.skipif(CORPUS is None, reason="the corpus is not beside the repository")
@pytest.mark.parametrize(
    ("ending", "nodes", "flows"),
    [
        ("v2-threat-model.json", 7, 10),
        ("v1-test-model.json", 4, 1),
        ("enter-the-dragon-4.json", 3, 4),
        ("test-threat-model.json", 19, 23),
    ],
)
def test_published_models(ending: str, nodes: int, flows: int, tmp_path: Path) -> None:
    (path,) = corpus("threat-dragon", ending)
    told = of_sources("threat_dragon", tmp_path, [Source(path.name, path.read_text("utf-8"))])
    assert (len(told.system.nodes), len(told.system.flows)) == (nodes, flows)


@pytest.mark.parametrize("path", corpus("threat-dragon", ".json"), ids=lambda path: path.name)
def test_what_is_published_is_imported_or_refused(path: Path, tmp_path: Path) -> None:
    wrong = attempt("threat_dragon", tmp_path, path)
    bare = ("new", "malformed", "schema.json", "test-v")
    assert len(wrong) == (1 if any(word in path.name for word in bare) else 0)
