"""Mutation testing of the engine: `python -m tests.mutation PACKAGE... [--tests TARGET...]`.

Small mistakes are made on purpose, one at a time, in the code of the packages; a mistake that no
test notices has survived, and is printed with the place and the change.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.mutation.equivalents import Key, equivalents
from tests.mutation.mutants import Mutant, modules_of, read
from tests.mutation.trial import Fate, Trial

#: By package: the tests that are put to it where none are named.
KILLERS = {
    "lawful.kernel": ("tests/kernel", "tests/rules", "tests/semantics"),
    "lawful.propagation": ("tests/kernel", "tests/rules", "tests/semantics"),
    "lawful.rules": ("tests/rules", "tests/semantics", "tests/reporters"),
    "lawful_dsl.resolve": ("tests/dsl", "tests/semantics"),
}
EQUIVALENT = "equivalent"


@dataclass(slots=True)
class Results:
    """What became of each mutant, by module, and what survived."""

    same: Mapping[Key, str]
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    survivors: list[Mutant] = field(default_factory=list)
    needless: set[Key] = field(default_factory=set)
    used: set[Key] = field(default_factory=set)

    def tell(self, mutant: Mutant, fate: Fate) -> None:
        """Count one, and print it where it survived."""
        if fate is Fate.NONE:
            return
        of_module = self.counts.setdefault(mutant.module, Counter())
        if mutant.key in self.same:
            (self.needless if fate is Fate.KILLED else self.used).add(mutant.key)
        if fate is not Fate.KILLED and mutant.key in self.same:
            of_module[EQUIVALENT] += 1
            return
        of_module[fate] += 1
        if fate is not Fate.KILLED:
            self.survivors.append(mutant)
            where = f"{mutant.module}:{mutant.line}"
            print(f"{where}: {fate}\n{_told(mutant)}", flush=True)  # noqa: T201

    def table(self) -> str:
        """The score of each module, and of all."""
        rows = [
            "| module | mutants | killed | equivalent | survived | score |",
            "|---|--:|--:|--:|--:|--:|",
        ]
        for module, counts in self.counts.items():
            rows.append(_row(f"`{module}`", counts))
        return "\n".join([*rows, _row("all", sum(self.counts.values(), Counter()))])


def _told(mutant: Mutant) -> str:
    """A mutant as it stands in the output, and in `equivalent.toml`."""
    return "\n".join(f"    {part}" for part in mutant.key) + "\n"


def _row(name: str, counts: Counter[str]) -> str:
    all_of_it = counts.total()
    survived = counts[Fate.SURVIVED] + counts[Fate.UNREACHED]
    score = 100 * (all_of_it - survived) / all_of_it if all_of_it else 100
    return (
        f"| {name} | {all_of_it} | {counts[Fate.KILLED]} | {counts[EQUIVALENT]} | {survived}"
        f" | {score:.1f} % |"
    )


def main() -> int:
    """The command: 0 if nothing survived and no entry of the equivalents is out of date."""
    parser = argparse.ArgumentParser(prog="tests.mutation", description=__doc__)
    parser.add_argument("package", nargs="+", help="packages or modules, such as lawful.kernel")
    parser.add_argument("--tests", nargs="+", default=(), help="the tests that are put to them")
    parser.add_argument(
        "--share", type=float, default=1.0, help="how many of the mutants, from 0 to 1"
    )
    parser.add_argument("--seed", type=int, default=0, help="which ones")
    parser.add_argument("--again", type=Path, help="only what survived in this earlier output")
    asked = parser.parse_args()
    tests = asked.tests or sorted({t for p in asked.package for t in _killers(p)})
    modules = [read(name) for package in asked.package for name in modules_of(package)]
    results = Results(equivalents())
    before = asked.again and asked.again.read_text("utf-8")

    def chosen(mutant: Mutant) -> bool:
        if before is not None:
            return _told(mutant) in before
        return mutant.chance(asked.seed) < asked.share

    trial = Trial(modules, chosen, results.tell)
    began = time.monotonic()
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--no-summary"]
    # What is put to the tests is imported before them, as an installed plugin of pytest must not be.
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    if pytest.main([*options, *tests], plugins=[trial]) not in (
        0,
        pytest.ExitCode.NO_TESTS_COLLECTED,
    ):
        return 2
    print(f"\n{results.table()}\n\n{time.monotonic() - began:.0f} s")  # noqa: T201
    for key in sorted(results.needless - results.used):
        print(f"a test kills what is listed as equivalent: {' | '.join(key)}")  # noqa: T201
    return 1 if results.survivors else 0


def _killers(package: str) -> tuple[str, ...]:
    return next(tests for of, tests in KILLERS.items() if package.startswith(of))


if __name__ == "__main__":
    sys.exit(main())
