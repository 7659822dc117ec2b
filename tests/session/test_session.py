"""A session says after every edit what a full check says: property 6 of semantics, section 7."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lawful
from lawful.check import check, date_of, in_force
from lawful.failure import Failure
from lawful.findings import Report
from lawful.session import (
    Changed,
    DropFact,
    DropFlow,
    DropNode,
    Edit,
    Law,
    PutFlow,
    PutNode,
    Session,
    Whole,
    changed,
)
from lawful.system.model import Fact, System
from lawful_dsl.program import Program
from tests.bench.estate import callbridge, estate
from tests.properties.agreement import DATE, policies_of
from tests.properties.drawn import drawing
from tests.session.editing import edit, family

#: How many edits a drawn sequence has.
EDITS = 6
NUMBERS = st.integers(0, 1_000_000)


def reported(session: Session) -> Report:
    names = [policy.name for policy in policies_of(session.program)]
    return check(session.program, session.system, policies=names, on=DATE)


def begun(program: Program, system: System) -> Session:
    names = [policy.name for policy in policies_of(program)]
    return Session(program, system, policies=names, on=DATE)


@pytest.mark.parametrize("part", range(4))
@drawing(75)
@given(number=NUMBERS, seed=NUMBERS)
def test_a_session_is_at_every_edit_as_a_full_check(part: int, number: int, seed: int) -> None:
    program, systems = family(4 * number + part)
    if not systems:
        return
    session, draw = begun(program, systems[0]), Random(seed)
    report = reported(session)
    assert session.report == report
    for _ in range(EDITS):
        one = edit(draw, session, systems)
        if one is None:
            continue
        before, found = report, session.apply(one)
        report = reported(session)
        assert session.report == report, one
        assert found == changed(before, report), one


def test_the_edits_are_of_every_kind_and_few_are_checked_whole() -> None:
    kinds: Counter[str] = Counter()
    whole = moved = 0
    for number in range(30):
        program, systems = family(number)
        draw = Random(number)
        session = begun(program, systems[0]) if systems else None
        for _ in range(EDITS if session else 0):
            one = edit(draw, session, systems)
            if one is not None:
                kinds[type(one).__name__] += 1
                found = session.apply(one)
                whole += found.whole
                moved += bool(found)
    assert set(kinds) == {"PutFlow", "DropFlow", "PutNode", "DropNode", "PutFact", "DropFact"}
    assert whole < kinds.total() / 10
    assert moved > kinds.total() / 4


@pytest.fixture(scope="module")
def shop() -> tuple[Program, System]:
    program, system = callbridge()
    return program, estate(system, 200)


def test_large_systems_are_edited_as_small_ones(shop: tuple[Program, System]) -> None:
    program, system = shop
    session = Session(program, system)
    before = check(program, system)
    assert session.report == before
    for flow in Random(1).sample(system.flows, 12):
        if any(flow.id in each.from_flows for each in session.system.flows):
            continue
        changes = [session.apply(DropFlow(flow.id)), session.apply(PutFlow(flow))]
        after = check(program, session.system)
        assert session.report == after == before
        assert changes[0].new == changes[1].gone
        assert changes[0].gone == changes[1].new


def test_other_rules_and_another_system_are_checked_whole(shop: tuple[Program, System]) -> None:
    program, system = shop
    session = Session(program, system)
    (policy,) = in_force(program, system.policies, date_of(program, system))
    fewer = replace(program, policies=(replace(policy, rules=policy.rules[:20]),))
    found = session.apply(Law(fewer))
    assert found.whole
    assert found.results_gone
    assert not found.results_new
    assert session.report == check(fewer, system)
    assert session.apply(Whole(replace(system, flows=()))).whole
    assert session.report == check(fewer, replace(system, flows=()))


def test_a_change_of_nothing_is_none(shop: tuple[Program, System]) -> None:
    session = Session(*shop)
    system = session.system
    node = next(iter(system.nodes.values()))
    for one in (PutNode(node), PutFlow(system.flows[0]), Whole(system)):
        assert not session.apply(one)
    assert session.report == check(*shop)


def test_a_node_that_is_anothers_is_checked_whole(shop: tuple[Program, System]) -> None:
    program, system = shop
    session = Session(program, system)
    node = next(n for n in system.nodes.values() if n.kind == "store")
    assert not session.apply(PutNode(replace(node, places=Fact()))).whole
    assert session.apply(PutNode(replace(node, owner=""))).whole
    assert session.report == check(program, session.system)


def refused(shop: tuple[Program, System]) -> list[tuple[Edit, str]]:
    system = shop[1]
    flow = system.flows[0]
    read = next(flow.from_flows[0] for flow in system.flows if flow.from_flows)
    return [
        (PutFlow(replace(flow, target="nowhere")), "there is no node `nowhere`"),
        (PutFlow(replace(flow, from_flows=("no flow",))), f"`{flow.id}` is from `no flow`"),
        (DropFlow("no flow"), "there is no flow `no flow`"),
        (DropFlow(read), f"is from `{read}`: put or drop it first"),
        (DropNode("nowhere"), "there is no node `nowhere`"),
        (DropNode(flow.source), "drop its flows first"),
        (DropFact("nothing"), "declares no fact `nothing`"),
    ]


def test_what_cannot_be_done_is_refused_and_changes_nothing(shop: tuple[Program, System]) -> None:
    session = Session(*shop)
    before = session.system
    for one, message in refused(shop):
        with pytest.raises(Failure, match=message.replace("(", r"\(").replace(")", r"\)")):
            session.apply(one)
    after = session.system
    assert (after.flows, after.nodes, after.facts) == (before.flows, before.nodes, before.facts)
    assert session.report == check(*shop)


def test_a_session_is_found_where_it_is_looked_for() -> None:
    assert lawful.Session is Session
    assert not Changed()
    with pytest.raises(AttributeError, match="no `Sessions`"):
        lawful.Sessions  # noqa: B018
