"""Models of pytm, as JSON: elements by name, data with what is declared of them, boundaries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.importers import detect
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source
from tests.importers.sketches import CORPUS, corpus, of_sources, read


def model(**more: Any) -> str:
    value = {
        "name": "A shop",
        "boundaries": [{"name": "House"}],
        "data": [
            {"name": "address", "classification": "Classification.SECRET", "isPII": True},
            {"name": "password", "classification": "SECRET", "isCredentials": True, "isPII": True},
            {"name": "prices", "isPII": False},
        ],
        "elements": [
            {"__class__": "Actor", "name": "Buyer"},
            {"__class__": "Server", "name": "Till", "inBoundary": "House", "data": ["prices"]},
            {
                "__class__": "Datastore",
                "name": "Orders",
                "inBoundary": {"name": "House"},
                "controls": {"isEncryptedAtRest": True, "hasAccessControl": False},
            },
            {"__class__": "ExternalEntity", "name": "Bank", "usesMFA": True, "inScope": False},
        ],
        "flows": [
            {
                "name": "buy",
                "source": "Buyer",
                "sink": "Till",
                "data": ["address", "password"],
                "protocol": "HTTPS",
            },
            {"name": "keep", "source": "Till", "sink": "Orders", "data": "address"},
            {"name": "pay", "source": "Till", "sink": "Bank", "tlsVersion": "TLSVersion.TLSv13"},
            {
                "name": "pay",
                "source": "Bank",
                "sink": "Till",
                "tlsVersion": "TLSVersion.NONE",
                "controls": {"isEncrypted": True},
            },
        ],
        "findings": [{"id": "x"}],
    }
    return json.dumps({**value, **more})


def test_controls_that_are_no_measure_are_counted(tmp_path: Path) -> None:
    value = json.loads(model())
    value["elements"][1]["controls"] = {"isEncrypted": True, "usesVPN": False}
    value["flows"][0]["controls"] = {"isEncrypted": True, "usesVPN": True}
    told = read("pytm", tmp_path, json.dumps(value))
    assert "1 `isEncrypted` of elements and flows: no measure here" in told.notices
    assert "1 `usesVPN` of elements and flows: no measure here" in told.notices


def test_elements_are_nodes(tmp_path: Path) -> None:
    told = read("pytm", tmp_path, model())
    nodes = told.system.nodes
    assert {id: node.kind for id, node in nodes.items()} == {
        "Bank": "recipient",
        "Buyer": "client",
        "Orders": "store",
        "Till": "service",
    }
    assert nodes["Orders"].measures.values == ("encryption_at_rest",)
    assert nodes["Bank"].measures.values == ("two_factor",)
    assert not nodes["Till"].measures.values
    assert {id for id, node in nodes.items() if node.attributes.get("m_boundary") == "House"} == {
        "Orders",
        "Till",
    }
    assert "service Till holds data.prices" in " ".join(told.flow.split())


def test_a_store_of_pii_holds_personal_data_and_nested_boundaries_are_counted(
    tmp_path: Path,
) -> None:
    elements = [
        {"__class__": "Datastore", "name": "Orders", "storesPII": True, "data": ["prices"]},
        {"__class__": "Datastore", "name": "Logs", "storesPII": False, "inBoundary": "Room"},
        {"__class__": "LLM", "name": "Helper", "processesPersonalData": True},
    ]
    boundaries = [{"name": "House"}, {"name": "Room", "inBoundary": "House"}]
    told = read("pytm", tmp_path, model(elements=elements, boundaries=boundaries, flows=[]))
    held = {id: {o.term for o in node.origins} for id, node in told.system.nodes.items()}
    assert held == {
        "Orders": {"personal_data", "all_data"},
        "Logs": set(),
        "Helper": {"personal_data"},
    }
    assert "1 boundaries within others" in told.notices


def test_dataflows_are_flows(tmp_path: Path) -> None:
    told = read("pytm", tmp_path, model())
    flows = {f.id: (f.source, f.target, f.measures.values) for f in told.system.flows}
    assert flows == {
        "buy": ("Buyer", "Till", ("tls",)),
        "keep": ("Till", "Orders", ()),
        "pay #1": ("Bank", "Till", ("encryption_in_transit",)),
        "pay #2": ("Till", "Bank", ("tls",)),
    }
    assert "Buyer -> Till : data.address, data.password" in " ".join(told.flow.split())
    assert "2 flows of which the file does not say what they carry" in told.notices


def test_a_category_is_what_the_model_declares_and_never_what_a_name_says(tmp_path: Path) -> None:
    told = read("pytm", tmp_path, model())
    assert '"data.address" is personal_data' in told.law
    assert '"data.password" is login_data' in told.law
    assert '"data.prices" is all_data' in told.law
    named = read("pytm", tmp_path, model(data=[{"name": "password"}]))
    assert '"data.password" is all_data' in named.law


def test_the_order_of_a_file_says_nothing(tmp_path: Path) -> None:
    value = json.loads(model())
    other = {key: each[::-1] if isinstance(each, list) else each for key, each in value.items()}
    one, two = read("pytm", tmp_path, model()), read("pytm", tmp_path, json.dumps(other))
    assert (one.flow, one.law) == (two.flow, two.law)


def test_elements_of_one_name_and_kind_are_one_node(tmp_path: Path) -> None:
    elements = json.loads(model())["elements"]
    told = read("pytm", tmp_path, model(elements=[*elements, elements[1]]))
    assert len(told.system.nodes) == 4
    assert "1 elements that have the name of another" in told.notices


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (model(elements=[], flows=[]), "no elements"),
        (model(elements=[]), "there is no element `Buyer`"),
        (model(assets=[{"__class__": "Datastore", "name": "Till"}]), "`Till` is the name of a"),
        (model(elements=[{"__class__": "Server"}]), "the key `name` is missing"),
        (model(flows={}), "`flows` is not what is expected"),
        (model()[:300], "this is not JSON"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=message):
        read("pytm", tmp_path, text)


def test_a_model_is_recognised_and_a_program_is_not() -> None:
    assert detect(Source("f", model())) == ("pytm",)
    assert (
        detect(Source("tm.py", "from pytm import TM\nelements = flows = boundaries = 'sink'")) == ()
    )


@pytest.mark.skipif(CORPUS is None, reason="the corpus is not beside the repository")
@pytest.mark.parametrize(
    ("ending", "nodes", "flows"), [("tests/input.json", 3, 4), ("tests/output.json", 5, 6)]
)
def test_published_models(ending: str, nodes: int, flows: int, tmp_path: Path) -> None:
    (path,) = corpus("pytm", ending)
    told = of_sources("pytm", tmp_path, [Source(path.name, path.read_text("utf-8"))])
    assert (len(told.system.nodes), len(told.system.flows)) == (nodes, flows)
