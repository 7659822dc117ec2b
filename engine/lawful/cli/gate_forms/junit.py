"""The gate as JUnit XML: a case for the change, for the waivers, for each policy and each rule.

The first case fails where the change does not pass, and says why. A rule with new findings fails
where the change does not pass for them, else it is skipped; one that is as it was is skipped too,
unless it is kept. What was not compared is skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from lawful.analysis.gate import Gate
from lawful.analysis.passing import Terms, failures, undecided
from lawful.cli.gate_forms._annotations import About, Annotation, Weight, annotate
from lawful.cli.gate_forms.text import headline
from lawful.findings import RuleResult, Verdict
from lawful.prose import count
from lawful.reporters.junit import (
    UNMET,
    case,
    failed,
    rules_of,
    skipped,
    suite,
    unchecked,
    written,
)
from lawful.wording import ENGLISH, Wording

__all__ = ["render"]


def render(
    gate: Gate, terms: Terms, *, width: int = 80, colour: bool = False, wording: Wording = ENGLISH
) -> str:
    """The document, with one suite."""
    report = gate.after
    told = tuple(annotate(gate, terms, width=width, wording=wording))
    cases = [_whole(gate, terms), *_judged_by(gate, told)]
    cases += [_rule(gate, rule, terms, told) for rule in rules_of(report)]
    beside = (f"{each.title}: {each.text}" for each in told if each.weight is Weight.NOTICE)
    said = (headline(gate, terms).plain, *beside)
    return written([suite(report, cases, said)])


def _whole(gate: Gate, terms: Terms) -> ET.Element:
    """Whether the change passes."""
    if not gate.after.exercised:
        return unchecked(gate.after)
    made = case(gate.after, "", "the change passes")
    why = failures(gate, terms)
    said = headline(gate, terms).plain
    return failed(made, said, About.REASON, "\n".join(why)) if why else made


def _judged_by(gate: Gate, told: tuple[Annotation, ...]) -> Iterator[ET.Element]:
    """The waivers, the corrections, the policies, the vocabularies: whether they are as they were."""
    changed = {(each.about, each.name): each for each in told if not each.group}
    yield _same(
        case(gate.after, "", "the waivers are as they were"), changed.get((About.WAIVERS, ""))
    )
    made = case(gate.after, "", "what is corrected and ignored is as it was")
    yield _same(made, changed.get((About.TAKEN_BACK, "")))
    made = case(gate.after, "", "what overlays say of what was there is as it was")
    yield _same(made, changed.get((About.OVERLAYS, "")))
    shared = {each.policy for each in gate.amended if each.shared and not each.differences}
    those = {each.policy for each in gate.amended if each.policy}
    for policy in sorted({*gate.after.policies, *those}):
        made = case(gate.after, policy, "the policy is as it was")
        if policy in shared:
            yield skipped(made, "not compared: it is the same file before and now")
        else:
            yield _same(made, changed.get((About.POLICY, policy)))
    made = case(gate.after, "", "the vocabularies are as they were")
    yield _same(made, changed.get((About.POLICY, "")))


def _same(made: ET.Element, changed: Annotation | None) -> ET.Element:
    if changed is None:
        return made
    if changed.weight is Weight.ERROR:
        return failed(made, changed.title, changed.about, changed.text)
    return skipped(made, f"{changed.title}, and that is accepted", changed.text)


def _rule(gate: Gate, result: RuleResult, terms: Terms, told: tuple[Annotation, ...]) -> ET.Element:
    of = (result.policy, result.rule)
    made = case(gate.after, *of)
    causes = [
        each
        for each in told
        if each.group and (each.group[0].finding.policy, each.group[0].finding.rule) == of
    ]
    turned = next((each for each in undecided(gate, terms) if (each.policy, each.rule) == of), None)
    text = "\n\n".join(each.text for each in causes)
    clauses = f" ({', '.join(result.clauses)})" if result.clauses else ""
    new = count(sum(len(each.group) for each in causes), "finding")
    if turned or any(each.weight is Weight.ERROR for each in causes):
        was = f"was {turned.before}, is {turned.after}; " if turned else ""
        return failed(made, f"{was}new: {new}{clauses}", result.verdict, text)
    if causes:
        return skipped(made, f"new, and let pass: {new}{clauses}", text)
    if result.verdict is Verdict.NOT_EXERCISED:
        return skipped(made, UNMET)
    if result.verdict is Verdict.KEPT:
        return made
    return skipped(made, f"as before: {result.verdict}{clauses}")
