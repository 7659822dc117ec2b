"""The parts of the JSON report: what it says of a finding, a rule, a clause, a whole report, as it is described."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

#: The version of the document's form.
VERSION: Literal["1"] = "1"

VerdictWord = Literal["kept", "broken", "undetermined", "not exercised"]
_ReasonWord = Literal[
    "undeclared", "coarse", "readings differ", "conflict", "unsourced", "unknown data", "unmatched"
]
#: What a verdict but for what is waived is.
UNWAIVED = "the verdict but for what is waived, on which the exit status rests"
_NULLED = "null where it is not known"


class Part(BaseModel):
    """A part of a document."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Position(Part):
    """Where something stands: a line of a text, or a pointer into a JSON document."""

    file: str
    line: int = Field(description="counted from 1; 0 where the file is JSON")
    column: int = Field(description="counted from 1; 0 where the file is JSON")
    pointer: str | None = Field(description="the JSON Pointer; null where the file is a text")


class SubjectPart(Part):
    """Whose data it is."""

    id: str | None = Field(description=f"the subject as the system declares it; {_NULLED}")
    kind: str | None = Field(description=f"its kind, a term of the vocabulary; {_NULLED}")


class DataPart(Part):
    """The datum of a finding."""

    category: str = Field(description="a data category, or a name made of several")
    form: Literal["identifiable", "encrypted", "pseudonymised", "aggregated", "anonymised"]
    subject: SubjectPart
    origin: str = Field(description="the id of the flow or node where it began")
    marks: list[str]
    unsourced: bool = Field(
        description="whether it began on a flow out of a node that did not have it"
    )


class CarrierPart(Part):
    """The flow or node at which the event happens; of an assertion, the system."""

    kind: Literal["flow", "node", "system", "waiver", "overlay"]
    id: str


class EventPart(Part):
    """The event of a finding."""

    kind: Literal[
        "collection",
        "transfer",
        "disclosure",
        "storage",
        "use",
        "join",
        "placement",
        "assertion",
        "waiver",
        "overlay",
    ]
    carrier: CarrierPart
    source: str
    target: str
    purpose: str | None = Field(description=_NULLED)
    place: str | None = Field(description=f"the place of the target; {_NULLED}")
    channel: str | None = Field(description=_NULLED)
    partner: str | None = Field(
        description="what the datum is joined with; null of what is no join, and where it is not known"
    )


class HopPart(Part):
    """One hop of a witness."""

    flow: str = Field(description="the id of the flow; of the node, where the datum begins at one")
    source: str
    target: str
    category: str = Field(description="what the datum is when it arrives")
    did: list[str] = Field(description="what happened to the datum, in order")
    at: Position | None


class FactPart(Part):
    """A fact of the system that the verdict rests on, or that it lacks."""

    of: str
    name: str
    value: str
    at: Position | None


class RowPart(Part):
    """A permit that nearly admits the event."""

    block: str = Field(description="the closed block or register")
    row: int = Field(description="its number in the register, from 1; 0 for a permit outside one")
    text: str
    fails: list[str] = Field(description="the columns that do not hold")
    clauses: list[str]
    at: Position | None


class ChangePart(Part):
    """One change of a repair."""

    action: str
    on: str = Field(description="the flow, node or party that it changes")
    text: str


class RepairPart(Part):
    """The smallest change found that mends the finding, checked by applying it."""

    changes: list[ChangePart]
    pruned: bool = Field(description="whether not every change was tried")


class WaiverPart(Part):
    """By whom a finding is waived, so that it does not fail the check."""

    owner: str
    because: str
    until: str = Field(description="the last day, ISO")
    at: Position | None


class FindingPart(Part):
    """One promise broken, or one that cannot be decided, where it first goes wrong."""

    fingerprint: str = Field(
        description="sixteen hex digits that stay when positions, messages and dates change"
    )
    verdict: Literal["broken", "undetermined"]
    reason: _ReasonWord | None = Field(description="why it is undetermined; null where broken")
    policy: str
    rule: str
    severity: Literal["critical", "high", "medium", "low"]
    clauses: list[str]
    citation: str | None
    message: str = Field(
        description="in the language asked for, English unless told, where the rule has it"
    )
    messages: dict[str, str] = Field(description="the rule's messages by language")
    detail: str = Field(description="what this finding has to say beyond its rule's message")
    data: DataPart | None = Field(
        description="null for an assertion, which is of the system, for a waiver and for an overlay"
    )
    event: EventPart
    witness: list[HopPart] = Field(description="a shortest path from the origin to the event")
    facts: list[FactPart] = Field(description="the facts that the verdict rests on")
    missing: list[FactPart] = Field(description="the facts to declare, for it to be decided")
    rows: list[RowPart] = Field(description="the nearest permits, for a closed block")
    precedence: list[str] = Field(description="what prevails over what, as it was applied")
    beneath: int = Field(description="how many further events this finding stands for")
    repair: RepairPart | None
    waiver: WaiverPart | None = Field(description="null where nobody waives it")
    at: Position | None = Field(
        description="where the carrier is declared; of an assertion, the rule; of a waiver or an overlay, itself"
    )


class CountPart(Part):
    """How many events were judged so."""

    kept: int
    broken: int
    undetermined: int


class RulePart(Part):
    """The verdict of one rule: its worst event's."""

    policy: str
    rule: str
    verdict: VerdictWord
    severity: Literal["critical", "high", "medium", "low"]
    clauses: list[str]
    events: CountPart


class ClausePart(Part):
    """The worst verdict of the rules that cite a clause."""

    clause: str
    verdict: VerdictWord


class ReportPart(Part):
    """What the check concluded of one system."""

    system: str
    date: str = Field(description="the date of the check, ISO")
    policies: list[str]
    verdict: VerdictWord = Field(description="`not exercised` is no pass: no rule met an event")
    unwaived: VerdictWord = Field(description=UNWAIVED)
    rules: list[RulePart]
    clauses: list[ClausePart]
    findings: list[FindingPart]
    notices: list[str] = Field(description="what must be said beside them, such as ignored flows")
    undeclared: list[str] = Field(
        description="what arrives where it is not declared, and of what only some arrives where more is declared"
    )


class Document(Part):
    """The report of a check."""

    format: Literal["lawful.report"]
    version: Literal["1"]
    produced_by: str
    verdict: VerdictWord = Field(
        description="the worst of the reports, where `not exercised` is second to `broken`"
    )
    unwaived: VerdictWord = Field(description=UNWAIVED)
    reports: list[ReportPart] = Field(description="one for each system, in the order given")
