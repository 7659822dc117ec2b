"""What all tests share: the checkout's folder, and texts compared with those kept in `snapshots`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says nothing on a machine that does other work as well.
settings.register_profile("lawful", deadline=None)
settings.load_profile("lawful")

ROOT = Path(__file__).parent.parent
SNAPSHOTS = Path(__file__).parent / "snapshots"

Snapshot = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="write what the tests see into tests/snapshots, to be read before it is committed",
    )
    parser.addoption(
        "--policies",
        action="append",
        metavar="NAME",
        help="the policies of which tests/policies ask that they are whole, in place of those that are",
    )


@pytest.fixture
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Compare a text with the one kept under a name."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if request.config.getoption("--update-snapshots"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.is_file(), (
            f"no snapshot {name}: run pytest with --update-snapshots, and read it"
        )
        assert text == path.read_text("utf-8")

    return compare
