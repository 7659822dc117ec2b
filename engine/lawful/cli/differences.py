"""Differences as texts: for people word by word, for tools as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from lawful.analysis.difference import Change, Difference, Moved
from lawful.findings import Finding
from lawful.prose import MARGIN, STYLES, count, describe, open_console, read_console
from lawful_dsl.diagnostics import shown
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Policy

#: So many words are shown on each side of what changed.
AROUND = 4


@frozen
class Comparison:
    """Two policies, what changed from one to the other, and what that does to some systems."""

    before: Policy
    after: Policy
    differences: tuple[Difference, ...]
    alike: int
    moved: tuple[Moved, ...] = ()


def render(comparison: Comparison, *, width: int, colour: bool) -> str:
    """The comparison as a text for people."""
    console = open_console(width=width, colour=colour)
    console.print(_headline(comparison))
    for each in comparison.differences:
        console.print()
        tell_difference(console, each)
    for moved in comparison.moved:
        console.print()
        _write_moved(console, moved)
    return read_console(console)


def tell_difference(console: Console, each: Difference) -> None:
    """What became of a statement, word by word."""
    head = Text(f"{each.change}  {shown(each.kind)}  ")
    head.append(shown(each.name), "bold")
    if each.clauses:
        head.append(f"  {shown(', '.join(each.clauses))}", "dim")
    console.print(head)
    console.print(Padding(_text(each), (0, 0, 0, MARGIN)))


def _headline(comparison: Comparison) -> Text:
    changes = [each.change for each in comparison.differences]
    counts = [f"{changes.count(c)} {c}" for c in Change if c in changes] or ["nothing changed"]
    before, after = _name(comparison.before), _name(comparison.after)
    alike = f"{count(comparison.alike, 'statement')} alike"
    return Text(f"{before} -> {after}: {', '.join(counts)}; {alike}", "bold")


def _name(policy: Policy) -> str:
    return shown(f"{policy.name}@{policy.effective}" if policy.effective else policy.name)


def _text(each: Difference) -> Text:
    if each.change is Change.ADDED:
        return Text(shown(each.after), "green")
    if each.change is Change.REMOVED:
        return Text(shown(each.before), "red")
    if each.before == each.after:
        same = "in the same words: a word that it uses is defined otherwise now"
        return Text(
            same if each.change is Change.CHANGED else "it is cited or told otherwise", "dim"
        )
    return _marked(each.before.split(), each.after.split())


def _marked(before: Sequence[str], after: Sequence[str]) -> Text:
    """Both texts in one, `[-what went-]` and `{+what came+}`, with a few words around."""
    said = Text()
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for number, (step, a, b, c, d) in enumerate(steps):
        if step == "equal":
            kept = list(_shortened(before[a:b], number > 0, number + 1 < len(steps)))
            said.append(shown(" ".join(kept)) + " ")
            continue
        if b > a:
            said.append(f"[-{shown(' '.join(before[a:b]))}-]", "red").append(" ")
        if d > c:
            said.append(f"{{+{shown(' '.join(after[c:d]))}+}}", "green").append(" ")
    said.rstrip()
    return said


def _shortened(words: Sequence[str], start: bool, end: bool) -> Iterator[str]:
    """Of words that did not change those next to one that did."""
    head, tail = AROUND if start else 0, AROUND if end else 0
    if len(words) <= head + tail + 1:
        yield from words
        return
    yield from words[:head]
    yield "…"
    yield from words[len(words) - tail :]


def _write_moved(console: Console, moved: Moved) -> None:
    comes, goes = count(len(moved.comes), "finding"), len(moved.goes)
    console.print(
        Text(f"{shown(moved.system)}: {comes} {_verb(moved.comes)}, {goes} {_go(goes)}", "bold")
    )
    for rule, before, after in moved.verdicts:
        line = Text(f"{shown(rule)}: {before} -> ")
        line.append(after, STYLES.get(after, ""))
        console.print(Padding(line, (0, 0, 0, MARGIN)))
    for finding in moved.comes:
        console.print()
        describe(console, finding, title="comes: ")
    if moved.goes:
        console.print()
    for finding in moved.goes:
        # What is no longer found needs no more than its name.
        what = f"{finding.datum.category} of {finding.datum.subject}"
        line = Text(f"goes: {finding.verdict}  ")
        line.append(shown(finding.rule), "bold").append(
            f"  {shown(finding.event.carrier)}: {shown(what)}"
        )
        line.append(f"  {finding.fingerprint}", "dim")
        console.print(line)


def _verb(findings: Sequence[Finding]) -> str:
    return "comes" if len(findings) == 1 else "come"


def _go(number: int) -> str:
    return "goes" if number == 1 else "go"


def as_json(comparison: Comparison) -> str:
    """The comparison as JSON; findings by fingerprint."""
    said = {
        "lawful": 1,
        "before": {"policy": comparison.before.name, "effective": comparison.before.effective},
        "after": {"policy": comparison.after.name, "effective": comparison.after.effective},
        "alike": comparison.alike,
        "differences": [
            {
                "change": each.change,
                "kind": each.kind,
                "name": each.name,
                "clauses": each.clauses,
                "before": each.before,
                "after": each.after,
            }
            for each in comparison.differences
        ],
        "systems": [
            {
                "system": moved.system,
                "comes": [_finding(finding) for finding in moved.comes],
                "goes": [_finding(finding) for finding in moved.goes],
                "verdicts": [
                    {"rule": rule, "before": before, "after": after}
                    for rule, before, after in moved.verdicts
                ],
            }
            for moved in comparison.moved
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "fingerprint": finding.fingerprint,
        "verdict": finding.verdict,
        "rule": finding.rule,
        "clauses": finding.clauses,
        "carrier": finding.event.carrier,
        "data": finding.datum.category,
    }
