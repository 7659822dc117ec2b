"""Terms: headers, lists of a vocabulary, attributes and mappings of `.law` texts."""

from __future__ import annotations

from collections.abc import Iterator

from lawful_dsl.format.comments import INDENT, Item
from lawful_dsl.format.exceptions import write_clauses
from lawful_dsl.format.lines import wrap
from lawful_dsl.format.page import NO_PLACE, Page
from lawful_dsl.format.words import (
    reserve,
    write_dates,
    write_name,
    write_names,
    write_string,
    write_translation,
    write_value,
)
from lawful_dsl.syntax import Attribute, Header, Mapping, Name, Term, TermList, Text, Validity

#: Every word that may follow a name in `.law`: an attribute that is called so needs quotes.
_FOLLOWING = reserve(
    "actual all and anything as at attribution before by certified clause collected consent "
    "definition effective else exactly except for from governs guard in iri is marked needs notice "
    "obligation of on only or per permission precedence prevails prohibition received residence "
    "right seated silence text to under unless until using valid when with "
    "hour hours day days week weeks month months year years"
)


def print_header(header: Header, page: Page) -> Iterator[Item]:
    """What a text is, and on lines of their own what a policy says of itself."""
    head = f"{header.kind} {write_name(header.name)}{_label(header.label)}"
    yield Item(0, wrap(head), page.at(header.span.line))
    clauses = {word: write_clauses(names) for word, names in header.cited}
    if header.by:
        written = f"by {write_name(header.by)}{clauses.get('by', '')}"
        yield _item(written, header.by, page)
    if header.governs:
        governed = ", ".join(f"{kind} {write_name(name)}" for kind, name in header.governs)
        written = f"governs {governed}{clauses.get('governs', '')}"
        yield _item(written, header.governs[0][1], page)
    if header.effective:
        dates = " ".join([header.effective, *write_dates("", header.until)])
        # a site may be called `effective`, too: the word with its date is meant, where both are on a line
        found = page.find(rf"effective\s+{header.effective}", header.span)
        at, *also = found or page.find("effective", header.span) or (NO_PLACE,)
        written = f"effective {dates}{clauses.get('effective', '')}"
        yield Item(INDENT, wrap(written, INDENT), at, tuple(also))
    if header.texts:
        written = f"text {write_names(header.texts)}{clauses.get('text', '')}"
        yield _item(written, header.texts[0], page)


def _item(text: str, first: Name, page: Page) -> Item:
    return Item(INDENT, wrap(text, INDENT), page.at(first.span.line, first.span.column))


def print_terms(terms: TermList, page: Page) -> Iterator[Item]:
    """A list, a term to a line, its labels in other languages beneath it."""
    yield Item(0, (terms.list,), page.at(terms.span.line))
    for term in terms.terms:
        yield Item(INDENT, wrap(_write_term(term), INDENT), page.at(term.name.span.line))
        for label in term.labels:
            text = " " * 2 * INDENT + write_translation(label)
            yield Item(2 * INDENT, (text,), page.at(label.span.line))


def _write_term(term: Term) -> str:
    written = write_name(term.name) + _label(term.label)
    if term.parents:
        parents = [
            " ".join([write_name(p.name), *write_dates(p.since, p.until)]) for p in term.parents
        ]
        written += f" is {', '.join(parents)}"
    if term.source:
        written += f" from {write_name(term.source)} by {term.operation}"
    if term.iri:
        written += f" iri {write_string(term.iri)}"
    written = "  ".join([written, *(write_value(value, _FOLLOWING) for value in term.values)])
    return " ".join([written, *map(_write_validity, term.valid)])


def _write_validity(validity: Validity) -> str:
    ends = f"valid {write_names(validity.origins)} to {write_names(validity.targets)}"
    needs = [f"needs {write_name(validity.needs)}"] if validity.needs else []
    return " ".join([ends, *needs, *write_dates(validity.since, validity.until)])


def write_attribute(attribute: Attribute) -> str:
    """A user's own attribute; that silence is unknown goes without saying."""
    type = attribute.type
    if type == "one of":
        type = f"one of {write_names(attribute.values)}"
    silence = f" silence {attribute.silence}" if attribute.silence != "unknown" else ""
    return f"attribute {write_name(attribute.name)} of {attribute.owner}: {type}{silence}"


def print_mapping(mapping: Mapping, page: Page) -> Iterator[Item]:
    """The keys of another taxonomy, one to a line."""
    head = f"mapping {write_name(mapping.name)}{_label(mapping.label)}"
    yield Item(0, wrap(head), page.at(mapping.span.line))
    for key, name in mapping.entries:
        text = f"{write_string(key.text)} is {write_name(name)}"
        yield Item(INDENT, wrap(text, INDENT), page.at(key.span.line))


def _label(label: Text | None) -> str:
    return f" {write_string(label.text)}" if label else ""
