"""Blanks: the facts that policies ask for and a system does not say, and the statements that would say them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lawful.findings import ASSERTION, Finding, Report, Verdict
from lawful.system.model import Flow, System
from lawful_dsl.format.words import write_name
from lawful_dsl.frozen import frozen
from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.syntax import Name


@frozen
class Blank:
    """One fact to declare: of what, which, the statement with its blanks in capitals (empty: none says it).

    `findings` turn on it, `alone` of them on nothing else; `events` is for how many those stand.
    """

    of: str
    fact: str
    statement: str
    findings: int
    alone: int
    events: int
    rules: tuple[str, ...]
    at: Span


#: What says a fact, in the words of the language, by the name that findings have for it.
_OF_FLOWS = {
    "purpose": "for PURPOSE",
    "basis": "on BASIS",
    "consent": "with KIND consent",
    "mechanism": "under MECHANISM",
    "channel": "by CHANNEL",
    "measure": "using MEASURE",
    "measures": "using MEASURE",
    "consideration": "consideration WHAT",
    "lifetime": "places DATA lasting PERIOD",
    "mark": "mark MARK",
    "marks": "mark MARK",
}
_OF_NODES = {
    "place": "in PLACE",
    "environments": "ENVIRONMENT",
    "products": "PRODUCT",
    "sites": "site SITE",
    "honours": "honours REQUEST",
    "holds": "holds DATA",
    "retention": "retention PERIOD",
    "measure": "using MEASURE",
    "measures": "using MEASURE",
    "purpose": "for PURPOSE",
    "joins or keeps apart": "keeps DATA apart from DATA",
}
_OF_SUBJECTS = {
    "age": "age YEARS",
    "known": "known",
    "residence": "in PLACE",
}
_OF_PARTIES = {
    "kind of party": "KIND",
    "role": "ROLE",
    "owner or role": "ROLE",
    "role or owner": "ROLE",
    "seat": "in PLACE",
    "place": "in PLACE",
    "certificate": "certified CERTIFICATE",
    "certificates": "certified CERTIFICATE",
    "contract": "under CONTRACT",
    "contracts": "under CONTRACT",
    "mechanism": "under CONTRACT",
}
_OWNED = ("owner", "owner or role", "role or owner", "role")


def blanks(report: Report, system: System, attributes: Mapping[str, str]) -> tuple[Blank, ...]:
    """The facts that undetermined findings lack, those on which most turn first.

    `attributes` are those of the vocabularies, with what each is of.
    """
    lacking: dict[tuple[str, str], list[Finding]] = {}
    places: dict[tuple[str, str], Span] = {}
    for finding in report.findings:
        if finding.verdict is Verdict.UNDETERMINED:
            for fact in finding.missing:
                key = (fact.of, fact.name)
                those = lacking.setdefault(key, [])
                if not those or those[-1] is not finding:
                    those.append(finding)
                if fact.span is not NOWHERE:
                    places.setdefault(key, fact.span)
    write = _writer(system, attributes)
    found = [
        Blank(
            of,
            fact,
            write(of, fact, any(one.event.kind == ASSERTION for one in those)),
            len(those),
            sum(len({(m.of, m.name) for m in one.missing}) == 1 for one in those),
            sum(1 + one.beneath for one in those),
            tuple(sorted({f"{one.policy} {one.rule}" for one in those})),
            places.get((of, fact), NOWHERE),
        )
        for (of, fact), those in lacking.items()
    ]
    return tuple(sorted(found, key=lambda b: (-b.findings, -b.alone, -b.events, b.of, b.fact)))


def _writer(system: System, attributes: Mapping[str, str]) -> Callable[[str, str, bool], str]:
    """What writes the statement of a fact: by what of the system it is of."""
    flows = {flow.id: flow for flow in system.flows}

    def write(of: str, fact: str, asserted: bool) -> str:
        if asserted:
            return f"fact {write_name(Name(fact))} VALUE"
        flow = flows.get(of)
        if flow is not None:
            return _of_flow(flow, fact, system, attributes)
        if of in system.subjects:
            said = _OF_SUBJECTS.get(fact) or _attribute(fact, "subject", attributes)
            return _each("subject", of, said or f"state {fact}" if _is_word(fact) else said)
        node = system.nodes.get(of)
        if of in system.parties:
            return _each(
                "party", of, _OF_PARTIES.get(fact) or _attribute(fact, "party", attributes)
            )
        if node is None:
            return ""
        if fact in _OWNED and not node.owner:
            return _each(node.kind, of, "of PARTY")
        return _each(node.kind, of, _OF_NODES.get(fact) or _attribute(fact, "node", attributes))

    return write


def _of_flow(flow: Flow, fact: str, system: System, attributes: Mapping[str, str]) -> str:
    if flow.kind == "flow":
        return _each("flow", flow.id, _OF_FLOWS.get(fact) or _attribute(fact, "flow", attributes))
    # What hosting and access make is as the party is to whom it goes.
    party = system.nodes[flow.target].owner
    return _each("party", party, _OF_PARTIES.get(fact, "")) if party in system.parties else ""


def _each(what: str, id: str, said: str) -> str:
    return f"each {what} {write_name(Name(id))}  {said}" if said else ""


def _attribute(fact: str, of: str, attributes: Mapping[str, str]) -> str:
    return f"{write_name(Name(fact))} = VALUE" if attributes.get(fact) == of else ""


def _is_word(fact: str) -> bool:
    """Whether it may be a state: kinds of subject, and whose data they are, no overlay says."""
    return fact not in ("kind of subject", "subject")
