"""Words: what the words of a rule accept after them, and how messages call what a name is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lawful_dsl.program import FORMS, NODE_KINDS, ROLES, EventKind
from lawful_dsl.vocabulary import LISTS

#: Each sort of name that is no term: the names of that sort, which nobody may declare.
BUILTIN: Mapping[str, tuple[str, ...]] = {
    "role": ROLES,
    "end": ("us", "outside", "third_party", "own_subject"),
    "node kind": NODE_KINDS,
    "form": tuple(FORMS),
    "event kind": tuple(EventKind),
    "condition word": ("known", "consideration", "age", "place", "residence"),
    "reserved word": ("all", "none", "unknown", "nothing", "same", "another", "unlimited"),
}
#: The sort of each of these names.
RESERVED: Mapping[str, str] = {name: sort for sort, names in BUILTIN.items() for name in names}
#: `of all_data` is everything, whether or not a vocabulary has a term of that name.
EVERYTHING = "all_data"
#: Who may hold a state beside the terms of the vocabularies and the kinds of node.
HOLDERS = ("account", "application", "browser", "household", "person", "session")
#: What a flow may be made in exchange for.
CONSIDERATIONS = ("money", "valuable")

_PLURAL = {
    "data": "data categories",
    "subjects": "kinds of subject",
    "purposes": "purposes",
    "parties": "kinds of party",
    "places": "places",
    "environments": "environments",
    "bases": "lawful bases",
    "consents": "consent kinds",
    "mechanisms": "transfer mechanisms",
    "measures": "measures",
    "certificates": "certificates",
    "channels": "channels",
    "marks": "marks",
    "states": "states",
    "products": "kinds of product",
    "sites": "sites",
    "periods": "periods",
    "role": "roles",
    "node kind": "kinds of node",
    "form": "forms",
    "event kind": "kinds of event",
    "attribute": "attributes",
    "subject definition": "",
    "party definition": "",
    "place definition": "",
    "event definition": "",
    "end": "",
    "everything": "",
}

_SINGULAR = {
    **LISTS,
    "role": "role",
    "end": "word for an end",
    "node kind": "kind of node",
    "form": "form",
    "event kind": "kind of event",
    "condition word": "word of conditions",
    "reserved word": "word of the language",
    "attribute": "attribute",
    "subject definition": "defined kind of subject",
    "party definition": "defined kind of party",
    "place definition": "defined place",
    "event definition": "defined kind of event",
    "everything": "word for all data",
}

#: What an end of a flow may be.
ENDS = (
    "parties",
    "role",
    "environments",
    "products",
    "sites",
    "node kind",
    "subjects",
    "end",
    "subject definition",
    "party definition",
)
#: What is accepted where a place, an event or a person is named.
PLACES = ("places", "place definition")
EVENTS = ("event kind", "event definition")
SUBJECTS = ("subjects", "subject definition")

#: What may be named after each word of a part.
ACCEPTED: Mapping[str, tuple[str, ...]] = {
    "of": ("data", *SUBJECTS, "everything"),
    "anything from": ("data",),
    "to": ENDS,
    "from": (*ENDS, *PLACES),
    "in": (*PLACES, "form"),
    "seated in": PLACES,
    "residence in": PLACES,
    "for": ("purposes",),
    "on": ("bases",),
    "with": ("data",),
    "with consent": ("consents",),
    "given by": ("subjects",),
    "under": ("mechanisms", "measures"),
    "by": ("channels",),
    "using": ("measures",),
    "certified": ("certificates",),
    "marked": ("marks",),
    "collected for": ("purposes",),
    "collected on": ("bases",),
    "received under": ("mechanisms",),
}

#: What `require ATTRIBUTE` may name.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "basis": ("bases",),
    "consent": ("consents",),
    "mechanism": ("mechanisms",),
    "measure": ("measures",),
    "channel": ("channels",),
    "certificate": ("certificates",),
    "contract": ("mechanisms", "measures"),
    "purpose": ("purposes",),
    "place": ("places",),
    "mark": ("marks",),
}

#: How a name of each sort is written where the word before it was the wrong one.
_WRITTEN = {
    "data": "of {}",
    "subjects": "of {}",
    "subject definition": "of {}",
    "everything": "of {}",
    "purposes": "for {}",
    "parties": "to {}",
    "party definition": "to {}",
    "role": "to {}",
    "end": "to {}",
    "environments": "to {}",
    "products": "to {}",
    "sites": "to {}",
    "node kind": "to {}",
    "places": "in {}",
    "place definition": "in {}",
    "form": "in {}",
    "bases": "on {}",
    "consents": "with {} consent",
    "mechanisms": "under {}",
    "measures": "using {}",
    "certificates": "certified {}",
    "channels": "by {}",
    "marks": "marked {}",
    "states": "when {}",
    "attribute": "when {}",
    "condition word": "when {}",
    "event definition": "forbid {}",
    "event kind": "forbid {}",
}


def one(sort: str) -> str:
    """What a name of a sort is, with its article: `a purpose`, `an environment`."""
    noun = _SINGULAR[sort]
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def some(sorts: Iterable[str]) -> str:
    """The sorts as a list in words: `kinds of party, roles and places`."""
    sorts = tuple(sorts)
    said = [_PLURAL[sort] for sort in sorts if _PLURAL[sort]]
    if "end" in sorts:
        said += [f"`{word}`" for word in BUILTIN["end"]]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def written(sort: str, name: str) -> str:
    """How a name of that sort is written in a part, or nothing where it is in none."""
    pattern = _WRITTEN.get(sort, "")
    return pattern.format(name) if pattern else ""
