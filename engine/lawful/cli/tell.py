"""Tell: rules, terms and traces in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawful.analysis.trace import Leg, Trace
from lawful.findings import RuleResult
from lawful.prose import STYLES, position
from lawful.wording import isolated
from lawful_dsl.diagnostics import shown
from lawful_dsl.format.words import write_worth
from lawful_dsl.program import Policy, Rule, clauses_of
from lawful_dsl.source import Source, Span
from lawful_dsl.syntax import Define
from lawful_dsl.vocabulary import LISTS, Vocabulary

_LABEL = 10


def tell_rule(console: Console, policy: Policy, rule: Rule, sources: Mapping[str, Source]) -> None:
    """A rule: what it says in its own words, where it comes from, its text."""
    about = rule.about
    console.print(Text.assemble((shown(about.id), "bold"), f": a rule of {shown(policy.name)}"))
    story = _story()
    for language, message in about.messages:
        story.add_row(f"says ({language})", Text(isolated(shown(message))))
    story.add_row("severity", Text(about.severity))
    if clauses := clauses_of(rule):
        story.add_row("clauses", Text(shown(", ".join(clauses))))
    if about.citation:
        story.add_row("document", Text(shown(f"{policy.label or policy.name}: {about.citation}")))
    if about.replaces:
        story.add_row("instead of", Text(shown(about.replaces)))
    if about.formerly:
        story.add_row("formerly", Text(shown(", ".join(about.formerly))))
    story.add_row("where", Text(position(about.span), "dim"))
    _indented(console, story)
    console.print()
    for line in (excerpt(about.span, sources) or about.text).split("\n"):
        console.print(Text(f"  {shown(line)}"), soft_wrap=True)


def tell_term(console: Console, vocabulary: Vocabulary, name: str, date: str) -> None:
    """A term of the vocabulary: what it is, what is below it."""
    term = vocabulary.terms[name]
    lattice = vocabulary.on(date)
    console.print(Text.assemble((shown(name), "bold"), f": a {LISTS[term.list]}"))
    story = _story()
    for language, label in term.labels:
        story.add_row(f"label ({language})", Text(isolated(shown(label))))
    above = sorted(parent.name for parent in term.parents if parent.holds_on(date))
    below = sorted(
        other.name
        for other in vocabulary.terms.values()
        if any(parent.name == name and parent.holds_on(date) for parent in other.parents)
    )
    if term.source:
        story.add_row("made", Text(shown(f"from {term.source} by {term.operation}")))
    if above:
        story.add_row("is", Text(shown(", ".join(above))))
    if below:
        story.add_row("above", Text(shown(", ".join(below))))
        story.add_row("leaves", Text(str(len(lattice.leaves(name)))))
    for attribute in sorted(vocabulary.attributes):
        for value in lattice.said(name, attribute):
            whose = "" if attribute in dict(term.values) else ", as what it is"
            story.add_row("attribute", Text(shown(f"{attribute} = {write_worth(value)}{whose}")))
    if term.iri:
        story.add_row("IRI", Text(shown(term.iri)))
    story.add_row("where", Text(position(term.span), "dim"))
    _indented(console, story)


def tell_definition(
    console: Console, module: str, define: Define, sources: Mapping[str, Source]
) -> None:
    """A definition: what it is called, the clauses that it comes from, its text."""
    console.print(
        Text.assemble((shown(define.name.text), "bold"), f": a definition of {shown(module)}")
    )
    story = _story()
    if define.label:
        story.add_row("label", Text(shown(define.label.text)))
    if define.clauses:
        story.add_row("clauses", Text(shown(", ".join(each.text for each in define.clauses))))
    story.add_row("where", Text(position(define.span), "dim"))
    _indented(console, story)
    console.print()
    for line in excerpt(define.span, sources).split("\n"):
        console.print(Text(f"  {shown(line)}"), soft_wrap=True)


def tell_trace(console: Console, trace: Trace) -> None:
    """A trace: the ways, then what is owed."""
    what = "data" if trace.kind == "data" else "a node"
    console.print(Text.assemble((shown(trace.name), "bold"), f": {what}"))
    _legs(console, "begins at", trace.begins)
    _legs(console, "comes from", trace.comes)
    if trace.kind == "node":
        _legs(console, "holds", trace.holds)
    _legs(console, "goes to", trace.goes)
    if trace.kind == "data":
        _legs(console, "is held at", trace.holds)
    console.print()
    if trace.owes:
        tell_results(console, trace.owes)
    else:
        console.print(Text("no rule met an event of it", "yellow"))


def tell_results(console: Console, rules: Sequence[RuleResult]) -> None:
    """Rules, the verdicts on them, how many events they met, and their clauses."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Rule", overflow="fold")
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Events", justify="right", no_wrap=True)
    table.add_column("Clauses", overflow="fold", style="dim")
    several = len({result.policy for result in rules}) > 1
    for result in rules:
        events = result.kept + result.broken + result.undetermined
        table.add_row(
            Text(shown(f"{result.policy} {result.rule}" if several else result.rule)),
            Text(result.verdict, STYLES[result.verdict]),
            str(events),
            Text(shown(", ".join(result.clauses))),
        )
    console.print(table)


def excerpt(span: Span, sources: Mapping[str, Source]) -> str:
    """The lines of a span as they stand in the file, without the comments that follow."""
    source = sources.get(span.file)
    if source is None or not span.line:
        return ""
    last = max(span.line, span.end_line - (span.end_column <= 1))
    lines = source.lines[span.line - 1 : last]
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return "\n".join(lines)


def _legs(console: Console, title: str, legs: Iterable[Leg]) -> None:
    for number, leg in enumerate(legs):
        if not number:
            console.print()
            console.print(Text(title, "bold"))
        line = Text(shown(leg.carrier))
        line.append(f"  {position(leg.span)}", "dim")
        _indented(console, line)
        for said in leg.data:
            console.print(Padding(Text(shown(said), "italic"), (0, 0, 0, 4)))


def _story() -> Table:
    story = Table.grid(padding=(0, 1, 0, 0))
    story.add_column(width=_LABEL, no_wrap=True, style="dim")
    story.add_column(overflow="fold")
    return story


def _indented(console: Console, what: Table | Text) -> None:
    console.print(Padding(what, (0, 0, 0, 2)))
