"""Translation: a model as a system and a policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, combinations

from lawful.importers import Imported, Notice
from lawful.importers._words import plain
from lawful.importers.xdecaf.behaviour import NO_LABELS, Labels, Output
from lawful.importers.xdecaf.constraints import Atom, Constraint
from lawful.importers.xdecaf.model import Arrow, Model, Vertex
from lawful.importers.xdecaf.rules import (
    DATUM,
    arriving,
    fits,
    keys,
    passage,
    passages,
    product,
    rule,
)
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import Span

EFFECTIVE = "2000-01-01"
#: So many labels may depend on one another: data are told apart by every set of them.
MOST_CONDITIONAL = 6
UNLABELLED = "vertex without labels"
#: What an output makes of the data of some inputs: marks set, marks taken away, what each leaf becomes.
Effect = tuple[Labels, Labels, tuple[tuple[Labels, Labels], ...]]


def translate(model: Model, name: str) -> Imported:
    """The facts, the vocabulary and the rules of a model."""
    return _Translation(model, name).imported()


class _Translation:
    def __init__(self, model: Model, name: str) -> None:
        self.model = model
        self.name = plain(name) or "model"

    # --- which label is what ----------------------------------------------------------------------

    @cached_property
    def conditional(self) -> Labels:
        """The labels that depend on others, with those: they are categories, and no marks."""
        found = NO_LABELS
        for output in self.model.outputs.values():
            for label in output.mentioned():
                for pin in self.pins(output):
                    reads = output.reads(label, pin)
                    if reads <= {label} and self.fate(output, pin, label) != "turns":
                        continue
                    found |= reads | {label}
        if len(found) > MOST_CONDITIONAL:
            message = f"the conditions of this model make {len(found)} labels depend on one another"
            help = f"at most {MOST_CONDITIONAL} can be followed: {', '.join(sorted(found))}"
            raise Rejected([Diagnostic(message, self.model.span, help)])
        return found

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The labels of data that are marks."""
        said = {label for output in self.model.outputs.values() for label in output.mentioned()}
        said |= keys(s for constraint in self.model.constraints for s in constraint.data)
        return tuple(sorted(said - self.conditional - self.names.keys()))

    @cached_property
    def names(self) -> dict[str, Labels]:
        """The inputs that constraints call by the names of their flows, each with those flows."""
        flows: dict[str, list[Arrow]] = {}
        for arrow in self.model.arrows:
            flows.setdefault(arrow.input, []).append(arrow)
        said = keys(s for constraint in self.model.constraints for s in constraint.data)
        return {
            key: frozenset(
                arrow.id
                for into in flows.values()
                if {plain(a.name) for a in into} >= set(key.removeprefix("named ").split("|"))
                for arrow in into
            )
            for key in sorted(said)
            if key.startswith("named ")
        }

    @cached_property
    def passages(self) -> dict[str, Labels]:
        """The marks of data that came through a vertex, by the vertex."""
        return {
            vertex.id: frozenset(
                mark for c in self.model.constraints for mark in self.passed(c, vertex)
            )
            for vertex in self.model.vertices
        }

    @staticmethod
    def passed(constraint: Constraint, vertex: Vertex) -> Iterator[str]:
        """The marks that a constraint puts on what comes out of a vertex."""

        def fit(atom: Atom) -> bool:
            return fits(atom.key, vertex.kind, vertex.text, vertex.labels)

        if all(any(map(fit, each.atoms)) != each.inverted for each in constraint.source):
            for atom in passages(constraint):
                if not atom.variable or fit(atom):
                    yield passage(constraint, atom)

    @cached_property
    def leaves(self) -> tuple[Labels, ...]:
        """Every set of conditional labels: what data are told apart by."""
        labels = sorted(self.conditional)
        sets = (combinations(labels, n) for n in range(len(labels) + 1))
        return tuple(map(frozenset, chain.from_iterable(sets)))

    def pins(self, output: Output) -> tuple[str, ...]:
        """The inputs that an output reads and that bring anything."""
        read = NO_LABELS.union(*(line.pins for line in output.lines))
        return tuple(sorted(pin for pin in read if pin in self.model.feeding))

    @staticmethod
    def fate(output: Output, pin: str, label: str) -> str:
        """What becomes of one label by itself: it is `set`, `unset`, `kept`, or `turns` on itself."""
        ends = output.value(label, pin, NO_LABELS), output.value(label, pin, frozenset({label}))
        return {
            (True, True): "set",
            (False, False): "unset",
            (False, True): "kept",
            (True, False): "turns",
        }[ends]

    # --- what outputs emit ------------------------------------------------------------------------

    def effect(self, output: Output, pin: str) -> Effect:
        """What becomes of the data at an input."""
        mentioned = output.mentioned()
        fates = {
            label: self.fate(output, pin, label)
            if label in mentioned or not output.forwards(pin)
            else "kept"
            for label in self.marks
        }
        becomes = tuple(
            (
                leaf,
                frozenset(label for label in self.conditional if output.value(label, pin, leaf)),
            )
            for leaf in self.leaves
        )
        return (
            frozenset(label for label, fate in fates.items() if fate == "set"),
            frozenset(label for label, fate in fates.items() if fate == "unset"),
            becomes,
        )

    def contributes(self, output: Output, pin: str) -> bool:
        """Whether the labels that are emitted turn on those at the input."""
        marked, unmarked, becomes = self.effect(output, pin)
        kept = len(marked) + len(unmarked) < len(self.marks)
        return output.forwards(pin) or kept or len({result for _, result in becomes}) > 1

    @cached_property
    def taken(self) -> dict[str, dict[Effect, list[str]]]:
        """For every output the inputs from which it takes, by what becomes of their data."""
        found: dict[str, dict[Effect, list[str]]] = {}
        for output in self.model.outputs.values():
            effects = found.setdefault(output.id, {})
            for pin in self.pins(output):
                if self.contributes(output, pin):
                    effects.setdefault(self.effect(output, pin), []).append(pin)
        return found

    @cached_property
    def circular(self) -> Labels:
        """The outputs on cycles that nothing enters."""
        live = {o for o, effects in self.taken.items() if not effects}
        followers: dict[str, set[str]] = {}
        for output, effects in self.taken.items():
            for pin in chain.from_iterable(effects.values()):
                for arrow in self.model.feeding[pin]:
                    followers.setdefault(arrow.output, set()).add(output)
        waiting = list(live)
        while waiting:
            for follower in followers.get(waiting.pop(), set()) - live:
                live.add(follower)
                waiting.append(follower)
        return frozenset(self.taken.keys() - live)

    def fresh(self, output: Output) -> tuple[Labels, Labels] | None:
        """The marks and the leaf of what begins at an output, if anything does."""
        if not output.lines or (self.taken[output.id] and output.id not in self.circular):
            return None
        has = frozenset(label for label in output.mentioned() if output.value(label, "", NO_LABELS))
        return has - self.conditional, has & self.conditional

    # --- the system -------------------------------------------------------------------------------

    def imported(self) -> Imported:
        """Everything."""
        flows = tuple(flow for arrow in self.model.arrows for flow in self.flows(arrow))
        nodes = tuple(map(self.node, self.model.vertices))
        head = s.System(s.Name(self.name), None, (s.Name(self.name),), span=self.model.span)
        several = sum(sum(map(len, effects.values())) > 1 for effects in self.taken.values())
        notices = (
            *self.model.notices,
            Notice(
                several, "outputs that merge several inputs: here each datum keeps its own labels"
            ),
            Notice(
                sum(output.joins() for output in self.model.outputs.values()),
                "outputs with a condition on several inputs: here it is asked of each datum alone",
            ),
            Notice(len(self.circular), "outputs on cycles that nothing enters: data begin there"),
        )
        return Imported(
            s.Flows((head, *nodes, *flows), self.model.span),
            self.law(),
            tuple(notice for notice in notices if notice.count),
        )

    def node(self, vertex: Vertex) -> s.NodeDecl:
        """A vertex: its labels, what begins there, and what is derived for its outputs."""
        at = vertex.span
        asked = [
            key
            for key in sorted(keys(s for c in self.model.constraints for s in c.vertex))
            if key.startswith(("type ", "named "))
            and fits(key, vertex.kind, vertex.text, vertex.labels)
        ]
        products = [product(key) for key in (*vertex.labels, *asked)] or [UNLABELLED]
        props: list[s.Prop] = [_bare(product, at) for product in products]
        outputs = self.model.outputs_of.get(vertex.id, [])
        begins = sorted({self.leaf(fresh[1]) for o in outputs if (fresh := self.fresh(o))})
        if begins:
            props.append(s.Hold("generates", _names(begins, at), span=at))
        elif not any(pin in self.model.feeding for pin in vertex.inputs):
            props.append(s.Hold("holds", (), span=at))
        for output in outputs:
            for effect in self.taken[output.id]:
                if family := self.family(output, effect):
                    props += (
                        s.Derive(
                            _name(_made(family, result), at), _name(self.leaf(leaf), at), span=at
                        )
                        for leaf, result in effect[2]
                    )
        label = s.Text(plain(vertex.text).replace('"', "”"), "", at) if vertex.text else None
        return s.NodeDecl(vertex.kind, _name(vertex.id, at), label, None, tuple(props), at)

    def flows(self, arrow: Arrow) -> Iterator[s.FlowDecl]:
        """The flows that one is: one for each way in which its output treats what it takes."""
        parts = self.parts(arrow)
        target = self.model.homes[arrow.input]
        output = self.model.outputs[arrow.output]
        for id, (carried, props) in zip(self.ids(arrow), parts, strict=True):
            carry = s.Carry(_names([carried], arrow.span), span=arrow.span)
            ends = _name(output.vertex, arrow.span), _name(target, arrow.span)
            yield s.FlowDecl(_name(id, arrow.span), *ends, carry, tuple(props), arrow.span)

    def ids(self, arrow: Arrow) -> list[str]:
        """The ids of the flows that one is: its own, or that with a number."""
        output = self.model.outputs[arrow.output]
        count = len(self.taken[output.id]) + (self.fresh(output) is not None)
        return [arrow.id] if count == 1 else [f"{arrow.id}.{n + 1}" for n in range(count)]

    def parts(self, arrow: Arrow) -> list[tuple[str, list[s.Prop]]]:
        """What each of these flows carries, and what else it says."""
        output, at = self.model.outputs[arrow.output], arrow.span
        passed = self.passages[output.vertex]
        parts: list[tuple[str, list[s.Prop]]] = []
        if fresh := self.fresh(output):
            marked, leaf = fresh[0] | passed, fresh[1]
            every = frozenset(self.marks).union(*self.passages.values())
            unmarked = every - marked if output.vertex in self.receiving else NO_LABELS
            parts.append((self.leaf(leaf), list(_markings(marked, unmarked, at))))
        for effect, pins in self.taken[output.id].items():
            marked, unmarked, becomes = effect
            sources = [
                id for pin in pins for source in self.model.feeding[pin] for id in self.ids(source)
            ]
            props: list[s.Prop] = [s.Property("from", s.Names(_names(sources, at), span=at), at)]
            family = self.family(output, effect)
            if family:
                results = sorted({result for _, result in becomes}, key=sorted)
                props += (
                    s.Change("masking", _name(_raw(result), at), _name(self.leaf(result), at), at)
                    for result in results
                )
            props += _markings(marked | passed, unmarked, at)
            parts.append((family or DATUM, props))
        for _, props in parts:
            props += (
                s.Value(_name(arriving(key), at), s.Name("yes"), at)
                for key, flows in self.names.items()
                if arrow.id in flows
            )
        return parts

    @cached_property
    def receiving(self) -> frozenset[str]:
        """The vertices to which anything comes."""
        return frozenset(self.model.homes[pin] for pin in self.model.feeding)

    def family(self, output: Output, effect: Effect) -> str:
        """The category of what a vertex derives for an output; none where leaves stay as they are."""
        if all(leaf == result for leaf, result in effect[2]):
            return ""
        place = list(self.taken[output.id]).index(effect)
        return f"output {output.id}" + (f" {place + 1}" if place else "")

    def leaf(self, labels: Labels) -> str:
        """The category of the data that have just these conditional labels."""
        return f"{{{', '.join(sorted(labels))}}}" if self.conditional else DATUM

    # --- the policy -------------------------------------------------------------------------------

    def law(self) -> s.Law:
        """The vocabulary of the labels, and the constraints as rules."""
        at = self.model.span
        header = s.Header("policy", s.Name(self.name), effective=EFFECTIVE, span=at)
        products = {label for v in self.model.vertices for label in v.labels}
        products |= keys(s for c in self.model.constraints for s in c.vertex)
        passed = {mark for marks in self.passages.values() for mark in marks}
        passed |= {passage(c, atom) for c in self.model.constraints for atom in passages(c)}
        lists = {
            "data": list(self.categories()),
            "marks": [s.Term(s.Name(mark)) for mark in (*self.marks, *sorted(passed))],
            "products": [
                s.Term(s.Name(name)) for name in (UNLABELLED, *map(product, sorted(products)))
            ],
        }
        blocks = (s.TermList(word, tuple(terms)) for word, terms in lists.items() if terms)
        attributes = (
            s.Attribute(s.Name(arriving(key)), "flow", "yes_no", silence="none")
            for key in self.names
        )
        rules = (rule(constraint, self.conditional) for constraint in self.model.constraints)
        return s.Law((header, *blocks, *attributes, *rules), at)

    def categories(self) -> Iterator[s.Term]:
        """The categories: one, or one for each set of conditional labels and what becomes of them."""
        yield s.Term(s.Name(DATUM))
        if not self.conditional:
            return
        for label in sorted(self.conditional):
            yield s.Term(s.Name(label), parents=(s.Parent(s.Name(DATUM)),))
        for leaf in self.leaves:
            parents = tuple(s.Parent(s.Name(x)) for x in sorted(leaf) or [DATUM])
            raw = s.Name(_raw(leaf))
            yield s.Term(s.Name(self.leaf(leaf)), None, parents, raw, "masking")
            yield s.Term(raw)
        for output in self.model.outputs.values():
            for effect in self.taken[output.id]:
                if family := self.family(output, effect):
                    yield s.Term(s.Name(family))
                    for result in sorted({result for _, result in effect[2]}, key=sorted):
                        above = s.Parent(s.Name(_raw(result))), s.Parent(s.Name(family))
                        yield s.Term(s.Name(_made(family, result)), parents=above)


def _raw(leaf: Labels) -> str:
    """What any output has made of data, before it is called as the others are."""
    return f"emitted {{{', '.join(sorted(leaf))}}}"


def _made(family: str, leaf: Labels) -> str:
    return f"{family} {{{', '.join(sorted(leaf))}}}"


def _markings(marked: Labels, unmarked: Labels, at: Span) -> Iterator[s.Marking]:
    if marked:
        yield s.Marking("mark", _names(sorted(marked), at), at)
    if unmarked:
        yield s.Marking("unmark", _names(sorted(unmarked), at), at)


def _bare(word: str, at: Span) -> s.Property:
    return s.Property("", s.Names((_name(word, at),), span=at), at)


def _names(texts: Iterable[str], at: Span) -> tuple[s.Name, ...]:
    return tuple(_name(text, at) for text in texts)


def _name(text: str, at: Span) -> s.Name:
    return s.Name(text, at)
