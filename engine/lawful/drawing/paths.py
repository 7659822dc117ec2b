"""Paths: which flows and nodes the findings of a report run through, and where they go wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lawful.findings import Finding, Report, Verdict

__all__ = ["Painted", "Trace", "paint"]


@dataclass(frozen=True, slots=True)
class Trace:
    """One rule that a carrier broke or left open, with the data; `here` when it is where it goes wrong."""

    verdict: Verdict
    here: bool
    rule: str
    categories: tuple[str, ...]
    lines: tuple[str, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether the rule is broken, and not merely open."""
        return self.verdict is Verdict.BROKEN


@dataclass(frozen=True, slots=True)
class Painted:
    """The traces of each flow and of each node by id, the worst first, and the findings of neither."""

    flows: Mapping[str, tuple[Trace, ...]]
    nodes: Mapping[str, tuple[Trace, ...]]
    nowhere: tuple[Finding, ...] = ()


_Key = tuple[bool, str, str]  # whether a node, the carrier, the rule


def paint(
    report: Report | None, flows: Collection[str], nodes: Collection[str], language: str = "en"
) -> Painted:
    """What to draw of a report on a system with these flows and nodes."""
    if report is None:
        return Painted({}, {})
    known = {False: frozenset(flows), True: frozenset(nodes)}
    seen: dict[tuple[_Key, Verdict], dict[str, None]] = {}
    here: set[tuple[_Key, Verdict]] = set()
    told: dict[tuple[_Key, Verdict], dict[str, None]] = {}
    nowhere = []
    for finding in report.findings:
        if finding.verdict not in (Verdict.BROKEN, Verdict.UNDETERMINED):
            continue
        event = finding.event
        own = event.source == event.target == event.carrier  # a flow may have the id of a node
        at_node = event.carrier not in known[False] or (own and event.carrier in known[True])
        if event.carrier not in known[at_node]:
            nowhere.append(finding)
        else:
            place = ((at_node, event.carrier, finding.rule), finding.verdict)
            here.add(place)
            seen.setdefault(place, {})[finding.datum.category] = None
            told.setdefault(place, {})[_sentence(finding, language)] = None
        for step in finding.witness:
            if step.carrier in known[False] and step.carrier != event.carrier:
                key = ((False, step.carrier, finding.rule), finding.verdict)
                seen.setdefault(key, {})[step.category] = None
    found: dict[tuple[bool, str], list[Trace]] = {}
    for (key, verdict), categories in seen.items():
        at_node, carrier, rule = key
        place = (key, verdict)
        lines = tuple(told.get(place, {}))
        trace = Trace(verdict, place in here, rule, tuple(sorted(categories)), lines)
        found.setdefault((at_node, carrier), []).append(trace)
    ordered = {
        where: tuple(sorted(traces, key=lambda t: (not t.broken, not t.here, t.rule)))
        for where, traces in found.items()
    }
    return Painted(
        {carrier: traces for (at_node, carrier), traces in ordered.items() if not at_node},
        {carrier: traces for (at_node, carrier), traces in ordered.items() if at_node},
        tuple(nowhere),
    )


def _sentence(finding: Finding, language: str) -> str:
    said = finding.message(language) or finding.detail
    return f"{finding.policy} {finding.rule}: {said}" if said else f"{finding.policy} {finding.rule}"
