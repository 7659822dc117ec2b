"""A report under a compiled policy: to the letter that under the policy as it is read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from lawful.check import check
from lawful.given import read_file
from lawful.reporters import find
from lawful.wording import ENGLISH
from lawful_dsl import compiled, library
from lawful_dsl.compiled.make import make
from lawful_dsl.library import Loaded

ROOT = Path(__file__).parents[2]
#: All but what lies over plans of machines.
SYSTEMS = sorted(p for p in (ROOT / "flows").rglob("*.flow") if p.parent.name != "infrastructure")


@pytest.fixture(scope="module", autouse=True)
def made(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All that is shipped, compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "FOLDER", tmp_path_factory.mktemp("kept"))
        make()
        for path in SYSTEMS:
            _by_compiled(_names(path))


def _names(path: Path) -> tuple[str, ...]:
    return (path.relative_to(ROOT / "flows").parts[0],)


@cache
def _by_compiled(names: tuple[str, ...]) -> Loaded:
    found = library.from_compiled(names)
    assert found is not None
    return found


@cache
def _by_texts(names: tuple[str, ...]) -> Loaded:
    return library.from_texts(names)


@pytest.mark.parametrize("path", SYSTEMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_report_is_the_same(path: Path) -> None:
    told = []
    for load in (_by_compiled, _by_texts):
        given = read_file(path, _names(path), "", load=lambda names, *_, by=load: by(names))
        report = check(given.program, given.system, policies=given.policies, on=given.date)
        told += [
            find(form).render([report], width=80, colour=False, strict=False, wording=ENGLISH)
            for form in ("text", "json")
        ]
    assert told[:2] == told[2:]
