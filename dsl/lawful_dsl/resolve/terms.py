"""Terms: the hierarchies of all vocabularies in use, resolved and free of cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.resolve import words
from lawful_dsl.resolve.cycles import cycles
from lawful_dsl.resolve.declarations import Declared, declared_twice
from lawful_dsl.resolve.modules import Module
from lawful_dsl.resolve.scope import Scope
from lawful_dsl.resolve.values import agree, read_values
from lawful_dsl.source import Span
from lawful_dsl.vocabulary import AttributeDefinition, Parent, Term, Validity, Vocabulary

#: A hierarchy may be this many levels deep.
DEEPEST = 100


def vocabulary(
    declared: Mapping[Module, Declared], scopes: Mapping[Module, Scope], found: list[Diagnostic]
) -> Vocabulary:
    """All terms, attributes and aliases of the modules; what is wrong with them is left out."""
    terms: dict[str, Term] = {}
    aliases: dict[str, str] = {}
    attributes: dict[str, AttributeDefinition] = {}
    for module, own in declared.items():
        scope = scopes[module]
        for name, term in own.terms.items():
            resolved = _resolved(term, own.syntax[name], scope)
            first = terms.setdefault(name, resolved)
            if resolved != first:  # another version of the policy has it otherwise
                what = words.one(term.list)
                found.append(declared_twice(name, (what, resolved.span), (what, first.span)))
        aliases.update({key: scope.aliases[key] for key in own.aliases if key in scope.aliases})
        attributes.update(own.attributes)
    places = {
        (name, parent.name.text): parent.name
        for own in declared.values()
        for name, term in own.syntax.items()
        for parent in term.parents
    }
    terms = _shallow(_acyclic(terms, places, found), found)
    made = Vocabulary(
        dict(sorted(terms.items())), dict(sorted(aliases.items())), dict(sorted(attributes.items()))
    )
    agree(made, found)
    return made


def _resolved(term: Term, written: s.Term, scope: Scope) -> Term:
    parents = []
    for parent in written.parents:
        meaning = scope.read(parent.name, (term.list,), "is", _same_list(term))
        _dates(parent.since, parent.until, parent.name, scope)
        if meaning:
            parents.append(Parent(meaning.name, parent.since, parent.until))
    source = ""
    if written.source and term.list != "data":
        scope.error(
            f"`{term.name}` is in the list `{term.list}`; only a data category comes from another",
            written.source.span,
            f"take out `from {written.source} by {written.operation}`",
        )
    elif written.source:
        meaning = scope.read(written.source, ("data",), "from ... by")
        source = meaning.name if meaning else ""
    if written.valid and term.list != "mechanisms":
        scope.error(
            f"`{term.name}` is in the list `{term.list}`; only a mechanism is `valid`",
            written.valid[0].span,
            "take `valid` out, or move the term to `mechanisms`",
        )
    valid = tuple(_valid(item, written.name, scope) for item in written.valid)
    return replace(
        term,
        parents=tuple(dict.fromkeys(parents)),
        source=source,
        operation=term.operation if source else "",
        valid=valid if term.list == "mechanisms" else (),
        values=read_values(scope, term, written),
    )


def _same_list(term: Term) -> str:
    return f"a term and what it `is` are in one list, here `{term.list}`"


def _valid(valid: s.Validity, name: s.Name, scope: Scope) -> Validity:
    _dates(valid.since, valid.until, name, scope)
    needs = scope.read(valid.needs, ("certificates",), "needs") if valid.needs else None
    return Validity(
        scope.read_terms(valid.origins, ("places",), "valid"),
        scope.read_terms(valid.targets, ("places",), "valid ... to"),
        needs.name if needs else "",
        valid.since,
        valid.until,
    )


def _dates(since: str, until: str, name: s.Name, scope: Scope) -> None:
    if since and until and until < since:
        scope.error(
            f"this ends on {until}, before it begins on {since}",
            name.span,
            "the later date stands after `until`",
        )


def _acyclic(
    terms: dict[str, Term], places: Mapping[tuple[str, str], s.Name], found: list[Diagnostic]
) -> dict[str, Term]:
    while True:
        knots = cycles({name: [p.name for p in term.parents] for name, term in terms.items()})
        if not knots:
            return terms
        for knot in knots:
            around = [*knot, knot[0]]
            chain = " is ".join(f"`{name}`" for name in around)
            found.append(
                Diagnostic(
                    f"these terms are each other: {chain}"
                    if knot[1:]
                    else f"`{knot[0]}` is itself",
                    terms[knot[0]].span,
                    "take out one `is` of the cycle",
                    related=_steps(around, places),
                )
            )
        for name in {name for knot in knots for name in knot}:
            terms[name] = replace(terms[name], parents=())


def _steps(
    around: Sequence[str], places: Mapping[tuple[str, str], s.Name]
) -> tuple[tuple[str, Span], ...]:
    return tuple(
        (f"`{name}` is `{parent}`", places[name, parent].span)
        for name, parent in pairwise(around)
        if (name, parent) in places
    )


def _shallow(terms: dict[str, Term], found: list[Diagnostic]) -> dict[str, Term]:
    """The terms with what lies deeper than anyone writes cut off, and said to be."""
    depths: dict[str, int] = {}
    for name in terms:
        waiting = [name]
        while waiting:
            current = waiting[-1]
            above = [p.name for p in terms[current].parents]
            missing = [n for n in above if n not in depths]
            waiting.extend(missing)
            if not missing:
                depths[current] = 1 + max((depths[n] for n in above), default=0)
                waiting.pop()
    deep = {name for name, depth in depths.items() if depth > DEEPEST}
    if not deep:
        return terms
    first = min(deep, key=lambda n: (depths[n], n))
    found.append(
        Diagnostic(
            f"`{first}` lies more than {DEEPEST} levels deep",
            terms[first].span,
            "a hierarchy as deep as this is a mistake",
        )
    )
    return {name: replace(t, parents=()) if name in deep else t for name, t in terms.items()}
