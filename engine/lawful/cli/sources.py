"""Sources: the texts of one system, of whatever kinds: our own, and those that importers know.

A plan of Terraform, say, is read as if it had been imported: its facts stand where they stand in the
plan. What its importer has to tell is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from lawful import importers
from lawful.cli.called import called
from lawful.cli.gathering import chosen_kind, grouped, read_text, refuse_names
from lawful.collecting import collect
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
from lawful_dsl.source import Source

#: A document of ours says so where it begins.
_OURS = '"lawful"'
_BEGINNING = 400

#: The address of a resource in a plan, with the name of the plan before it or without: a type, and a name of it.
_ADDRESS = re.compile(
    r"(?:[^\s/]+/)*(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?"
)

#: The id of a node, or both ends of a flow.
_Thing = tuple[str, ...]

#: What a kind of files told of the system before a change.
Was = Callable[[str], Before]


@frozen
class _Foreign:
    """Files of one kind, which an importer reads."""

    kind: str
    sources: tuple[Source, ...]

    def read(self, name: str) -> Imported:
        """What they tell."""
        return importers.find(self.kind).read(self.sources, name=name)

    def read_past(self, name: str) -> Imported:
        """What they tell of the system as it was; what they tell, if they tell of one state only."""
        importer = importers.find(self.kind)
        if isinstance(importer, Past):
            return importer.read_past(self.sources, name=name)
        return self.read(name)


@frozen
class Told:
    """What files tell of a system: what our own texts say, what is imported, the sources, what is wrong."""

    own: tuple[s.Flows, ...]
    imported: tuple[s.Flows, ...]
    sources: Mapping[str, Source]
    wrong: tuple[Diagnostic, ...]

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
    ours, foreign = _sorted_out(paths)
    trees, sources, wrong = load_ours(ours)

    def read_now(each: _Foreign, name: str) -> Imported:
        told = each.read(name)
        return since(told, was(each.kind), trees) if was else told

    found, told = _read(foreign, read_now, _name(trees, paths))
    read = {source.file: source for each in foreign for source in each.sources}
    known = {**sources, **read, **_laws(found)}
    told += _about_nothing(trees, found)
    return Told(trees, tuple(each.flows for each in found), known, (*wrong, *told))


def as_of(paths: Sequence[Path]) -> Was:
    """The system as files tell of it that were there before; nothing of kinds of which there are none."""
    parts: dict[str, list[Imported]] = {}
    for each in _sorted_out([path for path in paths if path.is_file()])[1]:
        if isinstance(importers.find(each.kind), Past):  # it tells itself what was before
            continue
        try:
            parts.setdefault(each.kind, []).append(each.read("before"))
        except Rejected:  # what is wrong with it, who reads it as the system that it was tells
            continue
    return lambda kind: before(parts.get(kind, ()))


def as_recorded(things: Iterable[str]) -> Was:
    """The system as a record has it, which knows flows, `flow a -> b`, and no settings."""
    flows = (thing.removeprefix("flow ").split(" -> ", 1) for thing in things)
    pairs = frozenset((ends[0], ends[1]) for ends in flows if len(ends) == 2)
    return lambda kind: Before(flows=pairs, settings=None)


def load_past(paths: Sequence[Path]) -> Told:
    """What the files tell of the system before the change that one of them is: a plan tells of both.

    What the change makes was not there before, whatever the other files say of it.
    """
    ours, foreign = _sorted_out(paths)
    trees, sources, wrong = load_ours(ours)
    if any(each.is_error for each in wrong):
        return Told(trees, (), sources, wrong)
    if not any(isinstance(importers.find(each.kind), Past) for each in foreign):
        raise Failure(
            f"error: `{paths[0]}` tells of one state of a system, so there is nothing to compare\n"
            "   = help: say what it was before with --base or --baseline"
        )
    name = _name(trees, paths)
    now, _ = _read(foreign, _Foreign.read, name)
    collect()  # a large plan is not held twice
    then, told = _read(foreign, _Foreign.read_past, name)
    made = _things(now) - _things(then)
    moved = _moved(now)
    kept = tuple(_without(_called(tree, moved), made) for tree in trees)
    errors = tuple(each for each in told if each.is_error)
    read = {source.file: source for each in foreign for source in each.sources}
    known = {**sources, **read, **_laws(then)}
    return Told(kept, tuple(each.flows for each in then), known, (*wrong, *errors))


def _about_nothing(trees: Iterable[s.Flows], found: Iterable[Imported]) -> Iterator[Diagnostic]:
    """The nodes that a text of ours declares by an address of a plan, and no plan has."""
    there = frozenset[str]().union(*(each.addresses for each in found))
    for tree in trees if there else ():
        for statement in tree.statements:
            nodes = statement.nodes if isinstance(statement, s.Owned) else (statement,)
            for node in nodes:
                if not isinstance(node, s.NodeDecl) or extern(node):
                    continue
                id = name_of(node)
                if _ADDRESS.fullmatch(id) and id not in there:
                    said = f"{alike(node).kind} {id}"
                    yield Diagnostic(said, node.span, severity=Severity.WARNING, code=UNMATCHED)


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


def _sorted_out(paths: Sequence[Path]) -> tuple[list[Path], list[_Foreign]]:
    """The files that are ours to read, and the others by their kinds."""
    ours: list[Path] = []
    kinds: dict[str, list[Source]] = {}
    for path in dict.fromkeys(paths):
        source = None if path.suffix == ".flow" or not path.is_file() else read_text(path)
        if source is None or _OURS in source.text[:_BEGINNING] or not (importers.detect(source)):
            if called(path):
                refuse_names([Source(str(path), "", called(path))])
            ours.append(path)
        else:
            kinds.setdefault(chosen_kind([source]), []).append(source)
    return ours, [_Foreign(each.kind, each.sources) for each in grouped(kinds)]


def _name(trees: Iterable[s.Flows], paths: Sequence[Path]) -> str:
    """What the system is called: as our own texts have it, else as its first file is."""
    headers = (each for tree in trees for each in tree.statements if isinstance(each, s.System))
    return next((header.name.text for header in headers), paths[0].stem)


def _read(
    foreign: Iterable[_Foreign], read: Callable[[_Foreign, str], Imported], name: str
) -> tuple[list[Imported], list[Diagnostic]]:
    """What the files tell, and what is wrong with them or to be known of them."""
    found: list[Part] = []
    told: list[Diagnostic] = []
    for each in foreign:
        file = each.sources[0].file
        try:
            imported = read(each, name)
        except Rejected as rejected:
            told += rejected.diagnostics
            continue
        if imported.law is not None:
            if _has_rules(imported.law) or any(part.told.law for part in found):
                raise Failure(
                    f"error: `{file}` has rules of its own, or words as others of these files have\n"
                    f"   = help: lawful import {file} -o FOLDER"
                )
            imported = _with_words(imported, imported.law, each.kind)
        found.append(Part(each.kind, imported))
        help = "plan again; to look at what there is, import it: `lawful import`"
        told += (Diagnostic(reason, imported.flows.span, help) for reason in imported.partial)
    whole = list(joined(found))
    told += (
        Diagnostic(str(notice), imported.flows.span, severity=Severity.WARNING, code=NOTICE)
        for imported in whole
        for notice in imported.notices
    )
    return whole, told


def _things(imported: Iterable[Imported]) -> set[_Thing]:
    """The nodes and flows that are declared."""
    return {thing for each in imported for one in each.flows.statements for thing in _of(one)}


def _of(statement: s.FlowStatement) -> Iterator[_Thing]:
    """What a statement declares, or speaks of."""
    if isinstance(statement, s.FlowDecl):
        yield statement.source.text, statement.target.text
    elif isinstance(statement, s.NodeDecl):
        yield (statement.id.text,)
    elif isinstance(statement, s.Correct | s.Ignore):
        yield tuple(statement.id.text.split(" -> ", 1))


def _moved(imported: Iterable[Imported]) -> dict[str, str]:
    """The ids that nodes have, by those that they had."""
    return {
        was.text: each.id.text
        for told in imported
        for each in told.flows.statements
        if isinstance(each, s.NodeDecl)
        for prop in each.props
        if isinstance(prop, s.Property) and prop.word == "formerly"
        for was in prop.names.items
    }


def _called(tree: s.Flows, moved: Mapping[str, str]) -> s.Flows:
    """A text with what it says of nodes under their old ids said of them under their new ones."""

    def name(said: s.Name) -> s.Name:
        ends = (moved.get(end, end) for end in said.text.split(" -> ", 1))
        return replace(said, text=" -> ".join(ends))

    def one(statement: s.FlowStatement) -> s.FlowStatement:
        if isinstance(statement, s.FlowDecl):
            ends = name(statement.source), name(statement.target)
            id = name(statement.id) if statement.id else None
            return s.FlowDecl(id, *ends, statement.carry, statement.props, statement.span)
        if isinstance(statement, s.NodeDecl):
            return node(statement)
        if isinstance(statement, s.Owned):
            return s.Owned(statement.owner, tuple(map(node, statement.nodes)), statement.span)
        if isinstance(statement, s.Correct | s.Ignore):
            return replace(statement, id=name(statement.id))
        return statement

    def node(said: s.NodeDecl) -> s.NodeDecl:
        return s.NodeDecl(said.kind, name(said.id), said.label, said.owner, said.props, said.span)

    if not moved:
        return tree
    return s.Flows(tuple(map(one, tree.statements)), tree.span)


def _without(tree: s.Flows, made: Set[_Thing]) -> s.Flows:
    """A text without what it says of things that were not there, and of flows that end at one."""

    def stays(statement: s.FlowStatement) -> bool:
        things = list(_of(statement))
        ends = [(end,) for thing in things for end in thing]
        return made.isdisjoint([*things, *ends])

    statements: list[s.FlowStatement] = []
    for each in tree.statements:
        if isinstance(each, s.Owned):
            nodes = tuple(node for node in each.nodes if stays(node))
            statements.append(s.Owned(each.owner, nodes, each.span))
        elif stays(each):
            statements.append(each)
    return s.Flows(tuple(statements), tree.span)
