"""Syntax trees of both languages, as texts can say them, for property tests.

A few trees that the classes allow are no tree of any text, since what one node ends with the next
would take for its own (`guard objected` before `of x` is the state `objected of x`). Those are left
out, here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from lawful_dsl import syntax as s
from lawful_dsl.vocabulary import LISTS

T = TypeVar("T")

_GRAMMARS = files("lawful_dsl") / "grammar"
#: Every word that some grammar knows: the names that are hard to print.
KEYWORDS = sorted(
    {
        word
        for file in ("shared.lark", "law.lark", "flow.lark")
        for literal in re.findall(r'"([a-z_]+)"|/([^/\n]*)/', (_GRAMMARS / file).read_text("utf-8"))
        for word in re.findall(r"[a-z_]{2,}", "|".join(literal))
    }
    | {"for.me", "with.x", "in.x", "day-x", "months", "to", "in\u0301", "none", "same", "all"}
)
_PLAIN = [
    "a",
    "card_number",
    "CB-DIS-02",
    "US",
    "x.y",
    "v1-2",
    "naïve",
    "عنوان",
    "عمر",
    "個人情報",
    "të_dhëna",
]
#: No file of ours has them.
_HIDDEN = "\0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def named(name: str, strategy: SearchStrategy[T]) -> SearchStrategy[T]:
    """The strategy under a name, for Hypothesis would spell it all out, to hundreds of kilobytes."""

    def drawn(draw: st.DrawFn) -> T:
        return draw(strategy)

    drawn.__name__ = name
    return st.composite(drawn)()


def _characters(without: str) -> SearchStrategy[str]:
    return st.characters(exclude_categories=["Cs"], exclude_characters=without + "\n" + _HIDDEN)


_quoted = st.text(_characters("'"), min_size=1, max_size=8)
_strings = st.text(_characters('"'), max_size=20)

_spelt = st.one_of(st.sampled_from(_PLAIN), st.sampled_from(KEYWORDS), st.just("a b"), _quoted)
names = named("names", st.builds(s.Name, _spelt))
_words = st.sampled_from(["en", "nl", "ar", "zh-Hant", "sq"])
texts = named("texts", st.builds(s.Text, _strings))
translations = named("translations", st.builds(s.Text, _strings, _words))
dates = st.dates().map(str)
maybe_date = st.just("") | dates
numbers = st.integers(0, 10**6)


def some(items: SearchStrategy[T], least: int = 0, most: int = 3) -> SearchStrategy[tuple[T, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def maybe(items: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | items


many = some(names, 1, 4)
maybe_many = some(names, 0, 3)
maybe_name = maybe(names)
maybe_text = maybe(texts)

# --- shared ---------------------------------------------------------------------------------------

lengths = st.builds(
    s.Length, numbers, st.sampled_from(["hours", "days", "weeks", "months", "years"])
)
states = st.builds(s.StateRef, names, maybe_name, maybe_name)
_simple_periods: SearchStrategy[Any] = (
    lengths | st.builds(s.Symbol, names, maybe(lengths)) | st.just(s.Unlimited())
)


def _choices(items: SearchStrategy[Any]) -> SearchStrategy[s.Choice]:
    listed = st.builds(s.Choice, st.sampled_from(["longer", "shorter"]), some(items, 1))
    return listed | st.builds(s.Choice, st.just("else"), some(items, 2))


periods = named("periods", st.recursive(_simple_periods, _choices, max_leaves=5))
values = st.one_of(names, numbers, dates, periods).map(
    lambda value: value.name if isinstance(value, s.Symbol) and value.plus is None else value
)
values_of = st.builds(s.Value, names, values)
_values_of_terms = st.builds(s.Value, names, names | numbers | dates | lengths)


def apart(items: Sequence[T], merges: Callable[[T, T], bool]) -> tuple[T, ...]:
    """The items without those that the one before would take for its own."""
    kept: list[T] = []
    for item in items:
        if not (kept and merges(kept[-1], item)):
            kept.append(item)
    return tuple(kept)


# --- .law: events and conditions ------------------------------------------------------------------

_LISTED = (
    "anything from", "to", "from", "in", "residence in", "seated in", "for", "on", "with", "under",
    "by", "using", "certified", "marked", "collected for", "collected on", "received under",
)  # fmt: skip
_ALONE = ("in any form", "for within collected for", "to another", "actual")
parts = named(
    "parts",
    st.one_of(
        st.builds(s.Part, st.just("of"), many, maybe_many),
        st.builds(s.Part, st.sampled_from(_LISTED), many),
        st.builds(s.Part, st.sampled_from(_ALONE)),
        st.builds(s.Part, st.just("with consent"), many, giver=maybe_name),
        st.builds(s.Part, st.just("guard"), state=states),
    ),
)


def _part_merges(before: s.Part, part: s.Part) -> bool:
    state = before.state
    return part.word == "of" and state is not None and not (state.about or state.holder)


several_parts = named(
    "several_parts", st.lists(parts, max_size=3).map(lambda found: apart(found, _part_merges))
)
_operators = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
_tests: SearchStrategy[Any] = st.one_of(
    states,
    parts,
    st.builds(s.Compare, names, _operators, names | numbers | dates | lengths),
    st.builds(s.Compare, names, st.just("in"), st.just(s.Name("residence"))),
)


def _compound(items: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.one_of(
        st.builds(s.Or, some(items, 2)), st.builds(s.And, some(items, 2)), st.builds(s.Not, items)
    )


conditions = named("conditions", st.recursive(_tests, _compound, max_leaves=6))
maybe_when = st.none() | conditions
events = named("events", st.builds(s.Event, names, several_parts, maybe_when))


@st.composite
def _exception(draw: st.DrawFn, depth: int) -> s.Exception_:
    found = draw(several_parts)
    when = draw(maybe_when if found else conditions)
    nested = draw(some(_exception(depth - 1), 0, 2)) if depth else ()
    return s.Exception_(found, when, nested, draw(maybe_many))


exceptions = some(_exception(2), 0, 2)

# --- .law: rules ----------------------------------------------------------------------------------


def _metas(replaced: SearchStrategy[s.Name | None]) -> SearchStrategy[s.Meta]:
    severities = st.sampled_from(["", "low", "medium", "high", "critical"])
    said = (
        severities,
        some(translations),
        maybe_text,
        maybe_many,
        replaced,
        maybe_many,
        st.booleans(),
    )
    return st.builds(s.Meta, *said)


metas = named("metas", _metas(maybe_name))
affirms = named("affirms", st.builds(s.Affirm, names, _metas(st.none())))
_bounds = st.sampled_from(["at most", "at least", "exactly"])
_of = st.builds(s.Part, st.just("of"), many, maybe_many)
_asserted: SearchStrategy[Any] = st.one_of(
    st.just(("", None, ())),
    st.tuples(_bounds, periods, st.just(())),
    st.tuples(st.just("in"), st.none(), many),
)
simple_rules = named("simple_rules", st.one_of(
    st.builds(s.Forbid, maybe_name, events, exceptions, metas),
    st.builds(
        s.Require, maybe_name, names, st.sampled_from(["in", "all of", "only"]), many, events,
        exceptions, metas,
    ),
    st.builds(s.Passage, maybe_name, many, events, exceptions, metas),
    st.builds(s.Reach, maybe_name, many, events, exceptions, metas),
    st.builds(
        s.Retain, maybe_name, _of, several_parts, maybe_when, _bounds, periods, exceptions, metas
    ),
    st.tuples(maybe_name, names, _asserted, metas).map(
        lambda found: s.Assert(found[0], found[1], found[2][0], found[2][1], found[2][2], found[3])
    ),
))  # fmt: skip
permits = named("permits", st.builds(s.Permit, several_parts, maybe_when, exceptions, maybe_many))
_columns = st.sampled_from(
    ["of", "to", "from", "in", "for", "on", "with", "under", "by", "using", "clause", "retention"]
)
cells = st.builds(s.Cell, maybe_many, maybe_many) | st.builds(s.Cell, bound=_bounds, period=periods)
rows = st.builds(s.Row, some(cells, 1, 4))
registers = named(
    "registers", st.builds(s.Register, some(st.builds(s.Name, _columns), 1, 4), some(rows, 1))
)
closed = named("closed", st.builds(
    s.Closed, names, events, some(permits, 0, 2), some(registers, 0, 2),
    some(st.builds(s.Admits, many), 0, 2), metas,
))  # fmt: skip


def _readings(rules: SearchStrategy[Any]) -> SearchStrategy[s.Readings]:
    readings = st.tuples(many, st.none() | rules)
    return st.builds(s.Readings, names, some(readings, 1), metas)


rules = named("rules", st.recursive(simple_rules | closed, _readings, max_leaves=3))

# --- .law: the rest -------------------------------------------------------------------------------

_LISTS = sorted(LISTS)
_parents = st.builds(s.Parent, names, maybe_date, maybe_date)
_validities = st.builds(s.Validity, many, many, maybe_name, maybe_date, maybe_date)
_derived = st.just((None, "")) | st.tuples(names, st.sampled_from(["masking", "tokenising"]))
terms = named("terms", st.builds(
    lambda name, label, parents, derived, *rest: s.Term(name, label, parents, *derived, *rest),
    names, maybe_text, some(_parents), _derived, st.just("") | _strings, some(_validities, 0, 2),
    some(_values_of_terms, 0, 2), some(translations, 0, 2),
))  # fmt: skip
_governed = st.tuples(st.sampled_from(["site", "product", "subject"]), names)
_effective = st.just(("", "")) | st.tuples(dates, maybe_date)


_lines = st.tuples(st.tuples(maybe_name), some(_governed), _effective, maybe_many)


def _header(
    kind: str, name: s.Name, label: s.Text | None, said: Any, cited: Sequence[tuple[s.Name, ...]]
) -> s.Header:
    """A header, of which only lines that are there cite clauses."""
    by, governs, effective, texts = said
    words = zip(("by", "governs", "effective", "text"), said, cited, strict=True)
    names = tuple((word, clauses) for word, there, clauses in words if clauses and any(there))
    return s.Header(kind, name, label, *by, governs, *effective, texts, names)


headers = named("headers", st.builds(
    _header, st.sampled_from(["vocabulary", "pack", "policy"]), names, maybe_text, _lines,
    st.tuples(*[maybe_many] * 4),
))  # fmt: skip
clauses = named("clauses", st.builds(
    s.Clause,
    names,
    st.sampled_from([
        "definition", "attribution", "obligation", "prohibition", "permission", "right",
        "precedence", "notice",
    ]),
    st.sampled_from(["graph", "metadata", "process", "no"]),
    texts,
    maybe_text,
))  # fmt: skip
_types: SearchStrategy[Any] = st.tuples(
    st.sampled_from(["yes_no", "number", "date", "period"]), st.just(())
) | st.tuples(st.just("one of"), many)
attributes = named("attributes", st.builds(
    lambda name, owner, type, silence: s.Attribute(name, owner, type[0], type[1], silence),
    names, st.sampled_from(["party", "node", "flow", "data", "subject", "system"]), _types,
    st.sampled_from(["none", "unknown"]),
))  # fmt: skip
law_statements = named(
    "law_statements",
    st.one_of(
        headers,
        st.builds(s.Use, many),
        st.builds(s.TermList, st.sampled_from(_LISTS), some(terms, 1)),
        attributes,
        st.builds(s.Mapping, names, maybe_text, some(st.tuples(texts, names), 1)),
        st.builds(
            s.Define, names, maybe_text, many, maybe_many, several_parts, maybe_when, maybe_many
        ),
        st.builds(s.ClauseList, texts, some(clauses, 1)),
        st.builds(s.Treat, names, names, maybe_when, maybe_many),
        affirms,
        st.builds(s.Prevails, names, names, maybe(events), maybe_many),
        rules,
    ),
)


@st.composite
def laws(draw: st.DrawFn) -> s.Law:
    """A `.law` text's tree."""
    return s.Law(draw(some(law_statements, 0, 5)))


# --- what stands beside a tree --------------------------------------------------------------------

comments = st.text(_characters(""), max_size=10).map(lambda text: "#" + text)


@st.composite
def commented(draw: st.DrawFn, text: str) -> str:
    """The text with comments and blank lines at its lines' ends and between them."""
    lines: list[str] = []
    for line in [*text.split("\n")[:-1], None]:
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
            indent = " " * draw(st.integers(0, 8))
            found = draw(st.just("") | comments)
            lines.append(indent + found if found else "")
        if line is not None:
            lines.append(line + draw(st.just("") | comments.map(lambda found: " " + found)))
    return "\n".join(lines) + draw(st.sampled_from(["", "\n"]))
