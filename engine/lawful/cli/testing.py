"""Testing: the tests of some files, run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from lawful.cli.progress import Progress
from lawful.failure import Failure
from lawful.given import refuse
from lawful.system import load as texts
from lawful.testing.cases import Outcome, has_cases
from lawful.testing.suites import suite
from lawful_dsl import library
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows

FLOW = ".flow"


def run_files(
    paths: Sequence[Path], policies: tuple[str, ...], doing: Progress
) -> tuple[tuple[Outcome, ...], ...]:
    """What came of the cases of each file, or one failure that says all that is wrong with any of them."""
    load = cache(library.load)
    faults: list[Diagnostic] = []
    sources: dict[str, Source] = {}
    suites: list[tuple[Outcome, ...]] = []
    for path, tree, source in _read(paths):
        found = suite(path, tree, source, policies, load)
        sources |= found.sources
        faults += found.faults
        outcomes: list[Outcome] = []
        for number, case in enumerate(found.cases, 1):
            doing(f"testing {path}: {number} of {len(found.cases)}")
            outcome, wrong = found.run(case)
            faults += (fault for fault in wrong if fault.is_error)
            if outcome is not None:
                outcomes.append(outcome)
        suites.append(tuple(outcomes))
    refuse(dict.fromkeys(faults), sources)
    return tuple(suites)


def _read(paths: Sequence[Path]) -> Iterator[tuple[Path, Flows, Source]]:
    """Each file that has tests, with its text; a file that is named must have some."""
    faults: list[Diagnostic] = []
    sources: dict[str, Source] = {}
    read: list[tuple[Path, Flows, Source]] = []
    for given in paths:
        inside = sorted(given.rglob(f"*{FLOW}")) if given.is_dir() else [given]
        there = False
        for path in inside:
            trees, texts_of, wrong = texts.load([path])
            sources |= texts_of
            faults += wrong
            for tree, source in zip(trees, texts_of.values(), strict=False):
                if has_cases(tree):
                    there = True
                    read.append((path, tree, source))
        if not there and not faults:
            raise Failure(
                f"error: `{given}` has no tests\n"
                '   = help: a test is `test "..." { ... expect broken RULE { ... } }` in a `.flow` text'
            )
    refuse(faults, sources)
    yield from dict.fromkeys(read)
