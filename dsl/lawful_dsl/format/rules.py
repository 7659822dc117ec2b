"""Rules: each on a line, what it says of itself and its exceptions indented beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lawful_dsl.format.comments import INDENT, Item
from lawful_dsl.format.conditions import write_event, write_exception, write_parts
from lawful_dsl.format.lines import fits, wrap
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
    And,
    Assert,
    Closed,
    Compare,
    Condition,
    Exception_,
    Forbid,
    Meta,
    Name,
    Not,
    Or,
    Part,
    Passage,
    Permit,
    Reach,
    Readings,
    Require,
    Retain,
    Rule,
    StateRef,
)

#: Words that make another kind of rule of it, after `require`.
_REQUIRED = reserve("passage  reach")
#: Words with which a statement, or a line of a rule, begins: a name there needs quotes.
OPENINGS = reserve(
    "policy vocabulary pack use data subjects purposes parties places environments bases consents "
    "mechanisms measures certificates channels marks states products sites periods attribute "
    "mapping define treat forbid require retain assert closed readings "
    "severity because cite formerly in clause unless permit admits"
)

Group = list[Item]


def write_clauses(clauses: Sequence[Name]) -> str:
    """The clauses, at the end of a line."""
    return f"  clause {write_names(clauses)}" if clauses else ""


def print_rule(
    rule: Rule, page: Page, indent: int = 0, texts: Sequence[Name] = ()
) -> Iterator[Item]:
    """A rule; as one reading of several, after the languages of its text."""
    line = texts[0].span.line if texts else rule.span.line
    languages = write_names(texts, OPENINGS) + ": " if texts else ""
    exceptions = () if isinstance(rule, Assert | Closed | Readings) else rule.exceptions
    clauses = write_clauses(rule.meta.clauses)
    head = languages + _write_head(rule)
    said = _opened(rule.meta.clauses, "clause", page)
    inline = _inline(head, exceptions, clauses, indent, rule.span, page)
    groups: list[Group] = []
    if inline:
        head, exceptions = inline, exceptions[1:]
    elif fits(head + clauses, indent):
        head += clauses
    else:
        if not fits(head, indent):
            head = languages + _write_head(rule, breakable=True)
        if clauses:
            at = said[0] if said else NO_PLACE
            text = wrap(clauses.strip(), indent + INDENT)
            groups.append([Item(indent + INDENT, text, at, said[1:])])
            said = ()
    yield Item(indent, wrap(head, indent), page.at(line), said)
    groups += [list(_print_exception(e, indent + INDENT, line, page)) for e in exceptions]
    groups += _print_meta(rule.meta, rule.span, indent + INDENT, page)
    if isinstance(rule, Closed):
        groups += _print_closed(rule, indent + INDENT, page)
    elif isinstance(rule, Readings):
        groups += _print_readings(rule, indent + INDENT, page)
    # in the order of the source; what stood on the first line comes first
    groups.sort(key=lambda group: group[0].at)
    for group in groups:
        yield from group


# --- the first line -------------------------------------------------------------------------------


def _write_head(rule: Rule, breakable: bool = False) -> str:
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
        case Readings():
            return f"readings {write_name(rule.id)}"


def _inline(
    head: str,
    exceptions: Sequence[Exception_],
    clauses: str,
    indent: int,
    span: Span,
    page: Page,
) -> str:
    """The line with its first exception in it, where that fits and has nothing of its own."""
    if not exceptions:
        return ""
    first = exceptions[0]
    text = f"{head} {write_exception(first)}{clauses}"
    if first.nested or first.clauses or not fits(text, indent):
        return ""
    return "" if _has_comments(first, span, page) else text


def _has_comments(exception: Exception_, span: Span, page: Page) -> bool:
    """Whether comments stand with an exception that has a line of its own."""
    last = max(
        [part.span.end_line for part in exception.parts]
        + ([_end(exception.when)] if exception.when else [])
    )
    if _line(exception) <= span.line:
        return False
    return any(
        comment.line <= last or page.margin(comment.line, comment.column) > page.margin(span.line)
        for comment in page.comments_in(span.line, page.next_code(last))
    )


def _line(exception: Exception_) -> int:
    first = exception.parts[0] if exception.parts else exception.when
    return first.span.line if first else 0


def _end(condition: Condition) -> int:
    match condition:
        case Or() | And():
            return max(map(_end, condition.items))
        case Not():
            return _end(condition.item)
        case Compare() | StateRef() | Part():
            return condition.span.end_line


# --- what is indented -----------------------------------------------------------------------------


def _opened(names: Iterable[Name], word: str, page: Page) -> tuple[Place, ...]:
    """The lines that begin with the word and have one of the names."""
    lines = dict.fromkeys(name.span.line for name in names)
    return tuple(page.at(line) for line in lines if page.opens_with(line, word))


def _print_exception(exception: Exception_, indent: int, line: int, page: Page) -> Iterator[Item]:
    """An exception of a rule that begins on the line."""
    clauses = write_clauses(exception.clauses)
    text = write_exception(exception) + clauses
    if not fits(text, indent):
        text = write_exception(exception, breakable=True) + clauses
    lines = range(_line(exception), line, -1)
    at = next((page.at(own) for own in lines if page.opens_with(own, "unless")), NO_PLACE)
    yield Item(indent, wrap(text, indent), at)
    for nested in exception.nested:
        yield from _print_exception(nested, indent + INDENT, line, page)


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


def _print_permit(permit: Permit, indent: int, page: Page) -> Iterator[Item]:
    exceptions = permit.exceptions
    clauses = write_clauses(permit.clauses)
    head = "permit" + write_parts(permit.parts, permit.when)
    inline = _inline(head, exceptions, clauses, indent, permit.span, page)
    if inline:
        text, exceptions = inline, exceptions[1:]
    elif fits(head + clauses, indent):
        text = head + clauses
    else:
        text = "permit" + write_parts(permit.parts, permit.when, breakable=True) + clauses
    yield Item(indent, wrap(text, indent), page.at(permit.span.line))
    for exception in exceptions:
        yield from _print_exception(exception, indent + INDENT, permit.span.line, page)


def _print_readings(readings: Readings, indent: int, page: Page) -> Iterator[Group]:
    for names, rule in readings.readings:
        if rule is None:
            text = f"{write_names(names, OPENINGS)}: nothing"
            yield [Item(indent, wrap(text, indent), page.at(names[0].span.line))]
        else:
            yield list(print_rule(rule, page, indent, names))
