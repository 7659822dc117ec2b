"""What a change brings as a JSON document, for other programs.

The document has a version: within one version fields are added and never change their meaning. Its
JSON Schema is printed by `lawful schema gate`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lawful import __version__
from lawful.analysis.difference import Difference
from lawful.analysis.gate import Gate, causes
from lawful.analysis.record import Known
from lawful.findings import Verdict
from lawful.report_document import document
from lawful.report_parts import FindingPart
from lawful.wording import Wording

#: The version of the document's form.
VERSION: Literal["1"] = "1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DifferencePart(_Part):
    """What became of a statement of a policy, or of a term."""

    change: Literal["added", "removed", "changed", "reworded"]
    kind: str = Field(description="rule, permit, header, severity, term, waiver, ...")
    name: str
    clauses: list[str]
    before: str
    after: str


class AmendedPart(_Part):
    """What changed of one policy."""

    policy: str | None = Field(description="null for the vocabularies")
    shared: bool = Field(
        description="whether both checks read it from the same file, so that no change of it is seen"
    )
    differences: list[DifferencePart]


class ClaimPart(_Part):
    """What the system says otherwise than before of a party, a subject, a node, a flow or itself."""

    of: str = Field(description="its kind and its id")
    fact: str | None = Field(description="which fact; null where the thing itself comes or goes")
    before: str | None = Field(
        description="null where nothing was said, or the thing was not there"
    )
    after: str | None = Field(description="null where nothing is said, or the thing is gone")


class TurnedPart(_Part):
    """A rule whose verdict is another."""

    policy: str
    rule: str
    severity: str
    before: Verdict
    after: Verdict


class NewPart(_Part):
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


class CausePart(_Part):
    """New findings of one rule at one carrier, or for want of the same facts."""

    policy: str
    rule: str
    findings: list[str] = Field(description="their fingerprints")


class KnownPart(_Part):
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


class Document(_Part):
    """What a change brings and mends."""

    format: Literal["lawful.gate"]
    version: Literal["1"]
    produced_by: str
    passes: bool
    why: list[str] = Field(description="why it does not pass, as sentences")
    system: str
    date: str = Field(description="the date of the check, ISO")
    date_before: str = Field(description="the date of the one that it is compared with")
    verdict: Verdict = Field(description="of the system as it is now, as `lawful check` has it")
    waivers: list[DifferencePart] = Field(description="waivers that come, go or are others")
    policies: list[AmendedPart]
    says: list[ClaimPart]
    rules: list[TurnedPart]
    new: list[NewPart]
    causes: list[CausePart] = Field(description="the new findings by what causes them")
    mended: list[KnownPart] = Field(description="findings that are gone")
    unasked: list[KnownPart] = Field(description="those that are gone because their rule is")
    known: list[KnownPart] = Field(description="findings that were there before and still are")
    notices: list[str] = Field(description="what must be said beside them, and was not said before")


def render(gate: Gate, why: Sequence[str], known: Sequence[Known], wording: Wording) -> str:
    """The gate as a JSON text; the same gate gives the same bytes. `known` are its known findings."""
    report = gate.after
    bare = replace(report, findings=tuple(new.finding for new in gate.new))
    [told] = document([bare], wording.language).reports
    made = Document(
        format="lawful.gate",
        version=VERSION,
        produced_by=f"lawful {__version__}",
        passes=not why,
        why=list(why),
        system=report.system,
        date=report.date,
        date_before=gate.before.date,
        verdict=report.verdict,
        waivers=list(map(_difference, gate.waivers)),
        policies=[
            AmendedPart(
                policy=each.policy or None,
                shared=each.shared,
                differences=list(map(_difference, each.differences)),
            )
            for each in gate.amended
        ],
        says=[
            ClaimPart(
                of=each.of,
                fact=each.fact or None,
                before=each.before or None,
                after=each.after or None,
            )
            for each in gate.claims
        ],
        rules=[
            TurnedPart(
                policy=each.policy,
                rule=each.rule,
                severity=each.severity,
                before=each.before,
                after=each.after,
            )
            for each in gate.turned
        ],
        new=[
            NewPart(
                finding=part,
                was=new.was,
                there=new.there,
                grown=new.grown,
                unwaived=new.unwaived,
                later=new.later,
            )
            for part, new in zip(told.findings, gate.new, strict=True)
        ],
        causes=[
            CausePart(
                policy=group[0].finding.policy,
                rule=group[0].finding.rule,
                findings=[new.finding.fingerprint for new in group],
            )
            for group in causes(gate.new)
        ],
        mended=[_known(each) for each in gate.mended],
        unasked=[_known(each) for each in gate.unasked],
        known=[_known(each) for each in known],
        notices=list(gate.notices),
    )
    return json.dumps(made.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _difference(one: Difference) -> DifferencePart:
    return DifferencePart(
        change=one.change.value,
        kind=one.kind,
        name=one.name,
        clauses=list(one.clauses),
        before=one.before,
        after=one.after,
    )


def _known(one: Known) -> KnownPart:
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
