"""Annotations: what a gate says, each thing once, with its weight and at its place.

New findings of one cause are one annotation. Every form that has no page of its own tells these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from lawful.analysis.gate import Gate, New, causes
from lawful.analysis.passing import Terms, allowances, failures, stopping, weighty
from lawful.analysis.record import Known
from lawful.prose import count, told
from lawful.reporters.github import located, title
from lawful.wording import ENGLISH, Wording
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span


class Weight(StrEnum):
    """How much is made of something: an error is why the change does not pass."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class About(StrEnum):
    """What an annotation is about, in words that stay."""

    REASON = "the gate does not pass"
    LET_PASS = "let pass"
    WAIVERS = "waivers changed"
    TAKEN_BACK = "corrections or ignored flows changed"
    OVERLAYS = "overlays changed"
    POLICY = "policy changed"
    CAUSE = "new"
    MENDED = "mended"
    UNASKED = "gone with its rule"
    NOTICE = "notice"


@frozen
class Annotation:
    """One thing that a gate says. `name` tells those about one thing apart; `group` is of a cause."""

    weight: Weight
    about: About
    title: str
    text: str
    span: Span
    name: str = ""
    group: tuple[New, ...] = ()


def annotate(
    gate: Gate, terms: Terms, *, width: int = 80, wording: Wording = ENGLISH
) -> Iterator[Annotation]:
    """Why the change does not pass, what became of waivers and policies, what is new, what is gone."""
    here = gate.after.span

    def said(weight: Weight, about: About, text: str, name: str = "") -> Annotation:
        return Annotation(weight, about, about.value, text, here, name)

    for reason in failures(gate, terms):
        yield said(Weight.ERROR, About.REASON, reason)
    for allowance in allowances(gate, terms):
        yield said(Weight.NOTICE, About.LET_PASS, allowance)
    changed = Weight.WARNING if terms.policies_accepted else Weight.ERROR
    over = Weight.WARNING if terms.overlays_accepted else changed
    for weight, about, differences in (
        (changed, About.WAIVERS, gate.waivers),
        (changed, About.TAKEN_BACK, gate.taken_back),
        (over, About.OVERLAYS, gate.overlays),
    ):
        if differences:
            yield said(weight, about, ", ".join(f"{d.change} {d.name}" for d in differences))
    for amended in gate.amended:
        if those := [each for each in amended.differences if weighty(each)]:
            text = ", ".join(f"{each.change} {each.kind} {each.name}" for each in those)
            whose = f"the policy {amended.policy}" if amended.policy else "the vocabularies"
            title = f"{whose} changed"
            yield Annotation(changed, About.POLICY, title, text, here, amended.policy)
    stops = set(map(id, stopping(gate, terms)))
    for group in causes(gate.new):
        yield _cause(group, bool(stops & set(map(id, group))), gate, width, wording)
    for notice in gate.notices:
        yield said(Weight.NOTICE, About.NOTICE, notice)
    for about, those_gone in ((About.MENDED, gate.mended), (About.UNASKED, gate.unasked)):
        for one in those_gone:
            yield said(Weight.NOTICE, about, _gone(one), one.fingerprint)


def since(new: New) -> Iterator[str]:
    """What a finding was before, where it was anything."""
    if new.unwaived:
        yield "it was waived before, and is not now"
    elif new.was and not new.grown:
        yield f"it was {new.was} before"
    if new.grown:
        yield f"it stands for {count(new.grown, 'event')} more than before"


def beside(group: Sequence[New]) -> Iterator[str]:
    """What is said of a cause beside its first finding."""
    yield from since(group[0])
    if others := len(group) - 1:
        yield f"of the same cause: {count(others, 'finding')} more"


def _cause(
    group: tuple[New, ...], stops: bool, gate: Gate, width: int, wording: Wording
) -> Annotation:
    finding = group[0].finding
    weight = Weight.ERROR if stops else Weight.NOTICE if finding.waiver else Weight.WARNING
    text = "\n".join((told(finding, width=width, wording=wording), *beside(group)))
    return Annotation(
        weight,
        About.CAUSE,
        f"new: {title(finding)}",
        text,
        located(finding, gate.after),
        finding.fingerprint,
        group,
    )


def _gone(one: Known) -> str:
    return f"{one.policy} {one.rule} at {one.carrier}"
