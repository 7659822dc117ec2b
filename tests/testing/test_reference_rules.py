"""The reference checker: sentences on treatment, joins, retention and precedence, each on a few nodes."""

from __future__ import annotations

import pytest

from lawful.findings import Reason, Verdict
from lawful.system.model import (
    NONE,
    Derivation,
    Fact,
    Join,
    Kept,
    Node,
    Subject,
    System,
    Use,
)
from lawful.testing.reference import assertions, conclude, examine
from lawful_dsl.program import (
    About,
    AgeIs,
    All,
    Assert,
    Closed,
    EventKind,
    Forbid,
    LineageIn,
    Passage,
    Permit,
    Policy,
    Prevails,
    Program,
    PurposeIn,
    Reach,
    Readings,
    Retain,
    SubjectIs,
    ThirdPartyIs,
    Treat,
    Unless,
    UsIs,
)
from lawful_dsl.syntax import Choice, Length, Name, Period, Symbol
from tests.testing.small import (
    BROKEN,
    DATE,
    IN,
    KEPT,
    UNDETERMINED,
    VOCABULARY,
    flow,
    forbid,
    found,
    known,
    of,
    pattern,
    policy,
    system,
    verdicts,
)

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
