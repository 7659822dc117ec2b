"""Property 2 of semantics, section 7: more flows, data, purposes or places never mend what a forbid found."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lawful.findings import Verdict
from lawful.system.model import Carried, Fact, Flow, System, Use
from lawful_dsl.program import Forbid, Program
from tests.properties import flows, laws
from tests.properties.agreement import UNKNOWN, engine_verdicts, understood
from tests.properties.drawn import ORDER, drawing, with_flow
from tests.properties.words import DATA, PLACES, PURPOSES

#: Of what names an event: the rule, the category, and whether the datum is unsourced.
RULE, CATEGORY, UNSOURCED = 1, 4, 8


@st.composite
def _added(draw: st.DrawFn, system: System) -> System:
    """The system with one flow more: as one that it has, between the ends of two."""
    said, source, target = (draw(st.sampled_from(system.flows)) for _ in range(3))
    new = replace(said, id="more", kind="flow", source=source.source, target=target.target)
    return replace(system, flows=(*system.flows, replace(new, from_flows=())))


@st.composite
def _widened(draw: st.DrawFn, system: System) -> System:
    """The system with one flow wider in its data, its purposes or its places.

    Not one on which data begin or a consent is given: what their flow says is then a fact of the
    data, and says more of them, not of more.
    """
    ours = {id for id, node in system.nodes.items() if node.owner == "us_co"}
    relaying = [f for f in system.flows if f.source in ours and not f.consents.values]
    if not relaying:
        return system
    flow = draw(st.sampled_from(relaying))
    return with_flow(system, flow, draw(st.sampled_from(_wider(flow, *draw(_words())))))


@st.composite
def _words(draw: st.DrawFn) -> tuple[str, str, str]:
    return tuple(draw(st.sampled_from(words)) for words in (DATA, PURPOSES, PLACES))  # type: ignore[return-value]


def _wider(flow: Flow, category: str, purpose: str, place: str) -> list[Flow]:
    wider = [replace(flow, uses=(*flow.uses, Use(purpose)))] if flow.uses and not flow.same else []
    if flow.carries is not None:
        wider.append(replace(flow, carries=(*flow.carries, Carried(category))))
    if flow.places.values:
        wider.append(replace(flow, places=Fact((*flow.places.values, place), flow.places.whole)))
    return wider or [flow]


@drawing(30)
@given(laws.policies(), flows.systems(8), st.data())
def test_2_more_never_mends_what_a_forbid_found(
    texts: tuple[str, ...], flow: str, data: st.DataObject
) -> None:
    """A node's `holds` that a new flow fulfils begins nothing any more, so these systems have none."""
    lines = [line for line in flow.split("\n") if not line.startswith("    holds ")]
    both = understood(texts, "\n".join(lines))
    if both is None or not both[1].flows:
        return
    program, system = both
    more = data.draw(st.one_of(_added(system), _widened(system)))
    before, after = engine_verdicts(program, system), engine_verdicts(program, more)
    for event, verdict in before.items():
        sure = not event[UNSOURCED] and event[CATEGORY] != UNKNOWN
        if event[RULE] in _forbids(program) and sure and verdict is not Verdict.KEPT:
            now = after.get(event, Verdict.NOT_EXERCISED)
            assert ORDER.index(now) >= ORDER.index(verdict), (event, verdict, now)


def _forbids(program: Program) -> set[str]:
    return {r.about.id for p in program.policies for r in p.rules if isinstance(r, Forbid)}
