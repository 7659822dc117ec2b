"""Scope: what a name means in a module, and what is said where it means the wrong thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.frozen import frozen
from lawful_dsl.resolve import words
from lawful_dsl.resolve.modules import Module
from lawful_dsl.source import Span
from lawful_dsl.vocabulary import AttributeDefinition, Term


@frozen
class Position:
    """Where a definition is used: of which person, end and place it speaks."""

    who: p.Who = "subject"
    end: p.End = "target"
    place: str = "of the end"


@frozen
class Meaning:
    """What a name is, and the name under which it is known (an alias has that of its term)."""

    sort: str
    name: str


@dataclass(eq=False)
class Definition:
    """A `define`, and the module in which it stands; its sort, empty where it cannot be told."""

    define: s.Define
    home: Module
    sort: str = ""


def _unsettled(name: str, position: Position) -> p.Condition:
    raise AssertionError(f"`{name}` is asked for before the definitions are settled")


@dataclass(eq=False)
class Scope:
    """What a module sees: its own terms, attributes and definitions, and those of what it uses.

    `elsewhere` says which module declares a name that this one does not see. Of names that are
    `torn` (in lines that could not be parsed) or `doubled` (declared twice) no more is said.
    `found` takes what is wrong; `scopes` are those of all modules. `inline` writes a definition out
    where it is used, and `inlined` keeps what it wrote.
    """

    module: Module
    terms: Mapping[str, Term]
    aliases: Mapping[str, str]
    attributes: Mapping[str, AttributeDefinition]
    definitions: Mapping[str, Definition]
    elsewhere: Mapping[str, str]
    torn: frozenset[str]
    doubled: frozenset[str]
    found: list[Diagnostic]
    scopes: Mapping[Module, Scope] = field(default_factory=dict, repr=False)
    inlined: dict[tuple[str, Position], p.Condition] = field(default_factory=dict, repr=False)
    inline: Callable[[str, Position], p.Condition] = field(default=_unsettled, repr=False)

    def error(
        self, message: str, span: Span, help: str = "", related: Sequence[tuple[str, Span]] = ()
    ) -> None:
        """Take note of something that is wrong."""
        self.found.append(Diagnostic(message, span, help, related=tuple(related)))

    def meaning(self, name: str) -> Meaning | None:
        """What a name means here; a term comes before a word of the language of the same name."""
        if name == words.EVERYTHING:
            return Meaning("everything", name)
        known = name if name in words.RESERVED else self.aliases.get(name, name)
        if known in self.terms:
            return Meaning(self.terms[known].list, known)
        if name in self.definitions:
            return Meaning(self.definitions[name].sort, name)
        if name in self.attributes:
            return Meaning("attribute", name)
        if name in words.RESERVED:
            return Meaning(words.RESERVED[name], name)
        return None

    def read(
        self, name: s.Name, accepted: Sequence[str], position: str, help: str = ""
    ) -> Meaning | None:
        """What a name means where only some sorts are accepted; where it is none of them, an error.

        `position` is what stands before the name, as a message says it (`to`). A definition whose
        sort cannot be told is wrong where it stands, and passed over here.
        """
        meaning = self.meaning(name.text)
        if meaning is not None and meaning.sort == "everything" and "everything" not in accepted:
            known = self.terms.get(meaning.name)
            meaning = Meaning(known.list, known.name) if known else meaning
        if meaning is None:
            self.unknown(name, accepted, f"`{position}` names {words.some(accepted)}")
            return None
        if meaning.sort in accepted:
            return meaning
        if meaning.sort and name.text not in self.doubled:
            said = words.written(meaning.sort, name.text) if position in words.ACCEPTED else ""
            self.error(
                f"`{name}` is {words.one(meaning.sort)}; `{position}` names {words.some(accepted)}",
                name.span,
                help or (said and f"write `{said}`"),
            )
        return None

    def unknown(self, name: s.Name, accepted: Sequence[str], otherwise: str) -> None:
        """Say that a name is not known, and which acceptable one is near, or what else to do."""
        if name.text in self.torn:
            return
        help = self.near_word(name.text, self.names(accepted))
        if not help and self.elsewhere.get(name.text, self.module.name) != self.module.name:
            help = f"`{self.elsewhere[name.text]}` has it; write `use {self.elsewhere[name.text]}`"
        self.error(f"`{name}` is not known", name.span, help or otherwise)

    def near_word(self, name: str, known: Iterable[str]) -> str:
        """The nearest known name; not looked for where almost nothing in a text is known."""
        return near(name, known) if len(self.found) < 200 else ""

    def names(self, accepted: Iterable[str]) -> set[str]:
        """All names of some sorts."""
        sorts = set(accepted)
        found = {name for name, term in self.terms.items() if term.list in sorts}
        found.update(alias for alias, term in self.aliases.items() if term in found)
        found.update(n for n, definition in self.definitions.items() if definition.sort in sorts)
        if "attribute" in sorts:
            found.update(self.attributes)
        if "everything" in sorts:
            found.add(words.EVERYTHING)
        found.update(n for sort in sorts for n in words.BUILTIN.get(sort, ()))
        return found

    def read_all(
        self, names: Iterable[s.Name], accepted: Sequence[str], position: str
    ) -> tuple[Meaning, ...]:
        """What each of some names means; those that are wrong are left out."""
        found = (self.read(name, accepted, position) for name in names)
        return tuple(meaning for meaning in found if meaning is not None)

    def read_terms(
        self, names: Iterable[s.Name], accepted: Sequence[str], position: str
    ) -> tuple[str, ...]:
        """The names of the terms that some names mean, each once."""
        found = (meaning.name for meaning in self.read_all(names, accepted, position))
        return tuple(dict.fromkeys(found))
