"""Constraints: what the editor's constraint language says must never flow, read word by word.

`data SELECTORS vertex SELECTORS neverFlows vertex SELECTORS where CONDITIONS`; what stands before
`neverFlows` in either order, of the rest nothing need be there. A selector is a list of labels
(one of them is enough), of which one may be a variable, `Role.$who`; `type KIND` and `named NAME`;
`!` turns it round. A condition is `present $who` or `empty intersection($who,$other)`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from lawful.importers._words import plain
from lawful.system.document.pointed import Pointed
from lawful_dsl.diagnostics import near
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

#: The kinds of vertex, as constraints call them.
TYPES = {"EXTERNAL": "client", "PROCESS": "service", "STORE": "store"}
#: The label types and their values.
Types = Mapping[str, Sequence[str]]


@frozen
class Atom:
    """One thing that a selector asks for: a label, `type KIND` or `named NAME`.

    A variable stands for every label of its type, each an atom with the value and the variable.
    """

    key: str
    value: str = ""
    variable: str = ""


@frozen
class Selector:
    """Alternatives; inverted, none of them."""

    inverted: bool
    atoms: tuple[Atom, ...]


@frozen
class Constraint:
    """What never flows: data that came through the vertices of `source`, into those of `vertex`.

    All selectors hold. `present` are variables, each whether it must have no value; the pairs of `apart` share none.
    """

    name: str
    text: str
    data: tuple[Selector, ...]
    source: tuple[Selector, ...]
    vertex: tuple[Selector, ...]
    present: tuple[tuple[bool, str], ...]
    apart: tuple[tuple[str, str], ...]
    span: Span


_PREFIX = re.compile(r"(?:-\s*)?(?:(?P<name>[^\s:]+)\s*:\s*)?")
_INTERSECTION = re.compile(r"intersection\(\$?([^,()\s]+),\$?([^,()\s]+)\)")
HELP = "a constraint is `data LABELS vertex LABELS neverFlows vertex LABELS where CONDITIONS`"


def read_constraint(each: Pointed, types: Types) -> Constraint | None:
    """One constraint; None where nothing is written."""
    text = each.text("constraint", "").strip()
    prefix = _PREFIX.match(text)
    assert prefix
    words = re.sub(r"\s*([,(])\s*", r"\1", re.sub(r"\s+\)", ")", text[prefix.end() :])).split()
    if not words:
        return None
    return _Reading(each, text, types, words).constraint(prefix["name"] or "")


@dataclass
class _Reading:
    """The words of one constraint, taken one after the other."""

    each: Pointed
    text: str
    types: Types
    words: list[str]
    groups: dict[str, list[Selector]] = field(default_factory=dict)
    present: list[tuple[bool, str]] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)

    def constraint(self, name: str) -> Constraint:
        flows = False
        group = ""
        while self.words:
            word = self.words.pop(0)
            if word == "neverFlows" and not flows and self.groups:
                flows, group = True, ""
                if self.words[:1] == ["to"]:
                    self.words.pop(0)
            elif word in ("data", "vertex"):
                group = f"{word} after" if flows else word
                if group == "data after":
                    self.reject("of the data at the target nothing can be imported: say it before")
                if group in self.groups:
                    self.reject(f"`{word}` stands there twice")
                self.groups[group] = []
            elif word == "where" and flows:
                self.conditions()
            elif group:
                self.groups[group].append(self.selector(word, group))
            else:
                self.reject(f"the constraint cannot be read at `{word}`")
        if not flows or not all(self.groups.values()):
            self.reject(f"the constraint `{self.text}` is not understood")
        bound = {a.variable for group in self.groups.values() for s in group for a in s.atoms}
        for variable in [v for _, v in self.present] + [v for pair in self.apart for v in pair]:
            if variable not in bound:
                self.reject(f"no selector says what `${variable}` is")
        data, source, vertex = (
            tuple(self.groups.get(group, ())) for group in ("data", "vertex", "vertex after")
        )
        if len({a.variable for s in source for a in s.atoms} - {""}) > 1:
            self.reject("of a source with more than one variable nothing can be imported")
        return Constraint(
            plain(self.each.text("name", "") or name),
            self.text,
            data,
            source,
            vertex,
            tuple(self.present),
            tuple(self.apart),
            self.each.span,
        )

    def selector(self, word: str, group: str) -> Selector:
        inverted, word = self.turned(word)
        if word not in ("type", "named"):
            names = [name for name in word.split(",") if name]
            return Selector(inverted, tuple(a for name in names for a in self.atoms(name)))
        if word == "type" and group == "data":
            self.reject("data have no `type`", "say it of a `vertex`")
        again, name = self.turned(self.words.pop(0) if self.words else "")
        if word == "type" and name.upper() not in TYPES:
            self.reject(f"`{name}` is no type of vertex", f"known are {', '.join(TYPES)}")
        key = f"type {name.upper()}" if word == "type" else f"named {plain(name)}"
        return Selector(inverted != again, (Atom(key),))

    def atoms(self, name: str) -> tuple[Atom, ...]:
        """The label of a name, or all those for which a variable stands."""
        kind, _, value = plain(name).partition(".")
        if kind.startswith("$"):
            self.reject(f"`{name}` has a variable for a type: that cannot be imported")
        if value.startswith("$") and kind in self.types:
            return tuple(Atom(f"{kind}.{each}", each, value[1:]) for each in self.types[kind])
        known = {f"{kind}.{each}" for kind, values in self.types.items() for each in values}
        if plain(name) not in known:
            self.reject(f"there is no label `{plain(name)}`", near(plain(name), known) or HELP)
        return (Atom(plain(name)),)

    def conditions(self) -> None:
        while self.words and self.words[0] in ("present", "empty"):
            word, rest = self.words.pop(0), self.words.pop(0) if self.words else ""
            inverted, variable = self.turned(rest)
            pair = _INTERSECTION.fullmatch(rest)
            if word == "present" and variable and "(" not in variable:
                self.present.append((inverted, variable.removeprefix("$")))
            elif word == "empty" and pair:
                self.apart.append((pair[1], pair[2]))
            else:
                self.reject(f"the constraint cannot be read at `{word} {rest}`".rstrip())
        if self.words or not (self.present or self.apart):
            self.reject(
                f"the constraint cannot be read at `where {' '.join(self.words)}`".rstrip(),
                "a condition is `present $NAME` or `empty intersection($NAME,$NAME)`",
            )

    def turned(self, word: str) -> tuple[bool, str]:
        if word == "!" and self.words:
            return True, self.words.pop(0)
        return word.startswith("!"), word.removeprefix("!")

    def reject(self, message: str, help: str = HELP) -> NoReturn:
        self.each.at("constraint").reject(message, help)
