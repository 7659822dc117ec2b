"""Models of Threagile: assets, links in both directions, data by confidentiality, boundaries, several files."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.importers import detect
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source
from tests.importers.sketches import CORPUS, attempt, corpus, of_sources, read

HEAD = "threagile_version: 1.0.0\ntitle: A bakery\n"
DATA = """
data_assets:
  Orders: &orders {id: orders, confidentiality: confidential}
  Recipes: {<<: *orders, id: recipes, confidentiality: internal}
"""
ASSETS = """
technical_assets:
  Page: {id: page, type: external-entity, used_as_client_by_human: true, owner: Rosa Baker}
  Bank: {id: bank, type: external-entity, technology: web-service-rest}
  Shop:
    id: shop
    type: process
    technologies: [web-server]
    encryption: none
    data_assets_processed: [orders]
    communication_links:
      Keep it: {target: book, protocol: jdbc-encrypted, authentication: two-factor,
                data_assets_sent: [orders], data_assets_received: [recipes, orders]}
      Pay: {target: bank, protocol: https, vpn: true}
  Book:
    id: book
    type: datastore
    encryption: transparent
    data_assets_stored: [orders, recipes]
  Oven: {id: oven, type: process, data_assets_stored: [recipes]}
"""
BOUNDARIES = """
trust_boundaries:
  House: {id: house, technical_assets_inside: [shop], trust_boundaries_nested: [cellar]}
  Cellar: {id: cellar, technical_assets_inside: [book, oven]}
"""
MODEL = HEAD + DATA + ASSETS + BOUNDARIES


def test_assets_are_nodes(tmp_path: Path) -> None:
    told = read("threagile", tmp_path, MODEL)
    kinds = {id: node.kind for id, node in told.system.nodes.items()}
    assert kinds == {
        "page": "client",
        "bank": "recipient",
        "shop": "service",
        "book": "store",
        "oven": "store",
    }
    assert told.system.nodes["book"].measures.values == ("encryption_at_rest",)
    assert not told.system.nodes["book"].measures.whole
    assert not told.system.nodes["shop"].measures.values
    assert told.system.nodes["book"].attributes["m_boundary"] == "cellar"
    assert 'system m "A bakery"' in told.flow


def test_links_are_flows_in_both_directions(tmp_path: Path) -> None:
    told = read("threagile", tmp_path, MODEL)
    flows = {flow.id: flow for flow in told.system.flows}
    assert sorted(flows) == ["shop<keep-it", "shop>keep-it", "shop>pay"]
    back, forth, pay = (flows[id] for id in sorted(flows))
    assert (forth.source, forth.target) == ("shop", "book")
    assert (back.source, back.target) == ("book", "shop")
    assert set(forth.measures.values) == {"encryption_in_transit", "two_factor"}
    assert pay.measures.values == ("tls",)
    assert pay.carries is None
    assert "shop -> book : data.orders" in told.flow
    assert "book -> shop : data.orders, data.recipes" in told.flow


def test_data_are_of_no_known_category(tmp_path: Path) -> None:
    told = read("threagile", tmp_path, MODEL)
    assert "mapping confidential" in told.law
    assert '"data.orders" is all_data' in told.law
    assert "2 data of no declared category" in told.notices


def test_what_is_left_out_is_told_and_no_person_is(tmp_path: Path) -> None:
    told = read("threagile", tmp_path, MODEL)
    for text in (
        "1 owners of technical assets: left out",
        "1 links through a VPN",
        "1 technical assets that are not encrypted",
        "1 trust boundaries within others",
        "1 flows of which the file does not say what they carry",
    ):
        assert text in told.notices
    assert "Rosa" not in told.flow + told.law + told.notices


def test_a_fact_has_the_line_at_which_it_stands(tmp_path: Path) -> None:
    told = read("threagile", tmp_path, MODEL)
    (node,) = [s for s in told.imported.flows.statements if str(getattr(s, "id", "")) == "bank"]
    assert node.span.line == 1 + MODEL[: MODEL.index("Bank:")].count("\n")


def test_parts_in_several_files_are_one_model(tmp_path: Path) -> None:
    parts = [HEAD + "includes: [1.yaml, 2.yaml, else.yaml]\n", ASSETS, DATA + BOUNDARIES]
    several = read("threagile", tmp_path, *parts, endings=[".yaml"] * 3)
    assert "1 included files that were not given" in several.notices
    assert several.flow == read("threagile", tmp_path, MODEL).flow


def test_the_order_of_a_file_says_nothing(tmp_path: Path) -> None:
    one = read("threagile", tmp_path, MODEL)
    other = read("threagile", tmp_path, HEAD + BOUNDARIES + ASSETS + DATA)
    assert (one.flow, one.law) == (other.flow, other.law)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD, "no technical assets"),
        ("", "this file is empty"),
        ("- threagile_version: 1", "no model of Threagile"),
        (MODEL.replace("target: bank", "target: bench"), "no technical asset `bench`"),
        (MODEL.replace("id: oven", "id: shop"), "`shop` is the id of two"),
        (MODEL.replace("type: datastore", "type: shelf"), "`shelf` is no type of asset"),
        (MODEL.replace("id: oven, type: process", "id: oven"), "the key `type` is missing"),
        (MODEL + "abuse_cases: 5\n", "`abuse_cases` is not what is expected"),
        (MODEL + "risk_tracking: [a]\n", "`risk_tracking` is not what is expected"),
        (MODEL.replace("id: oven,", ""), "the key `id` is missing"),
        (
            MODEL.replace("[recipes]", "{recipes: 1}"),
            "`data_assets_stored` is not what is expected",
        ),
        (HEAD + "technical_assets: [", "this is not YAML"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=message):
        read("threagile", tmp_path, text)


def test_a_model_is_recognised_by_its_sections() -> None:
    assert detect(Source("f", MODEL)) == ("threagile",)
    assert detect(Source("f", '{"technical_assets": {}}')) == ("threagile",)
    assert detect(Source("f", "say: the data_assets are mine")) == ()


@pytest.mark.skipif(CORPUS is None, reason="the corpus is not beside the repository")
@pytest.mark.parametrize(
    ("ending", "nodes", "links", "data"),
    [
        ("demo/example/threagile.yaml", 14, 20, 12),
        ("test/all.yaml", 14, 20, 12),
        ("model/threagile.yaml", 37, 42, 9),
        ("jeep-demo.threagile.yaml", 7, 7, 3),
    ],
)
def test_published_models(ending: str, nodes: int, links: int, data: int, tmp_path: Path) -> None:
    (path,) = corpus("threagile", ending)
    told = of_sources("threagile", tmp_path, [Source(path.name, path.read_text("utf-8"))])
    assert len(told.system.nodes) == nodes
    assert len({flow.id.replace("<", ">") for flow in told.system.flows}) == links
    assert told.law.count("is all_data") == data


@pytest.mark.parametrize("path", corpus("threagile", ".yaml"), ids=lambda path: path.name)
def test_parts_of_published_models_are_imported_or_refused(path: Path, tmp_path: Path) -> None:
    wrong = attempt("threagile", tmp_path, path)
    whole = path.name in ("threagile.yaml", "all.yaml", "jeep-demo.threagile.yaml")
    assert len(wrong) == (0 if whole else 1)
