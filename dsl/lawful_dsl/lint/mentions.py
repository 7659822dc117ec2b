"""Mentions: the names that a text makes use of, beside those that it declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from lawful_dsl import syntax as s
from lawful_dsl.vocabulary import Vocabulary

#: Of each node, the fields whose names are declared there, or are no names of the vocabulary.
_DECLARED: dict[type, frozenset[str]] = {
    s.Header: frozenset({"name", "by", "texts", "cited"}),
    s.Use: frozenset({"names"}),
    s.Term: frozenset({"name", "parents", "source"}),
    s.Attribute: frozenset({"name", "values"}),
    s.Value: frozenset({"name"}),
    s.Mapping: frozenset({"name"}),
    s.Define: frozenset({"name"}),
    s.Affirm: frozenset({"rule"}),
}
_NO_NAMES = frozenset({"id", "clauses", "meta"})

#: The list of the vocabulary to which each thing that can be required belongs.
_REQUIRED = {
    "basis": "bases",
    "consent": "consents",
    "mechanism": "mechanisms",
    "measure": "measures",
    "channel": "channels",
    "certificate": "certificates",
    "contract": "mechanisms",
    "purpose": "purposes",
    "place": "places",
    "mark": "marks",
}


def mentions_in(tree: s.Law | s.Flows) -> Iterator[str]:
    """The names that a text uses; that a term is another is no use of either."""
    return (name.text for name in _nodes(tree) if isinstance(name, s.Name))


def built_on(law: s.Law) -> Iterator[str]:
    """The terms that the terms of a text are, or are made of, and the attributes that they give."""
    for block in law.statements:
        if isinstance(block, s.TermList):
            for term in block.terms:
                yield from (parent.name.text for parent in term.parents)
                yield from (value.name.text for value in term.values)
                if term.source:
                    yield term.source.text


def whole_lists(law: s.Law, vocabulary: Vocabulary) -> frozenset[str]:
    """The lists of which every term matters to some rule, named or not."""
    found: set[str] = set()
    for node in _nodes(law):
        match node:
            case s.Name("all_data" | "all"):
                found.add("data")
            case s.Event() if not _of_some_data(node, vocabulary):
                found.add("data")
            case s.Part("for within collected for"):
                found.add("purposes")
            case s.Compare(operator="in"):
                found.add("places")
            case s.Require(quantity="only") if node.attribute.text in _REQUIRED:
                found.add(_REQUIRED[node.attribute.text])
    return frozenset(found)


def _of_some_data(event: s.Event, vocabulary: Vocabulary) -> bool:
    named = (
        vocabulary.terms.get(vocabulary.aliases.get(name.text, name.text))
        for part in event.parts
        if part.word in ("of", "anything from")
        for name in part.names
    )
    return any(term is not None and term.list == "data" for term in named)


def _nodes(tree: object) -> Iterator[object]:
    """The nodes of a tree at which names are used, in any order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif is_dataclass(node):
            yield node
            left_out = _DECLARED.get(type(node), frozenset()) | _NO_NAMES
            waiting.extend(getattr(node, f.name) for f in fields(node) if f.name not in left_out)
