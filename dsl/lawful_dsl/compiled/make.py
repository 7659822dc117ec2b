"""Make: compile the grammars and the modules that are shipped, for a wheel or in a checkout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from lawful_dsl import compiled, library
from lawful_dsl import syntax as s
from lawful_dsl.compiled import programs
from lawful_dsl.compiled.packed import digest, pack
from lawful_dsl.compiled.programs import Part
from lawful_dsl.compiled.texts import keep_text
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.parser import LANGUAGES, Parsed, keep_tables
from lawful_dsl.program import Program
from lawful_dsl.resolve import resolve
from lawful_dsl.vocabulary import Vocabulary

Laws = Sequence[Parsed[s.Law]]
Statement = TypeVar("Statement")


def make() -> None:
    """Compile all there is; `Rejected` where something is wrong with a text."""
    for language in LANGUAGES:
        keep_tables(language)
    keep_library()


def keep_library() -> None:
    """Compile the modules that are shipped: the part of each, and the texts of those that others use."""
    modules, uses = _modules()
    parts = {name: _part(name, modules, uses) for name in sorted(modules)}
    compiled.keep(programs.KEPT, parts)
    for name in sorted({used for each in uses.values() for used in each}):
        for law in modules[name]:
            keep_text(law)


def _modules() -> tuple[dict[str, list[Parsed[s.Law]]], dict[str, tuple[str, ...]]]:
    """The modules that are shipped, which have to get on with one another, and what each of them uses."""
    homes = {entry.file: entry.name for entry in library.scan()}
    laws, roots, wrong = library.gather(sorted(set(homes.values())))
    _, unresolved = resolve(laws, roots=roots)
    faults = [*wrong, *(fault for law in laws for fault in law.diagnostics), *unresolved]
    if faults:
        raise Rejected(faults)
    modules: dict[str, list[Parsed[s.Law]]] = {}
    for law in laws:
        modules.setdefault(homes[law.source.file], []).append(law)
    return modules, {name: tuple(dict.fromkeys(_used(own))) for name, own in modules.items()}


def _part(name: str, modules: Mapping[str, Laws], uses: Mapping[str, tuple[str, ...]]) -> Part:
    seen = [name]
    for each in seen:
        seen += (other for other in uses[each] if other not in seen)
    laws = [law for each in seen for law in modules[each]]
    program, _ = resolve(laws, roots=[name], known=modules)
    files = {law.source.file: digest(law.source) for law in laws}
    own = tuple(sorted(files[law.source.file] for law in modules[name]))
    return Part(uses[name], own, pack(_own(program, modules[name]), files))


def _own(program: Program, laws: Laws) -> Program:
    """What a module itself adds to its program."""
    files = {law.source.file for law in laws}
    mapped = {key.text for item in _all(laws, s.Mapping) for key, _ in item.entries}
    words = program.vocabulary
    return Program(
        Vocabulary(
            {name: term for name, term in words.terms.items() if term.span.file in files},
            {key: name for key, name in words.aliases.items() if key in mapped},
            {name: own for name, own in words.attributes.items() if own.span.file in files},
        ),
        program.policies,
    )


def _used(laws: Laws) -> Iterator[str]:
    return (name.text for item in _all(laws, s.Use) for name in item.names)


def _all(laws: Laws, kind: type[Statement]) -> Iterator[Statement]:
    return (item for law in laws for item in law.tree.statements if isinstance(item, kind))
