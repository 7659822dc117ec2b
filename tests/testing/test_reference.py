"""The reference checker: sentences on propagation, guards, leaves and claims, each on a few nodes."""

from __future__ import annotations

import pytest

from lawful.findings import Reason, Verdict
from lawful.system.model import (
    Certificate,
    Change,
    Consent,
    Fact,
    Guard,
    Node,
    Origin,
    Party,
    Role,
    Subject,
    System,
    Use,
)
from lawful.testing.reference import conclude, examine
from lawful_dsl.program import (
    About,
    ConsentIs,
    EventKind,
    LineageIn,
    MechanismIn,
    Negation,
    PlaceIn,
    Program,
    PurposeIn,
    PurposeWithinCollected,
    Require,
    State,
    StateIs,
    Unless,
    UsIs,
)
from tests.testing.small import (
    BROKEN,
    DATE,
    IN,
    KEPT,
    SALE,
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
