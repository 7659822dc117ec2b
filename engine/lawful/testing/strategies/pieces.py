"""Pieces: small systems that break a rule, or keep all, each put together for it and then checked.

A piece is found by solving what the rules ask; the check of each is what vouches for it. Pieces of which no
id is shared make a system together, of which every event is that of one of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lawful.check import check
from lawful.failure import Failure
from lawful.findings import Report, Verdict
from lawful.system.link import link
from lawful.testing.strategies import asks
from lawful.testing.strategies.choices import Domains, Formula, Value, solve
from lawful.testing.strategies.facts import facts
from lawful.testing.strategies.scenes import LAYOUTS, Layout, Scene
from lawful.testing.strategies.space import Space, space_of
from lawful.testing.strategies.wishes import Moment, Wishes
from lawful_dsl.format.words import write_name
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import Assert, Policy, Program, Rule
from lawful_dsl.source import Source
from lawful_dsl.syntax import Name
from lawful_dsl.vocabulary import Lattice

#: So many pieces are enough for a choice.
ENOUGH = 6
#: So many ways are tried for each moment of a rule, and so often a piece is mended that breaks another rule.
TRIES = 3
MENDS = 12
#: How far apart in a policy the rules are that pieces are about.
STRIDE = 7
#: So many systems are checked before it is given up.
MOST = 80


@dataclass(frozen=True, eq=False)
class Bench:
    """A policy on which pieces are put together."""

    program: Program
    policy: Policy

    @cached_property
    def date(self) -> str:
        """The date on which they are checked."""
        return self.policy.effective

    @cached_property
    def lattice(self) -> Lattice:
        """What the terms stand for on that date."""
        return self.program.vocabulary.on(self.date)

    @cached_property
    def space(self) -> Space:
        """The dimensions of a scene."""
        return space_of(self.program, self.policy, self.lattice)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by their ids."""
        return {rule.about.id: rule for rule in self.policy.rules}

    @cached_property
    def us(self) -> str:
        """The id of the party whose promise it is."""
        return write_name(Name(self.policy.by or "us"))

    def wishes(self, moment: Moment) -> Wishes:
        """What can be asked of a moment."""
        domains = {dimension: frozenset(values) for dimension, values in self.space.items()}
        return Wishes(self.lattice, self.space, domains, moment)

    # --- systems ------------------------------------------------------------------------------------

    def text(self, pieces: Sequence[Scene], breaking: str = "") -> str:
        """The system that some pieces make, which keeps what is asserted, but for the rule to be broken."""
        lines = [f"system drawn  for policy {write_name(Name(self.policy.name))}", ""]
        lines += facts(self.program, self.policy, self.lattice, breaking)
        kind, role = "", "controller"
        seat = str(self.space["us.seat"][0]) if self.space["us.seat"] else ""
        if pieces:
            kind, role, seat = (pieces[0].text(f"us.{each}") for each in ("party", "role", "seat"))
        lines.append(" ".join(filter(None, (f"party {self.us}", kind, role, f"in {seat}"))))
        several = len(pieces) > 1
        for number, piece in enumerate(pieces, 1):
            lines += ["", *piece.lines(str(number) if several else "")]
        return "\n".join(lines) + "\n"

    def report(self, text: str) -> Report | None:
        """What a check says of a system; None where it is none."""
        parsed = parse_flow(Source("<drawn>", text))
        if any(d.is_error for d in parsed.diagnostics):
            return None
        system, wrong = link([parsed.tree], self.program.vocabulary, policies=self.program.policies)
        if any(d.is_error for d in wrong):
            return None
        return check(self.program, system, policies=(self.policy.name,), on=self.date)

    # --- pieces -------------------------------------------------------------------------------------

    def scenes(self, layout: Layout, goals: Sequence[Formula], turn: int) -> Iterator[Scene]:
        """The scenes of a layout that satisfy some goals, those that the `turn` prefers first."""
        w = self.wishes(layout.moments[0])
        for domains in solve([*layout.shape(w), *goals], w.domains):
            sited = len(self.space["target.site"]) > 1
            yield Scene(layout, self._chosen(domains, turn), self.us, sited)

    def _chosen(self, domains: Domains, turn: int) -> dict[str, Value]:
        """A value of each dimension: the one preferred, or in later turns one of those left."""
        chance = random.Random(turn)
        chosen: dict[str, Value] = {}
        for dimension, values in self.space.items():
            left = [value for value in values if value in domains[dimension]]
            free = turn and dimension in ("data", "subject", "residence", "purpose", "target.place")
            chosen[dimension] = chance.choice(left[:8]) if free else left[0]
        return chosen

    def breaking(self, rule: str) -> tuple[Scene, ...]:
        """Pieces that break a rule; a failure where none could be put together."""
        wanted = self.rules.get(rule)
        if wanted is None:
            raise Failure(f"error: there is no rule `{rule}` in `{self.policy.name}`")
        if isinstance(wanted, Assert):
            report = self.report(self.text((), breaking=rule))
            if report is not None and _verdict(report, rule) is Verdict.BROKEN:
                return ()
            raise Failure(_cannot(rule, self.policy))
        found: list[Scene] = []
        for scene in islice(self._candidates(wanted), MOST):
            report = self.report(self.text([scene]))
            if (
                scene.alike(found)
                and report is not None
                and _verdict(report, rule) is Verdict.BROKEN
            ):
                found.append(scene)
            if len(found) == ENOUGH:
                break
        if not found:
            raise Failure(_cannot(rule, self.policy))
        return tuple(found)

    def _candidates(self, rule: Rule) -> Iterator[Scene]:
        ways: list[Iterator[Scene]] = []
        for turn in range(TRIES):
            for layout in LAYOUTS:
                for moment in layout.moments:
                    w = self.wishes(moment)
                    goals = [*layout.agrees(moment, w), asks.broken(w, rule, self.rules)]
                    ways.append(islice(self.scenes(layout, goals, turn), TRIES))
        while ways:
            going = []
            for way in ways:
                scene = next(way, None)
                if scene is not None:
                    yield scene
                    going.append(way)
            ways = going

    def keeping(self) -> tuple[Scene, ...]:
        """Pieces that keep every rule, with nothing undetermined; a failure where there is none."""
        found: list[Scene] = []
        checks = 0
        for rule, layout, moment in self._exercised():
            scene, used = self._kept(layout, moment, rule)
            checks += used
            if scene is not None and scene not in found and scene.alike(found):
                found.append(scene)
            if len(found) == ENOUGH or checks > MOST:
                break
        if not found:
            raise Failure(
                f"error: no system was found that keeps all of `{self.policy.name}`\n"
                "   = help: start from a system of your own, and draw changes to it"
            )
        return tuple(found)

    def _exercised(self) -> Iterator[tuple[Rule, Layout, Moment]]:
        """What a piece may be about: each layout in turn, and rules from all over the policy."""
        rules = [rule for rule in self.policy.rules if not isinstance(rule, Assert)]
        ways = [(x, m) for x in LAYOUTS if not x.joined for m in x.moments if m.on != "before"]
        for turn in range(len(rules)):
            for number, (layout, moment) in enumerate(ways):
                yield rules[(turn * len(ways) + number * STRIDE) % len(rules)], layout, moment

    def _kept(self, layout: Layout, moment: Moment, rule: Rule) -> tuple[Scene | None, int]:
        """A piece that meets a rule and is mended until it breaks none, and how many checks that took."""
        w = self.wishes(moment)
        goals = [*layout.agrees(moment, w), asks.met(w, rule), asks.kept(w, rule, self.rules)]
        asked: set[str] = set()
        for number in range(1, MENDS + 1):
            scene = next(self.scenes(layout, goals, 0), None)
            if scene is None:
                return None, number
            report = self.report(self.text([scene]))
            if report is None:
                return None, number
            wrong = {
                result.rule
                for result in report.rules
                if result.verdict in (Verdict.BROKEN, Verdict.UNDETERMINED)
            }
            if not wrong:
                return (scene if report.exercised else None), number
            if wrong <= asked:
                return None, number
            for name in sorted((wrong - asked) & self.rules.keys()):
                rule = self.rules[name]
                goals += (asks.kept(self.wishes(m), rule, self.rules) for m in layout.moments)
            asked |= wrong
        return None, MENDS


def _verdict(report: Report, rule: str) -> Verdict:
    return next(r.verdict for r in report.rules if r.rule == rule)


def _cannot(rule: str, policy: Policy) -> str:
    return (
        f"error: no system was found that breaks `{rule}` of `{policy.name}`\n"
        "   = help: what breaks it is not one datum on its way: write such a system by hand"
    )
