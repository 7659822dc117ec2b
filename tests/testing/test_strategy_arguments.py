"""Arguments of the strategies: what makes no sense is refused in words, and a strategy is shown as it was called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis.errors import InvalidArgument

from lawful.testing import Failure
from lawful.testing.strategies import (
    breaking_systems,
    changes,
    compliant_systems,
    flows,
    systems,
)

CALLBRIDGE = "flows/callbridge"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: systems(3),
            "expected the name or the file of a policy, but got policy=3 (type=int)",
        ),
        (lambda: systems("appointlet", most=0), "most=0 must be at least 1"),
        (
            lambda: systems("appointlet", most=True),
            "expected an int, but got most=True (type=bool)",
        ),
        (lambda: compliant_systems("appointlet", most=0), "most=0 must be at least 1"),
        (
            lambda: compliant_systems("appointlet", on="2020-5-1"),
            "expected a date such as '2025-03-01', but got on='2020-5-1' (type=str)",
        ),
        (lambda: breaking_systems("appointlet", "sharing", most=-1), "most=-1 must be at least 0"),
        (
            lambda: breaking_systems("appointlet", "sharin"),
            "there is no rule `sharin` in `appointlet`: did you mean `sharing`?",
        ),
        (
            lambda: breaking_systems("appointlet", None),
            "expected the id of a rule, but got rule=None (type=NoneType)",
        ),
        (lambda: changes(CALLBRIDGE, most=0), "most=0 must be at least 1"),
        (
            lambda: flows("system alone  for policy appointlet\nparty appointlet  controller\n"),
            "`alone` has fewer than two nodes: nothing can flow in it",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidArgument) as refused:
        call()
    assert str(refused.value) == message


def test_what_cannot_be_found_is_told_as_the_command_tells_it() -> None:
    with pytest.raises(Failure, match="did you mean `appointlet`"):
        systems("apointlet")
    with pytest.raises(Failure, match="no version of `appointlet` is in effect on 2019-01-01"):
        systems("appointlet", on="2019-01-01")


@pytest.mark.parametrize(
    ("strategy", "shown"),
    [
        (lambda: systems("appointlet"), "systems('appointlet')"),
        (lambda: systems("appointlet", most=1), "systems('appointlet', most=1)"),
        (lambda: compliant_systems("appointlet"), "compliant_systems('appointlet')"),
        (
            lambda: breaking_systems("callbridge", "arbitration", on="2023-12-01", most=0),
            "breaking_systems('callbridge', 'arbitration', most=0, on='2023-12-01')",
        ),
        (lambda: flows(CALLBRIDGE), "flows('flows/callbridge')"),
        (lambda: changes(CALLBRIDGE, "callbridge"), "changes('flows/callbridge', 'callbridge')"),
    ],
)
def test_a_strategy_is_shown_as_it_was_called(
    strategy: Callable[[], object], shown: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert repr(strategy()) == shown


def test_rules_that_nothing_can_break_are_told_with_their_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("never.law").write_text(
        "policy never\n  by us\n  effective 2025-01-01\n  text en, nl\n\ndata\n  email\n  name\n"
        "subjects\n  buyer\npurposes\n  selling\nplaces\n  FR\nparties\n  firm\n\n"
        "attribute officer of system: one of named\n\n"
        "readings two\n  en: forbid disclosure of email\n  nl: nothing\n\n"
        "assert someone: officer in named\n\n"
        "forbid covered: disclosure of email unless of email\n",
        "utf-8",
    )
    for rule, reason in (
        ("two", "the text in `nl` has no such rule"),
        ("someone", "every value of `officer` is one that it asserts"),
        ("covered", "this exception covers all of it"),
    ):
        with pytest.raises(Failure, match=f"no system breaks `{rule}` of `never`: {reason}"):
            breaking_systems("never", rule)
