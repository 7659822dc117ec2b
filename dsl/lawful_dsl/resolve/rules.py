"""Rules: each rule of a pack or policy, resolved, under the id by which findings cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.resolve import words
from lawful_dsl.resolve.conditions import HERE, read_body, read_event, read_parts
from lawful_dsl.resolve.feasible import check_feasible
from lawful_dsl.resolve.periods import read_period
from lawful_dsl.resolve.prose import one_line
from lawful_dsl.resolve.registers import Bound, read_register
from lawful_dsl.resolve.scope import Scope
from lawful_dsl.resolve.walk import subjects_named
from lawful_dsl.source import Span

_Simple = s.Forbid | s.Require | s.Passage | s.Reach | s.Retain | s.Assert


@frozen
class Placed:
    """A rule, where its id stands, and the names in it that are ids of other rules."""

    rule: p.Rule
    span: Span
    named: bool
    replaces: s.Name | None = None
    admits: tuple[s.Name, ...] = ()


def read_rules(scope: Scope) -> tuple[Placed, ...]:
    """All rules of a module, in the order of its text."""
    counts: dict[str, int] = {}
    found: list[Placed] = []
    for rule in scope.module.parsed.tree.statements:
        if not isinstance(rule, _Simple | s.Closed | s.Readings):
            continue
        kind = type(rule).__name__.lower()
        counts[kind] = counts.get(kind, 0) + 1
        if isinstance(rule, s.Closed):
            found.extend(_closed(scope, rule))
        elif isinstance(rule, s.Readings):
            found.append(_readings(scope, rule))
        else:
            id, span = _identity(scope, rule, f"{scope.module.name}.{kind}.{counts[kind]}")
            found.append(
                Placed(
                    _simple(scope, rule, id, rule.meta),
                    span,
                    rule.id is not None,
                    rule.meta.replaces,
                )
            )
    return tuple(found)


def _identity(scope: Scope, rule: _Simple, otherwise: str) -> tuple[str, Span]:
    """The declared id, else the first clause cited, else its place among its kind in the file."""
    exceptions = () if isinstance(rule, s.Assert) else rule.exceptions
    named = [*([rule.id] if rule.id else []), *rule.meta.clauses, *_clauses(exceptions)]
    if named:
        return named[0].text, named[0].span
    return otherwise, _first_line(scope, rule.span)


def _first_line(scope: Scope, span: Span) -> Span:
    line = scope.module.parsed.source.line(span.line)
    return Span(span.file, span.line, span.column, span.line, len(line.rstrip()) + 1)


def _clauses(exceptions: Iterable[s.Exception_]) -> Iterator[s.Name]:
    for exception in exceptions:
        yield from exception.clauses
        yield from _clauses(exception.nested)


def _about(
    scope: Scope,
    id: str,
    meta: s.Meta,
    span: Span,
    pieces: Sequence[object],
    *,
    actual: bool = False,
    head: bool = False,
) -> p.About:
    return p.About(
        id,
        meta.severity or "medium",
        tuple(read_messages(scope, meta).items()),
        meta.cite.text if meta.cite else "",
        tuple(dict.fromkeys(name.text for name in meta.clauses)),
        tuple(name.text for name in meta.formerly),
        meta.replaces.text if meta.replaces else "",
        subjects_named(scope, *pieces),
        actual,
        text=one_line(scope.module.parsed.source, span, head=head),
        unwaivable=meta.unwaivable,
        span=span,
    )


def read_messages(scope: Scope, meta: s.Meta) -> dict[str, str]:
    """The messages of a rule by language."""
    messages: dict[str, str] = {}
    for text in meta.because:
        if text.language in messages:
            scope.error(
                f"`because` says the message in `{text.language}` twice", text.span, "keep one"
            )
        messages.setdefault(text.language, text.text)
    return messages


def read_exceptions(scope: Scope, exceptions: Iterable[s.Exception_]) -> tuple[p.Unless, ...]:
    """The exceptions of a rule, with their own."""
    return tuple(
        p.Unless(
            read_body(scope, item.parts, item.when, HERE),
            read_exceptions(scope, item.nested),
            tuple(name.text for name in item.clauses),
            item.span,
        )
        for item in exceptions
    )


# --- simple rules ---------------------------------------------------------------------------------


def _simple(scope: Scope, rule: _Simple, id: str, meta: s.Meta) -> p.Simple:
    if isinstance(rule, s.Assert):
        return _assert(scope, rule, _about(scope, id, meta, rule.span, ()))
    written = _stored(rule) if isinstance(rule, s.Retain) else rule.event
    about = _about(
        scope,
        id,
        meta,
        rule.span,
        (written, rule.exceptions),
        actual=any(part.word == "actual" for part in written.parts),
    )
    event = read_event(scope, written)
    exceptions = read_exceptions(scope, rule.exceptions)
    check_feasible(scope, event, written.span, exceptions)
    match rule:
        case s.Forbid():
            return p.Forbid(about, event, exceptions)
        case s.Require():
            attribute, terms = _required(scope, rule)
            return p.Require(about, event, attribute, rule.quantity, terms, exceptions)
        case s.Passage():
            through = scope.read_terms(rule.through, ("products",), "through")
            return p.Passage(about, event, through, exceptions)
        case s.Reach():
            terms = scope.read_terms(rule.data, ("data",), "reach of")
            return p.Reach(about, event, terms, exceptions)
        case s.Retain():
            period = read_period(scope, rule.period)
            return p.Retain(about, event, rule.bound, period, exceptions)


def _stored(rule: s.Retain) -> s.Event:
    """The event of a bound on retention, as it would be written: storage, or the placement that it names."""
    named = tuple(name.text for name in rule.data.names)
    if named == (p.EventKind.PLACEMENT.value,) and not rule.data.excluded:
        return s.Event(rule.data.names[0], rule.parts, rule.when, rule.data.span)
    kind = s.Name(p.EventKind.STORAGE.value, rule.data.span)
    return s.Event(kind, (rule.data, *rule.parts), rule.when, rule.data.span)


def _required(scope: Scope, rule: s.Require) -> tuple[str, tuple[str, ...]]:
    attribute = rule.attribute.text
    if attribute not in words.REQUIRED:
        near = scope.near_word(attribute, words.REQUIRED)
        scope.error(
            f"`{rule.attribute}` cannot be required",
            rule.attribute.span,
            near or "require " + ", ".join(f"`{word}`" for word in words.REQUIRED),
        )
        return attribute, ()
    accepted = words.REQUIRED[attribute]
    for name in rule.names:
        meaning = scope.meaning(name.text)
        if meaning is not None and meaning.sort == "place definition" and attribute == "place":
            scope.error(
                f"`{name}` is a defined place; `require place` names places of a vocabulary",
                name.span,
                f"forbid the event instead: `unless in {name}`",
            )
            return attribute, ()
    return attribute, scope.read_terms(rule.names, accepted, f"require {attribute}")


def _assert(scope: Scope, rule: s.Assert, about: p.About) -> p.Assert:
    fact = scope.attributes.get(rule.fact.text)
    period = read_period(scope, rule.period) if rule.period else None
    terms = tuple(dict.fromkeys(name.text for name in rule.names))
    made = p.Assert(about, rule.fact.text, rule.bound, period, terms)
    if fact is None:
        meaning = scope.meaning(rule.fact.text)
        if meaning is not None and meaning.sort:
            scope.error(
                f"`{rule.fact}` is {words.one(meaning.sort)}; `assert` names a fact of the system",
                rule.fact.span,
                "declare it under another name: `attribute NAME of system: yes_no`",
            )
        elif meaning is None:
            help = f"declare it: `attribute {rule.fact} of system: {_type_of(rule)}`"
            scope.unknown(rule.fact, ("attribute",), help)
        return made
    declared = [("declared here", fact.span)]
    if fact.owner != "system":
        scope.error(
            f"`{rule.fact}` is an attribute of a {fact.owner}; `assert` names a fact of the system",
            rule.fact.span,
            "write a rule about events that reads it after `when`",
            declared,
        )
        return made
    for name in rule.names:
        if fact.type == "one of" and name.text not in fact.values:
            near = scope.near_word(name.text, fact.values)
            known = ", ".join(f"`{value}`" for value in fact.values)
            help = near or f"it is one of {known}"
            scope.error(f"`{rule.fact}` is never `{name}`", name.span, help, declared)
    wanted = {"yes_no": "", "period": "at", "one of": "in"}.get(fact.type)
    if wanted != ("at" if rule.period else rule.bound):
        said = {"yes_no": "yes or no", "period": "a period", "one of": "one of some words"}
        scope.error(
            f"this cannot hold: `{rule.fact}` is {said.get(fact.type, f'a {fact.type}')}",
            rule.fact.span,
            {
                "yes_no": f"write `assert {rule.fact}`",
                "period": f"write `assert {rule.fact} at most 72 hours`",
                "one of": f"write `assert {rule.fact} in {', '.join(fact.values[:2])}`",
            }.get(fact.type, "declare it as a period, as `yes_no` or as one of some words"),
            declared,
        )
    return made


def _type_of(rule: s.Assert) -> str:
    if rule.period:
        return "period"
    return f"one of {', '.join(n.text for n in rule.names)}" if rule.names else "yes_no"


# --- blocks ---------------------------------------------------------------------------------------


def _closed(scope: Scope, block: s.Closed) -> Iterator[Placed]:
    """A closed block, and a bound on retention for each row of a register that has one."""
    event = read_event(scope, block.event)
    actual = any(part.word == "actual" for part in block.event.parts)
    permits: list[p.Permit] = [_permit(scope, permit) for permit in block.permits]
    bounds: list[tuple[int, Bound]] = []
    row = 1
    for register in block.registers:
        for permit, bound in read_register(scope, register, row):
            permits.append(permit)
            if bound:
                bounds.append((permit.row, bound))
        row += len(register.rows)
    cells = tuple(cell for reg in block.registers for r in reg.rows for cell in r.cells)
    pieces = (block.event, block.permits, cells)
    about = _about(scope, block.id.text, block.meta, block.span, pieces, actual=actual, head=True)
    admitted = (p.Unless(each.condition, each.exceptions, (), each.span) for each in permits)
    check_feasible(scope, event, block.event.span, admitted)
    names = tuple(name for admits in block.admits for name in admits.names)
    closed = p.Closed(
        about, event, tuple(permits), tuple(dict.fromkeys(name.text for name in names))
    )
    yield Placed(closed, block.id.span, True, block.meta.replaces, names)
    for number, bound in bounds:
        retain = p.Retain(
            p.About(
                f"{block.id}.row{number}",
                about.severity,
                citation=about.citation,
                clauses=bound.clauses,
                names=subjects_named(scope, bound.row.cells),
                unwaivable=about.unwaivable,
                text=one_line(scope.module.parsed.source, bound.row.span),
                span=bound.row.span,
            ),
            bound.event,
            bound.bound,
            bound.period,
        )
        yield Placed(retain, bound.row.span, True)


def _permit(scope: Scope, permit: s.Permit) -> p.Permit:
    if not (permit.parts or permit.when or permit.exceptions):
        scope.error(
            "this permit admits everything",
            permit.span,
            "say what it permits, or take the block out",
        )
    said = read_parts(scope, permit.parts, HERE)
    return p.Permit(
        read_body(scope, permit.parts, permit.when, HERE),
        said,
        read_exceptions(scope, permit.exceptions),
        tuple(name.text for name in permit.clauses),
        0,
        one_line(scope.module.parsed.source, permit.span),
        permit.span,
    )


def _readings(scope: Scope, block: s.Readings) -> Placed:
    header = scope.module.header
    texts = {name.text for name in header.texts} if header else set()
    seen: dict[str, Span] = {}
    found: list[tuple[tuple[str, ...], p.Simple | None]] = []
    for names, rule in block.readings:
        for name in names:
            if name.text in seen:
                scope.error(
                    f"the text `{name}` has two readings",
                    name.span,
                    "a text has one",
                    [("the other one is here", seen[name.text])],
                )
            elif scope.module.kind == "policy" and name.text not in texts:
                scope.error(
                    f"`{name}` is no text of `{scope.module.name}`",
                    name.span,
                    scope.near_word(name.text, texts) or f"add it to the policy: `text {name}`",
                )
            seen.setdefault(name.text, name.span)
        languages = tuple(name.text for name in names)
        if rule is None:
            found.append((languages, None))
        elif isinstance(rule, _Simple):
            meta = _merged(rule.meta, block.meta)
            found.append((languages, _simple(scope, rule, block.id.text, meta)))
        else:
            scope.error(
                "a reading is one rule, not a block of its own",
                rule.id.span,
                "write the block once for each text, or the readings within it as `forbid`",
            )
    inner = [rule for _, rule in found if rule is not None]
    about = replace(
        _about(scope, block.id.text, block.meta, block.span, ()),
        names=frozenset().union(*(rule.about.names for rule in inner)),
        actual=bool(inner) and all(rule.about.actual for rule in inner),
    )
    return Placed(p.Readings(about, tuple(found)), block.id.span, True, block.meta.replaces)


def _merged(own: s.Meta, block: s.Meta) -> s.Meta:
    """What a reading says of itself; where it says nothing, what its block says."""
    return s.Meta(
        own.severity or block.severity,
        own.because or block.because,
        own.cite or block.cite,
        own.formerly or block.formerly,
        own.replaces or block.replaces,
        own.clauses or block.clauses,
        own.unwaivable or block.unwaivable,
    )
