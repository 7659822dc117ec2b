"""Steps: single changes that might mend a finding, the gentlest first, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lawful.analysis.drafts import Draft
from lawful.findings import Change
from lawful_dsl.frozen import frozen

Apply = Callable[[Draft], Draft]


@frozen
class Candidate:
    """A change that might mend a finding; `rank` orders kinds of change, the gentlest first."""

    rank: int
    change: Change
    apply: Apply


#: What one would do first: change the data before the way they go, and ask before taking away. One of
#: many permits is no advice to ask for consent: what is dropped needs none (`ASK` comes after `DROP`).
MASK, STRENGTHEN, GUARD, MARK, SHORTEN, OBTAIN, DROP, ASK, MOVE, FORM, CUT = range(11)


def candidate(rank: int, action: str, on: str, text: str, apply: Apply) -> Candidate:
    """A candidate: what to do in words, to which flow, node or party."""
    return Candidate(rank, Change(action, on, text), apply)


def on_flow(id: str, **changes: object) -> Apply:
    """The system with another flow in the place of one, if that is still there."""

    def apply(draft: Draft) -> Draft:
        flow = draft.flow(id)
        return draft.with_flows([replace(flow, **changes)]) if flow else draft  # type: ignore[arg-type]

    return apply


def on_node(id: str, **changes: object) -> Apply:
    """The system with another node in the place of one."""

    def apply(draft: Draft) -> Draft:
        return draft.with_node(replace(draft.node(id), **changes))  # type: ignore[arg-type]

    return apply
