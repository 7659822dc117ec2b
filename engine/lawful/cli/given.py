"""Given: from what the command was given to a checked program and system, or to words on what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from lawful.analysis.repairs import checked
from lawful.cli.called import called
from lawful.cli.laying import laid_over
from lawful.cli.output import say
from lawful.cli.progress import Progress
from lawful.failure import Failure
from lawful.findings import Report
from lawful.given import WORKING, Given, Load, Read, read_file
from lawful.system import load as files
from lawful.system.load import Loaded
from lawful.wording import ENGLISH, Wording
from lawful_dsl import library
from lawful_dsl.diagnostics import shown


def read_systems(
    paths: Sequence[Path],
    policies: Sequence[str],
    on: str,
    doing: Progress,
    *,
    beside: Sequence[Path] = (),
) -> tuple[Given, ...]:
    """The systems by their paths, or one failure that says all that is wrong with any of them.

    What is told `beside` them is of one system; overlays are of those whose name they say.
    """
    systems = laid_over(paths)
    if beside and len(systems) > 1:
        raise Failure("error: --with is of one system, and several are given")
    given: list[Given] = []
    failures: list[str] = []
    load = cache(library.load)  # systems that lie together share their policies
    for path, over in systems:
        try:
            whole = (*over, *beside)
            given.append(read_system(path, policies, on, doing, load, beside=whole))
        except Failure as failure:
            failures.append(str(failure))
    if failures:
        raise Failure("\n\n".join(dict.fromkeys(failures)))
    return tuple(given)


def read_system(
    path: Path,
    policies: Sequence[str],
    on: str,
    doing: Progress,
    load: Load = library.load,
    root: Path = WORKING,
    *,
    beside: Sequence[Path] = (),
    texts: Read | None = None,
) -> Given:
    """One system, with what is told `beside` it, and the policies that it names unless others are given."""
    given = read_file(path, policies, on, doing, load, root, beside=beside, texts=texts or _texts)
    if given.warning:
        say(given.warning)
    return given


def _texts(paths: Sequence[Path]) -> Loaded:
    """The texts of a system. What is neither a `.flow` text nor a folder of such may be of whom importers know."""
    if all(map(_is_ours, paths)):
        return files.load(paths)
    from lawful.cli import sources  # importers take a while to load

    return sources.load(paths)


def _is_ours(path: Path) -> bool:
    """Whether no importer need be asked what a path leads to, or what lies in it."""
    if path.is_dir():
        return bool(files.texts_in(path)) and not files.others_in(path)
    if path.suffix == ".flow" or not path.is_file():
        return True
    return not called(path) and files.has_document(path)


def wording(given: Sequence[Given], language: str) -> Wording:
    """The messages and labels of a language; a failure where nothing at all is said in it."""
    terms = [term for each in given for term in each.program.vocabulary.terms.values()]
    rules = [rule for each in given for policy in each.program.policies for rule in policy.rules]
    known = {code for term in terms for code, _ in term.labels}
    known |= {code for rule in rules for code, _ in rule.about.messages}
    if language not in {"en", *known}:
        raise Failure(
            f"error: there are no messages and no labels in `{language}`\n"
            f"   = help: there are some in {', '.join(sorted({'en', *known}))}"
        )
    if language == "en":
        return ENGLISH
    labels = {term.name: dict(term.labels).get(language, "") for term in terms}
    return Wording(language, {name: shown(label) for name, label in labels.items() if label})


def judge(given: Given, doing: Progress) -> Report:
    """The report on a system, with repairs."""
    doing(f"checking {given.system.name}")
    return checked(given.program, given.system, policies=given.policies, on=given.date)
