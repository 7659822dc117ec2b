"""Architectures of FINOS CALM: nodes, connections and the way back, what is in what, classifications."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.importers.calm import reads
from lawful_dsl.source import Source
from tests.importers.bringing import Brought, body, brought_in, corpus, refused, written


def node(id: str, kind: str = "service", **more: Any) -> dict[str, Any]:
    return {"unique-id": id, "node-type": kind, "name": id.title(), "description": "", **more}


def connects(id: str, source: str, target: str, **more: Any) -> dict[str, Any]:
    ends = {"source": {"node": source}, "destination": {"node": target}}
    return {"unique-id": id, "relationship-type": {"connects": ends}, **more}


def within(id: str, kind: str, container: str, *nodes: str) -> dict[str, Any]:
    key = "actor" if kind == "interacts" else "container"
    return {"unique-id": id, "relationship-type": {kind: {key: container, "nodes": list(nodes)}}}


def text(nodes: list[Any], relationships: list[Any], **more: Any) -> str:
    return json.dumps({"nodes": nodes, "relationships": relationships, **more})


def told(folder: Path, *texts: str) -> Brought:
    files = {f"{number}.json": each for number, each in enumerate(texts)}
    return brought_in(written(folder, files), folder)


def flows(brought: Brought) -> dict[str, tuple[str, str]]:
    return {flow.id: (flow.source, flow.target) for flow in brought.system.flows}


NODES = [node("page", "webclient"), node("till"), node("orders", "database")]
LINKS = [
    connects("a", "page", "till", protocol="HTTPS"),
    connects("b", "till", "orders", protocol="JDBC"),
]


def test_a_connection_is_a_flow_with_what_its_protocol_says(tmp_path: Path) -> None:
    brought = told(tmp_path, text(NODES, LINKS))
    assert flows(brought) == {"a": ("page", "till"), "b": ("till", "orders")}
    kinds = {id: each.kind for id, each in brought.system.nodes.items()}
    assert kinds == {"page": "client", "till": "service", "orders": "store"}
    measures = {flow.id: flow.measures for flow in brought.system.flows}
    assert measures["a"].values == ("tls",)
    assert not measures["a"].whole
    assert measures["b"].values == ()
    assert "2 connections of which no way back is told" in brought.flow


def test_a_connection_may_be_called_as_a_node_is(tmp_path: Path) -> None:
    brought = told(tmp_path, text(NODES, [connects("till", "page", "till")]))
    assert flows(brought) == {"till relationship": ("page", "till")}


def test_the_way_back_is_a_flow_where_a_transition_says_so(tmp_path: Path) -> None:
    steps = [
        {"relationship-unique-id": "a", "sequence-number": 1},
        {"relationship-unique-id": "b", "sequence-number": 2, "direction": "destination-to-source"},
        {"relationship-unique-id": "c", "sequence-number": 3},
    ]
    brought = told(tmp_path, text(NODES, LINKS, flows=[{"unique-id": "f", "transitions": steps}]))
    assert flows(brought)["b back"] == ("orders", "till")
    assert "a back" not in flows(brought)
    assert "1 transitions of relationships that are not there" in brought.flow


def test_an_actor_interacts_both_ways(tmp_path: Path) -> None:
    brought = told(
        tmp_path,
        text([node("clerk", "actor"), *NODES], [within("u", "interacts", "clerk", "page", "till")]),
    )
    assert set(flows(brought).values()) == {
        ("clerk", "page"),
        ("page", "clerk"),
        ("clerk", "till"),
        ("till", "clerk"),
    }


def test_what_only_contains_others_is_told_of_them(tmp_path: Path) -> None:
    links = [
        *LINKS,
        within("c", "deployed-in", "cluster", "till"),
        within("d", "composed-of", "shop", "till"),
    ]
    brought = told(
        tmp_path, text([*NODES, node("cluster", "system"), node("shop", "system")], links)
    )
    assert set(brought.system.nodes) == {"page", "till", "orders"}
    assert "'deployed in cluster' = yes" in brought.flow
    assert "'part of shop' = yes" in brought.flow


def test_a_classification_is_held_and_meant(tmp_path: Path) -> None:
    nodes = [
        node("a", **{"data-classification": "PII"}),
        node("b", **{"data-classification": "Secret"}),
    ]
    brought = told(tmp_path, text(nodes, []))
    held = {id: [o.term for o in each.origins] for id, each in brought.system.nodes.items()}
    assert held == {"a": ["personal_data"], "b": ["all_data"]}


def test_a_relationship_may_say_its_kind_beside_its_ends(tmp_path: Path) -> None:
    flat = {"unique-id": "a", "relationship-type": "connects"}
    flat["connects"] = {"source": {"node": "page"}, "destination": {"node": "till"}}  # type: ignore[assignment]
    assert flows(told(tmp_path, text(NODES, [flat]))) == {"a": ("page", "till")}


def test_ends_may_stand_beside_the_kind_as_tools_write_them(tmp_path: Path) -> None:
    said = [
        ("a", "connects", {"source": "page", "destination": "till"}),
        ("b", "connects", {"parties": {"source": "till", "target": "orders"}}),
        ("c", "connects", {"connects": {"source-node": "till", "destination-node": "page"}}),
        ("d", "interacts", {"source": "clerk", "destination": "page"}),
        ("e", "composed-of", {"source": "shop", "destination": "till"}),
        ("f", "deployed-in", {"source": "till", "destination": "cluster"}),
    ]
    flat = [{"unique-id": id, "relationship-type": kind, **ends} for id, kind, ends in said]
    kinds = (("clerk", "actor"), ("shop", "system"), ("cluster", "network"))
    nodes = [*NODES, *(node(*each) for each in kinds)]
    brought = told(tmp_path, text(nodes, flat))
    assert flows(brought) == {
        "a": ("page", "till"),
        "b": ("till", "orders"),
        "c": ("till", "page"),
        "d": ("clerk", "page"),
        "d back": ("page", "clerk"),
    }
    assert "'deployed in cluster' = yes" in brought.flow
    assert "'part of shop' = yes" in brought.flow
    assert set(brought.system.nodes) == {"page", "till", "orders", "clerk"}


def test_a_connection_is_protected_as_the_interfaces_at_its_end_say(tmp_path: Path) -> None:
    interfaces = [
        {"unique-id": "web", "protocol": "HTTPS", "port": 8443},
        {"unique-id": "address", "type": "url", "value": "https://till.example.org"},
        {
            "unique-id": "held",
            "definition-url": "https://x.org",
            "config": {"url": "https://a.org"},
        },
        {"unique-id": "plain", "protocol": "HTTP"},
    ]

    def to(id: str, *named: str, **more: Any) -> dict[str, Any]:
        link = connects(id, "page", "till", **more)
        link["relationship-type"]["connects"]["destination"]["interfaces"] = list(named)
        return link

    links = [
        to("a", "web"),
        to("b", "web", "address", "held"),
        to("c", "web", "plain"),
        to("d", "web", protocol="HTTP"),
        to("e", "elsewhere"),
        to("f"),
    ]
    brought = told(tmp_path, text([node("page"), node("till", interfaces=interfaces)], links))
    measures = {flow.id: flow.measures.values for flow in brought.system.flows}
    assert measures == {"a": ("tls",), "b": ("tls",), "c": (), "d": (), "e": (), "f": ()}
    assert "example.org" not in brought.flow


def test_what_is_said_of_the_whole_is_counted(tmp_path: Path) -> None:
    brought = told(
        tmp_path,
        text(
            NODES, LINKS, metadata=[{"owner": "me@x.org"}], flows=[{"source": "a", "target": "b"}]
        ),
    )
    assert "1 `metadata` of architectures" in brought.flow
    assert "1 flows without transitions" in brought.flow
    assert "me@x.org" not in brought.flow


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    odd = {"unique-id": "o", "relationship-type": {"options": [{}]}}
    nodes = [node("a", controls={"x": {}}, interfaces=[{"host": "secret.example.org"}])]
    brought = told(tmp_path, text(nodes, [odd, connects("c", "a", "elsewhere")]))
    assert "1 `controls` of nodes" in brought.flow
    assert "1 relationships of kinds that are not known" in brought.flow
    assert "1 nodes that are named and in none of the files" in brought.flow
    assert "secret" not in brought.flow


def test_several_files_and_their_order_are_one_system(tmp_path: Path) -> None:
    texts = [text(NODES, LINKS), text(NODES[::-1], [*LINKS[::-1], connects("c", "orders", "page")])]
    forth, back = (told(tmp_path / str(n), *each) for n, each in enumerate((texts, texts[::-1])))
    assert body(forth.flow) == body(back.flow)
    assert set(flows(forth)) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (text([{"node-type": "service"}], []), "the key `unique-id` is missing"),
        (text([node("")], []), "this id is empty"),
        (text(NODES, [within("u", "interacts", "page", "")]), "this id is empty"),
        (
            text(NODES, [{"unique-id": "a", "relationship-type": {"connects": {}}}]),
            "`source` is missing",
        ),
        (
            text(
                NODES,
                LINKS,
                flows=[{"transitions": [{"relationship-unique-id": "a", "direction": "up"}]}],
            ),
            "`up` is no direction",
        ),
        (text(NODES, LINKS)[:-2], "this is not JSON"),
        (f'{{"one": {text(NODES, LINKS)}}}', "there are no `nodes` in it"),
        (
            '{"transitions": [{"relationship-unique-id": "a", "sequence-number": 1}]}',
            "there are no nodes in this architecture",
        ),
        ('{"properties": {"nodes": 1, "relationships": 2, "node-type": 3}}', "this is a pattern"),
        ('{"nodes": 1, "relationships": 2, "node-type": 3}', "expected a list"),
        ('{"relationships": 2, "node-type": 3, "nodes": ' + "[" * 9_000, "nested too deeply"),
    ],
)
def test_what_is_not_whole_is_refused(
    value: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"a.json": value}), tmp_path)
    said = capsys.readouterr().err
    assert message in said
    assert said.count("error:") == 1


# --- architectures beside the repository ----------------------------------------------------------

FILES = corpus("calm", "*.json")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_published_architecture_is_a_system(file: Path, tmp_path: Path) -> None:
    brought = brought_in([file], tmp_path)
    relations = json.loads(file.read_text("utf-8"))["relationships"]
    kinds = [each["relationship-type"] for each in relations]
    wanted = sum(kind == "connects" or "connects" in kind for kind in kinds)
    assert sum("back" not in id and "interacts" not in id for id in flows(brought)) >= wanted
    assert wanted > 0


def test_controls_are_named_and_keys_of_ones_own_are_counted(tmp_path: Path) -> None:
    controls = {"data-encryption": {"description": "", "requirements": []}}
    nodes = [
        node("till", controls=controls, port=8080, owner="Rosa"),
        node("safe", "acme:vault", controls=controls),
    ]
    brought = told(tmp_path, text(nodes, [connects("a", "till", "safe", controls={"audit": {}})]))
    for line in (
        "2 `controls` of nodes, whose requirements are not read: data-encryption (2)",
        "1 `controls` of relationships, whose requirements are not read: audit",
        "1 `port` of nodes: left out",
        "1 `owner` of nodes: left out",
        "1 nodes of types that the standard does not have: taken for services",
    ):
        assert line in brought.flow
    assert "Rosa" not in brought.flow
    assert all(not node.measures.values for node in brought.system.nodes.values())


def test_a_flow_in_a_file_of_its_own_is_read_with_its_architecture(tmp_path: Path) -> None:
    step = {"relationship-unique-id": "b", "sequence-number": 1, "description": ""}
    alone = json.dumps(
        {"unique-id": "f", "transitions": [{**step, "direction": "destination-to-source"}]}
    )
    assert flows(told(tmp_path, text(NODES, LINKS), alone))["b back"] == ("orders", "till")


def test_what_two_files_say_of_one_thing_is_not_lost(tmp_path: Path) -> None:
    known = [
        node("page"),
        node("till"),
        node("orders", "database", **{"data-classification": "PII"}),
    ]
    links = [connects("a", "page", "till", protocol="HTTP")]
    brought = told(tmp_path, text(NODES, LINKS), text(known, links))
    assert "holds 'classified PII'" in " ".join(brought.flow.split())
    assert brought.system.flows[0].measures.values == ()


def test_a_pattern_is_passed_over_in_a_folder() -> None:
    described = {"nodes": {"prefixItems": [{"properties": {"node-type": {"const": "service"}}}]}}
    pattern = {"properties": {**described, "relationships": {}}}
    assert not reads(Source("a.json", json.dumps(pattern)))
    assert reads(Source("a.json", text(NODES, LINKS)))
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    assert not reads(Source("a.json", json.dumps(schema)))
