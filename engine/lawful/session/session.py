"""The session: a system and its report, kept while either the system or the rules are edited.

What an edit can touch:

- What data come to a node or along a flow turns on what leads to it. An edited flow or node touches what data
  lead to from there; where nothing changes, the change ends (`propagation.course`).
- What a rule says of a datum at a carrier turns on the carrier, its ends and the datum, and for a reach on
  what else arrives at the target. What has changed of those is judged again (`ledger`).
- Where something first goes wrong, and how it is told, turns on the ways that lead there. Whatever an edited
  flow or node leads to is told again (`roll`); what is counted elsewhere is counted there by difference.
- A fact of the system is asked by assertions alone.

Everything else may bear on everything, and is a full check: other rules, another system, a node that is
another's or of another kind, the first flow `for same` and the last (origins remember their purposes for it),
and, where rules ask an attribute of data, other data in a consent, a join, `apart` or a retention: the
leaves that findings then name are those that anything in the system tells apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from lawful.check import Spread, date_of, in_force, order_of, report_of, result_of
from lawful.collecting import uncollected
from lawful.failure import Failure
from lawful.findings import Finding, Report, RuleResult, Verdict
from lawful.propagation.course import Course
from lawful.propagation.data import Leaves
from lawful.propagation.places import Touched
from lawful.propagation.standing import Standing
from lawful.rules.assertions import asserted
from lawful.rules.overlays import about_nothing
from lawful.rules.questions import needs, tracked
from lawful.rules.stated import Terms, stated_at, stated_on, tells_leaves, widened
from lawful.rules.surprises import surprise
from lawful.rules.waivers import waive
from lawful.session.changed import Changed, changed
from lawful.session.edits import (
    DropFact,
    DropFlow,
    DropNode,
    Edit,
    Law,
    PutFact,
    PutFlow,
    PutNode,
    Whole,
)
from lawful.session.ledger import Ledger
from lawful.session.roll import Roll
from lawful.system.model import Flow, Node, System
from lawful_dsl.program import Assert, Program


class Session:
    """A system under some policies, its report, and both after every edit.

    The report is always that of a full check of the system as it is. Policies and date are those that `check` is
    given. Flows and nodes are as `link` makes them: every name in them is resolved.
    """

    def __init__(
        self, program: Program, system: System, *, policies: Sequence[str] = (), on: str = ""
    ) -> None:
        self._policies = tuple(policies)
        self._on = on
        self._begin(program, system)

    @property
    def program(self) -> Program:
        """The rules as they are now."""
        return self._program

    @property
    def system(self) -> System:
        """The system as it is now."""
        return replace(
            self._live,
            nodes={id: self._nodes[id] for id in sorted(self._nodes)},
            flows=tuple(self._flows[id] for id in sorted(self._flows)),
            facts={name: self._facts[name] for name in sorted(self._facts)},
        )

    @property
    def report(self) -> Report:
        """What a check finds of the system as it is now."""
        return report_of(
            self._live,
            self._lattice,
            self._chosen,
            self._results.values(),
            self._found(),
            self._undeclared(),
        )

    def apply(self, edit: Edit) -> Changed:
        """Make an edit, and say what it changes in the report.

        Raises `Failure` where it cannot be made; then nothing has changed.
        """
        match edit:
            case Law(program):
                return self._whole(program, self.system)
            case Whole(system):
                return self._whole(self._program, system)
            case PutFlow(flow):
                return self._put_flow(flow)
            case DropFlow(id):
                return self._drop_flow(id)
            case PutNode(node):
                return self._put_node(node)
            case DropNode(id):
                return self._drop_node(id)
            case PutFact(name, value):
                self._facts[name] = value
                return self._fact(name)
            case DropFact(name):
                if self._facts.pop(name, None) is None:
                    raise Failure(f"the system declares no fact `{name}`")
                return self._fact(name)

    # --- everything -------------------------------------------------------------------------------

    @uncollected()
    def _begin(self, program: Program, system: System) -> None:
        """Everything is checked, and what that was found by is kept, all of it."""
        self._program = program
        self._nodes, self._facts = dict(system.nodes), dict(system.facts)
        self._flows = {flow.id: flow for flow in system.flows}
        self._ends = Counter(end for flow in system.flows for end in (flow.source, flow.target))
        self._readers: dict[str, set[str]] = {}
        for flow in system.flows:
            if flow.from_flows:
                self._read(flow)
        self._live = replace(system, nodes=self._nodes, facts=self._facts)
        self._date = date_of(program, system, self._policies, self._on)
        self._chosen = in_force(program, self._policies or system.policies, self._date)
        self._lattice = program.vocabulary.on(self._date)
        self._same = sum(flow.same for flow in system.flows)
        self._who = {node.id: _who(node) for node in system.nodes.values()}
        leaves = Leaves(self._lattice)
        wanted, passing = needs(self._chosen, system), tracked(self._chosen, leaves)
        standings = {p.name: Standing(self._live, self._lattice, p.by) for p in self._chosen}
        by_us: dict[frozenset[str], Course] = {}
        for standing in standings.values():
            if standing.ours not in by_us:
                by_us[standing.ours] = Course(system, leaves, standing, wanted, passing)
        courses = {name: by_us[standing.ours] for name, standing in standings.items()}
        spread = Spread(self._live, leaves, standings, courses)
        self._stated, self._tells_leaves = spread.stated, tells_leaves(self._chosen)
        self._courses = list(by_us.values())
        self._ledgers = [
            Ledger(bench, courses[bench.law.policy.name]) for bench in spread.benches(self._chosen)
        ]
        self._rolls = [Roll(ledger) for ledger in self._ledgers]
        self._asserted: dict[tuple[str, str], Finding] = {}
        for ledger in self._ledgers:
            for rule in ledger.bench.law.policy.rules:
                if isinstance(rule, Assert):
                    self._assert(ledger, rule)
        self._results = {
            (ledger.bench.law.policy.name, rule.about.id): result_of(
                ledger.bench.law.policy, rule, ledger.counts[rule.about.id]
            )
            for ledger in self._ledgers
            for rule in ledger.bench.law.policy.rules
        }
        self._surprises = [
            {n: said for n in range(len(course.nodes)) if (said := surprise(course, n))}
            for course in self._courses
        ]
        self._wrong = self._faults()
        self._sentences = Counter(said for each in self._surprises for said in each.values())

    @uncollected()
    def _whole(self, program: Program, system: System) -> Changed:
        """Everything is checked again."""
        before = self.report
        self._begin(program, system)
        looked_at = (len(self._flows) + len(self._nodes)) * len(self._ledgers)
        return changed(before, self.report, looked_at=looked_at)

    def _found(self) -> list[Finding]:
        """All findings, whether waived or not."""
        return [
            *about_nothing(self._live, self._chosen),
            *self._asserted.values(),
            *(finding for roll in self._rolls for finding in roll.found.values()),
        ]

    def _waived(self, findings: Sequence[Finding]) -> list[Finding]:
        """Findings, each with what waives it."""
        waived = waive(self._live.waivers, findings, self._chosen, self._lattice)
        return list(islice(waived, len(findings)))

    def _faults(self) -> list[Finding]:
        """What is wrong with the waivers, one of which may have lost what it was for."""
        if not self._live.waivers:
            return []
        found = self._found()
        waived = waive(self._live.waivers, found, self._chosen, self._lattice)
        return list(islice(waived, len(found), None))

    def _undeclared(self) -> list[str]:
        told = [
            said
            for course, surprises in zip(self._courses, self._surprises, strict=True)
            for _, said in sorted((course.nodes[n].id, said) for n, said in surprises.items())
        ]
        return list(dict.fromkeys(told))

    # --- facts ------------------------------------------------------------------------------------

    def _fact(self, name: str) -> Changed:
        was: dict[tuple[str, str], Finding | None] = {}
        for ledger in self._ledgers:
            for rule in ledger.bench.law.policy.rules:
                if isinstance(rule, Assert) and rule.fact == name:
                    key = ledger.bench.law.policy.name, rule.about.id
                    was[key] = self._asserted.get(key)
                    self._assert(ledger, rule)
        return self._told([(old, self._asserted.get(key)) for key, old in was.items()], {})

    def _assert(self, ledger: Ledger, rule: Assert) -> None:
        """What a policy asserts of the system as a whole."""
        law, id = ledger.bench.law, rule.about.id
        found = asserted(law, rule)
        ledger.counts[id] = Counter([found.verdict if found else Verdict.KEPT])
        ledger.stale.add(id)
        self._asserted.pop((law.policy.name, id), None)
        if found:
            self._asserted[law.policy.name, id] = found

    # --- flows and nodes --------------------------------------------------------------------------

    def _put_flow(self, flow: Flow) -> Changed:
        for end in (flow.source, flow.target):
            if end not in self._nodes:
                raise Failure(f"flow `{flow.id}`: there is no node `{end}`: put it first")
        for id in flow.from_flows:
            if id not in self._flows or self._flows[id].target != flow.source:
                raise Failure(
                    f"flow `{flow.id}` is from `{id}`, which is no flow to `{flow.source}`"
                )
        old = self._flows.get(flow.id)
        if old and old.target != flow.target:
            self._unread(flow.id)
        stated = stated_on(flow, self._lattice)
        before = stated_on(old, self._lattice)["data"] if old else set[str]()
        same = self._same + flow.same - bool(old and old.same)
        if self._turns_all(same, before, stated["data"]):
            flows = [each for each in self.system.flows if each.id != flow.id]
            return self._whole(self._program, replace(self.system, flows=(*flows, flow)))
        self._same = same
        if old:
            self._lift(old)
        self._lay(flow)
        self._state(stated)
        return self._touch([course.put_flow(flow) for course in self._courses])

    def _drop_flow(self, id: str) -> Changed:
        old = self._flows.get(id)
        if old is None:
            raise Failure(f"there is no flow `{id}`")
        self._unread(id)
        if self._turns_all(self._same - old.same, stated_on(old, self._lattice)["data"], set()):
            flows = tuple(flow for flow in self.system.flows if flow.id != id)
            return self._whole(self._program, replace(self.system, flows=flows))
        self._same -= old.same
        self._lift(old)
        return self._touch([course.drop_flow(id) for course in self._courses])

    def _put_node(self, node: Node) -> Changed:
        old = self._nodes.get(node.id)
        stated = stated_at(node, self._lattice)
        before = stated_at(old, self._lattice)["data"] if old else set[str]()
        other = self._who.setdefault(node.id, _who(node)) != _who(node)
        if other or self._turns_all(self._same, before, stated["data"]):
            system = self.system
            return self._whole(
                self._program, replace(system, nodes={**system.nodes, node.id: node})
            )
        self._nodes[node.id] = node
        self._state(stated)
        return self._touch([course.put_node(node) for course in self._courses])

    def _drop_node(self, id: str) -> Changed:
        old = self._nodes.get(id)
        if old is None:
            raise Failure(f"there is no node `{id}`")
        if self._ends[id]:
            at = min(flow.id for flow in self._flows.values() if id in (flow.source, flow.target))
            raise Failure(f"node `{id}` is an end of `{at}`: drop its flows first")
        if self._turns_all(self._same, stated_at(old, self._lattice)["data"], set()):
            nodes = {other: node for other, node in self.system.nodes.items() if other != id}
            return self._whole(self._program, replace(self.system, nodes=nodes))
        del self._nodes[id]
        return self._touch([course.drop_node(id) for course in self._courses])

    def _lay(self, flow: Flow) -> None:
        self._flows[flow.id] = flow
        self._ends.update((flow.source, flow.target))
        self._read(flow)

    def _read(self, flow: Flow) -> None:
        for id in flow.from_flows:
            self._readers.setdefault(id, set()).add(flow.id)

    def _lift(self, flow: Flow) -> None:
        del self._flows[flow.id]
        self._ends.subtract((flow.source, flow.target))
        for id in flow.from_flows:
            self._readers[id].discard(flow.id)

    def _unread(self, id: str) -> None:
        """No flow is from one that will not come to where it was."""
        if readers := self._readers.get(id):
            raise Failure(f"flow `{min(readers)}` is from `{id}`: put or drop it first")

    def _turns_all(self, same: int, before: set[str], after: set[str]) -> bool:
        """Whether an edit bears on what it does not touch: so many flows are `for same`, such data are stated."""
        return bool(same) != bool(self._same) or (self._tells_leaves and before != after)

    def _state(self, more: Terms) -> None:
        """What is stated more may tell leaves apart that nothing told apart; what is stated no more does no harm."""
        if widened(self._stated, more):
            for ledger in self._ledgers:
                ledger.bench.questions.forget()

    def _touch(self, all_of_it: Sequence[Touched]) -> Changed:
        """What the edit has touched, by each course, is judged and told again."""
        of = dict(zip(map(id, self._courses), all_of_it, strict=True))
        was: list[tuple[Finding | None, Finding | None]] = []
        looked_at = 0
        for ledger, roll in zip(self._ledgers, self._rolls, strict=True):
            flows, nodes = ledger.judge_anew(of[id(ledger.course)])
            looked_at += len(flows) + len(nodes)
            before = roll.tell_what_follows(flows, nodes)
            was += [(old, roll.found.get(place)) for place, old in before.items()]
        return replace(self._told(was, self._surprised(all_of_it)), looked_at=looked_at)

    def _surprised(self, all_of_it: Sequence[Touched]) -> dict[str, bool]:
        """The sentences on what arrives and is not declared that may have changed, and whether they were told."""
        were: dict[str, bool] = {}
        for course, surprises, touched in zip(
            self._courses, self._surprises, all_of_it, strict=True
        ):
            for n in touched.seen | touched.nodes.keys():
                old = surprises.pop(n, "")
                new = surprise(course, n) if course.has_node(n) else ""
                for said, number in ((old, -1), (new, 1)):
                    if said:
                        were.setdefault(said, self._sentences[said] > 0)
                        self._sentences[said] += number
                if new:
                    surprises[n] = new
        return were

    def _told(
        self, were: Sequence[tuple[Finding | None, Finding | None]], said: Mapping[str, bool]
    ) -> Changed:
        """What has changed: of findings as they were and are, of sentences that were told or not, of results."""
        gone = self._waived([old for old, new in were if old is not None and old != new])
        new = self._waived([new for old, new in were if new is not None and old != new])
        faults, self._wrong = self._wrong, self._faults()
        gone += [fault for fault in faults if fault not in self._wrong]
        new += [fault for fault in self._wrong if fault not in faults]
        results: list[tuple[RuleResult, RuleResult]] = []
        for ledger in self._ledgers:
            policy = ledger.bench.law.policy
            for rule in policy.rules:
                if rule.about.id in ledger.stale:
                    key = policy.name, rule.about.id
                    result = result_of(policy, rule, ledger.counts[rule.about.id])
                    if result != self._results[key]:
                        results.append((self._results[key], result))
                        self._results[key] = result
            ledger.stale.clear()
        results.sort(key=lambda pair: (pair[0].policy, pair[0].rule))
        return Changed(
            tuple(sorted(gone, key=order_of)),
            tuple(sorted(new, key=order_of)),
            tuple(old for old, _ in results),
            tuple(new for _, new in results),
            tuple(sorted(s for s, told in said.items() if told and not self._sentences[s])),
            tuple(sorted(s for s, told in said.items() if not told and self._sentences[s])),
        )


def _who(node: Node) -> tuple[str, str, str]:
    """Whose a node is, and of what kind: what those see who only hear of it."""
    return node.kind, node.owner, node.subject
