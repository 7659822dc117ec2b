"""The gate as a text for people: whether it passes and why not, what changed, what is new, what is mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from lawful.analysis.gate import Amended, Claim, Gate, New, causes
from lawful.analysis.passing import Terms, allowances, failures
from lawful.analysis.record import Known
from lawful.cli.differences import tell_difference
from lawful.cli.gate_forms._annotations import since
from lawful.findings import Verdict
from lawful.prose import MARGIN, STYLES, describe, open_console, read_console
from lawful.wording import ENGLISH, Wording
from lawful_dsl.diagnostics import shown

__all__ = ["headline", "render"]


def render(
    gate: Gate, terms: Terms, *, width: int = 80, colour: bool = False, wording: Wording = ENGLISH
) -> str:
    """The gate as a text; why it does not pass, if it does not."""
    console = open_console(width=width, colour=colour)
    _headline(console, gate, terms)
    for title, differences in (
        ("The waivers", gate.waivers),
        ("What texts ignore and correct", gate.taken_back),
        ("What overlays say otherwise of what was there", gate.overlays),
    ):
        if differences:
            console.print()
            console.print(Text(title, "bold"))
        for difference in differences:
            tell_difference(console, difference)
    for each in gate.amended:
        _write_amended(console, each)
    _list(console, "What the system says is not what it said", map(_claim, gate.claims))
    _list(console, "Verdicts", _verdicts(gate))
    for number, group in enumerate(causes(gate.new), start=1):
        console.print()
        _write_new(console, group, number, wording)
    _list(console, "Mended", map(_known, gate.mended))
    _list(console, "Gone with their rule", map(_known, gate.unasked))
    _list(console, "Notices that are new", (Text(shown(notice)) for notice in gate.notices))
    return read_console(console)


def headline(gate: Gate, terms: Terms) -> Text:
    """Whether it passes, and how much is new, mended and as it was."""
    why = failures(gate, terms)
    new = [each.finding.verdict for each in gate.new if each.finding.waiver is None]
    broken, waived = new.count(Verdict.BROKEN), len(gate.new) - len(new)
    said = f"{broken} newly broken, {len(new) - broken} newly undetermined, "
    said += f"{waived} new and waived, " if waived else ""
    said += f"{len(gate.mended)} mended, {len(gate.known)} as before"
    word = "does not pass" if why else "passes"
    line = Text(f"{word}: {shown(gate.after.system)}: {said}")
    line.stylize(STYLES["broken" if why else "kept"], 0, len(word) + 1)
    return line


def _headline(console: Console, gate: Gate, terms: Terms) -> None:
    console.print(headline(gate, terms))
    for reason in failures(gate, terms):
        console.print(Padding(Text(shown(reason), overflow="fold"), (0, 0, 0, MARGIN)))
    for allowance in allowances(gate, terms):
        line = Text(shown(allowance), STYLES["undetermined"], overflow="fold")
        console.print(Padding(line, (0, 0, 0, MARGIN)))
    if gate.before.system != gate.after.system:
        console.print(Text(f"the system was called {shown(gate.before.system)}", "yellow"))
    if gate.before.date != gate.after.date:
        dates = f"checked on {gate.after.date}, before on {gate.before.date}"
        console.print(Text(dates, "yellow"))


def _write_amended(console: Console, amended: Amended) -> None:
    console.print()
    whose = f"The policy {shown(amended.policy)}" if amended.policy else "The vocabularies"
    if amended.shared and not amended.differences:
        console.print(Text(f"{whose}: the same file before and now, so not compared", "dim"))
        return
    console.print(Text(whose, "bold"))
    for each in amended.differences:
        tell_difference(console, each)


def _claim(claim: Claim) -> Text:
    of = shown(claim.of)
    if not claim.fact:
        facts = f", {shown(claim.after)}" if claim.after not in ("", claim.of) else ""
        return Text(f"{of}: {'comes' if claim.after else 'goes'}{facts}")
    line = Text(f"{of}: {shown(claim.fact)}: ")
    line.append(shown(claim.before) or "not said", "red").append(" -> ")
    return line.append(shown(claim.after) or "not said", "green")


def _verdicts(gate: Gate) -> Iterable[Text]:
    for each in gate.turned:
        line = Text(f"{shown(each.policy)} {shown(each.rule)}: {each.before} -> ")
        line.append(each.after, STYLES[each.after])
        if each.after is Verdict.NOT_EXERCISED:
            line.append(": no event meets it any more", "yellow")
        yield line


def _write_new(console: Console, group: Sequence[New], number: int, wording: Wording) -> None:
    """One cause: its first finding in full, the others by what they are about."""
    first, *others = group
    describe(console, first.finding, title=f"{number}. new: ", wording=wording)
    lines = list(map(Text, since(first)))
    if others:
        lines.append(Text(f"of the same cause, {len(others)} more:"))
    for new in others:
        what = f"{new.finding.datum.category} of {new.finding.datum.subject or 'someone unknown'}"
        line = Text(f"  {shown(what)}, {shown(new.finding.event.carrier)}")
        lines.append(line.append(f"  {new.finding.fingerprint}", "dim"))
    for line in lines:
        console.print(Padding(line, (0, 0, 0, MARGIN)))


def _known(one: Known) -> Text:
    line = Text(f"{one.verdict}  ", STYLES[one.verdict])
    line = Text.assemble(line, (shown(one.rule), "bold"), f"  {shown(one.carrier)}")
    if one.data:
        line.append(f": {shown(one.data)}")
    return line.append(f"  {one.fingerprint}", "dim")


def _list(console: Console, title: str, lines: Iterable[Text]) -> None:
    told = list(lines)
    if told:
        console.print()
        console.print(Text(title, "bold"))
        for line in told:
            line.overflow = "fold"
            console.print(Padding(line, (0, 0, 0, MARGIN)))
