"""Gating: a system as it was and as it is, read and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from lawful.analysis.gate import Formerly, Gate, gate
from lawful.analysis.record import Record, record
from lawful.check import check, in_force
from lawful.cli import sources
from lawful.cli.given import judge, read_system
from lawful.cli.progress import Progress
from lawful.failure import Failure
from lawful.findings import Report
from lawful.given import WORKING, Given, Texts, understand
from lawful.importers import LATER
from lawful_dsl import library


def root_of(base: Path, head: Path) -> Path:
    """The folder that is to the base what the working directory is to the head.

    Where both lie at the same place of two checkouts, it is the other checkout.

    >>> root_of(Path("../base/flows/shop"), Path("flows/shop"))
    PosixPath('../base')
    """
    here = Path.cwd()
    whole = head.resolve()
    if not whole.is_relative_to(here) or base.resolve() == whole:
        return WORKING
    below = whole.relative_to(here).parts
    if not below:
        return base
    if base.parts[-len(below) :] == below:
        return Path(*base.parts[: -len(below)])
    return WORKING


def read_record(
    base: Path,
    root: Path,
    beside: Sequence[Path],
    policies: Sequence[str],
    on: str,
    doing: Progress,
) -> Record:
    """The record of a system in another checkout, by the policies of that."""
    if not base.exists():
        raise Failure(
            f"error: there is no `{base}` to compare with\n"
            "   = help: a system that is new is asked what is broken: lawful check"
        )
    own = _of(root, policies)
    theirs = _before(beside, root)
    given = read_system(base, own, on, doing, root=root, beside=theirs)
    doing(f"checking {base}")
    return keep(given, check(given.program, given.system, policies=given.policies, on=given.date))


def read_past(
    head: Path,
    root: Path,
    beside: Sequence[Path],
    policies: Sequence[str],
    on: str,
    doing: Progress,
) -> Record:
    """The record of a system before the change that a file of its own tells.

    What stands beside it, and the policies, are those of another checkout, if its root is another folder.
    """
    doing(f"reading {head} as it was")
    theirs = _before(beside, root)
    trees, told, wrong = sources.load_past([head, *theirs])
    texts = Texts(str(head), (root / head, *theirs), trees, told, wrong, root)
    given = understand(texts, _of(root, policies), on, doing)
    doing(f"checking {head} as it was")
    return keep(given, check(given.program, given.system, policies=given.policies, on=given.date))


def _before(beside: Sequence[Path], root: Path) -> list[Path]:
    """What stood beside a system: what another checkout has of it; in the same one, what stands there now."""
    if root == WORKING:
        return list(beside)
    within = [path.resolve() for path in beside if path.resolve().is_relative_to(Path.cwd())]
    theirs = [root / path.relative_to(Path.cwd()) for path in within]
    theirs = [path for path in theirs if path.exists()]
    if beside and not theirs:
        raise Failure(
            f"error: of what is --with the plan, nothing lies in `{root}`\n"
            "   = help: name the other checkout, from which the same paths lead to it"
        )
    return theirs


def uncompared(found: Gate, beside: Sequence[Path]) -> Gate:
    """A gate that says what stood beside a plan on both sides, and calls no waiver mended for that."""
    listed = ", ".join(map(str, beside))
    notice = f"the same before and now, so not compared: {listed}; see --base-root"
    mended = tuple(one for one in found.mended if one.rule != "unused-waiver")
    return replace(found, notices=(notice, *found.notices), mended=mended)


def compare(before: Record, given: Given, report: Report) -> Gate:
    """What came between a record and a report on a system."""
    renamed = {node.id: node.formerly for node in given.system.nodes.values() if node.formerly}
    later = {id for id, node in given.system.nodes.items() if node.attributes.get(LATER) is True}
    return gate(before, keep(given, report), report, _formerly(given, report), renamed, later)


def keep(given: Given, report: Report) -> Record:
    """What is to be kept of a report."""
    return record(given.program, given.system, report)


def as_it_was(base: Path | None, root: Path, beside: Sequence[Path]) -> sources.Was:
    """What the files of another checkout told of a system, by the kinds of files."""
    return sources.as_of([*([base] if base else []), *_before(beside, root)])


def as_recorded(record: Record) -> sources.Was:
    """What a record tells of a system as it was."""
    return sources.as_recorded(record.says)


def read_head(
    head: Path,
    beside: Sequence[Path],
    policies: Sequence[str],
    on: str,
    doing: Progress,
    was: sources.Was | None = None,
) -> tuple[Given, Report]:
    """The system as it is, and the report on it; whom its files hide since it was is there still."""
    given = read_system(
        head, policies, on, doing, beside=beside, texts=partial(sources.load, was=was)
    )
    return given, judge(given, doing)


def _formerly(given: Given, report: Report) -> Formerly:
    policies = in_force(given.program, report.policies, report.date)
    return {(p.name, r.about.id): r.about.formerly for p in policies for r in p.rules}


def _of(root: Path, policies: Sequence[str]) -> list[str]:
    """The policies as a checkout has them."""
    return [str(root / name) if _is_file(root / name) else name for name in policies]


def _is_file(path: Path) -> bool:
    return path.suffix == library.SUFFIX and path.is_file()
