"""Nodes: what the declarations of subjects and other nodes say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lawful.system.attributes import attributes, period
from lawful.system.corrections import Corrections
from lawful.system.gather import Gathered, Layer
from lawful.system.layers import merge
from lawful.system.likeness import likening, to_look_at
from lawful.system.model import (
    UNKNOWN,
    Derivation,
    Fact,
    Join,
    Kept,
    Node,
    Origin,
    Party,
    Subject,
)
from lawful.system.names import Scope
from lawful.system.properties import (
    OF_SUBJECTS,
    Pairings,
    bare,
    both,
    consents,
    every,
    listed,
    named,
    single,
    uses,
    word_of,
)
from lawful.system.specific import clashes, covering
from lawful_dsl import syntax as s
from lawful_dsl.syntax.brief import Brief
from lawful_dsl.vocabulary import Lattice


def nodes(
    gathered: Gathered,
    corrected: Corrections,
    parties: Mapping[str, Party],
    subjects: Mapping[str, Subject],
) -> dict[str, Node]:
    """The nodes with their places: their own, else their host's, else their owner's (decision 3)."""
    found: dict[str, Node] = {}
    telling = _Telling(parties)
    for id, layers in gathered.nodes.items():
        if id in subjects:
            one = subjects[id]
            found[id] = Node(
                id, "subject", one.label, subject=id, places=one.residences, span=one.span
            )
            continue
        kind = gathered.scope.ids.nodes[id]
        if len(layers) == 1 and id not in corrected:
            found[id] = telling.node(layers[0], id, kind)
            continue
        said = [node(layer.scope, id, layer.said, kind) for layer in layers]
        whole = merge(gathered.scope, id, said, corrected.get(id, {}))
        found[id] = _placed(whole, parties)
    for block in gathered.blocks:
        if not block.said.nodes:
            block.scope.party(block.said.owner, "an owner")
    return found


def _placed(node: Node, parties: Mapping[str, Party]) -> Node:
    above = parties.get(node.host) or parties.get(node.owner)
    return replace(node, places=above.places) if above and node.places.silent else node


class _Telling:
    """What declarations of nodes say; what those of one shape do, once for all of them."""

    def __init__(self, parties: Mapping[str, Party]) -> None:
        self._parties = parties
        self._shapes: dict[tuple[int, object, str], Node | None] = {}

    def node(self, layer: Layer[s.NodeDecl], id: str, kind: str) -> Node:
        """A node as one declaration tells it."""
        brief = layer.said.brief
        shape = self._shape(layer, brief, id, kind) if brief is not None else None
        if brief is None or shape is None:
            return _placed(node(layer.scope, id, layer.said, kind), self._parties)
        return _of_shape(
            shape,
            brief,
            id,
            brief.label or "",
            shape.kind,
            shape.owner,
            shape.subject,
            shape.places,
            shape.origins,
            shape.holds_nothing,
        )

    def _shape(
        self, layer: Layer[s.NodeDecl], brief: Brief[s.NodeDecl], id: str, kind: str
    ) -> Node | None:
        """The node that a shape makes of any id; none where something is wrong with it, of which each is to tell."""
        key = (layer.file, brief.shape, kind)
        if key not in self._shapes:
            scope, example = layer.scope, brief.shape.example
            said = scope.sound(lambda: node(scope, id, example, kind))
            self._shapes[key] = None if said is None else _placed(said, self._parties)
        return self._shapes[key]


#: A node of its own id that says what a shape does; what is asked of most nodes is told at once.
_of_shape = likening(
    Node, "id", "label", "kind", "owner", "subject", "places", "origins", "holds_nothing"
)


def check_nodes(scope: Scope, nodes: Mapping[str, Node], lattice: Lattice) -> None:
    """What each node says must not contradict itself."""
    for each in to_look_at(nodes.values(), scope.found):
        held = [origin for origin in each.origins if origin.word == "holds"]
        if each.holds_nothing and held:
            scope.error(
                f"`{each.id}` holds nothing and holds `{held[0].term}`",
                each.place(held[0].span),
                "leave one of the two out",
            )
        for other in each.formerly:
            if other in nodes:
                scope.error(
                    f"`{each.id}` was formerly `{other}`, which is a node of its own",
                    each.span,
                    "leave it out, or name an id that no node has any more",
                )
        for first, second in clashes(each.kept, lattice, lambda kept: kept.period):
            of = covering(second)
            scope.error(
                f"two retentions of `{each.id}` overlap with neither more specific",
                each.place(second.span),
                "say `of DATA` or `for PURPOSES` so that one of them is within the other"
                if of or covering(first)
                else "leave one of the two out, or say `of DATA` or `for PURPOSES` with one",
                ("the other is here", each.place(first.span)),
            )


def node(scope: Scope, id: str, said: s.NodeDecl, kind: str) -> Node:
    """A node as one declaration tells it, with its own places only."""
    props = said.props
    for prop in props:
        if isinstance(prop, OF_SUBJECTS):
            scope.error(
                f"only a subject takes `{word_of(prop)}`, and `{said.id}` is a {kind}",
                prop.span,
                "say it of the subject",
            )
    words = bare(scope, props, "node_prop", "environments", "products", "measures")
    product = named(scope, props, "is")
    products = (
        scope.fact(s.Names((product,), span=product.span), "products") if product else UNKNOWN
    )
    of = named(scope, props, "of")
    if of is not None and kind != "device":
        scope.error(
            f"only a device or a subject is `of` a subject, and `{said.id}` is a {kind}",
            of.span,
            "leave it out; whose data are in it, `holds DATA of SUBJECT` says",
        )
        of = None
    host = single(scope, every(props, s.Host), "on")
    holds = every(props, s.Hold)
    return Node(
        id=id,
        kind=kind,
        label=said.label.text if said.label else "",
        owner=scope.party(said.owner, "an owner") if said.owner else "",
        subject=scope.subject(of) if of else "",
        places=scope.fact(listed(scope, props, "in"), "places"),
        host=scope.party(host.party, "what a node is `on`") if host else "",
        environments=words["environments"],
        products=both(words["products"], products),
        sites=scope.fact(listed(scope, props, "site"), "sites"),
        measures=both(words["measures"], scope.fact(listed(scope, props, "using"), "measures")),
        purposes=scope.fact(listed(scope, props, "for"), "purposes"),
        honours=scope.fact(listed(scope, props, "honours"), "data"),
        origins=tuple(origin for hold in holds for origin in _origins(scope, hold)),
        holds_nothing=any(not hold.data for hold in holds),
        joins=tuple(_join(scope, each) for each in every(props, s.JoinDecl)),
        apart=tuple(
            (scope.terms(each.left, "data"), scope.terms(each.right, "data"))
            for each in every(props, s.Apart)
        ),
        derivations=tuple(
            Derivation(
                scope.term(d.result, "data"), scope.term(d.source, "data"), d.removing, d.span
            )
            for d in every(props, s.Derive)
        ),
        kept=tuple(_kept(scope, each) for each in every(props, s.Retention)),
        outside=tuple(sorted({name.text for name in _under("outside", props)})),
        formerly=tuple(sorted({name.text for name in _under("formerly", props)})),
        attributes=attributes(scope, "node", props),
        span=said.id.span,
    )


def _origins(scope: Scope, said: s.Hold) -> list[Origin]:
    pairings = Pairings(scope, said.pairings)
    collected = uses(pairings.purposes, pairings.bases, UNKNOWN)
    given = consents(scope, said.consents)
    received: Fact[str] = scope.fact(said.under, "mechanisms", "measures")
    subjects = sorted({id for name in said.whose if (id := scope.subject(name))}) or [""]
    return [
        Origin(said.word, term, whose, collected, given, received, said.span)
        for term in scope.terms(said.data, "data")
        for whose in subjects
    ]


def _join(scope: Scope, said: s.JoinDecl) -> Join:
    return Join(
        scope.terms(said.left, "data"),
        scope.terms(said.right, "data"),
        scope.term(said.result, "data") if said.result else "",
        scope.fact(said.purposes, "purposes"),
        consents(scope, said.consents),
        said.span,
    )


def _kept(scope: Scope, said: s.Retention) -> Kept:
    return Kept(
        period(scope, said.period) if said.period is not None else None,
        scope.terms(said.data, "data"),
        scope.terms(said.purposes, "purposes"),
        said.span,
    )


def _under(word: str, props: Sequence[s.Prop]) -> Iterable[s.Name]:
    return (n for p in every(props, s.Property) if p.word == word for n in p.names.items)
