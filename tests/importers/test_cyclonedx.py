"""Bills of materials of CycloneDX: services, what they exchange with whom, what is classified how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful.importers.cyclonedx import reads
from lawful_dsl.source import Source
from tests.importers.bringing import Brought, body, both_forms, brought_in, corpus, refused, written

URN = "urn:cdx:1-2/1#"


def bill(*services: dict[str, Any], **more: Any) -> str:
    head = {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": "urn:uuid:1-2"}
    return json.dumps({**head, "version": 1, "services": list(services), **more})


def service(ref: str, *data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"bom-ref": ref, "name": ref.title(), "data": list(data), **more}


def datum(
    classification: str, flow: str, source: tuple[str, ...] = (), destination: tuple[str, ...] = ()
) -> dict[str, Any]:
    said = {"classification": classification, "flow": flow}
    return {**said, "source": list(source), "destination": list(destination)}


def told(folder: Path, *texts: str) -> Brought:
    files = {f"{number}.json": text for number, text in enumerate(texts)}
    return brought_in(written(folder, files), folder)


def flows(brought: Brought) -> set[tuple[str, str, tuple[str, ...]]]:
    return {
        (flow.source, flow.target, tuple(each.term for each in flow.carries or ()))
        for flow in brought.system.flows
    }


def test_data_flow_from_and_to_whom_they_name(tmp_path: Path) -> None:
    shop = service(
        "shop",
        datum("PII", "outbound", destination=(f"{URN}mail",)),
        datum("PHI", "inbound", source=("https://forms.example.org/new?key=secret",)),
    )
    brought = told(tmp_path, bill(shop, service("mail")))
    assert flows(brought) == {
        ("shop", "mail", ("personal_data",)),
        ("forms.example.org", "shop", ("health_data",)),
    }
    assert "secret" not in brought.flow
    assert brought.system.nodes["forms.example.org"].kind == "source"


def test_what_both_ends_tell_is_one_flow_each_way(tmp_path: Path) -> None:
    both = ("PII", "bi-directional")
    shop = service("shop", datum(*both, (f"{URN}mail",), (f"{URN}mail",)))
    mail = service("mail", datum(*both, (f"{URN}shop",), ("shop",)))
    wanted = {("shop", "mail", ("personal_data",)), ("mail", "shop", ("personal_data",))}
    assert flows(told(tmp_path / "1", bill(shop, mail))) == wanted
    assert flows(told(tmp_path / "2", bill({**mail, "services": [shop]}))) == wanted


@pytest.mark.parametrize(
    ("direction", "ways"),
    [
        ("inbound", {"in"}),
        ("outbound", {"out"}),
        ("bi-directional", {"in", "out"}),
        ("unknown", {"in", "out"}),
    ],
)
def test_data_that_name_nobody_go_to_who_depends(
    direction: str, ways: set[str], tmp_path: Path
) -> None:
    store = service("store", datum("PII", direction))
    needs = [{"ref": "shop", "dependsOn": ["store"]}]
    found = flows(told(tmp_path, bill(service("shop"), store, dependencies=needs)))
    assert {"in" if source == "shop" else "out" for source, _, _ in found} == ways


def test_who_depends_on_a_service_that_tells_nothing_may_exchange_anything(tmp_path: Path) -> None:
    needs = [{"ref": "shop", "dependsOn": ["store", "library"]}, {"ref": "library"}]
    parts = [{"bom-ref": "library", "type": "library", "name": "left"}]
    brought = told(
        tmp_path, bill(service("shop"), service("store"), components=parts, dependencies=needs)
    )
    assert [flow.carries for flow in brought.system.flows] == [None, None]
    assert "1 dependencies of which no data are told" in brought.flow
    assert "library" not in brought.system.nodes


def test_a_word_of_which_nothing_is_known_may_be_anything(tmp_path: Path) -> None:
    shop = service("shop", datum('Very "odd"', "outbound", destination=("mail",)))
    brought = told(tmp_path, bill(shop, service("mail")))
    assert flows(brought) == {("shop", "mail", ("all_data",))}
    assert '"classified Very ”odd”" is all_data' in brought.law


def test_the_end_that_is_named_is_the_other_one_whichever_word_names_it(tmp_path: Path) -> None:
    shop = service(
        "shop",
        datum("PII", "inbound", destination=("page",)),
        datum("PHI", "outbound", source=("lab",)),
        datum("PCI", "bidirectional", destination=("bank",)),
        datum("PIFI", "inbound", source=("page",), destination=("shop", "lab")),
    )
    brought = told(tmp_path, bill(shop, *(service(name) for name in ("page", "lab", "bank"))))
    assert {(source, target) for source, target, _ in flows(brought)} == {
        ("page", "shop"),
        ("shop", "lab"),
        ("shop", "bank"),
        ("bank", "shop"),
    }
    assert "1 ends of data that go the other way" in brought.flow


def test_a_bill_in_xml_is_left_out_for_the_json_beside_it(tmp_path: Path) -> None:
    xml = '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>'
    files = written(tmp_path, {"b.json": bill(service("a")), "b.xml": xml})
    brought = brought_in(files, tmp_path)
    assert "1 bills of materials in XML" in brought.flow


def test_a_property_may_name_the_region(tmp_path: Path) -> None:
    region = [{"name": "aws:region", "value": "eu-west-1"}]
    other = [*region, {"name": "team", "value": "Rosa"}, {"name": "x"}]
    brought = told(
        tmp_path,
        bill(service("a", properties=region), service("b", properties=other), service("c")),
    )
    places = {id: node.places.values for id, node in brought.system.nodes.items()}
    assert places == {"a": ("IE",), "b": ("IE",), "c": ()}
    assert "1 `properties` of services" in brought.flow
    assert "Rosa" not in brought.flow


def test_owners_zones_and_settings_are_said_and_the_rest_is_counted(tmp_path: Path) -> None:
    shop = service(
        "shop",
        {**datum("PII", "inbound"), "governance": {"owners": []}},
        provider={"name": "Shop Ltd", "contact": [{"email": "someone@example.org"}]},
        trustZone="inner zone",
        authenticated=True,
        properties=[{"name": "region", "value": "x"}],
    )
    brought = told(tmp_path, bill(shop))
    assert brought.system.nodes["shop"].owner == "Shop Ltd"
    assert "authenticated = yes" in brought.flow
    assert "trust_zone = 'inner zone'" in brought.flow
    assert "1 `governance` of data" in brought.flow
    assert "1 `properties` of services" in brought.flow
    assert "1 data of which no other end is told: held by the service" in brought.flow
    assert [origin.term for origin in brought.system.nodes["shop"].origins] == ["personal_data"]
    assert "someone@example.org" not in brought.flow


def test_owners_are_the_same_in_both_forms(tmp_path: Path) -> None:
    text, document = both_forms(
        written(tmp_path, {"b.json": bill(service("shop", provider={"name": "Shop Ltd"}))}),
        tmp_path,
    )
    owners = {id: node.owner for id, node in text.nodes.items()}
    assert any(owners.values())
    assert owners == {id: node.owner for id, node in document.nodes.items()}


def test_a_bill_refers_to_another_and_an_address_to_its_service(tmp_path: Path) -> None:
    other = json.loads(bill(service("store", endpoints=["https://store.example:8443/v1"])))
    other["serialNumber"] = "urn:uuid:9"
    shop = service(
        "shop",
        datum("PII", "outbound", destination=("https://store.example:8443/v1/x",)),
        datum("PCI", "outbound", destination=("urn:cdx:9/1#store",)),
    )
    texts = [json.dumps(other), bill(shop)]
    found = [flows(told(tmp_path / str(n), *order)) for n, order in enumerate((texts, texts[::-1]))]
    assert found[0] == {("shop", "store", ("card_data", "personal_data"))} == found[1]


def test_the_order_of_services_is_nothing(tmp_path: Path) -> None:
    services = [
        service("a", datum("PII", "outbound", destination=("b",)), trustZone="y"),
        service("b", datum("PHI", "outbound", destination=("a", "c")), trustZone="x"),
        service("c", provider={"name": "c"}),
    ]
    forth, back = (
        told(tmp_path / str(n), bill(*each)) for n, each in enumerate((services, services[::-1]))
    )
    assert (body(forth.flow), body(forth.law)) == (body(back.flow), body(back.law))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (bill(service("a", datum("PII", "sideways"))), "`sideways` is no direction"),
        (bill({"data": []}), "neither a `bom-ref` nor a name"),
        (bill(service("a", datum("PII", "inbound", ("",)))), "an end of these data is empty"),
        (bill(service("a"))[:-2], "this is not JSON"),
        ('{"bomFormat": "CycloneDX", "services": null}', "there are no services"),
        ('{"bomFormat": "CycloneDX", "services": 1}', "expected a list"),
        ('{"bomFormat": "CycloneDX", "services": ' + "[" * 9_000, "nested too deeply"),
        ('<bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>', "in XML are not read"),
    ],
)
def test_what_is_not_whole_is_refused(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"b.json": text}), tmp_path)
    said = capsys.readouterr().err
    assert message in said
    assert said.count("error:") == 1


# --- bills beside the repository ------------------------------------------------------------------

BILLS = [f for f in corpus("cyclonedx", "*.json") if '"services"' in f.read_text("utf-8")]


@pytest.mark.parametrize("file", BILLS, ids=lambda file: file.name)
def test_each_published_bill_is_a_system(file: Path, tmp_path: Path) -> None:
    assert brought_in([file], tmp_path).flow.startswith("# Imported (cyclonedx)")


@pytest.mark.skipif(not BILLS, reason="the bills are not beside the repository")
def test_a_published_bill_with_ends_has_each_exchange_once(tmp_path: Path) -> None:
    (file,) = (file for file in BILLS if file.name == "valid-saasbom-1.5.json")
    found = flows(brought_in([file], tmp_path))
    assert ("ms-3.example.com", "s3-example.amazon.com", ("all_data",)) in found
    assert ("s3-example.amazon.com", "ms-3.example.com", ("all_data",)) not in found
    assert len(found) == 13


def test_a_component_that_is_data_is_a_store_of_what_it_is_classified_as(tmp_path: Path) -> None:
    table = {"bom-ref": "t", "type": "data", "name": "Table", "data": [{"classification": "PHI"}]}
    other = {"bom-ref": "u", "type": "data", "name": "Unused", "data": [{"classification": "PII"}]}
    other["modelCard"] = {"modelParameters": {}}
    value = bill(service("a", datum("PII", "inbound", source=["t"])), components=[table, other])
    brought = told(tmp_path, value)
    assert brought.system.nodes["t"].kind == "store"
    assert "store t \"Table\" holds 'classified PHI'" in " ".join(brought.flow.split())
    assert '"classified PHI" is health_data' in brought.law
    assert "u" not in brought.system.nodes
    assert "1 classified components from and to which nothing flows: left out" in brought.flow
    assert "1 `modelCard` of components: left out" in brought.flow


def test_a_bill_with_services_of_its_tools_alone_is_passed_over() -> None:
    tools = {"tools": {"services": [{"name": "Scanner"}]}}
    assert not reads(Source("a.json", bill(metadata=tools)))
    assert reads(Source("a.json", bill(service("a"), metadata=tools)))
