"""Data: a datum, where it began, and what a flow does to it (decisions 12 to 18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace

from lawful.findings import Reason
from lawful.system.model import NONE, UNKNOWN, Change, Consent, Fact, Flow, Guard, Node, System, Use
from lawful.testing.reference.truth import UNDECLARED, UNKNOWN_DATA, UNSOURCED, Doubt
from lawful.testing.reference.world import World
from lawful_dsl.frozen import frozen
from lawful_dsl.program import FORMS, Form

NOBODY: Fact[Consent] = Fact((), True)


@frozen
class Began:
    """Where a datum began: `how` is flow, node, unsourced or unknown; `number` is of the node's origins."""

    how: str
    at: str
    number: int = 0


@frozen
class Datum:
    """A datum in one state. Of unknown data the extent is empty.

    `lineage` are the extents from which it comes, each of which is *some* of its leaves. `marks` are
    known to be set, `unmarked` known to be absent (which matters where the others are unknown);
    `passed` are the kinds of product passed, the empty one for a kind that is not known. `named`
    says that every flow by which it came names it; `joined` are the joins that made it. `key` is
    its hash, worked out once, as it is in many sets.
    """

    extent: frozenset[str]
    began: Began
    subject: str = ""
    form: Form = Form.IDENTIFIABLE
    lineage: frozenset[frozenset[str]] = frozenset()
    marks: frozenset[str] = frozenset()
    unmarked: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    guards: frozenset[Guard] = frozenset()
    named: bool = True
    joined: frozenset[tuple[str, int]] = frozenset()
    key: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        parts = (self.extent, self.began, self.subject, self.form, self.lineage, self.marks)
        more = (self.unmarked, self.passed, self.guards, self.named, self.joined)
        object.__setattr__(self, "key", hash((*parts, *more)))

    def __hash__(self) -> int:
        return self.key

    @property
    def unknown(self) -> bool:
        """Whether it is unknown data."""
        return self.began.how == "unknown"

    @property
    def unsourced(self) -> bool:
        """Whether it began on a flow out of a node that did not have it."""
        return self.began.how == "unsourced"

    @property
    def doubt(self) -> Doubt:
        """Why a fact of it that is not known is not known."""
        return UNKNOWN_DATA if self.unknown else UNSOURCED if self.unsourced else UNDECLARED

    @property
    def adrift(self) -> bool:
        """Whether what happened to it before is unknown."""
        return self.unknown or self.unsourced


def unknown_data(node: str) -> Datum:
    """The unknown data that a node holds which declares nothing."""
    return Datum(frozenset(), Began("unknown", node), named=False)


@frozen
class OriginFacts:
    """What a datum carries from its origin."""

    uses: tuple[Use, ...] = (Use(),)
    consents: Fact[Consent] = field(default_factory=Fact)
    mechanisms: Fact[str] = UNKNOWN


def origin_facts(system: System, datum: Datum) -> OriginFacts:
    """What a datum carries from its origin (decision 14); a basis that is not said there is none."""
    began = datum.began
    if began.how == "flow":
        flow = next(flow for flow in system.flows if flow.id == began.at)
        uses = (*flow.uses, Use("", flow.bases)) if flow.same else flow.uses
        return OriginFacts(_settled(uses), flow.consents, flow.mechanisms)
    if began.how == "node":
        origin = system.nodes[began.at].origins[began.number]
        return OriginFacts(_settled(origin.uses), origin.consents, origin.mechanisms)
    return OriginFacts()


def _settled(uses: tuple[Use, ...]) -> tuple[Use, ...]:
    return tuple(replace(use, bases=NONE) if use.bases.silent else use for use in uses or (Use(),))


# --- what happens to a datum ------------------------------------------------------------------------


def met(datum: Datum, extent: frozenset[str]) -> Datum | None:
    """The part of a datum that is within an extent; None where there is none."""
    part = datum.extent & extent
    if part == datum.extent:
        return datum if part else None
    return replace(datum, extent=part) if part else None


def pass_through(node: Node, datum: Datum) -> Datum:
    """A datum at a node, marked as having passed what kind of product the node says it is."""
    more = {*node.products.values, *(() if node.products.whole else ("",))}
    if not node.products.values or more <= datum.passed:
        return datum
    return replace(datum, passed=datum.passed | more)


def process(world: World, flow: Flow, datum: Datum) -> list[Datum]:
    """What a flow makes of a datum: guards, changes in the order written, marks set, then unset."""
    if not _passes_guards(world.system, flow.guards, datum):
        return []
    guards = datum.guards.union(flow.guards)
    data = [datum if guards == datum.guards else replace(datum, guards=guards)]
    for change in flow.changes:
        data = [result for each in data for result in _changed(world, change, each)]
    return [_marked(flow, each) for each in data]


def _passes_guards(system: System, guards: Iterable[Guard], datum: Datum) -> bool:
    subject = system.subjects.get(datum.subject)
    states = subject.states if subject else {}
    for guard in guards:
        value = states.get(guard.state)
        if value is not None and value != guard.only_if:
            return False
        if opposite(guard) in datum.guards:
            return False
    return not any(opposite(guard) in set(guards) for guard in guards)


def opposite(guard: Guard) -> Guard:
    """The guard that lets through exactly those whom this one removes."""
    return replace(guard, only_if=not guard.only_if)


def less_telling(left: Form, right: Form) -> Form:
    """The less telling of two forms."""
    return max(left, right, key=FORMS.index)


def more_telling(left: Form, right: Form) -> Form:
    """The more telling of two forms."""
    return min(left, right, key=FORMS.index)


def _changed(world: World, change: Change, datum: Datum) -> list[Datum]:
    if change.operation == "decrypting":
        opened = datum.form is Form.ENCRYPTED
        return [replace(datum, form=Form.IDENTIFIABLE) if opened else datum]
    if change.operation in list(Form):
        return [replace(datum, form=less_telling(datum.form, Form(change.operation)))]
    part = datum.extent & world.leaves(change.source)
    rest = datum.extent - part
    results = [replace(datum, extent=rest)] if rest else []
    if part:
        lineage = datum.lineage | {part}
        results.append(replace(datum, extent=world.leaves(change.result), lineage=lineage))
    return results


def _marked(flow: Flow, datum: Datum) -> Datum:
    if not flow.marks and not flow.unmarks:
        return datum
    marks = (datum.marks | set(flow.marks)) - set(flow.unmarks)
    if not datum.unsourced:
        return replace(datum, marks=marks)
    unmarked = (datum.unmarked - set(flow.marks)) | set(flow.unmarks)
    return replace(datum, marks=marks, unmarked=unmarked)


def relevant_reason(datum: Datum, reasons: Iterable[Reason]) -> Reason:
    """The reason to give of several, the most telling one."""
    order = (
        Reason.UNKNOWN_DATA,
        Reason.CONFLICT,
        Reason.READINGS_DIFFER,
        Reason.UNSOURCED,
        Reason.UNDECLARED,
        Reason.COARSE,
    )
    known = {Reason.UNKNOWN_DATA} if datum.unknown else set(reasons)
    return next(reason for reason in order if reason in known)
