"""A small vocabulary, and short ways to say systems and rules of a few nodes."""

from __future__ import annotations

from collections.abc import Iterable

from lawful.findings import Verdict
from lawful.system.model import (
    Carried,
    Fact,
    Flow,
    Node,
    Party,
    Role,
    Subject,
    System,
    Use,
)
from lawful.testing.reference import Judged, judge
from lawful_dsl.program import (
    About,
    All,
    Condition,
    DataIn,
    EventIs,
    EventKind,
    Forbid,
    Policy,
    Program,
    Rule,
    State,
)
from lawful_dsl.vocabulary import Parent, Term, Validity, Vocabulary

DATE = "2024-06-01"


# --- a small vocabulary, and short ways to say things --------------------------------------------


def terms(list: str, **parents: str) -> dict[str, Term]:
    return {
        name: Term(list, name, tuple(Parent(p) for p in above.split()))
        for name, above in parents.items()
    }


VOCABULARY = Vocabulary(
    {
        **terms("data", personal="", email="personal", card="personal", last4="personal"),
        **terms("data", erasure="personal", profile="personal", phone="personal"),
        **terms("subjects", person="", adult="person", child="person"),
        **terms("purposes", marketing="", ads="marketing", news="marketing", support=""),
        **terms("places", EU="", FR="EU", DE="EU", US=""),
        **terms("parties", vendor="", host=""),
        **terms("bases", consent="", contract=""),
        **terms("consents", express=""),
        **terms("certificates", listed=""),
        **terms("channels", mail=""),
        **terms("states", opted_out=""),
        **terms("products", gate=""),
        **terms("periods", contract_term="", trial="contract_term"),
        "scc": Term("mechanisms", "scc", valid=(Validity(("EU",), ("US",), "listed"),)),
    }
)
SALE = State("opted_out", "sale")


def known(*values: str) -> Fact[str]:
    return Fact(values, True)


def flow(id: str, source: str, target: str, *data: str, **said: object) -> Flow:
    carries = tuple(Carried(d) for d in data) if data else None
    return Flow(id, "flow", source, target, carries, **said)  # type: ignore[arg-type]


def system(
    *flows: Flow, nodes: Iterable[Node] = (), parties: Iterable[Party] = (), **subjects: Subject
) -> System:
    """A system with a service `app` and a store `db` of ours, a vendor, and the subject `alice`."""
    people = {"alice": Subject("alice", "adult"), **subjects}
    made = [
        Node("app", "service", owner="us"),
        Node("db", "store", owner="us", purposes=known("support")),
        Node("firm", "recipient", owner="firm"),
        *(Node(id, "subject", subject=id) for id in people),
        *nodes,
    ]
    companies = [
        Party("us", roles=(Role("controller"),)),
        Party("firm", kinds=known("vendor"), roles=(Role("controller"),)),
        *parties,
    ]
    return System(
        "tiny",
        parties={p.id: p for p in companies},
        subjects=people,
        nodes={n.id: n for n in made},
        flows=flows,
    )


def policy(*rules: Rule, **said: object) -> Policy:
    return Policy("p", by="us", rules=rules, **said)  # type: ignore[arg-type]


def pattern(kind: EventKind, *conditions: Condition) -> Condition:
    return All((EventIs(kind), *conditions))


def of(*data: str) -> DataIn:
    return DataIn(data)


def forbid(*conditions: Condition, kind: EventKind = EventKind.TRANSFER, **said: object) -> Forbid:
    return Forbid(About("rule"), pattern(kind, *conditions), **said)  # type: ignore[arg-type]


def found(system: System, *policies: Policy, rule: str = "rule") -> list[Judged]:
    events = judge(Program(VOCABULARY, policies), policies, system, DATE)
    assert events == tuple(sorted(events))
    return [event for event in events if event.rule == rule]


def verdicts(system: System, *policies: Policy, rule: str = "rule") -> dict[str, Verdict]:
    """The verdicts by carrier; each carrier must have one event, or several that agree."""
    events = found(system, *policies, rule=rule)
    by_carrier = {event.carrier: event.verdict for event in events}
    assert all(by_carrier[event.carrier] is event.verdict for event in events)
    return by_carrier


KEPT, BROKEN, UNDETERMINED = Verdict.KEPT, Verdict.BROKEN, Verdict.UNDETERMINED
IN = flow("in", "alice", "app", "email", uses=(Use("support", known("contract")),))
