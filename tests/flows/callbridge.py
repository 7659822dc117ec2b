"""The systems of flows/callbridge, read as the command reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lawful.check import check, date_of
from lawful.findings import Report
from lawful.system.link import link
from lawful.system.load import load
from lawful.system.model import System
from lawful_dsl import library
from lawful_dsl.program import Program

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "flows" / "callbridge"
POLICIES = (ROOT / "policies",)


def files(kind: str) -> list[Path]:
    """The variants of one kind."""
    return sorted((FOLDER / kind).glob("*.flow"))


@cache
def policy() -> Program:
    """The policy of Callbridge, with its vocabularies."""
    program, faults, _ = library.load(("callbridge",), POLICIES)
    assert [fault for fault in faults if fault.is_error] == []
    return program


def read(path: Path) -> tuple[Program, System]:
    """A system and the policy that it names."""
    trees, _, wrong = load([path])
    program = policy()
    system, more = link(trees, program.vocabulary, policies=program.policies)
    assert [d for d in (*wrong, *more) if d.is_error] == []
    return program, system


def checked(path: Path) -> tuple[Program, System, Report]:
    """The same, and the report on it, without repairs."""
    program, system = read(path)
    return program, system, check(program, system, on=date_of(program, system))
