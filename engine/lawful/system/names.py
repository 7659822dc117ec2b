"""Names: what a word of a system text stands for, looked up in the vocabulary and among the ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from lawful.system.model import UNKNOWN, Fact
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.program import FORMS, NODE_KINDS, EventKind, Policy
from lawful_dsl.source import Span
from lawful_dsl.vocabulary import LISTS, Vocabulary

Made = TypeVar("Made")

#: How many names are compared at most, over all errors, to find the nearest ones.
MOST_COMPARED = 200_000
_FORM = "a form"
_SAID_OF_FLOWS = "a flow changes the form of data; of a node say the measure, a term of `measures`"


@dataclass(frozen=True)
class Ids:
    """The ids of the parties, nodes (with their kinds) and flows that are declared."""

    parties: frozenset[str] = frozenset()
    nodes: Mapping[str, str] = field(default_factory=dict)
    flows: frozenset[str] = frozenset()

    def subjects(self) -> list[str]:
        """The ids of the subjects."""
        return [id for id, kind in self.nodes.items() if kind == "subject"]

    def all(self) -> list[str]:
        """Every id."""
        return [*self.parties, *self.nodes, *self.flows]


@dataclass(frozen=True)
class Scope:
    """What the names of one system's files are looked up in. What is wrong is added to `found`.

    `home` is the system where several are linked and ids are qualified, else empty; `system` is
    its name in any case.
    """

    vocabulary: Vocabulary
    policies: Sequence[Policy]
    found: list[Diagnostic]
    ids: Ids = Ids()
    home: str = ""
    system: str = ""

    def within(self, system: str, qualified: bool) -> Scope:
        """The same, for the texts of one system."""
        return replace(self, system=system, home=system if qualified else "")

    def error(self, message: str, span: Span, help: str = "", *related: tuple[str, Span]) -> None:
        """Note an error."""
        self.found.append(Diagnostic(message, span, help, related=related))

    def sound(self, make: Callable[[], Made]) -> Made | None:
        """What is made where nothing is wrong with it; else nothing, and no error is noted.

        It is for what stands for several that are alike: each of them is to tell what is wrong with it itself.
        """
        before = len(self.found)
        made = make()
        if len(self.found) == before:
            return made
        del self.found[before:]
        return None

    # --- ids --------------------------------------------------------------------------------------

    def qualified(self, name: str) -> str:
        """The id that a declaration of this name gets."""
        return f"{self.home}.{name}" if self.home else name

    def candidates(self, name: str) -> tuple[str, ...]:
        """The ids that a name may mean, the likeliest first."""
        own = f"{self.system}."
        bare = (name.removeprefix(own),) if name.startswith(own) else ()
        return (self.qualified(name), name, *bare)

    def short(self, id: str) -> str:
        """An id without the name of this system before the ids in it."""
        return re.sub(rf"(?<![\w.-]){re.escape(self.home)}\.", "", id) if self.home else id

    def party(self, name: s.Name, use: str) -> str:
        """The id of a party, or empty and an error; `use` says for what it is named."""
        for candidate in self.candidates(name.text):
            if candidate in self.ids.parties:
                return candidate
        what = self.described(name.text)
        said = (
            f"`{name}` is {what}, but {use} is a party" if what else f"there is no party `{name}`"
        )
        help = self.guess(name.text, self.ids.parties) or f"declare it: `party {name}`"
        self.error(said, name.span, help)
        return ""

    def subject(self, name: s.Name) -> str:
        """The id of a subject, or empty and an error."""
        for candidate in self.candidates(name.text):
            if self.ids.nodes.get(candidate) == "subject":
                return candidate
        what = self.described(name.text)
        subjects = self.ids.subjects()
        said = (
            f"`{name}` is {what}, not the id of a subject"
            if what
            else f"there is no subject `{name}`"
        )
        help = self.guess(name.text, subjects) or f"declare it: `subject {name}`"
        self.error(said, name.span, help)
        return ""

    def known_end(self, name: str) -> str:
        """The id of a node, or of a party that stands for one; empty where there is none."""
        ids = self.ids
        if not self.home and name in ids.nodes:
            return name
        for candidate in self.candidates(name):
            if candidate in ids.nodes or candidate in ids.parties:
                return candidate
        return ""

    def end(self, name: s.Name, use: str) -> str:
        """The id of a node, or of a party that stands for one, or empty and an error."""
        if id := self.known_end(name.text):
            return id
        what = self.described(name.text)
        help = self.guess(name.text, [*self.ids.nodes, *self.ids.parties])
        if what:
            message = f"`{name}` is {what}, but {use} is a node or a party"
            self.error(message, name.span, help or "name one that the system declares")
        else:
            help = help or (
                f"declare it, for example `service {name}`; what another system declares is "
                f"`service {name} extern`"
            )
            self.error(f"no node or party `{name}` is declared", name.span, help)
        return ""

    # --- terms ------------------------------------------------------------------------------------

    def term(self, name: s.Name, *lists: str, also: Callable[[], Iterable[str]] = tuple) -> str:
        """The term that a name means when it is of one of the lists, else empty and an error.

        `also` gives what else might have been meant, for the help.
        """
        text = self.vocabulary.aliases.get(name.text, name.text)
        if self.is_term(name, *lists):
            return text
        expected = " or ".join(", ".join(_an(LISTS[each]) for each in lists).rsplit(", ", 1))
        what = self.described(name.text)
        if what:
            self.error(
                f"`{name}` is {what}, but {expected} is expected here",
                name.span,
                _SAID_OF_FLOWS if what == _FORM else "",
            )
            return ""
        near_by = [n for each in lists for n in self.vocabulary.of_list(each)]
        help = self.guess(name.text, [*near_by, *also()]) or self.guess(
            name.text, [*self.vocabulary.terms, *self.ids.all()]
        )
        self.error(f"`{name}` is not known; {expected} is expected here", name.span, help)
        return ""

    def is_term(self, name: s.Name, *lists: str) -> bool:
        """Whether a name means a term of one of the lists."""
        term = self.vocabulary.terms.get(self.vocabulary.aliases.get(name.text, name.text))
        return term is not None and term.list in lists

    def terms(self, names: Iterable[s.Name], *lists: str) -> tuple[str, ...]:
        """The terms that the names mean, sorted, each once."""
        return tuple(sorted({t for name in names if (t := self.term(name, *lists))}))

    def fact(self, names: s.Names | None, *lists: str) -> Fact[str]:
        """A list as a fact; silence is unknown."""
        if names is None:
            return UNKNOWN
        return fact_of(names, self.terms(names.items, *lists))

    def word(self, name: s.Name, use: str, remedy: str, words: Sequence[str] = ()) -> str:
        """A name that may be any word that a rule may say: of a list, of an event, one of `words`.

        `remedy` says what to do about one that is none and is like none.
        """
        text = self.vocabulary.aliases.get(name.text, name.text)
        said = {*self.events, *NODE_KINDS, *words}
        if text in self.vocabulary.terms or text in said or not self.policies:
            return text
        known = [*self.vocabulary.terms, *said]
        help = self.guess(name.text, known) or remedy
        self.error(f"`{name}` is not known; {use} is expected here", name.span, help)
        return ""

    @cached_property
    def events(self) -> frozenset[str]:
        """The kinds of event, and those that the policies define."""
        defined = {name for policy in self.policies for name, _ in policy.events}
        return frozenset(defined | set(EventKind))

    def because(self, said: s.Text) -> None:
        """Note an error where a reason says nothing."""
        if not said.text.strip():
            self.error("this reason is empty", said.span, "say why, in a sentence")

    # --- messages ---------------------------------------------------------------------------------

    def described(self, name: str) -> str:
        """What a known name is, with its article: `a place`; empty for an unknown one."""
        term = self.vocabulary.terms.get(self.vocabulary.aliases.get(name, name))
        if term is not None:
            return _an(LISTS[term.list])
        for candidate in self.candidates(name):
            if candidate in self.ids.parties:
                return "a party"
            if candidate in self.ids.nodes:
                return _an(self.ids.nodes[candidate])
            if candidate in self.ids.flows:
                return "a flow"
        if name in self.events:
            return "a kind of event"
        if name in (*FORMS, "decrypting"):
            return _FORM
        attribute = self.vocabulary.attributes.get(name)
        return f"an attribute of a {attribute.owner}" if attribute is not None else ""

    def guess(self, name: str, known: Iterable[str]) -> str:
        """A `did you mean` sentence, or nothing."""
        words = list(known)
        if len(self.found) * len(words) > MOST_COMPARED:
            return ""
        return near(name, [self.short(word) for word in words])


def fact_of(names: s.Names, values: tuple[str, ...]) -> Fact[str]:
    """What a list says, its names resolved."""
    unsaid = not names.items and names.open
    return Fact(values, not names.open, names.span, unsaid)


def _an(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
