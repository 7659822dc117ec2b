"""Project: the files of Compose, those that they name beside them, and their variables, as one.

Files are read from the folder of the first one and those below it, and from nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lawful.importers._hosts import UNKNOWN
from lawful.importers._written import Yaml, documents
from lawful.importers.compose.folders import shared
from lawful.importers.compose.interpolation import Values, Variables, read_env
from lawful.importers.compose.merging import merged, normal, settled
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.parser import read
from lawful_dsl.source import Source, Span

_DEEPEST = 20
#: The endings of files by which programs are set, and how large one may be.
_SETTINGS = (".alloy", ".cfg", ".conf", ".json", ".toml", ".yaml", ".yml")
_LARGEST = 1_000_000
#: What Compose reads where it is not told what to read.
_USUAL = re.compile(r"(?:docker-)?compose\.ya?ml")
#: Under what a service has what it extends where that is not there.
_NOT_EXTENDED = "x-not-extended"


@dataclass
class Project:
    """What all files say together, and what could not be followed."""

    root: Path
    values: Values = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    behind: dict[Span, str] = field(default_factory=dict)
    not_included: list[Yaml] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    read_files: dict[Path, Source | None] = field(default_factory=dict)
    #: The files that are merged, the first one first: of that one's folder are the paths in all of them.
    given: tuple[str, ...] = ("",)

    def document(self, source: Source, values: Values, depth: int = 0) -> Yaml:
        """What one file says, with what it includes, and with its services extended."""
        whole = Yaml({}, _beginning(source))
        for written in documents(source):
            if written.value is None:
                continue
            if not isinstance(written.value, Mapping):
                written.reject("this is not a file of Compose", "it has `services`, and names them")
            told = self.interpolated(written, values)
            included = told.at("include")
            for entry in included.items:
                whole = merged(whole, self.included(entry, source, values, depth))
            services = told.at("services").entries
            extended = {
                name: self.extended(name, service, services, source, values, depth)
                for name, service in services.items()
            }
            entries = {key: value for key, value in told.entries.items() if key != "include"}
            if extended:
                entries["services"] = replace(told.at("services"), value=extended)
            whole = merged(whole, replace(told, value=entries))
        return whole

    def interpolated(self, written: Yaml, values: Values) -> Yaml:
        """A value with its variables replaced; those without a value are noted."""
        variables = Variables(values, self.missing, self.behind)
        return variables.within(written)

    def included(self, entry: Yaml, source: Source, values: Values, depth: int) -> Yaml:
        """What an entry of `include` brings: files that are merged, with variables of their own."""
        paths = entry.at("path") if entry.entries else entry
        brought = Yaml({}, entry.span)
        for path in paths.items or (paths,):
            found = self.beside(path, source, "files to include", depth)
            if found is None:
                self.not_included.append(path)
                continue
            named = [
                self.beside(each, source, "files of variables", 0)
                for each in _listed(entry.at("env_file"))
            ]
            files = named or [self.opened(Path(found.file).parent / ".env")]
            own = dict(values)
            for file in files:
                own = {**(read_env(file, values) if file else {}), **own}
            brought = merged(brought, self.document(found, own, depth + 1))
        return brought

    def extended(
        self,
        name: str,
        service: Yaml,
        services: Mapping[str, Yaml],
        source: Source,
        values: Values,
        depth: int,
        seen: frozenset[tuple[str, str]] = frozenset(),
    ) -> Yaml:
        """A service over the one that it extends."""
        service = normal(service)
        extends = service.at("extends")
        if extends.value is None:
            return service
        own = replace(service, value={k: v for k, v in service.entries.items() if k != "extends"})
        base_name = extends.text or extends.at("service").text
        if (source.file, name) in seen or depth + len(seen) > _DEEPEST:
            extends.reject(f"`{name}` extends itself", "name another service")
        within = source
        if extends.at("file").text:
            found = self.beside(extends.at("file"), source, "files with services to extend", depth)
            if found is None:
                return replace(own, value={**own.entries, _NOT_EXTENDED: extends})
            if found.file != source.file:
                within = found
                services = {
                    name: each
                    for written in documents(found)
                    for name, each in self.interpolated(written, values)
                    .at("services")
                    .entries.items()
                }
        if base_name not in services:
            extends.reject(f"there is no service `{base_name}` to extend", "name one that is there")
        base = self.extended(
            base_name,
            services[base_name],
            services,
            within,
            values,
            depth,
            seen | {(source.file, name)},
        )
        return merged(base, own)

    def folder(self, source: str, volume: Yaml) -> str:
        """The folder of the project, or beside it, that a service mounts; empty where it is none."""
        start = Path(self.given[0] if volume.span.file in self.given else volume.span.file).parent
        return shared(source, start.as_posix(), Path(self.given[0]).parent.as_posix())

    def text_of(self, named: Yaml) -> str:
        """The text of a file of settings that is mounted, in the folder of the project; empty where it is none."""
        start = Path(self.given[0] if named.span.file in self.given else named.span.file).parent
        path = start / named.text
        if not named.text.startswith(".") or path.suffix not in _SETTINGS:
            return ""
        try:
            found = self.opened(path) if path.stat().st_size <= _LARGEST else None
        except (OSError, ValueError, Rejected):
            return ""
        return found.text if found else ""

    def beside(self, path: Yaml, source: Source, what: str, depth: int) -> Source | None:
        """A file that another names; one that is not there, or elsewhere, is counted."""
        if depth > _DEEPEST:
            path.reject("files include one another without end", "leave out one of them")
        found = self.opened(Path(source.file).parent / path.text) if path.text else None
        if found is None:
            self.counts[f"{what} that are not there, or not in this folder: not read"] += 1
        return found

    def opened(self, path: Path) -> Source | None:
        """The text of a file in the folder of the project; nothing where there is none."""
        try:
            inside = path.resolve().is_relative_to(self.root) and path.is_file()
        except (OSError, ValueError, RuntimeError):
            return None
        if not inside:
            return None
        if path not in self.read_files:
            source, diagnostics = read(path)
            if source is None:
                raise Rejected(diagnostics)
            self.read_files[path] = source
        return self.read_files[path]

    def overriding(self, files: Sequence[Source]) -> list[Source]:
        """The file that Compose merges by itself over one that has the usual name and is given alone."""
        path = Path(files[0].file) if len(files) == 1 else Path()
        if not _USUAL.fullmatch(path.name):
            return []
        names = (f"{path.stem}.override{ending}" for ending in (".yaml", ".yml"))
        found = next((each for name in names if (each := self.opened(path.parent / name))), None)
        if found is None:
            return []
        self.counts[
            "files that Compose merges over the one given, by their name: read with it"
        ] += 1
        return [found]

    def missed(self, service: Yaml, word: str) -> Iterator[Yaml]:
        """The files of variables, or to extend, that a service names and that are not there."""
        if word == "extends":
            said = service.at(_NOT_EXTENDED)
            yield from () if said.value is None else (said,)
        for entry in service.at("env_file").items if word == "env_file" else ():
            path = entry.at("path") if entry.entries else entry
            if self.opened(Path(path.span.file).parent / path.text) is None:
                yield path

    def environment(self, service: Yaml) -> dict[str, tuple[str, Yaml]]:
        """The variables of a service, and where each is said: of its files, then its own."""
        found: dict[str, tuple[str, Yaml]] = {}
        for entry in service.at("env_file").items:
            path = entry.at("path") if entry.entries else entry
            source = self.beside(path, Source(path.span.file, ""), "files of variables", 0)
            if source is None:
                continue
            if entry.at("format").text == "raw":
                pairs = (line.partition("=") for line in source.lines if not line.startswith("#"))
                told: Mapping[str, str] = {key.strip(): value for key, _, value in pairs}
            else:
                told = read_env(source, self.values, silent=UNKNOWN)
            found.update({key: (value, path) for key, value in told.items()})
        for key, value in service.at("environment").entries.items():
            if value.value is None:
                found[key] = Variables(self.values, self.missing).value(key), value
            else:
                found[key] = value.text, value
        return found


def _beginning(source: Source) -> Span:
    """Where a file begins."""
    return Span(source.file, 1, 1, 1, 2)


def _listed(value: Yaml) -> Sequence[Yaml]:
    """The items of a sequence, or the one scalar that stands in its place."""
    return value.items or ((value,) if value.text else ())


def _is_env(source: Source) -> bool:
    """Whether a file that was given holds variables: `.env`, `.env.local`, `web.env`."""
    name = Path(source.file).name
    return name.startswith(".env") or name.endswith(".env")


def read_project(sources: Sequence[Source]) -> tuple[Project, Yaml]:
    """The project of the files given: later ones are said after those before them."""
    files = [source for source in sources if not _is_env(source)]
    first = (files or list(sources))[0]
    project = Project(Path(first.file).resolve().parent)
    given: Iterable[Source] = [source for source in sources if _is_env(source)]
    beside = project.opened(Path(first.file).parent / ".env")
    values: dict[str, str] = {}
    for source in given or ([beside] if beside else []):
        values.update(read_env(source, {}))
    project.values = values
    files += project.overriding(files)
    project.given = tuple(each.file for each in files or sources)
    whole = Yaml({}, _beginning(first))
    for source in files:
        whole = merged(whole, project.document(source, values))
    return project, settled(whole)
