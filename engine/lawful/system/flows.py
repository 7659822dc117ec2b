"""Flows: what the declarations of flows say, and the flows that hosting and access make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from lawful.system.attributes import attributes, consideration, period
from lawful.system.identity import Identified
from lawful.system.layers import Correction, merge
from lawful.system.likeness import likening
from lawful.system.model import (
    NONE,
    UNKNOWN,
    Carried,
    Change,
    Consent,
    Fact,
    Flow,
    Guard,
    Node,
)
from lawful.system.names import Scope
from lawful.system.properties import (
    Pairings,
    bare,
    both,
    consents,
    every,
    listed,
    single,
    state,
    uses,
)
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.syntax.brief import Brief
from lawful_dsl.vocabulary import AttributeValue

_UNSAID: Fact[Consent] = Fact()


@frozen
class Said:
    """A flow as one declaration tells it: purposes and bases still apart, so that layers can merge."""

    carries: tuple[Carried, ...] | None = None
    whose: tuple[str, ...] = ()
    purposes: Fact[str] = UNKNOWN
    paired: Mapping[str, Fact[str]] = field(default_factory=dict)
    bases: Fact[str] = UNKNOWN
    same: bool = False
    consents: Fact[Consent] = _UNSAID
    mechanisms: Fact[str] = UNKNOWN
    channels: Fact[str] = UNKNOWN
    measures: Fact[str] = UNKNOWN
    consideration: Fact[str] = UNKNOWN
    guards: tuple[Guard, ...] = ()
    changes: tuple[Change, ...] = ()
    marks: tuple[str, ...] = ()
    unmarks: tuple[str, ...] = ()
    from_flows: tuple[str, ...] = ()
    placing: str = ""
    lifetime: s.Period | None = None
    another: bool = False
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    span: Span = NOWHERE


class Telling:
    """What the declarations of flows say; what those of one shape do, once for all of them."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes
        self._shapes: dict[tuple[int, object, str], Flow | None] = {}

    def flow(self, identified: Identified, corrections: Mapping[str, Correction]) -> Flow:
        """A flow, its layers merged; the names after `from` are not yet ids."""
        layers = identified.layers
        brief = layers[0].said.brief
        if brief is not None and len(layers) == 1 and not corrections:
            target = self._nodes[identified.target]
            key = (layers[0].file, brief.shape, target.kind)
            if key not in self._shapes:
                self._shapes[key] = self._shape(brief, identified)
            shape = self._shapes[key]
            if shape is not None:
                return of_shape(
                    shape,
                    brief,
                    "flow",
                    shape.same,
                    identified.id,
                    identified.source,
                    identified.target,
                    brief.sources,
                    target.places,
                )
        said = [_said(layer.scope, layer.said, self._nodes, identified) for layer in layers]
        whole = merge(layers[0].scope, identified.id, said, corrections)
        return _flow(identified, whole, self._nodes)

    def _shape(self, brief: Brief[s.FlowDecl], identified: Identified) -> Flow | None:
        """The flow that a shape makes of any ends; none where something is wrong with it, of which each is to tell."""
        scope = identified.layers[0].scope
        said = scope.sound(lambda: _said(scope, brief.shape.example, self._nodes, identified))
        return None if said is None else _flow(identified, said, self._nodes)


#: A flow of its own id and ends that says what a shape does.
of_shape = likening(Flow, "kind", "same", "id", "source", "target", "from_flows", "places")


def reading(flow: Flow, sources: tuple[str, ...]) -> Flow:
    """A flow that is `from` these flows."""
    if flow.like is flow:
        return replace(flow, from_flows=sources)
    own = flow.kind, flow.same, flow.id, flow.source, flow.target
    return of_shape(flow.like, flow.brief, *own, sources, flow.places)


def _flow(identified: Identified, whole: Said, nodes: Mapping[str, Node]) -> Flow:
    return Flow(
        id=identified.id,
        kind="flow",
        source=identified.source,
        target=identified.target,
        # What places something and declares no data carries nothing else (decision 25).
        carries=() if whole.placing and whole.carries is None else whole.carries,
        whose=whole.whose,
        uses=uses(whole.purposes, whole.paired, whole.bases, whole.same),
        same=whole.same,
        bases=whole.bases,
        consents=whole.consents,
        mechanisms=whole.mechanisms,
        channels=whole.channels,
        measures=whole.measures,
        consideration=NONE if whole.consideration.silent else whole.consideration,
        guards=whole.guards,
        changes=whole.changes,
        marks=whole.marks,
        unmarks=whole.unmarks,
        from_flows=whole.from_flows,
        places=nodes[identified.target].places,
        placing=whole.placing,
        lifetime=whole.lifetime,
        another=whole.another,
        attributes=whole.attributes,
        span=whole.span,
    )


def _said(
    scope: Scope, said: s.FlowDecl, nodes: Mapping[str, Node], identified: Identified
) -> Said:
    _check_target(scope, said, nodes[identified.target])
    return understood(scope, said)


def _check_target(scope: Scope, said: s.FlowDecl, target: Node) -> None:
    placing = next(iter(every(said.props, s.Placing)), None)
    if placing is not None and target.kind != "device":
        scope.error(
            f"`places` puts something on a device, and `{said.target}` is a {target.kind}",
            placing.span,
            "let it end at a device of that person: `device browser`"
            if target.kind == "subject"
            else f"declare it as a device: `device {said.target}`",
        )
    another = any(flag.word == "to another" for flag in every(said.props, s.Flag))
    if another and target.kind != "subject":
        scope.error(
            f"`to another` is of a flow to a person, and `{said.target}` is a {target.kind}",
            said.span,
            "say it of the flow that ends at a subject",
        )


def understood(scope: Scope, said: s.FlowDecl) -> Said:
    """What a declaration of a flow says, whatever its ends are."""
    props = said.props
    pairings = Pairings(scope, every(props, s.Pairing))
    words = bare(scope, props, "flow_prop", "measures")
    guards = [
        Guard(resolved, guard.word == "only if")
        for guard in every(props, s.GuardDecl)
        if (resolved := state(scope, guard.state))
    ]
    placing = single(scope, every(props, s.Placing), "places")
    return Said(
        carries=_carried(scope, said.carry),
        whose=_whose(scope, said.carry.whose if said.carry else ()),
        purposes=pairings.purposes,
        paired=pairings.bases,
        bases=scope.fact(listed(scope, props, "on"), "bases"),
        same=pairings.same,
        consents=consents(scope, single(scope, every(props, s.Consents), "with")),
        mechanisms=scope.fact(listed(scope, props, "under"), "mechanisms", "measures"),
        channels=scope.fact(listed(scope, props, "by"), "channels"),
        measures=both(words["measures"], scope.fact(listed(scope, props, "using"), "measures")),
        consideration=_consideration(scope, props),
        guards=tuple(sorted(set(guards), key=repr)),
        changes=tuple(_change(scope, each) for each in every(props, s.Change)),
        marks=_marked(scope, props, "mark"),
        unmarks=_marked(scope, props, "unmark"),
        from_flows=_from(scope, said),
        placing=scope.term(placing.category, "data") if placing else "",
        lifetime=period(scope, placing.lifetime) if placing and placing.lifetime else None,
        another=any(flag.word == "to another" for flag in every(props, s.Flag)),
        attributes=attributes(scope, "flow", props),
        span=said.span,
    )


def _carried(scope: Scope, said: s.Carry | None) -> tuple[Carried, ...] | None:
    if said is None:
        return None
    if said.all:
        return (Carried("", scope.terms(said.excluded, "data")),)
    return tuple(Carried(term) for term in scope.terms(said.names, "data"))


def _whose(scope: Scope, names: Sequence[s.Name]) -> tuple[str, ...]:
    """Ids of subjects, or kinds of subject."""
    found = set()
    for name in names:
        ids = [c for c in scope.candidates(name.text) if scope.ids.nodes.get(c) == "subject"]
        found.add(ids[0] if ids else scope.term(name, "subjects", also=scope.ids.subjects))
    return tuple(sorted(found - {""}))


def _change(scope: Scope, said: s.Change) -> Change:
    if said.source is None or said.result is None:
        return Change(said.operation)
    source, result = scope.term(said.source, "data"), scope.term(said.result, "data")
    if source and result and not scope.vocabulary.masked(source, said.operation, result):
        terms = scope.vocabulary.terms.values()
        known = sorted(
            t.name for t in terms if t.source == source and t.operation == said.operation
        )
        ways = sorted(
            {f"`{t.operation} {source} as {t.name}`" for t in terms if t.source == source}
        )
        if known:
            help = f"{said.operation} of `{source}` is known to give {_list(known)}"
        elif ways:
            help = f"what is known of `{source}` is {', '.join(ways)}"
        else:
            help = f"in a vocabulary, declare `{result} from {source} by {said.operation}`"
        scope.error(
            f"no vocabulary knows `{result}` as what {said.operation} makes of `{source}`",
            said.span,
            help,
        )
    return Change(said.operation, source, result)


def _list(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _marked(scope: Scope, props: Sequence[s.Prop], word: str) -> tuple[str, ...]:
    names = [n for m in every(props, s.Marking) if m.word == word for n in m.names]
    return scope.terms(names, "marks")


def _consideration(scope: Scope, props: Sequence[s.Prop]) -> Fact[str]:
    """What is said of it; that silence means none is for the merged flow."""
    names = listed(scope, props, "consideration")
    return consideration(scope, names) if names else UNKNOWN


def _from(scope: Scope, said: s.FlowDecl) -> tuple[str, ...]:
    listed(scope, said.props, "from")  # which says so where there are two
    return tuple(sorted({name.text for name in sources(said)}))


def sources(said: s.FlowDecl) -> tuple[s.Name, ...]:
    """The names after `from`."""
    props = every(said.props, s.Property)
    return tuple(name for prop in props if prop.word == "from" for name in prop.names.items)
