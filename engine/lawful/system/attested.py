"""Attested: what texts say of a system beside the files that it was imported from.

An overlay says what those files cannot, and nothing checks it. So what becomes of it is told by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lawful.system.gather import gather
from lawful.system.names import Scope
from lawful.system.overlays import laid_over_ends, laid_over_flows
from lawful.system.routes import identified_flows
from lawful_dsl import syntax as s
from lawful_dsl.format.flow import write_carry
from lawful_dsl.format.properties import write_properties
from lawful_dsl.format.words import write_name, write_worth
from lawful_dsl.vocabulary import Vocabulary

#: What is said, beside its facts, of what no imported file makes.
ALONE = "by the text alone"
#: Words that say no fact: that others declare it, too, and what it was called.
_NO_FACTS = ("extern", "formerly")

#: What is said of each thing, by its kind and id; a flow goes by its ends.
Attested = Mapping[str, tuple[str, ...]]


def attested(
    own: Sequence[s.Flows], imported: Sequence[s.Flows], vocabulary: Vocabulary
) -> Attested:
    """What texts of our own say beside imported ones, patterns spelt out for all that they stand for."""
    gathered = gather((*own, *imported), Scope(vocabulary, (), []))
    gathered, _ = laid_over_ends(gathered)
    identified, _ = laid_over_flows(gathered, identified_flows(gathered))
    files = {tree.span.file for tree in own}
    found: dict[str, set[str]] = {}
    made: set[str] = set()  # by imported files
    for kind, each in (("party", gathered.parties), ("node", gathered.nodes)):
        for id, layers in each.items():
            for said in (layer.said for layer in layers):
                if said.span.file in files:
                    found.setdefault(f"{kind} {id}", set()).update(_facts(said))
                else:
                    made.add(f"{kind} {id}")
    for flow in identified:
        thing = f"flow {flow.source} -> {flow.target}"
        lines = [layer.said for layer in flow.layers]
        ours = [tuple(_facts(said)) for said in lines if said.span.file in files]
        if len(ours) < len(lines):
            made.add(thing)
        else:  # of a flow of its own a text says all in one: another line is another flow
            ours = [("  ".join(fact for facts in ours for fact in facts) or "everything",)]
        if ours:
            found.setdefault(thing, set()).update(fact for facts in ours for fact in facts)
    for fact in gathered.facts:
        if fact.said.span.file in files:
            found.setdefault("system", set()).add(_asserted(fact.said))
    return {
        thing: tuple(sorted(said if thing in made else {*said, ALONE}))
        for thing, said in sorted(found.items())
    }


def _facts(said: s.PartyDecl | s.NodeDecl | s.FlowDecl) -> Iterator[str]:
    """What a declaration says, each fact in the words of the language; no label, and no id."""
    if isinstance(said, s.NodeDecl) and said.owner:
        yield f"of {write_name(said.owner)}"
    if isinstance(said, s.FlowDecl) and said.carry:
        yield f": {write_carry(said.carry)}"
    yield from write_properties(
        [each for each in said.props if getattr(each, "word", "") not in _NO_FACTS]
    )


def _asserted(said: s.FactDecl) -> str:
    value = "" if said.value is None else f" {write_worth(said.value)}"
    return f"{said.name}{value}"
