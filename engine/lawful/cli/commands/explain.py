"""`lawful explain`: a rule, a finding or a word of the vocabulary, in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawful.cli.called import NamedPath
from lawful.cli.group import Command
from lawful.cli.options import date_option, policy_option, with_option
from lawful.cli.output import put
from lawful.cli.progress import Progress, progress
from lawful.cli.terminal import coloured, width
from lawful.failure import Failure
from lawful_dsl.diagnostics import near

if TYPE_CHECKING:
    from rich.console import Console

    from lawful.given import Given, Library
    from lawful_dsl.syntax import Define

#: So much of a fingerprint, at least, names a finding.
_FINGERPRINT = re.compile(r"[0-9a-f]{4,16}")


@click.command(
    cls=Command,
    examples=(
        "lawful explain cards_at_hosting",
        "lawful explain cards_at_hosting flows/callbridge",
        "lawful explain card_number",
    ),
)
@click.argument("name", metavar="RULE|FINDING|WORD")
@click.argument("system", required=False, type=NamedPath())
@with_option
@policy_option
@date_option
def command(
    name: str, system: Path | None, beside: tuple[Path, ...], policies: tuple[str, ...], on: str
) -> None:
    """Explain a rule, a finding or a word.

    A RULE is told with its text, its clauses and its rows; with SYSTEM, also what came of it there. A
    FINDING of SYSTEM, by the beginning of its id, is told with the facts that it rests on and the
    precedence that was applied. A WORD of the vocabulary is told with what is above and below it, one that
    is defined with its definition.
    """
    from lawful.cli.given import read_system
    from lawful.given import read_policies
    from lawful.prose import open_console, read_console

    console = open_console(width=width(), colour=coloured())
    with progress() as doing:
        given = read_system(system, policies, on, doing, beside=beside) if system else None
        library = given.library if given else read_policies(policies, Path())
        told = _library(console, name, library, given.date if given else on)
        found = _results(console, name, given, doing, told=told) if given else False
        if not (told or found):
            raise Failure(_unknown(name, system, library))
    put(read_console(console))


def _library(console: Console, name: str, library: Library, date: str = "") -> bool:
    """Tell the rules, the term or the definitions of that name; whether there are any."""
    from lawful.cli.tell import tell_definition, tell_rule, tell_term

    found = False
    for policy in library.program.policies:
        for rule in policy.rules:
            if rule.about.id == name:
                if found:
                    console.print()
                tell_rule(console, policy, rule, library.sources)
                found = True
    vocabulary = library.program.vocabulary
    if not found and name in vocabulary.terms:
        latest = max((p.effective for p in library.program.policies), default="")
        tell_term(console, vocabulary, name, date or latest)
        found = True
    for module, define in () if found else _definitions(library):
        if define.name.text == name:
            if found:
                console.print()
            tell_definition(console, module, define, library.sources)
            found = True
    return found


def _definitions(library: Library) -> Iterator[tuple[str, Define]]:
    """What the texts of the policies define, each with the name of its module."""
    from lawful_dsl.library import declared
    from lawful_dsl.parser import parse_law
    from lawful_dsl.syntax import Define

    for file in sorted(library.sources):
        if file.endswith(".law"):
            source = library.sources[file]
            for each in parse_law(source).tree.statements:
                if isinstance(each, Define):
                    yield declared(source.text), each


def _results(console: Console, name: str, given: Given, doing: Progress, *, told: bool) -> bool:
    """Tell what a check finds of that name; whether there is anything."""
    from lawful.cli.given import judge
    from lawful.cli.tell import tell_results
    from lawful.prose import describe

    if told and not any(r.about.id == name for p in given.program.policies for r in p.rules):
        return False
    report = judge(given, doing)
    if told:
        console.print()
        tell_results(console, [result for result in report.rules if result.rule == name])
        findings = [finding for finding in report.findings if finding.rule == name]
    elif _FINGERPRINT.fullmatch(name):
        findings = [f for f in report.findings if f.fingerprint.startswith(name)]
    else:
        findings = [finding for finding in report.findings if finding.rule == name]
    for finding in findings:
        if told or finding is not findings[0]:
            console.print()
        describe(console, finding, whole=True)
    return bool(findings)


def _unknown(name: str, system: Path | None, library: Library) -> str:
    """What to do about a name that is none."""
    program = library.program
    rules = {rule.about.id for policy in program.policies for rule in policy.rules}
    defined = {define.name.text for _, define in _definitions(library)}
    if hint := near(name, {*rules, *program.vocabulary.terms, *defined}):
        help = hint
    elif _FINGERPRINT.fullmatch(name) and system is None:
        help = f"if it is the id of a finding, name the system: lawful explain {name} SYSTEM"
    elif _FINGERPRINT.fullmatch(name):
        help = f"no finding of `{system}` has an id that begins so"
    else:
        help = "`lawful check` lists the rules that it judges, and the ids of its findings"
    return f"error: there is no rule, finding or word `{name}`\n   = help: {help}"
