"""Properties: what declarations say in words that parties, nodes and flows share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from lawful.system.model import Consent, Fact, Use
from lawful.system.names import Scope, fact_of
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import near
from lawful_dsl.parser import beginnings
from lawful_dsl.program import State
from lawful_dsl.resolve.words import HOLDERS
from lawful_dsl.source import NOWHERE

Kind = TypeVar("Kind")


def every(props: Iterable[s.Prop], kind: type[Kind]) -> list[Kind]:
    """The properties of one class."""
    return [prop for prop in props if isinstance(prop, kind)]


def single(scope: Scope, props: Sequence[Kind], word: str) -> Kind | None:
    """The one property of a word; a second one is an error."""
    for prop in props[1:]:
        scope.error(
            f"`{word}` is said twice",
            prop.span,  # type: ignore[attr-defined]
            "say all of it at once, or leave one of the two out",
            ("first said here", props[0].span),  # type: ignore[attr-defined]
        )
    return props[0] if props else None


def listed(scope: Scope, props: Sequence[s.Prop], word: str) -> s.Names | None:
    """The list after a word such as `in`; None where it is not said."""
    said = single(scope, [p for p in every(props, s.Property) if p.word == word], word)
    return said.names if said else None


def named(scope: Scope, props: Sequence[s.Prop], word: str) -> s.Name | None:
    """The one name after a word such as `is`."""
    names = listed(scope, props, word)
    return names.items[0] if names and names.items else None


def bare(scope: Scope, props: Sequence[s.Prop], rule: str, *lists: str) -> Mapping[str, Fact[str]]:
    """The bare words sorted by their lists, each list a fact; one of which no word is said is unknown.

    `rule` is that of the grammar, for a word may be one of its keywords misspelt. What stands after
    such a word is not blamed for it.
    """
    found: dict[str, list[s.Name]] = {each: [] for each in lists}
    misspelt = False
    for prop in props:
        if not isinstance(prop, s.Property) or prop.word:
            misspelt = False
            continue
        name = prop.names.items[0]
        if misspelt and not scope.is_term(name, *lists):
            continue
        if term := scope.term(name, *lists, also=lambda: beginnings(rule)):
            found[scope.vocabulary.terms[term].list].append(name)
        else:
            misspelt = not scope.described(name.text) and bool(near(name.text, beginnings(rule)))
    facts = {}
    for each, names in found.items():
        span = names[0].span if names else NOWHERE
        facts[each] = fact_of(s.Names(tuple(names), not names, span), scope.terms(names, each))
    return {each: fact if fact.values else Fact() for each, fact in facts.items()}


def both(left: Fact[Kind], right: Fact[Kind]) -> Fact[Kind]:
    """Two lists of one declaration as one: what is said without a word and with it."""
    if left.silent or right.silent:
        return right if left.silent else left
    values = tuple(sorted({*left.values, *right.values}, key=repr))
    return Fact(values, left.whole and right.whole, left.span)


# --- purposes, bases and consents -----------------------------------------------------------------


class Pairings:
    """The purposes of a carrier and the bases paired with them, as said in one declaration."""

    def __init__(self, scope: Scope, pairings: Sequence[s.Pairing]) -> None:
        self.same = any(p.same for p in pairings)
        self.bases: dict[str, Fact[str]] = {}
        purposes: list[Fact[str]] = []
        for pairing in pairings:
            if pairing.same or pairing.purposes is None:
                continue
            said = scope.fact(pairing.purposes, "purposes")
            purposes.append(said)
            if pairing.bases is not None:
                paired = scope.fact(pairing.bases, "bases")
                for purpose in (*said.values, *(() if said.whole else ("",))):
                    self._pair(scope, pairing, purpose, paired)
        self.purposes: Fact[str] = Fact()
        for fact in purposes:
            self.purposes = both(self.purposes, fact)

    def _pair(self, scope: Scope, pairing: s.Pairing, purpose: str, bases: Fact[str]) -> None:
        first = self.bases.setdefault(purpose, bases)
        if first is not bases and first != bases:
            scope.error(
                f"the bases for `{purpose or 'unknown'}` are said twice",
                pairing.span,
                f"write `for {purpose or 'unknown'} on` once, with all of them",
                ("first said here", first.span),
            )


def uses(
    purposes: Fact[str], paired: Mapping[str, Fact[str]], bases: Fact[str], same: bool = False
) -> tuple[Use, ...]:
    """One use for each purpose, and one of an unknown purpose where they are not all of them, or none is named."""
    named = purposes.whole and bool(purposes.values)
    open = not named and not (same and (purposes.silent or purposes.whole))
    names = (*(("",) if open else ()), *purposes.values)
    return tuple(Use(name, paired.get(name, bases)) for name in names)


def consents(scope: Scope, said: s.Consents | None) -> Fact[Consent]:
    """The consents of a carrier, their scopes resolved."""
    if said is None:
        return Fact()
    values = tuple(sorted({_consent(scope, c) for c in said.items}, key=repr))
    return Fact(values, not said.open, said.span, not said.items and said.open)


def _consent(scope: Scope, said: s.Consent) -> Consent:
    return Consent(
        scope.term(said.kind, "consents"),
        scope.term(said.giver, "subjects") if said.giver else "",
        tuple(sorted({o for n in said.operations if (o := _operation(scope, n))})),
        scope.terms(said.purposes, "purposes"),
        tuple(sorted({r for n in said.recipients if (r := _recipient(scope, n))})),
        scope.terms(said.categories, "data"),
        scope.terms(said.channels, "channels"),
        said.span,
    )


def _operation(scope: Scope, name: s.Name) -> str:
    if name.text in scope.events or not scope.policies:
        return name.text
    what = scope.described(name.text)
    said = f"`{name}` is {what}" if what else f"`{name}` is not known"
    help = scope.guess(name.text, scope.events) or _scope_word(scope, name)
    scope.error(f"{said}; a kind of event is expected here", name.span, help)
    return ""


def _scope_word(scope: Scope, name: s.Name) -> str:
    term = scope.vocabulary.terms.get(name.text)
    words = {"purposes": "for", "parties": "to", "data": "of", "channels": "by"}
    word = words.get(term.list, "") if term else ""
    word = word or ("to" if scope.described(name.text) == "a party" else "")
    return f"in the scope of a consent write `{word} {name}`" if word else ""


def _recipient(scope: Scope, name: s.Name) -> str:
    if name.text in ("us", "third_party"):
        return name.text
    for candidate in scope.candidates(name.text):
        if candidate in scope.ids.parties:
            return candidate
    return scope.term(name, "parties", also=lambda: (*scope.ids.parties, "us", "third_party"))


def state(scope: Scope, said: s.StateRef) -> State | None:
    """A state, or None and an error."""
    term = scope.term(said.state, "states")
    about = holder = ""
    if said.about:
        remedy = (
            "name a term or a kind of event; or declare it in a vocabulary that the policy uses, "
            f'for example under `purposes`: `{said.about} "..."`'
        )
        about = scope.word(said.about, "what the state is about", remedy)
    if said.holder:
        remedy = f"name one of {', '.join(f'`{h}`' for h in HOLDERS)}, a term or a kind of node"
        holder = scope.word(said.holder, "who holds the state", remedy, HOLDERS)
    return State(term, about, holder) if term else None


# --- words in messages ----------------------------------------------------------------------------

#: What only a subject may say.
OF_SUBJECTS = (s.Age, s.Known, s.Standing)


def word_of(prop: s.Prop) -> str:
    """The word by which a property begins in a text."""
    match prop:
        case s.Property() | s.RoleDecl() | s.Hold() | s.Flag() | s.GuardDecl() | s.Marking():
            return getattr(prop, "word", "") or getattr(prop, "role", "")
        case s.Value():
            return prop.name.text
        case s.Change():
            return prop.operation
        case _:
            return _WORDS[type(prop)]


_WORDS = {
    s.Certified: "certified",
    s.Host: "on",
    s.Access: "access",
    s.JoinDecl: "joins",
    s.Apart: "keeps",
    s.Derive: "derives",
    s.Retention: "retention",
    s.Age: "age",
    s.Known: "known",
    s.Standing: "state",
    s.Consents: "with",
    s.Pairing: "for",
    s.Placing: "places",
}
