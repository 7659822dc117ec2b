"""Judgements: every event of a system under every rule of a policy, each question asked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import reduce
from operator import or_

from lawful.kernel.bits import members
from lawful.kernel.transfer import Test
from lawful.propagation import Propagation
from lawful.propagation.data import Datum
from lawful.rules import happenings, screens
from lawful.rules.classes import Classes, Profile
from lawful.rules.environment import Frame, Happening, Law
from lawful.rules.precedence import Docket
from lawful.rules.questions import Questions, event_kinds, readings
from lawful.rules.sheets import Judged, Page, Ruling, Rulings, Sheet
from lawful.rules.verdicts import judge
from lawful.system.model import Node, Use
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Assert, EventKind, Form, Reach, Rule

#: All data, as a set.
EVERY = -1


@frozen
class _Asking:
    """A rule with what it may speak of: kinds of event, data, ends of carriers, events, partners of joins."""

    rule: Rule
    kinds: tuple[EventKind, ...]
    data: Callable[[int, Form], bool]
    ends: Callable[[Happening], bool]
    events: Callable[[Happening], bool]
    partner: int


#: Of a carrier at which there is nothing: no class, and no rulings.
_NOTHING: tuple[Hashable, Page] = (None, Page())
#: The events of a kind that a carrier makes of a datum.
_Events = Callable[[EventKind], Iterable[Happening]]
#: The rules that may speak of some events, each with those of which it may.
_Speaking = Sequence[tuple[_Asking, Sequence[Happening]]]


class Bench:
    """Judges the events of one propagation by the rules of one policy: those in `judging`, or all."""

    def __init__(
        self,
        docket: Docket,
        law: Law,
        questions: Questions,
        propagation: Propagation,
        judging: Collection[str] | None = None,
    ) -> None:
        self.docket = docket
        self.law = law
        self.questions = questions
        self.propagation = propagation
        rules = [
            rule
            for rule in law.policy.rules
            if not isinstance(rule, Assert) and (judging is None or rule.about.id in judging)
        ]
        self.classes = Classes(
            propagation,
            propagation.leaves.masks(
                term
                for each in rules
                for rule in (each, *readings(each))
                if isinstance(rule, Reach)
                for term in rule.terms
            ),
        )
        self._asking = [
            _Asking(
                rule,
                tuple(sorted(event_kinds(rule))),
                screens.of_data(rule, propagation.leaves),
                screens.at_ends(rule, law),
                screens.of_events(rule, law, questions),
                screens.partners(rule, propagation.leaves),
            )
            for rule in rules
        ]
        self._speaking: dict[Hashable, _Speaking] = {}
        self._joins: dict[int, tuple[list[_Asking], Test, Test]] = {}
        self._known: dict[Hashable, Rulings] = {}
        self._pages: dict[Hashable, Page] = {}
        self._companies: dict[Hashable, tuple[int, Mapping[Profile, Sequence[Ruling]]]] = {}

    def all(self) -> Iterator[Judged]:
        """Every judgement, flows first, then nodes, each in the order of ids."""
        for _, sheets in self.pages():
            for sheet in sheets:
                yield from sheet.judged(sheet.rulings.all)

    def pages(self) -> Iterator[tuple[Page, Iterator[Sheet]]]:
        """The page of every carrier in that order, with its sheets, which are made as they are asked for."""
        for f in range(len(self.propagation.flows)):
            yield self.page_of_flow(f)[1], self.on_flow(f)
        for n in range(len(self.propagation.nodes)):
            yield self.page_of_node(n)[1], self.at_node(n)

    def sheets_at(self, flows: Iterable[int], nodes: Iterable[int]) -> Iterator[Sheet]:
        """Every datum at some carriers, by their numbers, on which a rule rules."""
        for f in flows:
            yield from self.on_flow(f)
        for n in nodes:
            yield from self.at_node(n)

    def on(self, propagation: Propagation) -> Bench:
        """The same, to whom another propagation tells how data came to be where they are judged."""
        found = copy(self)
        found.propagation = propagation
        return found

    # --- flows ------------------------------------------------------------------------------------

    def frame_of(self, f: int) -> Frame:
        """A flow with its ends."""
        flow = self.propagation.flows[f]
        nodes = self.law.system.nodes
        return Frame(flow.id, nodes[flow.source], nodes[flow.target], flow)

    def on_flow(self, f: int, among: int = EVERY) -> Iterator[Sheet]:
        """Every datum on a flow, or those of a set that are, on which a rule rules."""
        data, frame = self.propagation.universe.data, self.frame_of(f)
        for number, rulings in self.page_of_flow(f, among)[1].all:
            yield Sheet(frame, data[number], number, rulings, flow=f)

    def page_of_flow(self, f: int, among: int = EVERY) -> tuple[Hashable, Page]:
        """The class of a flow, and the rulings on every datum on it, or on those of a set; without data no class."""
        propagation = self.propagation
        there = propagation.on(f)
        if among != EVERY:
            there = there[0] & among, there[1] & among, there[2]
        carried, placed, given = there
        if not carried and not placed:
            return _NOTHING
        at = self.classes.flow(propagation.flows[f])
        page = self._pages.get((at, there))
        if page is not None:
            return at, page
        frame = self.frame_of(f)
        found: list[tuple[int, Rulings]] = []
        alike = among == EVERY
        for number in members(carried | placed):
            datum = propagation.universe.data[number]
            begins = bool(given >> number & 1) and not datum.beginning.unsourced
            comes = (bool(carried >> number & 1), bool(placed >> number & 1))
            profile = self.classes.datum(number, frame)
            alike = alike and not profile[1]
            key = (at, profile, begins, comes)
            rulings = self._known.get(key)
            if rulings is None:
                rulings = Rulings(self._on_flow(at, frame, datum, begins, *comes))
                self._known[key] = rulings
            found.append((number, rulings))
        page = Page.of(found)
        if alike:
            self._pages[at, there] = page
        return at, page

    def _on_flow(
        self, at: int, frame: Frame, datum: Datum, begins: bool, carried: bool, placed: bool
    ) -> Iterator[Ruling]:
        blank = screens.blank(datum)

        def events(kind: EventKind) -> Iterable[Happening]:
            if placed if kind is EventKind.PLACEMENT else carried and kind in happenings.FLOW_KINDS:
                return happenings.on_flow(self.law, frame, kind, blank, begins)
            return ()

        key = (at, blank.beginning, begins, carried, placed)
        return self._spoken(self._those(key, events), frame, datum)

    def _those(self, key: Hashable, events: _Events) -> _Speaking:
        """The rules that may speak of some of the events, which a key stands for."""
        found = self._speaking.get(key)
        if found is None:
            found = self._speaking[key] = [
                (asking, there)
                for asking in self._asking
                if (there := [e for k in asking.kinds for e in events(k) if asking.events(e)])
            ]
        return found

    def _spoken(self, speaking: _Speaking, frame: Frame, datum: Datum) -> Iterator[Ruling]:
        """What the rules say of the events, as those of a datum on a carrier of the class."""
        for asking, events in speaking:
            if asking.data(datum.extent, datum.form):
                yield from self._ruled(asking.rule, (event.of(frame, datum) for event in events))

    def _ruled(self, rule: Rule, events: Iterable[Happening]) -> Iterator[Ruling]:
        for event in events:
            judgement = judge(self.docket, self.law, self.questions, rule, event)
            if judgement is not None:
                yield Ruling(rule, event, judgement)

    # --- nodes ------------------------------------------------------------------------------------

    def class_of_node(self, n: int) -> Hashable:
        """A node as a carrier, with the company that data keep there."""
        node = self.propagation.nodes[n]
        at = self.classes.node(node)
        return at, self._joined(at, node, self.propagation.held(n))[0]

    def at_node(self, n: int, among: int = EVERY) -> Iterator[Sheet]:
        """Every datum at a node, or those of a set that are, on which a rule rules."""
        data, node = self.propagation.universe.data, self.propagation.nodes[n]
        frame = Frame.at(node)
        for number, rulings in self.page_of_node(n, among)[1].all:
            yield Sheet(frame, data[number], number, rulings, node=n)

    def page_of_node(self, n: int, among: int = EVERY) -> tuple[Hashable, Page]:
        """The class of a node, and the rulings on every datum at it, or on those of a set; without data no class."""
        propagation = self.propagation
        node = propagation.nodes[n]
        all_held = propagation.held(n)
        held, began = all_held & among, propagation.began(n) & among
        if not held and not began:
            return _NOTHING
        at = self.classes.node(node)
        company, joined = self._joined(at, node, all_held)
        page = self._pages.get((at, company, held, began))
        if page is not None:
            return (at, company), page
        frame = Frame.at(node)
        found: list[tuple[int, Rulings]] = []
        alike = among == EVERY
        for number in members(held | began):
            datum = propagation.universe.data[number]
            there = (bool(held >> number & 1), bool(began >> number & 1))
            profile = self.classes.datum(number, frame)
            alike = alike and not profile[1]
            key = (at, profile, there, company)
            rulings = self._known.get(key)
            if rulings is None:
                ruled = self._at_node(at, frame, datum, *there)
                rulings = self._known[key] = Rulings((*ruled, *joined.get(number, ())))
            found.append((number, rulings))
        page = Page.of(found)
        if alike:
            self._pages[at, company, held, began] = page
        return (at, company), page

    def _at_node(
        self, at: int, frame: Frame, datum: Datum, held: bool, began: bool
    ) -> Iterator[Ruling]:
        blank = screens.blank(datum)

        def events(kind: EventKind) -> Iterable[Happening]:
            if kind is EventKind.COLLECTION and began:
                return happenings.begun(frame, blank)
            if kind in (EventKind.STORAGE, EventKind.USE) and held:
                return happenings.at_node(self.law, frame, kind, blank)
            return ()

        key = (at, blank.beginning, held, began)
        return self._spoken(self._those(key, events), frame, datum)

    def _joined(
        self, at: int, node: Node, held: int
    ) -> tuple[Hashable, Mapping[int, Sequence[Ruling]]]:
        """The company that data keep at a node, and the rulings on the joins of each: judged once for like company.

        Of it are those of which a rule may speak, and those with which it may find them joined.
        """
        data = self.propagation.universe.data
        if not held:
            return None, {}
        asking, spoken_of, partners = self._joining(at, node, data[next(members(held))])
        if not asking or not spoken_of.among(held) or not partners.among(held):
            return None, {}
        frame = Frame.at(node)
        met = spoken_of.among(held) | partners.among(held)
        profiles = {number: self.classes.datum(number, frame) for number in members(met)}
        first = {profile: number for number, profile in reversed(profiles.items())}
        times = Counter(profiles.values())
        company = (at, tuple(sorted(times.items())))
        found = self._companies.get(company)
        if found is None:
            there = {profile: (data[first[profile]], times[profile]) for profile in sorted(times)}
            found = self._companies[company] = (
                len(self._companies),
                self._together(asking, frame, there),
            )
        return found[0], {number: found[1][profile] for number, profile in profiles.items()}

    def _joining(self, at: int, node: Node, datum: Datum) -> tuple[list[_Asking], Test, Test]:
        """The rules that speak of joins at a class of nodes, of which data they may, and joined with which."""
        found = self._joins.get(at)
        if found is None:
            data = self.propagation.universe.data
            happening = Happening(EventKind.JOIN, Frame.at(node), datum, Use(), "")
            asking = [
                each
                for each in self._asking
                if EventKind.JOIN in each.kinds and each.ends(happening)
            ]
            partner = reduce(or_, (each.partner for each in asking), 0)
            found = self._joins[at] = (
                asking,
                Test(lambda n: any(each.data(data[n].extent, data[n].form) for each in asking)),
                Test(lambda n: not data[n].extent or bool(data[n].extent & partner)),
            )
        return found

    def _together(
        self,
        asking: Sequence[_Asking],
        frame: Frame,
        there: Mapping[Profile, tuple[Datum, int]],
    ) -> Mapping[Profile, Sequence[Ruling]]:
        """The rulings on the joins of data that are held together, by profile; of each, how often it is there."""
        found: dict[Profile, list[Ruling]] = {}
        for profile, (one, _) in there.items():
            ruled = found[profile] = []
            speaking = [each for each in asking if each.data(one.extent, one.form)]
            for other, times in there.values() if speaking else ():
                for event in happenings.joins(self.law, frame, one, other):
                    for each in speaking:
                        met = not event.partner or each.partner & event.partner
                        if met and each.data(event.datum.extent, one.form):
                            ruled += times * list(self._ruled(each.rule, [event]))
        return found
