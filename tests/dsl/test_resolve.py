"""Resolving: what the rules and definitions of policies come to mean."""

from __future__ import annotations

import pytest

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.program import DataIn, EventIs, EventKind, PartyIs, PlaceIn, SubjectIs
from tests.dsl.words import resolved

ENCRYPTED = frozenset({p.Form.ENCRYPTED})


def policy(text: str) -> p.Policy:
    program, found = resolved(f"policy x\nuse words\n{text}\n")
    assert [d.message for d in found] == []
    (only,) = program.policies
    return only


def rule(text: str) -> p.Rule:
    return policy(text).rules[-1]


def event(text: str) -> tuple[p.Condition, ...]:
    """What `forbid TEXT` asks beside the kind of event."""
    found = rule(f"forbid {text}")
    assert isinstance(found, p.Forbid)
    assert isinstance(found.event, p.All)
    first, *rest = found.event.items
    assert isinstance(first, EventIs)
    return tuple(rest)


# --- parts ----------------------------------------------------------------------------------------

MINOR = "define minor as person except parent when age < 18\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("use of card, email", DataIn(("card", "email"))),
        ("use of personal_data except card", DataIn(("personal_data",), ("card",))),
        ("use of all_data except card", DataIn((), ("card",))),
        ("use of 'user.contact'", DataIn(("email",))),
        ("use of card in encrypted", DataIn(("card",), (), ENCRYPTED)),
        ("use of card for support in encrypted", None),
        ("use of card in any form", DataIn(("card",), (), frozenset(p.FORMS))),
        ("use in encrypted", DataIn((), (), ENCRYPTED)),
        ("use of all_data, card", DataIn(())),
        ("use of card, email except card, card", DataIn(("card", "email"), ("card",))),
        ("use anything from card", p.LineageIn(("card",))),
        ("use anything from card in encrypted", p.LineageIn(("card",), ENCRYPTED)),
        ("use of child, parent", SubjectIs("subject", ("child", "parent"))),
        ("transfer to vendor, host", PartyIs("target", ("vendor", "host"))),
        ("transfer from vendor", PartyIs("source", ("vendor",))),
        ("transfer to us", p.UsIs("target")),
        ("transfer from outside", p.OutsideIs("source")),
        ("transfer to third_party", p.ThirdPartyIs("target")),
        ("transfer to own_subject", p.OwnSubjectIs("target")),
        ("transfer to another", p.AnotherPersonIs()),
        ("transfer to processor, conduit", p.RoleIs("target", ("processor", "conduit"))),
        ("transfer to development", p.EnvironmentIs("target", ("development",))),
        ("transfer to store, device", p.NodeIs("target", ("store", "device"))),
        ("transfer to gate", p.ProductIs("target", ("gate",))),
        ("transfer from shop", p.SiteIs("source", ("shop",))),
        ("transfer to child", SubjectIs("target", ("child",))),
        ("transfer from EU", PlaceIn("source", ("EU",))),
        ("transfer in EU, US", PlaceIn("target", ("EU", "US"))),
        ("transfer seated in US", p.SeatedIn(("US",))),
        ("transfer residence in EU", p.ResidenceIn("subject", ("EU",))),
        ("transfer for support", p.PurposeIn(("support",))),
        ("transfer for within collected for", p.PurposeWithinCollected()),
        ("transfer on contract", p.BasisIn(("contract",))),
        ("join with email", p.JoinedWith(("email",))),
        ("transfer with express consent", p.ConsentIs(("express",))),
        (
            "transfer with express consent given by parent",
            p.ConsentIs(("express",), "parent"),
        ),
        ("transfer under scc", p.MechanismIn(("scc",))),
        ("transfer under dpa", p.ContractIs(("dpa",))),
        (
            "transfer under scc, dpa",
            p.AnyOf((p.MechanismIn(("scc",)), p.ContractIs(("dpa",)))),
        ),
        ("transfer by mail", p.ChannelIn(("mail",))),
        ("transfer using tls", p.MeasureIn(("tls",))),
        ("transfer certified dpf_list", p.CertifiedAs(("dpf_list",))),
        ("transfer marked verified", p.MarkedAs(("verified",))),
        ("transfer guard opted_out", p.GuardedBy(p.State("opted_out"))),
        (
            "transfer guard opted_out of marketing per browser",
            p.GuardedBy(p.State("opted_out", "marketing", "browser")),
        ),
        ("transfer collected for support", p.CollectedFor(("support",))),
        ("transfer collected on consent", p.CollectedOn(("consent",))),
        ("transfer received under scc", p.ReceivedUnder(("scc",))),
    ],
)
def test_a_part(text: str, expected: p.Condition | None) -> None:
    found = event(text)
    if expected is None:  # the form belongs to the `of` before it, whatever stands between
        assert found == (DataIn(("card",), (), ENCRYPTED), p.PurposeIn(("support",)))
    else:
        assert found == (expected,)


def test_names_of_several_sorts_are_alternatives() -> None:
    (found,) = event("transfer to vendor, us, development, host")
    assert found == p.AnyOf(
        (
            PartyIs("target", ("vendor", "host")),
            p.UsIs("target"),
            p.EnvironmentIs("target", ("development",)),
        )
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("age < 18", p.AgeIs("subject", "<", 18)),
        ("known", p.KnownIs("subject")),
        ("not known", p.Negation(p.KnownIs("subject"))),
        ("place in residence", p.PlaceInResidence()),
        ("consideration", p.ConsiderationIs(())),
        ("consideration = money", p.ConsiderationIs(("money",))),
        ("consideration != money", p.Negation(p.ConsiderationIs(("money",)))),
        ("opted_out of transfer", p.StateIs("subject", p.State("opted_out", "transfer"))),
        ("audited", p.AttributeIs("flow", "audited", "=", True)),
        ("loyal", p.AttributeIs("subject", "loyal", "=", True)),
        ("risk = high", p.AttributeIs("target", "risk", "=", "high")),
        ("score >= 3", p.AttributeIs("target", "score", ">=", 3)),
        ("since < 2024-01-01", p.AttributeIs("target", "since", "<", "2024-01-01")),
        ("notice < 3 days", p.AttributeIs("flow", "notice", "<", s.Length(3, "days"))),
        ("in US", PlaceIn("target", ("US",))),
        ("in encrypted", DataIn((), (), ENCRYPTED)),
        ("in any form", DataIn((), (), frozenset(p.FORMS))),
        ("to vendor", PartyIs("target", ("vendor",))),
        ("known or audited and loyal", None),
    ],
)
def test_a_condition(text: str, expected: p.Condition | None) -> None:
    found = event(f"transfer when {text}")
    if expected is None:  # `and` binds more than `or`
        audited = p.AttributeIs("flow", "audited", "=", True)
        loyal = p.AttributeIs("subject", "loyal", "=", True)
        assert found == (p.AnyOf((p.KnownIs("subject"), p.All((audited, loyal)))),)
    else:
        assert found == (expected,)


# --- definitions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "who"),
    [("use of minor", "subject"), ("use from minor", "source"), ("use to minor", "target")],
)
def test_a_defined_subject_is_read_where_it_is_named(text: str, who: p.Who) -> None:
    found = rule(f"{MINOR}forbid {text}")
    assert isinstance(found, p.Forbid)
    asked = (
        SubjectIs(who, ("person",)),
        p.Negation(SubjectIs(who, ("parent",))),
        p.AgeIs(who, "<", 18),
    )
    assert found.event == p.All((EventIs(EventKind.USE), *asked))
    assert found.about.names == {"minor", "person", "parent"}


def test_a_defined_place_may_use_others_and_except_some() -> None:
    text = "define union as EU except FR\ndefine near as union, US\nforbid transfer "
    union = p.All((PlaceIn("target", ("EU",)), p.Negation(PlaceIn("target", ("FR",)))))
    found = rule(f"{text}in near")
    assert isinstance(found, p.Forbid)
    assert found.event == p.All(
        (EventIs(EventKind.TRANSFER), p.AnyOf((PlaceIn("target", ("US",)), union)))
    )
    found = rule(f"{text}residence in union")
    assert isinstance(found, p.Forbid)
    home = p.ResidenceIn("subject", ("EU",))
    assert found.event == p.All(
        (EventIs(EventKind.TRANSFER), home, p.Negation(p.ResidenceIn("subject", ("FR",))))
    )


def test_a_defined_party_reads_the_attributes_of_its_end() -> None:
    found = rule("define risky as vendor, outside when risk = high\nforbid transfer from risky")
    assert isinstance(found, p.Forbid)
    either = p.AnyOf((PartyIs("source", ("vendor",)), p.OutsideIs("source")))
    asked = p.AttributeIs("source", "risk", "=", "high")
    assert found.event == p.All((EventIs(EventKind.TRANSFER), either, asked))


def test_a_defined_party_is_in_the_place_of_its_end() -> None:
    text = "define near as vendor in EU\nforbid transfer from near to near"
    found = rule(text)
    assert isinstance(found, p.Forbid)
    first, second = PlaceIn("source", ("EU",)), PlaceIn("target", ("EU",))
    parties = PartyIs("source", ("vendor",)), PartyIs("target", ("vendor",))
    kind = EventIs(EventKind.TRANSFER)
    assert found.event == p.All((kind, parties[0], first, parties[1], second))


def test_a_defined_event_keeps_one_kind_at_the_top() -> None:
    laid = policy(
        f"{MINOR}define sale as disclosure to third_party when consideration\n"
        "define odd as disclosure except sale\nforbid sale of card\nforbid odd"
    )
    third, paid = p.ThirdPartyIs("target"), p.ConsiderationIs(())
    first, second = laid.rules
    assert isinstance(first, p.Forbid)
    assert isinstance(second, p.Forbid)
    kind = EventIs(EventKind.DISCLOSURE)
    assert first.event == p.All((kind, third, paid, DataIn(("card",))))
    assert second.event == p.All((kind, p.Negation(p.All((third, paid)))))
    assert laid.events == (
        ("odd", second.event),
        ("sale", p.All((kind, third, paid))),
    )


# --- rules ----------------------------------------------------------------------------------------


def test_what_a_rule_says_of_itself() -> None:
    found = rule(
        "forbid F-1: use of card   # why\n"
        "  unless with express consent clause C-9\n"
        "  severity critical\n"
        '  because en "No."\n'
        '          nl "Nee."\n'
        '  cite "Section 2"\n'
        "  clause C-1, C-2\n"
        "  formerly F-0"
    )
    about = found.about
    assert (about.id, about.severity, about.citation) == ("F-1", "critical", "Section 2")
    assert about.messages == (("en", "No."), ("nl", "Nee."))
    assert (about.clauses, about.formerly) == (("C-1", "C-2"), ("F-0",))
    assert p.clauses_of(found) == ("C-1", "C-2", "C-9")
    assert about.text == "forbid F-1: use of card unless with express consent clause C-9"
    assert (about.span.line, about.span.column) == (3, 1)


def test_ids_of_rules() -> None:
    laid = policy(
        "forbid use of card clause K-1\nforbid named: use of card clause K-1\nforbid use\n"
        "  unless of card clause K-2\nforbid use of email\nassert officer"
    )
    ids = [item.about.id for item in laid.rules]
    assert ids == ["K-1", "named", "K-2", "x.forbid.4", "x.assert.1"]
    assert laid.homes == tuple((id, "x") for id in ids)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("forbid use of child", {"child"}),
        ("forbid use of person except parent", {"person", "parent"}),
        ("forbid use when (of child or known) and not of parent", {"child", "parent"}),
        ("forbid use with express consent given by parent", {"parent"}),
        ("forbid use\n  unless of child\n    unless when of parent", {"child", "parent"}),
        ("forbid use\n  unless when of child", {"child"}),
        ("closed c: use\n  permit of child\n    unless of parent", {"child", "parent"}),
        ("closed c: use\n  permit when of child", {"child"}),
        ("closed c: use\n  | of |\n  | child |", {"child"}),
        ("closed c: use of child\n  permit for support", {"child"}),
        ("retain card of child at most 1 day", {"child"}),
        (f"{MINOR}define young as minor\nforbid use when young", {"young", "minor", "person", "parent"}),
        # what a state is about, and who holds it, is of no kind of subject
        ("forbid use when opted_out of child per person", set()),
        ("forbid use of card", set()),
    ],
)  # fmt: skip
def test_the_kinds_of_subject_that_a_rule_names(text: str, names: set[str]) -> None:
    assert rule(text).about.names == names


def test_a_definition_of_a_pack_names_what_the_pack_means() -> None:
    pack = "pack house\nuse words\nsubjects\n  tenant\ndefine guest as tenant\n"
    program, found = resolved(pack, "policy x\nuse house\nforbid a: use of guest\n")
    assert found == ()
    assert program.policies[0].rules[0].about.names == {"guest", "tenant"}


def test_attributes_of_data_and_of_ends() -> None:
    text = "attribute level of data: number\nforbid transfer when level > 3 and risk = high"
    found = rule(text)
    assert isinstance(found, p.Forbid)
    level = p.AttributeIs("data", "level", ">", 3)
    risk = p.AttributeIs("target", "risk", "=", "high")
    assert found.event == p.All((EventIs(EventKind.TRANSFER), level, risk))


def test_what_cannot_be_understood_is_left_out() -> None:
    for text in ("of crd", "when of crd", "when not crd", "of crd except email", "to vndor"):
        program, found = resolved(f"policy x\nuse words\nforbid a: use {text}\n")
        assert len(found) == 1
        (left,) = program.policies[0].rules
        assert isinstance(left, p.Forbid)
        negated = (p.Negation(p.TRUE),) if "not" in text else ()
        assert left.event == p.All((EventIs(EventKind.USE), *negated))
    _, found = resolved("policy x\nuse words\nforbid use of chld except parent\n")
    assert [d.message for d in found] == ["`chld` is not known"]
    _, found = resolved("policy x\nuse words\nforbid use of crd, card, child\n")
    assert [d.message for d in found] == [
        "`crd` is not known",
        "`child` is a kind of subject, beside data categories in one list",
    ]


def test_exceptions_nest() -> None:
    found = rule(
        "forbid use\n  unless for support\n    unless in US clause C-1\n  unless on consent"
    )
    assert isinstance(found, p.Forbid)
    assert found.exceptions == (
        p.Unless(
            p.PurposeIn(("support",)),
            (p.Unless(PlaceIn("target", ("US",)), clauses=("C-1",)),),
        ),
        p.Unless(p.BasisIn(("consent",))),
    )


def test_the_other_kinds_of_rule() -> None:
    laid = policy(
        "require basis in consent, contract for collection\n"
        "require contract all of dpa, scc for transfer to vendor\n"
        "require passage through gate before transfer\n"
        "require reach of email to storage\n"
        "retain card collected for support at most longer of contract_term + 6 months, 1 year\n"
        "assert breach_notice at most 72 hours\n"
        "assert region in here, there"
    )
    basis, contract, passage, reach, retain, notice, region = laid.rules
    assert isinstance(basis, p.Require)
    assert (basis.attribute, basis.quantity, basis.terms) == (
        "basis",
        "in",
        ("consent", "contract"),
    )
    assert isinstance(contract, p.Require)
    assert (contract.quantity, contract.terms) == ("all of", ("dpa", "scc"))
    assert isinstance(passage, p.Passage)
    assert passage.through == ("gate",)
    assert isinstance(reach, p.Reach)
    assert reach.terms == ("email",)
    assert isinstance(retain, p.Retain)
    assert retain.event == p.All(
        (EventIs(EventKind.STORAGE), DataIn(("card",)), p.CollectedFor(("support",)))
    )
    term = s.Symbol(s.Name("contract_term"), s.Length(6, "months"))
    assert retain.period == s.Choice("longer", (term, s.Length(1, "years")))
    assert isinstance(notice, p.Assert)
    assert (notice.bound, notice.period) == ("at most", s.Length(72, "hours"))
    assert isinstance(region, p.Assert)
    assert (region.bound, region.terms) == ("in", ("here", "there"))


def test_actual_is_said_of_the_rule_and_asks_nothing() -> None:
    found = rule("forbid use of card actual")
    assert found.about.actual
    assert isinstance(found, p.Forbid)
    assert found.event == p.All((EventIs(EventKind.USE), DataIn(("card",))))


def test_a_register() -> None:
    laid = policy(
        "closed block: disclosure to third_party\n"
        '  cite "Table 1"\n'
        "  permit of email\n"
        "  | to     | of              | for     | in        | with    | clause   | retention     |\n"
        "  | vendor | all except card | support | encrypted | express | R-1, R-2 | at most 1 day |\n"
        "  | all    | card            | all     | EU        | all     |          |               |\n"
    )
    block, bound = laid.rules
    assert isinstance(block, p.Closed)
    assert block.about.text == "closed block: disclosure to third_party"
    plain, first, second = block.permits
    assert (plain.row, plain.text) == (0, "permit of email")
    data = DataIn((), ("card",), ENCRYPTED)
    assert first.columns == (
        ("to", PartyIs("target", ("vendor",))),
        ("of", data),
        ("for", p.PurposeIn(("support",))),
        ("with consent", p.ConsentIs(("express",))),
    )
    assert first.condition == p.All(tuple(condition for _, condition in first.columns))
    assert (first.row, first.clauses, first.span.line) == (1, ("R-1", "R-2"), 7)
    assert second.row == 2
    assert [word for word, _ in second.columns] == ["to", "of", "for", "in", "with"]
    assert second.condition == p.All((DataIn(("card",)), PlaceIn("target", ("EU",))))
    assert isinstance(bound, p.Retain)
    assert (bound.about.id, bound.about.clauses) == ("block.row1", ("R-1", "R-2"))
    assert bound.about.citation == "Table 1"
    assert (bound.bound, bound.period) == ("at most", s.Length(1, "days"))
    assert bound.event == p.All((EventIs(EventKind.STORAGE), data, p.CollectedFor(("support",))))


def test_readings_take_the_id_of_their_block() -> None:
    program, found = resolved(
        "policy x\n  text nl, sq, ar\nuse words\n"
        "readings C-1\n  severity high\n  nl, sq: forbid use of card for marketing\n  ar: nothing\n"
    )
    assert found == ()
    (read,) = program.policies[0].rules
    assert isinstance(read, p.Readings)
    (first, inner), second = read.readings
    assert first == ("nl", "sq")
    assert second == (("ar",), None)
    assert isinstance(inner, p.Forbid)
    assert (inner.about.id, inner.about.severity) == ("C-1", "high")


def test_treat_and_prevails() -> None:
    laid = policy(
        f"{MINOR}treat minor as subscriber when not known clause C-1\n"
        "forbid a: use of card\nforbid b: use of email\na prevails over b for use of card"
    )
    (treat,) = laid.treats
    assert (treat.name, treat.as_, treat.clauses) == ("minor", "subscriber", ("C-1",))
    assert treat.when == p.Negation(p.KnownIs("subject"))
    (order,) = laid.prevails
    assert (order.over, order.under) == ("a", "b")
    assert order.event == p.All((EventIs(EventKind.USE), DataIn(("card",))))
