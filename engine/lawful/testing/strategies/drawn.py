"""Drawn: the strategies. Those that keep or break a policy take pieces that were checked, and join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from lawful.failure import Failure
from lawful.system.model import Flow, System
from lawful.testing.checking import policy_of, read
from lawful.testing.strategies.choices import Among, Value
from lawful.testing.strategies.edits import drawn_flow, edited
from lawful.testing.strategies.pieces import Bench
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


def systems(policy: str | Path, *, most: int = 3) -> st.SearchStrategy[FlowText]:
    """Systems of up to `most` data on their ways, in the words of a policy, with flows between the ways.

    All that rules commonly ask is declared, so that most verdicts are definite. What they come to is open.
    """
    bench = _bench(policy)

    @st.composite
    def draw_system(draw: st.DrawFn) -> FlowText:
        pieces = [_scene(draw, bench) for _ in range(draw(st.integers(1, most)))]
        text = bench.text([piece for piece in pieces if piece.alike(pieces[:1])])
        system = read(text, _names(policy)).system
        for number in range(draw(st.integers(0, most))):
            added = drawn_flow(draw, system, bench.space, f"across {number + 1}")
            system = _with(system, added)
        return printed(system)

    return draw_system()


def compliant_systems(policy: str | Path, *, most: int = 3) -> st.SearchStrategy[FlowText]:
    """Systems that keep every rule, with nothing undetermined: up to `most` data, each on a way of its own.

    Raises `Failure` where none could be put together.
    """
    bench = _bench(policy)
    found = st.lists(st.sampled_from(_keeping(bench)), min_size=1, max_size=most)
    return found.map(lambda pieces: tidied(bench.text(pieces)))


def breaking_systems(
    policy: str | Path, rule: str, *, most: int = 3
) -> st.SearchStrategy[FlowText]:
    """Systems that break a rule: what breaks it, and up to `most` data more that are dealt with as they may be.

    Raises `Failure` where nothing could be put together that breaks it: where it takes more than a datum
    on its way, or the texts of the document differ.
    """
    bench = _bench(policy)
    breaking = bench.breaking(rule)
    try:
        keeping: Sequence[Scene] = _keeping(bench)
    except Failure:
        keeping = ()
    more = [piece for piece in keeping if piece.alike(breaking)]
    beside = st.lists(st.sampled_from(more), max_size=most) if more else st.just([])
    first = st.sampled_from(breaking).map(lambda s: [s]) if breaking else st.just([])
    return st.builds(lambda one, rest: tidied(bench.text([*one, *rest], rule)), first, beside)


def flows(
    system: str | Path | Flows | System | Graph, policies: str | Sequence[str] = ()
) -> st.SearchStrategy[FlowText]:
    """A flow between two nodes of a system, as a line that can be added to its text."""
    linked, space = _linked(system, policies)

    @st.composite
    def draw_flow(draw: st.DrawFn) -> FlowText:
        flow = drawn_flow(draw, linked, space, "added")
        return printed(System(linked.name, flows=(flow,)), header=False)

    return draw_flow()


def changes(
    system: str | Path | Flows | System | Graph,
    policies: str | Sequence[str] = (),
    *,
    most: int = 4,
) -> st.SearchStrategy[FlowText]:
    """The system after a pull request: up to `most` edits, at least one.

    An edit adds, changes or removes a flow, a node, a datum or a purpose. Words are those of the policies.
    """
    linked, space = _linked(system, policies)

    @st.composite
    def draw_change(draw: st.DrawFn) -> FlowText:
        after = linked
        for number in range(draw(st.integers(1, most))):
            after = edited(draw, after, space, number + 1)
        return printed(after)

    return draw_change()


# --- what they are drawn from -----------------------------------------------------------------------


def _bench(policy: str | Path) -> Bench:
    return _bench_of(*policy_of(str(policy)))


@lru_cache(maxsize=8)
def _bench_of(program: Program, policy: Policy) -> Bench:
    return Bench(program, policy)


@lru_cache(maxsize=8)
def _keeping(bench: Bench) -> tuple[Scene, ...]:
    return bench.keeping()


def _names(policy: str | Path) -> tuple[str, ...]:
    return (str(policy),)


def _linked(
    system: str | Path | Flows | System | Graph, policies: str | Sequence[str]
) -> tuple[System, Space]:
    """A system, and the words of the first policy that it is checked against."""
    given = read(system, policies)
    policy = next(p for p in given.program.policies if p.name in given.policies)
    space = space_of(given.program, policy, given.program.vocabulary.on(given.date))
    return given.system, space


def _with(system: System, flow: Flow) -> System:
    return replace(system, flows=(*system.flows, flow))


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
    return replace(plainest, values=values)
