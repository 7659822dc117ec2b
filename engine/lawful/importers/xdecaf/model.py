"""Model: the vertices, flows, outputs and constraints of a file, checked one against the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lawful.importers import Notice
from lawful.importers._words import plain
from lawful.importers.xdecaf.behaviour import Output, read_behaviour
from lawful.importers.xdecaf.constraints import Constraint, Types, read_constraint
from lawful.system.document.pointed import Pointed
from lawful_dsl.diagnostics import near
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

KINDS = {"node:function": "service", "node:storage": "store", "node:input-output": "client"}
PORTS = ("port:dfd-input", "port:dfd-output")
_ENDS = "draw it from an output to an input"


@frozen
class Arrow:
    """A flow from an output to an input."""

    id: str
    output: str
    input: str
    name: str
    span: Span


@frozen
class Vertex:
    """A vertex; `inputs` are its ports."""

    id: str
    kind: str
    text: str
    labels: tuple[str, ...]
    inputs: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class Model:
    """A whole model; `homes` are the vertices of the ports."""

    vertices: tuple[Vertex, ...]
    outputs: dict[str, Output]
    arrows: tuple[Arrow, ...]
    homes: dict[str, str]
    constraints: tuple[Constraint, ...]
    notices: tuple[Notice, ...]
    span: Span

    @cached_property
    def outputs_of(self) -> dict[str, list[Output]]:
        """The outputs of each vertex that has any."""
        found: dict[str, list[Output]] = {}
        for output in self.outputs.values():
            found.setdefault(output.vertex, []).append(output)
        return found

    @cached_property
    def feeding(self) -> dict[str, list[Arrow]]:
        """The flows into each input that bring anything: those out of outputs with a behaviour."""
        found: dict[str, list[Arrow]] = {}
        for arrow in self.arrows:
            if self.outputs[arrow.output].lines:
                found.setdefault(arrow.input, []).append(arrow)
        return found


def read_model(at: Pointed) -> Model:
    """The model that a file tells. Raises `Rejected` with what is wrong."""
    named = [
        (value.text("id"), plain(f"{kind.text('name')}.{value.text('text')}"))
        for kind in at.each("labelTypes")
        for value in kind.each("values")
    ]
    known = dict(named)
    _unique("label", [id for id, _ in named], at.at("labelTypes"))
    labels = frozenset(known.values())
    vertices: list[Vertex] = []
    ports: list[tuple[Pointed, str]] = []
    edges: list[Pointed] = []
    strange = 0
    children = list(at.within("model").each("children"))  # how it was drawn says nothing
    for child in sorted(children, key=_place):
        kind = child.text("type")
        if kind.startswith("node:"):
            vertex, mine = _read_vertex(child, known)
            vertices.append(vertex)
            ports += ((port, vertex.id) for port in mine)
        elif kind.startswith("edge:"):
            edges.append(child)
        else:
            strange += 1
    ids = [*(v.id for v in vertices), *(e.text("id") for e in edges)]
    _unique("vertex or flow", ids, at.at("model"))
    _unique("port", [port.text("id") for port, _ in ports], at.at("model"))
    homes = {port.text("id"): vertex for port, vertex in ports}
    arrows = tuple(_read_arrow(edge, homes) for edge in edges)
    arriving: dict[str, dict[str, set[str]]] = {}
    for arrow in arrows:
        pins = arriving.setdefault(homes[arrow.input], {})
        pins.setdefault(arrow.input, set()).add(arrow.name)
    unmatched = 0
    outputs: dict[str, Output] = {}
    for port, home in ports:
        if port.text("type") == "port:dfd-output":
            lines, lost = read_behaviour(port, labels, arriving.get(home, {}))
            outputs[port.text("id")] = Output(port.text("id"), home, lines)
            unmatched += lost
    for arrow, edge in zip(arrows, edges, strict=True):
        if arrow.output not in outputs:
            edge.at("sourceId").reject("a flow begins at an output, and this is an input", _ENDS)
        if arrow.input in outputs:
            edge.at("targetId").reject("a flow ends at an input, and this is an output", _ENDS)
    constraints = _read_constraints(at, _types(at))
    silent = sum(not outputs[arrow.output].lines for arrow in arrows)
    version = at.at("version").value not in (None, 1)
    notices = (
        Notice(int(not constraints), "model without constraints: the policy has no rules"),
        Notice(strange, "children of the model that are neither vertices nor flows: left out"),
        Notice(silent, "flows out of outputs without behaviour: nothing goes there, left out"),
        Notice(unmatched, "names in behaviours that no input has for its flows: nothing forwarded"),
        Notice(_exclusive(at), "labels that exclude others: told apart by nothing but their names"),
        Notice(int(version), "version of the file that is not known: read as version 1"),
    )
    return Model(
        tuple(vertices),
        outputs,
        arrows,
        homes,
        constraints,
        notices,
        at.span,
    )


def _exclusive(at: Pointed) -> int:
    """How many labels may not stand beside some others, which only newer editors say."""
    return sum(
        bool(value.at("excludes").value)
        for kind in at.each("labelTypes")
        for value in kind.each("values")
    )


def _types(at: Pointed) -> dict[str, tuple[str, ...]]:
    """The label types and their values."""
    return {
        plain(kind.text("name")): tuple(
            sorted(plain(value.text("text")) for value in kind.each("values"))
        )
        for kind in at.each("labelTypes")
    }


def _read_vertex(child: Pointed, known: dict[str, str]) -> tuple[Vertex, list[Pointed]]:
    kind = child.text("type")
    if kind not in KINDS:
        child.at("type").reject(f"`{kind}` is no kind of vertex", f"known are {', '.join(KINDS)}")
    labels: list[str] = []
    for label in child.each("labels"):
        value = label.text("labelTypeValueId")
        if value not in known:
            label.reject(f"there is no label with the id `{value}`", "name one of `labelTypes`")
        labels.append(known[value])
    ports = sorted(child.each("ports"), key=_place)
    for port in ports:
        if port.text("type") not in PORTS:
            port.at("type").reject(
                f"`{port.text('type')}` is no kind of port", f"known are {', '.join(PORTS)}"
            )
    inputs = tuple(p.text("id") for p in ports if p.text("type") == "port:dfd-input")
    said = tuple(sorted(set(labels)))
    vertex = Vertex(child.text("id"), KINDS[kind], child.text("text", ""), said, inputs, child.span)
    return vertex, ports


def _place(at: Pointed) -> tuple[str, str]:
    """Where a vertex, a flow or a port stands among the others: by what it is, then by its id."""
    return at.text("type"), at.text("id", "")


def _read_arrow(edge: Pointed, homes: dict[str, str]) -> Arrow:
    ends = []
    for key in ("sourceId", "targetId"):
        ends.append(edge.text(key))
        if ends[-1] not in homes:
            edge.at(key).reject(
                f"there is no port `{ends[-1]}`", near(ends[-1], homes) or "name a port of a vertex"
            )
    return Arrow(edge.text("id"), ends[0], ends[1], edge.text("text", ""), edge.span)


def _unique(what: str, ids: Sequence[str], at: Pointed) -> None:
    twice = sorted(id for id, times in Counter(ids).items() if times > 1)
    if twice:
        at.reject(f"the id `{twice[0]}` is that of more than one {what}", "give each its own")
    for id in ids:
        if not id or id != plain(id):
            help = "an id has at least one character, no line end and no single quote"
            at.reject(f"`{id}` is no id of a {what}", help)


def _read_constraints(at: Pointed, types: Types) -> tuple[Constraint, ...]:
    """The constraints, each with a name of its own."""
    read = (read_constraint(each, types) for each in at.each("constraints"))
    found = [constraint for constraint in read if constraint is not None]
    taken: set[str] = set()
    for number, constraint in enumerate(found, 1):
        if not constraint.name or constraint.name in taken:
            name = f"{constraint.name or 'constraint'} {number}"
            found[number - 1] = replace(constraint, name=name)
        taken.add(found[number - 1].name)
    return tuple(found)
