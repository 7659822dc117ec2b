"""Sheets: what rules say of data at carriers; what they say of what is alike is one thing, and is shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lawful.findings import Verdict
from lawful.kernel.bits import bits_of
from lawful.propagation.data import Datum
from lawful.rules.environment import Frame, Happening
from lawful.rules.verdicts import Judgement
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Rule


@frozen
class Ruling:
    """What one rule says of one event of a class; the event is on whichever carrier it was judged."""

    rule: Rule
    event: Happening
    judgement: Judgement


@frozen
class Judged:
    """One event under one rule; `number` is the datum's, `flow` or `node` the carrier's (else -1)."""

    rule: Rule
    happening: Happening
    number: int
    judgement: Judgement
    flow: int = -1
    node: int = -1


class Rulings:
    """All that the rules say of one datum at one carrier, and of each that is like it there."""

    __slots__ = ("all", "failing")

    def __init__(self, found: Iterable[Ruling]) -> None:
        self.all = tuple(found)
        self.failing = tuple(r for r in self.all if r.judgement.verdict is not Verdict.KEPT)


#: The rulings on data by their numbers.
Found = tuple[tuple[int, Rulings], ...]


@frozen(eq=False)
class Page:
    """The rulings on all data at a carrier, where there are any: carriers that are alike share it."""

    all: Found = ()
    failing: Found = ()
    #: The data of which something is not kept, as a set.
    bad: int = 0

    @classmethod
    def of(cls, found: Iterable[tuple[int, Rulings]]) -> Page:
        """Those of some rulings that there are."""
        some = tuple((number, rulings) for number, rulings in found if rulings.all)
        failing = tuple((number, rulings) for number, rulings in some if rulings.failing)
        return cls(some, failing, bits_of(number for number, _ in failing))


@frozen
class Sheet:
    """The rulings on one datum, by its number, at one carrier: those of their classes."""

    frame: Frame
    datum: Datum
    number: int
    rulings: Rulings
    flow: int = -1
    node: int = -1

    def judged(self, rulings: Iterable[Ruling]) -> Iterator[Judged]:
        """Some of the rulings as judgements on the events of this very carrier."""
        for ruling in rulings:
            event = ruling.event
            datum = self.datum
            if event.datum.extent != datum.extent:  # a join takes a part
                datum = replace(datum, extent=event.datum.extent)
            yield Judged(
                ruling.rule,
                replace(event, frame=self.frame, datum=datum),
                self.number,
                ruling.judgement,
                self.flow,
                self.node,
            )
