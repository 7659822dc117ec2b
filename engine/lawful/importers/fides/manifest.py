"""Manifest: the resources of all files, by kind and key, and what is not taken over of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from lawful.importers import Notice
from lawful.importers._words import plain
from lawful.importers._yaml import read_documents
from lawful.importers.fides.keys import FIDES
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

#: The kinds of resources, and what is read of each; of the others only their number is told.
KINDS: dict[str, frozenset[str]] = {
    "system": frozenset(
        {
            "system_type",
            "vendor_id",
            "privacy_declarations",
            "egress",
            "ingress",
            "dataset_references",
        }
    ),
    "dataset": frozenset(
        {
            "data_categories",
            "data_subjects",
            "data_uses",
            "data_purposes",
            "collections",
            "retention",
        }
    ),
    "organization": frozenset(),
    "policy": frozenset({"rules"}),
    "data_category": frozenset({"parent_key"}),
    "data_use": frozenset({"parent_key", "legal_basis"}),
    "data_subject": frozenset(),
    "registry": frozenset(),
}
#: What describes a resource, and is no fact of its data.
_DESCRIBING = frozenset(
    {"fides_key", "organization_fides_key", "name", "description", "meta", "tags"}
    | {"fidesctl_meta", "fides_meta", "fidesops_meta", "version_added", "version_deprecated"}
    | {"replaced_by", "is_default", "active", "created_at", "updated_at"}
    | {"administrating_department", "security_policy"}
)
#: What is read of a privacy declaration.
_DECLARED = frozenset(
    {"id", "name", "data_categories", "data_use", "data_subjects", "dataset_references"}
    | {"egress", "ingress", "legal_basis_for_processing", "retention_period"}
    | {"data_shared_with_third_parties", "third_parties", "shared_categories"}
)
#: What it may say at all.
_SAID = FIDES.objects["a privacy declaration"].keys()


#: Keys of the first version of the taxonomy said, too, how data had come about.
_FIRST = re.compile(r"^user\.(?:provided|derived)\.identifiable(?=\.|$)")


def current(key: str) -> str:
    """A key as the taxonomy has it since its second version.

    >>> current("user.provided.identifiable.contact.email"), current("user.derived.nonidentifiable")
    ('user.contact.email', 'user.derived.nonidentifiable')
    """
    return _FIRST.sub("user", plain(key))


@frozen
class Manifest:
    """The resources of each kind: those of one key together, sorted by keys."""

    resources: Mapping[str, Mapping[str, tuple[Pointed, ...]]]
    used: frozenset[str]
    notices: tuple[Notice, ...]
    span: Span

    def each(self, kind: str) -> Iterator[tuple[str, tuple[Pointed, ...]]]:
        """The keys of a kind, and what is said under each."""
        yield from self.resources.get(kind, {}).items()


def read_manifest(sources: Sequence[Source]) -> Manifest:
    """The resources of some files. Raises `Rejected` with what is wrong."""
    found: dict[str, dict[str, list[Pointed]]] = {}
    left: Counter[str] = Counter()
    for document in sorted(
        (each for source in sources for each in _documents(source)), key=lambda at: at.file
    ):
        for key in document.value:
            if key not in KINDS:
                left[f"parts `{plain(key)}` of files: not resources that are known, left out"] += 1
                continue
            for resource in _listed(document, key):
                name = plain(resource.text("fides_key"))
                if not name:
                    resource.reject("the `fides_key` is empty", "give the resource its key")
                found.setdefault(key, {}).setdefault(name, []).append(resource)
    if not found:
        where = Span(sources[0].file)
        help = f"a manifest has one of {', '.join(KINDS)}"
        raise Rejected([Diagnostic("this file has no resources of Fides", where, help)])
    for kind, resources in found.items():
        for several in resources.values():
            left["resources that are said more than once: taken together"] += len(several) > 1
            for resource in several:
                _count(kind, resource, left)
                if kind in FIDES.objects:
                    left.update(FIDES.strange(kind, resource.value))
    used = {
        current(key) for each in found.values() for at in chain(*each.values()) for key in _used(at)
    }
    return Manifest(
        {
            kind: {k: tuple(v) for k, v in sorted(several.items())}
            for kind, several in found.items()
        },
        frozenset(used),
        tuple(Notice(count, text) for text, count in sorted(left.items()) if count),
        Span(min(source.file for source in sources)),
    )


def _documents(source: Source) -> Iterator[Pointed]:
    if source.text.lstrip().startswith("{"):
        yield read_object(source)
        return
    for document in read_documents(source):
        if isinstance(document.value, dict):
            yield document
        elif document.value is not None:
            document.reject(
                "this is no manifest of Fides", "begin with a kind of resource: `system:`"
            )


def _listed(document: Pointed, key: str) -> Iterator[Pointed]:
    """The resources under a kind: a list, or one by itself."""
    one = document.at(key)
    yield from [one] if isinstance(one.value, dict) else document.each(key)


def _used(at: Pointed) -> Iterator[str]:
    """The categories that a resource names anywhere."""
    waiting = [at.value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            said = value.get("data_categories")
            yield from (
                (key for key in said if isinstance(key, str)) if isinstance(said, list) else ()
            )
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _count(kind: str, resource: Pointed, left: Counter[str]) -> None:
    """Count what a resource says and nothing is made of."""
    known = KINDS[kind] | _DESCRIBING
    if kind == "registry":
        left["registries: left out"] += 1
    if kind == "organization":
        return
    for key, value in resource.value.items():
        if key not in known and value not in (None, "", [], {}, False):
            left[f"`{plain(key)}` of a {kind.replace('_', ' ')}: left out"] += 1
    for declaration in resource.each("privacy_declarations") if kind == "system" else ():
        for key in declaration.value.keys() & (_SAID - _DECLARED):
            if declaration.value[key] not in (None, "", [], {}, False):
                left[f"`{plain(key)}` of a privacy declaration: left out"] += 1
