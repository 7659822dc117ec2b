"""Property 7 of semantics, section 7: to treat A as B is to read B wherever a rule names neither."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given

from lawful.system.model import Consent, Fact, System
from tests.properties import flows, laws
from tests.properties.agreement import Verdicts, engine_verdicts, understood
from tests.properties.drawn import ORDER, drawing

#: What names a person, or compares the people of several data.
NAMING = re.compile(r"\b(adult|child|parent|person|minor|join|reach|actual|own_subject|another)\b")
SUBJECT = 6
_NOBODY: Fact[Consent] = Fact((), True)


def _without_consents(system: System) -> System:
    """The system in which nobody consents, no state is declared, and flows go to no child."""
    nodes = {
        id: replace(
            node,
            origins=tuple(replace(o, consents=_NOBODY) for o in node.origins),
            joins=(),
        )
        for id, node in system.nodes.items()
    }
    return replace(
        system,
        nodes=nodes,
        flows=tuple(
            replace(f, consents=_NOBODY, whose=()) for f in system.flows if f.target != "kid"
        ),
        subjects={id: replace(person, states={}) for id, person in system.subjects.items()},
    )


def _as_parent(system: System) -> System:
    """The system with the parent in the place of the child."""
    nodes = {
        id: replace(
            node,
            origins=tuple(
                replace(o, subject="ann" if o.subject == "kid" else o.subject) for o in node.origins
            ),
        )
        for id, node in system.nodes.items()
    }
    ends = [replace(f, source="ann" if f.source == "kid" else f.source) for f in system.flows]
    return replace(system, nodes=nodes, flows=tuple(ends))


def _told(found: Verdicts) -> Verdicts:
    """The worst verdict on each event, of the child's and the parent's as one person's."""
    told: Verdicts = {}
    for event, verdict in found.items():
        person = "ann" if event[SUBJECT] == "kid" else event[SUBJECT]
        key = (*event[:SUBJECT], person, *event[SUBJECT + 1 :])
        told[key] = max(told.get(key, verdict), verdict, key=ORDER.index)
    return told


def _treating(text: str) -> str:
    """A policy with the one treatment, and about no kind of subject."""
    lines = [line for line in text.split("\n") if not line.startswith(("treat ", "  governs sub"))]
    at = lines.index("use tiny, wide") + 1
    return "\n".join([*lines[:at], "treat child as parent", *lines[at:]])


@drawing(60)
@given(laws.policies(), flows.systems(8))
def test_7_a_child_treated_as_its_parent_is_judged_as_the_parent(
    texts: tuple[str, ...], flow: str
) -> None:
    """Of rules that name a person, that compare the people of two data, or read who is declared, nothing is said."""
    treating = [_treating(text) for text in texts]
    named = any(NAMING.search(text.replace("treat child as parent", "")) for text in treating)
    flow = flow.replace("subject ann is adult", "subject ann is parent")
    both = None if named or "subject kid" not in flow else understood(treating, flow)
    if both is None:
        return
    program, system = both
    system = _without_consents(system)
    treated, replaced = (
        _told(engine_verdicts(program, each)) for each in (system, _as_parent(system))
    )
    assert treated == replaced
