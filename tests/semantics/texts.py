"""The texts of a case: parsed, resolved and linked."""

from __future__ import annotations

from functools import cache
from typing import Any

from lawful.system.link import link
from lawful.system.model import System
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, render_all
from lawful_dsl.parser import Parsed, parse_flow, parse_law
from lawful_dsl.program import Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from tests.semantics.cases import Case, vocabulary


@cache
def _tiny() -> Parsed[s.Law]:
    return parse_law(Source("tiny.law", vocabulary()))


@cache
def _read(case: Case) -> tuple[Program, System, tuple[Diagnostic, ...], dict[str, Source]]:
    laws = [
        parse_law(Source(f"{case.name}-{number}.law", text))
        for number, text in enumerate(case.laws, 1)
    ]
    flow = parse_flow(Source(f"{case.name}.flow", case.flow))
    program, unresolved = resolve([_tiny(), *laws])
    system, unlinked = link([flow.tree], program.vocabulary, policies=program.policies)
    parsed: tuple[Parsed[Any], ...] = (_tiny(), flow, *laws)
    unparsed = [diagnostic for each in parsed for diagnostic in each.diagnostics]
    sources = {each.source.file: each.source for each in parsed}
    return program, system, (*unparsed, *unresolved, *unlinked), sources


def understand(case: Case) -> tuple[Program, System]:
    """The program and the system of a case whose texts have nothing wrong."""
    program, system, diagnostics, sources = _read(case)
    assert not diagnostics, "\n" + render_all(diagnostics, sources)
    return program, system


def refusals(case: Case) -> tuple[Diagnostic, ...]:
    """The errors of the texts of a case."""
    _, _, diagnostics, _ = _read(case)
    return tuple(each for each in diagnostics if each.is_error)
