"""Rules: each on a line, what it says of itself and its exceptions indented beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lawful_dsl.format.comments import INDENT, Item
from lawful_dsl.format.conditions import write_event, write_parts
from lawful_dsl.format.exceptions import (
    find_exception,
    print_exception,
    write_clauses,
    write_inline,
)
from lawful_dsl.format.lines import fits, wrap, wrap_condition
from lawful_dsl.format.page import NO_PLACE, Page, Place
from lawful_dsl.format.registers import print_register
from lawful_dsl.format.words import (
    reserve,
    write_name,
    write_names,
    write_period,
    write_string,
    write_translation,
)
from lawful_dsl.source import Span
from lawful_dsl.syntax import (
    Affirm,
    Assert,
    Closed,
    Forbid,
    Meta,
    Name,
    Passage,
    Permit,
    Reach,
    Readings,
    Require,
    Retain,
    Rule,
)

#: Words that make another kind of rule of it, after `require`.
_REQUIRED = reserve("passage  reach")
#: Words with which a statement, or a line of a rule, begins: a name there needs quotes.
OPENINGS = reserve(
    "policy vocabulary pack use data subjects purposes parties places environments bases consents "
    "mechanisms measures certificates channels marks states products sites periods attribute "
    "mapping define treat forbid require retain assert closed readings "
    "clauses affirm severity because cite formerly in clause unless unwaivable permit admits"
)

Group = list[Item]


def print_rule(
    rule: Rule | Affirm, page: Page, indent: int = 0, texts: Sequence[Name] = ()
) -> Iterator[Item]:
    """A rule; as one reading of several, after the languages of its text."""
    line = texts[0].span.line if texts else rule.span.line
    languages = write_names(texts, OPENINGS) + ": " if texts else ""
    exceptions = () if isinstance(rule, Assert | Closed | Readings | Affirm) else rule.exceptions
    clauses = write_clauses(rule.meta.clauses)
    head = languages + _write_head(rule)
    said = _opened(rule.meta.clauses, "clause", page)
    beneath = list(_print_beneath(rule, indent + INDENT, page))
    others = [*said, *(group[0].at for group in beneath)]
    groups: list[Group] = []
    inline = write_inline(head, exceptions, clauses, indent, line, page, others)
    if inline:
        lines = wrap(inline, indent)
        said += tuple({find_exception(exceptions[0], line, page)} - {NO_PLACE})
        exceptions = exceptions[1:]
    elif fits(head + clauses, indent):
        lines = wrap(head + clauses, indent)
    else:
        lines = wrap_condition(lambda broken: languages + _write_head(rule, broken), indent)
        if clauses:
            at = said[0] if said else NO_PLACE
            text = wrap(clauses.strip(), indent + INDENT)
            groups.append([Item(indent + INDENT, text, at, said[1:])])
            said = ()
    yield Item(indent, lines, page.at(line), said)
    groups += [list(print_exception(e, indent + INDENT, line, page)) for e in exceptions]
    groups += beneath
    # in the order of the source; what stood on the first line comes first
    groups.sort(key=lambda group: group[0].at)
    for group in groups:
        yield from group


# --- the first line -------------------------------------------------------------------------------


def _write_head(rule: Rule | Affirm, breakable: bool = False) -> str:
    match rule:
        case Affirm():
            return f"affirm {write_name(rule.rule)}"
        case Readings():
            return f"readings {write_name(rule.id)}"
    id = f"{write_name(rule.id)}: " if rule.id else ""
    match rule:
        case Forbid():
            return f"forbid {id}{write_event(rule.event, breakable)}"
        case Require():
            id = f"{write_name(rule.id, _REQUIRED)}: " if rule.id else ""
            return (
                f"require {id}{write_name(rule.attribute, _REQUIRED)} {rule.quantity} "
                f"{write_names(rule.names)} for {write_event(rule.event, breakable)}"
            )
        case Passage():
            id = f"{write_name(rule.id, _REQUIRED)}: " if rule.id else ""
            through = write_names(rule.through)
            event = write_event(rule.event, breakable)
            return f"require {id}passage through {through} before {event}"
        case Reach():
            id = f"{write_name(rule.id, _REQUIRED)}: " if rule.id else ""
            return (
                f"require {id}reach of {write_names(rule.data)} to "
                f"{write_event(rule.event, breakable)}"
            )
        case Retain():
            excluded = rule.data.excluded
            less = f" except {write_names(excluded)}" if excluded else ""
            return (
                f"retain {id}{write_names(rule.data.names)}{less}"
                f"{write_parts(rule.parts, rule.when, breakable)} "
                f"{rule.bound} {write_period(rule.period)}"
            )
        case Assert():
            fact = f"assert {id}{write_name(rule.fact)}"
            if rule.bound == "in":
                return f"{fact} in {write_names(rule.names)}"
            return f"{fact} {rule.bound} {write_period(rule.period)}" if rule.period else fact
        case Closed():
            return f"closed {id}{write_event(rule.event, breakable)}"


# --- what is indented -----------------------------------------------------------------------------


def _opened(names: Iterable[Name], word: str, page: Page) -> tuple[Place, ...]:
    """The lines that begin with the word and have one of the names."""
    lines = dict.fromkeys(name.span.line for name in names)
    return tuple(page.at(line) for line in lines if page.opens_with(line, word))


def _print_beneath(rule: Rule | Affirm, indent: int, page: Page) -> Iterator[Group]:
    yield from _print_meta(rule.meta, rule.span, indent, page)
    if isinstance(rule, Closed):
        yield from _print_closed(rule, indent, page)
    elif isinstance(rule, Readings):
        yield from _print_readings(rule, indent, page)


def _print_meta(meta: Meta, span: Span, indent: int, page: Page) -> Iterator[Group]:
    if meta.severity:
        at, *also = page.openings("severity", span)[::-1] or (NO_PLACE,)
        yield [Item(indent, (" " * indent + f"severity {meta.severity}",), at, tuple(also))]
    if meta.because:
        yield list(_print_because(meta, indent, page))
    if meta.cite:
        text = f"{' ' * indent}cite {write_string(meta.cite.text)}"
        yield [Item(indent, (text,), page.at(meta.cite.span.line))]
    if meta.formerly:
        at, *also = _opened(meta.formerly, "formerly", page) or (NO_PLACE,)
        text = f"formerly {write_names(meta.formerly)}"
        yield [Item(indent, wrap(text, indent), at, tuple(also))]
    if meta.unwaivable:
        at, *also = page.openings("unwaivable", span)[::-1] or (NO_PLACE,)
        yield [Item(indent, (" " * indent + "unwaivable",), at, tuple(also))]
    if meta.replaces:
        text = f"{' ' * indent}in place of {write_name(meta.replaces)}"
        yield [Item(indent, (text,), page.at(meta.replaces.span.line))]


def _print_because(meta: Meta, indent: int, page: Page) -> Iterator[Item]:
    word, deeper = "because ", indent
    for text in meta.because:
        written = " " * deeper + word + write_translation(text)
        yield Item(deeper, (written,), page.at(text.span.line))
        word, deeper = "", indent + len("because ")


def _print_closed(closed: Closed, indent: int, page: Page) -> Iterator[Group]:
    groups = [list(_print_permit(permit, indent, page)) for permit in closed.permits]
    groups += [list(print_register(register, indent, page)) for register in closed.registers]
    for admits in closed.admits:
        text = f"admits {write_names(admits.names)}"
        groups.append([Item(indent, wrap(text, indent), page.at(admits.span.line))])
    yield from groups


def _write_permit(permit: Permit, breakable: bool = False) -> str:
    parts = write_parts(permit.parts, permit.when, breakable)
    return f"permit{parts}{write_clauses(permit.clauses)}"


def _print_permit(permit: Permit, indent: int, page: Page) -> Iterator[Item]:
    exceptions = permit.exceptions
    clauses = write_clauses(permit.clauses)
    head = "permit" + write_parts(permit.parts, permit.when)
    line = permit.span.line
    also: tuple[Place, ...] = ()
    inline = write_inline(head, exceptions, clauses, indent, line, page)
    if inline:
        lines = wrap(inline, indent)
        also = tuple({find_exception(exceptions[0], line, page)} - {NO_PLACE})
        exceptions = exceptions[1:]
    else:
        lines = wrap_condition(lambda broken: _write_permit(permit, broken), indent)
    yield Item(indent, lines, page.at(line), also)
    for exception in exceptions:
        yield from print_exception(exception, indent + INDENT, line, page)


def _print_readings(readings: Readings, indent: int, page: Page) -> Iterator[Group]:
    for names, rule in readings.readings:
        if rule is None:
            text = f"{write_names(names, OPENINGS)}: nothing"
            yield [Item(indent, wrap(text, indent), page.at(names[0].span.line))]
        else:
            yield list(print_rule(rule, page, indent, names))
