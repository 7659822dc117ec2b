"""Prose: findings in words, laid out for people who read them on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawful.findings import OVERLAY, WAIVER, Finding, NearRow, Reason, Step, UsedFact, Waived
from lawful.wording import ENGLISH, Wording, isolated, line_by_line
from lawful_dsl.diagnostics import shown
from lawful_dsl.source import Span

#: How verdicts and severities look.
STYLES = {
    "broken": "bold red",
    "undetermined": "yellow",
    "kept": "green",
    "waived": "yellow",
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
#: How far what belongs to something is indented.
MARGIN = 2
_LABEL = 8


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
    """What was printed, without spaces at the ends of lines, each laid out by itself."""
    assert isinstance(console.file, StringIO)
    lines = (line.rstrip() for line in console.file.getvalue().split("\n"))
    return line_by_line("\n".join(lines))


def position(span: Span) -> str:
    """`file:line`, or a pointer into a JSON document; empty where there is none."""
    if span.pointer:
        return shown(str(span))
    return shown(f"{span.file}:{span.line}") if span.line else ""


def told(finding: Finding, *, width: int = 80, wording: Wording = ENGLISH) -> str:
    """A finding as `describe` writes it: lines without colour and without an empty one at the end."""
    console = open_console(width=width, colour=False)
    describe(console, finding, wording=wording)
    return read_console(console).rstrip("\n")


def happening(finding: Finding, wording: Wording = ENGLISH) -> str:
    """What a finding is about in a line: the event and the datum; where there is no event, its detail."""
    if not finding.event.happens:
        return shown(finding.detail)
    return f"{_event(finding, wording)}: {_data(finding, wording)}"


def waived(waiver: Waived) -> str:
    """By whom something is waived, until when, and why."""
    return shown(f"by {waiver.owner} until {waiver.until}: {waiver.because}")


def lacking(fact: UsedFact) -> str:
    """A fact that is to be declared, with what is known of it."""
    what = f"{fact.name} of {fact.of}" if fact.of else fact.name
    return shown(f"{what}: {fact.value}" if fact.value else what)


def describe(
    console: Console,
    finding: Finding,
    *,
    title: str = "",
    whole: bool = False,
    wording: Wording = ENGLISH,
) -> None:
    """Write a finding; `whole` adds the facts that it rests on and the precedence applied."""
    head = Text(title)
    head.append(finding.verdict, STYLES[finding.verdict])
    if finding.reason:
        head.append(f" ({finding.reason})")
    if finding.waiver:
        head.append(", waived")
    head.append("  ")
    head.append(finding.severity, STYLES.get(finding.severity, ""))
    head.append(f"  {shown(finding.policy)}  ")
    head.append(shown(finding.rule), "bold")
    console.print(head)
    for message in _messages(finding, wording):
        console.print(Padding(message, (0, 0, 0, MARGIN)))
    story = _story(finding, whole, console.width - MARGIN, wording)
    console.print(Padding(story, (0, 0, 0, MARGIN)))


def _story(finding: Finding, whole: bool, width: int, wording: Wording) -> Table:
    story = Table.grid(padding=(0, 1, 0, 0))
    story.add_column(width=_LABEL, no_wrap=True, style="dim")
    story.add_column(overflow="fold")
    width -= _LABEL + 1

    def say(label: str, lines: Iterable[RenderableType]) -> None:
        for line in lines:
            story.add_row(label, line)
            label = ""

    if finding.waiver:
        say("waived", _placed(waived(finding.waiver), position(finding.waiver.span), width))
    say("clause", _clauses(finding))
    if finding.event.kind in (WAIVER, OVERLAY):
        say("where", [Text(position(finding.span), "dim")])
    if finding.event.happens:
        say("data", [Text(_data(finding, wording))])
        say("event", [Text(_event(finding, wording))])
    say("path", _hops(finding.witness, width))
    say("near", (line for row in finding.rows for line in _row(row, width)))
    say("missing", (line for fact in finding.missing for line in _missing(fact, width)))
    if whole:
        say("facts", (line for fact in finding.facts for line in _fact(fact, width)))
        say("order", (Text(shown(line)) for line in finding.precedence))
    if finding.repair:
        say("repair", (Text(shown(change.text), "green") for change in finding.repair.changes))
        if finding.repair.pruned:
            say("", [Text("not every change was tried: a smaller one may exist", "dim")])
    if finding.beneath:
        say("beneath", [Text(f"{count(finding.beneath, 'further event')} of the same")])
    say("id", [Text(finding.fingerprint, "dim")])
    return story


def _messages(finding: Finding, wording: Wording) -> list[Text]:
    message = finding.message(wording.language) if finding.messages else ""
    # Of most findings the data and the event below say more than the detail does; not of one that
    # lacks no fact, and is not decided all the same.
    spoken = finding.reason is None or (finding.reason is Reason.UNDECLARED and finding.missing)
    detail = "" if message and spoken else finding.detail
    if detail and finding.reason in _TURNING:
        detail = f"{_TURNING[finding.reason]} {detail}"
    return [Text(isolated(shown(said))) for said in (message, detail) if said]


def _clauses(finding: Finding) -> list[Text]:
    said = [", ".join(finding.clauses)] if finding.clauses else []
    if finding.citation:
        said.append(finding.citation)
    return [Text(shown(": ".join(said)))] if said else []


def _data(finding: Finding, wording: Wording) -> str:
    datum = finding.datum
    whose = datum.subject or "someone unknown"
    of_kind = datum.subject_kind not in ("", datum.subject)
    kind = f" ({wording.terms(shown(datum.subject_kind))})" if of_kind else ""
    marks = f", marked {', '.join(datum.marks)}" if datum.marks else ""
    source = "; unsourced: its sender was not seen to have it" if datum.unsourced else ""
    category = wording.terms(shown(datum.category))
    return f"{category}, {datum.form}, of {shown(whose)}{kind}{shown(marks)}{source}"


def _event(finding: Finding, wording: Wording) -> str:
    event = finding.event
    at_node = event.carrier == event.source == event.target
    said = [f"{event.kind} at {event.target}" if at_node else f"{event.kind} to {event.target}"]
    around = (("for", event.purpose), ("in", event.place), ("by", event.channel))
    if event.partner:
        said.append(f"joined with {wording.terms(shown(event.partner))}")
    said += [f"{word} {wording.terms(shown(term))}" for word, term in around if term]
    return ", ".join([shown(said[0]), *said[1:]])


def _hops(witness: Sequence[Step], width: int) -> Iterable[RenderableType]:
    hops = [shown(step.carrier) for step in witness]
    places = [position(step.span) for step in witness]
    column = max((cell_len(hop) for hop in hops), default=0) + 2
    beside = all(column + cell_len(place) <= width for place in places)
    files = {step.span.file for step, place in zip(witness, places, strict=True) if place}
    lines = not any(step.span.pointer for step in witness)
    if not beside and len(files) == 1 and lines:  # then the file is named once
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
    return Padding(line, (0, 0, 0, MARGIN))


def _row(row: NearRow, width: int) -> Iterable[RenderableType]:
    which = f"row {row.row} of {row.block}" if row.row else f"a permit of {row.block}"
    clauses = f" ({', '.join(row.clauses)})" if row.clauses else ""
    line = f"{which}{clauses} does not hold in {_listed(row.fails)}"
    yield from _placed(line, position(row.span), width)
    if row.text:
        yield _under(Text(shown(" ".join(row.text.split())), "dim"))


def _fact(fact: UsedFact, width: int) -> Iterable[RenderableType]:
    what = f"{fact.name} of {fact.of}" if fact.of else fact.name
    yield from _placed(f"{what}: {fact.value or 'none'}", position(fact.span), width)


def _missing(fact: UsedFact, width: int) -> Iterable[RenderableType]:
    place = position(fact.span)
    yield from _placed(lacking(fact), f"declare it at {place}" if place else "", width)


def _placed(said: str, place: str, width: int) -> Iterable[RenderableType]:
    """Words with the place beside them, or under them where there is no room."""
    line = Text(shown(said))
    beside = cell_len(line.plain) + 2 + cell_len(place) <= width
    if place and beside:
        line.append(f"  {place}", "dim")
    yield line
    if place and not beside:
        yield _under(Text(place, "dim"))


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words) or "its conditions"


def count(number: int, noun: str) -> str:
    """A number of things: `1 finding`, `2 findings`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
