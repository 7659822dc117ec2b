"""Policies: what a policy takes from what it uses, put together, and the names between rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.resolve import words
from lawful_dsl.resolve.affirmations import (
    Affirmed,
    affirm,
    check_affirmations,
    read_affirmations,
)
from lawful_dsl.resolve.clauses import register
from lawful_dsl.resolve.conditions import HERE, people_at, read_condition, read_event
from lawful_dsl.resolve.cycles import cycles
from lawful_dsl.resolve.modules import Module
from lawful_dsl.resolve.rules import Placed, read_rules
from lawful_dsl.resolve.scope import Scope
from lawful_dsl.source import Span

_GOVERNED = {"site": "sites", "product": "products", "subject": "subjects"}


@dataclass(frozen=True, eq=False)
class Ruling:
    """What one module itself lays down."""

    rules: tuple[Placed, ...] = ()
    treats: tuple[p.Treat, ...] = ()
    prevails: tuple[tuple[s.Prevails, p.Prevails], ...] = ()
    affirmed: tuple[Affirmed, ...] = ()


def read_ruling(scope: Scope) -> Ruling:
    """The rules, treatments and precedences of a module; a vocabulary has none."""
    ruling = Ruling(
        read_rules(scope),
        tuple(_treat(scope, treat) for treat in scope.module.all(s.Treat)),
        tuple((item, _prevails(scope, item)) for item in scope.module.all(s.Prevails)),
        read_affirmations(scope),
    )
    _governs(scope)
    if scope.module.kind == "vocabulary":
        spans = [placed.span for placed in ruling.rules]
        spans += [treat.span for treat in ruling.treats]
        spans += [item.span for item, _ in ruling.prevails]
        spans += [item.span for item in ruling.affirmed]
        if spans:
            scope.error(
                f"`{scope.module.name}` is a vocabulary and has no rules",
                min(spans),
                "move the rules into a policy or a pack, or make this a pack",
            )
        return Ruling()
    return ruling


def _treat(scope: Scope, treat: s.Treat) -> p.Treat:
    who = scope.read(treat.name, words.SUBJECTS, "treat")
    declared = "data are treated as those of a kind of subject that a system declares"
    other = scope.read(treat.as_, ("subjects",), "as", declared)
    if who and other and who.name == other.name:
        scope.error(
            f"`{treat.name}` is treated as itself", treat.as_.span, "name another kind of subject"
        )
    return p.Treat(
        who.name if who else treat.name.text,
        people_at(scope, [who], HERE) if who else p.TRUE,
        other.name if other else treat.as_.text,
        read_condition(scope, treat.when, HERE) if treat.when else p.TRUE,
        tuple(name.text for name in treat.clauses),
        treat.span,
    )


def _prevails(scope: Scope, item: s.Prevails) -> p.Prevails:
    event = read_event(scope, item.event) if item.event else p.TRUE
    clauses = tuple(name.text for name in item.clauses)
    return p.Prevails(item.over.text, item.under.text, event, clauses, item.span)


def _governs(scope: Scope) -> None:
    header = scope.module.header
    for kind, name in header.governs if header else ():
        meaning = scope.meaning(name.text)
        word = next((k for k, sort in _GOVERNED.items() if meaning and meaning.sort == sort), "")
        help = f"write `governs {word} {name}`" if word else ""
        scope.read(name, (_GOVERNED[kind],), f"governs {kind}", help)


# --- putting together -----------------------------------------------------------------------------


def make_policy(scope: Scope, rulings: Mapping[Module, Ruling]) -> p.Policy:
    """One version of a policy: its own rules first, then those of what it uses."""
    module, header = scope.module, scope.module.header
    laid = [(m, rulings[m]) for m in module.reach]
    rules = [placed.rule for _, ruling in laid for placed in ruling.rules]
    for _, ruling in reversed(laid):  # what is said nearer stands
        rules = list(affirm(rules, ruling.affirmed))
    events = [
        (name, scope.inline(name, HERE))
        for name, definition in sorted(scope.definitions.items())
        if definition.sort == "event definition"
    ]
    return p.Policy(
        module.name,
        header.label.text if header and header.label else "",
        header.by.text if header and header.by else "",
        tuple((kind, scope.aliases.get(n.text, n.text)) for kind, n in header.governs)
        if header
        else (),
        header.effective if header else "",
        header.until if header else "",
        tuple(name.text for name in header.texts) if header else (),
        tuple(rules),
        tuple(treat for _, ruling in laid for treat in ruling.treats),
        tuple(item for _, ruling in laid for _, item in ruling.prevails),
        tuple(events),
        tuple((r.rule.about.id, m.name) for m, ruling in laid for r in ruling.rules),
        register(module.reach),
        tuple((word, tuple(n.text for n in names)) for word, names in header.cited)
        if header
        else (),
        tuple(
            p.Definition(name, tuple(c.text for c in item.define.clauses), item.define.span)
            for name, item in sorted(scope.definitions.items())
        ),
        module.span,
    )


def check_names(scope: Scope, rulings: Mapping[Module, Ruling], others: Collection[str]) -> None:
    """Report ids that are there twice, and names of rules that are not there."""
    laid = [(module, rulings[module]) for module in scope.module.reach]
    placed = [rule for _, ruling in laid for rule in ruling.rules]
    by_id = _unique(scope, placed)
    own = rulings[scope.module]
    for rule in own.rules:
        _admits(scope, rule, by_id)
        if rule.replaces and rule.replaces.text not in {*by_id, *scope.torn}:
            scope.error(
                f"there is no rule `{rule.replaces}` to stand in place of",
                rule.replaces.span,
                scope.near_word(rule.replaces.text, by_id) or "name a rule of this policy",
            )
    names = {rule.rule.about.id for rule in own.rules}
    check_affirmations(scope, own.affirmed, names, {*by_id} - names)
    known = {*by_id, *others}
    for written, _ in own.prevails:
        for name in (written.over, written.under):
            if name.text not in known and name.text not in scope.torn:
                scope.error(
                    f"there is no rule, policy or pack `{name}`",
                    name.span,
                    scope.near_word(name.text, known) or "name a rule, or `use` the policy",
                )
    _acyclic(
        scope,
        [(r.rule.about.id, n) for r in placed for n in r.admits],
        "these blocks admit each other",
        "admits",
        "let one of them admit the other, not both",
    )
    _acyclic(
        scope,
        [(r.rule.about.id, r.replaces) for r in placed if r.replaces],
        "these rules stand in place of each other",
        "stands in place of",
        "take out one `in place of`",
    )
    _acyclic(
        scope,
        [(w.over.text, w.under) for _, ruling in laid for w, _ in ruling.prevails],
        "these prevail over each other",
        "prevails over",
        "decide which one prevails; `prevails` is an order",
    )


def _unique(scope: Scope, placed: Sequence[Placed]) -> dict[str, Placed]:
    by_id: dict[str, Placed] = {}
    for rule in sorted(placed, key=lambda r: r.span):
        id = rule.rule.about.id
        other = by_id.setdefault(id, rule)
        if other is not rule:
            help = "give one of them another id" if rule.named else _named(rule.rule)
            place = ("the other one is here", other.span)
            scope.error(f"two rules are called `{id}`", rule.span, help, [place])
    return by_id


def _named(rule: p.Rule) -> str:
    word = "require" if isinstance(rule, p.Passage | p.Reach) else type(rule).__name__.lower()
    return f"a rule is called by its first clause; give one a name of its own: `{word} NAME: ...`"


def _admits(scope: Scope, rule: Placed, by_id: Mapping[str, Placed]) -> None:
    for name in rule.admits:
        closed = {id for id, other in by_id.items() if isinstance(other.rule, p.Closed)}
        if name.text in closed or name.text in scope.torn:
            continue
        what = "a rule, but no closed block" if name.text in by_id else "not known"
        scope.error(
            f"`{name}` is {what}",
            name.span,
            scope.near_word(name.text, closed) or "`admits` names a closed block of this policy",
        )


def _acyclic(
    scope: Scope, edges: Iterable[tuple[str, s.Name]], message: str, word: str, help: str
) -> None:
    graph: dict[str, list[str]] = {}
    places: dict[tuple[str, str], Span] = {}
    for over, under in edges:
        graph.setdefault(over, []).append(under.text)
        graph.setdefault(under.text, [])
        places.setdefault((over, under.text), under.span)
    for knot in cycles(graph):
        around = [*knot, knot[0]]
        steps = list(pairwise(around))
        scope.error(
            f"{message}: " + f" {word} ".join(f"`{name}`" for name in around)
            if len(knot) > 1
            else f"`{knot[0]}` {word} itself",
            places[steps[0]],
            help if len(knot) > 1 else "take it out",
            [(f"`{a}` {word} `{b}`", places[a, b]) for a, b in steps[1:]],
        )
