"""The gate as commands of a GitHub workflow: an annotation for each reason, and one for each cause of new findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawful.analysis.gate import Gate, causes, weighty
from lawful.cli.gate_text import headline
from lawful.findings import Verdict
from lawful.prose import count, told
from lawful.reporters.github import command, located, plain, title
from lawful.wording import Wording


def render(gate: Gate, why: Sequence[str], wording: Wording) -> str:
    """The commands, a line each, after the headline."""
    return "".join(f"{line}\n" for line in _lines(gate, why, wording))


def _lines(gate: Gate, why: Sequence[str], wording: Wording) -> Iterator[str]:
    yield plain(headline(gate, why).plain)
    for reason in why:
        yield command("error", "the gate does not pass", reason, gate.after.span)
    for amended in gate.amended:
        changed = [each for each in amended.differences if weighty(each)]
        if changed:
            whose = f"the policy {amended.policy}" if amended.policy else "the vocabularies"
            names = ", ".join(f"{each.change} {each.kind} {each.name}" for each in changed)
            yield command("warning", f"{whose} changed", names, gate.after.span)
    for group in causes(gate.new):
        first, *others = group
        finding = first.finding
        text = told(finding, wording=wording)
        if others:
            text += f"\nof the same cause: {count(len(others), 'finding')} more"
        broken = finding.verdict is Verdict.BROKEN
        kind = "notice" if finding.waiver else "error" if broken else "warning"
        yield command(kind, f"new: {title(finding)}", text, located(finding, gate.after))
    for notice in gate.notices:
        yield command("notice", "notice", notice, gate.after.span)
    for one in gate.mended:
        text = f"{one.policy} {one.rule} at {one.carrier}"
        yield command("notice", "mended", text, gate.after.span)
