"""Suites: the cases of one text, with the policies by which they are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lawful.failure import Failure
from lawful.given import Load, named_policies, search_path
from lawful.testing.cases import Case, Outcome, cases, run, unknown_clauses
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.program import Program
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows


@dataclass(frozen=True, eq=False)
class Suite:
    """The cases of a text, the program and the policies that judge them, and what is wrong with it.

    A suite whose policies have errors has no cases.
    """

    cases: tuple[Case, ...]
    program: Program
    policies: tuple[str, ...]
    sources: Mapping[str, Source]
    faults: tuple[Diagnostic, ...]

    def run(self, case: Case) -> tuple[Outcome | None, tuple[Diagnostic, ...]]:
        """What a check says of a case; with an error in its text there is no outcome."""
        return run(case, self.program, self.policies)


def suite(path: Path, tree: Flows, source: Source, policies: tuple[str, ...], load: Load) -> Suite:
    """The suite of a text that has cases, judged by the policies that it names unless some are given."""
    names = policies or named_policies([tree])
    if not names:
        raise Failure(
            f"error: `{path}` names no policy, so there is nothing to test\n"
            "   = help: write `for policy NAME` after the system's name, or give --policy NAME"
        )
    program, wrong, laws = load(names, search_path(path), ())
    sources = {**laws, source.file: source}
    if any(fault.is_error for fault in wrong):
        return Suite((), program, names, sources, wrong)
    named = {
        policy.name: None
        for policy in program.policies
        if {policy.name, policy.span.file} & {*names}
    }
    return Suite(
        cases(tree), program, tuple(named), sources, unknown_clauses(tree, program.policies)
    )
