"""Pointed: a value of JSON or YAML that knows where it stands, for who reads the files of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Any, NoReturn

from lawful.system.document.reading import escaped, parse
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span


@frozen
class Pointed:
    """A value and its place. What is not as it is asked for raises `Rejected`.

    `places` are the lines of the pointers, where they are known.
    """

    value: Any
    file: str
    pointer: str = ""
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.places.get(self.pointer) or Span(self.file, pointer=self.pointer or "/")

    def at(self, key: str | int) -> Pointed:
        """What stands under a key of an object, or `null` where it has none."""
        inner = self.value.get(key) if isinstance(self.value, dict) else self.value[key]
        return replace(self, value=inner, pointer=f"{self.pointer}/{escaped(str(key))}")

    def within(self, key: str) -> Pointed:
        """The object under a key, which must be there."""
        found = self.at(key)
        return found if isinstance(found.value, dict) else found._expected("an object")

    def items(self, key: str) -> Iterator[Pointed]:
        """What is in the list under a key; nothing where there is no list."""
        found = self.at(key)
        if found.value is None:
            return
        if not isinstance(found.value, list):
            found._expected("a list")
        yield from (found.at(number) for number in range(len(found.value)))

    def each(self, key: str) -> Iterator[Pointed]:
        """The objects of the list under a key; none where there is no list."""
        for item in self.items(key):
            yield item if isinstance(item.value, dict) else item._expected("an object")

    def texts(self, key: str) -> Iterator[Pointed]:
        """The texts of the list under a key, which may be one text by itself; none where there is none."""
        one = self.at(key)
        for item in [one] if isinstance(one.value, str) else self.items(key):
            yield item if isinstance(item.value, str) else item._expected("a text")

    def text(self, key: str, otherwise: str | None = None) -> str:
        """The text under a key; `otherwise` where it is not there."""
        found = self.at(key)
        if found.value is None and otherwise is not None:
            return otherwise
        return found.value if isinstance(found.value, str) else found._expected("a text")

    def reject(self, message: str, help: str = "") -> NoReturn:
        """Say what is wrong here."""
        raise Rejected([Diagnostic(message, self.span, help)])

    def _expected(self, what: str) -> NoReturn:
        key = self.pointer.rsplit("/", 1)[-1]
        if self.value is None:
            self.reject(f"the key `{key}` is missing", f"it is {what}")
        self.reject(f"`{key}` is not what is expected here", f"expected {what}")


def read_object(
    source: Source, start: int = 0, *, wrapped: bool = False, repeats: bool = False
) -> Pointed:
    """The object that a JSON text is, `wrapped` or not (see `parse`); anything else raises `Rejected`."""
    value, diagnostics = parse(source.text, source.file, start, wrapped=wrapped, repeats=repeats)
    if diagnostics:
        raise Rejected(diagnostics)
    if not isinstance(value, dict):
        message = "this is not an object of JSON"
        raise Rejected([Diagnostic(message, Span(source.file), "begin with `{`")])
    return Pointed(value, source.file)
