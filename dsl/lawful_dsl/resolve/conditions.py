"""Conditions: the parts and conditions of a rule, resolved and typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.resolve import comparisons, words
from lawful_dsl.resolve.scope import Meaning, Position, Scope

HERE = Position()
_KINDS = "the kinds are " + ", ".join(f"`{kind}`" for kind in p.EventKind) + " and defined ones"


def both(items: Iterable[p.Condition]) -> p.Condition:
    """All of the conditions, flat: one alone is itself, none is true."""
    flat: list[p.Condition] = []
    for item in items:
        flat.extend(item.items if isinstance(item, p.All) else (item,))
    kept = tuple(dict.fromkeys(flat))
    return kept[0] if len(kept) == 1 else p.All(kept)


def either(items: Iterable[p.Condition]) -> p.Condition:
    """Any of the conditions, flat: one alone is itself, none is false."""
    flat: list[p.Condition] = []
    for item in items:
        flat.extend(item.items if isinstance(item, p.AnyOf) else (item,))
    kept = tuple(dict.fromkeys(flat))
    return kept[0] if len(kept) == 1 else p.AnyOf(kept)


def read_event(scope: Scope, event: s.Event) -> p.All:
    """The pattern of a rule: first the one kind of event, then all that must hold of it."""
    parts = [part for part in event.parts if part.word != "actual"]
    kind = read_kind(scope, event.kind)
    return p.All((*kind, *flat(read_body(scope, parts, event.when, HERE))))


def flat(condition: p.Condition) -> tuple[p.Condition, ...]:
    """The conditions that all must hold."""
    return condition.items if isinstance(condition, p.All) else (condition,)


def read_kind(scope: Scope, kind: s.Name) -> tuple[p.Condition, ...]:
    """What the word with which an event begins asks: its kind, and the rest of a definition."""
    meaning = scope.meaning(kind.text)
    if meaning is not None and meaning.sort not in (*words.EVENTS, ""):
        scope.error(
            f"`{kind}` is {words.one(meaning.sort)}; an event begins with its kind",
            kind.span,
            _KINDS,
        )
        return ()
    if meaning is None:
        scope.unknown(kind, words.EVENTS, _KINDS)
        return ()
    if meaning.sort == "event kind":
        return (p.EventIs(p.EventKind(meaning.name)),)
    return flat(scope.inline(meaning.name, HERE))


def read_body(
    scope: Scope, parts: Sequence[s.Part], when: s.Condition | None, position: Position
) -> p.Condition:
    """Parts that all hold, and a condition."""
    found = [condition for _, condition in read_parts(scope, parts, position)]
    if when is not None:
        found.append(read_condition(scope, when, position))
    return both(found)


def read_parts(
    scope: Scope, parts: Sequence[s.Part], position: Position
) -> tuple[tuple[str, p.Condition], ...]:
    """What each part asks, by its word; the forms after `in` belong to the `of` before them."""
    found: list[tuple[str, p.Condition]] = []
    for part in parts:
        forms = _forms(scope, part)
        if forms is None:
            condition = read_part(scope, part, position)
            if condition is not None:
                found.append((part.word, condition))
            continue
        for i in range(len(found) - 1, -1, -1):
            word, condition = found[i]
            if isinstance(condition, p.DataIn):
                found[i] = (word, p.DataIn(condition.terms, condition.excluded, forms))
                break
            if isinstance(condition, p.LineageIn):
                found[i] = (word, p.LineageIn(condition.terms, forms))
                break
        else:
            found.append((part.word, p.DataIn((), (), forms)))
    return tuple(found)


def _forms(scope: Scope, part: s.Part) -> frozenset[p.Form] | None:
    """The forms that a part names, or None where it is about something else."""
    if part.word == "in any form":
        return frozenset(p.FORMS)
    if part.word != "in":
        return None
    named = [(name, scope.meaning(name.text)) for name in part.names]
    forms = [m.name for _, m in named if m is not None and m.sort == "form"]
    if not forms:
        return None
    for name, meaning in named:
        if meaning is None:
            scope.unknown(name, ("form",), "`in` names places, or forms")
        elif meaning.sort != "form":
            scope.error(
                f"`{name}` is {words.one(meaning.sort)}, beside the form `{forms[0]}`",
                name.span,
                "say each in an `in` of its own",
            )
    return frozenset(p.Form(form) for form in forms)


def read_part(scope: Scope, part: s.Part, position: Position) -> p.Condition | None:
    """What one part asks; None where it asks nothing, or nothing that can be understood."""
    match part.word:
        case "of":
            return _of(scope, part, position)
        case "to":
            return _ends(scope, part.names, "target", "to")
        case "from":
            return _ends(scope, part.names, "source", "from")
        case "to another":
            return p.AnotherPersonIs()
        case "in" | "in any form":
            forms = _forms(scope, part)
            if forms is not None:
                return p.DataIn((), (), forms)
            return _places(scope, part, Position(position.who, position.end))
        case "seated in":
            _of_recipient(scope, part, position)
            return _places(scope, part, Position(position.who, "target", "of the seat"))
        case "residence in":
            return _places(scope, part, Position(position.who, position.end, "of the residence"))
        case "for within collected for":
            return p.PurposeWithinCollected()
        case "with consent":
            kinds = scope.read_terms(part.names, words.ACCEPTED["with consent"], "with")
            giver = (
                scope.read(part.giver, words.ACCEPTED["given by"], "given by")
                if part.giver
                else None
            )
            return p.ConsentIs(kinds, giver.name if giver else "") if kinds else None
        case "guard":
            assert part.state is not None
            state = comparisons.read_state(scope, part.state, "guard")
            return p.GuardedBy(state) if state else None
        case "certified":
            _of_recipient(scope, part, position)
            terms = scope.read_terms(part.names, words.ACCEPTED["certified"], "certified")
            return p.CertifiedAs(terms) if terms else None
        case "actual":
            scope.error(
                "`actual` stands in the event of a rule, before `when`",
                part.span,
                "it says that the whole rule reads the declared subject",
            )
            return None
        case "under" | "received under":
            return _mechanisms(scope, part, position)
        case _:
            terms = scope.read_terms(part.names, words.ACCEPTED[part.word], part.word)
            return _LISTED[part.word](terms) if terms else None


_LISTED: dict[str, Callable[[tuple[str, ...]], p.Condition]] = {
    "anything from": p.LineageIn,
    "for": p.PurposeIn,
    "on": p.BasisIn,
    "with": p.JoinedWith,
    "by": p.ChannelIn,
    "using": p.MeasureIn,
    "marked": p.MarkedAs,
    "collected for": p.CollectedFor,
    "collected on": p.CollectedOn,
}


def _of(scope: Scope, part: s.Part, position: Position) -> p.Condition | None:
    for name in part.names:
        if name.text == "anything" and scope.meaning(name.text) is None:
            scope.error(
                "`anything` is no data category",
                name.span,
                "write `anything from` and the category, without `of`",
            )
            return None
    named = scope.read_all(part.names, words.ACCEPTED["of"], "of")
    if not named:
        return None
    people = [m for m in named if m.sort in words.SUBJECTS]
    if people and len(people) < len(named):
        kinds = {name: scope.meaning(name.text) for name in part.names}
        first, kind = next((n, m) for n, m in kinds.items() if m and m.sort in words.SUBJECTS)
        scope.error(
            f"`{first}` is {words.one(kind.sort)}, beside data categories in one list",
            first.span,
            f"say whose data it is in an `of` of its own: `of {first}`",
        )
        return None
    accepted = words.SUBJECTS if people else ("data",)
    excluded = scope.read_all(part.excluded, accepted, "except")
    if people:
        wanted = people_at(scope, people, position)
        less = [p.Negation(people_at(scope, [m], position)) for m in excluded]
        return both([wanted, *less])
    whole = any(m.sort == "everything" for m in named)
    terms = () if whole else tuple(dict.fromkeys(m.name for m in named))
    return p.DataIn(terms, tuple(dict.fromkeys(m.name for m in excluded)))


def people_at(scope: Scope, named: Sequence[Meaning], position: Position) -> p.Condition:
    """The person of whom a position speaks is of one of these kinds of subject."""
    terms = tuple(dict.fromkeys(m.name for m in named if m.sort == "subjects"))
    plain = [p.SubjectIs(position.who, terms)] if terms else []
    defined = [scope.inline(m.name, position) for m in named if m.sort == "subject definition"]
    return either([*plain, *defined])


def places_at(scope: Scope, named: Sequence[Meaning], position: Position) -> p.Condition:
    """The place of which a position speaks is one of these."""
    terms = tuple(dict.fromkeys(m.name for m in named if m.sort == "places"))
    plain = [_place(terms, position)] if terms else []
    defined = [scope.inline(m.name, position) for m in named if m.sort == "place definition"]
    return either([*plain, *defined])


def _place(terms: tuple[str, ...], position: Position) -> p.Condition:
    match position.place:
        case "of the seat":
            return p.SeatedIn(terms)
        case "of the residence":
            return p.ResidenceIn(position.who, terms)
    return p.PlaceIn(position.end, terms)


def _places(scope: Scope, part: s.Part, position: Position) -> p.Condition | None:
    named = scope.read_all(part.names, words.ACCEPTED[part.word], part.word)
    return places_at(scope, named, position) if named else None


def _ends(scope: Scope, names: Sequence[s.Name], end: p.End, word: str) -> p.Condition | None:
    named = scope.read_all(names, words.ACCEPTED[word], word)
    return ends_at(scope, named, Position(end, end)) if named else None


def ends_at(scope: Scope, named: Sequence[Meaning], position: Position) -> p.Condition:
    """The end of which a position speaks is one of these, in the order in which they are named."""
    end = position.end
    groups: dict[str, list[Meaning]] = {}
    for meaning in named:
        groups.setdefault(meaning.sort, []).append(meaning)
    found: list[p.Condition] = []
    for group in groups.values():
        terms = tuple(dict.fromkeys(m.name for m in group))
        match group[0].sort:
            case "subjects" | "subject definition":
                found.append(people_at(scope, group, Position(end, end)))
            case "places" | "place definition":
                found.append(places_at(scope, group, Position(end=end)))
            case "party definition":
                found.extend(scope.inline(n, Position(end=end)) for n in terms)
            case "end":
                found.extend(_END_WORDS[word](end) for word in terms)
            case sort:
                found.append(_END_TERMS[sort](end, terms))
    return either(found)


_END_WORDS: dict[str, Callable[[p.End], p.Condition]] = {
    "us": p.UsIs,
    "outside": p.OutsideIs,
    "third_party": p.ThirdPartyIs,
    "own_subject": p.OwnSubjectIs,
}
_END_TERMS: dict[str, Callable[[p.End, tuple[str, ...]], p.Condition]] = {
    "parties": p.PartyIs,
    "role": p.RoleIs,
    "environments": p.EnvironmentIs,
    "node kind": p.NodeIs,
    "products": p.ProductIs,
    "sites": p.SiteIs,
}


def _of_recipient(scope: Scope, part: s.Part, position: Position) -> None:
    """Report what is read of a recipient alone, in a definition that is named after `from`."""
    if position.end == "source":
        scope.error(
            f"`{part.word}` reads the party that receives, and this definition is used after `from`",
            part.span,
            "use another definition after `from`, one that does not say it",
        )


def _mechanisms(scope: Scope, part: s.Part, position: Position) -> p.Condition | None:
    """Mechanisms, and contracts that are measures; what was received has mechanisms only."""
    if part.word == "received under":
        terms = scope.read_terms(part.names, words.ACCEPTED[part.word], part.word)
        return p.ReceivedUnder(terms) if terms else None
    named = scope.read_all(part.names, words.ACCEPTED["under"], "under")
    mechanisms = tuple(dict.fromkeys(m.name for m in named if m.sort == "mechanisms"))
    contracts = tuple(dict.fromkeys(m.name for m in named if m.sort == "measures"))
    found: list[p.Condition] = []
    if mechanisms:
        found.append(p.MechanismIn(mechanisms))
    if contracts:
        _of_recipient(scope, part, position)
        found.append(p.ContractIs(contracts))
    return either(found) if found else None


def read_condition(scope: Scope, condition: s.Condition, position: Position) -> p.Condition:
    """A condition; what cannot be understood of it is reported and left out."""
    match condition:
        case s.Or(items):
            return either(read_condition(scope, item, position) for item in items)
        case s.And(items):
            return both(read_condition(scope, item, position) for item in items)
        case s.Not(item):
            return p.Negation(read_condition(scope, item, position))
        case s.Compare():
            return comparisons.read_comparison(scope, condition, position)
        case s.StateRef():
            return comparisons.read_word(scope, condition, position)
        case _:
            return read_part(scope, condition, position) or p.TRUE
