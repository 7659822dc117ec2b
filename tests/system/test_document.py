"""The JSON form: it says all that a text can say, and its errors point at their place."""

from __future__ import annotations

import json

import pytest

from lawful.system.document import decode, encode, schema
from lawful.system.link import link
from lawful_dsl.diagnostics import Rejected
from tests.system.test_link import SHOP

#: Every construct, in the order in which the JSON form has them.
EVERYTHING = """
system shop "The shop" for policy p, q as of 2024-05-01
use common, children
party us "Us" hosting_provider advertiser controller
  processor of card_data, recording for billing, support acting for us
  in CA, US ... under dpa certified soc2 from 2023-01-01 until 2024-01-01 certified iso_27001
  affiliate of us audited = yes
party them in none under unknown
subject kid "A child" is child in IE age 12 not known of subscriber
  state opted_out of marketing per browser state not enabled notice = 3 months
subject subscriber known
device phone is calendar of subscriber
us {
  store db "Data" production tls in US on cloud keys ours access ads for support ... access us
    for billing using two_factor ... site shop_com outside q
    retention 6 months retention unknown of card_data
    retention longer of contract_term + 3 days, shorter of account_life, unlimited else 1 year
      of recording for billing, support
    holds email_address, password of subscriber for sign_up on contract, for billing on unknown
      with express consent under scc
    holds nothing
    generates profile for support, for marketing
    derives card_last4 from card_number removing derives profile from recording
    joins email_address, password with ip_address as profile for marketing with none
    joins recording with profile
    keeps recording apart from card_data, password
    honours erasure_request risk = high reviewed = 2024-01-01
}
service api extern
a -> b
f1: a -> b : all except password, recording of subscriber, child
  for marketing, billing for advertising on consent, for support ..., for same
  on contract, consent ...
  with express consent given by parent (disclosure, sale for marketing to ads, us of recording by email),
    with implied consent ...
  under scc by email, phone using tls ... two_factor
  masking card_number as card_last4 encrypted decrypting
  mark verified, refused unmark refused
  unless opted_out of marketing per browser only if enabled
  from f2, 'a -> b' places marketing_cookie lasting 3 months + 1 to another
  consideration money volume = 12
b -> a : all with unknown
b -> c : recording consideration none
fact has_officer
fact breach_notice 48 hours
correct db place from US, CA to unknown because "it moved"
ignore 'a -> b' because "it is off"
expect kept cards, names
test "A test" clause SH-1, SH-2 {
  party them in CA
  expect broken cards on 2024-06-01 {
    us {
      store spare
    }
    a -> b : card_number
    fact notice 3 months
    correct db place from US to CA because "it moved on"
    ignore f1 because "it is off, too"
  }
  expect not exercised cards
}
""".replace("3 months + 1", "3 months")


@pytest.fixture
def everything(parsed):
    return parsed(EVERYTHING)[0]


def test_a_text_and_its_json_are_the_same_tree(everything):
    tree, diagnostics = decode(encode(everything), "a.json")
    assert diagnostics == ()
    assert tree == everything


def test_a_text_in_any_order_links_to_the_same_system(parsed, vocabulary):
    (text,) = parsed(SHOP)
    tree, diagnostics = decode(encode(text), "a.json")
    assert diagnostics == ()
    left, right = link([text], vocabulary), link([tree], vocabulary)
    assert left[1] == right[1] == ()
    for name in ("name", "parties", "subjects", "nodes", "flows", "facts"):
        assert getattr(left[0], name) == getattr(right[0], name)


def test_encoding_what_was_decoded_gives_the_same_text(everything):
    text = encode(everything)
    assert encode(decode(text, "a.json")[0]) == text


def test_spans_point_into_the_document(everything):
    tree, _ = decode(encode(everything), "a.json")
    flow = next(s for s in tree.statements if getattr(s, "id", None) and s.id.text == "f1")
    assert str(flow.source.span) == "a.json#/flows/1/source"
    assert str(flow.carry.excluded[1].span) == "a.json#/flows/1/data/all_except/1"


def test_the_document_is_valid_by_its_published_schema(everything):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    validator.validate(json.loads(encode(everything)))
    assert list(validator.iter_errors({"lawful": 1, "flows": [{"source": "a"}]}))


def test_what_a_text_says_twice_is_not_left_out_in_silence(parsed):
    (tree,) = parsed("party us in CA in US")
    with pytest.raises(Rejected, match="`in` is said twice"):
        encode(tree)


def test_true_is_yes():
    text = '{"lawful": 1, "facts": [{"name": "has_officer", "value": true}]}'
    (fact,) = decode(text, "a.json")[0].statements
    assert fact.value.text == "yes"


NAMES = 'expected a list of names, {"some": [names]} for an open one, or "unknown"'
CASES = [
    ("{", "this is not JSON: expecting property name enclosed in double quotes", "a.json:1:2", ""),
    ("[]", "a list is not what is expected here", "a.json", "expected an object"),
    (
        "{}",
        "this is not a system: the key `lawful` is missing",
        "a.json",
        'begin with `"lawful": 1`',
    ),
    ('{"lawful": 2}', "`2` is not what is expected here", "a.json#/lawful", "expected 1"),
    (
        '{"lawful":\n "NaN", "x": NaN}',
        "this is not JSON: `NaN` is no number of JSON",
        "a.json:2:14",
        "write a number in digits",
    ),
    (
        '{"lawful": 1, "lawful": 1}',
        "the key `lawful` is said twice",
        "a.json#/lawful",
        "leave one of the two out",
    ),
    (
        '{"lawful": 1, "flows": [{"sorce": "a", "source": "b", "target": "c"}]}',
        "`sorce` is no key of this",
        "a.json#/flows/0/sorce",
        "did you mean `source`?",
    ),
    (
        '{"lawful": 1, "parties": [{"id": "a", "roles": [{"role": "king"}]}]}',
        "`king` is not what is expected here",
        "a.json#/parties/0/roles/0/role",
        "expected `controller`, `joint_controller`, `processor`, `sub_processor` or `conduit`",
    ),
    (
        '{"lawful": 1, "flows": [{"source": "b"}]}',
        "the key `target` is missing",
        "a.json#/flows/0",
        'write `"target": ...`; it cannot be left out here',
    ),
    (
        '{"lawful": 1, "parties": [{"id": "a", "places": 3}]}',
        "`3` is not what is expected here",
        "a.json#/parties/0/places",
        NAMES,
    ),
    (
        '{"lawful": 1, "parties": [{"id": "a", "places": "CA"}]}',
        "`CA` is not what is expected here",
        "a.json#/parties/0/places",
        'write a list: ["CA"]',
    ),
    (
        '{"lawful": 1, "parties": [{"id": "a", "places": ["CA", 3]}]}',
        "`3` is not what is expected here",
        "a.json#/parties/0/places/1",
        "expected a text",
    ),
    (
        '{"lawful": 1, "parties": [{"id": "it\'s"}]}',
        "`it's` cannot be written so",
        "a.json#/parties/0/id",
        "a name has at least one character, no line end and no single quote",
    ),
    (
        '{"lawful": 1, "system": {"name": "a", "as_of": "2024-02-31"}}',
        "`2024-02-31` is no date of the calendar",
        "a.json#/system/as_of",
        "a date is written 2024-04-08",
    ),
    (
        '{"lawful": 1, "parties": [{"id": "\\ud800"}]}',
        "this text has half of a character in it",
        "a.json#/parties/0/id",
        "write the whole character, or both halves of it",
    ),
    (
        '{"lawful": 1, "flows": [{"source": "a", "target": "b", "changes": [{"operation": "masking"}]}]}',
        "the key `source` is missing",
        "a.json#/flows/0/changes/0",
        'write `"source": ...`; it cannot be left out here',
    ),
    (
        '{"lawful": 1, "parties": [{"id": "\u202e"}]}',
        "this text has a hidden character in it",
        "a.json#/parties/0/id",
        "take it out",
    ),
    (
        '{"lawful": 1, "nodes": [{"id": "a", "kind": "subject", "age": 1234567890}]}',
        "`1234567890` is not what is expected here",
        "a.json#/nodes/0/age",
        "expected a number of at most nine digits",
    ),
    (
        '{"lawful": 1, "flows": ' + "[" * 100_000,
        "this JSON is nested too deeply",
        "a.json:1:223",
        "lists and objects nest at most 200 deep",
    ),
    (
        '"[[" ' + "[" * 300 + "]" * 300,
        "this is not JSON: extra data",
        "a.json:1:6",
        "a file is one value: take out what follows it",
    ),
    (
        "[" * 201 + "]" * 201,
        "this JSON is nested too deeply",
        "a.json:1:201",
        "lists and objects nest at most 200 deep",
    ),
    (
        '{"lawful": ' + "9" * 5000 + "}",
        "this is not JSON: it has a number that is too large",
        "a.json:1:12",
        "write at most nine digits",
    ),
]


@pytest.mark.parametrize(("text", "message", "place", "help"), CASES)
def test_an_error_is_a_diagnostic_at_its_pointer(text, message, place, help):
    tree, diagnostics = decode(text, "a.json")
    assert tree is None
    assert diagnostics[0].message.startswith(message)
    assert str(diagnostics[0].span) == place
    assert help in diagnostics[0].help


def test_all_errors_of_a_document_are_found_at_once():
    text = '{"lawful": 1, "parties": [{"id": 1}, {"ids": "a"}], "flow": []}'
    assert sorted(str(d.span) for d in decode(text, "a.json")[1]) == [
        "a.json#/flow",
        "a.json#/parties/0/id",
        "a.json#/parties/1",
        "a.json#/parties/1/ids",
    ]
