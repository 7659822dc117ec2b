"""Declarations: the names that the modules declare, each once, and the scopes that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.resolve import words
from lawful_dsl.resolve.modules import Module
from lawful_dsl.resolve.scope import Definition, Scope
from lawful_dsl.source import Span
from lawful_dsl.vocabulary import AttributeDefinition, Term


@dataclass(frozen=True, eq=False)
class Declared:
    """What one module declares by itself. `syntax` has the terms as they are written."""

    terms: dict[str, Term] = field(default_factory=dict)
    syntax: dict[str, s.Term] = field(default_factory=dict)
    aliases: dict[str, tuple[s.Name, Span]] = field(default_factory=dict)
    attributes: dict[str, AttributeDefinition] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)


def declare(modules: Sequence[Module], found: list[Diagnostic]) -> dict[Module, Declared]:
    """What each module declares. Of two declarations of a name the first holds."""
    declared = {module: Declared() for module in modules}
    first: dict[str, tuple[Module, object, str, Span]] = {}
    for module in modules:
        own = declared[module]
        for list, term in _listed(module):
            made = _term(list, term, found)
            if _fresh(module, made.name, made, words.one(list), term.name.span, first, found):
                own.terms[made.name] = made
                own.syntax[made.name] = term
        for attribute in module.all(s.Attribute):
            known = _attribute(attribute, found)
            span = attribute.name.span
            if _fresh(module, known.name, known, "an attribute", span, first, found):
                own.attributes[known.name] = known
        for key, name in (entry for m in module.all(s.Mapping) for entry in m.entries):
            if key.text in own.aliases and own.aliases[key.text][0] != name:
                found.append(
                    Diagnostic(
                        f"`{key.text}` is `{own.aliases[key.text][0]}` already",
                        key.span,
                        "a key of another taxonomy is one term",
                        related=(("said first here", own.aliases[key.text][1]),),
                    )
                )
            else:
                own.aliases[key.text] = (name, key.span)
        for define in module.all(s.Define):
            name, other = define.name, own.definitions.get(define.name.text)
            if name.text in words.RESERVED or name.text == words.EVERYTHING:
                _reserved(name, found)
            elif other:
                _twice(name, "defined", other.define.name.span, found)
            else:
                own.definitions[name.text] = Definition(define, module)
    return declared


def _listed(module: Module) -> Iterable[tuple[str, s.Term]]:
    return ((block.list, term) for block in module.all(s.TermList) for term in block.terms)


def _fresh(
    module: Module,
    name: str,
    made: object,
    what: str,
    span: Span,
    first: dict[str, tuple[Module, object, str, Span]],
    found: list[Diagnostic],
) -> bool:
    """Whether a declaration holds: the first of its name, or the same in a policy's versions."""
    if name in words.RESERVED:
        _reserved(s.Name(name, span), found)
        return False
    earlier, other, other_what, place = first.setdefault(name, (module, made, what, span))
    if made is other:
        return True
    if earlier.name == module.name and earlier is not module and made == other:
        return True
    found.append(declared_twice(name, (what, span), (other_what, place)))
    return False


def declared_twice(name: str, one: tuple[str, Span], other: tuple[str, Span]) -> Diagnostic:
    """Say that a name is declared as one thing at one place, and as another elsewhere."""
    return Diagnostic(
        f"`{name}` is declared twice: as {one[0]} here",
        one[1],
        "a name means one thing in all vocabularies in use; rename one or take it out",
        related=((f"and as {other[0]} here", other[1]),),
    )


def _reserved(name: s.Name, found: list[Diagnostic]) -> None:
    found.append(
        Diagnostic(
            f"`{name}` is a word of the language itself and cannot be declared",
            name.span,
            "choose another name",
        )
    )


def _twice(name: s.Name, done: str, place: Span, found: list[Diagnostic]) -> None:
    found.append(
        Diagnostic(
            f"`{name}` is {done} twice",
            name.span,
            "rename one or take it out",
            related=((f"{done} first here", place),),
        )
    )


def _term(list: str, term: s.Term, found: list[Diagnostic]) -> Term:
    """A term with its parents as they are written; `terms.vocabulary` resolves them."""
    labels: dict[str, str] = {}
    for text in ((term.label,) if term.label else ()) + term.labels:
        language = text.language or "en"
        if language in labels:
            found.append(
                Diagnostic(f"`{term.name}` has two labels in `{language}`", text.span, "keep one")
            )
        labels.setdefault(language, text.text)
    return Term(
        list,
        term.name.text,
        labels=tuple(labels.items()),
        iri=term.iri,
        operation=term.operation,
        span=term.name.span,
    )


def _attribute(attribute: s.Attribute, found: list[Diagnostic]) -> AttributeDefinition:
    values: list[str] = []
    for value in attribute.values:
        if value.text in values:
            found.append(
                Diagnostic(f"`{value}` is among these words twice", value.span, "take one out")
            )
        else:
            values.append(value.text)
    return AttributeDefinition(
        attribute.name.text,
        attribute.owner,
        attribute.type,
        tuple(values),
        attribute.silence,
        attribute.name.span,
    )


# --- scopes ---------------------------------------------------------------------------------------


def scopes(
    modules: Sequence[Module], declared: dict[Module, Declared], found: list[Diagnostic]
) -> dict[Module, Scope]:
    """The scope of each module."""
    made: dict[Module, Scope] = {}
    home = {
        name: module.name
        for module in reversed(modules)
        for name in (
            *declared[module].terms,
            *declared[module].attributes,
            *declared[module].definitions,
            *declared[module].aliases,
        )
    }
    doubled = frozenset(
        term.name.text
        for module in modules
        for list, term in _listed(module)
        if term.name.text not in declared[module].terms
    )
    everywhere = {name: t for module in modules for name, t in declared[module].terms.items()}
    for module in modules:
        seen = [declared[m] for m in module.reach]
        terms = {name: term for d in seen for name, term in d.terms.items()}
        # A second declaration was dropped; its module still sees the name, as the first has it.
        for name in (t.name.text for _, t in _listed(module)):
            if name in everywhere:
                terms.setdefault(name, everywhere[name])
        attributes = {name: known for d in seen for name, known in d.attributes.items()}
        made[module] = Scope(
            module,
            terms,
            _aliases(seen, terms, module, declared[module], found),
            attributes,
            _definitions(seen, {**attributes, **terms}, found),
            home,
            frozenset().union(*(m.torn for m in module.reach)),
            doubled,
            found,
            made,
        )
    return made


def _aliases(
    seen: Sequence[Declared],
    terms: dict[str, Term],
    module: Module,
    own: Declared,
    found: list[Diagnostic],
) -> dict[str, str]:
    aliases: dict[str, str] = {}
    places: dict[str, Span] = {}
    for declared in reversed(seen):
        for key, (name, span) in declared.aliases.items():
            if key in terms and key != name.text:
                found.append(
                    Diagnostic(
                        f"`{key}` is {words.one(terms[key].list)} already",
                        span,
                        "a key of another taxonomy cannot have the name of a term",
                        related=(("declared here", terms[key].span),),
                    )
                )
            elif aliases.get(key, name.text) != name.text:
                found.append(
                    Diagnostic(
                        f"`{key}` is `{aliases[key]}` already",
                        span,
                        "a key of another taxonomy is one term",
                        related=(("said here too", places[key]),),
                    )
                )
            elif name.text in terms:
                aliases[key] = name.text
                places[key] = span
    for name, _ in own.aliases.values():
        if name.text not in terms and name.text not in frozenset().union(
            *(m.torn for m in module.reach)
        ):
            found.append(_untold(name, terms))
    return aliases


def _untold(name: s.Name, terms: dict[str, Term]) -> Diagnostic:
    return Diagnostic(
        f"`{name}` is not known", name.span, near(name.text, terms) or "name a term of a vocabulary"
    )


def _definitions(
    seen: Sequence[Declared],
    declared: Mapping[str, Term | AttributeDefinition],
    found: list[Diagnostic],
) -> dict[str, Definition]:
    definitions: dict[str, Definition] = {}
    for own in seen:
        for name, definition in own.definitions.items():
            span = definition.define.name.span
            if known := declared.get(name):
                what = words.one(known.list) if isinstance(known, Term) else "an attribute"
                found.append(
                    Diagnostic(
                        f"`{name}` is {what} already and cannot be defined",
                        span,
                        "rename the definition, or take the term out",
                        related=(("declared here", known.span),),
                    )
                )
            elif name in definitions:
                _twice(definition.define.name, "defined", definitions[name].define.name.span, found)
            else:
                definitions[name] = definition
    return definitions
