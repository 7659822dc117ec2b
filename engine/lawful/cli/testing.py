"""Testing: the tests of some files, run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from lawful.cli.exercising import tell_exercise
from lawful.cli.progress import Progress
from lawful.failure import Failure
from lawful.given import refuse
from lawful.system import load as texts
from lawful.testing.cases import Outcome, has_cases
from lawful.testing.exercise import Exercise, exercise
from lawful.testing.outcomes import render
from lawful.testing.suites import Suite, suite
from lawful_dsl import library
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows

FLOW = ".flow"


@frozen
class Tested:
    """The suite of each file, with what came of its cases."""

    suites: tuple[tuple[Suite, tuple[Outcome, ...]], ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What came of all cases."""
        return tuple(outcome for _, outcomes in self.suites for outcome in outcomes)

    def exercise(self, doing: Progress) -> Exercise:
        """What the cases show of the texts of their policies."""
        return exercise(
            self.suites,
            lambda case: doing(f"measuring what {case.span.file}:{case.span.line} shows"),
        )


def run_files(paths: Sequence[Path], policies: tuple[str, ...], doing: Progress) -> Tested:
    """What came of the cases of each file, or one failure that says all that is wrong with any of them."""
    load = cache(library.load)
    faults: list[Diagnostic] = []
    sources: dict[str, Source] = {}
    suites: list[tuple[Suite, tuple[Outcome, ...]]] = []
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
        suites.append((found, tuple(outcomes)))
    refuse(dict.fromkeys(faults), sources)
    return Tested(tuple(suites))


def tell_tests(tested: Tested, found: Exercise | None, *, width: int, colour: bool) -> str:
    """What came of the cases, and, where that was measured, what they show, as a text for people."""
    told = render(tested.outcomes, files=len(tested.suites), width=width, colour=colour)
    return told + (tell_exercise(found, width=width, colour=colour) if found else "")


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
