"""Pieces: the names, lists, periods, values, states and consents of a document, as syntax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lawful.system.document import schema as d
from lawful.system.document import values as v
from lawful.system.document.reading import escaped
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span


@frozen
class At:
    """A place in a JSON text: `at / "nodes" / 3` is the fourth of its nodes."""

    file: str
    pointer: str = ""

    def __truediv__(self, part: str | int) -> At:
        if isinstance(part, str) and ("~" in part or "/" in part):
            part = escaped(part)
        return At(self.file, f"{self.pointer}/{part}")

    @property
    def span(self) -> Span:
        """The place as a span."""
        return Span(self.file, pointer=self.pointer)


# --- names, lists, periods, values ----------------------------------------------------------------


def name(text: str, at: At) -> s.Name:
    """A name."""
    return s.Name(text, at.span)


def maybe(text: str | None, at: At) -> s.Name | None:
    """A name, where there is one."""
    return name(text, at) if text is not None else None


def plain(names: Iterable[str], at: At) -> tuple[s.Name, ...]:
    """Names."""
    return tuple(name(text, at / n) for n, text in enumerate(names))


def label(text: str | None, at: At) -> s.Text | None:
    """A label, where there is one."""
    return s.Text(text, "", (at / "label").span) if text is not None else None


def names(said: v.Names, at: At) -> s.Names:
    """A list of names."""
    if isinstance(said, v.Some):
        return s.Names(plain(said.some, at / "some"), True, at.span)
    if isinstance(said, str):
        return s.Names((), True, at.span)
    return s.Names(plain(said, at), False, at.span)


def listing(said: v.Names | None, at: At) -> s.Names | None:
    """A list of names, where there is one."""
    return names(said, at) if said is not None else None


def period(said: v.Length | v.Symbol | v.Choice | str, at: At) -> s.Period:
    """A period."""
    match said:
        case v.Length():
            return s.Length(said.number, said.unit, at.span)
        case v.Symbol():
            plus = (
                s.Length(said.plus.number, said.plus.unit, (at / "plus").span)
                if said.plus
                else None
            )
            return s.Symbol(name(said.symbol, at / "symbol"), plus, at.span)
        case v.Choice():
            items = tuple(period(item, at / "of" / n) for n, item in enumerate(said.of))
            return s.Choice(said.choose, items, at.span)
        case _:
            return s.Unlimited(at.span)


def value(said: v.Value, at: At) -> s.Name | int | str | s.Period:
    """The value of an attribute or a fact."""
    match said:
        case bool():
            return name("yes" if said else "no", at)
        case int():
            return said
        case str():
            return name(said, at)
        case v.DateValue():
            return said.date
        case _:
            return period(said, at)


def attributes(said: v.Attributes, at: At) -> Iterator[s.Value]:
    """The users' own attributes."""
    for key, worth in said.items():
        here = at / "attributes" / key
        yield s.Value(name(key, here), value(worth, here), here.span)


def state(said: v.State, at: At) -> s.StateRef:
    """A state."""
    return s.StateRef(
        name(said.state, at / "state"),
        maybe(said.about, at / "about"),
        maybe(said.holder, at / "holder"),
        at.span,
    )


# --- consents and purposes ------------------------------------------------------------------------


def consents(said: v.Consents, at: At) -> s.Consents:
    """Consents, and whether they are all of them."""
    if isinstance(said, str):
        return s.Consents((), True, at.span)
    if isinstance(said, v.SomeConsents):
        items = tuple(_consent(c, at / "some" / n) for n, c in enumerate(said.some))
        return s.Consents(items, True, at.span)
    return s.Consents(tuple(_consent(c, at / n) for n, c in enumerate(said)), False, at.span)


def _consent(said: v.Consent, at: At) -> s.Consent:
    return s.Consent(
        name(said.kind, at / "kind"),
        maybe(said.giver, at / "giver"),
        plain(said.operations, at / "operations"),
        plain(said.purposes, at / "purposes"),
        plain(said.recipients, at / "recipients"),
        plain(said.categories, at / "categories"),
        plain(said.channels, at / "channels"),
        at.span,
    )


def pairings(said: d.Flow | d.Held, at: At) -> tuple[s.Pairing, ...]:
    """Purposes, and the bases said for them."""
    found = []
    if said.purposes is not None:
        here = at / "purposes"
        found.append(s.Pairing(names(said.purposes, here), None, False, here.span))
    for n, pair in enumerate(said.paired):
        here = at / "paired" / n
        purposes = names(pair.purposes, here / "purposes")
        found.append(s.Pairing(purposes, listing(pair.bases, here / "bases"), False, here.span))
    if said.same:
        found.append(s.Pairing(None, None, True, (at / "same").span))
    return tuple(found)


def words(said: Sequence[str], at: At) -> Iterator[s.Property]:
    """Words without one before them."""
    for name in plain(said, at):
        yield s.Property("", s.Names((name,), False, name.span), name.span)


def prop(word: str, said: v.Names | None, at: At) -> Iterator[s.Property]:
    """What is said after a word, where it is said."""
    if said is not None:
        yield s.Property(word, names(said, at), at.span)


def one(word: str, said: str | None, at: At) -> Iterator[s.Property]:
    """The one name that is said after a word, where it is said."""
    return prop(word, [said] if said is not None else None, at)
