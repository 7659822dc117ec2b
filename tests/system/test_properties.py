"""What must hold of every system that can be written, sound or not."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from itertools import count, permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lawful.system.document import decode, encode
from lawful.system.graph import from_graph, to_graph
from lawful.system.link import link
from lawful.system.model import System
from lawful.system.restate import restate
from lawful.testing.cases import cases
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import TRUE, Policy
from lawful_dsl.source import Source, Span
from tests.dsl.flow_strategies import systems
from tests.system.conftest import VOCABULARY, WORDS

POLICY = Policy("p", by="a", events=(("sale", TRUE),))
IDS = ["a", "b", "c", "d", "a -> b", "b -> a"] * 6
POOL = sorted(IDS + [word for words in WORDS.values() for word in words.split()[:3]])
PARTS = ("name", "parties", "subjects", "nodes", "flows", "facts", "policies", "as_of")


def known(value: Any, file: str, lines: Any) -> Any:
    """The tree with names of the vocabulary and a few ids in place of its own, and with places."""
    if isinstance(value, s.Name):
        line = next(lines)
        text = POOL[sum(map(ord, value.text)) % len(POOL)]
        return s.Name(text, Span(file, line, 1, line, 2))
    if isinstance(value, tuple):
        return tuple(known(each, file, lines) for each in value)
    if not is_dataclass(value) or isinstance(value, Span):
        return value
    line = next(lines)
    parts = {f.name: known(getattr(value, f.name), file, lines) for f in fields(value)}
    if "span" in parts:
        parts["span"] = Span(file, line, 1, line, 2)
    return replace(value, **parts)


@st.composite
def files(draw: st.DrawFn) -> list[s.Flows]:
    trees = draw(st.lists(systems(), min_size=1, max_size=3))
    return [known(tree, f"{n}.flow", count(1)) for n, tree in enumerate(trees)]


@given(files())
@settings(max_examples=150, deadline=None)
def test_linking_ends_in_diagnostics_and_in_any_order_of_the_files_in_the_same(trees):
    seen = []
    for ordered in permutations(trees):
        system, diagnostics = link(ordered, VOCABULARY, policies=(POLICY,))
        seen.append((repr([getattr(system, part) for part in PARTS]), diagnostics))
    assert {text for text, _ in seen} == {seen[0][0]}
    assert {found for _, found in seen} == {seen[0][1]}


@given(systems())
@settings(max_examples=200, deadline=None)
def test_json_says_all_that_a_text_says(tree):
    tree = known(tree, "a.flow", count(1))
    # A block without nodes says nothing, and JSON has no blocks.
    empty = [each for each in tree.statements if isinstance(each, s.Owned) and not each.nodes]
    tree = s.Flows(tuple(each for each in tree.statements if each not in empty))
    try:
        text = encode(tree)
    except Rejected:
        # What an expectation adds is part of the system that is tried, and of no other.
        told = [tree, *(case.system for case in cases(tree))]
        assert any(link([each], VOCABULARY)[1] for each in told)
        return
    again, diagnostics = decode(text, "a.json")
    assert diagnostics == ()
    assert encode(again) == text
    left, right = link([tree], VOCABULARY), link([again], VOCABULARY)
    assert bool(left[1]) == bool(right[1])
    if not left[1]:
        assert [getattr(left[0], p) for p in PARTS] == [getattr(right[0], p) for p in PARTS]


#: Sound things to say, each of which may be said once.
SAID = {
    "party": (
        ("hosting_provider", "hosting_provider advertiser"),
        (
            "controller",
            "processor of card_data for billing acting for p",
            "conduit controller of recording",
        ),
        ("in CA", "in CA, US ...", "in unknown", "in none"),
        ("under dpa", "under unknown"),
        (
            "certified soc2",
            "certified soc2 ... from 2023-01-01 certified iso_27001",
            "certified none",
        ),
        ("audited = yes", "audited = no"),
    ),
    "subject": (
        ("in IE, DE", "in unknown"),
        ("age 12",),
        ("known", "not known"),
        ("state opted_out of marketing per browser", "state not enabled"),
        ("notice = contract_term", "notice = 3 months"),
    ),
    "node": (
        ("production", "development calendar tls"),
        ("in US", "in unknown", "in CA ..."),
        ("for billing, support ...", "for none"),
        ("using two_factor ...", "using unknown"),
        ("is consent_gate",),
        ("on p", "on o keys ours"),
        ("access o", "access o for billing access o for support ...", "access d for billing"),
        ("site shop_com outside x",),
        ("retention 6 months retention contract_term of card_data", "retention unknown"),
        ("holds nothing", "holds recording of q, r for billing on contract, for support with none"),
        ("generates profile for marketing on unknown", "generates profile under scc"),
        (
            "joins recording with password as profile for support with express consent given by parent",
        ),
        ("keeps recording apart from card_data", "derives card_last4 from card_number removing"),
        ("honours erasure_request",),
        ("risk = high",),
    ),
    "flow": (
        (
            "for billing",
            "for marketing on consent, for support ...",
            "for same",
            "for none",
            "for unknown",
        ),
        ("on contract", "on unknown", "on contract, consent ..."),
        (
            "with express consent (sale for billing to us, ads of recording by email)",
            "with unknown",
        ),
        ("under scc", "under none"),
        ("by email, phone ...", "by phone"),
        ("using tls ...", "two_factor"),
        ("encrypted decrypting", "masking card_number as card_last4 aggregated"),
        ("mark verified unmark refused",),
        ("unless opted_out of marketing", "only if enabled per account"),
        ("consideration money", "consideration unknown", "consideration none"),
        ("volume = 3 reviewed = 2024-01-01",),
    ),
}
DATA = ("", ": all", ": recording, password", ": all except card_data", ": recording of q, child")
SOLD = Policy("x", events=(("sale", TRUE),))


@st.composite
def sound(draw: st.DrawFn) -> list[str]:
    """The texts of a sound system, told by three files."""

    def props(kind: str) -> str:
        return " ".join(draw(st.sampled_from(("", *words))) for words in SAID[kind])

    lines = [f"party {id} {props('party')}" for id in ("p", "o", "ads")]
    lines += [
        f"subject q is child of r {props('subject')}",
        f"subject r is subscriber {props('subject')}",
    ]
    lines += [
        "p {\n store a " + props("node") + "\n}",
        f"service b {props('node')}",
        "device d of q",
    ]
    for _ in range(draw(st.integers(0, 5))):
        source, target = (draw(st.sampled_from(["a", "b", "d", "p", "q"])) for _ in range(2))
        lines.append(f"{source} -> {target} {draw(st.sampled_from(DATA))} {props('flow')}")
    lines.append("system s for policy x as of 2024-01-01\nfact has_officer")
    apart = [draw(st.integers(0, 2)) for _ in lines]
    return ["\n".join(x for x, n in zip(lines, apart, strict=True) if n == k) for k in range(3)]


def parts(system: System) -> list[Any]:
    return [getattr(system, part) for part in PARTS]


@given(sound())
@settings(max_examples=150, deadline=None)
def test_a_sound_system_is_itself_in_every_form(texts):
    parsed = [parse_flow(Source(f"{n}.flow", text)) for n, text in enumerate(texts)]
    assert [d.message for each in parsed for d in each.diagnostics] == []
    trees = [each.tree for each in parsed]
    system, diagnostics = link(trees, VOCABULARY, policies=(SOLD,))
    assert [d.message for d in diagnostics] == []
    in_json = [decode(encode(tree), f"{n}.json")[0] for n, tree in enumerate(trees)]
    for again in ([restate(system)], [from_graph(to_graph(system))], in_json):
        linked, diagnostics = link(again, VOCABULARY, policies=(SOLD,))
        assert [d.message for d in diagnostics] == []
        assert parts(linked) == parts(system)
    for ordered in permutations(trees):
        linked, _ = link(ordered, VOCABULARY, policies=(SOLD,))
        assert repr(parts(linked)) == repr(parts(system))


@given(
    st.text()
    | st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists).map(str)
)
def test_no_text_makes_decoding_fail(text):
    tree, diagnostics = decode(text, "a.json")
    assert tree is not None or any(found.is_error for found in diagnostics)
