"""Rules: a constraint as a rule that forbids the transfer of a datum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from lawful.importers._words import plain
from lawful.importers.xdecaf.behaviour import Labels
from lawful.importers.xdecaf.constraints import TYPES, Atom, Constraint, Selector
from lawful_dsl import syntax as s
from lawful_dsl.source import Span

DATUM = "datum"


def product(key: str) -> str:
    """The kind of product that a vertex is for what a constraint asks of it."""
    return f"vertex {key}"


def arriving(key: str) -> str:
    """The attribute of the flows into the inputs that a constraint calls by the names of their flows."""
    return f"input {key}"


def passage(constraint: Constraint, atom: Atom) -> str:
    """The mark of data that came through the vertices of a constraint's source."""
    said = " ".join(
        ("!" if each.inverted else "") + ",".join(dict.fromkeys(_said(a) for a in each.atoms))
        for each in constraint.source
    )
    return f"from vertex {said}" + (f" {atom.value}" if atom.variable else "")


def _said(atom: Atom) -> str:
    return f"{atom.key.partition('.')[0]}.${atom.variable}" if atom.variable else atom.key


def passages(constraint: Constraint) -> tuple[Atom, ...]:
    """What a datum may have come through: one thing, or one for each value of the variable."""
    varied = [a for each in constraint.source for a in each.atoms if a.variable]
    return tuple(varied) if varied else (Atom(""),) if constraint.source else ()


def fits(key: str, kind: str, text: str, labels: Iterable[str]) -> bool:
    """Whether a vertex is what an atom asks for."""
    if key.startswith("type "):
        return TYPES[key.removeprefix("type ")] == kind
    if key.startswith("named "):
        return plain(text).lower() == key.removeprefix("named ").lower()
    return key in labels


def keys(selectors: Iterable[Selector]) -> set[str]:
    """All that some selectors ask for."""
    return {atom.key for each in selectors for atom in each.atoms}


class _Sides:
    """The conditions of one constraint; `bound` are the variables, with what each stands for."""

    def __init__(self, constraint: Constraint, conditional: Labels) -> None:
        self.constraint = constraint
        self.conditional = conditional
        self.at = constraint.span
        self.bound: dict[str, list[tuple[str, Atom]]] = {}

    def has(self, side: str, atoms: Sequence[Atom]) -> list[s.Condition]:
        """That one side has one of some atoms, as few conditions."""
        words: dict[str, list[str]] = {}
        found: list[s.Condition] = []
        for atom in atoms:
            if side == "vertex":
                words.setdefault("to", []).append(product(atom.key))
            elif side == "source":
                words.setdefault("marked", []).append(passage(self.constraint, atom))
            elif atom.key.startswith("named "):
                found.append(s.StateRef(_name(arriving(atom.key), self.at), span=self.at))
            else:
                word = "of" if atom.key in self.conditional else "marked"
                words.setdefault(word, []).append(atom.key)
        parts = [part(word, names, self.at) for word, names in words.items()]
        return [*sorted(parts, key=lambda each: each.word), *found]

    def selected(self, side: str, selector: Selector) -> s.Condition:
        """That a selector holds; a variable that an earlier one has bound has a value of that one's."""
        fixed = [a for a in selector.atoms if a.variable in self.bound]
        found = self.has(side, [a for a in selector.atoms if a not in fixed])
        found += (
            _all([*self.has(side, [a]), other], self.at)
            for a in fixed
            for other in self.valued(a.variable, a.value)
        )
        for atom in selector.atoms:
            if atom.variable and atom not in fixed:
                self.bound.setdefault(atom.variable, []).append((side, atom))
        holds = _any(found, self.at)
        return s.Not(holds, self.at) if selector.inverted else holds

    def valued(self, variable: str, value: str) -> list[s.Condition]:
        """That a variable has a value."""
        said = [self.has(side, [a]) for side, a in self.bound[variable] if a.value == value]
        return [_any(list(chain.from_iterable(said)), self.at)] if said else []

    def conditions(self) -> Iterator[s.Condition]:
        """What stands after `where`."""
        for absent, variable in self.constraint.present:
            said = [self.has(side, [a]) for side, a in self.bound[variable]]
            holds = _any(list(chain.from_iterable(said)), self.at)
            yield s.Not(holds, self.at) if absent else holds
        for one, other in self.constraint.apart:
            shared = [
                _all([*self.valued(one, value), *self.valued(other, value)], self.at)
                for value in dict.fromkeys(a.value for _, a in self.bound[one])
                if self.valued(other, value)
            ]
            if shared:
                yield s.Not(_any(shared, self.at), self.at)


def rule(constraint: Constraint, conditional: Labels) -> s.Forbid:
    """A constraint as a rule: what goes there is an event of it, unless its labels are others."""
    at = constraint.span
    sides = _Sides(constraint, conditional)
    parts = [part("of", [DATUM], at)]
    when: list[s.Condition] = []
    unless: list[s.Exception_] = []
    for selector in constraint.data:
        holds = sides.selected("data", selector)
        if any(atom.variable for atom in selector.atoms):
            when.append(holds)
        else:
            unless.append(_exception(holds, at))
    if constraint.source:
        when.append(sides.selected("source", Selector(False, passages(constraint))))
    for selector in constraint.vertex:
        holds = sides.selected("vertex", selector)
        if isinstance(holds, s.Part):
            parts.append(holds)
        else:
            when.append(holds)
    when += sides.conditions()
    held = list(dict.fromkeys(when))
    event = s.Event(s.Name("transfer"), tuple(parts), _all(held, at) if held else None, at)
    said = s.Text(plain(constraint.text).replace('"', "”"), "en", at)
    meta = s.Meta(because=(said,))
    return s.Forbid(_name(constraint.name, at), event, tuple(unless), meta, at)


def _exception(holds: s.Condition, at: Span) -> s.Exception_:
    """That a datum is not as a selector says."""
    inner = holds.item if isinstance(holds, s.Not) else None
    if isinstance(inner, s.Part):
        return s.Exception_((inner,), span=at)
    return s.Exception_((), inner if inner is not None else s.Not(holds, at), span=at)


def part(word: str, names: Iterable[str], at: Span) -> s.Part:
    """A word and the names after it."""
    return s.Part(word, tuple(_name(name, at) for name in names), span=at)


def _any(conditions: Sequence[s.Condition], at: Span) -> s.Condition:
    """One of them; of none, what never holds."""
    if not conditions:
        return s.Not(part("of", [DATUM], at), at)
    return conditions[0] if len(conditions) == 1 else s.Or(tuple(conditions), at)


def _all(conditions: Sequence[s.Condition], at: Span) -> s.Condition:
    return conditions[0] if len(conditions) == 1 else s.And(tuple(conditions), at)


def _name(text: str, at: Span) -> s.Name:
    return s.Name(text, at)
