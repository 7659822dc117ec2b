"""Property 8 of semantics, section 7: to know less is never to be reassured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lawful.findings import Verdict
from lawful.system.model import UNKNOWN, Consent, Fact, Kept, Party, System, Use
from tests.properties import flows, laws
from tests.properties.agreement import report_of, understood
from tests.properties.drawn import ORDER, drawing, with_flow, with_node

_NO_CONSENT: Fact[Consent] = Fact()


def _less_known(system: System) -> Iterator[System]:
    """The system with one fact of it unknown, each in turn.

    Not what a node is for: a node that names a purpose makes an event of it, and else none (decision 27).
    """
    for flow in system.flows:
        for changed in (
            replace(flow, uses=() if flow.same else (Use(),), bases=UNKNOWN),
            replace(flow, consents=_NO_CONSENT),
            replace(flow, mechanisms=Fact(said=True)),
            replace(flow, measures=UNKNOWN),
            replace(flow, channels=UNKNOWN),
            replace(flow, consideration=Fact(said=True)),
        ):
            if changed != flow:
                yield with_flow(system, flow, changed)
    for node in system.nodes.values():
        for other in (
            replace(node, places=UNKNOWN),
            replace(node, measures=UNKNOWN),
            replace(node, environments=UNKNOWN),
            replace(node, honours=UNKNOWN),
            # A node that says a retention keeps its data, be the length unknown.
            replace(node, kept=(Kept(None),) if node.kept else ()),
        ):
            if other != node:
                yield with_node(system, other)
    for party in system.parties.values():
        for less in _of_party(party):
            if less != party:
                yield replace(system, parties={**system.parties, party.id: less})
    for person in system.subjects.values():
        for unsaid in (
            replace(person, age=None),
            replace(person, known=None),
            replace(person, residences=UNKNOWN),
            replace(person, states={}),
        ):
            if unsaid != person:
                yield replace(system, subjects={**system.subjects, person.id: unsaid})
    for name in system.facts:
        yield replace(system, facts={k: v for k, v in system.facts.items() if k != name})


def _of_party(party: Party) -> tuple[Party, ...]:
    return (
        replace(party, kinds=UNKNOWN),
        replace(party, places=UNKNOWN),
        replace(party, contracts=UNKNOWN),
        replace(party, certificates=Fact()),
        replace(party, roles=()),
    )


@drawing(40)
@given(laws.policies(), flows.systems(6), st.data())
def test_8_what_is_not_known_is_never_kept_for_it(
    texts: tuple[str, ...], flow: str, data: st.DataObject
) -> None:
    """A rule that is broken or undetermined stays one of these when a fact is known no more."""
    both = understood(texts, flow)
    if both is None:
        return
    program, system = both
    changed = data.draw(st.sampled_from(list(_less_known(system))))
    before, after = report_of(program, system), report_of(program, changed)
    for was, now in zip(before.rules, after.rules, strict=True):
        if was.verdict in (Verdict.BROKEN, Verdict.UNDETERMINED):
            assert ORDER.index(now.verdict) >= ORDER.index(Verdict.UNDETERMINED), (was, now)
