"""What `link` makes of texts that are sound."""

from __future__ import annotations

from itertools import permutations

import pytest

from lawful.system.link import link
from lawful.system.model import Carried, Change, Fact, Use
from lawful.system.restate import restate
from lawful_dsl.program import Policy, State

SHOP = """
system shop "The shop"  for policy shop_policy  as of 2024-05-01

party us          controller  in CA
party cloud       hosting_provider  in US  under dpa, scc ...  certified soc2 from 2023-01-01
party ads         advertiser  in unknown
subject subscriber  in IE, DE  age 30  known  state not opted_out of marketing
subject kid is child  of subscriber

us {
  client  web          site shop_com
  service billing_app  production  on cloud keys ours  risk = high
    access ads for marketing, support
  store   accounts     production  encryption_at_rest  on cloud
    retention contract_term
    retention 6 months of card_data for billing
    holds email_address of subscriber for sign_up on contract
    holds recording
    joins email_address with ip_address as profile for marketing
    keeps recording apart from card_data
    derives card_last4 from card_number removing
    honours erasure_request
  service tickets      development  in US  holds nothing
}
device phone_of_subscriber of subscriber

subscriber -> web : email_address, password  for sign_up on contract, for marketing
  with express consent (for marketing to ads by email)
web -> billing_app : card_number  for billing  tls  volume = 12
billing_app -> accounts : all except card_number  for same  on contract  masking card_number as card_last4
ship: web -> ads : ip_address of subscriber  for advertising ...  unless opted_out of marketing per browser
web -> phone_of_subscriber places marketing_cookie lasting 3 months

fact breach_notice 48 hours
fact has_officer
"""


@pytest.fixture
def shop(told):
    return told(SHOP)


def test_the_system_has_its_name_policies_date_and_facts(shop):
    assert (shop.name, shop.label, shop.policies) == ("shop", "The shop", ("shop_policy",))
    assert shop.as_of == "2024-05-01"
    assert shop.facts["has_officer"] is True
    assert str(shop.facts["breach_notice"].number) == "48"


def test_a_list_is_whole_unless_it_ends_in_dots(shop):
    cloud = shop.parties["cloud"]
    assert cloud.places == Fact(("US",), True)
    assert cloud.contracts == Fact(("dpa", "scc"), False)
    assert cloud.certificates.values[0].since == "2023-01-01"


def test_unknown_said_is_not_silence(shop):
    assert shop.parties["ads"].places.unknown
    assert not shop.parties["ads"].places.silent
    assert shop.parties["ads"].contracts.silent


def test_a_subject_has_the_kind_it_says_or_the_one_of_its_name(shop):
    assert shop.subjects["subscriber"].kind == "subscriber"
    assert shop.subjects["kid"].kind == "child"
    assert shop.subjects["kid"].of == "subscriber"
    assert shop.subjects["subscriber"].states == {State("opted_out", "marketing"): False}
    assert shop.nodes["subscriber"].places.values == ("DE", "IE")


def test_bare_words_are_sorted_by_their_lists(shop):
    accounts = shop.nodes["accounts"]
    assert accounts.environments.values == ("production",)
    assert accounts.measures == Fact(("encryption_at_rest",), True)
    assert accounts.products.silent
    assert shop.parties["cloud"].kinds.values == ("hosting_provider",)


def test_a_node_is_where_it_says_else_where_its_host_is_else_its_owner(shop):
    assert shop.nodes["tickets"].places.values == ("US",)
    assert shop.nodes["accounts"].places.values == ("US",)
    assert shop.nodes["web"].places.values == ("CA",)


def test_a_host_of_unknown_place_does_not_put_its_nodes_at_their_owners(told):
    system = told("party us in CA\nparty cloud\nus {\n store db on cloud\n}\n")
    assert system.nodes["db"].places.silent


def test_what_a_node_declares(shop):
    accounts = shop.nodes["accounts"]
    assert [(o.term, o.subject) for o in accounts.origins] == [
        ("email_address", "subscriber"),
        ("recording", ""),
    ]
    assert accounts.origins[0].uses == (Use("sign_up", Fact(("contract",), True)),)
    assert accounts.joins[0].result == "profile"
    assert accounts.apart == ((("recording",), ("card_data",)),)
    assert accounts.derivations[0].removing
    assert accounts.honours.values == ("erasure_request",)
    assert [k.data for k in accounts.kept] == [(), ("card_data",)]
    assert shop.nodes["tickets"].holds_nothing


def test_hosting_and_access_make_flows(shop):
    flows = {flow.id: flow for flow in shop.flows}
    hosted = flows["billing_app on cloud"]
    assert (hosted.kind, hosted.silent, hosted.changes) == ("hosting", True, (Change("encrypted"),))
    assert hosted.uses == (Use("hosting"),)
    assert hosted.places.values == ("US",)
    assert not flows["accounts on cloud"].changes
    access = flows["billing_app access ads"]
    assert [use.purpose for use in access.uses] == ["marketing", "support"]
    assert access.places.unknown


def test_a_party_at_an_end_has_a_node_and_another_has_none(shop):
    assert shop.nodes["ads"].kind == "recipient"
    assert shop.nodes["ads"].owner == "ads"
    assert "us" not in shop.nodes


def test_purposes_and_their_bases(shop):
    flows = {flow.id: flow for flow in shop.flows}
    signing_up = flows["subscriber -> web"]
    assert signing_up.uses == (Use("marketing"), Use("sign_up", Fact(("contract",), True)))
    relayed = flows["billing_app -> accounts"]
    assert relayed.same
    assert relayed.uses == ()
    assert relayed.bases.values == ("contract",)
    assert [use.purpose for use in flows["ship"].uses] == ["", "advertising"]
    assert flows["web -> phone_of_subscriber"].uses == (Use(),)


def test_what_a_flow_declares(shop):
    flows = {flow.id: flow for flow in shop.flows}
    relayed = flows["billing_app -> accounts"]
    assert relayed.carries == (Carried("", ("card_number",)),)
    assert relayed.changes == (Change("masking", "card_number", "card_last4"),)
    assert flows["ship"].whose == ("subscriber",)
    assert flows["ship"].guards[0].state == State("opted_out", "marketing", "browser")
    assert flows["web -> billing_app"].attributes == {"volume": 12}
    assert flows["web -> billing_app"].measures.values == ("tls",)
    assert flows["web -> phone_of_subscriber"].placing == "marketing_cookie"
    consent = flows["subscriber -> web"].consents.values[0]
    assert (consent.purposes, consent.recipients, consent.channels) == (
        ("marketing",),
        ("ads",),
        ("email",),
    )


def test_silence_about_consideration_is_none_and_about_all_else_unknown(shop):
    flow = next(flow for flow in shop.flows if flow.id == "ship")
    assert flow.consideration == Fact((), True)
    assert flow.mechanisms.silent
    assert flow.consents.silent


def test_a_system_restated_is_the_same_system(shop, vocabulary):
    again, diagnostics = link([restate(shop)], vocabulary)
    assert diagnostics == ()
    for name in ("parties", "subjects", "nodes", "flows", "facts", "policies", "as_of", "name"):
        assert getattr(again, name) == getattr(shop, name)


def test_an_alias_is_the_term_that_it_stands_for(told):
    system = told("service a\nservice b\na -> b : 'user.contact.email'")
    assert system.flows[0].carries == (Carried("email_address"),)


def test_hosting_has_an_unknown_purpose_where_the_vocabulary_has_no_such_term(parsed, vocabulary):
    terms = {name: term for name, term in vocabulary.terms.items() if name != "hosting"}
    lacking = type(vocabulary)(terms)
    system, diagnostics = link(parsed("party cloud\nstore db on cloud"), lacking)
    assert diagnostics == ()
    assert system.flows[0].uses == (Use(""),)


# --- ids of flows ---------------------------------------------------------------------------------


def ids(system):
    return [flow.id for flow in system.flows]


def test_a_flow_is_named_after_its_ends(told):
    assert ids(told("service a\nservice b\na -> b : recording for billing")) == ["a -> b"]


def test_parallel_flows_are_told_apart_by_what_they_are_for_then_by_data_then_by_channel(told):
    system = told(
        """
        service a
        service b
        service c
        a -> b : recording for support
        a -> b : recording for billing, marketing
        a -> b : password for billing, marketing
        a -> b : all except password for billing, marketing by phone
        a -> b : all except password for billing, marketing by email
        a -> c
        a -> c for same
        """
    )
    assert ids(system) == [
        "a -> b for billing, marketing of all except password by email",
        "a -> b for billing, marketing of all except password by phone",
        "a -> b for billing, marketing of password",
        "a -> b for billing, marketing of recording",
        "a -> b for support",
        "a -> c",
        "a -> c for same",
    ]


def test_a_number_is_the_last_resort_and_no_matter_of_position(told):
    flows = ["a -> b : recording tls", "a -> b : recording two_factor", "a -> b : recording"]
    seen = set()
    for ordered in permutations(flows):
        system = told("\n".join(["service a", "service b", *ordered]))
        seen.add(tuple((flow.id, flow.measures) for flow in system.flows))
    assert len(seen) == 1
    assert [id for id, _ in seen.pop()] == [
        "a -> b of recording",
        "a -> b of recording #2",
        "a -> b of recording #3",
    ]


def test_a_flow_with_an_id_of_its_own_leaves_the_others_alone(told):
    assert ids(told("service a\nservice b\na -> b\nback: a -> b : recording")) == ["a -> b", "back"]


def test_from_names_flows_or_the_node_that_one_flow_comes_from(told):
    system = told(
        """
        service a
        service b
        service c
        first: a -> b : recording
        a -> b : password
        c -> b
        b -> a : all from first
        b -> c : all from 'a -> b', c
        """
    )
    flows = {flow.id: flow for flow in system.flows}
    assert flows["b -> a"].from_flows == ("first",)
    assert flows["b -> c"].from_flows == ("a -> b", "c -> b")


# --- layers ---------------------------------------------------------------------------------------


def test_facts_of_two_files_merge(told):
    system = told(
        "service web in US ...\nstore db",
        "service web in CA ... production\nstore db holds recording",
    )
    assert system.nodes["web"].places == Fact(("CA", "US"), False)
    assert system.nodes["web"].environments.values == ("production",)
    assert [o.term for o in system.nodes["db"].origins] == ["recording"]


def test_an_open_list_may_be_completed_and_an_unknown_one_said(told):
    system = told("store db in US ...\nstore x in unknown", "store db in US, CA\nstore x in CA")
    assert system.nodes["db"].places == Fact(("CA", "US"), True)
    assert system.nodes["x"].places == Fact(("CA",), True)


def test_an_overlay_names_a_flow_by_its_derived_id(told):
    system = told(
        "service a\nservice b\na -> b under unknown",
        "'a -> b': a -> b : recording for billing under scc",
    )
    assert ids(system) == ["a -> b"]
    assert system.flows[0].carries == (Carried("recording"),)
    assert system.flows[0].mechanisms.values == ("scc",)


def test_what_two_files_say_in_the_same_words_is_one_flow(told):
    system = told("service a\nservice b\na -> b : recording", "a -> b : recording")
    assert ids(system) == ["a -> b"]


def test_a_correction_changes_a_fact(told):
    system = told(
        "store db in US\nservice a\na -> db for billing",
        """
        correct db place from US to IE because "moved last spring"
        correct 'a -> db' purpose from billing to support because "renamed"
        correct a environment from unknown to production because "it is"
        """,
    )
    assert system.nodes["db"].places == Fact(("IE",), True)
    assert system.flows[0].uses == (Use("support"),)
    assert system.flows[0].places.values == ("IE",)
    assert system.nodes["a"].environments.values == ("production",)


def test_a_correction_settles_what_two_files_differ_on(told):
    system = told(
        "store db in US  risk = low",
        "store db in IE  risk = high\n"
        'correct db place from US to IE because "moved"\n'
        'correct db risk from low to high because "reviewed"',
    )
    assert system.nodes["db"].places.values == ("IE",)
    assert system.nodes["db"].attributes == {"risk": "high"}


def test_an_ignored_flow_is_gone_and_said(told):
    system = told("service a\nparty p\na -> p\nignore 'a -> p' because \"switched off\"")
    assert system.flows == ()
    assert "p" not in system.nodes
    assert [(n.kind, n.message) for n in system.notices] == [
        ("ignored", "the flow `a -> p` is ignored: switched off")
    ]


def test_the_order_of_files_changes_nothing(parsed, vocabulary):
    trees = parsed(
        "system s\nservice a in US ...\nparty p in CA\nstore b on p",
        "service a production in CA ...\na -> b : recording\na -> b : password",
        "a -> b\n'a -> b of password': a -> b tls",
    )
    seen = []
    for ordered in permutations(trees):
        system, diagnostics = link(ordered, vocabulary)
        seen.append((repr(vars(system)), diagnostics))
    assert len({text for text, _ in seen}) == 1
    assert len({each for _, each in seen}) == 1


# --- several systems ------------------------------------------------------------------------------

LEFT = """
system left
party us in CA
service app extern
service web
store right.db extern
web -> right.db : recording
"""
RIGHT = "system right\nparty us\nus {\n store db production\n service app\n}\napp -> db"


def test_ids_of_several_systems_are_qualified_and_externs_join(told):
    system = told(LEFT, RIGHT)
    assert system.name == "left + right"
    assert sorted(system.nodes) == ["left.app", "left.web", "right.app", "right.db"]
    assert ids(system) == ["left.web -> right.db", "right.app -> right.db"]
    assert system.nodes["right.db"].owner == "us"
    assert [n.kind for n in system.notices] == ["unjoined"]
    assert "`left.app`" in system.notices[0].message


def test_parties_are_the_same_in_every_system(told):
    system = told(LEFT, RIGHT, policies=(Policy("p", by="us"),))
    assert sorted(system.parties) == ["us"]
    assert system.nodes["right.db"].places.values == ("CA",)


def test_an_extern_that_nobody_declares_stays_and_nothing_is_known_of_it(told):
    system = told("service web\nservice elsewhere.api extern\nweb -> elsewhere.api")
    assert system.nodes["elsewhere.api"].places.silent
    assert [n.kind for n in system.notices] == ["unjoined"]
