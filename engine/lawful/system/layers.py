"""Layers: several declarations of one id as one, and the corrections that settle where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from lawful.system.model import Fact
from lawful.system.names import Scope
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span
from lawful_dsl.vocabulary import AttributeValue

Said = TypeVar("Said")

#: Fields in which the order of what is said counts, so that two layers must say the same.
_ORDERED = frozenset({"changes", "carries", "from_flows"})


@frozen
class Correction:
    """`correct ID WORD from OLD to NEW`, resolved; `field` is that of the declaration."""

    word: str
    field: str
    old: Fact[str]
    new: Fact[str]
    span: Span
    attribute: bool = False


@dataclass
class Merging:
    """The merging of the layers of one id: what messages call it, its corrections by field."""

    scope: Scope
    id: str
    corrections: Mapping[str, Correction] = field(default_factory=dict)

    def merged(self, layers: Sequence[Said]) -> Said:
        """All the layers as one. The first of two that differ stands, and the error says so."""
        first = layers[0]
        merged: dict[str, Any] = {}
        for each in fields(first):  # type: ignore[arg-type]
            values = [(getattr(layer, each.name), _span(layer)) for layer in layers]
            merged[each.name] = self._merge(each.name, values)
        return replace(first, **merged)  # type: ignore[type-var]

    def _merge(self, name: str, values: Sequence[tuple[Any, Span]]) -> Any:
        first = values[0][0]
        if name == "span":
            return first
        if name == "label":
            return min((v for v, _ in values if v), default="")
        if isinstance(first, Fact):
            return self._facts(name, [v for v, _ in values])
        if isinstance(first, Mapping):
            return self._mapping(name, values)
        if name in _ORDERED or not isinstance(first, tuple | bool):
            return self._one(
                name, [(v, span) for v, span in values if v not in (None, "", ())], first
            )
        if isinstance(first, bool):
            return any(v for v, _ in values)
        items = {item: None for v, _ in values for item in v}
        return tuple(sorted(items, key=repr))

    # --- facts ------------------------------------------------------------------------------------

    def _facts(self, name: str, facts: Sequence[Fact[Any]]) -> Fact[Any]:
        correction = self.corrections.get(name)
        if correction is not None:
            return self._corrected(correction, facts)
        merged = facts[0]
        for fact in facts[1:]:
            together = union(merged, fact)
            if together is None:
                self._differ(name, (shown(merged), merged.span), (shown(fact), fact.span))
            else:
                merged = together
        return merged

    def _corrected(self, correction: Correction, facts: Sequence[Fact[str]]) -> Fact[str]:
        new = replace(correction.new, span=correction.span)
        old = [f for f in facts if _same(f, correction.old)]
        others = [f for f in facts if not f.unknown and not _same(f, correction.old)]
        for fact in others:
            if not _same(fact, correction.new):
                self._wrong_old(correction, shown(fact), fact.span)
                return new
        if not old:
            self._wrong_old(correction, shown(others[0] if others else facts[0]), facts[0].span)
        return new

    def _wrong_old(self, correction: Correction, present: str, span: Span) -> None:
        here = ((f"it is said here: {present}", span),) if span.line or span.pointer else ()
        self.scope.error(
            f"the {correction.word} of `{self.id}` is {present}, not {shown(correction.old)}",
            correction.span,
            f"correct it from {present}, or leave the correction out",
            *here,
        )

    # --- what is no fact --------------------------------------------------------------------------

    def _mapping(
        self, name: str, values: Sequence[tuple[Mapping[Any, Any], Span]]
    ) -> dict[Any, Any]:
        merged: dict[Any, Any] = {}
        for key in sorted({key for mapping, _ in values for key in mapping}, key=repr):
            said = [(mapping[key], span) for mapping, span in values if key in mapping]
            correction = self.corrections.get(f"{name} {key}")
            if correction is not None:
                facts = [Fact((_plain(value),), True, span) for value, span in said]
                corrected = self._corrected(correction, facts).values
                merged[key] = _value(corrected[0] if corrected else "", said[0][0])
            else:
                word = f"attribute {key}" if name == "attributes" else f"{name} `{key}`"
                merged[key] = self._one(word, said, said[0][0])
        return merged

    def _one(self, name: str, values: Sequence[tuple[Any, Span]], otherwise: Any) -> Any:
        for value, span in values[1:]:
            if value != values[0][0]:
                self._differ(name, (_word(values[0][0]), values[0][1]), (_word(value), span))
        return values[0][0] if values else otherwise

    def _differ(self, name: str, first: tuple[str, Span], second: tuple[str, Span]) -> None:
        word = NOUNS.get(name, name.replace("_", " "))
        shown = f": {first[0]} and {second[0]}" if first[0] and second[0] else ""
        correctable = name in NOUNS and name not in _FIXED and shown
        old, new = first[0].replace("`", ""), second[0].replace("`", "")
        self.scope.error(
            f"two files differ on the {word} of `{self.id}`{shown}",
            second[1],
            f'say which holds: `correct {_id(self.id)} {word} from {old} to {new} because "..."`'
            if correctable
            else "say it in one of the two only",
            ("the other says it here", first[1]),
        )


#: What a message, and a correction, calls a field.
NOUNS: Mapping[str, str] = {
    "kinds": "kind",
    "places": "place",
    "residences": "residence",
    "contracts": "contract",
    "environments": "environment",
    "products": "product",
    "sites": "site",
    "measures": "measure",
    "purposes": "purpose",
    "bases": "basis",
    "mechanisms": "mechanism",
    "channels": "channel",
    "honours": "honours",
    "consideration": "consideration",
    "consents": "consent",
    "certificates": "certificate",
    "carries": "data",
    "from_flows": "`from`",
    "affiliate_of": "affiliation",
}
#: Those of them that no correction may change.
_FIXED = frozenset({"consents", "certificates", "carries", "from_flows", "affiliate_of"})


def union(left: Fact[Any], right: Fact[Any]) -> Fact[Any] | None:
    """What two layers say together, or None where they differ.

    An open list takes more values; a whole one takes none that it does not name.
    """
    if left.unknown or right.unknown:
        if left.unknown and right.unknown:
            return right if left.silent else left
        return right if left.unknown else left
    ours, theirs = set(left.values), set(right.values)
    if (left.whole and theirs - ours) or (right.whole and ours - theirs):
        return None
    values = tuple(sorted(ours | theirs, key=repr))
    return Fact(values, left.whole or right.whole, left.span)


def shown(fact: Fact[Any]) -> str:
    """A fact as a message shows it: `US`, `none`, `unknown`, `US, CA ...`; empty for other values."""
    if fact.unknown:
        return "`unknown`"
    if not fact.values:
        return "`none`"
    if not all(isinstance(value, str) for value in fact.values):
        return ""
    return f"`{', '.join(fact.values)}{'' if fact.whole else ' ...'}`"


def _same(left: Fact[str], right: Fact[str]) -> bool:
    return set(left.values) == set(right.values) and left.whole == right.whole


def _span(layer: object) -> Span:
    span: Span = getattr(layer, "span")  # noqa: B009 - of every value that is merged
    return span


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int) else ""


def _word(value: object) -> str:
    plain = _plain(value)
    return f"`{plain}`" if plain else ""


def _value(word: str, like: AttributeValue) -> AttributeValue:
    return word == "yes" if isinstance(like, bool) else word


def _id(id: str) -> str:
    return f"'{id}'" if " " in id else id


def merge(
    scope: Scope,
    id: str,
    layers: Sequence[Said],
    corrections: Mapping[str, Correction],
) -> Said:
    """The layers of one id as one value."""
    if len(layers) == 1 and not corrections:
        return layers[0]
    return Merging(scope, id, corrections).merged(layers)
