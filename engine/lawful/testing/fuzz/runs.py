"""Runs: a search over one start or several, and what it came to, made small and told as a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from lawful.analysis.repairs import mend
from lawful.check import check
from lawful.findings import Finding, Report
from lawful.system.link import link
from lawful.system.model import Flow, System
from lawful.testing.fuzz.search import Hit, Limits, search
from lawful.testing.fuzz.smaller import smaller
from lawful.testing.fuzz.starts import Start
from lawful.testing.fuzz.trial import Named
from lawful.testing.told import told
from lawful_dsl.format import format_flow
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source

#: Of several starts, each gets so many tries.
SHARE = 12
#: The comment above the flows that are added.
ADDED = "# what is added: each flow breaks nothing by itself"


@dataclass(frozen=True, eq=False)
class Found:
    """A break: the flows that are added, each as a line, and the smallest system that shows it, as a text.

    `report` is what a check says of that text, and `finding` the one of its findings that is meant.
    """

    hit: Hit
    lines: tuple[str, ...]
    text: str
    report: Report
    finding: Finding


@dataclass(frozen=True, eq=False)
class Run:
    """What came of a search: a break or none, the tries against each rule, whether time ended it.

    `without` are the rules for which there was nothing to start from.
    """

    found: Found | None
    tries: Mapping[Named, int]
    without: tuple[Named, ...] = ()
    late: bool = False

    @property
    def made(self) -> int:
        """How many tries were made."""
        return sum(self.tries.values())


def run(
    starts: Iterable[tuple[Named, Start | None]],
    limits: Limits,
    *,
    name: str,
    strict: bool,
    several: bool,
    doing: Callable[[str], None] = lambda doing: None,
) -> Run:
    """Search from one start after the other; `name` is what the text that is found is called in messages.

    `strict` takes no break of a rule but those aimed at; of `several` starts each gets a share of the tries.
    """
    tries: dict[Named, int] = {}
    without: list[Named] = []
    late = False
    for rule, start in starts:
        made = sum(tries.values())
        late = late or limits.late()
        if late or made >= limits.tries:
            break
        if start is None:
            without.append(rule)
            continue
        left = limits.tries - made
        found = search(
            start.trial,
            start.rules,
            replace(limits, tries=min(left, SHARE) if several else left),
            spare=start.spare,
            strict=strict,
            doing=lambda number, made=made: doing(f"{made + number} changes tried"),  # type: ignore[misc]
        )
        tries |= found.tries
        late = found.late
        if found.hit is not None:
            small = smaller(
                found.hit, lambda number: doing(f"a break is found; made smaller {number} times")
            )
            doing("looking for a repair")
            return Run(_told(small, found.hit, name), tries, tuple(without))
    return Run(None, tries, tuple(without), late)


def _told(small: Hit, whole: Hit, name: str) -> Found:
    """The break as a text, and what a check says of that."""
    text = text_of(small.trial.system, small.flows)
    trial = small.trial
    tree = parse_flow(Source(name, text)).tree
    system, _ = link([tree], trial.program.vocabulary, policies=trial.program.policies)
    names = tuple(policy.name for policy in trial.policies)
    report = mend(
        check(trial.program, system, policies=names, on=trial.date), trial.program, system
    )
    finding = next(f for f in report.findings if f.fingerprint == small.finding.fingerprint)
    lines = told(System("", flows=whole.flows), header=False).strip().split("\n")
    return Found(whole, tuple(lines), text, report, finding)


def text_of(system: System, flows: tuple[Flow, ...]) -> str:
    """A system and flows that are added to it, with a comment between them."""
    added = told(System(system.name, flows=flows), header=False)
    return format_flow(parse_flow(Source("<found>", f"{told(system)}\n{ADDED}\n{added}")))
