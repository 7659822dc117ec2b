"""Sketch: what a drawing or a threat model tells, gathered as a system, with its data as words beside it.

The data that such files name are of no category of ours. Each name is a key of a mapping, `data.NAME`,
to the category that the file declares for it, and where it declares none to `all_data`, which may be
any: rules over it are undetermined until somebody writes the right category there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from lawful.importers import Imported, Notice
from lawful.importers._words import label, name, names, plain
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

COMMON = "common"
#: The category of data of which none is declared.
ANY = "all_data"


@frozen
class Group:
    """Data that a file classes alike: the name and the label of their mapping."""

    name: str
    label: str


@frozen
class Arrow:
    """A flow as it is drawn; one that names no data says nothing of what it carries."""

    id: str
    source: str
    target: str
    span: Span
    data: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass
class Sketch:
    """What is gathered of a system of that name; `counts` is of what has no equal here."""

    system: str
    span: Span
    nodes: dict[str, s.NodeDecl] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)
    data: dict[Group, dict[str, str]] = field(default_factory=dict)
    boundaries: dict[str, Span] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def module(self) -> str:
        """The vocabulary of the words of the file."""
        return f"{plain(self.system)}_words"

    @property
    def attribute(self) -> str:
        """The attribute of nodes that says within which trust boundary they are, the innermost."""
        return f"{plain(self.system)}_boundary"

    def node(
        self,
        kind: str,
        id: str,
        title: str,
        span: Span,
        *,
        boundary: str = "",
        measures: Sequence[str] = (),
        props: Sequence[s.Prop] = (),
    ) -> None:
        """A node. Ids are the file's own, and no two nodes have the same."""
        id = plain(id)
        if not id:
            refuse("an element has no id and no name", span, "give it one")
        if id in self.nodes:
            refuse(f"`{id}` is said twice", span, "give each element an id of its own")
        said = [*props, *_using(measures, span)]
        if boundary := plain(boundary):
            self.boundaries.setdefault(boundary, span)
            said.append(s.Value(name(self.attribute, span), name(boundary, span), span))
        text = label(title, span) if plain(title) != id else None
        self.nodes[id] = s.NodeDecl(kind, name(id, span), text, None, tuple(said), span)

    def arrow(self, arrow: Arrow) -> None:
        """A flow. Those that would have the id of another, or of a node, are told apart by its end."""
        self.arrows.append(arrow)

    def datum(self, id: str, group: Group, category: str = ANY) -> str:
        """The name by which flows and nodes carry a datum of the file."""
        self.data.setdefault(group, {}).setdefault(plain(id), category)
        return key(id)

    def count(self, text: str, number: int = 1) -> None:
        """Count what has no equal here."""
        self.counts[text] += number

    def imported(self, title: str = "") -> Imported:
        """All of it, sorted: the order of a file says nothing."""
        system = plain(self.system)
        law = self.law()
        used = [COMMON] if law is None else [COMMON, self.module]
        text = label(title, self.span) if plain(title) != system else None
        head = s.System(name(system, self.span), text, span=self.span)
        nodes = sorted(self.nodes.values(), key=lambda node: node.id.text)
        use = s.Use(names(used, self.span), self.span)
        statements: tuple[s.FlowStatement, ...] = (head, use, *nodes, *self.flows())
        undeclared = sum(term == ANY for each in self.data.values() for term in each.values())
        self.count(
            f"data of no declared category: `{ANY}` until `{self.module}` says which they are",
            undeclared,
        )
        silent = sum(not arrow.data for arrow in self.arrows)
        self.count("flows of which the file does not say what they carry: anything", silent)
        notices = tuple(Notice(n, text) for text, n in sorted(self.counts.items()) if n)
        return Imported(s.Flows(statements, self.span), law, notices)

    def flows(self) -> Iterable[s.FlowDecl]:
        """The flows, each with an id that nothing else has, whatever the order of the file."""
        told = sorted(
            self.arrows, key=lambda a: (a.id, a.source, a.target, sorted(a.data), a.measures)
        )
        taken = Counter(arrow.id for arrow in told)
        seen: Counter[str] = Counter()
        for arrow in told:
            seen[arrow.id] += 1
            id = f"{arrow.id} (flow)" if arrow.id in self.nodes else arrow.id
            if id and taken[arrow.id] > 1:
                id = f"{id} #{seen[arrow.id]}"
            at = arrow.span
            carried = tuple(sorted(set(arrow.data)))
            yield s.FlowDecl(
                name(id, at) if id else None,
                name(arrow.source, at),
                name(arrow.target, at),
                s.Carry(names(carried, at), span=at) if carried else None,
                tuple(_using(arrow.measures, at)),
                at,
            )

    def law(self) -> s.Law | None:
        """The words of the file: its data, and its boundaries."""
        if not self.data and not self.boundaries:
            return None
        at = self.span
        header = s.Header("vocabulary", name(self.module, at), span=at)
        said: list[s.LawStatement] = [header, s.Use(names([COMMON], at), at)]
        if self.boundaries:
            values = names(sorted(self.boundaries), at)
            said.append(s.Attribute(name(self.attribute, at), "node", "one of", values, span=at))
        for group in sorted(self.data, key=lambda group: group.name):
            entries = sorted(self.data[group].items())
            said.append(
                s.Mapping(
                    name(group.name, at),
                    label(group.label, at),
                    tuple(
                        (s.Text(key(id).replace('"', "”"), "", at), name(term, at))
                        for id, term in entries
                    ),
                    at,
                )
            )
        return s.Law(tuple(said), at)


def key(id: str) -> str:
    """The key of a datum of a file, which no term of a vocabulary is."""
    return f"data.{plain(id)}".replace('"', "”")


def holds(data: Iterable[str], span: Span) -> tuple[s.Hold, ...]:
    """What is expected at a node, if anything is said of it."""
    said = sorted(set(data))
    return (s.Hold("holds", names(said, span), span=span),) if said else ()


def refuse(message: str, span: Span, help: str) -> NoReturn:
    """Say what is wrong with a file."""
    raise Rejected([Diagnostic(message, span, help)])


def _using(measures: Sequence[str], span: Span) -> Iterable[s.Property]:
    """The measures that are said; there may be more."""
    if measures:
        said = names(sorted(set(measures)), span)
        yield s.Property("using", s.Names(said, True, span), span)
