"""Pieces: small systems that break a rule, or keep all, each put together for it and then checked.

A piece is found by solving what the rules ask; the check of each is what vouches for it. Pieces of which no
id is shared make a system together, of which every event is that of one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from lawful.failure import Failure
from lawful.findings import Verdict
from lawful.testing.strategies import asks
from lawful.testing.strategies.bench import Bench
from lawful.testing.strategies.choices import Value
from lawful.testing.strategies.reasons import why_not
from lawful.testing.strategies.scenes import LAYOUTS, Layout, Scene
from lawful.testing.strategies.wishes import Moment
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Assert, Forbid, Rule

#: So many pieces are enough for a choice, and so many of them that are told in brief.
ENOUGH = 4
FEW = 2
#: So many ways are tried for each moment of a rule, and so often a piece is mended that breaks another rule.
TRIES = 3
MENDS = 12
#: How far apart in a policy the rules are that pieces are about.
STRIDE = 7
#: What is told beside what a rule asks, where it takes that: each beside those before it.
_MORE = (
    (),
    ("purpose",),
    ("age", "known"),
    ("consent",),
    ("residence", "place", "seat"),
    ("contract", "mechanism", "measure", "state"),
)
#: So many systems are checked before it is given up.
MOST = 80


@frozen
class Breaking:
    """What breaks a rule: pieces that declare all that rules commonly ask, and those that do so in brief."""

    pieces: tuple[Scene, ...]
    brief: tuple[Scene, ...]

    def stands_with(self, piece: Scene) -> bool:
        """Whether another piece can stand in one system with these."""
        return all(each.us_as == piece.us_as for each in self.pieces[:1])


def breaking(bench: Bench, rule: Rule) -> Breaking:
    """Pieces that break a rule, none for an assertion; a failure where none could be put together."""
    id = rule.about.id
    found: list[Scene] = []
    if isinstance(rule, Assert):
        if bench.breaks(bench.text((), id), id):
            return Breaking((), ())
        raise Failure(why_not(rule, bench.program, bench.policy))
    for scene in islice(_candidates(bench, rule), MOST):
        if (not found or scene.us_as == found[0].us_as) and bench.breaks(bench.text([scene]), id):
            found.append(scene)
        if len(found) == ENOUGH:
            break
    if not found:
        raise Failure(why_not(rule, bench.program, bench.policy))
    brief = (_brief(bench, piece, id) for piece in found[:FEW])
    return Breaking(tuple(found), tuple(piece for piece in brief if piece is not None))


def _brief(bench: Bench, piece: Scene, rule: str) -> Scene | None:
    """A piece that tells no more than what it takes to break a rule: what is asked, and little more."""
    asked = piece.asked
    for more in _MORE:
        asked |= {d for d in piece.values if d.rpartition(".")[2].partition(":")[0] in more}
        brief = replace(piece, asked=asked, brief=True)
        if bench.breaks(bench.text([brief]), rule):
            return brief
    return None


def _candidates(bench: Bench, rule: Rule) -> Iterator[Scene]:
    ways: list[Iterator[Scene]] = []
    for turn in range(TRIES):
        for layout in LAYOUTS:
            for moment in layout.moments:
                w = bench.wishes(moment)
                goals = [*layout.agrees(moment, w), asks.broken(w, rule, bench.rules)]
                ways.append(islice(bench.scenes(layout, goals, turn), TRIES))
    while ways:
        going = []
        for way in ways:
            scene = next(way, None)
            if scene is not None:
                yield scene
                going.append(way)
        ways = going


def keeping(bench: Bench) -> tuple[Scene, ...]:
    """Pieces that keep every rule, with nothing undetermined; a failure where there is none."""
    found: dict[tuple[Value, ...], list[Scene]] = {}
    checks = 0
    for rule, layout, moment in _exercised(bench):
        scene, used = _kept(bench, layout, moment, rule)
        checks += used
        if scene is None:
            continue
        with_us = found.setdefault(scene.us_as, [])
        if scene not in with_us:
            with_us.append(scene)
        if len(with_us) == ENOUGH or checks > MOST:
            break
    if not found:
        raise Failure(
            f"error: no system was found that keeps all of `{bench.policy.name}`\n"
            f"   = help: {_what_to_do(bench.policy.rules)}"
        )
    most = max(found.values(), key=len)
    return tuple(most)


def _what_to_do(rules: Sequence[Rule]) -> str:
    if all(isinstance(rule, Forbid) and not rule.exceptions for rule in rules):
        return (
            "its rules only forbid, so that what keeps them meets none;"
            " write one with what it leaves: `unless of ...`"
        )
    return "start from a system of your own, and draw changes to it"


def _exercised(bench: Bench) -> Iterator[tuple[Rule, Layout, Moment]]:
    """What a piece may be about: each layout in turn, and rules from all over the policy."""
    rules = [rule for rule in bench.policy.rules if not isinstance(rule, Assert)]
    ways = [(x, m) for x in LAYOUTS if not x.joined for m in x.moments if m.on != "before"]
    for turn in range(len(rules)):
        for number, (layout, moment) in enumerate(ways):
            yield rules[(turn * len(ways) + number * STRIDE) % len(rules)], layout, moment


def _kept(bench: Bench, layout: Layout, moment: Moment, rule: Rule) -> tuple[Scene | None, int]:
    """A piece that meets a rule and is mended until it breaks none, and how many checks that took."""
    w = bench.wishes(moment)
    goals = [*layout.agrees(moment, w), asks.met(w, rule), asks.kept(w, rule, bench.rules)]
    asked: set[str] = set()
    for number in range(MENDS):
        scene = next(bench.scenes(layout, goals, 0), None)
        report = bench.report(bench.text([scene])) if scene is not None else None
        if report is None:
            return None, number
        wrong = {
            result.rule
            for result in report.rules
            if result.verdict in (Verdict.BROKEN, Verdict.UNDETERMINED)
        }
        if not wrong:
            return (scene if report.exercised else None), number + 1
        if wrong <= asked:
            return None, number + 1
        for name in sorted((wrong - asked) & bench.rules.keys()):
            other = bench.rules[name]
            goals += (asks.kept(bench.wishes(m), other, bench.rules) for m in layout.moments)
        asked |= wrong
    return None, MENDS
