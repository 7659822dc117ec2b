"""`assert_lawful`: the same verdicts, and the same report, as the command's, for every form of a system."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lawful.cli import main
from lawful.system.graph import to_graph
from lawful.system.load import load
from lawful.testing import Failure, assert_lawful
from lawful.testing.checking import read

STARTER = Path("engine/lawful/cli/starter")
BROKEN = Path("broken.flow")
WHOLE = Path("our_system.flow")


@pytest.fixture(autouse=True)
def desk(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the pair that `lawful init` writes, and a system whose card numbers nothing masks."""
    shutil.copytree(root / STARTER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    text = WHOLE.read_text("utf-8")
    BROKEN.write_text(text.replace("masking card_number as card_last_four", ""), "utf-8")


def test_what_is_kept_passes() -> None:
    assert_lawful(WHOLE)
    assert_lawful(str(WHOLE), "our_policy", strict=True)


def test_it_fails_with_the_report_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AssertionError) as failed:
        assert_lawful(BROKEN)
    capsys.readouterr()
    assert main(["check", str(BROKEN)]) == 1
    assert str(failed.value) == capsys.readouterr().out.rstrip()


@pytest.mark.parametrize("form", ["text", "tree", "system", "graph"])
def test_every_form_of_a_system_is_judged_alike(form: str) -> None:
    (tree,), _, _ = load([BROKEN])
    forms = {
        "text": lambda: BROKEN.read_text("utf-8"),
        "tree": lambda: tree,
        "system": lambda: read(BROKEN).system,
        "graph": lambda: to_graph(tree),
    }
    with pytest.raises(AssertionError, match="broken: our_system: "):
        assert_lawful(forms[form]())


def test_what_a_linked_system_ignores_is_told() -> None:
    (leads, *_) = [f for f in read(BROKEN).system.flows if "copy" in f.target]
    ignored = f"\nignore '{leads.id}' because \"A test\"\n"
    system = read(BROKEN.read_text("utf-8") + ignored).system
    assert system.notices
    assert read(system).system.notices == system.notices


def test_a_system_changed_as_a_value() -> None:
    system = read(WHOLE).system
    unmasked = tuple(replace(flow, changes=()) for flow in system.flows)
    assert_lawful(system)
    with pytest.raises(AssertionError, match="cards_in_development"):
        assert_lawful(replace(system, flows=unmasked))


def test_what_is_undetermined_fails_where_strict() -> None:
    unknown = WHOLE.read_text("utf-8").replace("for account_management", "", 1)
    assert_lawful(unknown)
    with pytest.raises(AssertionError, match="undetermined: our_system: "):
        assert_lawful(unknown, strict=True)


def test_a_check_in_which_no_rule_met_an_event_is_no_pass() -> None:
    with pytest.raises(AssertionError, match="nothing was checked: no rule met an event of s"):
        assert_lawful("system s for policy our_policy\nparty us controller\n")


@pytest.mark.parametrize(
    ("system", "policies", "message"),
    [
        ("system s\nparty a\n", (), "names no policy"),
        ("system s\nparty a\n", "our_polcy", "did you mean `our_policy`"),
        ("system s for policy our_policy\nprty a\n", (), "<text>:2"),
        ("flows/nowhere.flow", (), "flows/nowhere.flow"),
    ],
)
def test_what_cannot_be_checked_is_no_failed_assertion(
    system: str, policies: str, message: str
) -> None:
    with pytest.raises(Failure, match=message):
        assert_lawful(system, policies)


def test_a_version_that_is_not_in_effect_is_not_left_out() -> None:
    with pytest.raises(Failure, match="no version of `our_policy` is in effect on 1999-01-01"):
        assert_lawful(WHOLE, on="1999-01-01")


@pytest.mark.parametrize("on", ["tomorrow", "2026-02-30", "2026-1-1", "20260101"])
def test_what_is_no_date_picks_no_version(on: str) -> None:
    with pytest.raises(Failure, match=f"`{on}` is not a date such as 2024-04-08"):
        assert_lawful(WHOLE, on=on)


def test_what_is_no_system_is_told_so() -> None:
    with pytest.raises(TypeError, match="a networkx graph, but got dict"):
        assert_lawful({"nodes": []}, "our_policy")  # type: ignore[arg-type]
