"""The strategies: what keeps and what breaks does so, what is drawn can be checked, and shrinks to little."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings

from lawful.findings import Report, Verdict
from lawful.testing import Failure
from lawful.testing.checking import Checked, read
from lawful.testing.strategies import (
    FlowText,
    breaking_systems,
    changes,
    compliant_systems,
    flows,
    systems,
)
from lawful_dsl.format import format_flow
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source

STARTER = Path("engine/lawful/cli/starter")
RULES = ("recipients", "cards_in_development", "lawful_basis", "marketing", "how_long")
#: Rules of several kinds: a register, a bound, what texts differ on, a guard, an assertion, a request.
SHIPPED = (
    "sharing",
    "encrypted_at_rest",
    "content_kept",
    "minors",
    "breach",
    "erasure",
    "despite_objection",
)


@pytest.fixture(autouse=True)
def desk(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(root / STARTER, folder, dirs_exist_ok=True)
    monkeypatch.chdir(folder)


def report_on(text: str) -> Report:
    return Checked(read(text)).report


def verdict_of(text: str, rule: str) -> Verdict:
    return next(r.verdict for r in report_on(text).rules if r.rule == rule)


def some(examples: int = 12) -> settings:
    """Few examples, with every health check."""
    return settings(max_examples=examples, deadline=None, derandomize=True)


def test_of_rules_that_only_forbid_it_is_said_why_nothing_keeps_them(tmp_path: Path) -> None:
    policy = tmp_path / "p.law"
    policy.write_text("policy p\n  by us\nuse common\nforbid use of card_number\n", "utf-8")
    with pytest.raises(Failure, match="its rules only forbid, so that what keeps them meets none"):
        compliant_systems(str(policy))


@pytest.mark.parametrize("policy", ["our_policy", "appointlet", "messagebird"])
def test_compliant_systems_keep_every_rule(policy: str) -> None:
    seen: set[str] = set()

    @some()
    @given(compliant_systems(policy))
    def keeps(text: FlowText) -> None:
        report = report_on(text)
        assert report.verdict is Verdict.KEPT
        seen.update(r.rule for r in report.rules if r.verdict is Verdict.KEPT)

    keeps()
    assert len(seen) >= 4


@pytest.mark.parametrize("rule", RULES)
def test_breaking_systems_break_their_rule(rule: str) -> None:
    @some()
    @given(breaking_systems("our_policy", rule))
    def breaks(text: FlowText) -> None:
        assert verdict_of(text, rule) is Verdict.BROKEN

    breaks()


@pytest.mark.parametrize("rule", SHIPPED)
def test_rules_of_every_kind_can_be_broken(rule: str) -> None:
    @some(4)
    @given(breaking_systems("appointlet", rule))
    def breaks(text: FlowText) -> None:
        assert verdict_of(text, rule) is Verdict.BROKEN

    breaks()


def test_what_cannot_be_broken_is_told() -> None:
    Path("differ.law").write_text(
        "policy differ\n  by us\n  effective 2025-01-01\n  text en, nl\n\ndata\n  email\n"
        "subjects\n  buyer\npurposes\n  selling\nplaces\n  FR\nparties\n  firm\n\n"
        "readings two\n  en: forbid disclosure of email\n  nl: nothing\n",
        "utf-8",
    )
    with pytest.raises(
        Failure, match="no system breaks `two` of `differ`: the text in `nl` has no such rule"
    ):
        breaking_systems("differ", "two")


def test_they_are_shown_as_they_read() -> None:
    @settings(database=None, deadline=None, derandomize=True)
    @given(text=compliant_systems("our_policy"))
    def fails(text: FlowText) -> None:
        raise ValueError(len(text))

    with pytest.raises(ValueError, match=r"\d+") as failed:
        fails()
    notes = "\n".join(failed.value.__notes__)
    assert '"""\n    system drawn  for policy our_policy\n' in notes
    assert "\\n" not in notes


def test_systems_can_be_checked_and_come_to_every_verdict() -> None:
    verdicts: Counter[Verdict] = Counter()

    @some(30)
    @given(systems("our_policy"))
    def checked(text: FlowText) -> None:
        assert format_flow(parse_flow(Source("s.flow", text))) == text
        verdicts.update(r.verdict for r in report_on(text).rules)

    checked()
    assert {*verdicts} == {*Verdict}
    met = sum(verdicts.values()) - verdicts[Verdict.NOT_EXERCISED]
    assert verdicts[Verdict.UNDETERMINED] < met / 3, verdicts


def test_changes_add_change_and_remove() -> None:
    before = read("our_system.flow").system
    seen: set[str] = set()

    @some(50)
    @given(changes("our_system.flow"))
    def changed(text: FlowText) -> None:
        after = read(text).system
        assert Checked(read(text)).report.policies == ("our_policy",)
        for word, old, new in (
            ("node", {*before.nodes}, {*after.nodes}),
            ("flow", {f.id for f in before.flows}, {f.id for f in after.flows}),
        ):
            seen.update([f"{word} added"] if new - old else [])
            seen.update([f"{word} removed"] if old - new else [])
        same = {f.id: f for f in before.flows}
        for flow in after.flows:
            if flow.id in same:
                seen.update(["datum"] if flow.carries != same[flow.id].carries else [])
                seen.update(["purpose"] if flow.uses != same[flow.id].uses else [])

    changed()
    assert seen == {
        "node added", "node removed", "flow added", "flow removed", "datum", "purpose",
    }  # fmt: skip


def test_changes_to_a_shipped_system_leave_a_system(root: Path) -> None:
    @some(8)
    @given(changes(root / "flows" / "callbridge"), flows(root / "flows" / "callbridge"))
    def linked(text: FlowText, flow: FlowText) -> None:
        after = read(text, "callbridge").system
        assert len(after.nodes) > 20
        assert format_flow(parse_flow(Source("s.flow", text))) == text
        assert len(read(text + flow, "callbridge").system.flows) >= len(after.flows)

    linked()


def test_a_flow_can_be_added_to_the_text() -> None:
    text = Path("our_system.flow").read_text("utf-8")
    before = len(read(text).system.flows)

    @some()
    @given(flows("our_system.flow"))
    def added(flow: FlowText) -> None:
        assert len(read(text + flow).system.flows) == before + 1

    added()
