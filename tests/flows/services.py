"""The services of flows/, each a folder with its variants, read as the command reads them."""

from __future__ import annotations

from dataclasses import dataclass
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
POLICIES = (ROOT / "policies",)


@cache
def program_of(policy: str) -> Program:
    """A policy with its vocabularies."""
    program, faults, _ = library.load((policy,), POLICIES)
    assert [fault for fault in faults if fault.is_error] == []
    return program


@dataclass(frozen=True)
class Service:
    """A service that is kept under the policy of the same name, and its variants."""

    name: str

    @property
    def folder(self) -> Path:
        """Where its texts are."""
        return ROOT / "flows" / self.name

    @property
    def whole(self) -> Path:
        """The service itself."""
        return self.folder / f"{self.name}.flow"

    def files(self, kind: str) -> list[Path]:
        """The variants of one kind."""
        return sorted((self.folder / kind).glob("*.flow"))

    def policy(self) -> Program:
        """Its policy, with its vocabularies."""
        return program_of(self.name)

    def read(self, path: Path) -> tuple[Program, System]:
        """A system and the policy that it names."""
        trees, _, wrong = load([path])
        program = self.policy()
        system, more = link(trees, program.vocabulary, policies=program.policies)
        assert [d for d in (*wrong, *more) if d.is_error] == []
        return program, system

    def checked(self, path: Path) -> tuple[Program, System, Report]:
        """The same, and the report on it, without repairs."""
        program, system = self.read(path)
        return program, system, check(program, system, on=date_of(program, system))


CALLBRIDGE = Service("callbridge")
APPOINTLET = Service("appointlet")
MESSAGEBIRD = Service("messagebird")
