"""Files are written whole or not at all."""

from __future__ import annotations

import os
import resource
import stat
from pathlib import Path

import pytest

from lawful.cli.output import write
from lawful.failure import Failure
from tests.cli.conftest import Process, Run


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(here: Path) -> None:
    write(Path("a.txt"), "one")
    write(Path("a.txt"), b"two")
    assert Path("a.txt").read_bytes() == b"two"
    assert files(here) == ["a.txt"]


def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(here: Path) -> None:
    before = os.umask(0o022)
    try:
        write(Path("new.txt"), "")
        Path("old.txt").touch()
        Path("old.txt").chmod(0o600)
        write(Path("old.txt"), "")
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path("new.txt").stat().st_mode) == 0o644
    assert stat.S_IMODE(Path("old.txt").stat().st_mode) == 0o600


def test_a_link_stays_a_link(here: Path) -> None:
    Path("real.txt").touch()
    Path("link.txt").symlink_to("real.txt")
    write(Path("link.txt"), "text")
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_text() == "text"


def test_a_failed_write_leaves_what_was_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Failure, match=r"cannot write `a\.txt`: No space left on device"):
        write(Path("a.txt"), "new")
    assert Path("a.txt").read_text() == "old"
    assert files(here) == ["a.txt"]


def test_a_folder_that_does_not_exist(lawful: Run, shop: Path) -> None:
    outcome = lawful("check", ".", "-o", "no/where/report.txt")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: cannot write `no/where/report.txt`: its folder does not exist\n"


def test_an_output_that_is_a_folder(lawful: Run, shop: Path) -> None:
    (shop / "reports").mkdir()
    outcome = lawful("check", ".", "-o", "reports")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: cannot write `reports`: it is a folder\n"


def test_an_output_below_a_file(lawful: Run, shop: Path) -> None:
    outcome = lawful("schema", "report", "-o", "our_policy.law/report.json")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: cannot write `our_policy.law/report.json`: Not a directory\n"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(lawful: Run, shop: Path) -> None:
    (shop / "locked").mkdir(mode=0o500)
    outcome = lawful("check", ".", "-o", "locked/report.txt")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: cannot write `locked/report.txt`: Permission denied\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_a_full_device(lawful: Run, shop: Path) -> None:
    outcome = lawful("check", ".", "-o", "/dev/full")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "error: cannot write `/dev/full`: No space left on device\n"


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["check", ".", "--format", "json", "-o", "report.json"], "report.json"),
        (["draw", ".", "-o", "picture.svg"], "picture.svg"),
        (["schema", "system", "-o", "schema.json"], "schema.json"),
    ],
)
def test_a_disk_that_fills_up(
    process: Process, shop: Path, arguments: list[str], name: str
) -> None:
    """A limit on the size of files stops a write in the middle, as a full disk does."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    before = files(shop)
    running = process(*arguments, cwd=shop, preexec_fn=limit)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 2
    assert out == b""
    assert err.decode().startswith("error: ")
    assert len(err.decode().splitlines()) <= 2
    assert files(shop) == before
