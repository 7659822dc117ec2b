"""Drawn: the strategies. Those that keep or break a policy take pieces that were checked, and join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from lawful.failure import Failure
from lawful.system.model import System
from lawful.testing.checking import policy_of, read
from lawful.testing.strategies.arguments import counted, dated, known, named, several, shown
from lawful.testing.strategies.bench import Bench
from lawful.testing.strategies.choices import Among, Value
from lawful.testing.strategies.edits import drawn_flow, edited
from lawful.testing.strategies.pieces import breaking, keeping
from lawful.testing.strategies.scenes import LAYOUTS, Layout, Scene
from lawful.testing.strategies.space import Space, space_of
from lawful.testing.strategies.text import FlowText, printed, tidied
from lawful_dsl.program import Policy, Program

if TYPE_CHECKING:
    from lawful.system.graph import Graph
    from lawful_dsl.syntax import Flows

#: What a scene that is drawn freely may be told of otherwise than is preferred, beside its ends.
_FREE = (
    "data",
    "comes_from",
    "form",
    "subject",
    "age",
    "known",
    "residence",
    "purpose",
    "o.purpose",
    "retention",
)
#: So many data, purposes and places are drawn from: those that the policy names come first.
_WORDS = 40


def systems(policy: str | Path, *, on: str = "", most: int = 3) -> st.SearchStrategy[FlowText]:
    """Systems in the words of a policy: up to `most` data, each on a way of its own, and flows between the ways.

    Most of what rules ask is declared, so that most verdicts are definite. What they come to is open.
    Shrinks towards one datum, no flows between, and the words that the rules name first.
    """
    counted(most, "most", least=1)
    bench = _bench(policy, on)

    @st.composite
    def draw_system(draw: st.DrawFn) -> FlowText:
        pieces = [_scene(draw, bench) for _ in range(draw(st.integers(1, most)))]
        text = bench.text([piece for piece in pieces if piece.us_as == pieces[0].us_as])
        system = read(text, str(policy)).system
        for number in range(draw(st.integers(0, most))):
            added = drawn_flow(draw, system, bench.space, f"across {number + 1}")
            system = replace(system, flows=(*system.flows, added))
        return printed(system)

    return shown(systems, draw_system(), str(policy), on=on, most=most)


def compliant_systems(
    policy: str | Path, *, on: str = "", most: int = 3
) -> st.SearchStrategy[FlowText]:
    """Systems that keep every rule, with nothing undetermined: up to `most` data, each on a way of its own.

    Nothing is filtered: each of the ways was checked when the strategy was made. Shrinks towards one datum.
    Raises `Failure` where no such system could be put together.
    """
    counted(most, "most", least=1)
    bench = _bench(policy, on)
    found = st.lists(st.sampled_from(_keeping(bench)), min_size=1, max_size=most)
    texts = found.map(lambda pieces: tidied(bench.text(pieces)))
    return shown(compliant_systems, texts, str(policy), on=on, most=most)


def breaking_systems(
    policy: str | Path, rule: str, *, on: str = "", most: int = 3
) -> st.SearchStrategy[FlowText]:
    """Systems that break a rule: what breaks it, and up to `most` data more that are dealt with as they may be.

    Nothing is filtered: whatever breaks the rule was checked when the strategy was made. Shrinks towards what
    breaks the rule, alone, and with nothing declared that the rule does not ask.
    Raises `Failure` where no system breaks the rule, or none was found, with the reason.
    """
    counted(most, "most", least=0)
    bench = _bench(policy, on)
    known(rule, bench)
    found = breaking(bench, bench.rules[rule])
    try:
        more = [piece for piece in _keeping(bench) if found.stands_with(piece)]
    except Failure:
        more = []
    beside = st.lists(st.sampled_from(more), max_size=most) if more else st.just([])
    first = st.sampled_from([[piece] for piece in found.pieces] or [[]])
    alone = st.sampled_from([[piece] for piece in found.brief] or [[]])
    texts = alone | st.builds(lambda one, rest: [*one, *rest], first, beside)
    drawn = texts.map(lambda pieces: tidied(bench.text(pieces, rule)))
    return shown(breaking_systems, drawn, str(policy), rule, on=on, most=most)


def flows(
    system: str | Path | Flows | System | Graph, policies: str | Sequence[str] = ()
) -> st.SearchStrategy[FlowText]:
    """A flow between two nodes of a system, as a line that can be added to its text.

    Its words are those of the first of the policies: those that the system names, unless some are given.
    """
    linked, space = _linked(system, policies)

    @st.composite
    def draw_flow(draw: st.DrawFn) -> FlowText:
        flow = drawn_flow(draw, linked, space, "added")
        return printed(System(linked.name, flows=(flow,)), header=False)

    return shown(flows, draw_flow(), system, *([policies] if policies else []))


def changes(
    system: str | Path | Flows | System | Graph,
    policies: str | Sequence[str] = (),
    *,
    most: int = 4,
) -> st.SearchStrategy[FlowText]:
    """The system after a pull request: up to `most` edits, at least one.

    An edit adds, changes or removes a flow, a node, a datum or a purpose. Its words are those of the first of
    the policies: those that the system names, unless some are given. Shrinks towards one edit.
    """
    counted(most, "most", least=1)
    linked, space = _linked(system, policies)

    @st.composite
    def draw_change(draw: st.DrawFn) -> FlowText:
        after = linked
        for number in range(draw(st.integers(1, most))):
            after = edited(draw, after, space, number + 1)
        return printed(after)

    return shown(changes, draw_change(), system, *([policies] if policies else []), most=most)


# --- what they are drawn from -----------------------------------------------------------------------


def _bench(policy: str | Path, on: str) -> Bench:
    named(policy)
    dated(on)
    return _bench_of(*policy_of(str(policy), on), on)


@lru_cache(maxsize=8)
def _bench_of(program: Program, policy: Policy, on: str) -> Bench:
    return Bench(program, policy, on)


@lru_cache(maxsize=8)
def _keeping(bench: Bench) -> tuple[Scene, ...]:
    return keeping(bench)


def _linked(
    system: str | Path | Flows | System | Graph, policies: str | Sequence[str]
) -> tuple[System, Space]:
    """A system, and the words of the first policy that it is checked against."""
    given = read(system, policies)
    policy = next(p for p in given.program.policies if p.name in given.policies)
    several(given.system)
    space = space_of(given.program, policy, given.program.vocabulary.on(given.date))
    return given.system, space


#: What may be left undeclared.
_SILENT = (
    *("purpose", "o.purpose", "n.purpose", "age", "known", "residence", "retention"),
    *("target.place", "target.environment", "party.party", "party.seat"),
)


def _scene(draw: st.DrawFn, bench: Bench) -> Scene:
    """A scene with some values drawn, of those with which its layout agrees."""
    layout: Layout = draw(st.sampled_from(LAYOUTS))
    plainest = next(bench.scenes(layout, (), 0))
    values: dict[str, Value] = dict(plainest.values)
    w = bench.wishes(layout.moments[0])
    left = dict(w.domains)
    for goal in layout.shape(w):
        if isinstance(goal, Among):
            left[goal.dimension] &= goal.values
    free = [*_FREE, *(d for d in bench.space if d.startswith(("target", "party.")))]
    for dimension in free:
        choices = [value for value in bench.space[dimension] if value in left[dimension]]
        values[dimension] = draw(st.sampled_from(choices[:_WORDS]))
    yes = [d for d, options in bench.space.items() if options == (False, True)]
    for dimension in draw(st.lists(st.sampled_from(yes), max_size=4, unique=True)):
        values[dimension] = True
    silent = draw(st.lists(st.sampled_from(_SILENT), max_size=2, unique=True))
    return replace(plainest, values=values, asked=frozenset(values.keys() - {*silent}), brief=True)
