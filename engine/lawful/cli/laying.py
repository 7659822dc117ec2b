"""Laying over: which of several files that are given are systems, and which only add to one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from lawful.system.load import load
from lawful_dsl import syntax as s

#: What declares something, at the beginning of a line: no overlay has it, and its text need not be parsed.
_DECLARES = re.compile(
    r"^[ \t]*(party|subject|client|device|service|store|source|recipient)\b", re.MULTILINE
)
_DECLARATIONS = (s.PartyDecl, s.NodeDecl, s.Owned, s.FlowDecl, s.Test, s.Expect)


def laid_over(paths: Iterable[Path]) -> tuple[tuple[Path, tuple[Path, ...]], ...]:
    """The systems, each with the overlays that are of it, in the order of their paths.

    An overlay is a `.flow` file that declares no party, node or flow. It is of the systems whose name
    it says, or of all where it says none; where none of them is of that name, it is given as a system.
    """
    given = sorted(set(paths))
    overlays = {path: _names([path]) for path in given if len(given) > 1 and _is_overlay(path)}
    systems = [path for path in given if path not in overlays]
    names = {path: _names([path]) for path in systems if overlays}
    of = {
        path: tuple(o for o, said in overlays.items() if _is_of(said, names[path]))
        for path in names
    }
    laid = {overlay for those in of.values() for overlay in those}
    alone = [path for path in overlays if path not in laid]
    return tuple((path, of.get(path, ())) for path in sorted([*systems, *alone]))


def _is_of(said: frozenset[str], names: frozenset[str]) -> bool:
    """Whether an overlay is of a system: of what another tool tells, the name is not known here."""
    return not said or not names or bool(said & names)


def _is_overlay(path: Path) -> bool:
    if path.suffix != ".flow" or not path.is_file():
        return False
    if _DECLARES.search(path.read_bytes().decode("utf-8", "replace")):
        return False
    trees, _, wrong = load([path])
    return not wrong and not any(
        isinstance(each, _DECLARATIONS) for tree in trees for each in tree.statements
    )


def _names(paths: Sequence[Path]) -> frozenset[str]:
    """The names of the systems that some files tell."""
    trees, _, _ = load(paths)
    return frozenset(
        each.name.text for tree in trees for each in tree.statements if isinstance(each, s.System)
    )
