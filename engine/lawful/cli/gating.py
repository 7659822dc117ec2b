"""Gating: a system as it was and as it is, read and compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from lawful.analysis.gate import Formerly, Gate, gate
from lawful.analysis.record import Record, record
from lawful.check import check, in_force
from lawful.cli import sources
from lawful.cli.called import call, called
from lawful.cli.given import judge, read_system
from lawful.cli.progress import Progress
from lawful.collecting import collect
from lawful.failure import Failure
from lawful.findings import Report
from lawful.given import WORKING, Given, Texts, understand
from lawful.importers import LATER
from lawful.system.attested import Attested, attested
from lawful.system.load import Loaded
from lawful_dsl import library
from lawful_dsl.frozen import frozen

#: What is said where one side knows what overlays say, and the other does not.
_UNCOMPARED = "what overlays say is not compared: one side imports no files, or is a baseline that does not know it"
#: What is said where a baseline does not know with whom was shared what is shared now.
_STRANGERS = (
    "who comes to those with whom something is shared, or is in another account, is not compared: the baseline is of"
    " a version that did not keep it; write it again"
)


@frozen
class Side:
    """A system at one time, what our texts say of it beside imported files, and whom its ids do not tell apart."""

    given: Given
    overlay: Attested | None
    accounts: Mapping[str, Sequence[str]]


@frozen
class Head:
    """A system as it is, and the report on it."""

    side: Side
    report: Report


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
) -> tuple[Record, sources.Was]:
    """The record of a system in another checkout, by the policies of that, and what its files told."""
    if not base.exists():
        raise Failure(
            f"error: there is no `{base}` to compare with\n"
            "   = help: a system that is new is asked what is broken: lawful check"
        )
    told: list[sources.Told] = []
    theirs = _before(beside, root)
    side = _read(base, _of(root, policies), on, doing, sources.load_apart, theirs, told, root)
    doing(f"checking {base}")
    return _checked(side), sources.as_of(told[0])


def read_change(
    head: Path,
    root: Path,
    beside: Sequence[Path],
    policies: Sequence[str],
    on: str,
    doing: Progress,
) -> tuple[Record, Head]:
    """The record of a system before the change that a file of its own tells, and the system after it.

    What stood beside it, and the policies, are those of another checkout, if its root is another folder.
    """
    doing(f"reading {head} as it was")
    theirs = _before(beside, root)
    change = sources.Change([head, *theirs], [head, *beside])
    told = change.before()
    collect()  # with what it was read, a large plan is not held any more
    texts = Texts(str(head), (root / head, *theirs), *told.whole, root)
    given = understand(texts, _of(root, policies), on, doing)
    doing(f"checking {head} as it was")
    before = _checked(_side(told, given))
    was = sources.as_of(told)
    del told, texts, given
    return before, _head(head, beside, policies, on, doing, lambda paths: change.after(was))


def _read(
    path: Path,
    policies: Sequence[str],
    on: str,
    doing: Progress,
    load: Callable[[Sequence[Path]], sources.Told],
    beside: Sequence[Path],
    told: list[sources.Told],
    root: Path = WORKING,
) -> Side:
    """A system at one time; what files told of it is put to `told`."""

    def texts(paths: Sequence[Path]) -> Loaded:
        told.append(load(paths))
        return told[0].whole

    given = read_system(path, policies, on, doing, root=root, beside=beside, texts=texts)
    return _side(told[0], given)


def _side(told: sources.Told, given: Given) -> Side:
    return Side(given, _overlay(told, given), told.accounts)


def _overlay(told: sources.Told, given: Given) -> Attested | None:
    """What our texts say beside imported files; none where nothing is imported: then they are the system."""
    if not told.imported:
        return None
    return attested(told.own, told.imported, given.program.vocabulary)


def _checked(side: Side) -> Record:
    given = side.given
    report = check(given.program, given.system, policies=given.policies, on=given.date)
    return _recorded(side, report)


def _recorded(side: Side, report: Report) -> Record:
    given = side.given
    return record(given.program, given.system, report, side.overlay, side.accounts)


def _before(beside: Sequence[Path], root: Path) -> list[Path]:
    """What stood beside a system: what another checkout has of it; in the same one, what stands there now."""
    if root == WORKING:
        return list(beside)
    resolved = [call(path.resolve(), called(path)) for path in beside]
    within = [path for path in resolved if path.is_relative_to(Path.cwd())]
    theirs = [call(root / path.relative_to(Path.cwd()), called(path)) for path in within]
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


def compare(before: Record, head: Head) -> Gate:
    """What came between a record and a system as it is."""
    given, report = head.side.given, head.report
    renamed = {node.id: node.formerly for node in given.system.nodes.values() if node.formerly}
    later = {id for id, node in given.system.nodes.items() if node.attributes.get(LATER) is True}
    found = gate(before, keep(head), report, _formerly(given, report), renamed, later)
    untold = (
        *([_UNCOMPARED] if (before.overlay is None) != (head.side.overlay is None) else []),
        *([_STRANGERS] if before.accounts is None and head.side.accounts else []),
    )
    return replace(found, notices=(*untold, *found.notices))


def keep(head: Head) -> Record:
    """What is to be kept of a system as it is."""
    return _recorded(head.side, head.report)


def read_head(
    head: Path,
    beside: Sequence[Path],
    policies: Sequence[str],
    on: str,
    doing: Progress,
    was: sources.Was | None = None,
) -> Head:
    """The system as it is, and the report on it; whom its files hide since it was is there still."""
    load = partial(sources.load_apart, was=was)
    return _head(head, beside, policies, on, doing, load)


def _head(
    head: Path,
    beside: Sequence[Path],
    policies: Sequence[str],
    on: str,
    doing: Progress,
    load: Callable[[Sequence[Path]], sources.Told],
) -> Head:
    collect()  # what was before is a record by now
    side = _read(head, policies, on, doing, load, beside, [])
    return Head(side, judge(side.given, doing))


def _formerly(given: Given, report: Report) -> Formerly:
    policies = in_force(given.program, report.policies, report.date)
    return {(p.name, r.about.id): r.about.formerly for p in policies for r in p.rules}


def _of(root: Path, policies: Sequence[str]) -> list[str]:
    """The policies as a checkout has them."""
    return [str(root / name) if _is_file(root / name) else name for name in policies]


def _is_file(path: Path) -> bool:
    return path.suffix == library.SUFFIX and path.is_file()
