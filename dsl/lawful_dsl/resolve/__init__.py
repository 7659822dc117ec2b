"""Resolve: from the syntax trees of vocabularies, packs and policies to a checked program."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from lawful_dsl.diagnostics import Diagnostic, order
from lawful_dsl.program import Program

if TYPE_CHECKING:
    from lawful_dsl.parser import Parsed
    from lawful_dsl.syntax import Law

__all__ = ["resolve"]


def resolve(
    laws: Sequence[Parsed[Law]],
    *,
    roots: Collection[str] | None = None,
    known: Collection[str] = (),
    emptied: Collection[str] = (),
) -> tuple[Program, tuple[Diagnostic, ...]]:
    """The program that some `.law` texts make, and all that is wrong with them.

    The policies of the program are the versions of those named as `roots` (without roots: of every
    policy); what they use is part of them. `known` are names of modules that exist and are not
    given: they may be named in `prevails`, and mended names are sought among them. Definitions
    that are `emptied` match nothing, whatever they say. Where there are
    errors the program is what could be understood, and must not be checked against.
    """
    # A check of compiled policies has use for words and values of this package, and not for this.
    from lawful_dsl.resolve.clauses import check_clauses
    from lawful_dsl.resolve.declarations import declare, scopes
    from lawful_dsl.resolve.definitions import settle
    from lawful_dsl.resolve.modules import arrange
    from lawful_dsl.resolve.policies import check_names, make_policy, read_ruling
    from lawful_dsl.resolve.terms import vocabulary

    found: list[Diagnostic] = []
    modules = arrange(laws, known, found)
    declared = declare(modules, found)
    seen = scopes(modules, declared, found)
    terms = vocabulary(declared, seen, found)
    settle(seen, emptied)
    rulings = {module: read_ruling(seen[module]) for module in modules}
    others = {*known, *(m.name for m in modules if m.kind != "vocabulary")}
    for module in modules:
        check_names(seen[module], rulings, others)
    check_clauses(seen.values())
    chosen = [
        module
        for module in modules
        if module.kind != "vocabulary"
        and (module.kind == "policy" if roots is None else module.name in roots)
    ]
    policies = tuple(make_policy(seen[module], rulings) for module in chosen)
    return Program(terms, policies), order(found)
