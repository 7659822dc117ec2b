"""Parts: the files of models, which include one another, and the sections of all of them together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from posixpath import normpath

from lawful.importers._yaml import read_documents
from lawful.system.document.pointed import Pointed
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source

__all__ = ["SECTIONS", "divide", "links", "parts_of", "section", "titles"]

SECTIONS = ("threagile_version", "technical_assets", "data_assets", "trust_boundaries")
_WHOLE = re.compile(r"""^\s*[{,]?\s*["']?\w*threagile_version["']?\s*:""", re.MULTILINE)
_INCLUDES = re.compile(r"""^\s*[{,]?\s*["']?includes["']?\s*:""", re.MULTILINE)


def parts_of(source: Source) -> Iterator[Pointed]:
    """The documents of a file."""
    for document in read_documents(source):
        if not isinstance(document.value, dict):
            document.reject("this is no model of Threagile", "begin with `threagile_version:`")
        yield document


def divide(sources: Sequence[Source]) -> tuple[tuple[Source, ...], ...]:
    """The files of each model: in a folder with several that are whole, each with those that it includes."""
    known = {_path(source): source for source in sources}
    included = {path: _included(source, known) for path, source in known.items()}
    inner = {path for several in included.values() for path in several}
    free = {path: source for path, source in known.items() if path not in inner} or known
    folders: dict[str, list[str]] = {}
    for path in free:
        folders.setdefault(str(PurePath(path).parent), []).append(path)
    found: list[tuple[Source, ...]] = []
    for paths in folders.values():
        whole = [p for p in paths if included[p] or _WHOLE.search(known[p].text)]
        for one in [paths] if len(whole) < 2 else [[path] for path in paths]:
            reached = dict.fromkeys(p for path in one for p in (path, *_reached(path, included)))
            found.append(tuple(known[path] for path in reached))
    return tuple(found)


def _path(source: Source) -> str:
    return normpath(source.file.replace("\\", "/"))


def _included(source: Source, known: dict[str, Source]) -> list[str]:
    """The files among those that are there that a file includes; none where it cannot be read."""
    if not _INCLUDES.search(source.text):
        return []
    try:
        told = [each.value for part in parts_of(source) for each in part.texts("includes")]
    except Rejected:
        return []
    folder = PurePath(_path(source)).parent.as_posix()
    paths = (normpath(f"{folder}/{each}") for each in told)
    return [path for path in paths if path in known and path != _path(source)]


def _reached(path: str, included: dict[str, list[str]]) -> list[str]:
    """All files that one includes, and those that they include."""
    found: dict[str, None] = {}
    waiting = list(included[path])
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found[one] = None
            waiting += included[one]
    return list(found)


def section(parts: Sequence[Pointed], name: str) -> Iterator[tuple[str, Pointed]]:
    """What all parts have in a section, by title; each id is there once."""
    seen: set[str] = set()
    for part in parts:
        for title, inside in _each(part, name) if name in part.value else ():
            id = inside.text("id")
            if id in seen:
                inside.at("id").reject(f"`{id}` is the id of two of `{name}`", "give each its own")
            seen.add(id)
            yield inside.text("title", title), inside


def links(asset: Pointed) -> Iterator[tuple[str, str, Pointed]]:
    """The communication links of an asset, each with its title and its target; as read by Threagile they are a list."""
    if isinstance(asset.at("communication_links").value, list):
        for link in asset.each("communication_links"):
            yield link.text("title"), link.text("target_id"), link
        return
    for title, link in _each(asset, "communication_links"):
        yield title, link.text("target"), link


def titles(at: Pointed, name: str) -> Iterator[str]:
    """The titles of what a section has, whatever stands under them."""
    if at.at(name).value is not None:
        yield from at.within(name).value


def _each(at: Pointed, name: str) -> Iterator[tuple[str, Pointed]]:
    """What a section has, by title; nothing where it is empty."""
    if at.at(name).value is not None:
        inside = at.within(name)
        for title in inside.value:
            yield title, inside.within(title)
