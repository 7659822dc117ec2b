"""Subjects: what their declarations say, and what must hold among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lawful.system.attributes import attributes
from lawful.system.corrections import Corrections
from lawful.system.gather import Gathered, Layer
from lawful.system.layers import merge
from lawful.system.model import Subject
from lawful.system.names import Scope
from lawful.system.properties import OF_SUBJECTS, every, listed, named, single, state, word_of
from lawful_dsl import syntax as s
from lawful_dsl.program import State

_WORDS = frozenset({"in", "is", "of"})


def subjects(gathered: Gathered, corrected: Corrections) -> dict[str, Subject]:
    """The subjects by id, each the sum of its declarations."""
    found: dict[str, Subject] = {}
    for id, layers in gathered.nodes.items():
        if gathered.scope.ids.nodes[id] != "subject":
            continue
        said = [subject(layer.scope, id, layer.said) for layer in layers]
        whole = merge(gathered.scope, id, said, corrected.get(id, {}))
        # A word after `is` that is no kind has been spoken of.
        told = whole.kind or any(
            isinstance(p, s.Property) and p.word == "is" for p in _props(layers)
        )
        found[id] = whole if told else replace(whole, kind=_own_kind(layers[0]))
    for id, each in list(found.items()):
        above = [id]
        while (of := found[above[-1]].of) in found and of not in above:
            above.append(of)
        if of == id:
            chain = " → ".join(f"`{one}`" for one in (*above, id))
            gathered.scope.error(f"`{id}` is `of` itself: {chain}", each.span, "take one `of` out")
            found[id] = replace(each, of="")
    return found


def _props(layers: Sequence[Layer[s.NodeDecl]]) -> list[s.Prop]:
    return [prop for layer in layers for prop in layer.said.props]


def _own_kind(layer: Layer[s.NodeDecl]) -> str:
    """The kind of a subject that says none: the term of its name."""
    scope, name = layer.scope, layer.said.id
    term = scope.vocabulary.terms.get(name.text)
    if term is not None and term.list == "subjects":
        return name.text
    kinds = scope.vocabulary.of_list("subjects")
    if any(name in kinds for name in _bare(layer.said)):
        return ""  # what lacks is the `is` before that word, and that is said
    scope.error(
        f"it is not said what kind of subject `{name}` is",
        name.span,
        scope.guess(name.text, kinds)
        or f"say it: `subject {name} is KIND`; a kind is a term of `subjects`",
    )
    return ""


def _bare(said: s.NodeDecl) -> list[str]:
    """The words with none before them."""
    return [
        prop.names.items[0].text
        for prop in said.props
        if isinstance(prop, s.Property) and not prop.word
    ]


def subject(scope: Scope, id: str, said: s.NodeDecl) -> Subject:
    """A subject as one declaration tells it; its kind is empty where it says none."""
    props = said.props
    for prop in props:
        if isinstance(prop, s.Property) and not prop.word:
            name = prop.names.items[0]
            term = scope.vocabulary.terms.get(name.text)
            is_kind = term is not None and term.list == "subjects"
            help = (
                f"write `is {name}`"
                if is_kind
                else "a subject takes no words without one before them"
            )
            scope.error(f"`{name}` does not belong to a subject", prop.span, help)
        elif not _of_subject(prop):
            scope.error(
                f"a subject does not take `{word_of(prop)}`",
                prop.span,
                "a subject takes `is`, `in`, `of`, `age`, `known`, `state` and attributes",
            )
    if said.owner is not None:
        scope.error(
            f"a subject has no owner, but `{said.id}` stands in the block of `{said.owner}`",
            said.id.span,
            "declare it outside of the block",
        )
    kind = named(scope, props, "is")
    of = named(scope, props, "of")
    age = single(scope, every(props, s.Age), "age")
    known = single(scope, every(props, s.Known), "known")
    return Subject(
        id=id,
        kind=scope.term(kind, "subjects") if kind else "",
        label=said.label.text if said.label else "",
        residences=scope.fact(listed(scope, props, "in"), "places"),
        age=age.years if age else None,
        known=known.value if known else None,
        of=scope.subject(of) if of else "",
        states=_states(scope, every(props, s.Standing)),
        attributes=attributes(scope, "subject", props),
        span=said.id.span,
    )


def _of_subject(prop: s.Prop) -> bool:
    if isinstance(prop, s.Property):
        return prop.word in _WORDS
    return isinstance(prop, (*OF_SUBJECTS, s.Value, s.Flag))


def _states(scope: Scope, said: Sequence[s.Standing]) -> Mapping[State, bool]:
    found: dict[State, bool] = {}
    for standing in said:
        resolved = state(scope, standing.state)
        if resolved is None:
            continue
        if found.setdefault(resolved, standing.value) is not standing.value:
            scope.error(
                f"`state {resolved}` is said both ways", standing.span, "leave one of them out"
            )
    return dict(sorted(found.items()))
