"""Manifests of Fides: what becomes of systems, datasets, declarations, taxonomies and policies."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from lawful.findings import Verdict
from tests.importers.agreement import checked
from tests.importers.bringing import body, both_forms, brought_in, corpus, refused, written

SYSTEMS = """\
organization:
  - fides_key: default_organization
    name: Bakery
    controller: {name: Nobody Here, email: nobody@example.org}
system:
  - fides_key: web_shop
    name: Web shop
    system_type: Application
    egress:
      - {fides_key: mailer, type: system, data_categories: [user.contact.email]}
    ingress:
      - {fides_key: user, type: user}
    privacy_declarations:
      - data_categories: [user.contact.email, user.name]
        data_use: essential.service
        data_subjects: [customer]
        legal_basis_for_processing: Contract
        retention_period: 90 days
        ingress: [user]
      - data_categories: [user.unknown.shoe_size]
        data_use: provide.gifts
        data_subjects: [loyal_customer]
        data_shared_with_third_parties: true
        third_parties: Someone Else Ltd
        responsibility: true
  - fides_key: mailer
    system_type: Database
    vendor_id: v1
    ingress:
      - {fides_key: web_shop, type: system, data_categories: [user.contact.email]}
    privacy_declarations:
      - data_categories: []
        data_use: marketing.communications.email
        data_subjects: [customer]
        dataset_references: [orders, orders.people.address]
"""
ORDERS = """\
dataset:
  - fides_key: orders
    name: Orders
    collections:
      - name: people
        fields:
          - {name: mail, data_categories: [user.contact.email]}
          - name: address
            fields:
              - {name: street, data_categories: [user.contact.address.street]}
          - name: note
"""
POLICY = """\
policy:
  - fides_key: rules
    rules:
      - name: no mail
        data_categories: {matches: ANY, values: [user.contact]}
        data_uses: {matches: ANY, values: [marketing]}
        data_subjects: {matches: ANY, values: [customer]}
"""
FILES = {"systems.yml": SYSTEMS, "orders.yml": ORDERS, "policy.yml": POLICY}

WANTED = """\
system it  for policy it

use fides

party default_organization "Bakery"
subject customer
subject loyal_customer

default_organization {
  service web_shop "Web shop"
      holds user.contact.email, user.name of customer for essential.service on contract
      retention 90 days of user.contact.email, user.name for essential.service
      holds user.unknown.shoe_size of loyal_customer for provide.gifts on unknown
}

store mailer
store orders "Orders"
    holds user.contact.address.street, user.contact.email of customer for unknown on unknown
recipient 'third parties of web_shop'

customer -> web_shop : user.contact.email, user.name of customer  for essential.service on contract
mailer   -> mailer : all of customer  for marketing.communications.email on unknown
orders   -> mailer : all of customer  for marketing.communications.email on unknown
orders   -> mailer : user.contact.address.street of customer  for marketing.communications.email on unknown
web_shop -> mailer : user.contact.email  for unknown on unknown
web_shop -> 'third parties of web_shop' : all of loyal_customer  for provide.gifts on unknown
web_shop -> web_shop : user.contact.email, user.name of customer  for essential.service on contract
web_shop -> web_shop : user.unknown.shoe_size of loyal_customer  for provide.gifts on unknown
"""


def test_manifests_of_several_files_are_one_system(tmp_path: Path) -> None:
    brought = brought_in(written(tmp_path, FILES), tmp_path)
    assert body(brought.flow) == WANTED
    assert "nobody@example.org" not in brought.flow + brought.law
    assert "Someone Else" not in brought.flow + brought.law
    assert "1 fields without a category" in brought.flow
    assert (
        "1 key `responsibility` of a privacy declaration, which Fides does not have" in brought.flow
    )


def test_keys_that_the_vocabulary_lacks_stand_beside_the_system(tmp_path: Path) -> None:
    law = brought_in(written(tmp_path, FILES), tmp_path).law
    assert "user.unknown is user\n" in law
    assert "user.unknown.shoe_size is user.unknown\n" in law
    assert "provide.gifts is provide\n" in law
    assert "loyal_customer is data_subject\n" in law


def test_a_category_of_which_nothing_is_known_is_not_taken_for_harmless(tmp_path: Path) -> None:
    manifest = "dataset:\n  - {fides_key: d, data_categories: [odd.thing]}\n"
    law = brought_in(written(tmp_path, {"m.yml": manifest}), tmp_path).law
    assert "odd is personal_data\n" in law
    assert "odd.thing is odd\n" in law


def test_a_policy_of_fides_is_broken_where_fides_says_so(tmp_path: Path) -> None:
    files = written(tmp_path, FILES)
    brought_in(files, tmp_path)
    found = checked(tmp_path / "brought" / "it.flow").report.findings
    broken = {f.datum.category for f in found if f.verdict is Verdict.BROKEN}
    assert broken == {"email_address", "postal_address"}


def test_owners_are_the_same_in_both_forms(tmp_path: Path) -> None:
    text, document = both_forms(written(tmp_path, FILES), tmp_path)
    owners = {id: node.owner for id, node in text.nodes.items()}
    assert any(owners.values())
    assert owners == {id: node.owner for id, node in document.nodes.items()}


def test_the_order_of_files_is_nothing(tmp_path: Path) -> None:
    files = written(tmp_path, FILES)
    told = {
        tuple(map(body, (brought.flow, brought.law)))
        for number, order in enumerate(permutations(files))
        for brought in [brought_in(order, tmp_path / str(number))]
    }
    assert len(told) == 1


def test_json_is_a_manifest_too(tmp_path: Path) -> None:
    text = '{"dataset": [{"fides_key": "d", "collections": [], "data_categories": ["user.name"]}]}'
    brought = brought_in(written(tmp_path, {"fides.json": text}), tmp_path)
    assert "store d  holds user.name" in brought.flow
    assert not brought.law


def test_old_and_new_names_of_uses_are_the_same_purposes(tmp_path: Path) -> None:
    uses = {
        "improve.system": "functional.service.improve",
        "provide.service": "essential.service",
        "advertising.third_party.personalized": "marketing.advertising.third_party.targeted",
    }
    for number, names in enumerate(uses.items()):
        lines = "".join(
            f"  - {{fides_key: s{n}, privacy_declarations: [{{data_categories: [user], "
            f"data_use: {name}, data_subjects: [customer]}}]}}\n"
            for n, name in enumerate(names)
        )
        files = written(tmp_path / str(number), {"s.yml": f"system:\n{lines}"})
        flows = brought_in(files, tmp_path / str(number)).system.flows
        old, new = (flow.uses for flow in flows)
        assert old == new


def test_a_rule_on_a_key_is_on_what_stands_below_it_for_fides(tmp_path: Path) -> None:
    manifest = (
        "system:\n  - fides_key: s\n    privacy_declarations:\n"
        "      - {data_categories: [user.demographic.gender], data_use: analytics.reporting.ad_performance,"
        " data_subjects: [customer]}\n"
        "policy:\n  - fides_key: p\n    rules:\n"
        "      - data_categories: {matches: ANY, values: [user.demographic]}\n"
        "        data_uses: {matches: ANY, values: [analytics.reporting]}\n"
    )
    brought_in(written(tmp_path, {"m.yml": manifest}), tmp_path)
    assert checked(tmp_path / "brought" / "it.flow").report.verdict is Verdict.BROKEN


def test_a_dataset_keeps_as_long_as_the_closest_part_of_it_says(tmp_path: Path) -> None:
    manifest = """
dataset:
  - fides_key: db
    retention: 2 years
    collections:
      - name: buyers
        fields:
          - {name: email, data_categories: [user.contact.email], retention: 90 days}
          - {name: name, data_categories: [user.name]}
      - name: letters
        retention: when they leave
        fields:
          - {name: email, data_categories: [user.contact.email], retention: 3 weeks}
          - {name: place, data_categories: [user.location]}
  - fides_key: empty
    retention: 2 years
"""
    brought = brought_in(written(tmp_path, {"a.yml": manifest}), tmp_path)
    assert "retention 2 years of user.name" in brought.flow
    assert "retention longer of 3 weeks, 90 days of user.contact.email" in brought.flow
    assert brought.flow.count("retention ") == 3  # one is in the notice
    assert "2 retention periods that are no length, or of no data" in brought.flow
    assert "when they leave" not in brought.flow


def test_a_third_party_is_a_recipient_that_the_organisation_does_not_own(tmp_path: Path) -> None:
    manifest = """
organization:
  - {fides_key: default_organization, name: Shop}
system:
  - {fides_key: mailer, system_type: Third Party, privacy_declarations: []}
  - {fides_key: till, system_type: Application, privacy_declarations: []}
"""
    nodes = brought_in(written(tmp_path, {"a.yml": manifest}), tmp_path).system.nodes
    assert (nodes["mailer"].kind, nodes["mailer"].owner) == ("recipient", "")
    assert (nodes["till"].kind, nodes["till"].owner) == ("service", "default_organization")


def test_keys_of_the_first_taxonomy_are_those_of_today(tmp_path: Path) -> None:
    manifest = """
system:
  - fides_key: till
    privacy_declarations:
      - data_categories: [user.provided.identifiable.contact.email, user.derived.identifiable.odd]
        data_use: essential
        data_subjects: [customer]
"""
    brought = brought_in(written(tmp_path, {"a.yml": manifest}), tmp_path)
    held = {origin.term for origin in brought.system.nodes["till"].origins}
    assert held == {"email_address", "user.odd"}


def test_keys_may_be_words_of_our_language(tmp_path: Path) -> None:
    manifest = """
system:
  - fides_key: unknown
    privacy_declarations:
      - {data_categories: [store], data_use: none, data_subjects: [us]}
"""
    brought = brought_in(written(tmp_path, {"a.yml": manifest}), tmp_path)
    (node,) = (each for each in brought.system.nodes.values() if each.kind == "service")
    assert node.id == "unknown"
    assert [each.term for each in node.origins] == ["fides store"]


def test_what_several_files_name_alike_is_told_apart(tmp_path: Path) -> None:
    manifest = (
        "system:\n  - fides_key: customer\n    privacy_declarations:\n"
        "      - {data_categories: [user], data_use: analytics, data_subjects: [customer],"
        " dataset_references: [customer]}\n"
    )
    nodes = brought_in(written(tmp_path, {"m.yml": manifest}), tmp_path).system.nodes
    assert {"customer", "dataset customer", "subject customer"} <= set(nodes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("system:\n  - name: x\ndataset: # fides_key\n", "the key `fides_key` is missing"),
        ("system: x # fides_key\n", "expected a list"),
        ("system:\n - fides_key: a\n   egress: [{fides_key: b, type: moon}]", "no end of a flow"),
        (
            "policy:\n - fides_key: a\n   rules: [{data_uses: {matches: SOME, values: [x]}}]",
            "no way to match",
        ),
        (
            "data_use:\n - {fides_key: a, parent_key: b}\n - {fides_key: b, parent_key: a}",
            "stands above itself",
        ),
        ("dataset:\n - {fides_key: a, data_categories: ['']}", "a key of the taxonomy is empty"),
        ("system:\n - fides_key: [a", "this is not YAML"),
        ("system:\n - {fides_key: &a [*a]}", "nested too deeply"),
        ('{"system": [{"fides_key": ', "this is not JSON"),
    ],
)
def test_what_is_not_whole_is_refused(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"m.yml": text}), tmp_path)
    told = capsys.readouterr().err
    assert message in told
    assert told.count("error:") == 1


def test_a_file_without_resources_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"m.yml": "a: 1\n"}), tmp_path, "--kind", "fides")
    assert "no resources of Fides" in capsys.readouterr().err


# --- manifests beside the repository --------------------------------------------------------------

MANIFESTS = [f for f in corpus("fides", "*.yml") if "fides_key" in f.read_text("utf-8")]


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.name)
def test_each_published_manifest_is_a_system(file: Path, tmp_path: Path) -> None:
    brought = brought_in([file], tmp_path)
    assert brought.flow.startswith("# Imported (fides)")


@pytest.mark.skipif(not MANIFESTS, reason="the manifests are not beside the repository")
def test_published_manifests_together_are_one_system(tmp_path: Path) -> None:
    own = [file for file in MANIFESTS if "sample_resources" in file.parts]
    assert len(brought_in(own, tmp_path).system.nodes) >= 10


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("failing_dataset_taxonomy.yml", Verdict.BROKEN),
        ("failing_declaration_taxonomy.yml", Verdict.BROKEN),
        ("failing_nested_dataset.yml", Verdict.BROKEN),
        ("passing_declaration_taxonomy.yml", Verdict.KEPT),
    ],
)
def test_what_fides_expects_of_its_manifests(name: str, verdict: Verdict, tmp_path: Path) -> None:
    files = [file for file in MANIFESTS if file.name == name]
    if not files:
        pytest.skip("the manifests are not beside the repository")
    brought_in(files, tmp_path)
    report = checked(tmp_path / "brought" / "it.flow").report
    broken = any(finding.verdict is Verdict.BROKEN for finding in report.findings)
    assert broken == (verdict is Verdict.BROKEN)


def test_parts_of_a_dataset_say_of_whom_and_for_what_they_are(tmp_path: Path) -> None:
    manifest = """
dataset:
  - fides_key: crm
    data_subjects: [customer]
    collections:
      - name: people
        data_uses: [marketing]
        fields:
          - {name: mail, data_categories: [user.contact.email]}
          - {name: note, data_categories: [user.name], data_subjects: [employee], data_purposes: [p]}
      - {name: log, fields: [{name: at, data_categories: [user.device.ip_address]}]}
"""
    brought = brought_in(written(tmp_path, {"a.yml": manifest}), tmp_path)
    flow = " ".join(brought.flow.split())
    for line in (
        "holds user.device.ip_address of customer for unknown on unknown",
        "holds user.contact.email of customer for marketing on unknown",
        "holds user.name of customer, employee for marketing on unknown",
        "1 `data_purposes` of datasets and their parts: left out",
    ):
        assert line in flow


def test_a_dataset_that_the_system_alone_refers_to_flows_to_it(tmp_path: Path) -> None:
    manifest = """
system:
  - fides_key: till
    system_type: Service
    dataset_references: [orders, people]
    privacy_declarations:
      - {data_categories: [user.name], data_use: essential, data_subjects: [customer], dataset_references: [people]}
"""
    brought = brought_in(written(tmp_path, {"a.yml": manifest}), tmp_path)
    ends = [(flow.source, flow.target) for flow in brought.system.flows]
    assert sorted(ends) == [("orders", "till"), ("people", "till"), ("till", "till")]


@pytest.mark.parametrize(("said", "flows"), [("", 1), ("true", 1), ("false", 0)])
def test_who_or_which_data_are_shared_says_that_some_are(
    said: str, flows: int, tmp_path: Path
) -> None:
    shared = f"data_shared_with_third_parties: {said}, shared_categories: [user.name]"
    manifest = f"""
system:
  - fides_key: till
    system_type: Service
    privacy_declarations:
      - {{data_categories: [user.name], data_use: essential, data_subjects: [customer], {shared}}}
"""
    brought = brought_in(written(tmp_path, {"a.yml": manifest}), tmp_path)
    assert [f.target for f in brought.system.flows].count("third parties of till") == flows
    assert ("say that nothing is shared: left out" in brought.flow) == (not flows)
