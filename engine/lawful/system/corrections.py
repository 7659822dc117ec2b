"""Corrections: `correct ID WORD from OLD to NEW`, looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lawful.system.attributes import consideration
from lawful.system.gather import Gathered, Layer
from lawful.system.layers import NOUNS, Correction
from lawful.system.model import Fact, Notice, Unmatched
from lawful.system.names import Scope
from lawful.system.patterns import ANYTHING, chosen
from lawful_dsl import syntax as s
from lawful_dsl.format.words import write_name, write_names

#: What may be corrected, by what the id is of: the field, and the lists its names are of.
_FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "party": {
        "kinds": ("parties",),
        "places": ("places",),
        "contracts": ("mechanisms", "measures"),
    },
    "subject": {"residences": ("places",)},
    "node": {
        "places": ("places",),
        "environments": ("environments",),
        "products": ("products",),
        "measures": ("measures",),
        "purposes": ("purposes",),
        "sites": ("sites",),
        "honours": ("data",),
    },
    "flow": {
        "purposes": ("purposes",),
        "bases": ("bases",),
        "mechanisms": ("mechanisms", "measures"),
        "channels": ("channels",),
        "measures": ("measures",),
        "consideration": (),
    },
}
#: The word of the language that says the same as a field, besides its noun and the plural of it.
_SAID: Mapping[str, tuple[str, ...]] = {
    "places": ("in",),
    "residences": ("in", "place", "places"),
    "contracts": ("under",),
    "measures": ("using",),
    "purposes": ("for",),
    "bases": ("on",),
    "mechanisms": ("under",),
    "channels": ("by",),
}
#: What is said in bare words, which have no open lists.
_ALWAYS_WHOLE = frozenset({"kinds", "environments", "products"})

Corrections = Mapping[str, Mapping[str, Correction]]


def corrections(
    gathered: Gathered, flows: Iterable[str]
) -> tuple[Corrections, tuple[Unmatched, ...]]:
    """The corrections by id and field; those of patterns that stand for nothing."""
    found: dict[str, dict[str, Correction]] = {}
    known = frozenset(flows)
    unmatched: list[Unmatched] = []
    for layer in gathered.corrections:
        layer.scope.because(layer.said.because)
        whose = _all_of(layer, known)
        if whose is None:
            whose = [_whose(layer, known)]
        elif not whose:
            name, word = write_name(layer.said.id), layer.said.word
            unmatched.append(Unmatched(f"correct {name} {word}", layer.said.span))
        for id, owner in whose:
            if id and not _add(found, layer, id, owner):
                break  # what is wrong with it is wrong of all of them
    return found, tuple(unmatched)


def taken_back(gathered: Gathered) -> list[Notice]:
    """A notice for each correction: what it takes back is told with what is checked."""
    return [
        Notice(
            "corrected",
            f"{write_name(said.id)}: {said.word} is {_listed(said.new)}, not {_listed(said.old)}: "
            f"{said.because.text}",
            f"{write_name(said.id)} {said.word}",
            said.span,
        )
        for said in (layer.said for layer in gathered.corrections)
    ]


def _listed(names: s.Names) -> str:
    if not names.items:
        return "unknown" if names.open else "none"
    return write_names(names.items) + (" ..." if names.open else "")


def _add(
    found: dict[str, dict[str, Correction]], layer: Layer[s.Correct], id: str, owner: str
) -> bool:
    """One more correction, if it is one."""
    correction = _correction(layer.scope, layer.said, owner)
    if correction is None:
        return False
    first = found.setdefault(id, {}).setdefault(correction.field, correction)
    if (first.old, first.new) != (correction.old, correction.new):
        layer.scope.error(
            f"the {correction.word} of `{id}` is corrected twice, and not alike",
            layer.said.span,
            "leave one of the two out",
            ("first corrected here", first.span),
        )
    return True


def _all_of(layer: Layer[s.Correct], flows: frozenset[str]) -> list[tuple[str, str]] | None:
    """All that a pattern stands for of which such a fact is said, and of what each is; of no pattern, None."""
    scope, pattern = layer.scope, layer.said.id.text
    ids = {**dict.fromkeys(flows, "flow"), **dict.fromkeys(scope.ids.parties, "party")}
    for id, kind in scope.ids.nodes.items():
        ids[id] = "subject" if kind == "subject" else "node"
    if ANYTHING not in pattern or any(each in ids for each in scope.candidates(pattern)):
        return None
    told = sorted(chosen(scope, (pattern,), ids))
    return [(id, ids[id]) for id in told if _is_said_of(layer, ids[id])]


def _is_said_of(layer: Layer[s.Correct], owner: str) -> bool:
    word = layer.said.word.text
    definition = layer.scope.vocabulary.attributes.get(word)
    return word in _words(owner) or (definition is not None and definition.owner == owner)


def flow_named(scope: Scope, name: str, flows: Iterable[str]) -> str:
    """The id of a flow, with or without the name of the system before its ends; else empty."""
    known = flows if isinstance(flows, frozenset) else frozenset(flows)
    for candidate in scope.candidates(name):
        if candidate in known:
            return candidate
    if not scope.home:
        return ""
    return next((id for id in sorted(known) if scope.short(id) == name), "")


def _whose(layer: Layer[s.Correct], flows: frozenset[str]) -> tuple[str, str]:
    """The id that a correction is of, and of what it is."""
    scope, name = layer.scope, layer.said.id
    for candidate in scope.candidates(name.text):
        if candidate in scope.ids.parties:
            return candidate, "party"
        if candidate in scope.ids.nodes:
            return candidate, "subject" if scope.ids.nodes[candidate] == "subject" else "node"
    flow = flow_named(scope, name.text, flows)
    if flow:
        return flow, "flow"
    help = scope.guess(name.text, [*scope.ids.parties, *scope.ids.nodes, *flows])
    scope.error(
        f"there is no party, node or flow `{name}` to correct",
        name.span,
        help or "name one that these files declare",
    )
    return "", ""


def _correction(scope: Scope, said: s.Correct, owner: str) -> Correction | None:
    words = _words(owner)
    word = said.word.text
    if word in words:
        field = words[word]
        lists = _FIELDS[owner][field]
        old, new = (
            scope.fact(names, *lists) if lists else consideration(scope, names)
            for names in (said.old, said.new)
        )
        if field in _ALWAYS_WHOLE and said.new.open and said.new.items:
            scope.error(
                f"`...` does not belong here: no text can leave a {NOUNS[field]} open",
                said.new.span,
                "name all that it is",
            )
        return Correction(NOUNS[field], field, old, new, said.span)
    definition = scope.vocabulary.attributes.get(word)
    if definition is not None and definition.owner == owner and definition.type in _CHOICES:
        choices = definition.values or ("yes", "no")
        return _of_attribute(scope, said, choices)
    known = ", ".join(f"`{noun}`" for noun in sorted({NOUNS[f] for f in _FIELDS[owner]}))
    message = f"`{word}` is nothing that can be corrected of a {owner}"
    help = scope.guess(word, words) or f"what can be: {known}, and attributes with words for values"
    if word == "owner":
        message = "an owner cannot be corrected: it says whose the node is"
    scope.error(message, said.word.span, help)
    return None


def _words(owner: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in _FIELDS[owner]:
        for word in (*_SAID.get(field, ()), field, NOUNS[field]):
            found[word] = field
    return found


#: Types of attributes whose values are words.
_CHOICES = frozenset({"one of", "yes_no"})


def _of_attribute(scope: Scope, said: s.Correct, choices: tuple[str, ...]) -> Correction | None:
    facts = []
    for names in (said.old, said.new):
        if len(names.items) != 1 or names.open or names.items[0].text not in choices:
            listed = ", ".join(f"`{choice}`" for choice in choices)
            scope.error(f"`{said.word}` is one of {listed}", names.span, "name one of them")
            return None
        facts.append(Fact((names.items[0].text,), True, names.span))
    word = said.word.text
    return Correction(word, f"attributes {word}", facts[0], facts[1], said.span)
