"""Objects: what manifests declare, found by kind, namespace and name."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from lawful.importers._kubernetes.templates import is_template, processed
from lawful.importers._written import Yaml, documents
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

DEFAULT = "default"
#: What Helm alone replaces; and that what other tools replace, too, in texts that manifests may hold.
_HELM = re.compile(
    r"(?m)^(?![^\S\n]*#).*\{\{-?\s*(?:\.Values|\.Release|\.Chart|\.Capabilities|include\s)"
)
_TEMPLATE = re.compile(r"\{\{|\{%")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
#: The beginning of an object of JSON.
_OBJECT = re.compile(r"\s*(\{)")
_RENDER = "render it first, and import what comes of it: "


@frozen
class Object:
    """One object: its kind, the group of its interface, its namespace and name, and what it says."""

    kind: str
    group: str
    namespace: str
    name: str
    said: Yaml

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.said.span

    @property
    def pods(self) -> Yaml:
        """The template of its pods; null for what has none."""
        spec = self.said.at("spec")
        if self.kind == "Pod":
            return self.said
        if self.kind == "CronJob":
            spec = spec.at("jobTemplate", "spec")
        return (
            spec.at("template")
            if spec.at("template", "spec", "containers").items
            else Yaml(None, spec.span)
        )

    def check(self) -> None:
        """Refuse a name, or one of a namespace, that a node cannot have."""
        if not (_NAME.fullmatch(self.name) and _NAME.fullmatch(self.namespace)):
            self.said.at("metadata").reject(
                f"`{self.name}` in `{self.namespace}` is no name",
                "use letters, digits, `.` and `-`",
            )

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of its pods."""
        return texts(self.pods.at("metadata", "labels"))


@dataclass
class Objects:
    """All objects of the files, in the order of their kinds, namespaces and names."""

    all: list[Object] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def of(self, *kinds: str) -> Iterator[Object]:
        """The objects of some kinds."""
        return (each for each in self.all if each.kind in kinds)


def texts(value: Yaml) -> dict[str, str]:
    """The scalars of a mapping."""
    return {key: each.text for key, each in value.entries.items()}


def _documents(source: Source) -> tuple[Yaml, ...]:
    """The documents of a text. A template is no YAML, or what is written for Helm."""
    if _HELM.search(source.text):
        _refuse(
            source,
            "this is a template of Helm: its values are not in it",
            f"{_RENDER}`helm template`",
        )
    try:
        return tuple(each for part in _parts(source) for each in documents(part))
    except Rejected as rejected:
        if not _TEMPLATE.search(source.text):
            raise
        place = rejected.diagnostics[0].span
        message = "this is a template: its values are not in it, and it is no YAML"
        raise Rejected([Diagnostic(message, place, f"{_RENDER}a manifest")]) from rejected


def _parts(source: Source) -> Iterator[Source]:
    """A text; of one that is objects of JSON, one after the other, each where it stands."""
    text, decoder = source.text, json.JSONDecoder()
    starts: list[int] = []
    at = 0
    while found := _OBJECT.match(text, at):
        try:
            _, end = decoder.raw_decode(text, found.start(1))
        except (ValueError, RecursionError):
            break
        starts.append(found.start(1))
        at = end
    if len(starts) < 2 or text[at:].strip():
        yield source
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line = text.rfind("\n", 0, start) + 1
        before = "\n" * text.count("\n", 0, start) + " " * (start - line)
        yield replace(source, text=before + text[start:end])


def is_kustomization(source: Source) -> bool:
    """Whether a text is one that Kustomize reads."""
    name = re.split(r"[/\\]", source.file)[-1]
    return name in ("kustomization.yaml", "kustomization.yml", "Kustomization") or (
        "kustomize." in source.text
        and re.search(r"^apiVersion:\s*[\"']?kustomize\.", source.text, re.MULTILINE) is not None
    )


def read_objects(sources: Sequence[Source]) -> Objects:
    """The objects of all files, each once. What must be rendered first is refused."""
    objects = Objects()
    found: dict[tuple[str, str, str, str], Object] = {}
    rendered = [source for source in sources if not is_kustomization(source)]
    if not rendered:
        _refuse(
            sources[0],
            "this is a kustomization: it says how manifests are changed",
            f"{_RENDER}`kubectl kustomize`",
        )
    if len(rendered) < len(sources):
        said = "kustomizations: what they change is not followed; render them"
        objects.counts[said] += len(sources) - len(rendered)
    for source in rendered:
        _add(objects, found, _documents(source))
    if not found:
        message = "there are no objects of Kubernetes here"
        _refuse(rendered[0], message, "a manifest has `apiVersion`, `kind` and `metadata`")
    objects.all = [found[key] for key in sorted(found)]
    return objects


def objects_of(said: Iterable[Yaml]) -> Objects:
    """The objects that some documents declare, each once."""
    objects = Objects()
    found: dict[tuple[str, str, str, str], Object] = {}
    _add(objects, found, said)
    objects.all = [found[key] for key in sorted(found)]
    return objects


def _add(
    objects: Objects, found: dict[tuple[str, str, str, str], Object], said: Iterable[Yaml]
) -> None:
    """Find the objects of some documents; what is none is counted."""
    for document in said:
        if document.value is None:
            continue
        if not isinstance(document.value, Mapping):
            objects.counts["documents that are no objects: not read"] += 1
            continue
        for each in _flat(document, objects.counts):
            key = (each.kind, each.group, each.namespace, each.name)
            if found.setdefault(key, each) is not each:
                objects.counts["objects that are declared twice: the first is taken"] += 1


def _refuse(source: Source, message: str, help: str) -> NoReturn:
    raise Rejected([Diagnostic(message, Span(source.file, 1, 1, 1, 2), help)])


def _flat(document: Yaml, counts: Counter[str]) -> Iterator[Object]:
    """The object that a document is, or those of the list that it is."""
    kind = document.at("kind").text
    if kind.endswith("List") and isinstance(document.at("items").value, tuple):
        for item in document.at("items").items:
            yield from _flat(item, counts)
        return
    if is_template(document):
        counts["templates of OpenShift: read with the values that their parameters have"] += 1
        for item in processed(document):
            yield from _flat(item, counts)
        return
    metadata = document.at("metadata")
    name = metadata.at("name").text or metadata.at("generateName").text.rstrip("-")
    if not kind or not name:
        counts["documents without a kind or a name: not read"] += 1
        return
    namespace = metadata.at("namespace").text or DEFAULT
    group = document.at("apiVersion").text.rpartition("/")[0]
    found = Object(kind, group, namespace, name, document)
    if found.pods.value is not None:
        found.check()
    yield found
