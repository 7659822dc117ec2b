"""Changes: which single steps are worth trying for a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawful.analysis.cuts import cut, provided
from lawful.analysis.drafts import Base
from lawful.analysis.obtaining import joining, kept_as_long, moves, obtained
from lawful.analysis.steps import (
    DROP,
    FORM,
    GUARD,
    MARK,
    MASK,
    STRENGTHEN,
    Candidate,
    candidate,
    on_flow,
)
from lawful.findings import Finding
from lawful.rules.questions import parts
from lawful.system.model import Carried, Flow, Guard
from lawful.system.model import Change as Transformation
from lawful_dsl.program import (
    FORMS,
    PERSONAL_FORMS,
    DataIn,
    Form,
    GuardedBy,
    LineageIn,
    MarkedAs,
    Policy,
    Rule,
    StateIs,
)
from lawful_dsl.vocabulary import Lattice


def candidates(
    finding: Finding,
    rule: Rule,
    policy: Policy,
    base: Base,
    lattice: Lattice,
    ours: frozenset[str],
) -> tuple[Candidate, ...]:
    """The changes worth trying for a finding: gentlest first, then nearest to the event, then by id."""
    system, flows = base.system, base.flows
    on_way = [flows[s.carrier] for s in reversed(finding.witness) if s.carrier in flows]
    asked = tuple(parts(_blocks(rule, policy)))
    terms = _categories(finding, lattice)
    guards = tuple(_guards(asked, policy, base))
    found: list[Candidate] = []
    for flow in on_way:
        if flow.kind == "flow":
            found += _on_flow(flow, terms, asked, guards, lattice)
    if on_way and on_way[0].id == finding.event.carrier:
        found += obtained(on_way[0], asked, rule, system, lattice)
    elif finding.event.carrier in system.nodes:
        found += joining(system.nodes[finding.event.carrier], asked)
    found += kept_as_long(finding, terms, rule, system, lattice)
    found += moves(finding, asked, base, ours)
    found += [cut(flow, base) for flow in on_way if not provided(flow, policy, base, lattice)]
    return tuple(sorted(found, key=lambda c: c.rank))


def _blocks(rule: Rule, policy: Policy) -> list[Rule]:
    """The rule, and the closed blocks whose permits it lets through."""
    found = [rule]
    for one in found:
        admits = getattr(one, "admits", ())
        found += [r for r in policy.rules if r.about.id in admits and r not in found]
    return found


# --- what can be done on a flow -------------------------------------------------------------------


def _on_flow(
    flow: Flow,
    terms: Sequence[str],
    asked: Sequence[object],
    guards: Sequence[tuple[Guard, str]],
    lattice: Lattice,
) -> Iterator[Candidate]:
    for name in lattice.vocabulary.of_list("data"):
        term = lattice.vocabulary.terms[name]
        if term.operation and any(t in lattice.ancestors(term.source) for t in terms):
            change = Transformation(term.operation, term.source, name)
            if change not in flow.changes:
                yield candidate(
                    MASK,
                    term.operation,
                    flow.id,
                    f"{term.operation} {term.source} as {name} on `{flow.id}`",
                    on_flow(flow.id, changes=(*flow.changes, change)),
                )
    for guard, text in guards:
        if guard not in flow.guards:
            yield candidate(
                GUARD,
                "guard",
                flow.id,
                text.format(f"`{flow.id}`"),
                on_flow(flow.id, guards=(*flow.guards, guard)),
            )
    marks = sorted({m for p in asked if isinstance(p, MarkedAs) for m in p.terms})
    for mark in marks:
        yield candidate(
            MARK,
            "mark",
            flow.id,
            f"mark the data on `{flow.id}` as {mark}",
            on_flow(flow.id, marks=(*flow.marks, mark)),
        )
    changed = any(c.operation in FORMS for c in flow.changes)
    for form in _forms(asked):
        if not any(c.operation == form for c in flow.changes):
            yield candidate(
                STRENGTHEN if changed else FORM,
                form,
                flow.id,
                f"send only {form} data on `{flow.id}`",
                on_flow(flow.id, changes=(*flow.changes, Transformation(form))),
            )
    for category in terms:
        narrowed = _without(flow, category, lattice)
        if narrowed is not None:
            yield candidate(
                DROP,
                "drop",
                flow.id,
                f"drop {category} from `{flow.id}`",
                on_flow(flow.id, carries=narrowed),
            )


def _guards(asked: Sequence[object], policy: Policy, base: Base) -> Iterator[tuple[Guard, str]]:
    """Guards on the states that a rule asks for, in words with a place for the flow.

    A rule that asks for a guard is content with either sort. Which is meant is seen where the
    policy speaks of the state itself, or the system has such a guard; else the words leave it open.
    """
    for state in sorted({p.state for p in asked if isinstance(p, StateIs)}):
        yield Guard(state), f"add `unless {state}` to {{}}"
        yield Guard(state, True), f"add `only if {state}` to {{}}"
    refused = {p.state.term for p in parts(policy.rules) if isinstance(p, StateIs)}
    said = base.guards
    for state in sorted({p.state for p in asked if isinstance(p, GuardedBy)}):
        only_if = said.get(state.term, False if state.term in refused else None)
        if only_if is None:
            yield Guard(state, True), f"let {{}} ask for `{state}` (`only if` or `unless`)"
        else:
            yield (
                Guard(state, only_if),
                f"add `{'only if' if only_if else 'unless'} {state}` to {{}}",
            )


def _forms(asked: Sequence[object]) -> list[Form]:
    """The forms that no longer tell who someone is, where a rule names them."""
    named = [p.forms for p in asked if isinstance(p, DataIn | LineageIn)]
    return [
        form
        for form in FORMS
        if form not in PERSONAL_FORMS
        and any(form in forms and forms != frozenset(FORMS) for forms in named)
    ]


def _categories(finding: Finding, lattice: Lattice) -> tuple[str, ...]:
    """The terms that make up the category of a finding."""
    words = finding.datum.category.split(" except ")[0].split(", ")
    return tuple(w for w in words if w in lattice.vocabulary.terms)


def _without(flow: Flow, category: str, lattice: Lattice) -> tuple[Carried, ...] | None:
    """What a flow declares, less a category; None where nothing would be left or nothing changes."""
    if flow.carries is None:
        return (Carried("", (category,)),)
    gone = lattice.leaves(category)
    kept: list[Carried] = []
    for carried in flow.carries:
        if not carried.term:
            kept.append(Carried("", (*carried.excluded, category)))
        elif not lattice.leaves(carried.term) <= gone:
            kept.append(carried)
    return tuple(kept) if kept and tuple(kept) != flow.carries else None
