"""The linter: what a policy says that does no harm and does no good, each with a code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from lawful_dsl.diagnostics import Diagnostic, order
from lawful_dsl.lint.duplicates import find_duplicates
from lawful_dsl.lint.idle import find_idle
from lawful_dsl.lint.sources import find_unsourced
from lawful_dsl.lint.unused import find_unused
from lawful_dsl.parser import Parsed
from lawful_dsl.program import Program
from lawful_dsl.syntax import Flows, Law

__all__ = ["lint"]


def lint(
    program: Program,
    laws: Mapping[str, Parsed[Law]],
    *,
    systems: Iterable[Parsed[Flows]] = (),
    only: Collection[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """The warnings on some texts, given by file, from which the program was made without errors.

    With `only`, those on these files alone. `systems` are texts that use the vocabularies; without
    any, terms that a vocabulary declares for others are not said to be unused.
    """
    parsed = tuple(laws[file] for file in sorted(laws))
    found = [
        *find_unsourced(program, parsed),
        *find_idle(program),
        *find_duplicates(program),
        *find_unused(program, parsed, tuple(systems)),
    ]
    wanted = laws if only is None else only
    return order(warning for warning in found if warning.span.file in wanted)
