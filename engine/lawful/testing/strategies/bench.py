"""Bench: a policy on which small systems are put together, written and checked."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lawful.check import check
from lawful.findings import Report, Verdict
from lawful.system.link import link
from lawful.testing.only import only_for
from lawful.testing.strategies.choices import Domains, Formula, Value, solve
from lawful.testing.strategies.facts import facts
from lawful.testing.strategies.scenes import LAYOUTS, Layout, Scene
from lawful.testing.strategies.space import NOTHING, Space, space_of
from lawful.testing.strategies.wishes import Moment, Wishes
from lawful_dsl.format.words import write_name
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import Policy, Program, Rule
from lawful_dsl.source import Source
from lawful_dsl.syntax import Name
from lawful_dsl.vocabulary import Lattice

#: What is chosen at random, and of how many values, once the plainest scenes have been tried.
_FREE = ("data", "subject", "residence", "purpose", "target.place")
_FIRST = 8


@dataclass(frozen=True, eq=False)
class Bench:
    """A version of a policy on which pieces are put together, and the date of their checks."""

    program: Program
    policy: Policy
    on: str = ""

    @cached_property
    def date(self) -> str:
        """The date of the checks: the one that is asked for, else the first on which the version holds."""
        return self.on or self.policy.effective

    @cached_property
    def lattice(self) -> Lattice:
        """What the terms stand for on that date."""
        return self.program.vocabulary.on(self.date)

    @cached_property
    def space(self) -> Space:
        """The dimensions of a scene."""
        return space_of(self.program, self.policy, self.lattice)

    @cached_property
    def domains(self) -> Domains:
        """The values that each dimension can have."""
        return {dimension: frozenset(values) for dimension, values in self.space.items()}

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
        return Wishes(self.lattice, self.space, self.domains, moment)

    def text(self, pieces: Sequence[Scene], breaking: str = "") -> str:
        """The system that some pieces make, which keeps what is asserted, but for the rule to be broken."""
        us = pieces[0] if pieces else Scene(LAYOUTS[0], self._chosen(self.domains), self.us)
        brief = bool(breaking) and (us.brief or not pieces)
        said = facts(self.program, self.policy, self.lattice, breaking, brief=brief)
        lines = [self._header(), "", *said, "", replace(us, brief=brief).ours()]
        several = len(pieces) > 1
        for number, piece in enumerate(pieces, 1):
            lines += ["", *piece.lines(str(number) if several else "")]
        return "\n".join(lines) + "\n"

    def _header(self) -> str:
        """The header, with the date where a check without one would take another version."""
        versions = [p.effective for p in self.program.policies if p.name == self.policy.name]
        dated = f"  as of {self.date}" if self.on or self.policy.effective < max(versions) else ""
        return f"system drawn  for policy {write_name(Name(self.policy.name))}{dated}"

    def report(self, text: str, rules: Collection[str] = ()) -> Report | None:
        """What a check by all rules, or some, says of a system; None where it is none."""
        parsed = parse_flow(Source("<drawn>", text))
        if any(d.is_error for d in parsed.diagnostics):
            return None
        system, wrong = link([parsed.tree], self.program.vocabulary, policies=self.program.policies)
        if any(d.is_error for d in wrong):
            return None
        program = only_for(self.program, rules) if rules else self.program
        return check(program, system, policies=(self.policy.name,), on=self.date)

    def breaks(self, text: str, rule: str) -> bool:
        """Whether a system breaks a rule."""
        report = self.report(text, (rule,))
        broken = Verdict.BROKEN
        return report is not None and any(
            r.rule == rule and r.verdict is broken for r in report.rules
        )

    def scenes(self, layout: Layout, goals: Sequence[Formula], turn: int) -> Iterator[Scene]:
        """The scenes of a layout that satisfy some goals, those that the `turn` prefers first."""
        w = self.wishes(layout.moments[0])
        for domains in solve([*layout.shape(w), *goals], self.domains):
            asked = frozenset(d for d in domains if domains[d] != self.domains[d])
            yield Scene(layout, self._chosen(domains, turn), self.us, asked)

    def _chosen(self, domains: Domains, turn: int = 0) -> dict[str, Value]:
        """A value of each dimension: the one preferred, or in later turns one of those left."""
        chance = random.Random(turn)
        chosen: dict[str, Value] = {}
        for dimension, values in self.space.items():
            left = [value for value in values if value in domains[dimension]]
            free = turn and dimension in _FREE
            first = left[:_FIRST] or [NOTHING]
            chosen[dimension] = chance.choice(first) if free else first[0]
        return chosen
