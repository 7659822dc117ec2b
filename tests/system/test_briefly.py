"""A document that is read shape by shape is the one that is read as a whole; what is wrong with either is the same."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawful.system.document import decode, encode, parse, tree, validate
from lawful.system.document.briefly import read
from lawful.system.document.members import Items
from lawful.system.link import link
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.program import TRUE, Policy
from tests.dsl.flow_strategies import systems
from tests.system.conftest import VOCABULARY
from tests.system.test_properties import known

POLICY = Policy("p", by="a", events=(("sale", TRUE),))
PARTS = ("name", "parties", "subjects", "nodes", "flows", "facts", "policies", "as_of", "notices")


def spelt(text: str) -> s.Flows | None:
    """The tree of a document that is read as a whole; nothing where something is wrong with it."""
    value, wrong = parse(text, "a.json")
    document = None if wrong else validate(value, "a.json")[0]
    return tree(document, "a.json") if document else None


def whole(value: Any) -> Any:
    """A tree with all its places."""
    if isinstance(value, tuple):
        return tuple(whole(each) for each in value)
    if not is_dataclass(value):
        return value
    return type(value), [whole(getattr(value, each.name)) for each in fields(value)]


def again(said: dict[str, Any], number: int) -> dict[str, Any]:
    """A flow or a node that says the same of another id and other ends."""
    ends = {key: f"{said[key]}_{number}" for key in ("id", "source", "target") if key in said}
    return {**said, **ends}


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents in which some flows and nodes say what others say, in another order of keys perhaps."""
    try:
        said = json.loads(encode(known(draw(systems()), "a.flow", count(1))))
    except Rejected:
        said = {"lawful": 1}
    for key in ("nodes", "flows"):
        there = said.get(key, [])
        more = [again(each, n) for each in there for n in range(draw(st.integers(0, 2)))]
        said[key] = draw(st.permutations([*there, *more]))
    return json.dumps(said, indent=draw(st.sampled_from([None, 2])), sort_keys=draw(st.booleans()))


@given(documents())
@settings(max_examples=100, deadline=None)
def test_a_document_is_the_same_read_shape_by_shape(text):
    brief = read(text, "a.json")
    assert brief is not None
    assert brief == spelt(text)
    assert whole(brief) == whole(spelt(text))


@given(documents())
@settings(max_examples=100, deadline=None)
def test_what_is_linked_of_it_is_the_same(text):
    brief, full = (
        link([each], VOCABULARY, policies=(POLICY,)) for each in (read(text, "a.json"), spelt(text))
    )
    assert brief[1] == full[1]
    for part in PARTS:
        assert getattr(brief[0], part) == getattr(full[0], part)
    for left, right in zip(things(brief[0]), things(full[0]), strict=True):
        assert left.span == right.span


def things(system):
    """What the places in a report are of."""
    return [
        *system.parties.values(),
        *system.subjects.values(),
        *system.nodes.values(),
        *system.flows,
    ]


@given(documents(), st.data())
@settings(max_examples=200, deadline=None)
def test_what_is_damaged_is_refused_by_both(text, data):
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(
        st.sampled_from(["", "{", "}", "[", "]", ",", '"', ":", "0", "\\", "'", "\u202e"])
    )
    damaged = text[:at] + put + text[at + data.draw(st.integers(0, 3)) :]
    brief = read(damaged, "a.json")
    assert whole(brief) == whole(spelt(damaged))


#: Names: plain ones, those that are written otherwise than they are or look odd, and those that are none.
PLAIN = ("a", "b1", "a b", "x" * 40)
ODD = (*PLAIN, "über", 'say "so"', "back\\slash", "tab\there", "\u00a0")
NO_NAMES = (*ODD, "", "it's", "\u202eover")


@st.composite
def runs(draw: st.DrawFn) -> str:
    """Documents in which a few flows and nodes come again and again, of other names, mostly in one order."""
    kinds = draw(st.lists(st.sampled_from(["store", "service"]), min_size=1, max_size=3))
    data = draw(st.lists(st.sampled_from([["d"], ["e"], ["d", "e"]]), min_size=1, max_size=3))
    names = st.sampled_from(draw(st.sampled_from([PLAIN, ODD, NO_NAMES])))
    nodes, flows = [], []
    for number in range(draw(st.integers(3, 8))):
        for kind in kinds:
            label = draw(st.sampled_from([{}, {}, {"label": None}, {"label": draw(names)}]))
            nodes.append({"id": f"{draw(names)}{number}", "kind": kind, **label})
        for of in data:
            own = {"source": draw(names), "target": draw(names), "data": of}
            own |= draw(st.sampled_from([{}, {}, {}, {"from_flows": ["f"]}, {"id": draw(names)}]))
            flows.append(own)
    said = {"lawful": 1, "nodes": nodes, "flows": flows}
    separators = draw(st.sampled_from([None, (",", ":"), (" , ", " : ")]))
    how = {"ensure_ascii": draw(st.booleans()), "sort_keys": draw(st.booleans())}
    return json.dumps(said, separators=separators, **how)


@given(runs())
@settings(max_examples=300, deadline=None)
def test_what_is_written_as_before_is_read_as_if_it_were_decoded(text):
    assert whole(read(text, "a.json")) == whole(spelt(text))


@given(runs(), st.data())
@settings(max_examples=200, deadline=None)
def test_what_is_damaged_behind_others_like_it_is_refused_by_both(text, data):
    at = data.draw(st.integers(len(text) // 2, len(text)))
    put = data.draw(st.sampled_from(["", "}", "]", ",", '"', '\\"', "\\", "\n", "0", "null"]))
    damaged = text[:at] + put + text[at + data.draw(st.integers(0, 2)) :]
    assert whole(read(damaged, "a.json")) == whole(spelt(damaged))


def test_a_name_that_must_be_written_otherwise_is_refused_wherever_it_is_not():
    ends = ["x\ty", *"abcdefgh", "x\ty", "i"]
    text = json.dumps({"lawful": 1, "flows": [{"source": end, "target": "z"} for end in ends]})
    assert read(text, "a.json") is not None
    at = text.rindex("\\t")
    assert read(f"{text[:at]}\t{text[at + 2 :]}", "a.json") is None


@pytest.mark.parametrize("place", range(3))
def test_what_is_written_otherwise_in_one_place_is_decoded(place):
    """Before, between and behind its names; as many characters, so that nothing else gives it away."""
    words = ["client", "mine", "ours"], ["source", "mean", "hers"]

    def node(number, odd):
        kind, owner, place = (words[odd == i][i] for i in range(3))
        return {"kind": kind, "id": f"n{number}", "owner": owner, "label": "l", "places": [place]}

    nodes = [node(number, place if number == 9 else -1) for number in range(12)]
    text = json.dumps({"lawful": 1, "nodes": nodes})
    assert read(text, "a.json") is not None
    assert whole(read(text, "a.json")) == whole(spelt(text))


def test_of_what_is_written_as_before_nothing_is_decoded(monkeypatch):
    decoded = []
    decode = Items.decode
    monkeypatch.setattr(Items, "decode", lambda items: decoded.append(items.at) or decode(items))
    flows = [
        {"source": f"a{number}", "target": f"b{number}", "data": ["d"] * (1 + number % 3)}
        for number in range(300)
    ]
    found = read(json.dumps({"lawful": 1, "flows": flows}), "a.json")
    assert found is not None
    assert len(decoded) < 20


def test_each_of_a_shape_tells_what_is_wrong_with_it_where_it_stands():
    flow = {"source": "a", "target": "b", "data": ["recording", "recordign"]}
    node = {"kind": "store", "words": ["recording"]}
    said = {
        "lawful": 1,
        "nodes": [{"id": "a", **node}, {"id": "b", "kind": "store"}, {"id": "c", **node}],
        "flows": [flow, {**flow, "source": "b", "target": "a"}],
    }
    (tree, nothing) = decode(json.dumps(said), "a.json")
    assert nothing == ()
    assert [str(each.span) for each in link([tree], VOCABULARY)[1]] == [
        "a.json#/flows/0/data/1",
        "a.json#/flows/1/data/1",
        "a.json#/nodes/0/words/0",
        "a.json#/nodes/2/words/0",
    ]


def test_each_of_a_shape_tells_what_contradicts_itself_where_it_stands():
    days = [{"period": {"number": n, "unit": "days"}} for n in (3, 4)]
    held = [{"data": ["recording"]}, {"data": []}]
    said = {
        "lawful": 1,
        "nodes": [
            *({"id": id, "kind": "store", "retention": days} for id in "ab"),
            *({"id": id, "kind": "store", "holds": held} for id in "cd"),
        ],
    }
    wrong = link([read(json.dumps(said), "a.json")], VOCABULARY)[1]
    assert [
        [str(at) for at in (each.span, *(span for _, span in each.related))] for each in wrong
    ] == [
        ["a.json#/nodes/0/retention/1", "a.json#/nodes/0/retention/0"],
        ["a.json#/nodes/1/retention/1", "a.json#/nodes/1/retention/0"],
        ["a.json#/nodes/2/holds/0"],
        ["a.json#/nodes/3/holds/0"],
    ]


def test_what_flows_take_from_is_of_each_by_itself():
    said = {
        "lawful": 1,
        "nodes": [{"id": id, "kind": "store"} for id in "abcd"],
        "flows": [
            {"source": "a", "target": "b"},
            {"source": "c", "target": "b"},
            {"source": "b", "target": "d", "from_flows": ["a"]},
            {"id": "f", "source": "b", "target": "d", "from_flows": ["c", "a -> b"]},
            {"id": "g", "source": "b", "target": "d", "from_flows": ["x"]},
        ],
    }
    system, wrong = link([read(json.dumps(said), "a.json")], VOCABULARY)
    taken = {flow.id: flow.from_flows for flow in system.flows}
    assert taken["b -> d"] == ("a -> b",)
    assert taken["f"] == ("a -> b", "c -> b")
    assert [str(each.span) for each in wrong] == ["a.json#/flows/4/from_flows/0"]
