"""Sources: the texts of one system, of whatever kinds: our own, and those that importers know.

A plan of Terraform, say, is read as if it had been imported: its facts stand where they stand in the
plan. What its importer has to tell is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from lawful import importers
from lawful.analysis.record import Record
from lawful.cli import made
from lawful.cli.gathering import Group
from lawful.cli.sorting import SortedOut, look_into, sort_out
from lawful.failure import Failure
from lawful.given import NOTICE, UNMATCHED
from lawful.importers import Imported, Past
from lawful.importers._joined import Part, joined
from lawful.importers._since import Before, before, since
from lawful.system.gather import alike, extern, name_of
from lawful.system.load import Loaded
from lawful.system.load import load as load_ours
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, Rejected, Severity
from lawful_dsl.format import print_law
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

#: The address of a resource in a plan, with the name of the plan before it or without: a type, and a name of it.
_ADDRESS = re.compile(
    r"(?:[^\s/]+/)*(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?"
)

#: What is said of nodes that no file has.
_ALONE = "nodes are told by texts of ours alone, and are in none of the files that are imported"

#: What files of a kind told of the system before a change, where there are several those of the same folder.
Was = Callable[[Group], Before]
#: What files tell as the system of a name.
_Reading = Callable[[Group, str], Imported]


@frozen
class Told:
    """What files tell of a system: what our own texts say, what is imported, the sources, what is wrong.

    `parts` are what the files of each group tell by themselves, before they are told as one system.
    """

    own: tuple[s.Flows, ...]
    found: tuple[Imported, ...]
    sources: Mapping[str, Source]
    wrong: tuple[Diagnostic, ...]
    parts: tuple[tuple[Group, Imported], ...] = ()

    @property
    def imported(self) -> tuple[s.Flows, ...]:
        """What is imported."""
        return tuple(each.flows for each in self.found)

    @property
    def accounts(self) -> dict[str, tuple[str, ...]]:
        """Who those are, by digests, whom the ids of nodes do not tell apart."""
        told = {id: who for each in self.found for id, who in each.accounts.items()}
        return {id: tuple(sorted(told[id])) for id in sorted(told)}

    @property
    def whole(self) -> Loaded:
        """All of it together, as `lawful.system.load` has it."""
        return (*self.own, *self.imported), self.sources, self.wrong


def load(paths: Sequence[Path]) -> Loaded:
    """What the files tell of a system: see `lawful.system.load`, to which it adds what can be imported."""
    return load_apart(paths).whole


def load_apart(paths: Sequence[Path], was: Was | None = None) -> Told:
    """The same, what is imported apart from our own texts.

    Whom files hide of those that they named as the system was is there still, as somebody who is not known.
    """
    return _tell(sort_out(paths), paths, _read, was)


class Change:
    """Files of which one tells of a system before a change and after it, as a plan does: each is read once."""

    def __init__(self, before: Sequence[Path], after: Sequence[Path]) -> None:
        self._paths = before, after
        self._look, self._read = cache(look_into), cache(_read_change)

    def before(self) -> Told:
        """What they tell of the system before. What the change makes was not there, whatever our texts say of it."""
        paths, _ = self._paths
        sorted_out = sort_out(paths, self._look)
        told = _tell(sorted_out, paths, lambda group, name: self._read(group, name)[0])
        if any(each.is_error for each in told.wrong):
            return told
        if not any(isinstance(importers.find(each.kind), Past) for each in sorted_out.groups):
            raise Failure(
                f"error: `{paths[0]}` tells of one state of a system, so there is nothing to compare\n"
                "   = help: say what it was before with --base or --baseline"
            )
        name = _name(told.own, paths)
        now = joined([_part(group, self._read(group, name)[1]) for group, _ in told.parts])
        new, old = made.moved(now), made.things(now) - made.things(told.found)
        own = (made.without(made.called(tree, new), old) for tree in told.own)
        wrong = (
            each for each in told.wrong if each.code != UNMATCHED
        )  # what is said of what it makes
        return replace(told, own=tuple(own), wrong=tuple(wrong))

    def after(self, was: Was) -> Told:
        """What they tell of the system after it."""
        _, paths = self._paths
        sorted_out = sort_out(paths, self._look)
        return _tell(sorted_out, paths, lambda group, name: self._read(group, name)[1], was)


def as_of(told: Told) -> Was:
    """The system as files told of it that were there before; nothing of kinds of which there were none."""
    accounts = {id: who for _, each in told.parts for id, who in each.accounts.items()}
    kinds: dict[str, list[tuple[str, Imported]]] = {}
    for group, part in told.parts:
        kinds.setdefault(group.kind, []).append((group.where, part))
    alone = {
        (kind, where): before([part]) for kind, parts in kinds.items() for where, part in parts
    }
    whole = {kind: before(part for _, part in parts) for kind, parts in kinds.items()}

    def was(group: Group) -> Before:
        found = alone.get((group.kind, group.where)) or whole.get(group.kind, Before())
        return replace(found, accounts=accounts)

    return was


def as_recorded(record: Record) -> Was:
    """The system as a record has it, which knows flows, `flow a -> b`, and no settings."""
    flows = [thing.removeprefix("flow ").split(" -> ", 1) for thing in record.says]
    pairs = [ends for ends in flows if len(ends) == 2]

    def was(group: Group) -> Before:
        apart = f"{_part_name(group)}/"  # as ids begin that files of other folders have, too
        named = frozenset((a.removeprefix(apart), b.removeprefix(apart)) for a, b in pairs)
        accounts = {
            id.removeprefix(apart): frozenset(who) for id, who in (record.accounts or {}).items()
        }
        return Before(flows=named, settings=None, accounts=accounts)

    return was


def _read(group: Group, name: str) -> Imported:
    return importers.find(group.kind).read(group.sources, name=name)


def _read_change(group: Group, name: str) -> tuple[Imported, Imported]:
    """What files tell of the system before a change and after it: the same, if they tell of one state only."""
    importer = importers.find(group.kind)
    if isinstance(importer, Past):
        return importer.read_change(group.sources, name=name)
    told = _read(group, name)
    return told, told


def _tell(
    sorted_out: SortedOut, paths: Sequence[Path], reading: _Reading, was: Was | None = None
) -> Told:
    """What files tell that are sorted out, with what is wrong with them, or to be known of them."""
    trees, sources, wrong = load_ours(sorted_out.ours)
    name = _name(trees, paths)
    parts: list[tuple[Group, Imported]] = []
    told: list[Diagnostic] = list(sorted_out.told)
    for group in sorted_out.groups:
        try:
            imported = reading(group, name)
        except Rejected as rejected:
            told += rejected.diagnostics
            continue
        imported = since(imported, was(group), trees) if was else imported
        if imported.law is not None:
            file = group.sources[0].file
            if _has_rules(imported.law) or any(part.law for _, part in parts):
                raise Failure(
                    f"error: `{file}` has rules of its own, or words as others of these files have\n"
                    f"   = help: lawful import {file} -o FOLDER"
                )
            imported = _with_words(imported, imported.law, group.kind)
        parts.append((group, imported))
        help = "plan again; to look at what there is, import it: `lawful import`"
        told += (Diagnostic(reason, imported.flows.span, help) for reason in imported.partial)
    found = joined([_part(group, imported) for group, imported in parts])
    told += (
        Diagnostic(str(notice), imported.flows.span, severity=Severity.WARNING, code=NOTICE)
        for imported in found
        for notice in imported.notices
    )
    told += _about_nothing(trees, found)
    read = {source.file: source for group in sorted_out.groups for source in group.sources}
    return Told(trees, found, {**sources, **read, **_laws(found)}, (*wrong, *told), tuple(parts))


def _part(group: Group, told: Imported) -> Part:
    return Part(_part_name(group), told)


def _part_name(group: Group) -> str:
    """What stands before the ids that others have, too; as `lawful import` calls the system of a group."""
    return "_".join(filter(None, (group.kind, group.where)))


def _about_nothing(trees: Iterable[s.Flows], found: Sequence[Imported]) -> Iterator[Diagnostic]:
    """The nodes that a text of ours declares, and no imported file has.

    What is plainly the address of a plan is about nothing where no plan has it. Of others it is not known
    whether files should have them: they are counted, as far as they are of a kind that these files make.
    """
    there = frozenset[str]().union(*(each.addresses for each in found))
    known = {node.id.text: node.kind for each in found for node in _nodes(each.flows)}
    outside = {id for each in found for id in each.outside}
    kinds = {kind for id, kind in known.items() if id not in outside}
    alone: dict[str, Span] = {}
    for node in (node for tree in trees for node in _nodes(tree) if found and not extern(node)):
        id, kind = name_of(node), alike(node).kind
        if there and _ADDRESS.fullmatch(id) and id not in there:
            said = f"{kind} {id}"
            yield Diagnostic(said, node.span, severity=Severity.WARNING, code=UNMATCHED)
        elif kind in kinds and id not in known:
            alone.setdefault(id, node.span)
    if alone:
        said = f"{len(alone)} {_ALONE}: {', '.join(sorted(alone))}"
        span = next(iter(alone.values()))
        yield Diagnostic(said, span, severity=Severity.WARNING, code=NOTICE)


def _nodes(tree: s.Flows) -> Iterator[s.NodeDecl]:
    """The nodes that a text declares."""
    for statement in tree.statements:
        nodes = statement.nodes if isinstance(statement, s.Owned) else (statement,)
        yield from (node for node in nodes if isinstance(node, s.NodeDecl))


def _has_rules(law: s.Law) -> bool:
    """Whether it is a policy, which a system is checked against by its name."""
    return any(isinstance(each, s.Header) and each.kind == "policy" for each in law.statements)


def _with_words(imported: Imported, law: s.Law, kind: str) -> Imported:
    """The same, its vocabulary called as no policy is: an importer calls it as it calls the system."""
    headers = [each for each in law.statements if isinstance(each, s.Header)]
    called = {each.name.text: f"words of {kind}" for each in headers}

    def name(said: s.Name) -> s.Name:
        return replace(said, text=called.get(said.text, said.text))

    words = (
        replace(x, name=name(x.name)) if isinstance(x, s.Header) else x for x in law.statements
    )
    said = (
        replace(x, names=tuple(map(name, x.names))) if isinstance(x, s.Use) else x
        for x in imported.flows.statements
    )
    return replace(
        imported,
        law=s.Law(tuple(words), law.span),
        flows=s.Flows(tuple(said), imported.flows.span),
    )


def _laws(found: Iterable[Imported]) -> dict[str, Source]:
    """The words that files bring with them, each as a text of its own."""
    told = ((f"{each.flows.span.file}.law", each.law) for each in found if each.law is not None)
    return {file: Source(file, print_law(law)) for file, law in told}


def _name(trees: Iterable[s.Flows], paths: Sequence[Path]) -> str:
    """What the system is called: as our own texts have it, else as its first file or folder is."""
    headers = (each for tree in trees for each in tree.statements if isinstance(each, s.System))
    first = paths[0].resolve() if paths[0].is_dir() else paths[0]
    return next((header.name.text for header in headers), first.stem)
