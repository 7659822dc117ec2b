"""What is found out once for flows, nodes and rings that are alike is what is found out for each of them."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawful.analysis.drafts import Base
from lawful.propagation.circle import Circle
from lawful.session import DropFlow, PutFlow, Session
from lawful.system.document import encode, parse, tree, validate
from lawful.system.document.briefly import read
from lawful.system.link import link
from lawful.system.model import Flow, System
from lawful_dsl import library
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import Program
from lawful_dsl.source import Source
from tests.bench.checks import STARTER
from tests.bench.estates import Document, copied, shops
from tests.properties.agreement import DATE, policies_of, report_of, understood
from tests.properties.drawn import drawing
from tests.properties.numbered import numbered

COPIES = 3


def twice(number: int) -> tuple[Program, System, System] | None:
    """A drawn system some times over, read shape by shape and read as a whole; nothing where it is none."""
    laws, statements = numbered(number)
    known = understood(laws, *statements)
    parsed = parse_flow(Source("s.flow", "\n".join(statements)))
    if known is None or parsed.tree is None:
        return None
    said = {"lawful": 1, "nodes": [], "flows": [], **json.loads(encode(parsed.tree))}
    said["flows"] += list(_back(said))[: number % 4]
    text = json.dumps(copied(said, COPIES))
    brief, document = read(text, "s.json"), validate(parse(text, "s.json")[0], "s.json")[0]
    if brief is None or document is None:
        return None
    program, _ = known
    linked = [
        link([each], program.vocabulary, policies=program.policies)
        for each in (brief, tree(document, "s.json"))
    ]
    if any(fault.is_error for _, faults in linked for fault in faults):
        return None
    return program, linked[0][0], linked[1][0]


def _back(said: Document) -> Iterator[Document]:
    """Flows back to where others come from, so that data go round."""
    nodes = {node["id"] for node in said["nodes"] if node["kind"] != "subject"}
    for flow in said["flows"]:
        if {flow["source"], flow["target"]} <= nodes:
            yield {"source": flow["target"], "target": flow["source"]}


@drawing(75)
@given(number=st.integers(0, 1_000_000))
def test_copies_are_reported_alike_or_not(number: int) -> None:
    found = twice(number)
    if found is None:
        return
    program, alike, apart = found
    names = [policy.name for policy in policies_of(program)]
    report = report_of(program, apart)
    assert report_of(program, alike) == report
    session = Session(program, alike, policies=names, on=DATE)
    assert session.report == report
    for flow in apart.flows[:: max(1, len(apart.flows) // 3)]:
        if not any(flow.id in other.from_flows for other in apart.flows):
            session.apply(DropFlow(flow.id))
            session.apply(PutFlow(flow))  # which is like no other
    assert session.report == report


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many rings there were, and how many of them were gone round."""
    seen: Counter[str] = Counter()
    key, going = Circle.key, Circle.round
    monkeypatch.setattr(Circle, "key", lambda ring: seen.update(["rings"]) or key(ring))
    monkeypatch.setattr(Circle, "round", lambda ring: seen.update(["gone round"]) or going(ring))
    return seen


def test_those_have_flows_and_rings_that_are_alike(rounds: Counter[str]) -> None:
    alike = 0
    for number in range(40):
        found = twice(number)
        if found is not None:
            program, system, _ = found
            Session(program, system, policies=[p.name for p in policies_of(program)], on=DATE)
            alike += sum(flow.like is not flow for flow in system.flows)
    assert alike > 100
    assert rounds["rings"] > 20
    assert rounds["gone round"] < rounds["rings"]


def shop_flows(flows: int, program: Program) -> System:
    brief = read(json.dumps(shops(flows)), "s.json")
    assert brief is not None
    return link([brief], program.vocabulary, policies=program.policies)[0]


def test_of_many_shops_a_few_rings_are_gone_round(rounds: Counter[str]) -> None:
    program = library.load(["our_policy"], (STARTER.parent,))[0]
    Session(program, shop_flows(2700, program))
    assert rounds["rings"] > 100
    assert rounds["gone round"] < 10


def test_a_likeness_is_a_value_as_any_other() -> None:
    program = library.load(["our_policy"], (STARTER.parent,))[0]
    flows = shop_flows(60, program).flows
    first, second = next((a, b) for a in flows for b in flows if a.like is b.like and a is not b)
    assert first != second
    assert first.span != second.span
    whole = Flow(**{each.name: getattr(first, each.name) for each in fields(first)})
    assert whole == first
    assert repr(whole) == repr(first)
    assert whole.like is whole
    assert pickle.loads(pickle.dumps(first)) == first
    other = replace(first, marks=("m",))
    assert other.marks == ("m",)
    assert other.like is other
    assert replace(other, marks=first.marks) == first
    with pytest.raises(AttributeError):
        first.nothing  # noqa: B018


def test_which_guard_a_system_has_does_not_turn_on_which_flows_are_alike() -> None:
    program = library.load(["our_policy"], (STARTER.parent,))[0]
    words = ("only if", "unless", "only if")
    flows = [
        {
            "id": f"f{n}",
            "source": "a",
            "target": "b",
            "guards": [{"state": "opted_out", "word": word}],
        }
        for n, word in enumerate(words)
    ]
    said = {"lawful": 1, "nodes": [{"id": id, "kind": "store"} for id in "ab"], "flows": flows}
    brief = read(json.dumps(said), "s.json")
    assert brief is not None
    system = link([brief], program.vocabulary)[0]
    assert Base(system).guards == {"opted_out": True}
