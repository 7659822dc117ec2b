"""Repairs: a repair mends its finding and harms nothing, has no part too many, and leaves the law alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from lawful.analysis import workshop
from lawful.analysis.changes import candidates
from lawful.analysis.drafts import Base, Draft
from lawful.analysis.repairs import checked, mend
from lawful.analysis.steps import Candidate
from lawful.check import check, in_force
from lawful.findings import WORST, Finding, Report, Verdict
from lawful.propagation.standing import Standing
from lawful.system.model import System
from lawful_dsl.program import Program
from tests.flows.services import CALLBRIDGE

BROKEN = CALLBRIDGE.files("broken")


class Case:
    """A broken system, its finding, and the changes that are worth trying."""

    def __init__(self, program: Program, system: System, report: Report) -> None:
        self.program, self.system, self.report = program, system, report
        mended = mend(report, program, system)
        [self.finding] = [f for f in mended.findings if f.verdict is Verdict.BROKEN]
        [self.policy] = in_force(program, report.policies, report.date)
        [rule] = [r for r in self.policy.rules if r.about.id == self.finding.rule]
        lattice = program.vocabulary.on(report.date)
        ours = Standing(system, lattice, self.policy.by).ours
        self.candidates = candidates(self.finding, rule, self.policy, Base(system), lattice, ours)

    @property
    def repair(self) -> tuple[Candidate, ...]:
        """The changes of the repair, as they are applied."""
        assert self.finding.repair
        chosen = []
        for change in self.finding.repair.changes:
            [candidate] = [c for c in self.candidates if c.change == change]
            chosen.append(candidate)
        return tuple(chosen)

    def after(self, changes: tuple[Candidate, ...]) -> Report:
        draft = Draft(Base(self.system))
        for candidate in changes:
            draft = candidate.apply(draft)
        return check(self.program, draft.system, policies=self.report.policies, on=self.report.date)

    def mends(self, changes: tuple[Candidate, ...]) -> bool:
        """Whether the finding is gone, and no other is there or worse than it was."""
        before, now = verdicts(self.report), verdicts(self.after(changes))
        worse = [
            key
            for key, verdict in now.items()
            if WORST.index(verdict) < WORST.index(before.get(key, Verdict.KEPT))
        ]
        return fingerprint(self.finding) not in now and not worse

    def cuts(self) -> set[str]:
        """The flows that a repair might cut."""
        return {c.change.on for c in self.candidates if c.change.action == "cut"}


def fingerprint(finding: Finding) -> tuple[str, str]:
    return finding.policy, finding.fingerprint


def verdicts(report: Report) -> dict[tuple[str, str], Verdict]:
    found: dict[tuple[str, str], Verdict] = {}
    for finding in report.findings:
        before = found.get(fingerprint(finding), Verdict.KEPT)
        found[fingerprint(finding)] = min(before, finding.verdict, key=WORST.index)
    return found


@pytest.fixture(params=BROKEN, ids=lambda path: path.stem, scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    return Case(*CALLBRIDGE.checked(request.param))


def named(name: str) -> Case:
    return Case(*CALLBRIDGE.checked(CALLBRIDGE.folder / "broken" / f"{name}.flow"))


def test_a_repair_removes_the_finding_and_makes_none(case: Case) -> None:
    assert case.repair
    assert case.mends(case.repair)


def test_no_part_of_a_repair_is_enough(case: Case) -> None:
    for size in range(len(case.repair)):
        for some in combinations(case.repair, size):
            assert not case.mends(some)


def test_no_gentler_change_would_do(case: Case) -> None:
    if len(case.repair) == 1:
        [chosen] = case.repair
        before = case.candidates[: case.candidates.index(chosen)]
        assert not any(case.mends((candidate,)) for candidate in before)


def test_masking_comes_before_all_else_and_cuts_come_last(case: Case) -> None:
    masks = [c.change.action in ("masking", "tokenising") for c in case.candidates]
    cuts = [c.change.action == "cut" for c in case.candidates]
    assert masks == sorted(masks, reverse=True)
    assert cuts == sorted(cuts)
    chosen = {c.change.action for c in case.repair}
    if any(masked and case.mends((c,)) for masked, c in zip(masks, case.candidates, strict=True)):
        assert chosen <= {"masking", "tokenising"}


def test_policies_subjects_and_roles_never_change(case: Case) -> None:
    for candidate in case.candidates:
        one, other = case.system, candidate.apply(Draft(Base(case.system))).system
        assert other.policies == one.policies
        assert other.subjects == one.subjects
        assert other.facts == one.facts
        assert list(other.parties) == list(one.parties)
        for id, party in other.parties.items():
            was = one.parties[id]
            assert party == replace(was, contracts=party.contracts, certificates=party.certificates)
        assert {id: n.owner for id, n in other.nodes.items()} == {
            id: n.owner for id, n in one.nodes.items()
        }


def test_a_change_leaves_the_system_it_is_applied_to(case: Case) -> None:
    flows, nodes, parties = case.system.flows, dict(case.system.nodes), dict(case.system.parties)
    draft = Draft(Base(case.system))
    for candidate in case.candidates:
        candidate.apply(draft)
    assert (draft.flows, draft.nodes, draft.parties) == ({}, {}, {})
    assert case.system.flows == flows
    assert case.system.nodes == nodes
    assert case.system.parties == parties


def test_the_same_finding_has_the_same_repair(case: Case) -> None:
    again = mend(case.report, case.program, case.system)
    assert [f.repair for f in again.findings if f.verdict is Verdict.BROKEN] == [
        case.finding.repair
    ]


def test_what_is_tried_in_turn_on_a_kept_system_is_what_a_check_says_of_each(case: Case) -> None:
    tried = workshop.Workshop(case.program, case.system, case.report)
    some = [(candidate,) for candidate in case.candidates]
    some += list(combinations(case.candidates[:4], 2))
    assert [tried.mends(case.finding, each) for each in some] == [case.mends(e) for e in some]


def test_a_system_that_is_not_kept_has_the_same_repair(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "MOST_KEPT", 0)
    monkeypatch.setattr(workshop, "MOST_CHECKED", 1_000_000)
    again = mend(case.report, case.program, case.system)
    assert [f.repair for f in again.findings if f.verdict is Verdict.BROKEN] == [
        case.finding.repair
    ]


def test_a_check_with_repairs_is_a_check_and_its_repairs(case: Case) -> None:
    both = checked(case.program, case.system, policies=case.report.policies, on=case.report.date)
    assert both == mend(case.report, case.program, case.system)


def test_a_report_says_of_how_many_findings_no_repair_was_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program, system, report = CALLBRIDGE.checked(BROKEN[0])
    monkeypatch.setattr(workshop, "MOST_LOOKED_AT", 0)
    weary = mend(report, program, system)
    assert not any(finding.repair for finding in weary.findings)
    assert weary.notices[-1] == "no repair was sought for 1 of the findings: there are too many"


@pytest.mark.parametrize(
    ("name", "flow"),
    [
        ("card-number-round-a-cycle", "intake -> lucid"),
        ("card-number-through-log-pipeline", "log_shipper -> dev_tickets"),
    ],
)
def test_a_card_number_is_masked_and_not_cut_off(name: str, flow: str) -> None:
    [change] = named(name).repair
    assert (change.change.action, change.change.on) == ("masking", flow)


# --- what one would advise ------------------------------------------------------------------------

ADVICE = {
    "advertisement-in-the-app": "cut `app -> adnet`",
    "billing-not-entered": "let `subscriber -> payment_form` ask for `billing_entered`"
    " (`only if` or `unless`)",
    "card-number-in-hosted-store": "take card_vault off northcloud",
    "card-number-round-a-cycle": "masking card_number as card_last_four on `intake -> lucid`",
    "card-number-through-log-pipeline": "masking card_number as card_last_four"
    " on `log_shipper -> dev_tickets`",
    "category-outside-the-row": "drop call_rating_data from `bridge -> transline`",
    "childs-recording": "keep voice_recording at `family_recordings`"
    " for longer of service_use, subscription_term",
    "collection-outside-the-rows": "drop health_data from `subscriber -> web_app`",
    "combining-without-consent": "obtain express consent for what `enrichment` joins",
    "email-address-to-advertising-partner": "obtain express consent for `accounts -> adnet`",
    "figures-that-name-people": "send only aggregated data on `warehouse -> trendhouse`",
    "hosting-region-outside-the-row": "move accounts to US",
    "known-minor": "cut `child -> mobile_app`",
    "name-beside-the-anonymous-number": "cut `website -> bannerworks`",
    "opt-out-of-the-account": "add `unless opted_out of sale per browser` to `website -> adnet`",
    "password-at-development": "tokenising password as password_hash on `accounts -> sandbox`",
    "product-email-without-consent": "obtain express consent for `accounts -> mailwave`",
    "purpose-drift": "add `unless opted_out of new_purpose` to `recordings -> trainer`",
    "purpose-outside-the-row": "cut `bridge -> transline`",
    "recipient-in-no-row": "cut `bridge -> scribe`",
    "recipient-not-bound": "put relate under onward_transfer_terms",
    "retention-too-long": "keep recording at `recordings` for purpose_duration",
    "sale-despite-opt-out": "add `unless opted_out of sale per browser` to `website -> adnet`",
    "sale-for-money": "cut `accounts -> refer`",
    "sign-up-consent-does-not-cover": "obtain express consent for `accounts -> refer`",
    "wrong-basis": "rest `subscriber -> web_app` on consent",
}


def test_every_broken_system_has_its_advice() -> None:
    assert sorted(ADVICE) == [path.stem for path in BROKEN]


@pytest.mark.parametrize("name", sorted(ADVICE))
def test_the_advice_is_what_one_would_do_first(name: str) -> None:
    assert [c.change.text for c in named(name).repair] == [ADVICE[name]]


def test_a_form_is_advised_only_where_the_rule_names_it() -> None:
    forms = {"aggregated", "anonymised"}
    advised = {
        path.stem
        for path in BROKEN
        if forms & {c.change.action for c in named(path.stem).candidates}
    }
    assert advised == {
        "email-address-to-advertising-partner",
        "figures-that-name-people",
        "sign-up-consent-does-not-cover",
    }


# --- what a register provides for -----------------------------------------------------------------


def test_what_a_row_provides_for_is_never_cut() -> None:
    assert "bridge -> transline" not in named("category-outside-the-row").cuts()
    assert "accounts on northcloud" not in named("hosting-region-outside-the-row").cuts()


def test_what_no_row_provides_for_can_be_cut() -> None:
    assert "bridge -> transline" in named("purpose-outside-the-row").cuts()
    assert "bridge -> scribe" in named("recipient-in-no-row").cuts()


@pytest.mark.parametrize("said", ["for same", ""])
def test_what_a_row_may_provide_for_is_not_cut_either(tmp_path: Path, said: str) -> None:
    text = (CALLBRIDGE.folder / "broken" / "category-outside-the-row.flow").read_text("utf-8")
    changed = text.replace("call_rating_data  for dial_in_numbers", f"call_rating_data  {said}")
    assert changed != text
    path = tmp_path / "unsaid.flow"
    path.write_text(changed, "utf-8")
    program, system, report = CALLBRIDGE.checked(path)
    [policy] = in_force(program, report.policies, report.date)
    lattice = program.vocabulary.on(report.date)
    ours = Standing(system, lattice, policy.by).ours
    for finding in report.findings:
        for rule in policy.rules:
            if rule.about.id == finding.rule:
                found = candidates(finding, rule, policy, Base(system), lattice, ours)
                cut = {c.change.on for c in found if c.change.action == "cut"}
                assert "bridge -> transline" not in cut


# --- cuts -----------------------------------------------------------------------------------------


def test_a_cut_never_widens_what_read_only_the_flow() -> None:
    program, system, _ = CALLBRIDGE.checked(
        CALLBRIDGE.folder / "broken" / "card-number-through-log-pipeline.flow"
    )
    head, reader = "payment_form -> log_collector", "log_collector -> log_buffer"
    flows = tuple(replace(f, from_flows=(head,)) if f.id == reader else f for f in system.flows)
    assert flows != system.flows
    system = replace(system, flows=flows)
    case = Case(program, system, check(program, system))
    [cut] = [c for c in case.candidates if c.change.action == "cut" and c.change.on == head]
    left = {f.id: f for f in cut.apply(Draft(Base(system))).system.flows}
    assert head not in left
    assert reader not in left
    assert reader in cut.change.text
