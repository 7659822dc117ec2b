"""Events: those of all files, whether a file is one of them, a list, or has one to a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawful.system.document.pointed import Pointed
from lawful.system.document.reading import parse
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import Source, Span

#: What an event has, at least one of them.
_OF_EVENTS = frozenset({"job", "inputs", "outputs", "dataset"})
_PLACEHOLDER = re.compile(r"\$\{json-unit\.[^}]*\}|\{\{[^}]*\}\}")
_SECRET = re.compile(r"//[^/@\s]*@|[?#].*|;.*?(?=/|$)")


def read_events(sources: Sequence[Source]) -> list[Pointed]:
    """The events, in the order of their files and places. Raises `Rejected` with what is wrong."""
    found = [
        event
        for source in sorted(sources, key=lambda each: each.file)
        for value in _values(source)
        for event in _events(value)
    ]
    if not found:
        message = "this file has no events of OpenLineage"
        help = "an event has a `job`, `inputs`, `outputs`, or a `dataset`"
        raise Rejected([Diagnostic(message, Span(sources[0].file), help)])
    return found


def said(at: Pointed, key: str) -> str:
    """The text under a key; nothing where it is not there, or a placeholder of a test."""
    return _PLACEHOLDER.sub("", at.text(key, "")).strip()


def address(at: Pointed) -> tuple[str, str]:
    """The namespace and the name of a dataset or job, without users, passwords and the like."""
    namespace, name = said(at, "namespace"), said(at, "name")
    return _bare(namespace), _bare(name) if "://" in name else name


def _bare(address: str) -> str:
    return _SECRET.sub(lambda found: "//" if found[0].startswith("//") else "", address)


def _values(source: Source) -> Iterator[Pointed]:
    lines = [(n, line) for n, line in enumerate(source.lines, 1) if line.strip()]
    first, _ = parse(lines[0][1], source.file) if lines else (None, ())
    if len(lines) < 2 or not isinstance(first, dict):
        value, wrong = parse(source.text, source.file)
        if wrong:
            raise Rejected(wrong)
        yield Pointed(value, source.file)
        return
    for number, line in lines:
        value, wrong = parse(line, source.file)
        if wrong:
            raise Rejected([replace(each, span=_moved(each.span, number)) for each in wrong])
        yield Pointed(value, source.file, f"/{number - 1}")


def _moved(span: Span, line: int) -> Span:
    """The place of what is wrong in a line by itself, in its file."""
    if span.pointer:
        return replace(span, pointer=f"/{line - 1}{span.pointer}")
    return replace(span, line=line, end_line=line)


def _events(value: Pointed) -> Iterator[Pointed]:
    """The event that a value is, or those in it: of a list, or of an object that has nothing else."""
    if isinstance(value.value, list):
        for number in range(len(value.value)):
            yield from _events(value.at(number))
    elif not isinstance(value.value, dict):
        value.reject("this is no event of OpenLineage", "an event is an object")
    elif _OF_EVENTS.intersection(value.value):
        yield value
    else:
        lists = [key for key, inner in value.value.items() if isinstance(inner, list)]
        for key in lists:
            yield from (
                e for at in value.items(key) if isinstance(at.value, dict) for e in _events(at)
            )
