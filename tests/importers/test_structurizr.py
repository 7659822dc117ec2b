"""Workspaces of Structurizr: elements, relationships told once, deployments with regions and environments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.importers import detect
from lawful_dsl.source import Source
from tests.importers.bringing import Brought, body, brought_in, corpus, refused, written


def element(id: str, name: str, *relationships: Any, **more: Any) -> dict[str, Any]:
    tags = more.pop("tags", "Element")
    return {"id": id, "name": name, "tags": tags, "relationships": list(relationships), **more}


def uses(
    id: str, source: str, target: str, text: str, technology: str = "", **more: Any
) -> dict[str, Any]:
    ends = {"sourceId": source, "destinationId": target}
    return {"id": id, **ends, "description": text, "technology": technology, **more}


PEOPLE = [
    element("1", "Buyer", uses("20", "1", "2", "Buys"), uses("21", "1", "3", "Looks", "HTTPS"))
]
PAGE = element("3", "Page", uses("22", "3", "4", "Keeps", "JDBC"), technology="Python")
ORDERS = element("4", "Orders", tags="Element,Container,Shelf", properties={"owner": "Rosa"})
SHOP = element(
    "2", "Shop", uses("23", "2", "5", "Pays with", "JSON/HTTPS"), containers=[PAGE, ORDERS]
)
BANK = element("5", "Bank", location="External", description="secret words")
STYLES = {"styles": {"elements": [{"tag": "Shelf", "shape": "Cylinder"}]}}


def site(id: str, name: str, *relationships: Any, **more: Any) -> dict[str, Any]:
    more.setdefault("environment", "Live")
    return element(id, name, *relationships, **more)


def runs(id: str, container: str, *relationships: Any) -> dict[str, Any]:
    return {"id": id, "containerId": container, "relationships": list(relationships)}


def text(*sites: Any, **more: Any) -> str:
    model = {
        "people": PEOPLE,
        "softwareSystems": [SHOP, BANK],
        "deploymentNodes": list(sites),
        **more,
    }
    return json.dumps({"name": "A shop", "model": model, "views": {"configuration": STYLES}})


def told(folder: Path, value: str) -> Brought:
    return brought_in(written(folder, {"workspace.json": value}), folder)


def flows(brought: Brought) -> dict[str, tuple[str, str]]:
    return {flow.id: (flow.source, flow.target) for flow in brought.system.flows}


def test_a_response_of_a_dynamic_view_is_a_flow_back(tmp_path: Path) -> None:
    value = json.loads(text())
    implied = uses("30", "2", "4", "Keeps", linkedRelationshipId="22")
    value["model"]["softwareSystems"][0]["relationships"].append(implied)
    steps = [("22", False), ("30", True), ("22", True), ("99", True)]
    view = {"relationships": [{"id": i, "description": "Rows", "response": r} for i, r in steps]}
    value["views"]["dynamicViews"] = [view]
    brought = told(tmp_path, json.dumps(value))
    assert flows(brought)["Rows"] == ("Shop.Orders", "Shop.Page")
    assert "1 steps of dynamic views that no relationship tells: flows" in brought.flow
    assert len(flows(brought)) == len(flows(told(tmp_path / "without", text()))) + 1


def test_what_has_no_parts_or_is_an_end_is_a_node(tmp_path: Path) -> None:
    brought = told(tmp_path, text())
    assert {id: node.kind for id, node in brought.system.nodes.items()} == {
        "Buyer": "client",
        "Shop": "service",
        "Shop.Page": "service",
        "Shop.Orders": "store",
        "Bank": "recipient",
    }
    assert "secret" not in brought.flow
    assert "Rosa" not in brought.flow
    assert "1 properties of elements" in brought.flow


def test_a_relationship_is_a_flow_and_what_a_part_tells_finer_is_told_once(tmp_path: Path) -> None:
    brought = told(tmp_path, text())
    assert flows(brought) == {
        "Looks": ("Buyer", "Shop.Page"),
        "Keeps": ("Shop.Page", "Shop.Orders"),
        "Pays with": ("Shop", "Bank"),
    }
    measures = {flow.id: flow.measures for flow in brought.system.flows}
    assert measures["Looks"].values == measures["Pays with"].values == ("tls",)
    assert not measures["Looks"].whole
    assert measures["Keeps"].values == ()
    assert "1 relationships of a whole that its parts tell finer" in brought.flow
    assert "1 flows to or from a whole with parts" in brought.flow


def test_a_region_around_an_instance_is_its_place(tmp_path: Path) -> None:
    inner = site("32", "db", containerInstances=[runs("40", "4")])
    outer = site("31", "EU-West-1", children=[inner], tags="Amazon Web Services - Region")
    page = site("33", "europe-north1-a", containerInstances=[runs("41", "3")])
    brought = told(tmp_path, text(site("30", "Amazon", children=[outer]), page))
    orders, shown = (brought.system.nodes[id] for id in ("Shop.Orders", "Shop.Page"))
    assert (orders.places.values, orders.places.whole) == (("IE",), True)
    assert shown.places.values == ("FI",)
    assert orders.environments.values == ("production",)


def test_what_runs_at_several_sites_has_all_their_places_and_maybe_more(tmp_path: Path) -> None:
    known = site("30", "eu-west-1", containerInstances=[runs("40", "4")])
    laptop = site("31", "Laptop", containerInstances=[runs("41", "4")], environment="Development")
    node = told(tmp_path, text(known, laptop)).system.nodes["Shop.Orders"]
    assert (node.places.values, node.places.whole) == (("IE",), False)
    assert node.environments.values == ()


def test_a_short_name_is_a_region_only_where_it_is_said_to_be_one(tmp_path: Path) -> None:
    for tags, places in (("Element", ()), ("Element,Region", ("EU",))):
        where = site("30", "EU", tags=tags, containerInstances=[runs("40", "4")])
        node = told(tmp_path / tags, text(where)).system.nodes["Shop.Orders"]
        assert node.places.values == places


def test_a_property_may_name_the_region(tmp_path: Path) -> None:
    where = site(
        "30", "Rack", properties={"region": "uksouth"}, containerInstances=[runs("4i", "4")]
    )
    assert told(tmp_path, text(where)).system.nodes["Shop.Orders"].places.values == ("UK",)


def test_what_instances_and_infrastructure_do_is_a_flow(tmp_path: Path) -> None:
    balancer = element("35", "Balancer", uses("50", "35", "41", "Forwards to", "HTTPS"))
    again = uses("51", "41", "42", "Keeps", "JDBC", linkedRelationshipId="22")
    where = site(
        "30",
        "eu-west-1",
        infrastructureNodes=[balancer],
        containerInstances=[runs("41", "3", again), runs("42", "4")],
    )
    brought = told(tmp_path, text(where))
    assert flows(brought)["Forwards to"] == ("Live.eu-west-1.Balancer", "Shop.Page")
    assert len(flows(brought)) == 4
    assert brought.system.nodes["Live.eu-west-1.Balancer"].places.values == ("IE",)


def test_a_relationship_of_sites_is_one_of_what_runs_there(tmp_path: Path) -> None:
    first = site(
        "30", "one", uses("50", "30", "31", "Copies to"), containerInstances=[runs("40", "4")]
    )
    second = site(
        "31", "two", uses("51", "31", "32", "Saves to"), containerInstances=[runs("41", "4")]
    )
    brought = told(tmp_path, text(first, second, site("32", "tape")))
    assert flows(brought)["Saves to"] == ("Shop.Orders", "Live.tape")
    assert "1 relationships of what is the same element at two sites" in brought.flow


def test_several_lines_of_one_text_are_told_apart_by_their_ends(tmp_path: Path) -> None:
    more = [
        element("8", "A", uses("60", "8", "5", "Uses"), uses("61", "8", "9", "Uses")),
        element("9", "B"),
    ]
    assert {"Uses (A to Bank)", "Uses (A to B)"} <= set(
        flows(told(tmp_path, text(customElements=more)))
    )


def test_a_group_is_a_boundary(tmp_path: Path) -> None:
    grouped = [element("8", "A", group="Company/Back office")]
    nested = {"structurizr.groupSeparator": "/"}
    brought = told(tmp_path / "a", text(customElements=grouped, properties=nested))
    assert "it_boundary = 'Back office'" in brought.flow
    assert "one of" in brought.law
    alone = told(tmp_path / "b", text(customElements=[element("8", "A", group="CI/CD")]))
    assert "it_boundary = 'CI/CD'" in alone.flow


def test_an_element_may_say_itself_in_which_region_it_is(tmp_path: Path) -> None:
    parts = [
        element("9", "Page", properties={"structurizr.dsl.identifier": "page"}),
        element("10", "Tape", properties={"region": "us-east-1"}),
    ]
    whole = element("8", "A", containers=parts, properties={"region": "eu-west-1"})
    lost = element("11", "B", properties={"region": "the moon"})
    brought = told(tmp_path, text(softwareSystems=[SHOP, BANK, whole, lost]))
    places = {id: node.places.values for id, node in brought.system.nodes.items()}
    assert (places["A.Page"], places["A.Tape"], places["B"]) == (("IE",), ("US",), ())
    assert "1 elements whose region is none that is known" in brought.flow
    assert "1 properties of elements" in brought.flow  # what the tool notes for itself is none
    assert "moon" not in brought.flow


def test_tags_of_people_are_counted(tmp_path: Path) -> None:
    tagged = [element("8", "A", tags="Element,Custom Element,PII,Shelf")]
    assert "1 tags of elements" in told(tmp_path, text(customElements=tagged)).flow


def test_the_order_of_the_file_says_nothing(tmp_path: Path) -> None:
    forth = told(tmp_path / "a", text())
    model = json.loads(text())
    model["model"]["softwareSystems"].reverse()
    model["model"]["people"][0]["relationships"].reverse()
    assert body(forth.flow) == body(told(tmp_path / "b", json.dumps(model)).flow)


DSL = """workspace "Shop" {
  model {
    buyer = person "Buyer"
    shop = softwareSystem "Shop"
    buyer -> shop "Buys"
  }
}
"""


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (DSL, "this is the language of Structurizr"),
        (text()[:-3], "this is not JSON"),
        ('{"model": {"people": []}}', "there are no elements"),
        ('{"model": [], "people": 1}', "not what is expected"),
        ('{"model": {"people": 3}}', "expected a list"),
        (text(customElements=[element("1", "Again")]), "`1` is the id of two elements"),
        (text(customElements=[element("8", " ")]), "this name is empty"),
        (
            text(customElements=[element("8", "A", uses("9", "8", "77", ""))]),
            "no element with the id `77`",
        ),
        (
            text(site("30", "x", containerInstances=[runs("40", "99")])),
            "no element with the id `99`",
        ),
        ('{"model": {"people": ' + "[" * 9_000, "nested too deeply"),
    ],
)
def test_what_is_not_whole_is_refused(
    value: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"a.json": value}), tmp_path)
    said = capsys.readouterr().err
    assert message in said
    assert said.count("error:") == 1


def test_two_workspaces_are_two_imports(tmp_path: Path) -> None:
    refused(written(tmp_path, {"a.json": text(), "b.json": text()}), tmp_path)


def test_nodes_deep_within_one_another_are_refused(tmp_path: Path) -> None:
    deep = site("n0", "node")
    for number in range(1, 80):
        deep = site(f"n{number}", "node", children=[deep])
    refused(written(tmp_path, {"a.json": text(deep)}), tmp_path)


# --- workspaces beside the repository -------------------------------------------------------------

FILES = corpus("structurizr", "*.json")
LANGUAGE = corpus("structurizr", "*.dsl")
#: Read by hand: nodes and flows.
TRUTHS = {
    "structurizr-31-workspace.json": (9, 9),
    "structurizr-36141-workspace.json": (16, 26),
    "structurizr-54915-workspace.json": (4, 3),
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_published_workspace_is_a_system(file: Path, tmp_path: Path) -> None:
    brought = brought_in([file], tmp_path)
    assert (len(brought.system.nodes), len(brought.system.flows)) == TRUTHS[file.name]


@pytest.mark.parametrize("file", LANGUAGE, ids=lambda file: file.name)
def test_each_published_text_in_the_language_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused([file], tmp_path)
    assert "the language of Structurizr" in capsys.readouterr().err


@pytest.mark.skipif(not FILES, reason="needs published workspaces beside the repository")
def test_a_published_deployment_is_read_as_by_hand(tmp_path: Path) -> None:
    brought = brought_in([file for file in FILES if "54915" in file.name], tmp_path)
    live = "Live.Amazon Web Services.US-East-1"
    assert set(flows(brought).values()) == {
        ("Spring PetClinic.Web Application", "Spring PetClinic.Database"),
        (f"{live}.Elastic Load Balancer", "Spring PetClinic.Web Application"),
        (f"{live}.Route 53", f"{live}.Elastic Load Balancer"),
    }
    for node in brought.system.nodes.values():
        assert (node.places.values, node.environments.values) == (("US",), ("production",))


def test_only_one_importer_recognises_it() -> None:
    assert detect(Source("a", text())) == detect(Source("a", DSL)) == ("structurizr",)
