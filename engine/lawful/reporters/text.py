"""The report as a text for people: the verdict first, then each finding with its path, then the rules.

Readable in eighty columns and without colour. Colour is for terminals alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawful.findings import (
    WORST,
    Finding,
    NearRow,
    Reason,
    Report,
    RuleResult,
    Step,
    UsedFact,
    Verdict,
    overall,
)
from lawful_dsl.source import Span

__all__ = [
    "STYLES",
    "describe",
    "headline",
    "open_console",
    "position",
    "read_console",
    "render",
    "shown",
]

STYLES = {
    "broken": "bold red",
    "undetermined": "yellow",
    "kept": "green",
    "not exercised": "dim",
    "critical": "bold red",
    "high": "red",
    "medium": "yellow",
    "low": "cyan",
}
#: What the detail of a finding is, where its reason makes it a list of words.
_TURNING = {
    Reason.COARSE: "It turns on which of these it is:",
    Reason.READINGS_DIFFER: "The texts differ:",
}
_MARGIN = 2
_LABEL = 8


def render(reports: Sequence[Report], *, width: int = 80, colour: bool = False) -> str:
    """The reports one after the other; of several, first a line for all of them."""
    console = open_console(width=width, colour=colour)
    if len(reports) > 1:
        console.print(_overall(reports))
        console.print()
    for number, report in enumerate(reports):
        if number:
            console.print()
        _write(console, report)
    return read_console(console)


def open_console(*, width: int, colour: bool) -> Console:
    """A console that writes into a text: nothing in what it prints is read as markup."""
    return Console(
        file=StringIO(),
        width=max(width, 40),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )


def read_console(console: Console) -> str:
    """What was printed, without spaces at the ends of lines."""
    assert isinstance(console.file, StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def shown(text: str) -> str:
    """Text of the user's with nothing in it that a terminal obeys.

    >>> shown("left" + chr(27) + "[31m")
    'left�[31m'
    """
    return "".join(
        c if c.isprintable() or c in "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}" else "\ufffd"
        for c in text
    )


def headline(report: Report) -> Text:
    """The verdict in a line."""
    name = shown(report.system)
    if not report.exercised:
        return Text(f"nothing was checked: no rule met an event of {name}", "bold yellow")
    broken, undetermined = (
        sum(finding.verdict is verdict for finding in report.findings)
        for verdict in (Verdict.BROKEN, Verdict.UNDETERMINED)
    )
    said = {
        Verdict.BROKEN: f"{_count(broken, 'finding')} broken, {undetermined} undetermined",
        Verdict.UNDETERMINED: f"{_count(undetermined, 'finding')} undetermined, none broken",
        Verdict.KEPT: "nothing is broken, and nothing undetermined",
    }
    line = Text(f"{report.verdict}: {name}: {said[report.verdict]}")
    line.stylize(STYLES[report.verdict], 0, len(report.verdict) + 1)
    return line


def _scope(report: Report) -> Text:
    met = sum(result.verdict is not Verdict.NOT_EXERCISED for result in report.rules)
    under = ", ".join(map(shown, report.policies)) or "no policy"
    rules = _count(len(report.rules), "rule")
    line = Text(f"under {under} on {report.date}; {met} of {rules} met an event", "dim")
    exercised = {r.policy for r in report.rules if r.verdict is not Verdict.NOT_EXERCISED}
    for policy in report.policies if report.exercised else ():
        if policy not in exercised:
            line.append(f"\nno rule of {shown(policy)} met an event", "yellow")
    return line


def describe(console: Console, finding: Finding, *, title: str = "", whole: bool = False) -> None:
    """Write a finding; `whole` adds the facts that it rests on and the precedence applied."""
    head = Text(title)
    head.append(finding.verdict, STYLES[finding.verdict])
    if finding.reason:
        head.append(f" ({finding.reason})")
    head.append("  ")
    head.append(finding.severity, STYLES.get(finding.severity, ""))
    head.append(f"  {shown(finding.policy)}  ")
    head.append(shown(finding.rule), "bold")
    console.print(head)
    for message in _messages(finding):
        console.print(Padding(message, (0, 0, 0, _MARGIN)))
    console.print(Padding(_story(finding, whole, console.width - _MARGIN), (0, 0, 0, _MARGIN)))


def _story(finding: Finding, whole: bool, width: int) -> Table:
    story = Table.grid(padding=(0, 1, 0, 0))
    story.add_column(width=_LABEL, no_wrap=True, style="dim")
    story.add_column(overflow="fold")
    width -= _LABEL + 1

    def say(label: str, lines: Iterable[RenderableType]) -> None:
        for line in lines:
            story.add_row(label, line)
            label = ""

    say("clause", _clauses(finding))
    if finding.event.kind != "assertion":
        say("data", [Text(_data(finding))])
        say("event", [Text(_event(finding))])
    say("path", _hops(finding.witness, width))
    say("near", (line for row in finding.rows for line in _row(row)))
    say("missing", (_fact(fact, asked=True) for fact in finding.missing))
    if whole:
        say("facts", (_fact(fact) for fact in finding.facts))
        say("order", (Text(shown(line)) for line in finding.precedence))
    if finding.repair:
        say("repair", (Text(shown(change.text), "green") for change in finding.repair.changes))
        if finding.repair.pruned:
            say("", [Text("not every change was tried: a smaller one may exist", "dim")])
    if finding.beneath:
        say("beneath", [Text(f"{_count(finding.beneath, 'further event')} of the same")])
    say("id", [Text(finding.fingerprint, "dim")])
    return story


def _messages(finding: Finding) -> list[Text]:
    messages = dict(finding.messages)
    message = messages.get("en") or next(iter(messages.values()), "")
    # Of most findings the data and the event below say more than the detail does.
    detail = "" if message and finding.reason in (None, Reason.UNDECLARED) else finding.detail
    if detail and finding.reason in _TURNING:
        detail = f"{_TURNING[finding.reason]} {detail}"
    return [Text(shown(said)) for said in (message, detail) if said]


def _clauses(finding: Finding) -> list[Text]:
    said = [", ".join(finding.clauses)] if finding.clauses else []
    if finding.citation:
        said.append(finding.citation)
    return [Text(shown(": ".join(said)))] if said else []


def _data(finding: Finding) -> str:
    datum = finding.datum
    whose = datum.subject or "someone unknown"
    kind = f" ({datum.subject_kind})" if datum.subject_kind not in ("", datum.subject) else ""
    marks = f", marked {', '.join(datum.marks)}" if datum.marks else ""
    source = "; unsourced: its sender was not seen to have it" if datum.unsourced else ""
    return shown(f"{datum.category}, {datum.form}, of {whose}{kind}{marks}{source}")


def _event(finding: Finding) -> str:
    event = finding.event
    at_node = event.carrier == event.source == event.target
    said = [f"{event.kind} at {event.target}" if at_node else f"{event.kind} to {event.target}"]
    said += [f"for {event.purpose}"] if event.purpose else []
    said += [f"in {event.place}"] if event.place else []
    said += [f"by {event.channel}"] if event.channel else []
    return shown(", ".join(said))


def _hops(witness: Sequence[Step], width: int) -> Iterable[RenderableType]:
    hops = [shown(step.carrier) for step in witness]
    places = [position(step.span) for step in witness]
    column = max((cell_len(hop) for hop in hops), default=0) + 2
    beside = all(column + cell_len(place) <= width for place in places)
    files = {step.span.file for step in witness if step.span.line}
    if not beside and len(files) == 1:  # then the file is named once
        yield Text(shown(files.pop()), "dim")
        places = [f":{step.span.line}" if step.span.line else "" for step in witness]
        beside = all(column + cell_len(place) <= width for place in places)
    for step, hop, place in zip(witness, hops, places, strict=True):
        line = Text(hop)
        if beside and place:
            line.pad_right(column - cell_len(hop))
            line.append(place, "dim")
        yield line
        if place and not beside:
            yield _under(Text(place, "dim"))
        for did in step.did:
            yield _under(Text(shown(did), "italic"))


def _under(line: Text) -> Padding:
    """A line that belongs to the one above it."""
    return Padding(line, (0, 0, 0, _MARGIN))


def _row(row: NearRow) -> Iterable[RenderableType]:
    which = f"row {row.row} of {row.block}" if row.row else f"a permit of {row.block}"
    clauses = f" ({', '.join(row.clauses)})" if row.clauses else ""
    line = Text(shown(f"{which}{clauses} does not hold in {_listed(row.fails)}"))
    if place := position(row.span):
        line.append(f"  {place}", "dim")
    yield line
    if row.text:
        yield _under(Text(shown(" ".join(row.text.split())), "dim"))


def _fact(fact: UsedFact, *, asked: bool = False) -> Text:
    place = position(fact.span)
    line = Text(shown(f"{fact.name} of {fact.of}" if fact.of else fact.name))
    if not asked:
        line.append(shown(f": {fact.value or 'none'}"))
    elif fact.value:
        line.append(shown(f": {fact.value}"))
    if place:
        line.append(f"  {'declare it at ' if asked else ''}{place}", "dim")
    return line


def _write(console: Console, report: Report) -> None:
    console.print(headline(report))
    console.print(_scope(report))
    for number, finding in enumerate(report.findings, start=1):
        console.print()
        describe(console, finding, title=f"{number}. ")
    _list(console, "Arrives but is not declared", report.undeclared)
    _list(console, "Notices", report.notices)
    met = [rule for rule in report.rules if rule.verdict is not Verdict.NOT_EXERCISED]
    if met:
        console.print()
        console.print(_rules(met))
    unmet = [rule for rule in report.rules if rule.verdict is Verdict.NOT_EXERCISED]
    _list(console, "Not exercised: no event met them", [_named(unmet)] if unmet else [])


def _named(rules: Sequence[RuleResult]) -> str:
    """The names of some rules, each policy's together."""
    policies = dict.fromkeys(rule.policy for rule in rules)
    names = {p: ", ".join(rule.rule for rule in rules if rule.policy == p) for p in policies}
    if len(names) == 1:
        return next(iter(names.values()))
    return "; ".join(f"{policy}: {said}" for policy, said in names.items())


def _rules(rules: Sequence[RuleResult]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("Rule", overflow="fold")
    table.add_column("Verdict", no_wrap=True)
    for column in ("Kept", "Broken", "Undetermined"):
        table.add_column(column, justify="right", no_wrap=True)
    several = len({result.policy for result in rules}) > 1
    policy = ""
    for result in rules:
        if several and result.policy != policy:
            policy = result.policy
            table.add_row(Text(shown(policy), "bold"))
        name = Text(("  " if several else "") + shown(result.rule))
        verdict = Text(result.verdict, STYLES[result.verdict])
        counts = (result.kept, result.broken, result.undetermined)
        table.add_row(name, verdict, *map(str, counts))
    return table


def _list(console: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        console.print()
        console.print(Text(title, "bold"))
        for line in lines:
            console.print(Padding(Text(shown(line), overflow="fold"), (0, 0, 0, _MARGIN)))


def _overall(reports: Sequence[Report]) -> Text:
    verdict = overall(reports)
    verdicts = [report.verdict for report in reports]
    counts = [f"{verdicts.count(v)} {v}" for v in WORST if v in verdicts]
    word = "nothing was checked of some" if verdict is Verdict.NOT_EXERCISED else verdict.value
    return Text(f"{word}: {len(reports)} systems: {', '.join(counts)}", STYLES[verdict])


def position(span: Span) -> str:
    """`file:line`, or a pointer into a JSON document; empty where there is none."""
    if span.pointer:
        return shown(str(span))
    return shown(f"{span.file}:{span.line}") if span.line else ""


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words) or "its conditions"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
