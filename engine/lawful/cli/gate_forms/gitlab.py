"""The gate as a code quality report of GitLab: what a merge request shows beside its changes.

Each reason for which the change does not pass is a blocker. What is new has the severity of its rule
where the change does not pass for it, else `info`; so have notices, and what is mended.
"""

from __future__ import annotations

from lawful.analysis.gate import Gate
from lawful.analysis.passing import Terms
from lawful.cli.gate_forms._annotations import About, Annotation, Weight, annotate, beside
from lawful.reporters.gitlab import SEVERITIES, Entry, entry, told, written
from lawful.wording import ENGLISH, Wording

__all__ = ["render"]

#: The severity of what is no finding.
_WEIGHTS = {Weight.ERROR: "critical", Weight.WARNING: "minor", Weight.NOTICE: "info"}


def render(
    gate: Gate, terms: Terms, *, width: int = 0, colour: bool = False, wording: Wording = ENGLISH
) -> str:
    """The entries as a JSON list."""
    return written(_entry(gate, each, wording) for each in annotate(gate, terms))


def _entry(gate: Gate, said: Annotation, wording: Wording) -> Entry:
    report = gate.after
    if said.group:
        finding = said.group[0].finding
        return entry(
            report,
            f"{finding.policy}/{finding.rule}",
            f"new: {'; '.join((told(finding, wording), *beside(said.group)))}",
            SEVERITIES[finding.severity] if said.weight is Weight.ERROR else "info",
            key=finding.fingerprint,
            place=finding.place,
        )
    severity = "blocker" if said.about is About.REASON else _WEIGHTS[said.weight]
    return entry(report, said.about, f"{said.title}: {said.text}", severity, key=said.name)
