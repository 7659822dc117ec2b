"""The syntax of vocabularies: headers, terms, attributes, mappings."""

from __future__ import annotations

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span
from lawful_dsl.syntax.shared import Name, Text, Value, spanned


@frozen
class Header:
    """`vocabulary`, `pack` or `policy` NAME, with what a policy says of itself.

    `cited` are the clauses of its lines, by the word with which the line begins; `dates` is the
    place of `effective`.
    """

    kind: str
    name: Name
    label: Text | None = None
    by: Name | None = None
    governs: tuple[tuple[str, Name], ...] = ()
    effective: str = ""
    until: str = ""
    texts: tuple[Name, ...] = ()
    cited: tuple[tuple[str, tuple[Name, ...]], ...] = ()
    span: Span = spanned()
    dates: Span = spanned()


@frozen
class Parent:
    """One `is` of a term, from and until ISO dates where it is not for ever."""

    name: Name
    since: str = ""
    until: str = ""


@frozen
class Validity:
    """Where a mechanism is valid: from places, to places, the certificate needed, the dates."""

    origins: tuple[Name, ...]
    targets: tuple[Name, ...]
    needs: Name | None = None
    since: str = ""
    until: str = ""
    span: Span = spanned()


@frozen
class Term:
    """One term of a vocabulary list."""

    name: Name
    label: Text | None = None
    parents: tuple[Parent, ...] = ()
    source: Name | None = None
    operation: str = ""
    iri: str = ""
    valid: tuple[Validity, ...] = ()
    values: tuple[Value, ...] = ()
    labels: tuple[Text, ...] = ()
    span: Span = spanned()


@frozen
class TermList:
    """A block of terms of one list; `list` is its keyword, such as `data` or `purposes`."""

    list: str
    terms: tuple[Term, ...]
    span: Span = spanned()


@frozen
class Attribute:
    """A user's own attribute: of what it is, its type, the words it takes, what silence means."""

    name: Name
    owner: str
    type: str
    values: tuple[Name, ...] = ()
    silence: str = "unknown"
    span: Span = spanned()


@frozen
class Clause:
    """One clause of a document: what sort of promise it is, what can check it, what it says."""

    id: Name
    modality: str
    checkable: str
    says: Text
    because: Text | None = None
    span: Span = spanned()


@frozen
class ClauseList:
    """A block of the register of clauses: those of one section of the document."""

    section: Text
    clauses: tuple[Clause, ...]
    span: Span = spanned()


@frozen
class Mapping:
    """`"user.contact" is contact_data`, for the keys of another taxonomy."""

    name: Name
    label: Text | None
    entries: tuple[tuple[Text, Name], ...]
    span: Span = spanned()
