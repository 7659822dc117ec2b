"""Fuzzing: what is to be searched read, searched, and what came of it told."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from lawful.check import in_force
from lawful.cli.given import read_system
from lawful.cli.progress import Progress
from lawful.failure import Failure
from lawful.given import read_policies, require_in_force
from lawful.prose import MARGIN, STYLES, count, describe, open_console, read_console
from lawful.testing.fuzz.runs import Run, run
from lawful.testing.fuzz.search import Limits
from lawful.testing.fuzz.starts import Start, breakable, made
from lawful.testing.fuzz.trial import Named, Trial
from lawful_dsl.diagnostics import near, shown
from lawful_dsl.program import Assert, Policy, Program

#: What messages call a system that was found and goes into no file.
FOUND = "<found>"


@dataclass(frozen=True, eq=False)
class Searched:
    """What was searched for, within which limits, and what came of it.

    `system` is empty where small systems were made; `already` counts what was broken before.
    """

    policies: tuple[str, ...]
    date: str
    system: str
    rule: str
    seed: int
    tries: int
    seconds: float
    asserted: tuple[str, ...]
    already: int
    run: Run


def read_search(
    name: str,
    system: Path | None,
    on: str,
    rule: str,
    limits: tuple[int, int, float],
    doing: Progress,
    *,
    output: Path | None = None,
) -> Searched:
    """A search for a break of a policy, by name or as a file, in a system or in small ones made for it."""
    seed, tries, seconds = limits
    if system is not None:
        given = read_system(system, (name,), on, doing)
        program, date, names = given.program, given.date, given.policies
        policies = in_force(program, names, date)
    else:
        program, policy, date = _version(name, on, doing)
        policies = (policy,)
    aims, asserted = _aims(policies, rule)
    already = 0
    starts: Iterator[tuple[Named, Start | None]]
    if system is not None:
        doing(f"checking {given.system.name}")
        trial = Trial(program, given.system, names, date)
        already = len(trial.already)
        starts = iter([(aims[0], Start(trial, aims))] if aims else [])
    else:
        starts = _made(program, policies[0], _in_turn(aims, seed), date)
    end = time.monotonic() + seconds
    found = run(
        starts,
        Limits(seed, tries, lambda: time.monotonic() >= end),
        name=str(output or FOUND),
        strict=bool(rule),
        several=system is None and not rule,
        doing=doing,
    )
    return Searched(
        tuple(policy.name for policy in policies),
        date,
        given.system.name if system is not None else "",
        rule,
        seed,
        tries,
        seconds,
        asserted,
        already,
        found,
    )


def _version(name: str, on: str, doing: Progress) -> tuple[Program, Policy, str]:
    doing(f"reading {name}")
    program = read_policies((name,), Path(name) if name.endswith(".law") else Path()).program
    if not program.policies:
        raise Failure(f"error: `{name}` is a vocabulary, and has no rules to break")
    named = program.policies[0].name
    date = on or max(policy.effective for policy in program.policies)
    if on:
        require_in_force(program, [named], on)
    return program, in_force(program, [named], date)[0], date


def _aims(policies: tuple[Policy, ...], rule: str) -> tuple[tuple[Named, ...], tuple[str, ...]]:
    """The rules to aim at, and those that only assert facts of the system, which no flow changes."""
    ids = {each.about.id for policy in policies for each in policy.rules}
    if rule and rule not in ids:
        named = ", ".join(f"`{policy.name}`" for policy in policies)
        raise Failure(
            f"error: there is no rule `{rule}` in {named}\n"
            f"   = help: {near(rule, ids) or '`lawful coverage` lists the rules'}"
        )
    asserted = tuple(
        each.about.id
        for policy in policies
        for each in policy.rules
        if isinstance(each, Assert) and rule in ("", each.about.id)
    )
    return breakable(policies, rule), asserted


def _in_turn(aims: Sequence[Named], seed: int) -> tuple[Named, ...]:
    """The rules in an order that the seed decides."""
    return tuple(random.Random(seed).sample(aims, len(aims)))


def _made(
    program: Program, policy: Policy, aims: Sequence[Named], date: str
) -> Iterator[tuple[Named, Start | None]]:
    try:
        yield from made(program, policy, aims, date)
    except ModuleNotFoundError as missing:
        raise Failure(
            f"error: small systems cannot be made without `{missing.name}`\n"
            "   = help: pip install 'lawful[test]', or give a SYSTEM to start from"
        ) from missing


# --- told ---------------------------------------------------------------------------------------------


def tell_search(searched: Searched, *, width: int, colour: bool) -> str:
    """What came of a search, as a text for people."""
    console = open_console(width=width, colour=colour)
    console.print(_headline(searched))
    console.print(_limits(searched))
    if searched.already:
        before = count(searched.already, "finding")
        said = f"{shown(searched.system)} is broken before any change: {before} set aside"
        console.print(Text(said, "yellow"))
    if searched.run.found is None:
        _write_nothing(console, searched)
    else:
        _write_found(console, searched)
    return read_console(console)


def _headline(searched: Searched) -> Text:
    found = searched.run.found
    if found is None:
        what = shown(searched.rule or f"a rule of {', '.join(searched.policies)}")
        tries = "1 try" if searched.run.made == 1 else f"{searched.run.made} tries"
        return Text(f"nothing found: no change was found that breaks {what} within {tries}")
    flows = len(found.lines)
    line = Text(
        f"broken: {flows} flows that break nothing one by one break"
        f" {shown(found.finding.rule)} together"
    )
    line.stylize(STYLES["broken"], 0, 7)
    return line


def _limits(searched: Searched) -> Text:
    where = shown(searched.system) or "small systems made for the policy"
    line = Text(
        f"under {', '.join(map(shown, searched.policies))} on {searched.date}; in {where};"
        f" seed {searched.seed}, {searched.run.made} of at most {searched.tries} tries",
        "dim",
    )
    if searched.run.late:
        line.append(
            f"\nthe time was over after {searched.seconds:g} s: another run may get further,"
            " or less far; give more --seconds",
            "yellow",
        )
    return line


def _write_found(console: Console, searched: Searched) -> None:
    found = searched.run.found
    assert found is not None
    console.print()
    console.print(Text(f"Added to {shown(searched.system) or 'the system below'}", "bold"))
    for line in found.lines:
        console.print(Padding(Text(shown(line)), (0, 0, 0, MARGIN)))
    console.print()
    describe(console, found.finding)
    console.print()
    console.print(Text("The smallest system found in which it is so", "bold"))
    console.print()
    for line in found.text.rstrip("\n").split("\n"):
        console.print(Text(shown(line), no_wrap=True, overflow="ignore"), soft_wrap=True)


def _write_nothing(console: Console, searched: Searched) -> None:
    run = searched.run
    for number in sorted(set(run.tries.values()), reverse=True):
        times = {0: "not tried", 1: "tried once"}.get(number, f"tried {number} times")
        rules = [rule for (_, rule), tries in run.tries.items() if tries == number]
        _list(console, f"Not found broken, {times}", rules)
    _list(
        console,
        "No small system was found to start from: nothing was tried",
        [rule for _, rule in run.without],
    )
    _list(
        console,
        "Facts of the system as a whole: no flow can break them",
        list(searched.asserted),
    )


def _list(console: Console, title: str, rules: list[str]) -> None:
    if rules:
        console.print()
        console.print(Text(title, "bold"))
        console.print(Padding(Text(", ".join(map(shown, sorted(rules)))), (0, 0, 0, MARGIN)))
