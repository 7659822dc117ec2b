"""Models of LikeC4: shapes and kinds, relationships told once, deployments with regions and environments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.importers import detect
from lawful_dsl.source import Source
from tests.importers.bringing import Brought, body, brought_in, corpus, refused, written


def by_id(*items: dict[str, Any]) -> dict[str, Any]:
    return {item["id"]: item for item in items}


def element(id: str, kind: str, shape: str = "", **more: Any) -> dict[str, Any]:
    style = {"shape": shape} if shape else {}
    return {"id": id, "kind": kind, "title": id.title(), "style": style, **more}


def relation(id: str, source: Any, target: Any, title: str, **more: Any) -> dict[str, Any]:
    ends = {
        word: {"model": end} if isinstance(end, str) else end
        for word, end in (("source", source), ("target", target))
    }
    return {"id": id, "title": title, **ends, **more}


ELEMENTS = by_id(
    element("buyer", "guest", "person"),
    element("shop", "system", metadata={"team": "Rosa"}),
    element("shop.page", "container", "browser", description={"txt": "secret words"}),
    element("shop.orders", "shelf"),
    element("bank", "externalSystem"),
)
RELATIONS = by_id(
    relation("r1", "buyer", "shop", "buys"),
    relation("r2", "buyer", "shop.page", "looks", technology="HTTPS"),
    relation("r3", "shop.page", "shop.orders", "keeps", kind="sftp"),
    relation("r4", "shop", "bank", "pays with"),
)
KINDS = {"elements": {"shelf": {"style": {"shape": "storage"}}}}


def node(id: str, kind: str = "node", **more: Any) -> dict[str, Any]:
    return {"id": id, "kind": kind, "title": id.rpartition(".")[2], "style": {}, **more}


def instance(id: str, of: str) -> dict[str, Any]:
    return {"id": id, "element": of}


def text(*deployed: Any, links: Any = (), more: Any = (), relations: Any = (), **rest: Any) -> str:
    value = {
        "_stage": "layouted",
        "project": {"id": "default", "title": "default"},
        "specification": KINDS,
        "elements": {**ELEMENTS, **by_id(*more)},
        "relations": {**RELATIONS, **by_id(*relations)},
        "views": {},
        "deployments": {"elements": by_id(*deployed), "relations": by_id(*links)},
        **rest,
    }
    return json.dumps(value)


def told(folder: Path, value: str) -> Brought:
    return brought_in(written(folder, {"model.json": value}), folder)


def flows(brought: Brought) -> dict[str, tuple[str, str]]:
    return {flow.id: (flow.source, flow.target) for flow in brought.system.flows}


def test_a_relationship_that_goes_both_ways_is_two_flows(tmp_path: Path) -> None:
    talks = relation("r9", "bank", "buyer", "talks", isBidirectional=True, tail="normal")
    brought = told(tmp_path, text(relations=[talks]))
    found = {flow.id: (flow.source, flow.target) for flow in brought.system.flows}
    assert (found["talks"], found["talks (back)"]) == (("bank", "buyer"), ("buyer", "bank"))
    assert "two heads" not in brought.flow


def test_a_step_that_no_relationship_tells_is_a_flow(tmp_path: Path) -> None:
    def step(source: str, target: str, label: str, **more: Any) -> dict[str, Any]:
        return {"id": label, "source": source, "target": target, "label": label, **more}

    steps = [
        step("shop.page", "shop.orders", "again"),
        step("shop.orders", "shop.page", "rows", dir="back"),
        step("bank", "buyer", "asks", technology="HTTPS"),
        step("bank", "nobody", "gone"),
    ]
    views = {
        "a": {"id": "a", "_type": "dynamic", "edges": steps},
        "b": {"id": "b", "_type": "element", "edges": [step("bank", "shop.orders", "drawn")]},
    }
    brought = told(tmp_path, text(views=views))
    found = {flow.id: flow for flow in brought.system.flows}
    assert {"rows", "asks"} <= found.keys()
    assert found.keys().isdisjoint({"again", "drawn", "gone"})
    assert (found["rows"].source, found["rows"].target) == ("shop.orders", "shop.page")
    assert found["asks"].measures.values == ("tls",)
    assert "1 steps of dynamic views between what is no element: left out" in brought.flow
    assert "3 flows from who calls to who is called" in brought.flow


def test_shapes_and_kinds_say_what_an_element_is(tmp_path: Path) -> None:
    more = [element("clerk", "Actor"), element("drawer", "dataStore")]
    brought = told(tmp_path, text(more=more))
    assert {id: each.kind for id, each in brought.system.nodes.items()} == {
        "buyer": "client",
        "shop": "service",
        "shop.page": "service",
        "shop.orders": "store",
        "bank": "service",
        "clerk": "client",
        "drawer": "store",
    }
    assert "2 elements that their kind alone calls a person or a store" in brought.flow
    assert "1 metadata of elements" in brought.flow
    assert "Rosa" not in brought.flow
    assert "secret" not in brought.flow


def test_a_relationship_is_a_flow_and_what_a_part_tells_finer_is_told_once(tmp_path: Path) -> None:
    brought = told(tmp_path, text())
    assert flows(brought) == {
        "looks": ("buyer", "shop.page"),
        "keeps": ("shop.page", "shop.orders"),
        "pays with": ("shop", "bank"),
    }
    measures = {flow.id: flow.measures.values for flow in brought.system.flows}
    assert measures == {"looks": ("tls",), "keeps": ("encryption_in_transit",), "pays with": ()}


def test_a_deployment_says_place_and_environment(tmp_path: Path) -> None:
    brought = told(
        tmp_path,
        text(
            node("prod", "environment"),
            node("prod.a", "region", title="EU"),
            node("prod.a.eu_west_1"),
            instance("prod.a.eu_west_1.orders", "shop.orders"),
            instance("prod.a.page", "shop.page"),
        ),
    )
    nodes = brought.system.nodes
    assert nodes["shop.orders"].places.values == ("IE",)
    assert nodes["shop.page"].places.values == ("EU",)
    assert nodes["shop.page"].environments.values == ("production",)


def test_what_is_within_an_instance_is_where_that_is(tmp_path: Path) -> None:
    where = node("rack", metadata={"region": "uksouth"})
    nodes = told(tmp_path, text(where, instance("rack.shop", "shop"))).system.nodes
    assert [nodes[id].places.values for id in ("shop", "shop.page")] == [("UK",), ("UK",)]


def test_metadata_of_an_element_may_name_its_region(tmp_path: Path) -> None:
    till = element("till", "thing", metadata={"region": "eu-west-1", "owner": "Rosa"}, tags=["pii"])
    link = relation("z", {"model": "till"}, {"model": "bank"}, "asks", metadata={"region": "x"})
    brought = told(tmp_path, text(more=[till], relations=[link]))
    assert brought.system.nodes["till"].places.values == ("IE",)
    assert "3 metadata of elements" in brought.flow  # and that of the shop
    assert "1 tags of elements" in brought.flow
    assert "Rosa" not in brought.flow


def test_a_deployment_node_may_have_the_name_of_an_element(tmp_path: Path) -> None:
    again = relation("d", {"deployment": "bank"}, {"deployment": "tape"}, "saves to")
    brought = told(tmp_path, text(node("bank"), node("tape"), links=[again]))
    assert flows(brought)["saves to"] == ("bank (deployment)", "tape")


def test_what_instances_do_their_elements_do(tmp_path: Path) -> None:
    inside = {"deployment": "one.page", "element": "shop.page"}
    links = [
        relation("d1", {"deployment": "one.orders"}, {"deployment": "two.orders"}, "copies to"),
        relation("d2", inside, {"deployment": "two"}, "asks"),
    ]
    brought = told(
        tmp_path,
        text(
            node("one"),
            node("two"),
            instance("one.orders", "shop.orders"),
            instance("two.orders", "shop.orders"),
            instance("one.page", "shop.page"),
            links=links,
        ),
    )
    assert flows(brought)["asks"] == ("shop.page", "shop.orders")
    assert "1 relationships of what is the same element at two sites" in brought.flow


def test_older_files_name_ends_alone_and_others_import_elements(tmp_path: Path) -> None:
    relations = [
        {"id": "o", "source": "bank", "target": "buyer", "title": "asks"},
        relation("i", "bank", {"project": "other", "model": "desk"}, "tells"),
    ]
    imports = {"other": [element("desk", "system")]}
    brought = told(tmp_path, text(relations=relations, imports=imports))
    assert flows(brought)["asks"] == ("bank", "buyer")
    assert flows(brought)["tells"] == ("bank", "@other.desk")


def test_the_order_of_the_file_says_nothing(tmp_path: Path) -> None:
    model = json.loads(text())
    for key in ("elements", "relations"):
        model[key] = dict(reversed(model[key].items()))
    forth, back = told(tmp_path / "a", text()), told(tmp_path / "b", json.dumps(model))
    assert body(forth.flow) == body(back.flow)


LANGUAGE = """// A shop
model {
  buyer = person 'Buyer'
  shop = softwareSystem "Shop"
  buyer -> shop 'buys'
}
"""


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (LANGUAGE, "this is the language of LikeC4"),
        (text()[:-3], "this is not JSON"),
        ('{"specification": 1, "relations": {}, "elements": {}}', "there are no elements"),
        (text(elements=3), "not what is expected"),
        (text(elements={"a": {}}), "the key `id` is missing"),
        (text(more=[element("", "x")]), "this id is empty"),
        (text(relations=[relation("r", "buyer", "77", "")]), "there is no element `77`"),
        (text(relations=[relation("r", "buyer", {}, "")]), "the key `deployment` is missing"),
        (text(instance("a.b", "77")), "there is no element `77`"),
        ('{"specification": 1, "relations": 1, "elements": ' + "[" * 9_000, "nested too deeply"),
    ],
)
def test_what_is_not_whole_is_refused(
    value: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"a.json": value}), tmp_path)
    said = capsys.readouterr().err
    assert message in said
    assert said.count("error:") == 1


@pytest.mark.parametrize("file", corpus("likec4", "*.c4"), ids=lambda file: file.name)
def test_each_published_text_in_the_language_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused([file], tmp_path)
    assert "the language of LikeC4" in capsys.readouterr().err


def test_only_one_importer_recognises_it() -> None:
    assert detect(Source("a", text())) == detect(Source("a", LANGUAGE)) == ("likec4",)
