"""Unused: terms, definitions, attributes, modules and `use` on which nothing depends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, Severity
from lawful_dsl.lint.mentions import built_on, mentions_in, whole_lists
from lawful_dsl.parser import Parsed
from lawful_dsl.program import Program
from lawful_dsl.resolve.modules import Module, arrange
from lawful_dsl.source import Span
from lawful_dsl.vocabulary import LISTS, Vocabulary

_RULINGS = (
    s.Forbid, s.Require, s.Passage, s.Reach, s.Retain, s.Assert, s.Closed, s.Readings, s.Treat,
    s.Prevails, s.Affirm,
)  # fmt: skip


def find_unused(
    program: Program, laws: Sequence[Parsed[s.Law]], systems: Sequence[Parsed[s.Flows]]
) -> Iterator[Diagnostic]:
    """What is declared or used, and never named again in the texts that were read."""
    modules = arrange(laws, (), [])
    vocabulary = program.vocabulary
    spoken = set(_all_names(systems, vocabulary))
    said = {module: _names(module, vocabulary) for module in modules}
    everywhere = spoken.union(*said.values())
    lists = {name for module in modules for name in whole_lists(module.parsed.tree, vocabulary)}
    live = _kin(everywhere, vocabulary)
    ruled = _kin(set().union(*said.values()), vocabulary)
    for module in modules:
        used = any(module in other.used for other in modules)
        if module.kind != "policy" and not used:
            if any(other.kind == "policy" for other in modules):
                yield _warning(
                    "unused-module",
                    f"nothing uses the {module.kind} `{module.name}`",
                    module.span,
                    f"write `use {module.name}` in a policy",
                )
            continue
        yield from _declared(module, everywhere, live, lists, vocabulary, bool(systems))
        yield from _passed_over(module, spoken, ruled, lists, vocabulary)
    for module in modules:
        yield from _uses(module, said[module], vocabulary)


# --- what is declared -----------------------------------------------------------------------------


def _declared(
    module: Module,
    everywhere: set[str],
    live: set[str],
    lists: set[str],
    vocabulary: Vocabulary,
    with_systems: bool,
) -> Iterator[Diagnostic]:
    help = "name it in a rule, or take it out"
    for define in module.all(s.Define):
        if define.name.text not in everywhere:
            message = f"nothing uses the definition `{define.name}`"
            yield _warning("unused-definition", message, define.name.span, help)
    for attribute in module.all(s.Attribute):
        if attribute.name.text not in everywhere:
            message = f"nothing reads the attribute `{attribute.name}`"
            yield _warning("unused-attribute", message, attribute.name.span, help)
    if module.kind == "vocabulary" and not with_systems:
        return
    for block in module.all(s.TermList):
        for term in block.terms:
            if term.name.text not in live and block.list not in lists:
                what = LISTS[block.list]
                message = f"nothing uses the {what} `{term.name}`, nor what it is or what is it"
                say = "" if term.parents else "say what it is, "
                yield _warning("unused-term", message, term.name.span, say + help)


def _passed_over(
    module: Module, spoken: set[str], ruled: set[str], lists: set[str], vocabulary: Vocabulary
) -> Iterator[Diagnostic]:
    """What systems have and no rule reaches, though there are rules on others of its list."""
    reached = {vocabulary.terms[name].list for name in ruled}
    for block in module.all(s.TermList):
        if (
            block.list not in ("data", "subjects")
            or block.list in lists
            or block.list not in reached
        ):
            continue
        for term in block.terms:
            if term.name.text in spoken and term.name.text not in ruled:
                what = LISTS[block.list]
                message = f"no rule reaches the {what} `{term.name}`, though a system has it"
                help = "say what it is, so that rules on that are about it, or name it in a rule"
                yield _warning("unreached-term", message, term.name.span, help)


def _kin(names: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """The terms among the names, what they are, what is they, and what is made of those by masking."""
    parents: dict[str, set[str]] = {}
    children: dict[str, set[str]] = {}
    for name, term in vocabulary.terms.items():
        above = {parent.name for parent in term.parents}
        parents.setdefault(name, set()).update(above)
        for parent in above:
            children.setdefault(parent, set()).add(name)
        if term.source:
            children.setdefault(term.source, set()).add(name)
            parents[name].add(term.source)
    named = {name for name in names if name in vocabulary.terms}
    return named | _closure(named, parents) | _closure(named, children)


def _closure(names: Iterable[str], edges: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        for name in edges.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


# --- what is used ---------------------------------------------------------------------------------


def _uses(module: Module, said: set[str], vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """The names after `use` by which nothing comes in that the text names or builds on."""
    listed = [name for use in module.all(s.Use) for name in use.names]
    counts = Counter(name.text for name in listed)
    seen: set[str] = set()
    for name in listed:
        again = name.text in seen
        seen.add(name.text)
        found = [used for used in module.used if used.name == name.text]
        if again:
            message = f"`{name}` is used already"
        elif found and counts[name.text] == 1 and not _brings(found[0], module, said, vocabulary):
            message = f"nothing in `{module.name}` comes from `{name}`"
        else:
            continue
        yield _warning("unused-use", message, name.span, "take it out of `use`")


def _brings(used: Module, module: Module, said: set[str], vocabulary: Vocabulary) -> bool:
    """Whether the module would be another without what it uses there."""
    others = {m for other in module.used if other is not used for m in other.reach}
    parts = [part for part in used.reach if part is used or part not in {*others, module}]
    # what extends a term that is named here changes what the name means
    named = {*said, *built_on(module.parsed.tree)}
    extended = {n for n in named if n in vocabulary.terms}
    extended |= _closure(extended, _children(vocabulary))
    lists = whole_lists(module.parsed.tree, vocabulary)
    for part in parts:
        if any(
            isinstance(item, (*_RULINGS, s.Mapping, s.ClauseList))
            for item in part.parsed.tree.statements
        ):
            return True
        names = {item.name.text for item in part.all(s.Define)}
        names |= {item.name.text for item in part.all(s.Attribute)}
        if names & named:
            return True
        for block in part.all(s.TermList):
            if block.list in lists or any(term.name.text in extended for term in block.terms):
                return True
    return False


def _children(vocabulary: Vocabulary) -> Mapping[str, set[str]]:
    children: dict[str, set[str]] = {}
    for name, term in vocabulary.terms.items():
        for parent in term.parents:
            children.setdefault(parent.name, set()).add(name)
    return children


# --- names ----------------------------------------------------------------------------------------


def _names(module: Module, vocabulary: Vocabulary) -> set[str]:
    return set(_known(mentions_in(module.parsed.tree), vocabulary))


def _all_names(systems: Iterable[Parsed[s.Flows]], vocabulary: Vocabulary) -> Iterator[str]:
    for system in systems:
        yield from _known(mentions_in(system.tree), vocabulary)


def _known(names: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The names, and the terms that those of them mean that are keys of another taxonomy."""
    for name in names:
        yield name
        if name in vocabulary.aliases:
            yield vocabulary.aliases[name]


def _warning(code: str, message: str, span: Span, help: str) -> Diagnostic:
    return Diagnostic(message, span, help, Severity.WARNING, code=code)
