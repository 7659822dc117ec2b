"""Descriptions: all that a system says of a flow, a node or a party, line by line, for tooltips.

The words are those of the language in which systems are written; the terms have their labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lawful.drawing.naming import Naming
from lawful.system.model import (
    Certificate,
    Consent,
    Fact,
    Flow,
    Guard,
    Kept,
    Node,
    Origin,
    Party,
    Role,
    Subject,
    Use,
)
from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.syntax import Choice, Length, Period, Symbol
from lawful_dsl.vocabulary import AttributeValue

__all__ = ["flow_lines", "node_lines", "party_lines"]


def flow_lines(flow: Flow, naming: Naming) -> list[str]:
    """What is declared of a flow."""
    lines = [flow.id]
    if flow.id != f"{flow.source} -> {flow.target}":
        lines.append(f"{flow.source} -> {flow.target}")
    lines += _carried(flow, naming)
    lines += _uses(flow, naming)
    lines += _facts(
        naming,
        ("under", flow.mechanisms),
        ("by", flow.channels),
        ("measures", flow.measures),
        ("in", flow.places),
        ("for consideration of", flow.consideration),
    )
    lines += [f"with {_consent(consent, naming)}" for consent in flow.consents.values]
    lines += [_guard(guard, naming) for guard in flow.guards]
    for change in flow.changes:
        made = (
            f" {naming.term(change.source)} as {naming.term(change.result)}"
            if change.result
            else ""
        )
        lines.append(f"{naming.form(change.operation) if not made else change.operation}{made}")
    lines += [f"marked {naming.term(mark)}" for mark in flow.marks]
    lines += [f"unmarked {naming.term(mark)}" for mark in flow.unmarks]
    if flow.from_flows:
        lines.append(f"from {', '.join(flow.from_flows)}")
    if flow.another:
        lines.append("to another person")
    return [*lines, *_attributes(flow.attributes), *_position(flow.span)]


def _carried(flow: Flow, naming: Naming) -> Iterator[str]:
    if flow.placing:
        lifetime = f" for {_period(flow.lifetime, naming)}" if flow.lifetime is not None else ""
        yield f"places {naming.term(flow.placing)}{lifetime}"
    if flow.carries is None:
        if not flow.placing:
            yield f"{naming.word('everything')} ({naming.word('undeclared')})"
    else:
        yield naming.joined(naming.carried(item) for item in flow.carries)
    if flow.whose:
        yield f"of {naming.joined(naming.term(name) for name in flow.whose)}"


def _uses(flow: Flow, naming: Naming) -> Iterator[str]:
    if flow.same:
        yield "for same"
    for use in flow.uses:
        if use.purpose or not flow.same:
            yield _use(use, naming)


def _use(use: Use, naming: Naming) -> str:
    purpose = naming.term(use.purpose) if use.purpose else "purpose unknown"
    said = "" if use.bases.unknown else f" on {_values(use.bases, naming)}"
    return f"for {purpose}{said}"


def _consent(consent: Consent, naming: Naming) -> str:
    text = f"{naming.term(consent.kind)} consent"
    if consent.giver:
        text += f" by {naming.term(consent.giver)}"
    scope = [
        f"{before}{naming.joined(naming.term(name) for name in names)}"
        for before, names in (
            ("", consent.operations),
            ("of ", consent.categories),
            ("for ", consent.purposes),
            ("to ", consent.recipients),
            ("by ", consent.channels),
        )
        if names
    ]
    return f"{text} ({' '.join(scope)})" if scope else text


def _guard(guard: Guard, naming: Naming) -> str:
    state = naming.term(guard.state.term)
    if guard.state.about:
        state += f" of {naming.term(guard.state.about)}"
    if guard.state.holder:
        state += f" per {naming.term(guard.state.holder)}"
    return f"{'only if' if guard.only_if else 'unless'} {state}"


def node_lines(node: Node, subject: Subject | None, naming: Naming) -> list[str]:
    """What is declared of a node, and of the subject that it stands for."""
    lines = [f"{node.kind} {node.id}"]
    if node.owner:
        lines.append(f"of {node.owner}")
    if node.host:
        lines.append(f"on {node.host}")
    lines += _facts(
        naming,
        ("environment", node.environments),
        ("product", node.products),
        ("site", node.sites),
        ("in", node.places),
        ("for", node.purposes),
        ("measures", node.measures),
        ("honours", node.honours),
    )
    if subject is not None:
        lines += _subject(subject, naming)
    if node.holds_nothing:
        lines.append("holds nothing")
    lines += [_origin(origin, naming) for origin in node.origins]
    for derivation in node.derivations:
        text = f"derives {naming.term(derivation.result)} from {naming.term(derivation.source)}"
        lines.append(f"{text} removing" if derivation.removing else text)
    for join in node.joins:
        text = f"joins {_terms(join.left, naming)} with {_terms(join.right, naming)}"
        lines.append(f"{text} as {naming.term(join.result)}" if join.result else text)
    for left, right in node.apart:
        lines.append(f"keeps {_terms(left, naming)} apart from {_terms(right, naming)}")
    lines += [_kept(kept, naming) for kept in node.kept]
    lines += [f"outside {policy}" for policy in node.outside]
    return [*lines, *_attributes(node.attributes), *_position(node.span)]


def _subject(subject: Subject, naming: Naming) -> Iterator[str]:
    if subject.kind != subject.id:
        yield f"kind {naming.term(subject.kind)}"
    if subject.of:
        yield f"of {subject.of}"
    if subject.age is not None:
        yield f"age {subject.age}"
    if subject.known is not None:
        yield "known" if subject.known else "not known"
    yield from _facts(naming, ("resides in", subject.residences))
    for state, held in subject.states.items():
        yield f"{state}: {'yes' if held else 'no'}"
    yield from _attributes(subject.attributes)


def _origin(origin: Origin, naming: Naming) -> str:
    text = f"{origin.word} {naming.term(origin.term)}"
    if origin.subject:
        text += f" of {origin.subject}"
    said = [_use(use, naming) for use in origin.uses]
    return f"{text} {naming.joined(said)}" if said else text


def _kept(kept: Kept, naming: Naming) -> str:
    text = f"retention {_period(kept.period, naming) if kept.period is not None else 'unknown'}"
    if kept.data:
        text += f" of {_terms(kept.data, naming)}"
    return f"{text} for {_terms(kept.purposes, naming)}" if kept.purposes else text


def party_lines(party: Party, naming: Naming) -> list[str]:
    """What is declared of a party."""
    lines = [f"party {party.id}"]
    lines += _facts(
        naming,
        ("kind", party.kinds),
        ("in", party.places),
        ("under", party.contracts),
    )
    lines += [_role(role, naming) for role in party.roles]
    lines += [_certificate(certificate, naming) for certificate in party.certificates.values]
    if party.affiliate_of:
        lines.append(f"affiliate of {party.affiliate_of}")
    return [*lines, *_attributes(party.attributes), *_position(party.span)]


def _role(role: Role, naming: Naming) -> str:
    text = naming.form(role.role)
    if role.data:
        text += f" of {_terms(role.data, naming)}"
    if role.purposes:
        text += f" for {_terms(role.purposes, naming)}"
    return f"{text} acting for {role.acting_for}" if role.acting_for else text


def _certificate(certificate: Certificate, naming: Naming) -> str:
    text = f"certified {naming.term(certificate.term)}"
    if certificate.since:
        text += f" from {certificate.since}"
    return f"{text} until {certificate.until}" if certificate.until else text


def _facts(naming: Naming, *facts: tuple[str, Fact[str]]) -> Iterator[str]:
    """The facts of which something is known; `none` is said where it was."""
    for before, fact in facts:
        if fact.unknown or (before == "for consideration of" and not fact.values):
            continue
        yield f"{before} {_values(fact, naming)}"


def _values(fact: Fact[str], naming: Naming) -> str:
    if not fact.values:
        return "none" if fact.whole else "unknown"
    said = [naming.term(value) for value in fact.values]
    return naming.joined(said if fact.whole else [*said, "..."])


def _terms(names: Iterable[str], naming: Naming) -> str:
    return naming.joined(naming.term(name) for name in names)


def _attributes(attributes: Mapping[str, AttributeValue]) -> list[str]:
    return [
        f"{name} {_period(value, None) if isinstance(value, Period) else value}"
        for name, value in sorted(attributes.items())
    ]


def _position(span: Span) -> list[str]:
    return [] if span == NOWHERE else [str(span)]


def _period(period: Period, naming: Naming | None) -> str:
    if isinstance(period, Length):
        return f"{period.number} {period.unit}"
    if isinstance(period, Symbol):
        name = str(period.name)
        text = naming.term(name) if naming is not None else name
        return f"{text} + {_period(period.plus, naming)}" if period.plus is not None else text
    if isinstance(period, Choice):
        items = [_period(item, naming) for item in period.items]
        if period.word == "else":
            return " else ".join(items)
        return f"{period.word} of {', '.join(items)}"
    return "unlimited"
