"""Models of Threagile: assets, links in both directions, data by confidentiality, boundaries, several files."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.cli import main
from lawful.importers import detect
from lawful.importers.threagile import divide
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


NUMBERED = """threagile_version: 1
title: 2024
data_assets:
  2023: {id: 7, confidentiality: internal}
technical_assets:
  1.0: {id: 1, type: process, communication_links: {2: {target: 02, data_assets_sent: [7]}}}
  2: {id: 02, type: datastore}
trust_boundaries:
  9: {id: 9, technical_assets_inside: [1]}
"""


def test_ids_and_titles_may_be_numbers(tmp_path: Path) -> None:
    told = read("threagile", tmp_path, NUMBERED)
    assert 'system m "2024"' in told.flow
    (flow,) = told.system.flows
    assert (flow.id, flow.source, flow.target) == ("1>2", "1", "02")
    assert told.system.nodes["1"].attributes["m_boundary"] == "9"
    assert '"data.7" is all_data' in told.law


def test_models_for_privacy_declare_what_is_personal(tmp_path: Path) -> None:
    text = MODEL.replace("id: orders,", "id: orders, dataassettype: pi, pinametype: biometrics,")
    text = text.replace(
        "id: recipes,", "id: recipes, pinametype: purchase-history, consent: asked,"
    )
    told = read("threagile", tmp_path, text + "deidentified: true\n")
    assert '"data.orders" is biometric_data' in told.law
    assert '"data.recipes" is personal_data' in told.law
    assert "1 `consent` of data assets: left out" in told.notices
    assert "1 `deidentified` of models: left out" in told.notices
    declined = read("threagile", tmp_path, text.replace("type: pi,", "type: no-pi,"))
    assert '"data.orders" is all_data' in declined.law


def test_a_model_as_it_was_written_when_it_was_read_is_that_model(tmp_path: Path) -> None:
    links = """    communication_links:
      - {id: shop>keep-it, source_id: shop, target_id: book, title: Keep it, protocol: jdbc-encrypted,
         authentication: two-factor, data_assets_sent: [orders], data_assets_received: [recipes, orders]}
      - {id: shop>pay, source_id: shop, target_id: bank, title: Pay, protocol: https, vpn: true}
  Book"""
    begin, end = MODEL.index("    communication_links:"), MODEL.index("  Book:")
    text = MODEL[:begin] + links + MODEL[end + len("  Book") :]
    text = text.replace("technologies: [web-server]", "technologies: [{name: web-server}]")
    text = text.replace("Bank: {id: bank, type: external-entity,", "bank: {id: bank, title: Bank,")
    told = read("threagile", tmp_path, text)
    assert (told.flow, told.law) == tuple(
        getattr(read("threagile", tmp_path, MODEL), k) for k in ("flow", "law")
    )


def test_in_a_folder_each_whole_model_is_one_with_what_it_includes() -> None:
    texts = {
        "a/main.yaml": HEAD + "includes: [parts/data.yaml, ../all.yaml, gone.yaml]\n",
        "a/parts/data.yaml": DATA,
        "all.yaml": ASSETS,
        "b/one.yaml": MODEL,
        "b/two.yaml": MODEL,
        "c/head.yaml": HEAD,
        "c/rest.yaml": DATA + ASSETS,
    }
    parts = divide([Source(file, text) for file, text in texts.items()])
    assert [[source.file for source in part] for part in parts] == [
        ["a/main.yaml", "a/parts/data.yaml", "all.yaml"],
        ["b/one.yaml"],
        ["b/two.yaml"],
        ["c/head.yaml", "c/rest.yaml"],
    ]


def test_models_of_one_folder_are_called_after_their_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(MODEL, "utf-8")
    assert main(["import", str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    stems = [path.stem for path in sorted((tmp_path / "out").glob("*.flow"))]
    assert stems == [f"{tmp_path.name}_threagile_{name}" for name in ("one", "two")]
