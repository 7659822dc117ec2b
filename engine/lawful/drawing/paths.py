"""Paths: which flows and nodes the findings of a report run through, and where they go wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lawful.findings import Finding, Report, Verdict
from lawful_dsl.frozen import frozen

__all__ = ["Painted", "Trace", "paint"]


@frozen
class Trace:
    """One rule that a carrier broke or left open, with the data; `here` when it is where it goes wrong.

    What is waived is a trace of its own.
    """

    verdict: Verdict
    here: bool
    rule: str
    categories: tuple[str, ...]
    lines: tuple[str, ...] = ()
    waived: bool = False

    @property
    def broken(self) -> bool:
        """Whether the rule is broken, and not merely open."""
        return self.verdict is Verdict.BROKEN


@frozen
class Painted:
    """The traces of each flow and of each node by id, the worst first, and the findings of neither."""

    flows: Mapping[str, tuple[Trace, ...]]
    nodes: Mapping[str, tuple[Trace, ...]]
    nowhere: tuple[Finding, ...] = ()


@frozen
class _Where:
    """A carrier, and the rule and verdict of what is said of it, waived or not."""

    at_node: bool
    carrier: str
    rule: str
    verdict: Verdict
    waived: bool


@frozen
class _Said:
    """What one finding says of a carrier; the sentence only where it goes wrong."""

    category: str
    sentence: str = ""


def paint(
    report: Report | None, flows: Collection[str], nodes: Collection[str], language: str = "en"
) -> Painted:
    """What to draw of a report on a system with these flows and nodes."""
    said: dict[_Where, list[_Said]] = {}
    nowhere = []
    for finding in report.findings if report is not None else ():
        if finding.verdict not in (Verdict.BROKEN, Verdict.UNDETERMINED):
            continue
        carrier = finding.event.carrier
        own = finding.event.source == finding.event.target == carrier
        if carrier in nodes and (own or carrier not in flows):  # a flow may have the id of a node
            at_node = True
        elif carrier in flows:
            at_node = False
        else:
            nowhere.append(finding)
            continue
        of = (finding.rule, finding.verdict, finding.waiver is not None)
        here = _Said(finding.datum.category, _sentence(finding, language))
        said.setdefault(_Where(at_node, carrier, *of), []).append(here)
        for step in finding.witness:
            if step.carrier in flows and step.source != step.target and step.carrier != carrier:
                where = _Where(False, step.carrier, *of)
                said.setdefault(where, []).append(_Said(step.category))
    return Painted(_traces(said, at_node=False), _traces(said, at_node=True), tuple(nowhere))


def _traces(
    said: Mapping[_Where, Sequence[_Said]], *, at_node: bool
) -> Mapping[str, tuple[Trace, ...]]:
    """The traces of the flows, or of the nodes, by carrier."""
    found: dict[str, list[Trace]] = {}
    for where, entries in said.items():
        if where.at_node is at_node:
            categories = tuple(sorted({entry.category for entry in entries}))
            lines = tuple(dict.fromkeys(entry.sentence for entry in entries if entry.sentence))
            trace = Trace(where.verdict, bool(lines), where.rule, categories, lines, where.waived)
            found.setdefault(where.carrier, []).append(trace)
    return {
        carrier: tuple(sorted(traces, key=lambda t: (t.waived, not t.broken, not t.here, t.rule)))
        for carrier, traces in found.items()
    }


def _sentence(finding: Finding, language: str) -> str:
    said = finding.message(language) or finding.detail
    return (
        f"{finding.policy} {finding.rule}: {said}" if said else f"{finding.policy} {finding.rule}"
    )
