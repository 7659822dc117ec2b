"""Data: what a datum is to the engine, and the numbers by which the kernel knows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, fields, is_dataclass
from typing import Any

from lawful.kernel.bits import members
from lawful.system.model import UNKNOWN, Consent, Fact, Flow, Guard, Use
from lawful_dsl.frozen import frozen
from lawful_dsl.program import FORMS, Form
from lawful_dsl.vocabulary import Lattice


@frozen
class Given:
    """A consent with the carrier on which it was given, whose dimensions it takes where it names none.

    `target` is the node to which it was given. Of `purposes` the empty one is unknown; where the
    carrier says no purpose, data or channel they are empty. Data are a term (empty: all) and what is excluded.

    A `carrier` that is empty is each flow on which the datum begins: nothing tells such flows apart, since
    it does not come by them again. Nor are the nodes of one `owner` told apart: then `target` is empty.
    """

    consent: Consent
    carrier: str
    on_flow: bool
    target: str
    purposes: tuple[str, ...]
    carried: tuple[tuple[str, tuple[str, ...]], ...]
    channels: Fact[str] = UNKNOWN
    owner: str = ""

    @property
    def bare(self) -> bool:
        """Whether the carrier says no purpose, data or channel at all."""
        return not self.purposes and not self.carried and self.channels.unknown


def given_on(flow: Flow) -> Fact[Given]:
    """The consents that are given on a flow."""
    carried = tuple((c.term, c.excluded) for c in flow.carries or ())
    placed = ((flow.placing, ()),) if flow.placing else ()
    return Fact(
        tuple(
            Given(
                consent,
                flow.id,
                True,
                flow.target,
                purposes_said(flow.uses),
                (*carried, *placed),
                flow.channels,
            )
            for consent in flow.consents.values
        ),
        flow.consents.whole,
    )


def purposes_said(uses: Iterable[Use]) -> tuple[str, ...]:
    """The purposes of some uses, the empty one for an unknown one; none where none is named."""
    named = tuple(dict.fromkeys(use.purpose for use in uses))
    return named if any(named) else ()


@frozen
class Beginning:
    """What a datum keeps of its origin: all that a rule can ask. Origins alike in this share it.

    `uses` None and the facts unknown for an unsourced datum; `subject` empty where unknown.
    """

    subject: str = ""
    uses: tuple[Use, ...] | None = None
    consents: Fact[Given] = field(default_factory=Fact)
    mechanisms: Fact[str] = UNKNOWN
    unsourced: bool = False
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Many data share a beginning, and each is looked up by it.
        said = (self.subject, self.uses, self.consents, self.mechanisms, self.unsourced)
        object.__setattr__(self, "_hash", hash(said))

    def __hash__(self) -> int:
        return self._hash


@frozen
class Datum:
    """A datum. Extents are bit sets of data leaves; an empty one is unknown data.

    `cleared` are marks known to be absent where others are unknown; `silent` that it came by a
    flow that does not name it; `passed` the kinds of product that it has been at; `joined` the joins (node and
    number) that made it, which do not take it again.
    """

    extent: int
    form: Form
    beginning: Beginning
    lineage: frozenset[int] = frozenset()
    marks: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()
    guards: frozenset[Guard] = frozenset()
    passed: frozenset[str] = frozenset()
    joined: frozenset[tuple[str, int]] = frozenset()
    silent: bool = False

    @property
    def unknown(self) -> bool:
        """Whether this is unknown data."""
        return not self.extent


class Leaves:
    """The leaves of the data categories as bits."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.names = sorted(lattice.all_data)
        self._position = {name: i for i, name in enumerate(self.names)}
        self._masks: dict[str, int] = {}
        self._called: dict[int, str] = {}
        self.everything = (1 << len(self.names)) - 1

    def mask(self, term: str) -> int:
        """The leaves of a term."""
        found = self._masks.get(term)
        if found is None:
            found = self.of(self.lattice.leaves(term))
            self._masks[term] = found
        return found

    def of(self, leaves: Iterable[str]) -> int:
        """A set of leaf names as bits."""
        bits = 0
        for leaf in leaves:
            bits |= 1 << self._position[leaf]
        return bits

    def masks(self, terms: Iterable[str]) -> int:
        """The leaves of any of the terms."""
        bits = 0
        for term in terms:
            bits |= self.mask(term)
        return bits

    def selected(self, term: str, excluded: Iterable[str]) -> int:
        """The leaves of a term (empty: of all), less the excluded."""
        return (self.mask(term) if term else self.everything) & ~self.masks(excluded)

    def named(self, extent: int) -> frozenset[str]:
        """Bits as leaf names."""
        return frozenset(self.names[i] for i in members(extent))

    def called(self, extent: int) -> str:
        """What bits are called in a report."""
        found = self._called.get(extent)
        if found is None:
            found = self._called[extent] = self.lattice.name_of(self.named(extent))
        return found


class Universe:
    """The data met so far, by number. Numbers say when a datum was met: nothing that people read turns on them."""

    def __init__(self) -> None:
        self.data: list[Datum] = []
        self._numbers: dict[Datum, int] = {}
        self._ranks: dict[int, tuple[int, str]] = {}

    def number(self, datum: Datum) -> int:
        """The number of a datum, a new one where it is new."""
        found = self._numbers.get(datum)
        if found is None:
            found = len(self.data)
            self._numbers[datum] = found
            self.data.append(datum)
        return found

    def bit(self, datum: Datum) -> int:
        """The datum as a set of one."""
        return 1 << self.number(datum)

    def bits(self, data: Iterable[Datum]) -> int:
        """Some data as a set."""
        bits = 0
        for datum in data:
            bits |= 1 << self.number(datum)
        return bits

    def rank(self, number: int) -> tuple[int, str]:
        """By what data are put in order, where one of several must be chosen: by what they are, the plainest first."""
        found = self._ranks.get(number)
        if found is None:
            datum = self.data[number]
            more = (datum.lineage, datum.marks, datum.guards, datum.passed, datum.joined)
            found = self._ranks[number] = (sum(map(len, more)), _in_full(datum))
        return found

    def of(self, bits: int) -> list[Datum]:
        """The data of a set."""
        return [self.data[i] for i in members(bits)]


def _in_full(value: Any) -> str:
    """All that makes a value what it is, sets in order: equal for equal values, in every run."""
    if isinstance(value, frozenset):
        return "{" + ",".join(sorted(map(_in_full, value))) + "}"
    if isinstance(value, tuple):
        return "(" + ",".join(map(_in_full, value)) + ")"
    if is_dataclass(value):
        return _in_full(tuple(getattr(value, f.name) for f in fields(value) if f.compare))
    return repr(value)


def less_telling(one: Form, other: Form) -> Form:
    """The less telling of two forms."""
    return max(one, other, key=FORMS.index)


def more_telling(one: Form, other: Form) -> Form:
    """The more telling of two forms."""
    return min(one, other, key=FORMS.index)


def same_subject(one: Datum, other: Datum) -> bool | None:
    """Whether two data are of one person: of one subject (unknown where either's is), past no opposite guards."""
    if any(Guard(g.state, not g.only_if) in other.guards for g in one.guards):
        return False
    a, b = one.beginning.subject, other.beginning.subject
    return a == b if a and b else None
