"""The reference checker: sentences of the contract, each tried on a system of a few nodes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from lawful.findings import Reason, Verdict
from lawful.system.model import (
    NONE,
    Carried,
    Certificate,
    Change,
    Consent,
    Derivation,
    Fact,
    Flow,
    Guard,
    Join,
    Kept,
    Node,
    Origin,
    Party,
    Role,
    Subject,
    System,
    Use,
)
from lawful.testing.reference import Judged, assertions, conclude, examine, judge
from lawful_dsl.program import (
    About,
    AgeIs,
    All,
    Assert,
    Closed,
    Condition,
    ConsentIs,
    DataIn,
    EventIs,
    EventKind,
    Forbid,
    LineageIn,
    MechanismIn,
    Negation,
    Passage,
    Permit,
    PlaceIn,
    Policy,
    Prevails,
    Program,
    PurposeIn,
    PurposeWithinCollected,
    Reach,
    Readings,
    Require,
    Retain,
    Rule,
    State,
    StateIs,
    SubjectIs,
    ThirdPartyIs,
    Treat,
    Unless,
    UsIs,
)
from lawful_dsl.syntax import Choice, Length, Name, Period, Symbol
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


# --- propagation ---------------------------------------------------------------------------------


def test_a_silent_flow_carries_everything_and_a_declared_one_only_what_it_declares() -> None:
    tiny = system(
        flow("in", "alice", "app", "email", "card"),
        flow("all", "app", "db"),
        flow("some", "app", "firm", "email"),
    )
    assert verdicts(tiny, policy(forbid(of("card")))) == {"in": BROKEN, "all": BROKEN}


def test_cycles_are_exact_and_flows_inside_them_filter() -> None:
    tiny = system(
        flow("in", "alice", "a", "email", "card"),
        flow("there", "a", "b", "card"),
        flow("back", "b", "a", changes=(Change("masking", "card", "last4"),)),
        flow("out", "a", "firm", "last4", "phone"),
        nodes=[Node("a", "service", owner="us"), Node("b", "service", owner="us")],
    )
    out = [e for e in found(tiny, policy(forbid())) if e.carrier == "out"]
    assert [(e.category, e.origin, e.unsourced) for e in out] == [
        ("last4", "in", False),
        ("phone", "out", True),
    ]
    lineage = policy(forbid(LineageIn(("card",))))
    events = [e for e in found(tiny, lineage) if e.carrier in ("back", "out")]
    assert [(e.carrier, e.category, e.verdict, e.reason) for e in events] == [
        ("back", "last4", BROKEN, None),
        ("out", "last4", BROKEN, None),
        ("out", "phone", UNDETERMINED, Reason.UNSOURCED),
    ]


def test_what_is_declared_to_be_held_and_does_not_arrive_starts_before_what_flows_declare() -> None:
    tiny = system(
        IN,
        flow("out", "crm", "firm", "email", "card"),
        flow("to crm", "app", "crm"),
        nodes=[
            Node(
                "crm",
                "store",
                owner="us",
                origins=(Origin("holds", "email"), Origin("holds", "card")),
            )
        ],
    )
    out = [e for e in found(tiny, policy(forbid())) if e.carrier == "out"]
    assert [(e.category, e.origin, e.unsourced) for e in out] == [
        ("card", "crm", False),
        ("email", "in", False),
    ]
    collected = policy(forbid(kind=EventKind.COLLECTION))
    assert set(verdicts(tiny, collected)) == {"in", "crm"}


def test_a_silent_node_that_nothing_reaches_holds_unknown_data_and_nothing_of_it_is_broken() -> (
    None
):
    tiny = system(
        flow("on", "app", "db"),
        flow("all", "db", "firm", uses=(Use("ads"),)),
        flow("named", "db", "firm", "email"),
    )
    program, one = Program(VOCABULARY), policy(forbid(PurposeIn(("ads",))))
    examined = examine(program, [one], tiny, DATE)
    assert {(e.judged.carrier, e.judged.verdict, e.judged.reason) for e in examined} == {
        ("on", UNDETERMINED, Reason.UNKNOWN_DATA),
        ("all", UNDETERMINED, Reason.UNKNOWN_DATA),
        ("named", UNDETERMINED, Reason.UNDECLARED),
    }
    unknown = [c for c in conclude(examined, tiny) if c.category == "unknown data"]
    assert [(c.carrier, c.beneath) for c in unknown] == [("app", 1)]
    quiet = system(
        flow("on", "app", "db"), nodes=[Node("app", "service", owner="us", holds_nothing=True)]
    )
    assert verdicts(quiet, one) == {}


def test_outside_parties_start_a_new_origin_and_who_acts_for_us_relays() -> None:
    flows = (
        IN,
        flow("to firm", "app", "firm"),
        flow("back", "firm", "app", "email"),
    )
    rule = policy(forbid(kind=EventKind.COLLECTION))
    origins = {(e.carrier, e.origin) for e in found(system(*flows), rule)}
    assert origins == {("in", "in"), ("back", "back")}
    acting = system(*flows, parties=[Party("firm", roles=(Role("processor"),))])
    assert {(e.carrier, e.origin) for e in found(acting, rule)} == {("in", "in")}


def test_from_reads_only_what_the_named_flows_brought() -> None:
    tiny = system(
        IN,
        flow("card", "alice", "app", "card"),
        flow("out", "app", "firm", from_flows=("in",)),
    )
    assert [e.category for e in found(tiny, policy(forbid())) if e.carrier == "out"] == ["email"]


# --- guards, states ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("guards", "states", "expected"),
    [
        ((), {}, {"in": BROKEN, "out": BROKEN}),
        ((Guard(SALE),), {}, {"in": BROKEN, "out": KEPT}),
        ((Guard(State("opted_out", "sale", "browser")),), {}, {"in": BROKEN, "out": BROKEN}),
        ((Guard(SALE),), {SALE: True}, {"in": BROKEN}),
        ((Guard(SALE, only_if=True),), {}, {"in": BROKEN, "out": BROKEN}),
        ((), {SALE: False}, {"in": KEPT, "out": KEPT}),
    ],
)
def test_a_guard_settles_the_state_of_those_whom_it_lets_through(
    guards: tuple[Guard, ...], states: dict[State, bool], expected: dict[str, Verdict]
) -> None:
    tiny = system(
        IN,
        flow("out", "app", "firm", guards=guards),
        alice=Subject("alice", "adult", states=states),
    )
    rule = policy(forbid(exceptions=(Unless(Negation(StateIs("subject", SALE))),)))
    assert verdicts(tiny, rule) == expected


# --- leaf by leaf --------------------------------------------------------------------------------


def test_a_coarse_datum_purpose_or_place_is_judged_leaf_by_leaf() -> None:
    tiny = system(
        flow("in", "alice", "app", "personal"),
        flow("out", "app", "firm", "email", uses=(Use("marketing"),), places=known("EU")),
    )
    for rule, carrier, verdict in (
        (forbid(of("email")), "in", UNDETERMINED),
        (forbid(of("personal")), "in", BROKEN),
        (forbid(PurposeIn(("ads",))), "out", UNDETERMINED),
        (forbid(PurposeIn(("marketing",))), "out", BROKEN),
        (forbid(PlaceIn("target", ("FR",))), "out", UNDETERMINED),
        (forbid(PlaceIn("target", ("US",))), "out", None),
    ):
        events = [e for e in found(tiny, policy(rule)) if e.carrier == carrier]
        assert {e.verdict for e in events} == ({verdict} if verdict else set())
        reason = Reason.COARSE if verdict is UNDETERMINED else None
        assert {e.reason for e in events} <= {reason}


# --- claims --------------------------------------------------------------------------------------


def test_a_basis_is_inherited_for_purposes_within_those_collected_for() -> None:
    tiny = system(
        IN,
        flow("same", "app", "db", uses=(Use("support"),)),
        flow("other", "app", "firm", uses=(Use("ads"),)),
        flow("unsaid", "app", "firm"),
    )
    rule = Require(About("rule"), pattern(EventKind.USE), "basis", "in", ("contract",))
    assert verdicts(tiny, policy(rule)) == {
        "in": KEPT,
        "same": KEPT,
        "db": KEPT,
        "other": BROKEN,
        "unsaid": UNDETERMINED,
    }
    within = forbid(kind=EventKind.USE, exceptions=(Unless(PurposeWithinCollected()),))
    assert verdicts(tiny, policy(within))["other"] is BROKEN


def test_a_mechanism_counts_where_it_is_valid() -> None:
    def tiny(certificates: Fact[Certificate]) -> System:
        firm = Party(
            "firm", contracts=known("scc"), certificates=certificates, roles=(Role("controller"),)
        )
        app = Node("app", "service", owner="us", places=known("FR"))
        out = flow("out", "app", "firm", places=known("US"))
        return system(IN, out, nodes=[app], parties=[firm])

    rule = policy(forbid(of("email"), UsIs("source"), exceptions=(Unless(MechanismIn(("scc",))),)))
    held = Fact((Certificate("listed", until="2024-12-31"),), True)
    lapsed = Fact((Certificate("listed", until="2023-12-31"),), True)
    assert verdicts(tiny(held), rule) == {"out": KEPT}
    assert verdicts(tiny(lapsed), rule) == {"out": BROKEN}
    assert verdicts(tiny(Fact()), rule) == {"out": UNDETERMINED}


def test_a_consent_covers_what_it_names_and_else_what_its_flow_says() -> None:
    nothing: Fact[Consent] = Fact((), True)

    def tiny(consent: Consent) -> System:
        use = (Use("ads"),)
        return system(
            flow("in", "alice", "app", "email", uses=use, consents=Fact((consent,), True)),
            flow("ads", "app", "firm", uses=use, consents=nothing),
            flow("news", "app", "db", uses=(Use("news"),), consents=nothing),
        )

    rule = policy(forbid(exceptions=(Unless(ConsentIs(("express",))),)))
    assert verdicts(tiny(Consent("express")), rule) == {"in": KEPT, "ads": BROKEN, "news": BROKEN}
    wide = Consent("express", purposes=("marketing",), recipients=("vendor", "us"))
    assert verdicts(tiny(wide), rule) == {"in": KEPT, "ads": KEPT, "news": KEPT}
    collecting = Consent("express", operations=("collection",), purposes=("marketing",))
    assert verdicts(tiny(collecting), rule)["in"] is BROKEN


# --- treatment, joins, marks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "names", "expected"),
    [(12, (), BROKEN), (40, (), KEPT), (None, (), UNDETERMINED), (12, ("minor",), KEPT)],
)
def test_a_minor_is_treated_as_who_it_is_of_but_for_rules_that_name_it(
    age: int | None, names: tuple[str, ...], expected: Verdict
) -> None:
    tiny = system(
        flow("in", "kid", "app", "email"),
        alice=Subject("alice", "adult", residences=known("US")),
        kid=Subject("kid", "child", residences=known("FR"), age=age, of="alice"),
    )
    treat = Treat("minor", AgeIs("subject", "<", 18), "adult", All(()))
    rule = Forbid(
        About("rule", names=frozenset(names)),
        pattern(EventKind.TRANSFER),
        (Unless(SubjectIs("subject", ("child",))),),
    )
    assert verdicts(tiny, policy(rule, treats=(treat,))) == {"in": expected}


def test_a_join_is_judged_under_both_origins_and_being_together_may_be_one() -> None:
    def tiny(node: Node) -> System:
        return system(
            flow("in", "alice", "app", "email"),
            flow("buy", "firm", "app", "phone"),
            flow("out", "app", "db", "profile"),
            nodes=[node],
        )

    joined = tiny(
        Node("app", "service", owner="us", joins=(Join(("email",), ("phone",), "profile"),))
    )
    out = [e for e in found(joined, policy(forbid())) if e.carrier == "out"]
    assert [(e.category, e.origin, e.subject) for e in out] == [
        ("profile", "buy", ""),
        ("profile", "in", "alice"),
    ]
    rule = policy(forbid(of("email"), kind=EventKind.JOIN))
    events = [e for e in found(joined, rule) if e.category == "email" and e.partner == "phone"]
    assert [e.verdict for e in events] == [BROKEN]
    together = found(tiny(Node("app", "service", owner="us")), rule)
    assert [(e.carrier, e.verdict) for e in together] == [("app", UNDETERMINED)]
    apart = tiny(Node("app", "service", owner="us", apart=((("phone",), ("email",)),)))
    assert found(apart, rule) == []


def test_derived_data_have_a_lineage_and_removing_leaves_only_the_rest() -> None:
    app = Node(
        "app", "service", owner="us", derivations=(Derivation("last4", "card", removing=True),)
    )
    tiny = system(flow("in", "alice", "app", "card"), flow("out", "app", "firm"), nodes=[app])
    out = [e for e in found(tiny, policy(forbid(LineageIn(("card",))))) if e.carrier == "out"]
    assert [(e.category, e.verdict) for e in out] == [("last4", BROKEN)]


def test_passage_is_a_mark_on_what_a_gate_sends() -> None:
    gate = Node("gate", "service", owner="us", products=known("gate"))
    tiny = system(
        flow("in", "alice", "gate", "email"),
        flow("on", "gate", "app"),
        flow("around", "alice", "app", "card"),
        flow("out", "app", "firm", "email", "card", "phone"),
        nodes=[gate],
    )
    rule = Passage(About("rule"), pattern(EventKind.DISCLOSURE), ("gate",))
    assert [(e.category, e.verdict) for e in found(tiny, policy(rule))] == [
        ("card", BROKEN),
        ("email", KEPT),
        ("phone", UNDETERMINED),
    ]


def test_reach_wants_a_named_and_honoured_request_of_the_same_subject() -> None:
    rule = policy(Reach(About("rule"), pattern(EventKind.STORAGE, of("email")), ("erasure",)))

    def tiny(*request: str, honours: Fact[str], subject: str = "alice") -> System:
        db = Node("db", "store", owner="us", honours=honours, purposes=known("support"))
        ask = flow("ask", subject, "app", "erasure")
        pass_on = flow("pass on", "app", "db", *request)
        store = flow("store", "app", "db", "email")
        return system(IN, ask, pass_on, store, nodes=[db], bob=Subject("bob", "adult"))

    honours = known("erasure")
    assert verdicts(tiny("erasure", honours=honours), rule) == {"db": KEPT}
    assert verdicts(tiny(honours=honours), rule) == {"db": BROKEN}
    assert verdicts(tiny("erasure", honours=NONE), rule) == {"db": BROKEN}
    assert verdicts(tiny("erasure", honours=Fact()), rule) == {"db": UNDETERMINED}
    assert verdicts(tiny("erasure", honours=honours, subject="bob"), rule) == {"db": BROKEN}


# --- retention -----------------------------------------------------------------------------------

TERM = Symbol(Name("contract_term"))
TRIAL = Symbol(Name("trial"))


@pytest.mark.parametrize(
    ("kept", "bound", "period", "expected"),
    [
        (Length(30, "days"), "at most", Length(1, "month"), UNDETERMINED),
        (Length(28, "days"), "at most", Length(1, "month"), KEPT),
        (Length(1, "year"), "exactly", Length(12, "months"), KEPT),
        (TRIAL, "at most", TERM, KEPT),
        (TERM, "at most", TRIAL, UNDETERMINED),
        (TERM, "at most", Symbol(Name("contract_term"), Length(1, "year")), KEPT),
        (TERM, "at most", Choice("longer", (TERM, Length(1, "year"))), KEPT),
        (Symbol(Name("trial"), Length(2, "years")), "at most", Length(1, "year"), BROKEN),
        (Choice("else", (TERM, Length(1, "year"))), "at most", TERM, UNDETERMINED),
        (None, "at most", TERM, UNDETERMINED),
    ],
)
def test_retention_is_decided_by_the_order_of_periods(
    kept: Period | None, bound: str, period: Period, expected: Verdict
) -> None:
    db = Node("db", "store", owner="us", kept=(Kept(kept),), purposes=known("support"))
    tiny = system(IN, flow("store", "app", "db"), nodes=[db])
    rule = Retain(About("rule"), pattern(EventKind.STORAGE), bound, period)
    assert verdicts(tiny, policy(rule)) == {"db": expected}


def test_bounds_that_no_period_meets_are_a_conflict_and_in_place_of_ends_it() -> None:
    db = Node(
        "db", "store", owner="us", kept=(Kept(Length(2, "years")),), purposes=known("support")
    )
    tiny = system(IN, flow("store", "app", "db"), nodes=[db])
    storage = pattern(EventKind.STORAGE)
    most = Retain(About("rule"), storage, "at most", Length(1, "year"))
    least = Retain(About("least"), storage, "at least", Length(2, "years"))
    for rule in ("rule", "least"):
        assert [e.reason for e in found(tiny, policy(most, least), rule=rule)] == [Reason.CONFLICT]
    instead = Retain(About("least", replaces="rule"), storage, "at least", Length(2, "years"))
    assert found(tiny, policy(most, instead)) == []
    assert verdicts(tiny, policy(most, instead), rule="least") == {"db": KEPT}


# --- closed blocks, precedence, readings, facts ---------------------------------------------------


def test_a_closed_block_admits_by_its_permits_and_those_of_blocks_that_it_admits() -> None:
    tiny = system(IN, flow("email", "app", "firm", "email"), flow("card", "app", "firm", "card"))
    disclosure = pattern(EventKind.DISCLOSURE, ThirdPartyIs("target"))
    inner = Closed(About("inner"), disclosure, (Permit(of("email"), ()),))
    outer = Closed(About("rule"), disclosure, (), ("inner",))
    assert verdicts(tiny, policy(outer, inner)) == {"email": KEPT, "card": BROKEN}
    assert verdicts(tiny, policy(Closed(About("rule"), disclosure, ())))["email"] is BROKEN


def test_a_finding_falls_only_if_what_prevails_permits_that_very_event() -> None:
    tiny = system(
        IN,
        flow("ads", "app", "firm", uses=(Use("ads"),)),
        flow("news", "app", "firm", uses=(Use("news"),)),
        flow("unsaid", "app", "firm"),
    )
    disclosure = pattern(EventKind.DISCLOSURE)
    over = Closed(About("over"), disclosure, (Permit(PurposeIn(("ads",)), ()),))
    rule = Forbid(About("rule"), disclosure)
    middle = Forbid(About("middle"), pattern(EventKind.PLACEMENT))
    order = (Prevails("over", "middle"), Prevails("middle", "rule"))
    ordered = policy(rule, over, middle, prevails=order)
    assert verdicts(tiny, ordered) == {"ads": KEPT, "news": BROKEN, "unsaid": UNDETERMINED}
    assert set(verdicts(tiny, policy(rule, over)).values()) == {BROKEN}


def test_texts_that_differ_leave_an_event_undetermined() -> None:
    tiny = system(IN)
    rule = Readings(About("rule"), ((("nl",), forbid(of("email"))), (("en", "fr"), None)))
    (event,) = found(tiny, policy(rule, texts=("nl", "en")))
    assert (event.verdict, event.reason) == (UNDETERMINED, Reason.READINGS_DIFFER)
    assert verdicts(tiny, policy(rule, texts=("nl",))) == {"in": BROKEN}
    assert verdicts(tiny, policy(rule, texts=("fr",))) == {}


def test_asserted_facts_have_verdicts() -> None:
    tiny = System("tiny", facts={"notice": Length(3, "days")})
    rules = (
        Assert(About("a"), "notice", "at most", Length(72, "hours")),
        Assert(About("b"), "notice", "at most", Length(2, "days")),
        Assert(About("c"), "officer"),
    )
    found = assertions(Program(VOCABULARY), [policy(*rules)], tiny)
    assert [each.verdict for each in found] == [KEPT, BROKEN, UNDETERMINED]


def test_a_finding_stands_where_it_first_goes_wrong() -> None:
    tiny = system(
        IN,
        flow("a", "app", "db"),
        flow("b", "db", "firm", uses=(Use("ads"), Use("news"))),
        flow("c", "app", "firm"),
    )
    one = policy(forbid(UsIs("source")))
    findings = conclude(examine(Program(VOCABULARY), [one], tiny, DATE), tiny)
    assert [(f.carrier, f.beneath) for f in findings] == [("a", 2), ("c", 0)]


def test_who_is_of_no_policy_is_unknown_and_every_event_is_judged() -> None:
    rule = Policy(
        "p", rules=(forbid(), Forbid(About("us"), pattern(EventKind.TRANSFER, UsIs("target"))))
    )
    assert verdicts(system(IN), rule) == {"in": BROKEN}
    assert verdicts(system(IN), rule, rule="us") == {"in": UNDETERMINED}
    alien = Policy("p", by="other", rules=(forbid(),))
    assert verdicts(system(IN), alien) == {}
