"""Linting: what the linter has to say of some files, with all that they use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lawful.cli.texts import LAW
from lawful.failure import Failure
from lawful.given import search_path
from lawful_dsl import library
from lawful_dsl.diagnostics import Diagnostic, order, render_all
from lawful_dsl.lint import lint
from lawful_dsl.parser import Parsed, parse_flow, read
from lawful_dsl.resolve import resolve
from lawful_dsl.syntax import Flows, Law


def lint_files(files: Sequence[Path]) -> tuple[str, int]:
    """The warnings on some texts as a text, and how many; a failure where a text has errors."""
    laws = [path for path in files if path.suffix == LAW]
    systems, faults = _systems([path for path in files if path.suffix != LAW])
    folders = tuple(dict.fromkeys(folder for path in laws for folder in search_path(path)))
    names = [str(path) for path in laws]
    parsed, roots, wrong = library.gather(names, folders)
    known = {entry.name for entry in library.scan(folders)}
    program, unresolved = resolve(parsed, roots=roots, known=known)
    everything: list[Parsed[Law] | Parsed[Flows]] = [*parsed, *systems]
    sources = {text.source.file: text.source for text in everything}
    found: list[Diagnostic] = [*faults, *wrong, *unresolved]
    found += [diagnostic for text in everything for diagnostic in text.diagnostics]
    if any(diagnostic.is_error for diagnostic in found):
        raise Failure(render_all(order(found), sources))
    by_file = {law.source.file: law for law in parsed}
    warnings = lint(program, by_file, systems=systems, only=set(names))
    found = list(order([*found, *warnings]))
    return render_all(found, sources), len(found)


def _systems(files: Sequence[Path]) -> tuple[list[Parsed[Flows]], list[Diagnostic]]:
    parsed: list[Parsed[Flows]] = []
    faults: list[Diagnostic] = []
    for path in files:
        source, wrong = read(path)
        faults += wrong
        if source is not None:
            parsed.append(parse_flow(source))
    return parsed, faults
