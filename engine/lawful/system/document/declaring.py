"""Declaring: declarations of a text, as a document has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from lawful.system.document import schema as d
from lawful.system.document import values as v
from lawful.system.properties import every
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, Rejected

Kind = TypeVar("Kind")


def declarations(statements: Sequence[s.FlowStatement]) -> dict[str, Any]:
    """What the statements declare, by key of the document.

    Raises `Rejected` where a declaration says twice what a document can say once.
    """
    nodes: list[s.NodeDecl] = []
    for statement in statements:
        if isinstance(statement, s.NodeDecl):
            nodes.append(statement)
        elif isinstance(statement, s.Owned):
            nodes.extend(statement.nodes)
    return {
        "parties": [_party(each) for each in every_of(statements, s.PartyDecl)],
        "nodes": [_node(each) for each in nodes],
        "flows": [_flow(each) for each in every_of(statements, s.FlowDecl)],
        "each": _each(every_of(statements, s.Each)),
        "facts": [
            d.Fact(name=f.name.text, value=None if f.value is None else _value(f.value))
            for f in every_of(statements, s.FactDecl)
        ],
        "corrections": [
            d.Correction(
                id=c.id.text,
                word=c.word.text,
                old=_names(c.old),
                new=_names(c.new),
                because=c.because.text,
            )
            for c in every_of(statements, s.Correct)
        ],
        "ignored": [
            d.Ignored(id=i.id.text, because=i.because.text) for i in every_of(statements, s.Ignore)
        ],
    }


def _each(said: Sequence[s.Each]) -> d.Each | None:
    """What is said of all that fit a pattern: declarations that have it for an id."""
    anything = s.Name("*")
    parties = [e for e in said if e.what == "party"]
    flows = [e for e in said if e.what == "flow"]
    nodes = [e for e in said if e.what not in ("party", "flow")]
    if not said:
        return None
    return d.Each.model_validate(
        {
            "parties": [_party(s.PartyDecl(e.pattern, None, e.props)) for e in parties],
            "nodes": [
                _node(s.NodeDecl(e.what, e.pattern, None, None, e.props), d.EachNode) for e in nodes
            ],
            "flows": [
                _flow(s.FlowDecl(e.pattern, anything, anything, e.carry, e.props), d.EachFlow)
                for e in flows
            ],
        }
    )


def every_of(statements: Iterable[s.FlowStatement], kind: type[Kind]) -> list[Kind]:
    """The statements of one class."""
    return [each for each in statements if isinstance(each, kind)]


# --- names, lists, periods, values ----------------------------------------------------------------


def single(items: Sequence[Kind], word: str) -> Kind | None:
    """What is said at most once."""
    if len(items) > 1:
        span = items[1].span  # type: ignore[attr-defined]
        raise Rejected([Diagnostic(f"`{word}` is said twice", span, "leave one of the two out")])
    return items[0] if items else None


def texts(names: Iterable[s.Name]) -> list[str]:
    """The texts of names."""
    return [name.text for name in names]


def _maybe(name: s.Name | None) -> str | None:
    return name.text if name is not None else None


def label(text: s.Text | None) -> str | None:
    """The text of a label."""
    return text.text if text is not None else None


def _names(said: s.Names) -> v.Names:
    if not said.open:
        return texts(said.items)
    return v.Some(some=texts(said.items)) if said.items else "unknown"


def _listing(said: s.Names | None) -> v.Names | None:
    return _names(said) if said is not None else None


def _property(props: Sequence[s.Prop], word: str) -> v.Names | None:
    said = single([p for p in every(props, s.Property) if p.word == word], word)
    return _names(said.names) if said else None


def _one(props: Sequence[s.Prop], word: str) -> str | None:
    said = single([p for p in every(props, s.Property) if p.word == word], word)
    return said.names.items[0].text if said and said.names.items else None


def _all(props: Sequence[s.Prop], word: str) -> list[str]:
    """The names after each property of a word; bare words have none."""
    return [n.text for p in every(props, s.Property) if p.word == word for n in p.names.items]


def _period(said: s.Period) -> Any:
    match said:
        case s.Length():
            return _length(said)
        case s.Symbol():
            return v.Symbol(symbol=said.name.text, plus=_length(said.plus) if said.plus else None)
        case s.Choice():
            return v.Choice.model_validate(
                {"choose": said.word, "of": [_period(item) for item in said.items]}
            )
        case _:
            return "unlimited"


def _length(said: s.Length) -> v.Length:
    return v.Length.model_validate({"number": said.number, "unit": said.unit})


def _value(said: s.Name | int | str | s.Period | None) -> Any:
    match said:
        case s.Name():
            return said.text
        case int() | None:
            return said
        case str():
            return v.DateValue(date=said)
        case _:
            return _period(said)


def _attributes(props: Sequence[s.Prop]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for prop in every(props, s.Value):
        if prop.name.text in found:
            single([prop, prop], prop.name.text)
        found[prop.name.text] = _value(prop.value)
    return found


def _state(said: s.StateRef) -> dict[str, Any]:
    return {
        "state": said.state.text,
        "about": _maybe(said.about),
        "holder": _maybe(said.holder),
    }


# --- consents and purposes ------------------------------------------------------------------------


def _consents(said: s.Consents | None) -> Any:
    if said is None:
        return None
    items = [_consent(each) for each in said.items]
    if not said.open:
        return items
    return v.SomeConsents(some=items) if items else "unknown"


def _consent(said: s.Consent) -> v.Consent:
    return v.Consent(
        kind=said.kind.text,
        giver=_maybe(said.giver),
        operations=texts(said.operations),
        purposes=texts(said.purposes),
        recipients=texts(said.recipients),
        categories=texts(said.categories),
        channels=texts(said.channels),
    )


def _pairings(said: Sequence[s.Pairing]) -> dict[str, Any]:
    """Purposes without bases of their own first, the others beside their bases."""
    paired = [p for p in said if p.purposes is not None]
    first = bool(paired) and paired[0].bases is None
    return {
        "purposes": _listing(paired[0].purposes) if first else None,
        "paired": [
            v.Paired(purposes=_names(p.purposes), bases=_listing(p.bases))
            for p in (paired[1:] if first else paired)
            if p.purposes is not None
        ],
        "same": any(p.same for p in said),
    }


# --- parties, nodes, flows ------------------------------------------------------------------------


def _party(said: s.PartyDecl) -> d.Party:
    props = said.props
    return d.Party(
        id=said.id.text,
        label=label(said.label),
        kinds=_all(props, ""),
        places=_property(props, "in"),
        contracts=_property(props, "under"),
        certificates=[
            d.Certified(names=_names(c.names), since=c.since or None, until=c.until or None)
            for c in every(props, s.Certified)
        ],
        affiliate_of=_one(props, "affiliate of"),
        roles=[
            d.Role.model_validate(
                {
                    "role": r.role,
                    "data": texts(r.data),
                    "purposes": texts(r.purposes),
                    "acting_for": _maybe(r.acting_for),
                }
            )
            for r in every(props, s.RoleDecl)
        ],
        attributes=_attributes(props),
    )


def _node(said: s.NodeDecl, form: type[d.Node] = d.Node) -> d.Node:
    props = said.props
    age = single(every(props, s.Age), "age")
    known = single(every(props, s.Known), "known")
    holds = every(props, s.Hold)
    return form.model_validate(
        {
            "id": said.id.text,
            "kind": said.kind,
            "label": label(said.label),
            "owner": _maybe(said.owner),
            "words": _all(props, ""),
            "is_a": _one(props, "is"),
            "of": _one(props, "of"),
            "places": _property(props, "in"),
            "purposes": _property(props, "for"),
            "measures": _property(props, "using"),
            "honours": _property(props, "honours"),
            "sites": _property(props, "site"),
            "outside": _all(props, "outside"),
            "formerly": _all(props, "formerly"),
            "host": _host(single(every(props, s.Host), "on")),
            "access": [
                d.Access(group=a.group.text, purposes=_listing(a.purposes))
                for a in every(props, s.Access)
            ],
            "retention": [_retention(each) for each in every(props, s.Retention)],
            "holds": [_held(each) for each in holds if each.word == "holds"],
            "generates": [_held(each) for each in holds if each.word == "generates"],
            "joins": [_join(each) for each in every(props, s.JoinDecl)],
            "apart": [
                d.Apart(left=texts(a.left), right=texts(a.right)) for a in every(props, s.Apart)
            ],
            "derives": [
                d.Derivation(result=e.result.text, source=e.source.text, removing=e.removing)
                for e in every(props, s.Derive)
            ],
            "age": age.years if age else None,
            "known": known.value if known else None,
            "states": [
                d.Standing(**_state(each.state), value=each.value)
                for each in every(props, s.Standing)
            ],
            "extern": any(flag.word == "extern" for flag in every(props, s.Flag)),
            "attributes": _attributes(props),
        }
    )


def _host(said: s.Host | None) -> Any:
    if said is None:
        return None
    return d.Host.model_validate({"party": said.party.text, "keys": said.keys or None})


def _retention(said: s.Retention) -> d.Retention:
    return d.Retention(
        period="unknown" if said.period is None else _period(said.period),
        data=texts(said.data),
        purposes=texts(said.purposes),
    )


def _held(said: s.Hold) -> d.Held:
    return d.Held(
        data=texts(said.data),
        of=texts(said.whose),
        **_pairings(said.pairings),
        consents=_consents(said.consents),
        mechanisms=_listing(said.under),
    )


def _join(said: s.JoinDecl) -> d.Join:
    return d.Join(
        left=texts(said.left),
        right=texts(said.right),
        result=_maybe(said.result),
        purposes=_listing(said.purposes),
        consents=_consents(said.consents),
    )


def _flow(said: s.FlowDecl, form: type[d.Flow] = d.Flow) -> d.Flow:
    props = said.props
    marks = every(props, s.Marking)
    placing = single(every(props, s.Placing), "places")
    lifetime = placing.lifetime if placing else None
    return form.model_validate(
        {
            "id": _maybe(said.id),
            "source": said.source.text,
            "target": said.target.text,
            "data": _data(said.carry),
            "of": texts(said.carry.whose) if said.carry else [],
            **_pairings(every(props, s.Pairing)),
            "bases": _property(props, "on"),
            "consents": _consents(single(every(props, s.Consents), "with")),
            "mechanisms": _property(props, "under"),
            "channels": _property(props, "by"),
            "measures": _property(props, "using"),
            "words": _all(props, ""),
            "consideration": _property(props, "consideration"),
            "guards": [
                d.Guard.model_validate({**_state(g.state), "word": g.word})
                for g in every(props, s.GuardDecl)
            ],
            "changes": [_change(each) for each in every(props, s.Change)],
            "marks": [n.text for m in marks if m.word == "mark" for n in m.names],
            "unmarks": [n.text for m in marks if m.word == "unmark" for n in m.names],
            "from_flows": _all(props, "from"),
            "places": d.Placing(
                category=placing.category.text, lifetime=_period(lifetime) if lifetime else None
            )
            if placing
            else None,
            "to_another": any(flag.word == "to another" for flag in every(props, s.Flag)),
            "attributes": _attributes(props),
        }
    )


def _change(said: s.Change) -> dict[str, str]:
    if said.source is None or said.result is None:
        return {"form": said.operation}
    return {
        "operation": said.operation,
        "source": said.source.text,
        "result": said.result.text,
    }


def _data(said: s.Carry | None) -> Any:
    if said is None:
        return None
    if not said.all:
        return texts(said.names)
    return d.AllExcept(all_except=texts(said.excluded)) if said.excluded else "all"
