"""Syntax trees of `.flow` texts, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from lawful_dsl import syntax as s
from tests.dsl.strategies import (
    apart,
    dates,
    many,
    maybe,
    maybe_date,
    maybe_many,
    maybe_name,
    maybe_text,
    named,
    names,
    periods,
    some,
    states,
    texts,
    values,
    values_of,
)

listings = named(
    "listings",
    st.builds(s.Names, many, st.booleans()) | st.builds(s.Names, st.just(()), st.booleans()),
)
maybe_listing = maybe(listings)
consents = named(
    "consents",
    st.builds(
        s.Consent, names, maybe_name, maybe_many, maybe_many, maybe_many, maybe_many, maybe_many
    ),
)
several_consents = named(
    "several_consents",
    st.builds(s.Consents, some(consents, 1, 2), st.booleans())
    | st.builds(s.Consents, st.just(()), st.booleans()),
)
pairings = named(
    "pairings", st.builds(s.Pairing, listings, maybe_listing) | st.just(s.Pairing(None, None, True))
)


def _one(word: str) -> SearchStrategy[s.Property]:
    return st.builds(s.Property, st.just(word), st.builds(s.Names, st.tuples(names)))


def _whole(word: str) -> SearchStrategy[s.Property]:
    return st.builds(s.Property, st.just(word), st.builds(s.Names, many))


def _listed(*words: str) -> SearchStrategy[s.Property]:
    return st.builds(s.Property, st.sampled_from(words), listings)


_roles = ["controller", "joint_controller", "processor", "sub_processor", "conduit"]
party_props = named(
    "party_props",
    st.one_of(
        _one(""),
        values_of,
        _listed("in", "under"),
        st.builds(s.Certified, listings, maybe_date, maybe_date),
        _one("affiliate of"),
        st.builds(s.RoleDecl, st.sampled_from(_roles), maybe_many, maybe_many, maybe_name),
    ),
)
_held = st.builds(
    s.Hold, st.sampled_from(["holds", "generates"]), many, maybe_many, some(pairings, 0, 2),
    maybe(several_consents), maybe_listing,
)  # fmt: skip
node_props = named(
    "node_props",
    st.one_of(
        _one(""),
        values_of,
        _listed("in", "for", "using", "honours", "site"),
        _one("is"),
        _one("of"),
        _whole("outside"),
        _whole("formerly"),
        st.builds(s.Host, names, st.sampled_from(["", "ours", "theirs"])),
        st.builds(s.Access, names, maybe_listing),
        st.builds(s.Retention, maybe(periods), maybe_many, maybe_many),
        _held,
        st.builds(s.Hold, st.sampled_from(["holds", "generates"]), st.just(())),
        st.builds(s.JoinDecl, many, many, maybe_name, maybe_listing, maybe(several_consents)),
        st.builds(s.Apart, many, many),
        st.builds(s.Derive, names, names, st.booleans()),
        st.builds(s.Age, st.integers(0, 150)),
        st.builds(s.Known, st.booleans()),
        st.builds(s.Standing, states, st.booleans()),
        st.just(s.Flag("extern")),
    ),
)
_forms = ["encrypted", "pseudonymised", "aggregated", "anonymised", "decrypting"]
flow_props = named(
    "flow_props",
    st.one_of(
        _one(""),
        values_of,
        pairings,
        several_consents,
        _listed("on", "under", "by", "using", "consideration"),
        st.builds(s.Change, st.sampled_from(_forms)),
        st.builds(s.Change, st.sampled_from(["masking", "tokenising"]), names, names),
        st.builds(s.Marking, st.sampled_from(["mark", "unmark"]), many),
        st.builds(s.GuardDecl, st.sampled_from(["unless", "only if"]), states),
        _whole("from"),
        st.builds(s.Placing, names, maybe(periods)),
        st.just(s.Flag("to another")),
    ),
)


def _prop_merges(before: Any, prop: Any) -> bool:
    """Whether the property would be read as part of the one before it."""
    word = prop.word if isinstance(prop, s.Property) else "on" if isinstance(prop, s.Host) else ""
    match before:
        case s.Pairing():
            return word == "on" and not before.same and before.bases is None
        case s.Hold():
            if not before.data or before.under is not None or before.consents is not None:
                return False
            if not before.pairings:
                return word == "for" or (word == "of" and not before.whose)
            last = before.pairings[-1]
            return word == "on" and not last.same and last.bases is None
        case s.Retention():
            return not before.purposes and (word == "for" or (word == "of" and not before.data))
        case s.Standing():
            return word == "of" and not (before.state.about or before.state.holder)
        case s.Access():
            return word == "for" and before.purposes is None
        case s.JoinDecl():
            return word == "for" and before.purposes is None and before.consents is None
        case _:
            return False


def _props(props: SearchStrategy[Any]) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(props, max_size=4).map(lambda found: apart(found, _prop_merges))


carries = named(
    "carries",
    st.one_of(
        st.builds(s.Carry, many, whose=maybe_many),
        st.builds(s.Carry, st.just(()), st.just(True), maybe_many, maybe_many),
    ),
)
_kinds = st.sampled_from(["subject", "client", "device", "service", "store", "source", "recipient"])
nodes = named(
    "nodes", st.builds(s.NodeDecl, _kinds, names, maybe_text, st.none(), _props(node_props))
)
flows_ = named(
    "flows_", st.builds(s.FlowDecl, maybe_name, names, names, maybe(carries), _props(flow_props))
)


@st.composite
def _owned(draw: st.DrawFn) -> s.Owned:
    owner = draw(names)
    found = draw(some(nodes))
    return s.Owned(owner, tuple(s.NodeDecl(n.kind, n.id, n.label, owner, n.props) for n in found))


declarations = named(
    "declarations",
    st.one_of(
        st.builds(s.PartyDecl, names, maybe_text, _props(party_props)),
        nodes,
        _owned(),
        flows_,
        flows_,
        flows_,
        st.builds(s.Each, st.just("party"), names, st.none(), _props(party_props)),
        st.builds(s.Each, _kinds | st.just("node"), names, st.none(), _props(node_props)),
        st.builds(s.Each, st.just("flow"), names, maybe(carries), _props(flow_props)),
        st.builds(s.FactDecl, names, maybe(values)),
        st.builds(s.Correct, names, names, listings, listings, texts),
        st.builds(s.Ignore, names, texts),
    ),
)
_expected = st.sampled_from(["broken", "kept", "undetermined", "not exercised"])
expectations = named(
    "expectations", st.builds(s.Expect, _expected, many, maybe_date, some(declarations))
)
flow_statements = named(
    "flow_statements",
    st.one_of(
        st.builds(s.System, names, maybe_text, maybe_many, maybe_date),
        st.builds(s.Use, many),
        declarations,
        declarations,
        expectations,
        st.builds(s.Waive, names, maybe_many, maybe_many, maybe_text, texts, dates),
        st.builds(s.Test, texts, maybe_many, some(declarations), some(expectations, 1)),
    ),
)


@st.composite
def systems(draw: st.DrawFn) -> s.Flows:
    """A `.flow` text's tree."""
    return s.Flows(draw(some(flow_statements, 0, 6)))
