"""The shipped policies that are whole, each with the programs and the cases that belong to it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lawful.analysis.coverage import CHECKABLE
from lawful.analysis.encoding import without_clause
from lawful.given import named_policies
from lawful.system.load import load
from lawful.testing.cases import Case, cases, fails, version_of
from lawful_dsl import library
from lawful_dsl.program import Clause, Policy, Program
from lawful_dsl.resolve import resolve

#: The policies of which every clause that can be checked has its rules and cases. `--policies NAME`
#: tries another one.
WHOLE: tuple[str, ...] = ("appointlet", "callbridge", "messagebird")

#: The register that was made with the documents, where it lies beside the checkout.
REGISTERS = Path(__file__).parents[3] / "shared" / "clauses"


@dataclass(frozen=True)
class Asked:
    """A case, and the names of the policies that its text is for."""

    case: Case
    policies: tuple[str, ...]


@cache
def program(names: tuple[str, ...], emptied: Collection[str] = frozenset()) -> Program:
    """The program of some policies, in which some definitions match nothing."""
    laws, roots, wrong = library.gather(names)
    assert not wrong
    known = {entry.name for entry in library.scan()}
    found, faults = resolve(laws, roots=roots, known=known, emptied=emptied)
    assert emptied or not any(fault.is_error for fault in faults)
    return found


def versions(name: str) -> tuple[Policy, ...]:
    """The versions of a policy."""
    return program((name,)).policies


def files(name: str) -> tuple[Path, ...]:
    """The texts with the cases of a policy."""
    folders = {entry.path.parent for entry in library.scan() if entry.name == name}
    return tuple(sorted(path for f in folders for path in (f / "cases").rglob("*.flow")))


@cache
def asked(name: str) -> tuple[Asked, ...]:
    """All that is asked of a policy."""
    trees, _, wrong = load(files(name))
    assert not wrong
    return tuple(Asked(case, named_policies([tree])) for tree in trees for case in cases(tree))


def asked_of(policy: Policy, clause: str) -> tuple[Asked, ...]:
    """The cases of a clause that are judged by this version of the policy."""
    name = policy.name
    return tuple(
        each
        for each in asked(name)
        if clause in each.case.clauses
        and (version := version_of(each.case, program((name,)), name)) is not None
        and version.effective == policy.effective
    )


def shown(name: str) -> tuple[tuple[Policy, Clause], ...]:
    """The clauses that cases are to show: all that can be checked of the latest version of a policy.

    Of an earlier one, those that some case of its time is about.
    """
    latest = max(versions(name), key=lambda policy: policy.effective)
    return tuple(
        (version, clause)
        for version in versions(name)
        for clause in version.clauses
        if clause.checkable in CHECKABLE and (version is latest or asked_of(version, clause.id))
    )


def bites(policy: Policy, clause: str) -> bool:
    """Whether some case of the clause fails once what stands for the clause is taken out."""
    defined = frozenset(d.name for d in policy.definitions if clause in d.clauses)
    return any(
        fails(each.case, without_clause(program(each.policies, defined), clause), each.policies)
        for each in asked_of(policy, clause)
    )


def registered(name: str) -> dict[str, tuple[str, str]]:
    """The modality and the checkability of each clause, as the register beside the checkout has them."""
    text = (REGISTERS / f"{name}.yaml").read_text("utf-8")
    found = {}
    for entry in re.split(r"^- id: ", text, flags=re.MULTILINE)[1:]:
        said = dict(re.findall(r"^  (modality|checkable): '?(\w+)'?$", entry, re.MULTILINE))
        found[entry.split()[0]] = (said["modality"], said["checkable"])
    return found
