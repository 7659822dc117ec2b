"""Terms: which term a key of the Fides taxonomy is, and those that only these files have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import accumulate

from lawful.importers._sketch import refuse
from lawful.importers._words import label, plain
from lawful.importers.fides.manifest import Manifest, current
from lawful_dsl import library
from lawful_dsl import syntax as s
from lawful_dsl.resolve.words import RESERVED
from lawful_dsl.source import Span
from lawful_dsl.vocabulary import Vocabulary

#: Under what a key stands that has no other above it: data of whom nothing is known may be anyone's.
_TOP = {"data": ("personal_data",), "purposes": (), "subjects": ("data_subject",)}
_DECLARED = {"data_category": "data", "data_use": "purposes", "data_subject": "subjects"}


class Terms:
    """The terms of some files; `own` are those that the vocabulary lacks, as they are asked for."""

    def __init__(self, manifest: Manifest) -> None:
        self.known = _vocabulary()
        self.own: dict[tuple[str, str], s.Term] = {}
        self.asked: list[str] = []
        self.declared = {
            (list, current(key)): several[0]
            for kind, list in _DECLARED.items()
            for key, several in manifest.each(kind)
        }
        for list, key in self.declared:
            self.of(list, key, self.declared[list, key].span)

    def of(self, list: str, key: str, at: Span) -> s.Name:
        """The name of the term that a key is."""
        if not plain(key):
            refuse("a key of the taxonomy is empty", at, "name it, or take it out")
        return s.Name(self._name(list, current(key), at), at)

    def below(
        self, list: str, key: str, at: Span, used: Set[str] = frozenset()
    ) -> Iterator[s.Name]:
        """The name of a key, and of the keys below it whose terms stand elsewhere in our lists.

        Only those that are `used`, where that is said.
        """
        top = self.of(list, key, at)
        yield top
        known = (*self.known.aliases, *(n for n, t in self.known.terms.items() if t.list == list))
        highest = self.known.aliases.get(top.text, top.text)
        for inner in sorted({each for each in known if not used or each in used}):
            term = self.known.aliases.get(inner, inner)
            within = inner.startswith(f"{current(key)}.") and self.known.terms[term].list == list
            if within and highest not in self._above(term):
                yield s.Name(inner, at)

    def apart(self, list: str, keys: Sequence[str]) -> tuple[str, ...]:
        """The terms of these files alone that have nothing above them, but for those of some keys."""
        roots = {
            name
            for (of, name), term in self.own.items()
            if of == list == "data" and tuple(p.name.text for p in term.parents) == _TOP["data"]
        }
        return tuple(sorted(roots.difference(key.split(".")[0] for key in keys)))

    def _above(self, name: str) -> set[str]:
        """A term and all above it."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += (parent.name for parent in self.known.terms[one].parents)
        return found

    def basis(self, said: str, at: Span) -> s.Names:
        """The lawful basis of that name; unknown where there is none of that name."""
        term = self.known.terms.get(self.known.aliases.get(said, said.lower().replace(" ", "_")))
        named = term is not None and term.list == "bases"
        return s.Names((s.Name(term.name, at),), span=at) if term and named else UNKNOWN

    def _name(self, list: str, key: str, at: Span) -> str:
        term = self.known.terms.get(self.known.aliases.get(key, key))
        if term and term.list == list:
            return key
        other = any(other == key and of != list for of, other in self.own)
        taken = term or other or key in RESERVED
        name = f"fides {key}" if taken else key
        if (list, name) not in self.own:
            resource = self.declared.get((list, key))
            said = resource.text("parent_key", "") if resource and list != "subjects" else ""
            above = current(said) or self._before(key)
            if key in self.asked:
                here = resource or self.declared[list, self.asked[-1]]
                here.at("parent_key").reject(f"`{key}` stands above itself", "end the circle")
            self.asked.append(key)
            parents = (self._name(list, above, at),) if above else _TOP[list]
            self.asked.pop()
            title = label(resource.text("name", ""), resource.span) if resource else None
            self.own[list, name] = s.Term(
                s.Name(name, at), title, tuple(s.Parent(s.Name(p, at)) for p in parents), span=at
            )
        return name

    def _before(self, key: str) -> str:
        """The key before the last dot."""
        *above, _ = accumulate(key.split("."), lambda left, right: f"{left}.{right}")
        return above[-1] if above else ""


#: A fact of which nothing is known.
UNKNOWN = s.Names((), open=True)


@cache
def _vocabulary() -> Vocabulary:
    program, _, _ = library.load(["fides"])
    return program.vocabulary
