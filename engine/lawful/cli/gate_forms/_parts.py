"""The parts of what a gate writes for other programs, and how they are made of its values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from lawful.analysis.difference import Difference
from lawful.analysis.gate import Amended, Claim, Gate, Turned
from lawful.analysis.passing import Terms, allowances, failures
from lawful.analysis.record import Known
from lawful.findings import Verdict
from lawful.report_document import finding_part
from lawful.report_parts import FindingPart, Part

#: The version of what is written.
VERSION: Literal["1"] = "1"


class DifferencePart(Part):
    """What became of a statement of a policy, or of a term."""

    change: Literal["added", "removed", "changed", "reworded"]
    kind: str = Field(description="rule, permit, header, severity, term, waiver, overlay, ...")
    name: str
    clauses: list[str]
    before: str
    after: str


class AmendedPart(Part):
    """What changed of one policy."""

    policy: str | None = Field(description="null for the vocabularies")
    shared: bool = Field(
        description="whether both checks read it from the same file, so that no change of it is seen"
    )
    differences: list[DifferencePart]


class ClaimPart(Part):
    """What the system says otherwise than before of a party, a subject, a node, a flow or itself."""

    of: str = Field(description="its kind and its id")
    fact: str | None = Field(
        description="which fact; null where the thing itself comes or goes: then all that is said of it"
    )
    before: str | None = Field(
        description="null where nothing was said, or the thing was not there"
    )
    after: str | None = Field(description="null where nothing is said, or the thing is gone")


class TurnedPart(Part):
    """A rule whose verdict is another."""

    policy: str
    rule: str
    severity: str
    before: Verdict
    after: Verdict


class NewPart(Part):
    """A finding that was not there before, or was another."""

    finding: FindingPart
    was: Verdict | None = Field(
        description="its verdict before; null where there was no such finding"
    )
    there: bool = Field(description="whether its flow or node was there before")
    grown: int = Field(description="how many more events it stands for than before")
    unwaived: bool = Field(description="whether it was waived before, and is not now")
    later: bool = Field(
        description="whether it turns on an end that is known only after the change is carried out"
    )


class CausePart(Part):
    """New findings of one rule at one carrier, or for want of the same facts."""

    policy: str
    rule: str
    findings: list[str] = Field(description="their fingerprints")


class KnownPart(Part):
    """A finding that was there before."""

    policy: str
    rule: str
    verdict: Verdict
    fingerprint: str
    severity: str
    event: str
    carrier: str
    data: str
    waived: bool = Field(description="whether it was waived then; of one that stands, is waived")


class HeadPart(Part):
    """What a change is, and whether it passes."""

    passes: bool
    why: list[str] = Field(description="why it does not pass, as sentences")
    let_pass: list[str] = Field(
        description="what is new and fails nothing, and nobody accepted, as sentences"
    )
    system: str
    date: str = Field(description="the date of the check, ISO")
    date_before: str = Field(description="the date of the one that it is compared with")
    verdict: Verdict = Field(description="of the system as it is now, as `lawful check` has it")
    waivers: list[DifferencePart] = Field(description="waivers that come, go or are others")
    taken_back: list[DifferencePart] = Field(
        description="flows that a text ignores, and corrections, that come, go or are others"
    )
    overlays: list[DifferencePart] = Field(
        description="what texts beside imported files say otherwise of what did not come or go with those"
    )
    policies: list[AmendedPart]
    says: list[ClaimPart]
    rules: list[TurnedPart]


def head(gate: Gate, terms: Terms) -> HeadPart:
    """What is said of a change as a whole."""
    why = failures(gate, terms)
    return HeadPart(
        passes=not why,
        why=list(why),
        let_pass=list(allowances(gate, terms)),
        system=gate.after.system,
        date=gate.after.date,
        date_before=gate.before.date,
        verdict=gate.after.verdict,
        waivers=list(map(difference, gate.waivers)),
        taken_back=list(map(difference, gate.taken_back)),
        overlays=list(map(difference, gate.overlays)),
        policies=list(map(_amended, gate.amended)),
        says=list(map(_claim, gate.claims)),
        rules=list(map(_turned, gate.turned)),
    )


def new_parts(gate: Gate, language: str) -> Iterator[NewPart]:
    """The new findings, in their order."""
    for new in gate.new:
        yield NewPart(
            finding=finding_part(new.finding, language),
            was=new.was,
            there=new.there,
            grown=new.grown,
            unwaived=new.unwaived,
            later=new.later,
        )


def _amended(one: Amended) -> AmendedPart:
    return AmendedPart(
        policy=one.policy or None,
        shared=one.shared,
        differences=list(map(difference, one.differences)),
    )


def _claim(one: Claim) -> ClaimPart:
    return ClaimPart(
        of=one.of, fact=one.fact or None, before=one.before or None, after=one.after or None
    )


def _turned(one: Turned) -> TurnedPart:
    return TurnedPart(
        policy=one.policy,
        rule=one.rule,
        severity=one.severity,
        before=one.before,
        after=one.after,
    )


def difference(one: Difference) -> DifferencePart:
    """What became of a statement, as a part of a document."""
    return DifferencePart(
        change=one.change.value,
        kind=one.kind,
        name=one.name,
        clauses=list(one.clauses),
        before=one.before,
        after=one.after,
    )


def known(one: Known) -> KnownPart:
    """A finding that was there before, as a part of a document."""
    return KnownPart(
        policy=one.policy,
        rule=one.rule,
        verdict=one.verdict,
        fingerprint=one.fingerprint,
        severity=one.severity,
        event=one.event,
        carrier=one.carrier,
        data=one.data,
        waived=one.waived,
    )
