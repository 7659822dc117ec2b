"""What a command writes is none of what it reads, and nothing that it writes is written over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def desk(shop: Path, lawful: Run) -> Path:
    """The shop with more of itself beside it, an earlier state and a baseline."""
    Path("more.flow").write_text("fact our_system: breach_notice 3 days\n", "utf-8")
    shutil.copy("our_system.flow", "was.flow")
    assert lawful("gate", "was.flow", "--write-baseline", "known.json").status == 0
    Path("link.txt").symlink_to("our_system.flow")
    Path("plan.json").write_text('{"format_version": "1.2"}')
    return shop


@pytest.mark.parametrize(
    "arguments",
    [
        "check our_system.flow --report json=our_system.flow",
        "check our_system.flow -o our_system.flow",
        "check our_system.flow -o ./../{here}/our_system.flow",
        "check our_system.flow -o link.txt",
        "check . --report json=our_system.flow",
        "check .. --report json=our_system.flow",
        "check our_system.flow -o our_policy.law",
        "check our_system.flow --policy our_policy.law -o our_policy.law",
        "check our_system.flow --with more.flow --report sarif=more.flow",
        "check plan.json --with more.flow -o plan.json",
        "gate our_system.flow --base was.flow --report json=was.flow",
        "gate our_system.flow --baseline known.json -o known.json",
        "gate our_system.flow --write-baseline our_system.flow",
        "register our_system.flow -o our_system.flow",
        "draw our_system.flow -o our_system.flow",
        "coverage our_policy.law -o our_policy.law",
        "diff our_policy our_policy -o our_policy.law",
        "test our_system.flow -o our_system.flow",
        "fuzz our_policy.law our_system.flow -o our_system.flow",
        "import plan.json -o plan.json",
        "import plan.json -o out.flow --provenance plan.json",
    ],
)
def test_nothing_is_written_over_what_is_read(lawful: Run, desk: Path, arguments: str) -> None:
    before = texts(desk)
    outcome = lawful(*arguments.replace("{here}", desk.name).split())
    assert (outcome.status, outcome.out) == (2, "")
    assert "would write over it\n   = help: name another file\n" in outcome.err
    assert texts(desk) == before


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ("check . --report json=r.x --report sarif=r.x", "--report and by --report"),
        ("check . --report json=r.x -o ./r.x", "--output and by --report"),
        ("gate . --baseline known.json --report json=r.x -o r.x", "--output and by --report"),
        ("import plan.json -o z.json --provenance z.json", "--output and by --provenance"),
    ],
)
def test_nothing_is_written_twice(lawful: Run, desk: Path, arguments: str, options: str) -> None:
    before = texts(desk)
    outcome = lawful(*arguments.split())
    assert (outcome.status, outcome.out) == (2, "")
    assert f"` would be written twice, by {options}\n" in outcome.err
    assert texts(desk) == before


@pytest.mark.parametrize(
    "arguments",
    [
        "check . -o -",
        "check . --report json=-",
        "gate . --write-baseline -",
        "import plan.json -o z.json --provenance -",
        "import plan.json -o -",
    ],
)
def test_a_dash_is_no_file(lawful: Run, desk: Path, arguments: str) -> None:
    outcome = lawful(*arguments.split())
    assert (outcome.status, outcome.out) == (2, "")
    assert "`-` is no file" in outcome.err
    assert not (desk / "-").exists()


def test_a_device_takes_all_that_comes(lawful: Run, desk: Path) -> None:
    options = ("--report=json=/dev/null", "--report=sarif=/dev/null", "-o", "/dev/null")
    assert lawful("check", "our_system.flow", *options).status == 0


def test_what_was_written_is_written_anew(lawful: Run, desk: Path) -> None:
    for _ in range(2):
        assert lawful("check", "our_system.flow", "-o", "report.txt").status == 0
        assert lawful("gate", "our_system.flow", "--write-baseline", "known.json").status == 0


def test_a_baseline_replaces_nothing_but_a_baseline(lawful: Run, desk: Path) -> None:
    outcome = lawful("gate", "our_system.flow", "--write-baseline", "plan.json")
    assert outcome.status == 2
    assert "`plan.json` is there already, and is no baseline" in outcome.err
    assert Path("plan.json").read_text() == '{"format_version": "1.2"}'
    outcome = lawful("gate", "our_system.flow", "--baseline", "plan.json")
    assert outcome.status == 2
    assert "--write-baseline plan.json" not in outcome.err
    Path("empty.json").touch()
    assert lawful("gate", "our_system.flow", "--write-baseline", "empty.json").status == 0


def test_a_baseline_and_reports_are_not_written_at_once(lawful: Run, desk: Path) -> None:
    for option in ("-o=r.txt", "--report=json=r.json"):
        outcome = lawful("gate", "our_system.flow", "--write-baseline", "new.json", option)
        assert (outcome.status, outcome.out) == (2, "")
        assert "there is nothing to report" in outcome.err
        assert not Path("new.json").exists()


def test_an_import_may_be_made_anew_where_it_lies(lawful: Run, here: Path, root: Path) -> None:
    plan = root / "flows" / "callbridge" / "infrastructure" / "plan.json"
    shutil.copy(plan, "plan.json")
    for _ in range(2):
        assert lawful("import", ".", "-o", "plan.flow").status == 0
    outcome = lawful("import", ".", "-o", "plan.flow", "--provenance", "plan.json")
    assert outcome.status == 2
    assert "`plan.json` is what is to be imported; name another --provenance" in outcome.err
    assert Path("plan.json").read_bytes() == plan.read_bytes()
