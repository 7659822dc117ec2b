"""Record: all that a later check of a system is compared with, as values that can be written down."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from enum import Enum
from typing import Any

from lawful.analysis.difference import Statement, statements
from lawful.check import in_force
from lawful.findings import Finding, Report, Verdict
from lawful.system.attested import Attested
from lawful.system.model import Fact, Notice, System, Waiver
from lawful_dsl.format.words import write_dates, write_worth
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Policy, Program, State
from lawful_dsl.syntax import Choice, Length, Symbol, Unlimited
from lawful_dsl.vocabulary import Term, Vocabulary

#: What a node or flow is, rather than what is said of it.
_IS = frozenset({"id", "kind", "span", "formerly"})


@frozen(order=True)
class Known:
    """A finding as a record keeps it: enough to know it again, and to say what it was."""

    policy: str
    rule: str
    verdict: Verdict
    fingerprint: str
    severity: str
    event: str
    carrier: str
    data: str
    beneath: int = 0
    waived: bool = False


@frozen
class Stood:
    """The verdict of a rule as a record keeps it."""

    policy: str
    rule: str
    verdict: Verdict
    severity: str


@frozen
class Rulebook:
    """One policy as it was: the file it was read from, and its statements; what they mean is a digest."""

    policy: str
    file: str
    statements: tuple[Statement, ...]


@frozen
class Record:
    """A system, what it says of its own, what it was judged by, and what came of that. All is sorted.

    `words` are the terms and attributes of the vocabularies, as statements. `says` is what is said of
    each party, subject, node and flow, and of the system, by its kind and id and by what it is about.
    `waivers` are those of the system, `notices` is what a report says beside its findings. `taken_back` are the
    flows that a text ignores and what it corrects: by that, what another text says need not count. `overlay` is
    what texts say beside imported files, of each thing; null where nothing is imported, or it is not known.
    `accounts` are, by digests, those for whom a node stands, or in whose account it is, where its id does not
    tell that; null where it is not known.
    """

    system: str
    date: str
    policies: tuple[Rulebook, ...]
    words: tuple[Statement, ...]
    says: Mapping[str, Mapping[str, str]]
    rules: tuple[Stood, ...]
    findings: tuple[Known, ...]
    notices: tuple[str, ...] = ()
    waivers: tuple[Statement, ...] = ()
    taken_back: tuple[Statement, ...] = ()
    overlay: Attested | None = None
    accounts: Mapping[str, Sequence[str]] | None = None


def record(
    program: Program,
    system: System,
    report: Report,
    overlay: Attested | None = None,
    accounts: Mapping[str, Sequence[str]] | None = None,
) -> Record:
    """What is to be kept of a check, of what texts say beside imported files, and of who nodes of those are."""
    policies = in_force(program, report.policies, report.date)
    taken_back = {notice.message for notice in system.notices if notice.of}
    return Record(
        report.system,
        report.date,
        tuple(_rulebook(policy) for policy in policies),
        tuple(_words(program.vocabulary)),
        dict(sorted(_says(system))),
        tuple(Stood(r.policy, r.rule, r.verdict, r.severity) for r in report.rules),
        tuple(sorted(map(known, report.findings))),
        (*report.undeclared, *(told for told in report.notices if told not in taken_back)),
        tuple(map(_waiver, system.waivers)),
        tuple(_taken_back(notice) for notice in system.notices if notice.of),
        overlay,
        accounts or {},
    )


def known(finding: Finding) -> Known:
    """A finding as a record keeps it."""
    datum = finding.datum
    return Known(
        finding.policy,
        finding.rule,
        finding.verdict,
        finding.fingerprint,
        finding.severity,
        finding.event.kind,
        finding.event.carrier,
        f"{datum.category} of {datum.subject or datum.subject_kind}" if datum.category else "",
        finding.beneath,
        finding.waiver is not None,
    )


def _waiver(waiver: Waiver) -> Statement:
    """A waiver as a statement: its rule and where, and, as its text, who, until when and why."""
    said = (waiver.owner, waiver.until, waiver.because, *waiver.of)
    text = f"by {waiver.owner or 'nobody'} until {waiver.until}: {waiver.because}"
    return Statement("waiver", waiver.name, (), text, digest((waiver.rule, waiver.at, said)), "")


def _taken_back(notice: Notice) -> Statement:
    """An ignored flow or a correction as a statement."""
    return Statement(notice.kind, notice.of, (), notice.message, digest(notice.message), "")


def digest(value: object) -> str:
    """Sixteen hex digits of what a value means: not of where it was said, or of the order in a set."""
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:16]


def _plain(value: object) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        said = (f"{f.name}={_plain(getattr(value, f.name))}" for f in fields(value) if f.compare)
        return f"{type(value).__name__}({','.join(said)})"
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{_plain(k)}:{_plain(v)}' for k, v in value.items()))}}}"
    if isinstance(value, Set):
        return f"{{{','.join(sorted(map(_plain, value)))}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_plain, value))}]"
    return repr(value.value) if isinstance(value, Enum) else repr(value)


# --- policies and vocabularies --------------------------------------------------------------------


def _rulebook(policy: Policy) -> Rulebook:
    said = (
        replace(each, means=digest(each.means), told=digest(each.told))
        for each in statements(policy)
    )
    dates = (("effective", policy.effective), ("until", policy.until))
    header = [Statement("header", w, (), f"{w} {day}", digest(day), "") for w, day in dates if day]
    return Rulebook(policy.name, policy.span.file, (*header, *said))


def _words(vocabulary: Vocabulary) -> Iterator[Statement]:
    """The terms and attributes: labels and IRIs are how they are told."""
    for name, term in sorted(vocabulary.terms.items()):
        bare = replace(term, labels=(), iri="")
        told = digest((term.labels, term.iri))
        yield Statement("term", f"{term.list} {name}", (), _term(term), digest(bare), told)
    for name, own in sorted(vocabulary.attributes.items()):
        type = f"one of {', '.join(own.values)}" if own.values else own.type
        text = f"attribute {name} of {own.owner}: {type} silence {own.silence}"
        yield Statement("attribute", name, (), text, digest(own), "")


def _term(term: Term) -> str:
    """A term in the words of a vocabulary, without its labels and its IRI."""
    said = [term.name]
    if term.parents:
        parents = (" ".join([p.name, *write_dates(p.since, p.until)]) for p in term.parents)
        said.append(f"is {', '.join(parents)}")
    if term.source:
        said.append(f"from {term.source} by {term.operation}")
    said += (f"{attribute} = {write_worth(value)}" for attribute, value in term.values)
    for way in term.valid:
        said.append(f"valid {', '.join(way.origins)} to {', '.join(way.targets)}")
        said += [f"needs {way.needs}"] if way.needs else []
        said += write_dates(way.since, way.until)
    return " ".join(said)


# --- what a system says ---------------------------------------------------------------------------


def _says(system: System) -> Iterator[tuple[str, Mapping[str, str]]]:
    facts = {name: write_worth(value) for name, value in sorted(system.facts.items())}
    yield f"system {system.name}", {**facts, **({"as of": system.as_of} if system.as_of else {})}
    yield from _each("party", system.parties.values())
    yield from _each("subject", system.subjects.values())
    yield from _each("node", system.nodes.values())
    yield from _each("flow", system.flows)


def _each(kind: str, things: Iterable[object]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What is said of each thing of a kind: the fields that are not as they are in silence."""
    for thing in things:
        assert is_dataclass(thing)
        assert not isinstance(thing, type)
        said = {
            each.name.replace("_", " "): _said(value)
            for each in fields(thing)
            if each.name not in _IS and not _silent(value := getattr(thing, each.name), each)
        }
        id = getattr(thing, "id")  # noqa: B009 (all four kinds have one, and no common class)
        yield f"{kind} {id}", said


def _silent(value: object, of: Field[object]) -> bool:
    default = of.default if of.default_factory is MISSING else of.default_factory()
    return value == default


def _said(value: object) -> str:
    """A value in words."""
    if isinstance(value, Fact):
        if not value.values:
            return "none" if value.whole else "unknown"
        return ", ".join(map(_said, value.values)) + ("" if value.whole else ", ...")
    if isinstance(value, Mapping):
        return ", ".join(sorted(f"{_said(k)} = {_said(v)}" for k, v in value.items()))
    if isinstance(value, Length | Symbol | Choice | Unlimited | bool | State):
        return write_worth(value)
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(_part(each, getattr(value, each.name)) for each in _spoken(value))
    if isinstance(value, tuple):
        return "; ".join(map(_said, value)) or "nothing"
    return "not said" if value is None else str(value)


def _spoken(part: Any) -> Iterator[Field[object]]:
    """The fields of a part that say something."""
    return (f for f in fields(part) if f.compare and not _silent(getattr(part, f.name), f))


def _part(of: Field[object], value: object) -> str:
    """A field of a part: its name where it is simply so, a value as it is."""
    return of.name.replace("_", " ") if value is True else _said(value)
